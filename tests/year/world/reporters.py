"""The offices: they report, ask, write again, thank, and say that it is not over."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from outbox.queue import QueuedMail
from sop.mails import MailTemplate
from tests.year.witness import Kind, Said
from tests.year.world.agenda import Agenda
from tests.year.world.followups import adds, again, not_over, thanks
from tests.year.world.letters import emergency, storm
from tests.year.world.offices import REPORTERS, Office
from tests.year.world.outages import OUTAGES, Outage
from tests.year.world.post import Post
from tests.year.world.routine import routine
from tests.year.world.written import Written

_OUTAGES = tuple(OUTAGES.values())


class Reporters:
    """Attributes:
    fair: nobody writes unasked any more.
    """

    def __init__(self, rng: Random, agenda: Agenda, post: Post) -> None:
        self.rng, self.agenda, self.post = rng, agenda, post
        self.fair = False
        self._last: dict[str, tuple[Outage, datetime]] = {}
        """What an office reported last, and when that began."""

    def write(self) -> None:
        """Some office writes about something that is broken, or about something else."""
        rng, now = self.rng, self.agenda.clock.true
        office = rng.choice(REPORTERS)
        if rng.random() < 0.15:
            self._send(office, routine(rng, office, now))
        elif office.address in self._last and rng.random() < 0.2:
            outage, started = self._last[office.address]
            self._send(office, again(rng, office, now, outage, started))
        else:
            outage, started = rng.choice(_OUTAGES), now - timedelta(minutes=rng.choice((2, 10, 45, 180)))
            self._last[office.address] = outage, started
            self._send(office, emergency(rng, office, now, outage, started))

    def storm(self, letters: int) -> None:
        """One outage meets so many offices, which write within five minutes."""
        rng, now = self.rng, self.agenda.clock.true
        self.post.count["storms"] += 1
        outage = rng.choice(_OUTAGES)
        for office, written in storm(rng, now, outage, now - timedelta(minutes=3), letters):
            self.agenda.after(rng.uniform(0, 300), lambda office=office, written=written: self._send(office, written))  # type: ignore[misc]

    def read(self, mail: QueuedMail) -> None:
        """A reporter opens a mail of ours."""
        rng = self.rng
        closing = mail.template == MailTemplate.CLOSING
        if self.fair or rng.random() > (0.4 if closing else 0.2):
            return
        office = next((one for one in REPORTERS if mail.recipient in (one.address, one.private)), REPORTERS[0])
        if closing:
            written = not_over(rng, office) if rng.random() < 0.5 else thanks(rng, office)
        else:
            written = adds(rng, office) if rng.random() < 0.5 else thanks(rng, office)
        self.agenda.after(30 + rng.expovariate(1 / 600), lambda: self._answer(mail, written))

    def _answer(self, mail: QueuedMail, written: Written) -> None:
        said = Said(
            written.kind,
            mail.recipient,
            self.agenda.clock.true,
            words=written.words,
            incident=mail.incident,
            stage=mail.stage,
            visit=mail.visit,
            asked_of=str(mail.person),
        )
        self.post.write(said, _as_reply(written, mail.subject), name=written.name, reply_to=mail.message_id)

    def _send(self, office: Office, written: Written) -> None:
        sender = office.private if office.private and self.rng.random() < 0.2 else office.address
        said = Said(Kind(written.kind), sender, self.agenda.clock.true, words=written.words)
        self.post.write(said, written, name=office.pic)


def _as_reply(written: Written, subject: str) -> Written:
    return Written(written.kind, f"Re: {subject}", words=written.words, text=written.text, html=written.html)
