"""What goes out: once for each purpose, in its order, all that was decided, and only that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from outbox.queue import State
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import MailOut, RawEvent
from tests.year.checks.second_reading import rules
from tests.year.checks.story import Story

CLOSED = (State.SENT, State.TOLD)
"""States of a mail about which nothing is left to be done."""


@dataclass(slots=True)
class Outgoing:
    """Queue and server, one held against the other."""

    told: Chronicle
    requests: Counter[tuple[str, str, int, str]] = field(default_factory=Counter)
    _caused: dict[str, str] = field(default_factory=dict)
    """Keys that the events of this turn name."""
    _handed_over: int = 0
    _newest: dict[tuple[str, str], MailOut] = field(default_factory=dict)

    def hears(self, story: Story, event: RawEvent) -> None:
        self._caused |= dict.fromkeys(event.mails, event.where())

    def after_turn(self, *, whole: bool) -> None:
        for key, where in self._caused.items():
            if key not in self.told.rows.keys:
                broken(Invariant.MAIL_MISSING, f"{key} of {where}")
        for mail in self.told.rows.queued:
            if mail.incident and mail.key not in self._caused:
                broken(Invariant.CAUSELESS, mail.key)
            self._asked(mail)
        self._caused.clear()
        self._taken()

    def at_the_end(self) -> None:
        self.after_turn(whole=True)
        for mail in self.told.rows.all_queued():
            if mail.state not in CLOSED:
                broken(Invariant.NEVER_SENT, f"{mail.key} {mail.state} {mail.reply}")
            if mail.state == State.SENT and not self.told.truth.taken[mail.message_id]:
                broken(Invariant.NOT_SENT, mail.key)

    def _asked(self, mail: MailOut) -> None:
        """A request, which is no reminder and no question about an answer."""
        story = self.told.stories.get(mail.incident)
        if story is None or not mail.asks or mail.stage not in rules().stages:
            return
        stay = story.visited(mail.stage, mail.visit)
        if stay is None or mail.template != rules().stages[mail.stage].template:
            return
        what = (mail.incident, mail.stage, mail.visit, mail.person)
        self.requests[what] += 1
        anew = sum(one.person == mail.person for one in stay.gone)
        if self.requests[what] > 1 + anew:
            broken(Invariant.ASKED_TWICE, mail.key)

    def _taken(self) -> None:
        truth = self.told.truth
        new, self._handed_over = truth.handed_over[self._handed_over :], len(truth.handed_over)
        for message_id in new:
            mail = self.told.rows.by_message_id.get(message_id.strip("<>").lower())
            if mail is None:
                broken(Invariant.SENT_UNKNOWN, message_id)
            if truth.taken[message_id] > 1:
                if not truth.set_forward:
                    broken(Invariant.SENT_TWICE, f"{mail.key} {truth.taken[message_id]} times")
                self.told.notes.note("sent twice after the clock was set forward", mail.key)
            newest = self._newest.get((mail.incident, mail.recipient))
            if mail.incident and newest is not None and newest.id > mail.id:
                broken(Invariant.OUT_OF_ORDER, f"{mail.key} after {newest.key} to {mail.recipient}")
            self._newest[mail.incident, mail.recipient] = mail
