"""The story of an incident, line by line, as people read it: in mails, papers, the case file and on the terminal.

The words come from outside (`templates/kata.yaml`); this only says which event is told how.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sop import events
from sop.events import Event
from sop.facts import Reopening
from sop.for_reporter import Place, result_for_reporter
from sop.people import WIB
from sop.procedure import REPORTER, Effect, Procedure, Stage
from sop.report import Report
from sop.who_reads import Audience, Share, WhoReads

WAITED = timedelta(minutes=2)
"""A report that is taken up later than this after it came had to wait, and the story says so."""

_TEAM = re.compile(r"\bTim\s.+")


class StoryWords(Protocol):
    """What the story is told with: `templates/words.py` has it."""

    @property
    def sentences(self) -> Mapping[str, str]:
        """Event to sentence with {placeholders}; an event without one is not told."""

    @property
    def reporter_sentences(self) -> Mapping[str, str]:
        """The same as the reporter reads it; what has none here is not told them."""

    @property
    def who_reads(self) -> WhoReads:
        """Who may read what."""

    @property
    def recorded(self) -> Mapping[str, str]:
        """Decision to how it is told."""

    @property
    def reopenings(self) -> Mapping[str, str]:
        """How work began again to what was done by whoever brought it about."""

    @property
    def by_itself(self) -> Mapping[str, str]:
        """How the system went on where nobody answered to what it did."""

    @property
    def result_labels(self) -> Mapping[str, str]:
        """Part of a report of handling to what stands before it where the reporter reads it."""

    @property
    def channels(self) -> Mapping[str, str]:
        """The way a report came to its name."""

    @property
    def services(self) -> Mapping[str, str]:
        """Category of service to its name."""

    @property
    def fields(self) -> Mapping[str, str]:
        """Field of a report to its name within a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, in which step (0 where none), what happened, and the words of whoever acted."""

    at: datetime
    step: int
    what: str
    text: str = ""


def story(told: Iterable[Event], procedure: Procedure, words: StoryWords, audience: Audience) -> list[Line]:
    """The lines of the story that `audience` may read, oldest first."""
    steps = {stage.name: stage for stage in procedure.stages()}
    lines = list[Line]()
    for event in told:
        stage = steps.get(_word(event.data, "stage"))
        names = names_of(event, procedure)
        share = words.who_reads.share(names, audience)
        sentences = words.reporter_sentences if audience is Audience.REPORTER else words.sentences
        sentence = next((sentences[name] for name in names if name in sentences), None)
        if sentence is None or share is Share.NOTHING:
            continue
        what = sentence.format_map(_values(event, stage, procedure, words)).strip()
        place = Place.of(procedure, stage) if stage else Place()
        line = Line(event.at, stage.step if stage else 0, what, _text(event, place, words, audience, share))
        if audience is Audience.REPORTER and lines and lines[-1].what == line.what and not line.text:
            continue  # everybody of one team is asked, and has a line of their own
        lines.append(line)
    return lines


def names_of(event: Event, procedure: Procedure) -> tuple[str, ...]:
    """What an event may be called where it is said who reads it and how it is told, the most exact name first."""
    name, data = _sentence_name(event), event.data
    stage = next((stage for stage in procedure.stages() if stage.name == _word(data, "stage")), None)
    match data:
        case events.Answered(decision=decision) if stage:
            return f"{name}.{stage.name}.{decision}", name
        case events.Recorded(decision=decision) | events.Extended(decision=decision) if stage:
            reply = stage.reply(decision)
            return (f"{name}.untuk_pelapor", name) if reply and REPORTER in reply.inform else (name,)
        case events.LadderClimbed(action=action):
            return name, f"ladder_{action}"
        case events.Asked() if stage and stage.assigned:
            return f"{name}.tim", name
        case events.Closed(outcome=outcome):
            return f"{name}.{outcome}", name
        case _:
            return (name,)


def team_called(title: str, role: str) -> str:
    """The team of whoever has this `title`, as reporters know it: "Tim Teknis Jaringan". `role`: what a team is called
    whose member has a title of their own, such as "Pranata Komputer".
    """
    named = _TEAM.search(title)
    return named[0] if named else role


def went_on(stage: Stage, decision: str, words: StoryWords) -> str:
    """What the system did in `stage` where nobody answered: "diteruskan otomatis", "ditutup otomatis tanpa jawaban"."""
    if stage.reply(decision):
        recorded = words.recorded.get(decision, decision.upper())
        return words.by_itself["dijawab"].format(keputusan=recorded)
    own = next((rung.reply for rung in stage.ladder if rung.reply and rung.reply.decision == decision), None)
    return words.by_itself["tutup" if own and own.effect is Effect.CLOSE else "lanjut"]


def _text(event: Event, place: Place, words: StoryWords, audience: Audience, share: Share) -> str:
    """The words of whoever acted, as far as `audience` is told them."""
    if share is not Share.WORDS:
        return ""
    if audience is Audience.REPORTER and isinstance(event.data, events.Answer):
        return result_for_reporter(event.data.text, event.data.details, words.result_labels, place)
    reopened = _reopened(event)
    return _word(event.data, "text") or (reopened.text if reopened else "")


def _values(event: Event, stage: Stage | None, procedure: Procedure, words: StoryWords) -> dict[str, str | int]:
    """What a sentence may speak of, under the names it knows it by."""
    data, reopened = event.data, _reopened(event)
    decision, channel = _word(data, "decision"), _word(data, "channel")
    return {
        "diterima": _office_time(data.received if isinstance(data, events.Reported) else None),
        "nama": _word(data, "name") or _word(data, "sender"),
        "jabatan": _word(data, "title"),
        "tim": team_called(_word(data, "title"), procedure.role_label(stage.role)) if stage else "",
        "peran": procedure.role_label(_word(data, "role")),
        "keputusan": words.recorded.get(decision, decision.upper()),
        "tahap": stage.label if stage else "",
        "otomatis": went_on(stage, decision, words) if stage and isinstance(data, events.SystemActed) else "",
        "alasan": _word(data, "reason") or _not_applied(data),
        "oleh": _named(reopened),
        "dibuka": words.reopenings.get(reopened.how, "") if reopened else "",
        "ditulis": _office_time(reopened.at if reopened else None),
        "perubahan": _changes(data, words),
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


def _word(data: events.Data, name: str) -> str:
    """What an event says under `name`; "" where its kind says nothing of the sort. A sentence may speak of anything."""
    value = getattr(data, name, None)
    return value if isinstance(value, str) else ""


def changed(data: events.Corrected) -> tuple[str, ...]:
    """The fields that said something else before a correction."""
    before, after = data.before, data.report
    return tuple(name for name in after.said() if getattr(before, name) != getattr(after, name))


def _changes(data: events.Data, words: StoryWords) -> str:
    """ "perangkat daerah Dinas Pendidikan → Dinas Kesehatan; …" """
    if not isinstance(data, events.Corrected):
        return ""
    told = [
        f"{words.fields.get(name, name)} {_value(data.before, name, words)} → {_value(data.report, name, words)}"
        for name in changed(data)
    ]
    return "; ".join(told)


def _value(report: Report, name: str, words: StoryWords) -> str:
    value = getattr(report, name)
    if isinstance(value, tuple):
        return ", ".join(words.services.get(one, str(one)) for one in value)
    if name in ("waktu_kejadian", "tanggal") and value:
        return _written_time(value)
    return str(value or "(kosong)")


def _written_time(iso: str) -> str:
    """As `_office_time`, without the hour where none is given; what is no time as it is."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{at:%d-%m-%Y}" if len(iso) == len("2026-11-23") else _office_time(at)


def _not_applied(data: events.Data) -> str:
    return "; ".join(why for _, why in data.not_applied) if isinstance(data, events.Corrected) else ""


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
        case events.LadderClimbed(action=action, held=held):
            return f"ladder_{action}.{held}" if held else f"ladder_{action}"
        case events.Asked(capacity=capacity):
            return f"asked_{capacity}"
        case events.AnsweredAfterEnd(with_incident=other) if other:
            return f"{event.kind}_bersama"
        case events.Reported() | events.Continued() as data if data.reopened:
            return f"{event.kind}_oleh"
        case events.Corrected() as data if not changed(data):
            return "corrected_belum" if data.not_applied else "corrected_sama"
        case events.Corrected(via=via) if via:
            return "corrected_formulir"
        case events.Reported(continues=continues) if continues:
            return "reported_lanjutan"
        case events.Reported(received=received) if event.at - received >= WAITED:
            return "reported_tertunda"
        case _:
            return event.kind


def _outcome_label(procedure: Procedure, name: str) -> str:
    return next((outcome.label for outcome in procedure.outcomes if outcome.name == name), name)
