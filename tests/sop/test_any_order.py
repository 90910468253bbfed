"""Properties of `decide()`: however answers are doubled, delayed or late, nothing is skipped and nothing asked twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop.details import NO_DETAILS, Details
from sop.event_codec import event_of
from sop.events import Asked
from sop.facts import AnswerGiven, AnswerUnclear, PeopleChanged, TimePassed, Undelivered
from sop.fold import fold
from sop.people import Directory
from sop.verdict import Outgoing
from tests.sop.test_decide import PEOPLE, ROAD, Journey, person

STAGES = [stage for stage, *_ in ROAD]


def given_answer(number: int, mail: str) -> AnswerGiven:
    stage, decision, who = ROAD[number]
    someone = PEOPLE.person(who)
    assert someone is not None
    details = Details(people=("jaringan",)) if decision == "tugaskan" else NO_DETAILS
    return AnswerGiven(stage, 1, decision, someone, decision, details, mail)


def walk(journey: Journey, data: st.DataObject, longest: float) -> None:
    """Every official answers what is asked, after a while; earlier answers come again in any order."""
    count = 0
    while (current := journey.incident.current) is not None:
        number = STAGES.index(current.stage)
        again = data.draw(st.lists(st.integers(0, number), max_size=2))
        for which in [*again, number]:
            count += 1
            journey.fact(TimePassed(), data.draw(st.floats(0, longest)))
            journey.fact(given_answer(which, f"mail-{count}"))


def never_twice(journey: Journey) -> None:
    keys = [letter.key for letter in journey.letters]
    assert len(keys) == len(set(keys))


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_doubled_and_delayed_answers_lead_to_the_same_end(data: st.DataObject) -> None:
    journey = Journey()
    walk(journey, data, 1.0)
    assert [visit.stage for visit in journey.incident.visits] == STAGES
    assert [visit.answer.decision for visit in journey.incident.visits if visit.answer] == [word for _, word, _ in ROAD]
    assert journey.incident.outcome == "selesai"
    never_twice(journey)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_however_late_answers_are_no_step_is_skipped(data: st.DataObject) -> None:
    journey = Journey()
    walk(journey, data, 90.0)
    assert [visit.stage for visit in journey.incident.visits] == STAGES
    assert all(visit.answer is not None for visit in journey.incident.visits)
    by_machine = {visit.stage for visit in journey.incident.visits if visit.answer and not visit.answer.person}
    assert not by_machine & {"analisis", "disposisi", "penugasan", "penanganan"}, "the machine decided"
    never_twice(journey)


NEW = person("kabid", id="kabid_baru")


def test_a_new_holder_gets_the_waiting_request_and_whoever_left_is_no_longer_waited_for() -> None:
    journey = Journey().to("disposisi")
    journey.people = Directory((*(p for p in PEOPLE.people if p.id != "kabid"), NEW))
    letters = journey.fact(PeopleChanged())
    assert [(letter.template, str(letter.person)) for letter in letters] == [("minta_disposisi", "kabid_baru")]
    assert journey.fact(PeopleChanged()) == []
    assert [str(letter.person) for letter in journey.wait(2)] == ["kabid_baru"]
    journey.people = PEOPLE
    assert [str(letter.person) for letter in journey.fact(PeopleChanged())] == ["kabid"]
    never_twice(journey)


def test_a_deputy_appointed_after_the_escalation_gets_the_request() -> None:
    without = Directory(tuple(p for p in PEOPLE.people if p.id != "plh"))
    journey = Journey(people=without).to("disposisi")
    journey.wait(3)
    journey.people = PEOPLE
    letters = journey.fact(PeopleChanged())
    assert [str(letter.person) for letter in letters] == ["plh"]
    assert journey.incident.visits[-1].asked[-1].capacity == "wakil"


def bounced(letter: Outgoing, mail: str) -> Undelivered:
    what = (letter.template, letter.person, letter.stage, letter.visit, letter.asks)
    return Undelivered(letter.key, f"{letter.person}@contoh.example", "550", mail, *what)


def asked_by(letters: list[Outgoing]) -> list[str]:
    return [str(letter.person) for letter in letters if letter.asks]


def test_a_request_that_bounces_is_escalated_at_once() -> None:
    journey = Journey().to("disposisi")
    request = next(letter for letter in journey.letters if letter.template == "minta_disposisi")
    assert asked_by(journey.fact(bounced(request, "b1"))) == ["plh"]
    reasons = [event.data.reason for event in journey.events if isinstance(event.data, Asked)]
    assert "tidak sampai" in reasons[-1]
    over = next(letter for letter in journey.letters if letter.stage == "analisis" and letter.asks)
    assert asked_by(journey.fact(bounced(over, "b2"))) == [], "a bounce of a step that is over"
    assert asked_by(journey.fact(bounced(request, "b3"))) == [], "the same bounce by another way"
    never_twice(journey)


def asked_anew(journey: Journey) -> None:
    journey.people = Directory((*(p for p in PEOPLE.people if p.id != "kabid"), NEW))
    journey.fact(PeopleChanged())
    journey.people = PEOPLE
    journey.fact(PeopleChanged())


def reminded(journey: Journey) -> None:
    journey.wait(2)


def asked_back(journey: Journey) -> None:
    kabid = PEOPLE.person("kabid")
    assert kabid is not None
    journey.fact(AnswerUnclear("disposisi", 1, kabid, "Hm", "jawaban yang belum pasti", "u1"))


def question_relayed(journey: Journey) -> None:
    kabid = PEOPLE.person("kabid")
    assert kabid is not None
    journey.fact(AnswerUnclear("disposisi", 1, kabid, "Di mana?", "sebuah pertanyaan", "u1", question=True))


def returned(journey: Journey) -> None:
    """Another visit of the same stage."""
    for number, decision, who in ((2, "kembalikan", "kabid"), (0, "ya", "helpdesk"), (1, "teruskan", "koordinator")):
        official, visit = PEOPLE.person(who), journey.incident.visits[-1]
        assert official is not None
        fact = AnswerGiven(visit.stage, visit.number, decision, official, decision, mail=f"k{number}")
        journey.fact(fact)


@pytest.mark.parametrize("asks", [asked_anew, reminded, asked_back, question_relayed, returned])
def test_whatever_mail_asks_somebody_in_vain_they_are_gone_past_once(asks: Callable[[Journey], None]) -> None:
    journey = Journey().to("disposisi")
    asks(journey)
    visit = journey.incident.visits[-1]
    last = [letter for letter in journey.letters if letter.asks and str(letter.person) == "kabid"][-1]
    assert (last.stage, last.visit) == (visit.stage, visit.number)
    assert asked_by(journey.fact(bounced(last, "b1"))) == ["plh"]
    first = next(letter for letter in journey.letters if letter.template == "minta_disposisi")
    assert asked_by(journey.fact(bounced(last, "b2"))) == asked_by(journey.fact(bounced(first, "b3"))) == []
    never_twice(journey)


def test_whoever_is_asked_anew_after_they_could_not_be_reached_is_gone_past_anew() -> None:
    journey = Journey().to("disposisi")
    request = next(letter for letter in journey.letters if letter.template == "minta_disposisi")
    assert asked_by(journey.fact(bounced(request, "b1"))) == ["plh"]
    asked_anew(journey)
    again = [
        letter for letter in journey.letters if letter.template == "minta_disposisi" and str(letter.person) == "kabid"
    ]
    assert len(again) == 2
    assert asked_by(journey.fact(bounced(again[-1], "b2"))) == ["kadis"], "the next one in the ladder"


def test_a_mail_that_asks_nothing_may_come_back_without_asking_anybody_else() -> None:
    journey = Journey().to("disposisi")
    told = next(letter for letter in journey.letters if str(letter.person) == "koordinator" and not letter.asks)
    assert asked_by(journey.fact(bounced(told, "b1"))) == []


def test_a_bounce_of_before_it_was_noted_who_was_asked_still_folds() -> None:
    journey = Journey().to("disposisi")
    seq = journey.incident.seq + 1
    old = event_of(seq, journey.now, "undelivered", '{"key":"k","mail":"","reason":"550","to":"a@b.example"}')
    assert fold(journey.incident.number, [old], journey.incident) == replace(
        journey.incident, seq=seq, last=journey.now
    )


def test_quiet_hours_hold_back_reminders_and_nothing_else() -> None:
    from datetime import time

    quiet = replace(PEOPLE, quiet={"kabid": (time(8), time(10))})
    journey = Journey(people=quiet).to("disposisi")
    assert journey.wait(2) == []
    assert [str(letter.person) for letter in journey.wait(1)] == ["plh"]


def test_at_night_whoever_is_on_duty_is_asked_and_in_the_morning_the_others_too() -> None:
    from datetime import timedelta

    from sop.people import Duty
    from tests.sop.test_decide import START

    night = Duty("helpdesk", "malam", START, START + timedelta(minutes=5))
    people = Directory((*PEOPLE.people, person("helpdesk", id="malam")), duties=(night,))
    journey = Journey(people=people)
    assert [str(letter.person) for letter in journey.letters if letter.asks] == ["malam"]
    letters = journey.fact(PeopleChanged(), 6)
    assert [str(letter.person) for letter in letters if letter.asks] == ["helpdesk"]
