"""Sends what is due. After a crash at any point, running it again sends nothing twice and forgets nothing."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from outbox import queue
from outbox.queue import QueuedMail, State
from outbox.sender import Envelope, InDoubt, Permanent, Retryable, Sender, SentProof
from register.archive import Archive, ArchiveDamaged
from register.database import Database

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
"""Longer than any SMTP exchange may take; after that the owner is taken for dead."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of one mail."""

    mail: QueuedMail
    state: State
    reply: str


@dataclass(frozen=True, slots=True)
class Postman:
    """Everything that is needed to send: where from, through whom, and how doubt is settled.

    Attributes:
        archive_address: gets a copy of everything in the same SMTP transaction.
        doubt_wait: how long to wait for that copy before the same bytes are sent again.
    """

    database: Database
    archive: Archive
    sender: Sender
    proof: SentProof
    clock: Callable[[], datetime]
    owner: str
    archive_address: str
    doubt_wait: timedelta = timedelta(minutes=2)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def deliver_due(self, limit: int = 200) -> list[Delivery]:
        """Send what is due now, in the order in which it was queued.

        Several threads may call this; one sends at a time, because they share one connection and one name.
        """
        done: list[Delivery] = []
        with self._one_at_a_time:
            while len(done) < limit:
                with self.database.writing() as tx:
                    mail = queue.claim(tx, self.owner, self.clock(), LEASE)
                if mail is None:
                    break
                done.append(self._deliver(mail))
            self.sender.close()
        return done

    def _deliver(self, mail: QueuedMail) -> Delivery:
        now = self.clock()
        try:
            if mail.state is State.DOT and self.proof.was_sent(mail.message_id):
                return self._note(mail, State.SENT, "salinan arsip ditemukan", sent_at=now)
            if mail.state is State.DOT and mail.dot_at and now - mail.dot_at < self.doubt_wait:
                return self._later(mail, State.DOT, "menunggu salinan arsip", mail.dot_at + self.doubt_wait)
            raw = self.archive.get(mail.sha256)
            envelope = Envelope(mail.message_id, mail.sender, mail.recipient, self.archive_address, raw)
            reply = self.sender.send(envelope, before_dot=lambda: self._dot(mail))
            return self._note(mail, State.SENT, reply, sent_at=self.clock())
        except Permanent as error:
            log.error("surat %s ke %s ditolak: %s", mail.key, mail.recipient, error)
            return self._note(mail, State.FAILED, str(error))
        except ArchiveDamaged as error:
            log.error("surat %s tidak dapat dikirim: %s", mail.key, error)
            return self._note(mail, State.FAILED, str(error))
        except InDoubt as error:
            return self._later(mail, State.DOT, str(error), now + timedelta(seconds=5))
        except Retryable as error:
            state = State.DOT if mail.state is State.DOT else State.QUEUED
            return self._later(mail, state, str(error), now + _backoff(mail.attempts))

    def _dot(self, mail: QueuedMail) -> None:
        with self.database.writing() as tx:
            if not queue.mark(tx, mail, self.owner, State.DOT, dot_at=self.clock()):
                raise Retryable("the lease ran out")

    def _note(self, mail: QueuedMail, state: State, reply: str, **values: object) -> Delivery:
        with self.database.writing() as tx:
            queue.mark(tx, mail, self.owner, state, reply=reply[:2000], lease_until=None, **values)
        return Delivery(mail, state, reply)

    def _later(self, mail: QueuedMail, state: State, reply: str, when: datetime) -> Delivery:
        log.warning("surat %s ke %s belum terkirim, dicoba lagi %s: %s", mail.key, mail.recipient, when, reply)
        return self._note(mail, state, reply, not_before=when)


def _backoff(attempts: int) -> timedelta:
    """1, 2, 4 … seconds up to 15 minutes, a little apart so that many do not come back at once."""
    return timedelta(seconds=min(900, 2 ** min(attempts, 10)) * random.uniform(0.7, 1.3))
