"""Whoever else writes: machines, lists, rubbish; forgers in an official's name, strangers with a number not theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from outbox.queue import QueuedMail
from tests.year.witness import Kind, Said
from tests.year.world import returns, strays, wrecks
from tests.year.world.agenda import Agenda
from tests.year.world.answers import GROUP_OF_STAGE, plain
from tests.year.world.files import Files
from tests.year.world.offices import OFFICES
from tests.year.world.post import Post
from tests.year.world.returns import Ours
from tests.year.world.routine import routine
from tests.year.world.written import Written

LATELY = timedelta(hours=6)


class Outsiders:
    """Each method writes one mail, or a flood of them, now."""

    def __init__(self, rng: Random, agenda: Agenda, post: Post, files: Files) -> None:
        self.rng, self.agenda, self.post, self.files = rng, agenda, post, files

    def somebody(self) -> None:
        """One of all these."""
        ways: tuple[tuple[int, Callable[[], None]], ...] = (
            (5, self._machine),
            (4, self._pretender),
            (2, self._rubbish),
            (1, self._wreck),
        )
        self.rng.choices([way for _, way in ways], [weight for weight, _ in ways])[0]()

    def flood(self, mails: int) -> None:
        """One sender writes very often within a quarter of an hour."""
        sender = f"sensor{self.rng.randrange(3)}@alat.example"
        for serial in range(mails):
            written = strays.flood(self.rng, sender, serial)
            self.agenda.after(self.rng.uniform(0, 900), lambda written=written: self._write(written, sender))  # type: ignore[misc]

    def _machine(self) -> None:
        ours = self._ours()
        if ours is None:
            return
        way = self.rng.choice((returns.bounce, returns.bounce, returns.receipt, returns.robot, returns.delayed))
        written = way(self.rng, Ours(ours.recipient, ours.subject, ours.message_id))
        said = Said(written.kind, written.sender, self.agenda.clock.true, words=written.words, incident=ours.incident)
        self.post.write(said, written, reply_to=ours.message_id if way is returns.robot else "")

    def _pretender(self) -> None:
        """Answers a request in somebody's place: with the official's address, or with an address of one's own."""
        rng, asked = self.rng, self._ours(asks=True)
        if asked is None:
            return
        answer = plain(GROUP_OF_STAGE[asked.stage], rng)
        official = self.files.code_of(asked.recipient)
        stranger = f"orang{rng.randrange(5)}@lain.example"
        draw, reply_to = rng.random(), asked.message_id
        if draw < 0.5:
            kind, sender, written = Kind.FORGED, asked.recipient, strays.forged(rng, answer.words)
        elif draw < 0.8:
            kind, sender = Kind.STRANGER, stranger
            written = strays.stranger(rng, answer.words, asked.incident, asked.token if rng.random() < 0.5 else "")
            reply_to = reply_to if rng.random() < 0.5 else ""
        else:
            kind, sender = Kind.FORWARDED, stranger
            written = strays.forwarded_request(rng, asked.subject, answer.words)
        said = Said(
            kind,
            sender,
            self.agenda.clock.true,
            genuine=kind is not Kind.FORGED,
            words=answer.words,
            label=answer.label,
            group=answer.group,
            incident=asked.incident,
            stage=asked.stage,
            visit=asked.visit,
            asked_of=official,
        )
        subject = written.subject or f"Re: {asked.subject}"
        self.post.write(said, Written(kind, subject, words=answer.words, text=written.text), reply_to=reply_to)

    def _rubbish(self) -> None:
        now = self.agenda.clock.true
        ways: tuple[Callable[[], Written], ...] = (
            lambda: strays.mailing_list(self.rng),
            lambda: strays.spam(self.rng),
            lambda: strays.invitation(self.rng, now),
            lambda: wrecks.empty(self.rng),
        )
        self._write(self.rng.choice(ways)(), f"siapa{self.rng.randrange(20)}@luar.example")

    def _wreck(self) -> None:
        """A routine letter that a broken client has sent."""
        office = self.rng.choice(OFFICES)
        written = routine(self.rng, office, self.agenda.clock.true)
        way = self.rng.choice((wrecks.broken, wrecks.huge_subject))
        self._write(way(self.rng, written), office.address)

    def _write(self, written: Written, sender: str) -> None:
        said = Said(written.kind, sender, self.agenda.clock.true, words=written.words)
        self.post.write(said, written)

    def _ours(self, *, asks: bool = False) -> QueuedMail | None:
        """One of the last mails that went out."""
        sent = self.files.lately(self.agenda.clock.true - LATELY, 40)
        found = [mail for mail in sent if not asks or (mail.asks and mail.stage in GROUP_OF_STAGE)]
        return self.rng.choice(found) if found else None
