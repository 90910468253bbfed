"""Mail on its way: it may be slow, come twice, overtake. Whoever writes says what the mail truly means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from inbox.identity import mail_identity
from tests.year.house import House
from tests.year.witness import Said, Truth
from tests.year.world.agenda import Agenda
from tests.year.world.mails import OFFICE, mail
from tests.year.world.written import Written


class Post:
    """Attributes:
    fair: nothing is late, and nothing comes twice.
    rings: called when mail stands in the office's mailbox.
    log: what was written, and when (the true clock).
    reads: called when a mail of ours stands in somebody's mailbox: address, Message-ID, bytes.
    """

    def __init__(self, rng: Random, agenda: Agenda, house: House, truth: Truth) -> None:
        self.rng, self.agenda, self.house, self.truth = rng, agenda, house, truth
        self.fair = False
        self.rings: Callable[[], None] = lambda: None
        self.reads: Callable[[str, str, bytes], None] = lambda _address, _message_id, _raw: None
        self.count: Counter[str] = Counter()
        self.log: list[tuple[datetime, str]] = []
        house.post.hand_over = self._hand_over

    def write(
        self,
        said: Said,
        written: Written,
        *,
        name: str = "",
        reply_to: str = "",
        references: Sequence[str] = (),
        sent_as: str = "",
    ) -> None:
        """Somebody writes to the office now. `sent_as`: the address in From, where that is not `said.sender`."""
        at = self.agenda.clock.true
        sender = sent_as or said.sender
        raw = mail(
            self.rng,
            written,
            sender=sender,
            at=at,
            name=name,
            reply_to=reply_to,
            references=references,
            genuine=said.genuine,
        )
        said.at, said.sender = at, (written.sender or sender).lower()
        self.count[f"in: {said.kind}"] += 1
        about = f" on {said.incident} {said.stage}-{said.visit}" if said.incident else ""
        self.log.append(
            (at, f"{said.sender} writes ({said.kind} {said.label}{about}): {' '.join(said.words.split())[:100]!r}")
        )
        self.send(said, raw)

    def send(self, said: Said, raw: bytes) -> None:
        """Bytes that are ready go on their way to the office."""
        rng = self.rng
        late = not self.fair and rng.random() < 0.04
        self.agenda.after(rng.uniform(60, 7200) if late else rng.uniform(1, 8), lambda: self._arrive(said, raw))
        if not self.fair and rng.random() < 0.02:
            self.count["came twice"] += 1
            self.agenda.after(rng.uniform(5, 600), lambda: self._arrive(said, raw))

    def _arrive(self, said: Said, raw: bytes) -> None:
        now = self.agenda.clock.true
        said.arrived += 1
        self.truth.said.setdefault(mail_identity(raw, now), said)
        self.house.mailbox.deliver(raw, now)
        self.rings()

    def _hand_over(self, address: str, message_id: str, raw: bytes) -> None:
        """The office's server has taken a mail of ours."""
        if address == OFFICE:
            self.agenda.at(self.house.post.copy_comes(message_id), lambda: self._own_copy(raw))
            return
        self.count["out"] += 1
        slow = not self.fair and self.rng.random() < 0.08
        delay = self.rng.uniform(60, 3600) if slow else self.rng.uniform(1, 20)
        self.agenda.at(self.agenda.clock.true + timedelta(seconds=delay), lambda: self.reads(address, message_id, raw))

    def _own_copy(self, raw: bytes) -> None:
        self.house.mailbox.deliver(raw, self.agenda.clock.true)
        self.rings()
