"""`decide()` on its own. Every journey is saved and restored between its steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sop.codec import Json, from_data
from sop.decide import decide, next_deadline
from sop.details import Details
from sop.event_codec import data_of, event_of
from sop.events import ClockSetBack, Closed, Event, Late
from sop.facts import AnswerGiven, Fact, FollowedUp, Opened, ReadAgain, TimePassed
from sop.fold import fold
from sop.incident import Incident, due
from sop.load import load_procedure
from sop.people import Directory, Person
from sop.procedure import Procedure
from sop.report import Report
from sop.standing import Standing
from sop.verdict import Outgoing

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
REPORT = Report(opd="Dinas Kesehatan", email="dinkes@contoh.example", layanan=("jaringan",))


def person(role: str, **more: object) -> Person:
    return Person(
        id=str(more.pop("id", role)),
        role=role,
        name=role.title(),
        title=role,
        addresses=(f"{role}@contoh.example",),
        **more,
    )  # type: ignore[arg-type]


PEOPLE = Directory(
    (
        person("helpdesk"),
        person("koordinator"),
        person("kabid"),
        person("kabid", id="plh", acting="Plh.", mandate="800/1"),
        person("tim_teknis", id="jaringan", unit="jaringan"),
        person("tim_teknis", id="aplikasi", unit="aplikasi"),
        person("kadis"),
    )
)


class Journey:
    """Leads one incident, saving and restoring its events as JSON between any two steps."""

    def __init__(self, procedure: Procedure | None = None, people: Directory = PEOPLE) -> None:
        self.procedure, self.people = procedure or load_procedure(), people
        self.now, self.saved = START, "[]"
        self.letters: list[Outgoing] = []
        self.fact(Opened("surat", START, REPORT, "mail-1"))

    @property
    def events(self) -> list[Event]:
        rows = json.loads(self.saved)
        return [event_of(r["seq"], datetime.fromisoformat(r["at"]), r["kind"], json.dumps(r["data"])) for r in rows]

    @property
    def incident(self) -> Incident:
        return fold("DKL-2026-0001", self.events)

    @property
    def standing(self) -> Standing:
        return Standing(self.procedure, self.incident, tuple(self.events))

    def fact(self, fact: Fact, minutes: float = 0) -> list[Outgoing]:
        self.now += timedelta(minutes=minutes)
        verdict = decide(self.procedure, self.incident, fact, self.people, self.now)
        events = [*self.events, *verdict.events]
        self.saved = json.dumps(
            [{"seq": e.seq, "at": e.at.isoformat(), "kind": e.kind, "data": data_of(e)} for e in events]
        )
        assert self.incident == verdict.incident, "what was saved is not what was decided"
        self.letters += verdict.mails
        return list(verdict.mails)

    def answer(
        self, decision: str, who: str, minutes: float = 1, details: Mapping[str, Json] | None = None
    ) -> list[Outgoing]:
        current = self.incident.current
        assert current is not None
        someone = self.people.person(who)
        assert someone is not None
        return self.fact(
            AnswerGiven(current.stage, current.number, decision, someone, decision, from_data(Details, details or {})),
            minutes,
        )

    def wait(self, minutes: float) -> list[Outgoing]:
        return self.fact(TimePassed(), minutes)

    def to(self, stage: str) -> Journey:
        for name, decision, who in ROAD:
            if name == stage:
                return self
            self.answer(decision, who, details={"people": ["jaringan"]} if decision == "tugaskan" else None)
        raise AssertionError(stage)


ROAD = (
    ("analisis", "ya", "helpdesk"),
    ("penerusan_analisis", "teruskan", "koordinator"),
    ("disposisi", "disposisi", "kabid"),
    ("penugasan", "tugaskan", "koordinator"),
    ("penanganan", "laporan", "jaringan"),
    ("pengiriman_laporan", "kirim", "helpdesk"),
    ("pelaporan_koordinator", "teruskan", "koordinator"),
    ("pelaporan_kabid", "teruskan", "kabid"),
    ("penerimaan", "diterima", "kadis"),
)


def test_the_whole_road_is_walked_stage_by_stage() -> None:
    journey = Journey().to("penerimaan")
    journey.answer("diterima", "kadis")
    assert [visit.stage for visit in journey.incident.visits] == [name for name, *_ in ROAD]
    assert journey.incident.outcome == "selesai"
    assert next_deadline(journey.procedure, journey.incident) is None


def test_no_letter_is_sent_twice_on_the_whole_road() -> None:
    journey = Journey().to("penerimaan")
    journey.answer("diterima", "kadis")
    keys = [letter.key for letter in journey.letters]
    assert len(keys) == len(set(keys))


def test_the_same_facts_give_the_same_verdict() -> None:
    one, two = Journey().to("penanganan"), Journey().to("penanganan")
    assert one.saved == two.saved and one.letters == two.letters


def test_only_the_assigned_team_is_asked_to_work() -> None:
    journey = Journey().to("penanganan")
    asked = [str(letter.person) for letter in journey.letters if letter.template == "minta_penanganan"]
    assert asked == ["jaringan"]


def test_a_reminder_then_the_deputy_then_the_superior() -> None:
    journey = Journey().to("disposisi")
    assert [letter.template for letter in journey.wait(2)] == ["pengingat"]
    assert [(letter.template, str(letter.person)) for letter in journey.wait(1)] == [("minta_disposisi", "plh")]
    assert [(letter.template, str(letter.person)) for letter in journey.wait(3)] == [("minta_disposisi", "kadis")]
    assert {asked.capacity for asked in journey.incident.visits[-1].asked} == {"pejabat", "wakil", "atasan"}


def test_a_deputy_whose_mandate_has_ended_is_not_asked() -> None:
    ended = replace(person("kabid", id="plh", acting="Plh."), last_day=START.date() - timedelta(days=1))
    people = Directory((*tuple(p for p in PEOPLE.people if p.id != "plh"), ended))
    journey = Journey(people=people).to("disposisi")
    assert [str(letter.person) for letter in journey.wait(3)] == ["kabid"]


def test_after_a_long_night_one_reminder_is_enough() -> None:
    journey = Journey().to("disposisi")
    reminders = [letter for letter in journey.wait(8 * 60) if letter.template == "pengingat"]
    keys = [letter.key for letter in reminders]
    assert len(keys) == len(set(keys)) <= 4
    assert journey.wait(1) == []


def test_handling_is_never_skipped_and_the_superiors_are_told_every_half_hour() -> None:
    journey = Journey().to("penanganan")
    told = [
        letter
        for minutes in (45, 15, 30, 30)
        for letter in journey.wait(minutes)
        if letter.template == "kabar_terlambat"
    ]
    assert [str(letter.person) for letter in told] == ["koordinator", "kabid"] * 3
    assert journey.incident.current is not None and journey.incident.current.stage == "penanganan"


def test_time_asked_for_moves_the_ladder() -> None:
    journey = Journey().to("penanganan")
    before = next_deadline(journey.procedure, journey.incident)
    journey.answer("minta_waktu", "jaringan", details={"minutes": 45})
    after = next_deadline(journey.procedure, journey.incident)
    assert before is not None and after is not None and after - before == timedelta(minutes=45)


def test_time_until_a_moment_ends_then() -> None:
    journey = Journey().to("penanganan")
    visit = journey.incident.current
    assert visit is not None
    stage = journey.procedure.stage(visit.stage)
    until = due(visit, stage, visit.asked[0].person) + timedelta(minutes=20)
    journey.answer("minta_waktu", "jaringan", details={"minutes": 999, "until": until.isoformat()})
    visit = journey.incident.current
    assert visit is not None and due(visit, stage, visit.asked[0].person) == until


@pytest.mark.parametrize("details", [{}, {"minutes": 0}, {"minutes": 5, "until": "2000-01-01T00:00:00+07:00"}])
def test_no_time_is_given_that_nobody_asked_for(details: dict[str, Json]) -> None:
    journey = Journey().to("penanganan")
    letters = journey.answer("minta_waktu", "jaringan", details=details)
    visit = journey.incident.current
    assert visit is not None and visit.extension == timedelta() and len(visit.unclear) == 1
    assert [letter.template for letter in letters] == ["mohon_perjelas"]


def test_the_last_step_ends_without_a_receipt() -> None:
    journey = Journey().to("penerimaan")
    journey.wait(7)
    assert journey.incident.outcome == "tanpa_tanda_terima"


def test_an_answer_to_a_step_that_is_over_is_recorded_and_decides_nothing() -> None:
    journey = Journey().to("disposisi")
    helpdesk = PEOPLE.person("helpdesk")
    assert helpdesk is not None
    before = journey.incident.visits
    letters = journey.fact(AnswerGiven("analisis", 1, "tidak", helpdesk))
    assert journey.incident.visits == before
    assert [letter.template for letter in letters] == ["sudah_diputuskan"]
    assert isinstance(journey.events[-1].data, Late)


def test_an_answer_the_stage_does_not_know_is_asked_back() -> None:
    journey = Journey()
    letters = journey.answer("diterima", "helpdesk")
    assert [letter.template for letter in letters] == ["mohon_perjelas"]
    assert journey.incident.current is not None and journey.incident.current.stage == "analisis"


def test_a_follow_up_changes_no_step() -> None:
    journey = Journey().to("penanganan")
    letters = journey.fact(FollowedUp("dinkes@contoh.example", "gedung B juga", "mail-9"))
    assert {str(letter.person) for letter in letters} == {"helpdesk", "jaringan"}
    assert journey.incident.current is not None and journey.incident.current.stage == "penanganan"


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Event(1, datetime(2026, 11, 23), Closed("selesai"))  # noqa: DTZ001


def test_a_second_procedure_runs_by_its_own_rules() -> None:
    people = Directory((person("tata_usaha"), person("pimpinan")))
    procedure = load_procedure(Path(__file__).parent / "second_procedure.yaml")
    journey = Journey(procedure, people)
    assert [str(letter.person) for letter in journey.letters] == ["tata_usaha"]
    journey.answer("cek_lagi", "tata_usaha")
    journey.answer("kosong", "tata_usaha")
    journey.answer("ganti", "pimpinan")
    assert journey.incident.current is not None
    assert (journey.incident.current.stage, journey.incident.current.number) == ("periksa", 2)
    journey.wait(60)
    assert journey.incident.visits[-1].asked[-1].person == "pimpinan"
    journey.answer("kosong", "tata_usaha")
    journey.wait(24 * 60)
    assert journey.incident.outcome == "kedaluwarsa"
    assert [clock.step for clock in journey.incident.step_clocks(procedure)] == [1, 2]


def test_a_clock_that_is_set_back_gives_the_official_the_time_that_is_left() -> None:
    journey = Journey().to("disposisi")
    journey.wait(1)
    assert journey.wait(-180) == []
    assert isinstance(journey.events[-1].data, ClockSetBack)
    current = journey.incident.current
    assert current is not None and current.started <= journey.now
    deadline = next_deadline(journey.procedure, journey.incident)
    assert deadline is not None and deadline - journey.now <= timedelta(minutes=3), "the Kabid would have three hours"
    reminders = journey.wait(2)
    assert [letter.template for letter in reminders] == ["pengingat"]
    journey.answer("disposisi", "kabid")
    step = journey.incident.step_clocks(journey.procedure)[3]
    assert step.started is not None and step.started <= journey.now
    for clock in journey.incident.step_clocks(journey.procedure):
        assert clock.minutes is None or clock.minutes >= 0


def test_a_second_look_after_the_clock_was_set_back_finds_nothing_to_do() -> None:
    journey = Journey().to("disposisi")
    journey.wait(-180)
    before = len(journey.events)
    assert journey.wait(0) == [] and len(journey.events) == before


def test_desks_whose_clocks_differ_by_a_moment_never_write_backwards() -> None:
    journey = Journey().to("disposisi")
    journey.answer("disposisi", "kabid", minutes=-0.3)
    moments = [event.at for event in journey.events]
    assert moments == sorted(moments)
    assert ClockSetBack.kind not in {event.kind for event in journey.events}


def test_an_answer_from_the_future_is_never_before_its_question() -> None:
    journey = Journey().to("disposisi")
    journey.answer("disposisi", "kabid", minutes=20)
    journey.wait(-15)
    for visit in journey.incident.visits:
        assert visit.answer is None or visit.answer.at >= visit.started
    for clock in journey.incident.step_clocks(journey.procedure):
        assert clock.minutes is None or clock.minutes >= 0


def test_a_second_reading_fills_what_is_missing_and_betters_only_what_it_may() -> None:
    journey = Journey()
    journey.fact(FollowedUp("dinkes@contoh.example", "Hubungi kami", "m1", Report(telepon="081266554433")))
    journey.fact(ReadAgain(Report(telepon="0000", nomor="440/1"), Report(hal="Internet putus", belum_terbaca=())))
    report = journey.incident.report
    assert (report.telepon, report.nomor, report.hal) == ("081266554433", "440/1", "Internet putus")
    told = [letter for letter in journey.letters if letter.template == "kartu_dilengkapi"]
    assert [letter.extra["dilengkapi"] for letter in told] == [("hal", "nomor")]


def test_every_team_can_be_assigned_by_a_tap_and_by_a_reminder_too() -> None:
    journey = Journey().to("penugasan")
    asked = [letter for letter in journey.letters if letter.template == "minta_penugasan"][-1]
    assert asked.offers == ("tugaskan_tim Tim Jaringan", "tugaskan_tim Tim Aplikasi")
    assert journey.wait(2)[0].offers == asked.offers
    assert not any(letter.offers for letter in journey.letters if letter.stage == "disposisi" and letter.asks)
