"""Nothing is decided that nobody who may has said: every decision is traced to the true mail it came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from re import findall

from sop.facts import ORAL
from sop.people import WIB, Directory, Person
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import RawEvent
from tests.year.checks.second_reading import INFORMS, rules
from tests.year.checks.story import AskedOne, Stay, Story
from tests.year.witness import DECIDES, Kind, Said
from tests.year.world.answers import GROUP_OF_STAGE

OF_A_VISIT = frozenset({"answered", "recorded", "extended", "delegated"})
"""Decisions about a visit, by whoever was asked in it."""
OF_HELPDESK = {"linked": "took_in", "took_in": "linked", "unlinked": "let_go", "let_go": "unlinked"}
"""Orders, and what stands for each on the other side."""
CLOCKS_MAY_DIFFER = timedelta(minutes=1)


@dataclass(slots=True)
class Authority:
    """Who said it, whether they could, and whether it was about this."""

    told: Chronicle
    _sides: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """What was written of links in this turn: (kind, mail) to (number, the other's)."""
    _links: list[RawEvent] = field(default_factory=list)

    def hears(self, story: Story, event: RawEvent) -> None:
        if event.kind in OF_A_VISIT:
            self._of_a_visit(story, event)
        elif event.kind == "answered_after_end" and not event.said("with_incident"):
            said = self._said(event, event.said("mail"))
            self._spoke(event, said, event.said("person"))
            self._about(event, said, {story.number})
            if story.stay is not None:
                self._was_asked(story, story.stay, event, said)
        elif event.kind == "withdrawn":
            said = self._said(event, event.said("mail"))
            self._spoke(event, said, event.said("person"))
            self._about(event, said, {story.number})
        elif event.kind == "reassigned":
            self._reassigned(story, event)
        elif event.kind == "corrected" and event.table("report") and event.said("mail"):
            self._corrected(story, event)
        elif event.kind in OF_HELPDESK:
            self._of_helpdesk(story, event)
        elif event.kind in ("reported", "continued") and event.table("reopened"):
            self._reopened(event)

    def after_turn(self, *, whole: bool) -> None:
        for event in self._links:
            mirrored = (_other(event), event.incident)
            if mirrored not in self._sides[OF_HELPDESK[event.kind], event.said("mail")]:
                broken(Invariant.ONE_SIDED_LINK, event.where())
        for number, story in self.told.touched.items():
            if story.continues and self.told.stories[story.continues].continued_as != number:
                broken(Invariant.ONE_SIDED_LINK, f"{number} goes on with {story.continues}")
        self._links.clear()
        self._sides.clear()

    def at_the_end(self) -> None:
        self.after_turn(whole=True)
        for number, story in self.told.stories.items():
            if story.linked and number not in self.told.stories[story.linked].joined:
                broken(Invariant.ONE_SIDED_LINK, f"{number} to {story.linked}")
            for other in story.joined:
                if self.told.stories[other].linked != number:
                    broken(Invariant.ONE_SIDED_LINK, f"{other} taken in by {number}")

    def _of_a_visit(self, story: Story, event: RawEvent) -> None:
        stay, person = story.current, event.said("person")
        if stay is None:
            broken(Invariant.NOT_WAITING, event.where())
        if event.said("via").startswith(ORAL) and not event.said("mail"):
            if person not in stay.asked:
                broken(Invariant.BY_ONE_NOT_ASKED, event.where())
            return
        said = self._said(event, event.said("mail"))
        self._spoke(event, said, person)
        if said.kind is Kind.RETRACTION and stay.reinstated == person:  # "RALAT: …" answers the visit anew at once
            self._about(event, said, {story.number})
            return
        part = said.of(story.number)
        if (part.stage, part.visit) != (stay.stage, stay.visit):
            broken(Invariant.OF_ANOTHER_MATTER, f"{event.where()}: {said}")
        self._was_asked(story, stay, event, said)
        self._as_meant(event, said)

    def _was_asked(self, story: Story, stay: Stay, event: RawEvent, said: Said) -> None:
        """Whoever decides is asked now, or still was when their mail came in."""
        person = event.said("person")
        received = self.told.rows.mails[event.said("mail")].received
        moved = story.set_back or self.told.clock_moved()

        def then(one: AskedOne) -> bool:
            return moved or one.until is None or received < one.until + CLOCKS_MAY_DIFFER

        if not any(one.person == person and then(one) for one in stay.ever()):
            broken(Invariant.BY_ONE_NOT_ASKED, f"{event.where()}, asked are {sorted(stay.asked)}: {said}")

    def _as_meant(self, event: RawEvent, said: Said) -> None:
        """What is clear beyond doubt is recorded as nothing else; asking back would have been right, too."""
        stage, part = event.said("stage"), said.of(event.incident)
        meant = part.label
        definite = meant in rules().stages[stage].decisions and part.group == GROUP_OF_STAGE[stage]
        if said.together and meant in ("", "-"):
            broken(Invariant.MISREAD, f"nothing as {event.where()}: {said.words!r}")
        if event.kind != "delegated" and said.kind is Kind.ANSWER and definite and meant != event.said("decision"):
            broken(Invariant.MISREAD, f"{meant} as {event.where()}: {said.words!r}")

    def _reassigned(self, story: Story, event: RawEvent) -> None:
        """By whoever was told that the team is late, or named the team that is silent."""
        said, person, stay = self._said(event, event.said("mail")), event.said("person"), story.current
        self._spoke(event, said, person)
        self._about(event, said, {story.number})
        climbed = rules().stages[event.said("stage")].ladder[: stay.rungs if stay else 0]
        roles = {role for rung in climbed if rung.does == INFORMS for role in rung.to}
        held = {found.role for one in self._in_force(said) if (found := one.person(person)) is not None}
        again = len(story.stays) > 1 and story.stays[-2].given_by == person
        if not held & roles and not again:
            broken(Invariant.BY_ONE_NOT_ASKED, f"{event.where()}: {said}")

    def _corrected(self, story: Story, event: RawEvent) -> None:
        """By whoever is or was asked in it, or Helpdesk."""
        said, person = self._said(event, event.said("mail")), event.said("person")
        asked = any(one.person == person for stay in story.stays for one in stay.ever())
        self._spoke(event, said, person, role="" if asked else rules().first.role)
        self._about(event, said, {story.number})

    def _of_helpdesk(self, story: Story, event: RawEvent) -> None:
        said = self._said(event, event.said("mail"))
        self._spoke(event, said, event.said("person"), role=rules().first.role)
        self._about(event, said, {story.number, _other(event)})
        self._sides[event.kind, event.said("mail")].append((event.incident, _other(event)))
        self._links.append(event)

    def _reopened(self, event: RawEvent) -> None:
        """BELUM of whoever reported it; DARURAT of Helpdesk; RALAT of whoever ended it in the first stage."""
        reopened = event.table("reopened")
        how, mail = str(reopened.get("how", "")), str(reopened.get("mail", ""))
        said = self.told.truth.said.get(mail)
        if said is None:
            broken(Invariant.BY_NO_MAIL, event.where())
        before = event.incident if event.kind == "continued" else event.said("continues")
        by_reporter = how == "belum"
        allowed = {Kind.NOT_OVER, Kind.LETTER, Kind.ADDS} if by_reporter else set(DECIDES)
        if not said.genuine or said.kind not in allowed:
            broken(Invariant.BY_WRONG_MAIL, f"{event.where()} {how}: {said}")
        ended = self.told.stories.get(before)
        if by_reporter and ended is not None and said.sender != ended.report.get("email"):
            broken(Invariant.IN_ANOTHERS_NAME, f"{event.where()} {how}: {said}")
        speakers = [person for one in self._in_force(said) for person in _speaks_for(one, said)]
        decided = ended.stay.by if ended is not None and ended.stay is not None else None
        may = any(person.role == rules().first.role or (how == "ralat" and person.id == decided) for person in speakers)
        if not by_reporter and not may:
            broken(Invariant.WRONG_ROLE, f"{event.where()} {how}: {said}")

    def _said(self, event: RawEvent, mail: str) -> Said:
        """The mail that a decision was read from. Raises: Broken where none, or none that may decide, is to be found."""
        said = self.told.truth.said.get(mail)
        if said is None or mail not in self.told.rows.mails:
            broken(Invariant.BY_NO_MAIL, f"{event.where()}: {mail!r}")
        if not said.genuine or said.kind not in DECIDES:
            broken(Invariant.BY_WRONG_MAIL, f"{event.where()}: {said}")
        return said

    def _spoke(self, event: RawEvent, said: Said, code: str, *, role: str = "") -> None:
        """Whoever wrote spoke for the official with this code, on a day on which they were one."""
        speakers = [person for one in self._in_force(said) for person in _speaks_for(one, said) if person.id == code]
        if not speakers:
            broken(Invariant.IN_ANOTHERS_NAME, f"{event.where()}: {said}")
        days = {
            said.at.astimezone(WIB).date(),
            self.told.rows.mails[event.said("mail")].received.astimezone(WIB).date(),
        }
        if not any(person.may_act_on(day) for person in speakers for day in days):
            broken(Invariant.MANDATE_OVER, f"{event.where()}: {said}")
        if role and not any(person.role == role for person in speakers):
            broken(Invariant.WRONG_ROLE, f"{event.where()}: {said}")

    def _about(self, event: RawEvent, said: Said, numbers: set[str]) -> None:
        """The mail answered one of ours about one of these incidents, or names one of them itself."""
        named = findall(r"DKL-\d{4}-\d{4,}", said.words.upper())
        if said.incident not in numbers and not numbers & set(named):
            broken(Invariant.OF_ANOTHER_MATTER, f"{event.where()}: {said}")

    def _in_force(self, said: Said) -> list[Directory]:
        return self.told.directories(said.at)


def _other(event: RawEvent) -> str:
    """The number of the other side of a link."""
    return event.said("to") or event.said("incident")


def _speaks_for(directory: Directory, said: Said) -> list[Person]:
    sender = said.sender.lower()
    return [person for person in directory.people if sender in (*person.addresses, *person.aides)]
