"""The token we have, in a file that only we may read: another process need not ask again, nor lose a rotated one."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from host.files import PRIVATE, written_whole

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A token, from when on another should be asked for, and until when it is good (aware).

    `refresh` is what the next one is asked with; "" for none.
    """

    access: str = field(repr=False)
    renew: datetime
    until: datetime
    refresh: str = field(default="", repr=False)


class TokenFile:
    """`purpose` says which settings the token was got by: a token got by other settings is none of ours."""

    def __init__(self, path: Path, purpose: str) -> None:
        self.path, self.purpose = path, purpose

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else, in whatever process, asks for a token meanwhile. Raises: OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, PRIVATE)
        try:
            self._belongs_to_the_office(descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def read(self) -> Kept | None:
        """None when there is none, or none that we can use: then a new one is asked for."""
        try:
            self._closed_to_others()
            content = json.loads(self.path.read_text(encoding="utf-8"))
            if content["untuk"] != self.purpose:
                return None
            renew, until = (datetime.fromisoformat(content[key]) for key in ("perbarui", "sampai"))
            kept = Kept(content["token"], renew, until, content["penyegar"])
            if (
                not isinstance(kept.access, str)
                or not isinstance(kept.refresh, str)
                or None in (renew.tzinfo, until.tzinfo)
            ):
                raise ValueError("bukan token")
        except FileNotFoundError:
            return None
        except OSError as error:
            log.warning("berkas token %s tidak dapat dibaca: %s; token diminta lagi", self.path, error.strerror)
            return None
        except (ValueError, KeyError, TypeError):
            log.warning("berkas token %s rusak; token diminta lagi", self.path)
            return None
        return kept

    def write(self, kept: Kept) -> None:
        """Whole or not at all. Raises: OSError."""
        content = {
            "untuk": self.purpose,
            "token": kept.access,
            "perbarui": kept.renew.isoformat(),
            "sampai": kept.until.isoformat(),
            "penyegar": kept.refresh,
        }
        with written_whole(self.path, mode=PRIVATE) as file:
            self._belongs_to_the_office(file.fileno())
            file.write(json.dumps(content).encode())

    def _closed_to_others(self) -> None:
        mode = self.path.stat().st_mode
        if mode & 0o077:
            log.warning("berkas token %s terbuka bagi pengguna lain; izinnya dirapatkan menjadi 0600", self.path)
            self.path.chmod(PRIVATE)

    def _belongs_to_the_office(self, descriptor: int) -> None:
        """What root writes in passing (`sudo siaga doctor`) must not shut out the user whose folder it is."""
        if os.geteuid() == 0:
            folder = self.path.parent.stat()
            with suppress(PermissionError):
                os.fchown(descriptor, folder.st_uid, folder.st_gid)
