"""Knocks by another way than mail: whatever apprise can reach (ntfy, Telegram, a gateway for SMS); ADR 39.

Each address is told in a thread of its own that nobody waits for; a service that hangs holds up neither the mail nor
the others. What goes wrong is told once, until it goes well again. No address is ever logged: it may hold a secret.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from office.knock_settings import KnockAddress
from sop.people import Person

log = logging.getLogger(__name__)
AT_ONCE = 16
"""So many addresses are told at the same time; where all hang, further knocks are left out, and the mail says it."""
PARTING = 10.0
"""Seconds that the closing office gives those who are just being told; apprise gives up a silent server after four."""
TITLE = "Siaga"


class Knocker(Protocol):
    """Tells people by another way that mail waits."""

    def knock(self, people: Sequence[Person], words: str) -> None:
        """Say `words` once at each address that is for one of `people`. Never waits, never raises."""

    def close(self) -> None:
        """Give what has been begun a moment."""


class AppriseKnocker:
    """Fulfils `Knocker`."""

    def __init__(self, addresses: Sequence[KnockAddress]) -> None:
        self._addresses = tuple(addresses)
        self._changed = threading.Condition()
        self._busy: list[KnockAddress] = []
        self._told: set[KnockAddress] = set()

    def knock(self, people: Sequence[Person], words: str) -> None:
        called = {name for person in people for name in (person.id, person.role)}
        for address in self._addresses:
            if people and (not address.names or called & set(address.names)):
                self._begin(address, words)

    def close(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._busy, PARTING)

    def _begin(self, address: KnockAddress, words: str) -> None:
        with self._changed:
            full = len(self._busy) >= AT_ONCE or address in self._busy
            if not full:
                self._busy.append(address)
        if full:
            self._note(address, well=False)
            return
        threading.Thread(target=self._tell, args=(address, words), name="knock", daemon=True).start()

    def _tell(self, address: KnockAddress, words: str) -> None:
        well = False
        try:
            well = tell(address, words)
        finally:
            self._note(address, well=well)
            with self._changed:
                self._busy.remove(address)
                self._changed.notify_all()

    def _note(self, address: KnockAddress, *, well: bool) -> None:
        with self._changed:
            known = address in self._told
            (self._told.discard if well else self._told.add)(address)
        if not well and not known:
            log.warning(
                "%s tidak dapat dihubungi; surel dan pengingat tetap berjalan (periksa: siaga doctor --ketuk)", address
            )
        if well and known:
            log.info("%s dapat dihubungi lagi", address)


def is_understood(address: KnockAddress) -> bool:
    """Whether apprise knows the service, and all that it needs is said."""
    try:
        return _service(address) is not None
    except Exception:  # noqa: BLE001  of any of a hundred services; its text may hold the address
        return False


def tell(address: KnockAddress, words: str) -> bool:
    """Say `words` at an address, as long as that takes. False: it was not taken, for whatever reason."""
    try:
        service = _service(address)
        return service is not None and bool(service.notify(body=words, title=TITLE))
    except Exception:  # noqa: BLE001  of any of a hundred services; its text may hold the address
        return False


class _Service(Protocol):
    def notify(self, body: str, title: str) -> bool: ...


def _service(address: KnockAddress) -> _Service | None:
    import apprise  # takes a second, which only those pay who knock

    logging.getLogger("apprise").disabled = True  # it logs addresses, and so does what it is built on
    logging.getLogger("urllib3").setLevel(logging.INFO)
    asset = apprise.AppriseAsset(async_mode=False)
    asset.app_id, asset.app_desc, asset.app_url = TITLE, TITLE, ""
    asset.image_url_mask = asset.image_url_logo = ""  # no picture is fetched from elsewhere
    found: _Service | None = apprise.Apprise.instantiate(address.url, asset=asset, suppress_exceptions=True)
    return found
