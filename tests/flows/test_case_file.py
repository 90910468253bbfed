"""The case file, drawn on a real Prefect server: a new Prefect version must fail here, loudly. And on the imitated one."""

from __future__ import annotations

from typing import Any

import pytest

from flows.api import Api
from flows.case_card import Case, _cell
from flows.case_file import DEPLOYMENT, CaseFiles
from flows.deployments import register_deployments
from office.chance import SystemChance
from office.words_file import read_words
from register.faces import Face
from sop.facts import LinkedTo, ReadAgain, Unlinked
from sop.report import Report
from tests.sop.test_decide import PEOPLE, Journey
from tests.sop.test_taking_back import take_back


@pytest.fixture
def cases(api: Api) -> CaseFiles:
    return CaseFiles(api, register_deployments(api)[DEPLOYMENT], SystemChance().name)


class Painted:
    """One incident and its case file."""

    def __init__(self, cases: CaseFiles, number: str) -> None:
        self.cases, self.number, self.journey, self.face = cases, number, Journey(), Face(number)

    def draw(self) -> dict[str, Any]:
        case = Case(self.number, self.journey.events, self.journey.procedure, PEOPLE, read_words())
        self.face = self.cases.draw(case, self.face)
        run: dict[str, Any] = self.cases.api.get(f"/flow_runs/{self.face.ref}")
        return run

    def steps(self) -> dict[str, str]:
        """Name of each SOP step in the timeline and the state it shows; the server records them a moment later."""
        return {row["name"]: row["state_type"] for row in self.found("/task_runs/filter")}

    def found(self, path: str) -> list[dict[str, Any]]:
        """What stands in the run."""
        wanted = {"flow_runs": {"id": {"any_": [self.face.ref]}}}
        if path.startswith("/logs"):
            wanted = {"logs": {"flow_run_id": {"any_": [self.face.ref]}}}
        rows: list[dict[str, Any]] = self.cases.api.post(path, wanted)
        return rows

    def seen(self) -> list[list[str]]:
        """All that an admin sees there."""
        steps, cards = self.found("/task_runs/filter"), self.found("/artifacts/filter")
        shown = sorted(f"{step['name']} {step['state_type']}" for step in steps), [str(card["data"]) for card in cards]
        return [*shown, [str(line["message"]) for line in self.found("/logs/filter")]]


def test_a_waiting_incident_says_who_is_waited_for(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0101")
    run = painted.draw()
    assert (run["state_type"], run["state_name"]) == ("PAUSED", "Menunggu Helpdesk")
    assert run["name"] == "DKL-2026-0101 · Dinas Kesehatan" and "jaringan" in run["tags"]


def test_the_sop_is_a_timeline(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0102")
    painted.draw()
    painted.journey.to("disposisi")
    painted.draw()
    assert painted.steps() == {
        "1  Laporan darurat layanan": "COMPLETED",
        "2  Analisis Helpdesk": "COMPLETED",
        "3  Penerusan ke Kabid": "COMPLETED",
        "4  Disposisi Kabid": "RUNNING",
    }


def test_drawing_again_changes_nothing(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0103")
    first = painted.draw()
    second = painted.draw()
    assert (first["id"], first["name"]) == (second["id"], second["name"])
    assert len(painted.steps()) == 2


def test_a_painter_that_forgot_everything_finds_the_same_run(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0104")
    first = painted.draw()
    seen = painted.seen()
    painted.face = Face("DKL-2026-0104")
    assert painted.draw()["id"] == first["id"]
    assert painted.seen() == seen, "something was drawn twice"


def test_the_end_is_painted_as_completed(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0105")
    painted.journey.answer("tidak", "helpdesk")
    run = painted.draw()
    assert (run["state_type"], run["state_name"]) == ("COMPLETED", "Selesai, bukan keadaan darurat")


def test_the_card_tells_the_story_and_a_letter_cannot_write_markup(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0106")
    painted.journey.answer("ya", "helpdesk")
    painted.draw()
    card = painted.cases.api.get("/artifacts/dkl-2026-0106/latest")["data"]
    assert "Menunggu Koordinator Helpdesk" in card and "Analisis Helpdesk: YA, keadaan darurat" in card
    assert _cell("a | <b>x</b>") == r"a \| \<b\>x\</b\>"


def test_the_resume_form_is_validated_by_the_server(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0107")
    painted.draw()
    path = f"/flow_runs/{painted.face.ref}/resume"
    wrong = painted.cases.api.post(path, {"run_input": {"jawaban": "mungkin", "pejabat": "Helpdesk (helpdesk)"}})
    assert wrong["status"] == "REJECT"
    right = painted.cases.api.post(path, {"run_input": {"jawaban": "ya", "pejabat": "Helpdesk (helpdesk)"}})
    assert right["status"] == "ACCEPT"


def test_a_linked_incident_says_where_it_is_worked(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0110")
    painted.draw()
    (helpdesk,) = PEOPLE.holders("helpdesk")
    painted.journey.fact(LinkedTo("DKL-2026-0101", "Dinas Sosial", helpdesk))
    run = painted.draw()
    assert (run["state_type"], run["state_name"]) == ("PAUSED", "Digabung dengan DKL-2026-0101")
    painted.journey.fact(Unlinked(helpdesk))
    assert painted.draw()["state_name"] == "Menunggu Helpdesk"


def test_a_step_that_was_called_off_by_a_correction_does_not_run_for_ever(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0108")
    painted.journey.to("penerusan_analisis")
    painted.draw()
    take_back(painted.journey, "helpdesk", "tidak")
    run = painted.draw()
    assert run["state_type"] == "COMPLETED"
    assert painted.steps()["3  Penerusan ke Kabid"] == "CANCELLED"
    assert "RUNNING" not in painted.steps().values()


def test_a_step_that_is_asked_about_again_and_again_runs_each_time(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0111")
    painted.journey.to("penerusan_analisis")
    painted.draw()
    for before in (1, 2):
        take_back(painted.journey, "helpdesk", mail=f"batal {before}")
        painted.draw()
        runs = [row["state_type"] for row in painted.found("/task_runs/filter") if row["name"].startswith("2 ")]
        assert sorted(runs) == ["COMPLETED"] * before + ["RUNNING"]
        painted.journey.answer("ya", "helpdesk")
        painted.draw()
    assert painted.steps()["3  Penerusan ke Kabid"] in ("RUNNING", "CANCELLED")
    assert sum(row["state_type"] == "RUNNING" for row in painted.found("/task_runs/filter")) == 1


def test_what_became_known_later_stands_in_the_name_and_the_tags_of_the_run(cases: CaseFiles) -> None:
    painted = Painted(cases, "DKL-2026-0112")
    painted.draw()
    painted.journey.fact(ReadAgain(better=Report(opd="Dinas Sosial", layanan=("aplikasi",))))
    run = painted.draw()
    assert run["name"] == "DKL-2026-0112 · Dinas Sosial"
    assert set(run["tags"]) == {"siaga", "aplikasi"}
