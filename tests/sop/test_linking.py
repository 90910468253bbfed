"""What a link means to the two incidents, on its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sop.addressee import Addressee
from sop.facts import EndedWith, LetGo, LinkedTo, TimePassed, TookIn, Unlinked
from sop.likeness import Reported, likely_same
from sop.report import Report
from tests.sop.test_decide import PEOPLE, START, Journey

ONE, TWO = "DKL-2026-0001", "DKL-2026-0002"
(HELPDESK,) = PEOPLE.holders("helpdesk")
OTHER = Report(opd="Dinas Sosial", email="dinsos@contoh.example", layanan=("jaringan",))


def test_nobody_is_waited_for_while_it_is_linked_and_again_when_the_link_is_undone() -> None:
    journey = Journey()
    journey.fact(LinkedTo("DKL-2026-0009", "Dinas Sosial", HELPDESK))
    assert journey.incident.current is None and journey.fact(TimePassed(), minutes=600) == []
    journey.fact(Unlinked(HELPDESK))
    current = journey.incident.current
    assert current is not None and (current.stage, current.number) == ("analisis", 2)


def test_letters_to_the_reporter_go_to_every_reporter_and_stop_when_one_is_let_go() -> None:
    journey = Journey()
    journey.fact(TookIn(TWO, OTHER, "mail-2", HELPDESK))
    journey.fact(TookIn(TWO, OTHER, "mail-2", HELPDESK))
    assert [other.incident for other in journey.incident.joined] == [TWO], "once"
    told = journey.answer("tidak", "helpdesk")
    assert {letter.person for letter in told if letter.template == "bukan_darurat"} == {
        Addressee.reporter(),
        Addressee.reporter(TWO),
    }
    journey = Journey()
    journey.fact(TookIn(TWO, OTHER, "mail-2", HELPDESK))
    journey.fact(LetGo(TWO, HELPDESK))
    assert {letter.person for letter in journey.answer("tidak", "helpdesk") if letter.template == "bukan_darurat"} == {
        Addressee.reporter()
    }


def test_it_ends_with_the_other_silently_and_only_while_it_is_linked() -> None:
    journey = Journey()
    journey.fact(EndedWith("selesai"))
    assert not journey.incident.outcome
    journey.fact(LinkedTo("DKL-2026-0009", "Dinas Sosial", HELPDESK))
    assert journey.fact(EndedWith("selesai")) == [] and journey.incident.outcome == "selesai"
    journey.fact(Unlinked(HELPDESK))
    assert journey.incident.outcome == "selesai"


@pytest.mark.parametrize(
    ("services", "began", "hours", "likely"),
    [
        (["jaringan"], "2026-11-23T09:30:00+07:00", 0, True),
        (["jaringan", "aplikasi"], "", 2, True),
        (["listrik"], "2026-11-23T09:30:00+07:00", 0, False),
        (["jaringan"], "2026-11-22T09:30:00+07:00", 0, False),
        (["jaringan"], "2026-11-23", 5, False),
        ([], "", 0, False),
    ],
)
def test_what_may_be_the_same_outage(services: list[str], began: str, hours: float, likely: bool) -> None:
    known = Reported(ONE, Report(layanan=("jaringan",), waktu_kejadian="2026-11-23T09:00:00+07:00"), START)
    report = Report(layanan=tuple(services), waktu_kejadian=began)
    assert bool(likely_same(report, START + timedelta(hours=hours), [known])) is likely
