"""Where every login by token gets its token: asked for once, kept, renewed before it ends."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from office.oauth_settings import OAuth
from office.token_endpoint import LONGEST_WAIT, Token, ask
from office.token_faults import GrantRefused, TokenError, TokenUnavailable
from office.token_file import Kept, TokenFile

log = logging.getLogger(__name__)
EARLY = timedelta(minutes=5)
"""How long before its end a token is renewed: clocks differ, and an endpoint that is away meanwhile does no harm."""
REFUSED_SECONDS = 55.0
"""How long an endpoint is not asked again that has refused us, whoever wants a token."""


class AccessTokens:
    """The token of one `[oauth2]` table. Of any number of threads and processes one asks, and all get the answer."""

    def __init__(self, login: OAuth, folder: Path, clock: Callable[[], datetime]) -> None:
        """`folder` keeps the token; `clock` tells the present moment, aware."""
        self.login, self._clock = login, clock
        self._file = TokenFile(folder / "oauth2.json", _purpose(login))
        self._one_at_a_time = threading.Lock()
        self._unsaved: Kept | None = None
        self._rest: TokenError | None = None
        self._rest_until = datetime.max.replace(tzinfo=UTC)

    def __call__(self, refused: str = "") -> str:
        """A token that should be good for a login now, and is not the one a mail server has just `refused`.

        Raises: TokenRefused, TokenUnavailable.
        """
        with self._alone():
            return self._good(refused)

    def anew(self) -> str:
        """Ask now, whatever is kept: the endpoint is to be tried. Raises: TokenRefused, TokenUnavailable."""
        with self._alone():
            kept = self._kept()
            return self._good(kept.access if kept else "")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._one_at_a_time:
            try:
                with self._file.locked():
                    yield
            except OSError as error:
                say = f"berkas token {self._file.path} tidak dapat dipakai ({error.strerror}); periksa hak aksesnya"
                raise TokenUnavailable(say) from error

    def _kept(self) -> Kept | None:
        """The newest we know of: ours, if it could not be written down, or what another process has written since."""
        known = [kept for kept in (self._unsaved, self._file.read()) if kept is not None]
        return max(known, key=lambda kept: kept.until, default=None)

    def _good(self, refused: str) -> str:
        now, kept = self._clock(), self._kept()
        usable = kept is not None and kept.access != refused and now < kept.until
        if kept is not None and usable and now < kept.renew:
            return kept.access
        try:
            fresh = self._asked(now, kept)
        except TokenError as error:
            if kept is None or not usable:
                raise
            log.warning("%s; token yang ada masih dipakai sampai %s", error, kept.until)
            return kept.access
        self._keep(fresh)
        return fresh.access

    def _asked(self, now: datetime, kept: Kept | None) -> Kept:
        # A rest that seems longer than any was begun by a clock that has been set back since.
        if self._rest is not None and now < self._rest_until <= now + timedelta(seconds=LONGEST_WAIT):
            raise self._rest
        self._rest = None
        try:
            token, used = self._by_refresh_token(kept) if self.login.flow == "penyegar" else (ask(self.login), "")
        except TokenError as error:
            seconds = error.seconds if isinstance(error, TokenUnavailable) else REFUSED_SECONDS
            self._rest, self._rest_until = error, now + timedelta(seconds=seconds)
            raise
        lives = timedelta(seconds=token.seconds)
        early = min(EARLY, lives / 4)  # one that lives for minutes only must not be asked for at every login
        return Kept(token.access, now + lives - early, now + lives, token.refresh or used)

    def _by_refresh_token(self, kept: Kept | None) -> tuple[Token, str]:
        """With the newest refresh token we have; if that one is no good, once with the one in the settings."""
        written = self.login.refresh_token
        if kept is not None and kept.refresh not in ("", written):
            try:
                return ask(self.login, kept.refresh), kept.refresh
            except GrantRefused as error:
                log.warning("%s; token penyegar dari pengaturan dicoba", error)
        return ask(self.login, written), written

    def _keep(self, fresh: Kept) -> None:
        """A token that cannot be written down is still good, and may be the only one that can be renewed."""
        try:
            self._file.write(fresh)
            self._unsaved = None
        except OSError as error:
            log.error("token baru tidak dapat disimpan di %s: %s", self._file.path, error.strerror)
            self._unsaved = fresh


def _purpose(login: OAuth) -> str:
    """Which permission a token stands for. A new secret of the same application does not make its token another."""
    told = [login.flow, login.token_url, login.client_id, sorted(login.scopes), login.refresh_token]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
