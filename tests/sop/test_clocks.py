"""Whose minutes they were: a step adds up what its officials were promised, and each is measured by their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sop.clocks import OfficialClock, Punctual, official_clocks
from sop.facts import AnswerGiven, AwayNow
from tests.sop.test_decide import PEOPLE, Journey


def test_the_clock_says_whose_minutes_they_were() -> None:
    journey = Journey().to("disposisi")
    journey.wait(3)
    journey.answer("disposisi", "plh", 3)
    journey.answer("tugaskan", "koordinator", 1, {"people": ["jaringan"]})
    clock = journey.incident.step_clocks(journey.procedure)[3]
    assert (clock.minutes, clock.on_time, clock.by) == (7.0, False, ("Kabid", "Koordinator"))
    measured = [(one.official.person, one.minutes, one.punctual.value) for one in of_step(journey, 4)]
    assert measured == [("kabid", 6.0, "tidak menjawab"), ("plh", 3.0, "tepat"), ("koordinator", 1.0, "tepat")]


def of_step(journey: Journey, step: int) -> list[OfficialClock]:
    return [one for one in official_clocks(journey.incident, journey.procedure) if one.stage.step == step]


@pytest.mark.parametrize(("first", "second"), [(3, 3), (2, 1), (0.5, 3), (3, 0.1)])
def test_a_step_of_two_officials_who_are_in_time_is_in_time(first: float, second: float) -> None:
    journey = Journey().to("disposisi")
    journey.answer("disposisi", "kabid", first)
    journey.answer("tugaskan", "koordinator", second, {"people": ["jaringan"]})
    clock = journey.incident.step_clocks(journey.procedure)[3]
    assert (clock.on_time, clock.standard) == (True, timedelta(minutes=6))
    assert [one.punctual for one in of_step(journey, 4)] == [Punctual.ON_TIME, Punctual.ON_TIME]


def test_only_who_was_late_is_called_late() -> None:
    journey = Journey().to("disposisi")
    journey.answer("disposisi", "kabid", 1)
    journey.answer("tugaskan", "koordinator", 5.5, {"people": ["jaringan"]})
    assert [one.punctual for one in of_step(journey, 4)][:2] == [Punctual.ON_TIME, Punctual.LATE]
    assert journey.incident.step_clocks(journey.procedure)[3].on_time is False


def test_a_step_is_not_late_by_the_time_that_its_report_was_elsewhere() -> None:
    journey = Journey().to("pelaporan_koordinator")
    journey.answer("kembalikan", "koordinator", 2)
    journey.answer("kirim", "helpdesk", 3)
    journey.answer("teruskan", "koordinator", 2)
    journey.answer("teruskan", "kabid", 2)
    six, seven = journey.incident.step_clocks(journey.procedure)[5:7]
    assert six.on_time and seven.on_time and seven.minutes == 6.0
    assert {one.punctual for step in (6, 7) for one in of_step(journey, step)} == {Punctual.ON_TIME}


def test_whoever_is_asked_in_time_instead_of_one_who_is_away_makes_no_step_late() -> None:
    journey = Journey().to("disposisi")
    journey.wait(2)
    journey.fact(AwayNow("disposisi", 1, "kabid"), minutes=0.5)
    journey.answer("disposisi", "plh", 2.5)
    journey.answer("tugaskan", "koordinator", 3, {"people": ["jaringan"]})
    measured = [(one.official.person, one.punctual) for one in of_step(journey, 4)]
    assert measured == [("kabid", Punctual.NOT_MEASURED), ("plh", Punctual.ON_TIME), ("koordinator", Punctual.ON_TIME)]
    assert journey.incident.step_clocks(journey.procedure)[3].on_time


def test_nobody_is_late_because_the_desk_was_down_when_their_answer_came() -> None:
    journey = Journey().to("disposisi")
    came = journey.now + timedelta(minutes=2)
    person = next(one for one in PEOPLE.people if one.id == "kabid")
    journey.fact(AnswerGiven("disposisi", 1, "disposisi", person, "Tangani.", received=came), minutes=9)
    assert [one.punctual for one in of_step(journey, 4)][:1] == [Punctual.ON_TIME]
    assert of_step(journey, 4)[0].minutes == 2.0
