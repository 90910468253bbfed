"""The story of an incident, line by line, as people read it: in mails, papers, the case file and on the terminal.

The words come from outside (`templates/kata.yaml`); this only says which event is told how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol

from sop.events import Event, Kind
from sop.procedure import Procedure

MILESTONES = frozenset(
    {Kind.REPORTED, Kind.ANSWERED, Kind.RECORDED, Kind.EXTENDED, Kind.SYSTEM_ACTED, Kind.FOLLOWED_UP, Kind.CLOSED}
    | {Kind.LINKED, Kind.UNLINKED, Kind.TOOK_IN, Kind.LET_GO, Kind.WITHDRAWN, Kind.DELEGATED, Kind.CONTINUED}
)
"""What a busy reader needs; the full story has the reminders and the misunderstandings too."""


_WIB = timezone(timedelta(hours=7))
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


def story(events: Iterable[Event], procedure: Procedure, words: StoryWords, *, full: bool = False) -> list[Line]:
    """The lines of the story, oldest first."""
    steps = {stage.name: stage for stage in procedure.stages()}
    lines = []
    for event in events:
        sentence = words.sentences.get(_sentence_name(event))
        if sentence is None or not (full or event.kind in MILESTONES):
            continue
        data, reopened = event.data, event.data.get("reopened") or {}
        stage = steps.get(str(data.get("stage", "")))
        decision = str(data.get("decision", ""))
        values = {
            "diterima": _office_time(data.get("received", "")),
            "nama": data.get("name") or data.get("sender") or "",
            "jabatan": data.get("title", ""),
            "peran": procedure.role_label(str(data.get("role", ""))),
            "keputusan": words.recorded.get(decision, decision.upper()),
            "tahap": stage.label if stage else "",
            "alasan": data.get("reason", ""),
            "oleh": _named(reopened),
            "dibuka": words.reopenings.get(reopened.get("how", ""), ""),
            "ditulis": _office_time(reopened.get("at", "")),
            "lain": data.get("said") or data.get("to") or data.get("incident") or data.get("continues") or "",
            "menit": data.get("minutes") or round(float(data.get("seconds", 0)) / 60),
            "hasil": _outcome_label(procedure, str(data.get("outcome", ""))),
            "saluran": words.channels.get(data.get("channel", ""), data.get("channel", "")),
            "lisan": f" ({data['via']})" if str(data.get("via", "")).startswith("lisan") else "",
        }
        text = str(data.get("text") or reopened.get("text") or "")
        lines.append(Line(event.at, stage.step if stage else 0, sentence.format_map(values).strip(), text))
    return lines


def _named(who: Mapping[str, str]) -> str:
    return f"{who['name']} ({who['title']})" if who.get("title") else who.get("name", "")


def _waited(event: Event) -> bool:
    received = str(event.data.get("received") or "")
    return bool(received) and event.at - datetime.fromisoformat(received) >= WAITED


def _office_time(moment: str) -> str:
    """ "23-11-2026 07.00", in the time of the office."""
    return f"{datetime.fromisoformat(moment).astimezone(_WIB):%d-%m-%Y %H.%M}" if moment else ""


def _sentence_name(event: Event) -> str:
    if event.kind is Kind.LADDER_CLIMBED:
        return f"ladder_{event.data.get('action', '')}"
    if event.kind is Kind.ASKED:
        return f"asked_{event.data.get('capacity', '')}"
    if event.kind in (Kind.REPORTED, Kind.CONTINUED) and event.data.get("reopened"):
        return f"{event.kind.value}_oleh"
    if event.kind is Kind.REPORTED and event.data.get("continues"):
        return "reported_lanjutan"
    if event.kind is Kind.REPORTED and _waited(event):
        return "reported_tertunda"
    return event.kind.value


def _outcome_label(procedure: Procedure, name: str) -> str:
    return next((outcome.label for outcome in procedure.outcomes if outcome.name == name), name)
