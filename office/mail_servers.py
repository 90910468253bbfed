"""The adapters through which mail comes and goes, each made for the server that the settings name."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from inbox.imap import ImapMailbox
from inbox.mailbox import Mailbox, MailboxError, MailboxRefused, MailboxUnavailable
from inbox.maildir import MaildirMailbox
from inbox.numbers import Numbers
from office.chance import Chance
from office.settings import Server, Settings, SettingsError, Watched
from office.token_faults import TokenError, TokenRefused
from outbox.maildir_copies import MaildirCopies
from outbox.sender import SentProof, ServerAway
from outbox.sent_copies import CopyPlace, SentCopies
from outbox.smtp import SmtpSender

if TYPE_CHECKING:
    from office.access_tokens import AccessTokens
    from outbox.exchange import ExchangeSender

AccessToken = Callable[[str], str]
"""Gives a token that is not the one just refused ("" for none); fails with the faults of the port it is made for."""


class MailServers:
    """Makes connections of their own to the office's servers. None of them is contacted yet.

    `tokens` is where logins by token get theirs; None when every server takes a password.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime], chance: Chance) -> None:
        self.settings, self._chance = settings, chance
        self.tokens: AccessTokens | None = None
        if settings.oauth is not None:
            from office.access_tokens import AccessTokens  # an HTTP client that most offices do without

            self.tokens = AccessTokens(settings.oauth, settings.data, clock)

    def mailbox(self, watched: Watched) -> Mailbox:
        """Raises: SettingsError when a library is missing."""
        server = watched.server
        if server.maildir is not None:
            name = str(server.maildir)
            return MaildirMailbox(server.maildir, self._numbers(name), account=name)
        if server.endpoint:
            connection = _exchange_account(server)
            from inbox.exchange import ExchangeMailbox  # an extra: not every office has the library

            box = self._numbers(f"{server.account}/{watched.folder}")
            return ExchangeMailbox(connection, box, account=server.account, folder=watched.folder)
        return ImapMailbox(
            server.host,
            server.port,
            server.user,
            server.password,
            folder=watched.folder,
            security=server.security,
            tls=_tls_context(server),
            access_token=self._token_for(server, _unread),
        )

    def _numbers(self, box: str) -> Numbers:
        return Numbers(self.settings.data / "nomor-surat.db", box, self._chance.validity)

    def sender(self) -> ExchangeSender | SmtpSender:
        """Whoever sends: the SMTP server, or Exchange where the settings say so."""
        server = self.settings.smtp
        if server.endpoint:
            return _exchange_sender(server)
        return SmtpSender(
            server.host,
            server.port,
            server.user,
            server.password,
            security=server.security,
            tls=_tls_context(server),
            access_token=self._token_for(server, _unsent),
        )

    def proof(self) -> SentProof:
        """Looks for copies in the mailbox of `[pengiriman] arsip`, or in all watched ones when none has that name.

        And in what the mailbox that we send from keeps of its own accord.
        """
        settings = self.settings
        if settings.smtp.endpoint:
            return _exchange_sender(settings.smtp)  # its Sent Items, on a connection of their own
        archive = settings.archive_address.lower()
        places = [w for w in settings.watched if _whose(w, settings).lower() == archive] or settings.watched
        online = [self._copy_place(w.server, w.folder) for w in _online(places)]
        own = [w.server for w in _online(settings.watched) if w.server.user.lower() == settings.smtp.user.lower()]
        if online and settings.smtp.user and own:
            online.append(self._copy_place(own[0], ""))
        others = [
            _exchange_copies(w) if w.server.maildir is None else MaildirCopies(w.server.maildir)
            for w in places
            if w not in _online(places)
        ]
        return SentCopies(online, others)

    def _copy_place(self, server: Server, folder: str) -> CopyPlace:
        return CopyPlace(
            server.host,
            server.port,
            server.user,
            server.password,
            folder,
            server.security,
            _tls_context(server),
            self._token_for(server, _unsent),
        )

    def _token_for(self, server: Server, fault: Callable[[TokenError], Exception]) -> AccessToken | None:
        """`fault` says in the terms of the room that logs in, which knows no other, why there is no token."""
        tokens = self.tokens
        if tokens is None or not server.by_token:
            return None

        def access_token(refused: str) -> str:
            try:
                return tokens(refused)
            except TokenError as error:
                raise fault(error) from error

        return access_token


def _unread(error: TokenError) -> MailboxError:
    if isinstance(error, TokenRefused):
        return MailboxRefused(str(error))
    return MailboxUnavailable(str(error))


def _unsent(error: TokenError) -> ServerAway:
    """Without a token no mail would fare better."""
    return ServerAway(str(error), refused=isinstance(error, TokenRefused))


def _online(watched: Iterable[Watched]) -> list[Watched]:
    """Those that can be looked into over IMAP."""
    return [one for one in watched if one.server.maildir is None and not one.server.endpoint]


def _exchange_account(server: Server) -> Callable[[], Any]:
    """How to open the Exchange mailbox. Raises: SettingsError when the library is missing."""
    try:
        from office.exchange_account import connect
    except ImportError as error:
        raise SettingsError(["pustaka Exchange belum dipasang: pip install 'siaga[exchange]'"]) from error
    return lambda: connect(server)


def _exchange_sender(server: Server) -> ExchangeSender:
    connection = _exchange_account(server)
    from outbox.exchange import ExchangeSender

    return ExchangeSender(connection, account=server.account, address=server.mailbox)


def _exchange_copies(watched: Watched) -> SentProof:
    connection = _exchange_account(watched.server)
    from inbox.exchange import open_folder
    from outbox.exchange_copies import ExchangeCopies

    return ExchangeCopies(lambda: open_folder(connection(), watched.folder), account=watched.server.account)


def _whose(watched: Watched, settings: Settings) -> str:
    """Whose mail stands there, as far as the settings say it: a Maildir names nobody."""
    server = watched.server
    if server.maildir is not None:
        return settings.address if watched == settings.watched[0] else ""
    return server.mailbox if server.endpoint else server.user


def _tls_context(server: Server) -> ssl.SSLContext | None:
    if server.security == "tanpa":
        return None
    return ssl.create_default_context(cafile=server.ca_file or None)
