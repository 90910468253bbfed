"""What a server answers: passing trouble is waited out; a refusal for good is told at once, and that mail not offered again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from outbox.queue import State
from sop.mails import MailTemplate
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import MailOut, RawEvent
from tests.year.checks.story import Story
from tests.year.witness import Answer, Kind

HELPDESK = "helpdesk"


@dataclass(slots=True)
class Refusals:
    """What the server truly said, held against what the house made of it."""

    told: Chronicle
    _offers: int = 0
    _may_be_given_up: set[str] = field(default_factory=set)
    """Message-IDs of mails that were refused for good, or may have gone out without an answer."""
    _refused: dict[str, int] = field(default_factory=dict)
    """Those last answered by a refusal for good, and how often work had been broken off by then."""
    _to_tell: list[str] = field(default_factory=list)
    _undelivered: list[RawEvent] = field(default_factory=list)

    def hears(self, _story: Story, event: RawEvent) -> None:
        if event.kind == "undelivered":
            self._undelivered.append(event)

    def after_turn(self, *, whole: bool) -> None:
        self._offered()
        for event in self._undelivered:
            self._given_up(event)
        self._helpdesk_knows()
        if whole:
            self._all_told()
        self._undelivered.clear()
        self._to_tell.clear()

    def at_the_end(self) -> None:
        self.after_turn(whole=True)
        for mail in self.told.rows.all_queued():
            if mail.state in (State.FAILED, State.TOLD) and _plain(mail.message_id) not in self._may_be_given_up:
                broken(Invariant.GIVEN_UP, f"{mail.key}: {mail.reply}")

    def _offered(self) -> None:
        offers = self.told.truth.offers
        new, self._offers = offers[self._offers :], len(offers)
        for offer in new:
            mail = _plain(offer.message_id)
            if self._refused.get(mail) == offer.interruptions:
                broken(Invariant.OFFERED_AGAIN, f"{self._key(mail)}: {offer.answer}")
            self._refused.pop(mail, None)
            if offer.answer is not Answer.LATER:
                self._may_be_given_up.add(mail)
            if offer.answer is Answer.NEVER:
                self._refused[mail] = offer.interruptions
                self._to_tell.append(mail)

    def _given_up(self, event: RawEvent) -> None:
        """A mail is said not to have reached its reader, by a server's answer or by a `mail` that says so."""
        bounce = event.said("mail")
        if bounce:
            said = self.told.truth.said.get(bounce)
            if said is None or said.kind is not Kind.BOUNCE:
                broken(Invariant.GIVEN_UP, f"{event.where()}: {event.said('key')} by {bounce[:12]}")
        else:
            mail = self.told.rows.keys.get(event.said("key"))
            if mail is None or _plain(mail.message_id) not in self._may_be_given_up:
                broken(Invariant.GIVEN_UP, f"{event.where()}: {event.said('key')} {event.said('reason')}")

    def _helpdesk_knows(self) -> None:
        """But of a word that is itself about a mail that did not arrive: telling of it would never end."""
        rows, untold = self.told.rows, Counter[tuple[str, str]]()
        for event in self._undelivered:
            about = rows.keys.get(event.said("key"))
            if about is None or about.template == MailTemplate.NOT_DELIVERED:
                continue
            for person in self.told.directory().holders(HELPDESK):
                if self.told.serves(person.id) and event.said("to") not in person.addresses:
                    untold[event.incident, person.id] += 1
        untold -= Counter(
            (one.incident, one.person) for one in rows.queued if one.template == MailTemplate.NOT_DELIVERED
        )
        for number, name in untold:
            broken(Invariant.REFUSAL_UNTOLD, f"{number}, to {name}")

    def _all_told(self) -> None:
        """Of what was refused in a turn that nothing broke off, everybody knows who should when it ends."""
        now = self.told.scene.interruptions
        wanted = [mail for mail in self._to_tell if self._refused.get(mail) == now]
        events = {event.said("key") for event in self._undelivered}
        for mail in self._rows(wanted):
            if mail.state != State.TOLD or (mail.incident and mail.key not in events):
                broken(Invariant.REFUSAL_UNTOLD, f"{mail.key} {mail.state} {mail.reply}")

    def _rows(self, mails: list[str]) -> list[MailOut]:
        known = self.told.rows.by_message_id
        return self.told.rows.as_they_are([known[mail].id for mail in mails if mail in known])

    def _key(self, mail: str) -> str:
        known = self.told.rows.by_message_id.get(mail)
        return known.key if known else mail


def _plain(message_id: str) -> str:
    return message_id.strip("<>").lower()
