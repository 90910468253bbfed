"""What costs much is done once for a mail: decoding it, telling what it is, reading an incident, folding it.

Counted are calls of the real functions; how long they take is nobody's business here.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import Connection

import tests.reading
from handlers.carry_out import carry_out
from handlers.deadline_passed import act_on_deadlines
from handlers.rounds.intake import act_on_waiting_mail, collect_waiting_mail
from parsers.letters.kind import look_at
from parsers.mails.message import read_mail
from register import journal
from sop import events
from sop.facts import FollowedUp, PeopleChanged
from sop.fold import fold
from sop.incident import Incident
from tests import cast
from tests.cast import DINKES
from tests.reading import InProcess
from tests.town import JOURNEY, Town

P = ParamSpec("P")
T = TypeVar("T")
ROOMS = ("sop", "parsers", "readers", "register", "outbox", "report", "handlers")
LETTER = "the letter itself"


class Apart(InProcess):
    """Reads in the test's process, and says in which child of a desk's it would be read."""

    def __init__(self) -> None:
        super().__init__()
        self.child, self.seen = LETTER, dict[tuple[str, str], object]()

    def again(self, function: Callable[Concatenate[bytes, P], T], raw: bytes, *more: P.args, **named: P.kwargs) -> T:
        key = function.__name__, sha256(raw).hexdigest()
        if key not in self.seen:
            before, self.child = self.child, function.__name__
            self.seen[key] = function(raw, *more, **named)
            self.child = before
        found: T = self.seen[key]  # type: ignore[assignment]
        return found


@dataclass(slots=True)
class Counts:
    """What was done since `act` was last called.

    Attributes:
        decoded: by child, and by the bytes.
        looked: how often it was asked whether a machine sent it.
        read: incidents, by the transaction that read their events.
        folded: how often an incident was folded from its first event on; `further`: by one event.
    """

    decoded: Counter[tuple[str, str]] = field(default_factory=Counter)
    looked: int = 0
    read: list[tuple[Connection, str]] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    further: int = 0


@pytest.fixture
def counts(place: Town, monkeypatch: pytest.MonkeyPatch) -> Counts:
    place.may_begin_later = False
    place.office.readers = readers = Apart()
    counts = Counts()

    def decoding(raw: bytes, *, ours: bool = False) -> None:
        counts.decoded[readers.child, sha256(raw).hexdigest()] += 1

    def looking(*_: object, **__: object) -> None:
        counts.looked += 1

    def reading(tx: Connection, number: str) -> None:
        counts.read.append((tx, number))

    def folding(number: str, events: object, onto: Incident | None = None) -> None:
        if onto is None:
            counts.folded.append(number)
        else:
            counts.further += 1

    for function, note in (
        (read_mail, decoding),
        (look_at, looking),
        (journal.read_events, reading),
        (fold, folding),
    ):
        _count(monkeypatch, function, note)
    return counts


def _count(monkeypatch: pytest.MonkeyPatch, function: Callable[..., object], note: Callable[..., None]) -> None:
    """Have `note` called with the arguments of each call of `function`, by whatever name our rooms know it."""

    def passed(*args: object, **kwargs: object) -> object:
        note(*args, **kwargs)
        return function(*args, **kwargs)

    rooms = [found for name, found in sys.modules.items() if name.partition(".")[0] in ROOMS]
    for module in (*rooms, tests.reading):
        for name in [name for name, value in vars(module).items() if value is function]:
            monkeypatch.setattr(module, name, passed)


def act(place: Town, counts: Counts) -> str:
    """Take in what waits in the mailbox, and act on it. Returns what became of it."""
    collect_waiting_mail(place.office)
    forget(counts)
    (handled,) = act_on_waiting_mail(place.office)
    return handled.became


def forget(counts: Counts) -> None:
    for name in ("decoded", "read", "folded"):
        getattr(counts, name).clear()
    counts.looked = counts.further = 0


def test_a_letter_is_decoded_once_by_each_child_that_needs_it_and_looked_at_once(place: Town, counts: Counts) -> None:
    place.letter()
    assert act(place, counts) == "insiden"
    # One child reads it; another takes out the files that go to Helpdesk, and the desk remembers them.
    assert {child for child, _ in counts.decoded} == {LETTER, "original"}
    assert set(counts.decoded.values()) == {1} and counts.looked == 1


def test_a_new_incident_is_folded_event_by_event_as_it_is_decided(place: Town, counts: Counts) -> None:
    place.letter()
    assert act(place, counts) == "insiden"
    assert counts.read == [] and counts.folded == [], "its mails take what was decided"
    assert counts.further == place.incident().seq == 3


def test_a_reply_reads_its_incident_once_and_folds_it_once(place: Town, counts: Counts) -> None:
    """However many mails and papers it brings about: the standing is handed on to them."""
    place.letter()
    place.work()
    for stage, address, subject, text in JOURNEY:
        place.reply(address, subject, text)
        before = len(place.incident().visits)
        assert act(place, counts) == "jawaban", stage
        assert [number for _, number in counts.read] == ["DKL-2026-0001"], stage
        assert counts.folded == ["DKL-2026-0001"] and counts.looked == 1, stage
        assert set(counts.decoded.values()) <= {1}, stage
        incident = place.incident()
        assert len(incident.visits) > before or incident.outcome, stage
        place.work(1)


def test_what_the_reporter_says_later_reads_the_incident_once(place: Town, counts: Counts) -> None:
    place.letter()
    place.work()
    place.reply(DINKES, "Laporan diterima", "Tambahan: gedung B juga putus.")
    assert act(place, counts) == "susulan"
    assert [number for _, number in counts.read] == ["DKL-2026-0001"] == counts.folded
    assert set(counts.decoded.values()) == {1} and counts.looked == 1


def test_a_deadline_reads_its_incident_once(place: Town, counts: Counts) -> None:
    place.letter()
    place.work()
    place.clock.forward(minutes=5)
    forget(counts)
    assert act_on_deadlines(place.office) == ["DKL-2026-0001"]
    assert [number for _, number in counts.read] == ["DKL-2026-0001"] == counts.folded
    place.work()
    assert place.last(cast.HELPDESK, "Pengingat")


def test_what_has_gone_on_since_it_was_seen_is_read_again(place: Town, counts: Counts) -> None:
    place.letter()
    place.work()
    with place.office.database.reading() as tx:
        seen = journal.read_standing(tx, "DKL-2026-0001")
    place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
    assert act(place, counts) == "jawaban"
    counts.read.clear()
    verdict = carry_out(place.office, seen.number, FollowedUp(DINKES, "Gedung B juga.", "m"), seen=seen)
    assert verdict is not None and [number for _, number in counts.read] == [seen.number]
    after = place.incident()
    assert after == verdict.incident and after.visits[0].answer is not None and after.follow_ups == ("Gedung B juga.",)
    with place.office.database.reading() as tx:
        kinds = [event.kind for event in journal.read_events(tx, seen.number)]
    assert kinds.count(events.FollowedUp.kind) == 1


def test_that_nothing_follows_is_not_decided_of_what_has_gone_on_either(place: Town, counts: Counts) -> None:
    place.letter()
    place.work()
    with place.office.database.reading() as tx:
        seen = journal.read_standing(tx, "DKL-2026-0001")
    place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
    assert act(place, counts) == "jawaban"
    counts.read.clear()
    verdict = carry_out(place.office, seen.number, PeopleChanged(), seen=seen)
    assert verdict is not None and verdict.events == () and verdict.incident == place.incident()
    assert counts.read[0][1] == seen.number
