"""The story of an incident, line by line, as people read it: in mails, papers, the case file and on the terminal.

The words come from outside (`templates/kata.yaml`); this only says which event is told how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sop import events
from sop.events import Event
from sop.facts import Reopening
from sop.people import WIB
from sop.procedure import Procedure

MILESTONES = (
    *(events.Reported, events.Answered, events.Recorded, events.Extended, events.SystemActed, events.FollowedUp),
    *(events.Closed, events.Linked, events.Unlinked, events.TookIn, events.LetGo),
    *(events.Withdrawn, events.Delegated, events.Continued, events.AnsweredAfterEnd),
)
"""What a busy reader needs; the full story has the reminders and the misunderstandings too."""


WAITED = timedelta(minutes=2)
"""A report that is taken up later than this after it came had to wait, and the story says so."""


class StoryWords(Protocol):
    """What the story is told with: `templates/words.py` has it."""

    @property
    def sentences(self) -> Mapping[str, str]:
        """Event to sentence with {placeholders}; an event without one is not told."""

    @property
    def recorded(self) -> Mapping[str, str]:
        """Decision to how it is told."""

    @property
    def reopenings(self) -> Mapping[str, str]:
        """How work began again to what was done by whoever brought it about."""

    @property
    def channels(self) -> Mapping[str, str]:
        """The way a report came to its name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, in which step (0 where none), what happened, and the words of whoever acted."""

    at: datetime
    step: int
    what: str
    text: str = ""
    orders: bool = False
    """Its words order something besides: they are for the office alone."""


def story(told: Iterable[Event], procedure: Procedure, words: StoryWords, *, full: bool = False) -> list[Line]:
    """The lines of the story, oldest first."""
    steps = {stage.name: stage for stage in procedure.stages()}
    lines = []
    for event in told:
        sentence = words.sentences.get(_sentence_name(event))
        if sentence is None or not (full or isinstance(event.data, MILESTONES)):
            continue
        data, reopened = event.data, _reopened(event)
        stage = steps.get(_word(data, "stage"))
        decision = _word(data, "decision")
        channel = _word(data, "channel")
        values = {
            "diterima": _office_time(data.received if isinstance(data, events.Reported) else None),
            "nama": _word(data, "name") or _word(data, "sender"),
            "jabatan": _word(data, "title"),
            "peran": procedure.role_label(_word(data, "role")),
            "keputusan": words.recorded.get(decision, decision.upper()),
            "tahap": stage.label if stage else "",
            "alasan": _word(data, "reason"),
            "oleh": _named(reopened),
            "dibuka": words.reopenings.get(reopened.how, "") if reopened else "",
            "ditulis": _office_time(reopened.at if reopened else None),
            "lain": _word(data, "said")
            or _word(data, "to")
            or _word(data, "incident")
            or _word(data, "continues")
            or _word(data, "with_incident"),
            "menit": _minutes(event),
            "hasil": _outcome_label(procedure, _word(data, "outcome")),
            "saluran": words.channels.get(channel, channel),
            "lisan": f" ({_word(data, 'via')})" if _word(data, "via").startswith("lisan") else "",
        }
        text = _word(data, "text") or (reopened.text if reopened else "")
        orders = isinstance(data, events.Answer) and bool(data.details.directions)
        lines.append(Line(event.at, stage.step if stage else 0, sentence.format_map(values).strip(), text, orders))
    return lines


def _word(data: events.Data, name: str) -> str:
    """What an event says under `name`; "" where its kind says nothing of the sort. A sentence may speak of anything."""
    value = getattr(data, name, None)
    return value if isinstance(value, str) else ""


def _reopened(event: Event) -> Reopening | None:
    return event.data.reopened if isinstance(event.data, events.Reported | events.Continued) else None


def _minutes(event: Event) -> int:
    match event.data:
        case events.Extended(minutes=minutes):
            return minutes
        case events.ClockSetBack(seconds=seconds):
            return round(seconds / 60)
        case _:
            return 0


def _named(who: Reopening | None) -> str:
    if who is None:
        return ""
    return f"{who.name} ({who.title})" if who.title else who.name


def _office_time(moment: datetime | None) -> str:
    """ "23-11-2026 07.00", in the time of the office."""
    return f"{moment.astimezone(WIB):%d-%m-%Y %H.%M}" if moment else ""


def _sentence_name(event: Event) -> str:
    match event.data:
        case events.LadderClimbed(action=action):
            return f"ladder_{action}"
        case events.Asked(capacity=capacity):
            return f"asked_{capacity}"
        case events.AnsweredAfterEnd(with_incident=other) if other:
            return f"{event.kind}_bersama"
        case events.Reported() | events.Continued() as data if data.reopened:
            return f"{event.kind}_oleh"
        case events.Reported(continues=continues) if continues:
            return "reported_lanjutan"
        case events.Reported(received=received) if event.at - received >= WAITED:
            return "reported_tertunda"
        case _:
            return event.kind


def _outcome_label(procedure: Procedure, name: str) -> str:
    return next((outcome.label for outcome in procedure.outcomes if outcome.name == name), name)
