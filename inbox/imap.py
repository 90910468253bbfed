"""The `Mailbox` port over IMAP4rev1 (RFC 3501) with IDLE (RFC 2177)."""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from inbox import xoauth2
from inbox.idle import announced, listen
from inbox.imap_answers import exists, fetch, search, uidvalidity
from inbox.mailbox import FoundMail, MailboxError, MailboxRefused, MailboxUnavailable, MailWithheld, Seen
from inbox.received import FIRST

_KEEPALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))
HEADS_AT_ONCE = 500
READ_SECONDS = 30.0
NO_CHANCE, MOST_CUTS = 3, 5
"""So often the line has broken at a mail that is told of; so often one sweep mends it."""
MOST_TOLD = 300
"""Characters of a head."""
_HEAD = "RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)]"
REFUSED_SECONDS = 55.0
"""How long a refused login is not tried again, whoever asks: hammering locks the account."""


class ImapMailbox:
    """One folder on an IMAP server. Connects when first used, and again after every fault."""

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        password: str,
        *,
        folder: str = "INBOX",
        security: str = "tls",
        tls: ssl.SSLContext | None = None,
        read_seconds: float = READ_SECONDS,
        access_token: Callable[[str], str] | None = None,
    ) -> None:
        """`security` is tls, starttls or tanpa (none); `tls` the context for the first two.

        `access_token`, when given, is asked before every login for a token that takes the place of the password, and is
        told which one the server has just refused ("" for none). It raises this port's faults when there is none.

        A server that says nothing for `read_seconds` when it should is taken for gone: behind a NAT a dead connection
        looks like a silent one.
        """
        self._read_seconds, self._access_token = read_seconds, access_token
        self.host, self.port, self.user, self._password = host, port, user, password
        self.account, self.folder, self._security, self._tls = f"{user} di {host}", folder, security, tls
        self._client: IMAPClient | None = None
        self._uidvalidity = self._exist = 0
        self._cuts: dict[int, int] = {}
        """How often the line broke at a mail."""
        self._told_of: dict[int, str] = {}
        self._can_idle = False
        self._refusal, self._refused_until = "", 0.0

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        with self._faults_translated():
            client = self._connected()
            client.noop()  # some servers search only what they have announced
            self._exist = announced(client) or self._exist
        known = seen(self._uidvalidity)
        with self._faults_translated():
            listed = search(client, known.upto, self._exist)
        unseen = [uid for uid in listed if uid not in known]
        if known.since is not None and not known.upto:
            before = set[int]()
            for old in self._from_before(unseen, known.since):
                before.add(old.uid)
                yield old
            unseen = [uid for uid in unseen if uid not in before]
        self._cuts = {uid: self._cuts[uid] for uid in unseen if uid in self._cuts}
        # A mail at which the line breaks must not keep back those behind it: such ones come last.
        missing = list[int]()
        for uid in sorted(unseen, key=lambda uid: (uid in self._cuts, uid)):
            if sum(number in self._cuts for number in missing) >= MOST_CUTS:
                missing.append(uid)
                continue
            found = self._tried(uid)
            if found is not None:
                yield found
            elif uid in self._cuts or self._still_there(uid):
                missing.append(uid)
        if missing:
            raise self._withheld(missing)

    def _tried(self, uid: int) -> FoundMail | None:
        """One mail; None when the server does not hand it over, or the line broke at it, and is mended.

        Raises: MailboxUnavailable when it is not to be mended: then no mail is to blame.
        """
        validity = self._uidvalidity
        try:
            found = self._fetched(uid)
        except MailboxUnavailable:
            with self._faults_translated():
                self._connected()
            if self._uidvalidity != validity:
                raise
            self._cuts[uid] = self._cuts.get(uid, 0) + 1
            return None
        if found is not None:
            self._cuts.pop(uid, None)
        return found

    def _from_before(self, uids: Sequence[int], since: datetime) -> Iterator[FoundMail]:
        """Those of `uids` that the server took before `since`, without their bodies, many at a time: a mailbox may hold
        the mail of years. What the server does not say of many it is asked of each.
        """
        for start in range(0, len(uids), HEADS_AT_ONCE):
            some = uids[start : start + HEADS_AT_ONCE]
            try:
                with self._faults_translated():
                    told = fetch(self._connected(), some, f"INTERNALDATE {_HEAD}")
            except MailboxUnavailable:
                with self._faults_translated():
                    self._connected()
                continue
            for uid, one in sorted(told.items()):
                if one.received is not None and FIRST <= one.received < since:
                    head = one.content or b""
                    yield FoundMail(self.account, self.folder, self._uidvalidity, uid, one.received, head, left=True)

    def _fetched(self, uid: int) -> FoundMail | None:
        """One mail; None when the server does not hand it over. Mails come one by one: memory stays bounded, and a
        mail that the server itself stumbles over stops only itself.
        """
        with self._faults_translated():
            try:
                told = fetch(self._connected(), [uid], "BODY.PEEK[] INTERNALDATE").get(uid)
            except IMAPClientAbortError:
                raise
            except IMAPClientError:  # NO or BAD: the line is well, this mail is not
                return None
        if told is None or told.content is None:
            return None
        return FoundMail(self.account, self.folder, self._uidvalidity, uid, told.received, told.content)

    def _withheld(self, uids: list[int]) -> MailboxError:
        """What is to be said of mails that did not come: a bad line breaks anywhere, seldom again and again at one."""
        telling = [uid for uid in uids if self._cuts.get(uid, NO_CHANCE) >= NO_CHANCE]
        if not telling:
            return MailboxUnavailable(f"{self._place()} memutus sambungan di tengah surat")
        which = ", ".join(map(str, telling[:5]))
        message = f"{self._place()} tidak menyerahkan {len(telling)} surat (UID {which}); periksa di server surat"
        return MailWithheld(message, self._uidvalidity, tuple(telling), tuple(map(self._about, telling)))

    def _about(self, uid: int) -> str:
        """What the server does tell of a mail that it does not hand over: its size, whose it is, what about."""
        if uid not in self._told_of:
            said = ""
            with suppress(MailboxError), self._faults_translated():
                told = fetch(self._connected(), [uid], _HEAD).get(uid)
                if told is not None:
                    head = " ".join((told.content or b"").decode("utf-8", "replace").split())
                    said = f"{told.size} bita; {head[:MOST_TOLD]}".strip("; ")
            self._told_of[uid] = said
        return self._told_of[uid]

    def _still_there(self, uid: int) -> bool:
        with self._faults_translated():
            return uid in search(self._connected(), uid - 1, self._exist)

    def wait(self, seconds: float) -> bool:
        with self._faults_translated():
            client = self._connected()
            if self._can_idle:
                return listen(client, seconds, self._read_seconds)
            ready, _, _ = select.select([client.socket()], [], [], min(seconds, 2.0))
            client.noop()
            return bool(ready) or seconds <= 2.0

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError, IMAPClientError):
                client.shutdown()

    def _connected(self) -> IMAPClient:
        if self._client is not None:
            return self._client
        if self._refusal and time.monotonic() < self._refused_until:
            raise MailboxRefused(self._refusal)
        if self._access_token is None:
            return self._opened()
        token = self._access_token("")
        try:
            return self._opened(token)
        except LoginError as error:
            if _only_now(error):
                raise
        return self._opened(self._access_token(token))  # that one may have ended, or been taken back, before its time

    def _opened(self, token: str = "") -> IMAPClient:
        """A new connection, logged in by `token` if there is one, with the folder open."""
        implicit = self._security == "tls"
        timeout = SocketTimeout(10, self._read_seconds)
        client = IMAPClient(
            self.host, self.port, ssl=implicit, ssl_context=self._tls if implicit else None, timeout=timeout
        )
        try:
            if self._security == "starttls":
                client.starttls(self._tls)
            connection = client.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in _KEEPALIVE:
                if hasattr(socket, option):
                    connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)
            if token:
                xoauth2.log_in(client, self.user, token)
            else:
                client.login(self.user, self._password)
            self._can_idle = client.has_capability("IDLE")
            selected = self._selected(client)
        except BaseException:
            with suppress(OSError, IMAPClientError):
                client.shutdown()
            raise
        if uidvalidity(selected) != self._uidvalidity:
            self._cuts, self._told_of = {}, {}
        self._uidvalidity, self._exist = uidvalidity(selected), exists(selected)
        announced(client)
        self._client = client
        return client

    def _selected(self, client: IMAPClient) -> dict[str, list[bytes]]:
        try:
            client._command_and_check("select", client._normalise_folder(self.folder), False)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:  # the server is well and said no: waiting will not help
            message = f"{self._place()} tidak punya folder {self.folder}; periksa [kotak_surat] folder"
            raise MailboxRefused(message) from error
        return dict(client._imap.untagged_responses)

    @contextmanager
    def _faults_translated(self) -> Iterator[None]:
        """No library's exception crosses the port; after a fault the connection is not used again."""
        try:
            yield
        except LoginError as error:
            self.close()
            if _only_now(error):
                raise MailboxUnavailable(f"{self._place()} tidak terhubung ({error})") from error
            self._refusal = f"{self._place()} {self._why_refused(error)}"
            self._refused_until = time.monotonic() + REFUSED_SECONDS
            raise MailboxRefused(self._refusal) from error
        except ssl.SSLCertVerificationError as error:
            self.close()
            message = f"sertifikat server tidak dipercaya ({error.verify_message}); periksa [kotak_surat] sertifikat_ca"
            raise MailboxUnavailable(f"{self._place()}: {message}") from error
        except (IMAPClientError, OSError) as error:
            self.close()
            raise MailboxUnavailable(f"{self._place()} tidak terhubung ({error})") from error
        except MailboxError:
            raise
        except Exception as error:  # an answer that a library stumbles over; the next may be better
            self.close()
            say = f"{self._place()} menjawab dengan cara yang tidak dimengerti ({type(error).__name__}: {error})"
            raise MailboxUnavailable(say) from error

    def _why_refused(self, error: LoginError) -> str:
        if self._access_token is None:
            return f"menolak nama atau kata sandi ({error}); periksa [kotak_surat]"
        return f"menolak token OAuth2 ({error}); periksa izin IMAP aplikasi atas kotak surat ini dan [oauth2] cakupan"

    def _place(self) -> str:
        return f"kotak surat {self.user} di {self.host}:{self.port}"


def _only_now(error: LoginError) -> bool:
    """Whether a login failed for want of a server, not of the right password: imapclient calls both by one name."""
    cut = isinstance(error.__context__, (IMAPClientAbortError, OSError))
    return cut or any(code in str(error).upper() for code in ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]"))  # RFC 5530
