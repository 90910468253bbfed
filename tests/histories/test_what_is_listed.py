"""A replay that finds no difference says something only if it would find one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from sop import events, facts
from sop.causes import fact_of, groups
from sop.decide import HAPPENS
from sop.draft import Draft
from sop.events import Event
from sop.facts import Fact
from sop.fold import fold
from sop.incident import Incident
from sop.replay import Difference, History, replay
from tests.histories.store import Recorded, read, stored


@cache
def lives() -> list[Recorded]:
    return read(stored())


def of_kind(life: Recorded, kind: type[Fact]) -> int:
    """How often such a fact reached somebody in a life."""
    count = 0
    for history in life.histories:
        incident = Incident(history.number)
        for group in groups(history.events):
            found = fact_of(history.procedure, incident, group, life.serving(incident, group), frozenset())
            count += type(found) is kind
            incident = fold(history.number, group, incident)
    return count


def nothing(_draft: Draft, _fact: Fact) -> None:
    """What a rule does that was forgotten."""


@pytest.mark.parametrize("kind", list(HAPPENS), ids=lambda kind: kind.__name__)
def test_a_fact_from_which_nothing_follows_any_more_is_listed_each_time(
    kind: type[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    life = next(life for life in lives() if of_kind(life, kind))
    monkeypatch.setitem(HAPPENS, kind, nothing)
    differences = replay(life.histories, life.serving)
    assert {one.fact for one in differences} == {kind.__name__}
    clocks = sum(isinstance(event.data, events.ClockSetBack) for one in life.histories for event in one.events)
    assert of_kind(life, kind) - clocks <= len(differences) <= of_kind(life, kind)


def test_what_the_rules_stumble_over_now_is_listed_and_the_rest_is_judged_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumbles(_draft: Draft, _fact: Fact) -> None:
        raise LookupError("tahap")

    monkeypatch.setitem(HAPPENS, facts.Opened, stumbles)
    life = lives()[0]
    differences = replay(life.histories, life.serving)
    assert [one.fact for one in differences] == ["Opened"] * len(life.histories)
    assert all(one.now[0] == "LookupError: tahap" for one in differences)


def changed(history: History, seq: int, change: Callable[[Event], Event]) -> History:
    """The history with another event `seq`."""
    return replace(history, events=tuple(change(one) if one.seq == seq else one for one in history.events))


def listed(life: Recorded, history: History) -> Difference:
    others = tuple(one for one in life.histories if one.number != history.number)
    (only,) = [one for one in replay((history, *others), life.serving) if one.incident == history.number]
    return only


def first_asked(history: History) -> Event:
    return next(event for event in history.events if isinstance(event.data, events.Asked) and event.mails)


def test_a_mail_that_was_not_written_then_is_listed_by_its_key() -> None:
    life = lives()[0]
    asked = first_asked(life.histories[0])
    fewer = changed(life.histories[0], asked.seq, lambda event: replace(event, mails=event.mails[:-1]))
    assert (listed(life, fewer).recorded, listed(life, fewer).now) == ((), (f"surat {asked.mails[-1]}",))
    turned = changed(life.histories[0], asked.seq, lambda event: replace(event, mails=event.mails[::-1]))
    assert sorted(listed(life, turned).now) == sorted(listed(life, turned).recorded), "in another order"


def test_a_word_to_a_reporter_who_can_be_written_to_is_listed_and_one_to_somebody_without_an_address_is_none() -> None:
    life = next(life for life in lives() if len(told := told_reporter(life.histories[0])) > 1 and told[0].seq < 5)
    history = life.histories[0]
    first, *later = told_reporter(history)
    silent = changed(history, later[-1].seq, without_reporter)
    assert listed(life, silent).now == tuple(f"surat {key}" for key in later[-1].mails if key.endswith("/pelapor"))
    for one in (first, *later):
        history = changed(history, one.seq, without_reporter)
    assert not [one for one in replay([history], life.serving) if one.incident == history.number]


def told_reporter(history: History) -> list[Event]:
    return [event for event in history.events if without_reporter(event) != event]


def without_reporter(event: Event) -> Event:
    return replace(event, mails=tuple(key for key in event.mails if not key.endswith("/pelapor")))


def test_somebody_who_was_asked_for_another_reason_is_listed_with_both() -> None:
    life = lives()[0]
    asked = first_asked(life.histories[0])
    assert isinstance(asked.data, events.Asked)
    other = replace(asked.data, reason="jabatan sedang kosong")
    difference = listed(life, changed(life.histories[0], asked.seq, lambda event: replace(event, data=other)))
    assert len(difference.recorded) == len(difference.now) == 1
    assert (
        difference.recorded[0].startswith(f"{asked.seq} asked ") and "jabatan sedang kosong" in difference.recorded[0]
    )
    assert (difference.seq, difference.fact) == (1, "Opened")


def test_another_deadline_is_listed() -> None:
    life = lives()[0]
    history = life.histories[0]
    seq, due = next((seq, due) for seq, due in history.deadlines.items() if due)
    sooner = replace(history, deadlines=history.deadlines | {seq: due - timedelta(seconds=1)})  # type: ignore[operator]
    assert listed(life, sooner).now == (f"tenggat {due.isoformat()}",)


def test_what_no_fact_begins_with_is_listed_as_that() -> None:
    life = lives()[0]
    history = life.histories[0]
    headless = replace(history, events=history.events[1:2], deadlines={})
    (difference,) = replay([headless], lambda incident, group: life.directories[0])
    assert (difference.fact, difference.now) == ("", ())
    assert difference.recorded[0].startswith("2 stage_started ")


def test_what_only_another_version_knows_of_an_event_is_no_difference() -> None:
    life = lives()[0]
    newer = changed(life.histories[0], 2, lambda one: replace(one, data=replace(one.data, others={"warna": "biru"})))
    others = life.histories[1:]
    assert not replay((newer, *others), life.serving)


def test_who_held_a_role_at_the_end_is_compared_where_it_was_noted() -> None:
    life, history, closed = next(
        (life, one, event)
        for life in lives()
        for one in life.histories
        for event in one.events
        if isinstance(event.data, events.Closed) and event.data.holders
    )
    assert isinstance(closed.data, events.Closed) and closed.data.holders
    fewer, before = (replace(closed.data, holders=said) for said in (closed.data.holders[1:], None))
    difference = listed(life, changed(history, closed.seq, lambda event: replace(event, data=fewer)))
    assert closed.data.holders[0].name in difference.now[0] and closed.data.holders[0].name not in str(
        difference.recorded
    )
    of_before = changed(history, closed.seq, lambda event: replace(event, data=before))
    assert not replay((of_before, *(one for one in life.histories if one.number != history.number)), life.serving)
