"""Whoever should know does: the reporter from receipt to end, whoever answered, whoever was asked beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sop.codec import Json
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.invariants import Invariant, broken
from tests.year.checks.rows import UNDONE, RawEvent
from tests.year.checks.second_reading import REPORTER, Told, rules
from tests.year.checks.story import Stay, Story

REF = 16
"""So much of a mail's identity stands in the key of what it brought about."""


@dataclass(slots=True)
class Telling:
    """Which mails must stand in the queue, by the keys that say what they are for."""

    told: Chronicle
    _due: list[tuple[Invariant, str]] = field(default_factory=list)
    _together: set[tuple[str, str]] = field(default_factory=set)
    """Mails (identity) that answered several incidents, and who must be told of all at once."""

    def hears(self, story: Story, event: RawEvent) -> None:
        match event.kind:
            case "reported":
                self._opened(story, event)
            case "stage_started" if event.number("visit") == 1:
                stage = rules().stages[event.said("stage")]
                place = f"{stage.step}/{stage.name}"
                self._informed(Invariant.NO_PROGRESS, story, place, stage.at_start)
            case "answered" | "recorded" | "extended" if story.current is not None:
                self._heard(story, event, story.current)
            case "answered_after_end" if story.stay is not None and not event.said("with_incident"):
                self._acknowledged(_place(story, story.stay), event)
            case "system_acted" if story.current is not None:
                place = f"{_place(story, story.current)}/otomatis/{event.seq}"
                self._all(Invariant.NOT_TOLD_DECIDED, place, self._serving(story.current.asked))
            case "closed" if not event.said("with_incident"):
                place = f"selesai/{event.said('outcome')}"
                self._informed(Invariant.NOT_TOLD_OF_END, story, place, rules().outcomes[event.said("outcome")])

    def after_turn(self, *, whole: bool) -> None:
        for name, key in self._due:
            if key not in self.told.rows.keys:
                broken(name, key)
        self._due.clear()
        self._told_together()
        for mail in self.told.rows.queued:
            role, _, linked = mail.person.partition(":")
            story = self.told.stories.get(linked or mail.incident)
            if role == REPORTER and story is not None and story.report.get("tanpa_balasan"):
                broken(Invariant.NOT_TO_BE_WRITTEN_TO, f"{mail.key} to {mail.recipient}")

    def at_the_end(self) -> None:
        self.after_turn(whole=True)
        for number, story in self.told.stories.items():
            main = self.told.stories.get(story.with_incident)
            if main is None or not reachable(main.joined.get(number, {})):
                continue
            for letter in rules().outcomes[story.outcome]:
                key = f"{main.number}/selesai/{story.outcome}/{letter.template}/{REPORTER}:{number}"
                if REPORTER in letter.to and key not in self.told.rows.keys:
                    broken(Invariant.NOT_TOLD_OF_END, key)

    def _told_together(self) -> None:
        """Whoever answered several incidents in one mail hears of all when the last of them is done."""
        done = {(mail, one) for mail, one in self._together if self.told.rows.mails[mail].state not in UNDONE}
        for mail, person in sorted(done):
            start = f"umum/{mail[:REF]}/dicatat-bersama-"
            if not any(key.startswith(start) and key.endswith(f"/{person}") for key in self.told.rows.keys):
                broken(Invariant.NO_ACKNOWLEDGEMENT, f"{start}…/{person}")
        self._together -= done

    def _opened(self, story: Story, event: RawEvent) -> None:
        for step, letter in rules().receipts:
            if REPORTER in letter.to and reachable(event.table("report")):
                self._due.append((Invariant.NO_RECEIPT, f"{story.number}/{step}/{letter.template}/{REPORTER}"))

    def _heard(self, story: Story, event: RawEvent, stay: Stay) -> None:
        """An answer: acknowledged, passed on, and told to whoever was asked beside."""
        place, person, decision = _place(story, stay), event.said("person"), event.said("decision")
        ref = event.said("mail")[:REF] or str(event.seq)
        self._acknowledged(place, event)
        roles = rules().stages[stay.stage].decisions[decision].told
        self._all(Invariant.NO_PROGRESS, f"{place}/{decision}/{ref}", self._people(story, roles))
        if event.kind == "answered":
            others = [one for one in stay.asked if one != person]
            self._all(Invariant.NOT_TOLD_DECIDED, f"{place}/diputuskan/{event.seq}", self._serving(others))

    def _acknowledged(self, place: str, event: RawEvent) -> None:
        """By a note of its own, or by the one that tells of all that a mail answered."""
        people, ref = self._serving([event.said("person")]), event.said("mail")[:REF] or str(event.seq)
        if event.data.get("together"):
            self._together |= {(event.said("mail"), one) for one in people}
        else:
            self._all(Invariant.NO_ACKNOWLEDGEMENT, f"{place}/dicatat/{ref}", people)

    def _informed(self, name: Invariant, story: Story, place: str, letters: Iterable[Told]) -> None:
        for letter in letters:
            self._all(name, f"{story.number}/{place}/{letter.template}", self._people(story, letter.to))

    def _all(self, name: Invariant, place: str, people: Iterable[str]) -> None:
        self._due += [(name, f"{place}/{person}") for person in people]

    def _people(self, story: Story, roles: Iterable[str]) -> list[str]:
        """Who is written to where the procedure names `roles`: as the keys of the mails call them."""
        found = list[str]()
        for role in roles:
            if role != REPORTER:
                found += self._serving(person.id for person in self.told.directory().holders(role))
                continue
            found += [REPORTER] if reachable(story.report) else []
            found += [f"{REPORTER}:{number}" for number, report in story.joined.items() if reachable(report)]
        return found

    def _serving(self, people: Iterable[str]) -> list[str]:
        """Those whom every directory of the last minutes knows: whoever has just come or gone may be missed."""
        return [person for person in people if self.told.serves(person)]


def reachable(report: dict[str, Json]) -> bool:
    """Whether a reporter has an address that may be written to."""
    email = report.get("email")
    plain = isinstance(email, str) and email and email == "".join(email.split())
    known = not report.get("belum_dikenal") or bool(report.get("surel_dipastikan"))
    return bool(plain) and known and not report.get("tanpa_balasan")


def _place(story: Story, stay: Stay) -> str:
    return f"{story.number}/{rules().stages[stay.stage].step}/{stay.where()}"
