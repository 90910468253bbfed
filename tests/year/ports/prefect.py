"""A Prefect server in memory, and what may befall it.

`tests/flows/test_case_file.py` draws on this and on a real server, and asks both for what cannot be had.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import httpx

from flows.api import Api
from flows.case_file import DEPLOYMENT
from templates.characters import plain_values
from tests.year.ports.prefect_answers import ID, PrefectAnswers, refuse


class SimPrefect:
    """Fulfils `flows.api.Api`.

    Attributes:
        holds: what the server knows.
        away: nobody answers (httpx.ConnectError).
        broken: the database is gone and the process still there: 500 to everything, until `restart`.
        requests: how many have been made.
    """

    def __init__(
        self, chance: Random, now: Callable[[], datetime], point: Callable[[str], None] = lambda _place: None
    ) -> None:
        """`chance`: names whatever is made. `point`: called with the name of a place in the dealings with the server,
        before each request and after it took effect. What it raises there, the caller gets: an end of its process, or an
        answer that was lost on the way (httpx.ReadTimeout).
        """
        self._chance, self._now, self.point = chance, now, point
        self.holds = PrefectAnswers(self._name, now)
        self.away = self.broken = False
        self.requests = 0

    def post(self, path: str, body: object) -> Any:
        return self._ask("POST", path, plain_values(body))

    def post_if_new(self, path: str, body: object) -> None:
        try:
            self._ask("POST", path, body)
        except httpx.HTTPStatusError as error:
            if error.response.status_code != httpx.codes.CONFLICT:
                raise

    def patch(self, path: str, body: object) -> None:
        self._ask("PATCH", path, plain_values(body))

    def get(self, path: str) -> Any:
        return self._ask("GET", path, {})

    def _ask(self, method: str, path: str, body: object) -> Any:
        place = re.sub(ID, "*", f"{method} {path}")
        self.point(f"before {place}")
        self.requests += 1
        if self.away:
            raise httpx.ConnectError("nobody answers")
        if self.broken:
            refuse(500, "no such table")
        answer = self.holds.answer(method, path, json.loads(json.dumps(body)))
        self.point(f"after {place}")
        return json.loads(json.dumps(answer))

    def _name(self) -> str:
        return str(UUID(int=self._chance.getrandbits(128), version=4))

    # What may befall it -----------------------------------------------------------------------------------------------

    def welcomes(self) -> bool:
        """Whether it answers to a login; a server without its database still does."""
        return not self.away

    def delete_run(self, run: str) -> None:
        """An admin deletes a run."""
        self.holds.delete_run(run)

    def delete_card(self, card: str) -> None:
        """An admin deletes an artifact."""
        del self.holds.cards[card]

    def end_run(self, run: str, type_: str = "CANCELLED") -> None:
        """An admin presses Cancel, or sets another state by hand."""
        self.holds.set_run_state(run, {"state": {"type": type_}, "force": True})

    def drop_database(self) -> None:
        """Somebody deletes the database under the running server."""
        self.holds, self.broken = PrefectAnswers(self._name, self._now), True

    def restart(self) -> None:
        """The server begins anew, with what its database holds."""
        self.broken = False


def case_deployment(api: Api) -> str:
    """Register what case files are runs of, as `flows.deployments` does with the Prefect library; returns its id."""
    api.post_if_new("/work_pools/", {"name": "siaga"})
    flow = api.post("/flows/", {"name": "Tangani insiden"})["id"]
    listed = {"flow_id": flow, "name": DEPLOYMENT, "work_pool_name": "siaga", "tags": ["siaga"]}
    return str(api.post("/deployments/", listed)["id"])
