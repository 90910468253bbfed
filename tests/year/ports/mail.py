"""The office's mail servers: a mailbox that is swept, a post that takes what goes out, and the proof that it went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from inbox.mailbox import FoundMail, Mailbox, MailboxUnavailable, Seen
from office.access_tokens import AccessTokens
from office.settings import Watched
from outbox.sender import Envelope, InDoubt, Permanent, Retryable, ServerAway
from tests.year.ports.faults import Fault, Faults
from tests.year.witness import Answer, Offer, Truth

HandOver = Callable[[str, str, bytes], None]
"""Gets a recipient, a Message-ID and the bytes of what the server took: the rest is the world's affair."""
NO_SUCH = "550 5.1.1 no such user"


class SimMailbox:
    """One folder: UIDs that grow, mail that becomes visible, a UIDVALIDITY that may change."""

    def __init__(self, account: str, faults: Faults, folder: str = "INBOX") -> None:
        self.account, self.folder, self.faults = account, folder, faults
        self.uidvalidity = 7
        self.mails: list[tuple[datetime, bytes]] = []
        """The mail of UID 1, of UID 2, …: when the server took it, and its bytes."""

    def deliver(self, raw: bytes, at: datetime) -> None:
        self.mails.append((at, raw))

    def renumber(self) -> None:
        """The server was restored: there is a new UIDVALIDITY."""
        self.uidvalidity += 1

    def sweep(self, seen: Callable[[int], Seen]) -> Iterator[FoundMail]:
        self._up("imap select")
        self.faults.clock.tick(0.1)
        known = seen(self.uidvalidity)
        for uid in range(known.upto + 1, len(self.mails) + 1):
            if uid in known:
                continue
            self._up("imap fetch")
            if self.faults.chance("imap cut", self.faults.cut):
                raise MailboxUnavailable("connection lost in the middle of a fetch")
            received, raw = self.mails[uid - 1]
            yield FoundMail(self.account, self.folder, self.uidvalidity, uid, received, raw)

    def _up(self, what: str) -> None:
        self.faults.point(what)
        if self.faults.met(Fault.IMAP_AWAY):
            raise MailboxUnavailable("connection refused")

    def wait(self, seconds: float) -> bool:
        return True

    def close(self) -> None:
        """There is no connection."""


class SimPost:
    """Takes mail, and knows what it has taken.

    Attributes:
        dead: addresses that a server refuses for good.
        slowest_copy: seconds until the archive copy is there, at most.
    """

    def __init__(self, faults: Faults, truth: Truth) -> None:
        self.faults, self.truth = faults, truth
        self.hand_over: HandOver = lambda _address, _message_id, _raw: None
        self.dead: set[str] = set()
        self.slowest_copy = 60.0
        self._copies: dict[str, datetime] = {}

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        faults = self.faults
        faults.point("smtp connect")
        faults.clock.tick(0.3)
        if faults.met(Fault.SMTP_AWAY):
            raise ServerAway("connection refused")
        if faults.chance("smtp 4yz", faults.later):
            self._offered(envelope, Answer.LATER)
            raise Retryable("451 4.3.0 try again later")
        if envelope.recipient in self.dead:
            faults.count["smtp 5yz"] += 1
            self._offered(envelope, Answer.NEVER)
            raise Permanent(NO_SUCH)
        self._offered(envelope, Answer.DOT)
        before_dot()
        faults.point("before the dot")
        lost = faults.chance("in doubt", faults.in_doubt)
        if lost and faults.rng.random() < 0.5:
            raise InDoubt("connection lost after the dot")
        self._take(envelope)
        faults.point("after the dot")
        if lost:
            raise InDoubt("connection lost after the dot")
        return "250 2.0.0 Ok"

    def _offered(self, envelope: Envelope, answer: Answer) -> None:
        self.truth.offers.append(Offer(envelope.message_id, answer, self.faults.interruptions))

    def _take(self, envelope: Envelope) -> None:
        faults = self.faults
        self.truth.taken[envelope.message_id] += 1
        self.truth.handed_over.append(envelope.message_id)
        at = faults.clock.true + timedelta(seconds=faults.rng.random() * self.slowest_copy)
        self._copies.setdefault(envelope.message_id, at)
        self.hand_over(envelope.recipient, envelope.message_id, envelope.raw)
        if envelope.archive:
            self.hand_over(envelope.archive, envelope.message_id, envelope.raw)

    def copy_comes(self, message_id: str) -> datetime:
        """When the archive copy of a mail stands in the mailbox."""
        return self._copies[message_id]

    def was_sent(self, message_id: str, due: datetime | None = None) -> bool:
        self.faults.point("proof")
        if self.faults.met(Fault.IMAP_AWAY):
            raise Retryable("connection refused")
        there = self._copies.get(message_id)
        return there is not None and there <= self.faults.clock.true

    def check(self) -> None:
        """It would take our mail."""

    def close(self) -> None:
        """There is no connection."""


class SimServers:
    """Fulfils `office.outside.Servers`."""

    tokens: AccessTokens | None = None

    def __init__(self, mailbox: SimMailbox, post: SimPost) -> None:
        self._mailbox, self._post = mailbox, post

    def mailbox(self, watched: Watched) -> Mailbox:
        return self._mailbox

    def sender(self) -> SimPost:
        return self._post

    def proof(self) -> SimPost:
        return self._post
