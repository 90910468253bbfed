"""Sends what is due. After a crash at any point, running it again sends nothing twice and forgets nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from host.logs import about
from outbox import queue
from outbox.doubt import Doubts
from outbox.queue import QueuedMail, State
from outbox.sender import Envelope, InDoubt, Permanent, Retryable, Sender, SentProof, ServerAway
from register import ledger
from register.archive import Archive, ArchiveDamaged
from register.database import Conflict, Database, JournalUnavailable

log = logging.getLogger(__name__)
_A_MINUTE = timedelta(minutes=1)
GIVE_UP_AFTER = 5
"""A mail that breaks us stops only itself; after so many attempts a human is told."""
STEP_BACK = timedelta(seconds=30)
PROOF_MAY_BE_AWAY = timedelta(hours=1)
"""Longer than the doubt itself: after that a human is told, and the mails behind go on."""
LONG_AGO = timedelta(days=1)
"""How old a doubt of a life that was restored away is taken to be: one look at the archive is enough."""
DOUBT_LOOK = timedelta(seconds=10)
"""How often the archive is asked while a mail is in doubt."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of one mail."""

    mail: QueuedMail
    state: State
    reply: str


@dataclass(slots=True)
class _Rest:
    """A server that is away is left alone for a while, and the whole queue with it, instead of each mail failing."""

    until: datetime | None = None
    failures: int = 0

    def lasts(self, now: datetime) -> bool:
        # A rest is at most a minute: one that seems longer was begun by a clock that has been set back since.
        return self.until is not None and now < self.until <= now + _A_MINUTE

    def begin(self, now: datetime, pause: Callable[[int], timedelta], *, refused: bool) -> datetime:
        self.failures += 1
        self.until = now + (_A_MINUTE if refused else min(pause(self.failures), _A_MINUTE))
        return self.until

    def end(self) -> None:
        self.until, self.failures = None, 0


@dataclass(slots=True)
class Postman:
    """Everything that is needed to send: where from, through whom, and how doubt is settled.

    Attributes:
        archive_address: gets a copy of everything in the same SMTP transaction.
        per_minute: how many mails may go out in a minute, all desks of the journal together; 0 for no limit.
        running: how long this process has been running, from some moment on, whatever becomes of the clock.
        doubt_wait: how long to wait for that copy before the same bytes are sent again.
        spread: makes a pause (seconds) a little shorter or longer, so that many do not come back at once.
    """

    database: Database
    archive: Archive
    sender: Sender
    proof: SentProof
    clock: Callable[[], datetime]
    running: Callable[[], timedelta]
    owner: str
    archive_address: str
    doubt_wait: timedelta = timedelta(minutes=10)
    per_minute: int = 0
    spread: Callable[[float], float] = float
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)
    _rest: _Rest = field(default_factory=_Rest)
    _doubts: Doubts = field(init=False)

    def __post_init__(self) -> None:
        self._doubts = Doubts(self.running)

    def deliver_due(self, limit: int = 200) -> list[Delivery]:
        """Send what is due now, in the order in which it was queued, at most `per_minute` (0: as fast as it goes).

        Several threads may call this; one sends at a time, because they share one connection and one name.
        """
        done: list[Delivery] = []
        with self._one_at_a_time:
            while len(done) < limit and not self._rest.lasts(self.clock()):
                mail = self._claimed()
                if mail is None:
                    break
                with about(mail.incident, str(mail.key)):
                    done.append(self._deliver(mail))
            self.sender.close()
        return done

    def next_due(self, tx: Connection) -> datetime | None:
        """When there will be something to send: the queue's next moment, the rate and a server's rest considered."""
        now = self.clock()
        due = queue.next_due(tx, now)
        if due is None:
            return None
        rest = self._rest.until if self._rest.lasts(now) else None
        return max(moment for moment in (due, rest, queue.full_until(tx, now, self.per_minute)) if moment)

    def _claimed(self) -> QueuedMail | None:
        with self.database.writing() as tx:
            return queue.claim(tx, self.owner, self.clock(), self.per_minute)

    def _deliver(self, mail: QueuedMail) -> Delivery:
        now = self.clock()
        try:
            if mail.state is State.DOT and (settled := self._doubt(mail, now)) is not None:
                return settled
            raw = self.archive.get(mail.sha256)
            envelope = Envelope(mail.message_id, mail.sender, mail.recipient, self.archive_address, raw)
            reply = self.sender.send(envelope, before_dot=lambda: self._dot(mail))
        except (Permanent, ArchiveDamaged) as error:
            log.error("surat %s ke %s tidak dapat dikirim: %s", mail.key, mail.recipient, error)
            return self._note(mail, State.FAILED, str(error))
        except InDoubt as error:
            dotted = self.clock()
            self._doubts.note(mail, dotted)
            return self._later(mail, State.DOT, str(error), now + DOUBT_LOOK, dot_at=dotted)
        except ServerAway as error:
            until = self._rest.begin(self.clock(), self._pause, refused=error.refused)
            log.warning("server pengirim belum dapat dipakai, dicoba lagi %s: %s", until, error)
            # Should it be this mail after all that is refused, the others are tried before it.
            again = {"not_before": until + STEP_BACK} if error.refused else {}
            return self._note(mail, _as_before(mail), str(error), attempts=mail.attempts - 1, **again)
        except Retryable as error:
            return self._later(mail, _as_before(mail), str(error), now + self._pause(mail.attempts))
        except (JournalUnavailable, Conflict, OSError):
            raise  # our own trouble, not the mail's: it is claimed anew when the lease has ended
        except Exception as error:
            log.exception("surat %s", mail.key)
            if mail.attempts >= GIVE_UP_AFTER:
                return self._note(mail, State.FAILED, f"{type(error).__name__}: {error}")
            return self._later(mail, _as_before(mail), repr(error), now + self._pause(mail.attempts))
        self._rest.end()
        return self._note(mail, State.SENT, reply, sent_at=self.clock())

    def _doubt(self, mail: QueuedMail, now: datetime) -> Delivery | None:
        """What is known of a mail that may have been sent; None: it was not, send the same bytes."""
        since = self._doubts.look(mail, now)
        due = (since or now - LONG_AGO) + self.doubt_wait
        try:
            sent = self._came_back(mail) or self.proof.was_sent(mail.message_id, due if due <= now else None)
        except Retryable as error:
            if since is not None and now - due > PROOF_MAY_BE_AWAY:
                return self._note(mail, State.FAILED, f"tidak dapat dipastikan terkirim: {error}")
            dotted = since or now - self.doubt_wait  # of a restored life: over, but for the proof
            return self._later(mail, State.DOT, str(error), now + self._pause(min(mail.attempts, 6)), dot_at=dotted)
        if sent:
            return self._note(mail, State.SENT, "salinan arsip ditemukan", sent_at=now)
        if due <= now:
            return None
        return self._later(mail, State.DOT, "menunggu salinan arsip", min(now + DOUBT_LOOK, due), dot_at=since)

    def _came_back(self, mail: QueuedMail) -> bool:
        """Whether the copy has been collected already: then nobody needs to look for it."""
        with self.database.reading() as tx:
            return any(copy.became == ledger.OWN_COPY for copy in ledger.by_message_ids(tx, [mail.message_id]))

    def _dot(self, mail: QueuedMail) -> None:
        with self.database.writing() as tx:
            now = self.clock()
            if not queue.dot(tx, mail, self.owner, now):
                raise Retryable("the lease ran out")
        self._doubts.note(mail, now)

    def _note(self, mail: QueuedMail, state: State, reply: str, **values: object) -> Delivery:
        with self.database.writing() as tx:
            queue.mark(tx, mail, self.owner, state, reply=reply[:2000], lease_until=None, **values)
        if state is not State.DOT:
            self._doubts.forget(mail)
        return Delivery(mail, state, reply)

    def _later(self, mail: QueuedMail, state: State, reply: str, when: datetime, **values: object) -> Delivery:
        log.warning("surat %s ke %s belum terkirim, dicoba lagi %s: %s", mail.key, mail.recipient, when, reply)
        return self._note(mail, state, reply, not_before=when, **values)

    def _pause(self, attempts: int) -> timedelta:
        """2, 4, 8 … seconds up to 15 minutes, spread."""
        return timedelta(seconds=self.spread(min(900, 2 ** min(attempts, 10))))


def _as_before(mail: QueuedMail) -> State:
    return State.DOT if mail.state is State.DOT else State.QUEUED
