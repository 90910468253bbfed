"""How an imitated Prefect server answers, as strictly as the real one in what the case files rely on.

What it does not imitate raises NotImplementedError: nobody shall take it for an answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NoReturn

import httpx

from tests.year.ports.prefect_rows import Body, Card, Logged, Run, State, Step

Answer = Callable[..., Any]
MOST_ROWS = 200
"""More than this no filter gives, nor may it be asked for."""
ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class PrefectAnswers:
    """The server's database, and what it answers. Every answer raises httpx.HTTPStatusError where the real one does."""

    def __init__(self, name: Callable[[], str], now: Callable[[], datetime]) -> None:
        """`name`: a UUID that nothing else has."""
        self._name, self._now = name, now
        self.flows: dict[str, str] = {}
        self.pools: set[str] = set()
        self.deployments: dict[str, Body] = {}
        self.runs: dict[str, Run] = {}
        self.steps: dict[str, Step] = {}
        self.cards: dict[str, Card] = {}
        self.logs: dict[str, list[Logged]] = {}
        """By run; nobody asks whether it is there."""
        self._by_key: dict[str, Run] = {}

    def answer(self, method: str, path: str, body: Any) -> Any:
        for asked, pattern, known, answer in ROUTES:
            found = re.fullmatch(pattern.replace("{id}", f"({ID})").replace("{key}", "([^/]+)"), path)
            if asked == method and found:
                for row in body if isinstance(body, list) else [body]:
                    if set(row) - set(known.split()):
                        refuse(422, f"extra fields: {sorted(set(row) - set(known.split()))}")
                return answer(self, *found.groups(), body)
            if asked == method and re.fullmatch(pattern.replace("{id}", "[^/]+").replace("{key}", "[^/]+"), path):
                refuse(404, "Not Found")  # an id that is none
        raise NotImplementedError(f"{method} {path}")

    def _state(self, asked: Body) -> State:
        type_ = str(asked["type"])
        name = asked.get("name") or type_.capitalize()
        return State(self._name(), type_, name, asked.get("state_details") or {}, self._now())

    # Deployments ------------------------------------------------------------------------------------------------------

    def make_pool(self, body: Body) -> None:
        if body["name"] in self.pools:
            refuse(409, "A work pool of this name exists already.")
        self.pools.add(body["name"])

    def make_flow(self, body: Body) -> Body:
        return {"id": self.flows.setdefault(body["name"], self._name())}

    def make_deployment(self, body: Body) -> Body:
        for id_, known in self.deployments.items():
            if (known["flow_id"], known["name"]) == (body["flow_id"], body["name"]):
                self.deployments[id_] = body
                return {"id": id_} | body
        made = self._name()
        self.deployments[made] = body
        return {"id": made} | body

    def read_deployment(self, deployment: str, _body: Body) -> Body:
        if deployment not in self.deployments:
            refuse(404, "Deployment not found")
        return {"id": deployment} | self.deployments[deployment]

    # Runs -------------------------------------------------------------------------------------------------------------

    def make_run(self, deployment: str, body: Body) -> Body:
        listed = self.read_deployment(deployment, {})
        known = self._by_key.get(str(body.get("idempotency_key", "")))
        if known:
            return known.shown()
        tags = list(dict.fromkeys([*body.get("tags", ()), *listed.get("tags", ())]))
        state = self._state(body.get("state") or {"type": "SCHEDULED"})
        key, name = str(body.get("idempotency_key", "")), str(body.get("name") or self._name())
        run = Run(self._name(), name, tags, body.get("parameters", {}), deployment, key, state)
        self.runs[run.id] = run
        if key:
            self._by_key[key] = run
        return run.shown()

    def delete_run(self, run: str) -> None:
        """Its steps, inputs and log go with it; its cards stay."""
        gone = self._run(run, 404)
        del self.runs[run]
        self._by_key.pop(gone.key, None)
        self.logs.pop(run, None)
        for step in gone.steps.values():
            del self.steps[step.id]

    def read_run(self, run: str, _body: Body) -> Body:
        return self._run(run, 404).shown()

    def change_run(self, run: str, body: Body) -> None:
        found = self._run(run, 404)
        found.name, found.tags = body.get("name", found.name), body.get("tags", found.tags)

    def set_run_state(self, run: str, body: Body) -> Body:
        found = self._run(run, 404)
        found.state = self._forced(body)
        return {"status": "ACCEPT", "state": found.state.shown()}

    def filter_runs(self, body: Body) -> list[Body]:
        found = self._found_runs(body.get("flow_runs", {}))
        return _page(body, [run.shown() for run in sorted(found, key=lambda run: run.id, reverse=True)])

    def count_runs(self, body: Body) -> int:
        return len(self._found_runs(body["flow_runs"]))

    def _found_runs(self, asked: Body) -> list[Run]:
        ids, types = _any(asked, "id"), _any(asked.get("state", {}), "type")
        _only(asked, "id", "state")
        _only(asked.get("state", {}), "type")
        _uuids(ids or ())
        found = [run for run in self.runs.values() if ids is None or run.id in ids]
        return [run for run in found if types is None or run.state.type in types]

    def give_input(self, run: str, body: Body) -> None:
        found = self._run(run, 404)
        if body["key"] in found.inputs:
            refuse(409, "A flow run input with this key already exists.")
        found.inputs[body["key"]] = body["value"]

    def filter_input(self, run: str, body: Body) -> list[Body]:
        inputs = self.runs[run].inputs.items() if run in self.runs else ()
        return [{"key": key, "value": value} for key, value in inputs if key.startswith(body["prefix"])][
            : body["limit"]
        ]

    def resume(self, run: str, body: Body) -> Body:
        found = self._run(run, 500)
        if found.state.type != "PAUSED":
            return {"status": "ABORT", "details": {"reason": "Cannot resume a flow run that is not paused."}}
        keyset = found.state.details.get("run_input_keyset")
        said = body.get("run_input") or {}
        if keyset and not _fits(said, json.loads(found.inputs.get(keyset["schema"], "{}"))):
            return {"status": "REJECT", "state": found.state.shown()}
        if keyset and said:
            found.inputs[keyset["response"]] = json.dumps(said)
        found.state = self._state({"type": "SCHEDULED", "name": "Resuming"})
        return {"status": "ACCEPT", "state": found.state.shown()}

    def _run(self, run: str, otherwise: int) -> Run:
        return self.runs.get(run) or refuse(otherwise, f"Flow run with id {run} not found")

    def _forced(self, body: Body) -> State:
        if body.get("force") is not True:
            raise NotImplementedError("rules of transition")
        return self._state(body["state"])

    # Steps, cards, log ------------------------------------------------------------------------------------------------

    def make_step(self, body: Body) -> Body:
        _uuids([body["flow_run_id"]])
        run, key = self._run(body["flow_run_id"], 409), (body["task_key"], body["dynamic_key"])
        if key not in run.steps:
            run.steps[key] = Step(self._name(), run.id, body["name"], self._state(body["state"]))
            self.steps[run.steps[key].id] = run.steps[key]
        return run.steps[key].shown()

    def set_step_state(self, step: str, body: Body) -> Body:
        found = self.steps.get(step) or refuse(404, f"Task run with id {step} not found")
        found.state = self._forced(body)
        return {"status": "ACCEPT", "state": found.state.shown()}

    def filter_steps(self, body: Body) -> list[Body]:
        runs = [self.runs[run] for run in _of_runs(body) if run in self.runs]
        return _page(body, [step.shown() for run in runs for step in run.steps.values()])

    def make_card(self, body: Body) -> Body:
        if not re.fullmatch("[a-z0-9-]+", body["key"]):
            refuse(422, "Artifact key must only contain lowercase letters, numbers, and dashes.")
        _uuids([body["flow_run_id"]])
        card = Card(self._name(), body["key"], body["flow_run_id"], body["data"])
        self.cards[card.id] = card
        return card.shown()

    def change_card(self, card: str, body: Body) -> None:
        found = self.cards.get(card) or refuse(404, "Artifact not found.")
        found.data = body["data"]

    def latest_card(self, key: str, _body: Body) -> Body:
        found = [card for card in self.cards.values() if card.key == key]
        return found[-1].shown() if found else refuse(404, "Artifact not found.")

    def filter_cards(self, body: Body) -> list[Body]:
        of_runs = [run for run in _of_runs(body) if run in self.runs]
        return _page(body, [card.shown() for card in self.cards.values() if card.run in of_runs])

    def write_log(self, body: list[Body]) -> None:
        _uuids(row["flow_run_id"] for row in body)
        for row in body:
            at = datetime.fromisoformat(row["timestamp"])
            line = Logged(row["flow_run_id"], row["name"], at, row["message"])
            self.logs.setdefault(line.run, []).append(line)

    def filter_log(self, body: Body) -> list[Body]:
        _only(body["logs"], "flow_run_id", "timestamp")
        ids = _any(body["logs"], "flow_run_id") or []
        _uuids(ids)
        after = body["logs"].get("timestamp", {}).get("after_", "0001-01-01T00:00:00+00:00")
        found = sorted((line for run in ids for line in self.logs.get(run, ())), key=lambda line: line.at)
        return _page(body, [line.shown() for line in found if line.at >= datetime.fromisoformat(after)])


RUN, STATE, PAGE = "name tags parameters state idempotency_key", "state force", "limit offset sort"
LISTED = "flow_id name work_pool_name entrypoint description tags schedules enforce_parameter_schema pull_steps "
LISTED += "parameter_openapi_schema concurrency_limit concurrency_options"
S = PrefectAnswers
ROUTES: tuple[tuple[str, str, str, Answer], ...] = (
    ("POST", "/work_pools/", "name type description", S.make_pool),
    ("POST", "/flows/", "name", S.make_flow),
    ("POST", "/deployments/", LISTED, S.make_deployment),
    ("GET", "/deployments/{id}", "", S.read_deployment),
    ("POST", "/deployments/{id}/create_flow_run", RUN, S.make_run),
    ("POST", "/flow_runs/filter", f"flow_runs {PAGE}", S.filter_runs),
    ("POST", "/flow_runs/count", "flow_runs", S.count_runs),
    ("GET", "/flow_runs/{id}", "", S.read_run),
    ("PATCH", "/flow_runs/{id}", "name tags", S.change_run),
    ("POST", "/flow_runs/{id}/set_state", STATE, S.set_run_state),
    ("POST", "/flow_runs/{id}/input", "key value", S.give_input),
    ("POST", "/flow_runs/{id}/input/filter", "prefix limit", S.filter_input),
    ("POST", "/flow_runs/{id}/resume", "run_input", S.resume),
    ("POST", "/task_runs/filter", f"flow_runs {PAGE}", S.filter_steps),
    ("POST", "/task_runs/", "flow_run_id task_key dynamic_key name state", S.make_step),
    ("POST", "/task_runs/{id}/set_state", STATE, S.set_step_state),
    ("POST", "/artifacts/filter", f"flow_runs {PAGE}", S.filter_cards),
    ("POST", "/artifacts/", "key type description data flow_run_id", S.make_card),
    ("PATCH", "/artifacts/{id}", "data", S.change_card),
    ("GET", "/artifacts/{key}/latest", "", S.latest_card),
    ("POST", "/logs/", "name level message timestamp flow_run_id", S.write_log),
    ("POST", "/logs/filter", f"logs {PAGE}", S.filter_log),
)
"""Method, path, the fields that the body may have, and who answers."""


def refuse(status: int, why: str) -> NoReturn:
    request = httpx.Request("POST", "http://prefect.example/api")
    response = httpx.Response(status, request=request, json={"detail": why})
    raise httpx.HTTPStatusError(f"{status}: {why}", request=request, response=response)


def _uuids(ids: Iterable[str]) -> None:
    for id_ in ids:
        if not re.fullmatch(ID, id_):
            refuse(422, "Invalid request received.")


def _any(asked: Body, name: str) -> list[str] | None:
    """What a filter wants; None: whatever there is."""
    found = asked.get(name, {}).get("any_")
    return None if found is None else list(found)


def _only(asked: Body, *known: str) -> None:
    if set(asked) - set(known):
        raise NotImplementedError(f"filters by {sorted(set(asked) - set(known))}")


def _of_runs(body: Body) -> list[str]:
    _only(body["flow_runs"], "id")
    ids = _any(body["flow_runs"], "id") or []
    _uuids(ids)
    return ids


def _page(body: Body, rows: list[Body]) -> list[Body]:
    limit, offset = body.get("limit", MOST_ROWS), body.get("offset", 0)
    if limit > MOST_ROWS:
        refuse(422, f"Invalid limit: must be less than or equal to {MOST_ROWS}.")
    return rows[offset : offset + limit]


def _fits(said: Body, form: Body) -> bool:
    """Whether an answer fits a form of flat fields."""
    fields = form.get("properties", {})
    if not set(form.get("required", ())) <= set(said) or set(said) - set(fields):
        return False
    return all("enum" not in fields[name] or value in fields[name]["enum"] for name, value in said.items())
