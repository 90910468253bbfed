"""What small changes to the code would break without any other test noticing (`docs/mutation.md`)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sop.decide import next_deadline
from sop.events import Answered, LadderClimbed, Late
from sop.facts import AnswerGiven, AnswerUntrusted, FollowedUp, PeopleChanged, Reassigned
from sop.later_mail import Matter, Said, is_another_matter
from sop.likeness import similar
from sop.people import Directory
from sop.report import Report
from tests.sop.test_decide import PEOPLE, START, Journey, person


def climbed(journey: Journey) -> LadderClimbed:
    return next(event.data for event in reversed(journey.events) if isinstance(event.data, LadderClimbed))


def test_of_the_team_that_was_named_nobody_is_asked_who_has_another_role_or_has_left() -> None:
    journey = Journey().to("penugasan")
    journey.answer("tugaskan", "koordinator", details={"people": ["jaringan", "pindah", "kadis"]})
    assert journey.incident.current is not None
    assert [asked.person for asked in journey.incident.current.asked] == ["jaringan"]


def test_after_a_long_night_what_was_missed_is_counted_from_the_end_of_the_time_that_was_given() -> None:
    journey = Journey().to("penanganan")
    journey.answer("minta_waktu", "jaringan", 10, {"minutes": 30})
    journey.wait(50)  # 60 minutes: without the extension they would be late now
    journey.wait(95)  # 155: told at 90, 120 and 150
    assert climbed(journey).times == 3
    assert journey.incident.current is not None
    due = journey.incident.current.started + timedelta(minutes=180)
    assert next_deadline(journey.procedure, journey.incident) == due


def test_the_register_shows_minutes_to_a_tenth() -> None:
    journey = Journey()
    journey.answer("ya", "helpdesk", 61.25)
    assert [clock.minutes for clock in journey.incident.step_clocks(journey.procedure)[:3]] == [0.0, 61.2, None]


@pytest.mark.parametrize(
    ("senders", "last"), [(["x@y.example"] * 3, 3), ([f"x{number}@y.example" for number in range(20)], 20)]
)
def test_the_last_refused_answer_that_is_told_says_that_it_is_the_last(senders: list[str], last: int) -> None:
    journey = Journey()
    said = [
        letter.extra["terakhir_dikabarkan"]
        for number, sender in enumerate(senders)
        for letter in journey.fact(AnswerUntrusted("analisis", sender, "asing", "YA", f"mail-{number}"))
    ]
    assert said == [*[False] * (last - 1), True]


@pytest.mark.parametrize(
    ("received", "counts"),
    [(0, True), (4, True), (5, False), (6, False)],
    ids=["when asked", "before", "in that moment", "after"],
)
def test_whoever_was_released_decides_by_what_came_in_before_and_by_nothing_later(received: int, counts: bool) -> None:
    left, stayed = person("helpdesk"), person("helpdesk", id="helpdesk2")
    journey = Journey(people=Directory((*PEOPLE.people, stayed)))
    journey.people = Directory((*(one for one in PEOPLE.people if one.id != left.id), stayed))
    journey.fact(PeopleChanged(), 5)
    answer = AnswerGiven("analisis", 1, "ya", left, "Ya.", received=START + timedelta(minutes=received))
    journey.fact(answer, 5)
    decided = [event.data for event in journey.events if isinstance(event.data, Answered | Late)]
    assert [type(data) for data in decided] == [Answered if counts else Late]


def test_a_word_of_whoever_may_not_be_the_reporter_asks_the_reporter_once_whether_it_is_over() -> None:
    journey = Journey().to("penerimaan")
    journey.answer("diterima", "kadis")
    said = [journey.fact(FollowedUp("x@y.example", "Belum.", f"mail-{n}", not_over=True)) for n in range(2)]
    asked = [[letter.template for letter in letters if letter.person.is_reporter] for letters in said]
    assert asked == [["apakah_belum_pulih"], []]


def test_an_incident_that_may_be_the_same_is_told_of_with_who_reported_what_and_when() -> None:
    report = Report(opd="Dinas Kesehatan", hal="Jaringan putus", waktu_kejadian="2026-11-23T08:00:00+07:00")
    told = similar("DKL-2026-0001", report)
    assert (told.opd, told.hal, told.waktu_kejadian) == (report.opd, report.hal, report.waktu_kejadian)


@pytest.mark.parametrize(
    ("place", "known", "another"),
    [
        ("Puskesmas Andalas", "Puskesmas Padang Pasir", False),
        ("Gedung Andalas", "Gedung Nipah", True),
        ("Lantai 2 Andalas", "Gedung Nipah", False),
        ("Gedung Andalas", "ruang Nipah", False),
        ("", "Gedung Nipah", False),
    ],
    ids=["one word in common", "elsewhere", "a room", "within a room", "not said"],
)
def test_an_outage_elsewhere_is_another_matter_and_a_room_is_nowhere_else(
    place: str, known: str, another: bool
) -> None:
    services = frozenset({"jaringan"})
    said = Said(fails=True, services=services, place=place)
    assert is_another_matter(said, Matter(services=services, place=known)) is another


def test_a_silent_teams_work_is_given_to_another_team_and_to_nobody_who_works_on_it_already() -> None:
    journey = Journey().to("penanganan")
    journey.wait(60)  # now the Koordinator has been told that the team is late
    koordinator = journey.people.person("koordinator")
    assert koordinator is not None
    for people, visit, asked in ((("jaringan",), 1, "jaringan"), ((), 1, "jaringan"), (("aplikasi",), 2, "aplikasi")):
        journey.fact(Reassigned("penanganan", 1, koordinator, people, "tim", "Tugaskan tim."))
        current = journey.incident.current
        assert current is not None
        assert (current.number, [one.person for one in current.asked]) == (visit, [asked])


def test_only_a_stage_that_waits_for_an_assigned_team_is_given_to_one() -> None:
    procedure = Journey().procedure
    given = {stage.name: procedure.assigns(stage) for stage in procedure.stages()}
    assert {name: words for name, words in given.items() if words} == {"penanganan": ("tugaskan",)}
