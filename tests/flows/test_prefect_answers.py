"""What a Prefect server says where the case files rely on it: the imitated one says the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from flows.api import Api
from flows.case_file import DEPLOYMENT
from flows.deployments import register_deployments
from flows.rest import PrefectApi
from tests.year.ports.prefect import SimPrefect

NOWHERE = "0b5a2f1e-0000-4000-8000-000000000000"
STATE = {"type": "RUNNING", "name": "Berjalan"}
LINE = {"name": "siaga", "level": 20, "message": "Surat diterima", "timestamp": "2026-11-23T02:00:00+00:00"}
CARD = {"key": "dkl-1", "type": "markdown", "description": "Kartu", "data": "satu"}


class Drawn:
    """A run with a step, a card, a form and a log."""

    def __init__(self, api: Api, key: str) -> None:
        self.api, self.key = api, key
        self.deployment = register_deployments(api)[DEPLOYMENT]
        self.run = self.open()["id"]
        self.step = self.begin()["id"]
        self.card = api.post("/artifacts/", CARD | {"key": key.lower(), "flow_run_id": self.run})["id"]
        api.post(f"/flow_runs/{self.run}/input", {"key": "formulir", "value": "{}"})
        api.post("/logs/", [LINE | {"flow_run_id": self.run}])

    def open(self, **more: Any) -> Any:
        body = {"name": self.key, "tags": ["jaringan"], "parameters": {"nomor": self.key}, "state": STATE}
        path = f"/deployments/{self.deployment}/create_flow_run"
        return self.api.post(path, body | {"idempotency_key": self.key} | more)

    def begin(self, **more: Any) -> Any:
        body = {"flow_run_id": self.run, "task_key": "langkah-1", "dynamic_key": "1", "name": "1  Laporan"}
        return self.api.post("/task_runs/", body | {"state": STATE} | more)

    def found(self, path: str, what: str = "flow_runs") -> Any:
        narrowed = {"flow_run_id": {"any_": [self.run]}} if what == "logs" else {"id": {"any_": [self.run]}}
        return self.api.post(path, {what: narrowed})

    def delete_run(self) -> None:
        if isinstance(self.api, SimPrefect):
            self.api.delete_run(self.run)
        else:
            assert isinstance(self.api, PrefectApi)
            self.api._client.delete(f"/flow_runs/{self.run}").raise_for_status()


def status(ask: Callable[[], object]) -> int:
    """What a refusal is numbered."""
    with pytest.raises(httpx.HTTPStatusError) as refused:
        ask()
    return refused.value.response.status_code


def test_what_is_there_already_is_found_again(api: Api) -> None:
    drawn = Drawn(api, "UJI-1")
    again = drawn.open(name="lain", tags=["lain"], state={"type": "PAUSED"})
    assert (again["id"], again["name"], again["state_name"]) == (drawn.run, "UJI-1", "Berjalan")
    assert set(again["tags"]) == {"jaringan", "siaga"}
    step = drawn.begin(name="lain", state={"type": "COMPLETED"})
    assert (step["id"], step["name"], step["state"]["name"]) == (drawn.step, "1  Laporan", "Berjalan")
    assert drawn.begin(dynamic_key="2")["id"] != drawn.step
    assert status(lambda: api.post(f"/flow_runs/{drawn.run}/input", {"key": "formulir", "value": "{}"})) == 409
    assert register_deployments(api)[DEPLOYMENT] == drawn.deployment


def test_cards_and_lines_are_written_as_often_as_they_are_sent(api: Api) -> None:
    drawn = Drawn(api, "UJI-2")
    second = api.post("/artifacts/", CARD | {"key": "uji-2", "data": "dua", "flow_run_id": drawn.run})["id"]
    api.patch(f"/artifacts/{drawn.card}", {"data": "tiga"})
    assert second != drawn.card and api.get("/artifacts/uji-2/latest")["data"] == "dua"
    assert sorted(card["data"] for card in drawn.found("/artifacts/filter")) == ["dua", "tiga"]
    later = {"timestamp": "2026-11-23T02:00:01.000001+00:00", "message": "Surat dibaca", "name": "lain"}
    api.post("/logs/", [LINE | later | {"flow_run_id": drawn.run}, LINE | {"flow_run_id": drawn.run}])
    told = [row["message"] for row in drawn.found("/logs/filter", "logs")]
    assert told == ["Surat diterima", "Surat diterima", "Surat dibaca"]
    since = {"flow_run_id": {"any_": [drawn.run]}, "timestamp": {"after_": later["timestamp"]}}
    rows = api.post("/logs/filter", {"logs": since, "limit": 200, "offset": 0})
    assert [(row["name"], row["message"]) for row in rows] == [("lain", "Surat dibaca")]
    assert datetime.fromisoformat(rows[0]["timestamp"]) == datetime.fromisoformat(later["timestamp"])
    assert api.post("/logs/filter", {"logs": since, "limit": 200, "offset": 1}) == []


def test_runs_are_found_by_name_and_by_the_type_of_their_state(api: Api) -> None:
    drawn = Drawn(api, "UJI-3")
    drawn.api.post(f"/flow_runs/{drawn.run}/set_state", {"state": {"type": "CANCELLED"}, "force": True})
    wanted = {"id": {"any_": [drawn.run, NOWHERE]}}
    for type_, found in (("CANCELLED", [(drawn.run, "Cancelled")]), ("RUNNING", [])):
        asked = {"flow_runs": wanted | {"state": {"type": {"any_": [type_]}}}}
        rows = api.post("/flow_runs/filter", asked)
        assert len(rows) == api.post("/flow_runs/count", asked)
        assert [(row["id"], row["state_name"]) for row in rows] == found
    assert api.post("/flow_runs/filter", {"flow_runs": {"id": {"any_": []}}}) == []
    api.patch(f"/flow_runs/{drawn.run}", {"name": "UJI-3 · Dinas", "tags": ["siaga"]})
    run = api.get(f"/flow_runs/{drawn.run}")
    assert (run["name"], run["tags"]) == ("UJI-3 · Dinas", ["siaga"])


def test_what_is_not_there_is_refused(api: Api) -> None:
    drawn, state = Drawn(api, "UJI-4"), {"state": STATE, "force": True}
    refused = {
        "a deployment": lambda: api.get(f"/deployments/{NOWHERE}"),
        "a run of no deployment": lambda: api.post(f"/deployments/{NOWHERE}/create_flow_run", {"name": "x"}),
        "a run": lambda: api.get(f"/flow_runs/{NOWHERE}"),
        "its state": lambda: api.post(f"/flow_runs/{NOWHERE}/set_state", state),
        "its name": lambda: api.patch(f"/flow_runs/{NOWHERE}", {"name": "x"}),
        "its form": lambda: api.post(f"/flow_runs/{NOWHERE}/input", {"key": "formulir", "value": "{}"}),
        "a run with a name that is none": lambda: api.post("/flow_runs/bukan/set_state", state),
        "a step": lambda: api.post(f"/task_runs/{NOWHERE}/set_state", state),
        "a card": lambda: api.patch(f"/artifacts/{NOWHERE}", {"data": "x"}),
        "a card with a name that is none": lambda: api.patch("/artifacts/bukan", {"data": "x"}),
        "the latest card": lambda: api.get("/artifacts/tidak-ada/latest"),
    }
    assert {what: status(ask) for what, ask in refused.items()} == dict.fromkeys(refused, 404)
    assert status(lambda: drawn.begin(flow_run_id=NOWHERE)) == 409
    unfit = (
        lambda: drawn.begin(flow_run_id="bukan"),
        lambda: api.post("/logs/", [LINE | {"flow_run_id": "bukan"}]),
        lambda: api.post("/flow_runs/filter", {"flow_runs": {"id": {"any_": ["bukan"]}}}),
        lambda: api.post("/flow_runs/filter", {"limit": 201}),
        lambda: api.post("/artifacts/", CARD | {"key": "Bukan Kunci", "flow_run_id": drawn.run}),
        lambda: drawn.open(warna="merah"),
    )
    assert [status(ask) for ask in unfit] == [422] * len(unfit)
    api.post("/logs/", [LINE | {"flow_run_id": NOWHERE}])  # nobody asks whose it is


def test_a_deleted_run_takes_all_with_it_but_its_card(api: Api) -> None:
    drawn = Drawn(api, "UJI-5")
    drawn.delete_run()
    assert status(drawn.begin) == 409
    gone = (
        lambda: api.get(f"/flow_runs/{drawn.run}"),
        lambda: api.post(f"/flow_runs/{drawn.run}/set_state", {"state": STATE, "force": True}),
        lambda: api.post(f"/task_runs/{drawn.step}/set_state", {"state": STATE, "force": True}),
        lambda: api.post(f"/flow_runs/{drawn.run}/input", {"key": "lain", "value": "{}"}),
    )
    assert [status(ask) for ask in gone] == [404] * len(gone)
    assert drawn.found("/task_runs/filter") == drawn.found("/artifacts/filter") == []
    api.patch(f"/artifacts/{drawn.card}", {"data": "dua"})
    assert api.get("/artifacts/uji-5/latest")["data"] == "dua"
    assert drawn.open()["id"] != drawn.run


def test_only_a_run_that_waits_is_resumed(api: Api) -> None:
    drawn = Drawn(api, "UJI-6")
    assert api.post(f"/flow_runs/{drawn.run}/resume", {})["status"] == "ABORT"
