"""The case file, drawn on a real Prefect server: a new Prefect version must fail here, loudly. And on the imitated one."""

from __future__ import annotations

from typing import Any

import pytest

from flows.api import Api
from flows.case_file import DEPLOYMENT, Case, CaseFiles
from flows.deployments import register_deployments
from office.chance import SystemChance
from office.words_file import read_words
from register.faces import Face
from sop.facts import LinkedTo, Unlinked
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
        wanted = {"flow_runs": {"id": {"any_": [self.face.ref]}}}
        rows = self.cases.api.post("/task_runs/filter", wanted)
        return {row["name"]: row["state_type"] for row in rows}


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
    painted.face = Face("DKL-2026-0104")
    assert painted.draw()["id"] == first["id"]


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
    from flows.case_file import _cell

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
