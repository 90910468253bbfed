"""RALAT and BATAL: an answer is taken back as long as nobody has acted on it."""

from __future__ import annotations

import pytest

from sop.events import Late
from sop.facts import AnswerGiven, AnswerWithdrawn
from sop.verdict import Outgoing
from tests.sop.test_any_order import never_twice
from tests.sop.test_decide import Journey, person


def take_back(journey: Journey, who: str, instead: str = "", *, mail: str = "ralat") -> list[Outgoing]:
    given = [v for v in journey.incident.visits if v.answer and v.answer.person == who][-1]
    official = journey.people.person(who)
    assert official is not None
    answer = AnswerGiven(given.stage, given.number, instead, official, instead, mail=mail) if instead else None
    return journey.fact(AnswerWithdrawn(given.stage, given.number, official, "RALAT", mail, answer))


def stage_of(journey: Journey) -> str:
    assert journey.incident.current is not None
    return journey.incident.current.stage


def test_a_bare_batal_asks_the_same_stage_again_and_calls_off_the_request_that_followed() -> None:
    journey = Journey().to("penerusan_analisis")
    letters = take_back(journey, "helpdesk")
    assert stage_of(journey) == "analisis"
    assert {(letter.template, str(letter.person)) for letter in letters} >= {
        ("minta_analisis", "helpdesk"),
        ("permintaan_ditarik", "koordinator"),
    }
    journey.fact(AnswerGiven("penerusan_analisis", 1, "teruskan", person("koordinator"), mail="telat"))
    assert stage_of(journey) == "analisis", "an answer to a request that was called off decided something"
    journey.answer("ya", "helpdesk")
    assert stage_of(journey) == "penerusan_analisis"
    never_twice(journey)


def test_ralat_with_the_right_answer_counts_at_once() -> None:
    journey = Journey().to("penerusan_analisis")
    letters = take_back(journey, "helpdesk", "tidak")
    assert journey.incident.outcome == "bukan_darurat"
    assert ("permintaan_ditarik", "koordinator") in {(letter.template, str(letter.person)) for letter in letters}
    assert "minta_analisis" not in {letter.template for letter in letters}
    clock = journey.incident.step_clocks(journey.procedure)[2]
    assert clock.called_off and clock.on_time is None, "a step that was called off runs for ever"
    never_twice(journey)


def test_whoever_is_asked_again_by_a_correction_is_told_why() -> None:
    journey = Journey().to("penerusan_analisis")
    letters = take_back(journey, "helpdesk", "ya")
    asked = [letter for letter in letters if letter.template == "minta_penerusan"]
    assert [str(letter.person) for letter in asked] == ["koordinator"]
    assert "diralat" in str(asked[0].extra["catatan"])
    assert "permintaan_ditarik" not in {letter.template for letter in letters}


@pytest.mark.parametrize("instead", ["", "tidak"])
def test_once_the_next_has_answered_nothing_is_taken_back(instead: str) -> None:
    journey = Journey().to("disposisi")
    letters = take_back(journey, "helpdesk", instead)
    assert stage_of(journey) == "disposisi"
    assert [(letter.template, str(letter.person)) for letter in letters] == [("sudah_diputuskan", "helpdesk")]
    assert isinstance(journey.events[-1].data, Late)


def test_an_assignment_is_not_taken_back_once_the_team_has_reported_progress() -> None:
    journey = Journey().to("penanganan")
    journey.answer("progres", "jaringan")
    take_back(journey, "koordinator")
    assert stage_of(journey) == "penanganan"


def test_nobody_takes_back_what_another_answered() -> None:
    journey = Journey().to("penerusan_analisis")
    plh = person("helpdesk", id="helpdesk_lain")
    journey.fact(AnswerWithdrawn("analisis", 1, plh, "RALAT", "m"))
    assert stage_of(journey) == "penerusan_analisis"


def test_the_clock_of_the_step_runs_on_from_its_first_beginning() -> None:
    journey = Journey().to("penerusan_analisis")
    take_back(journey, "helpdesk")
    clock = journey.incident.step_clocks(journey.procedure)[1]
    assert clock.answered is None and clock.started == journey.incident.visits[0].started
