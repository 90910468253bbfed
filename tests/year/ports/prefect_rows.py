"""What an imitated Prefect server keeps, and how it shows it: the fields of Prefect's own schemas that we look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """What a run or a step is in. `details`: as Prefect's StateDetails."""

    id: str
    type: str
    name: str
    details: Body
    at: datetime

    def shown(self) -> Body:
        return {"id": self.id, "type": self.type, "name": self.name, "state_details": self.details}


@dataclass(slots=True)
class Run:
    """A flow run. `inputs`: by key, as JSON. `steps`: by task key and dynamic key, in the order of their beginning."""

    id: str
    name: str
    tags: list[str]
    parameters: Body
    deployment: str
    key: str
    state: State
    inputs: dict[str, str] = field(default_factory=dict)
    steps: dict[tuple[str, str], Step] = field(default_factory=dict)

    def shown(self) -> Body:
        own = {"id": self.id, "name": self.name, "tags": self.tags, "parameters": self.parameters}
        return own | {"deployment_id": self.deployment, "idempotency_key": self.key} | of_state(self.state)


@dataclass(slots=True)
class Step:
    """A task run. Dies with its run."""

    id: str
    run: str
    name: str
    state: State

    def shown(self) -> Body:
        return {"id": self.id, "flow_run_id": self.run, "name": self.name} | of_state(self.state)


@dataclass(slots=True)
class Card:
    """An artifact. Outlives its run."""

    id: str
    key: str
    run: str
    data: str

    def shown(self) -> Body:
        return {"id": self.id, "key": self.key, "flow_run_id": self.run, "data": self.data}


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of a run's log."""

    run: str
    logger: str
    at: datetime
    message: str

    def shown(self) -> Body:
        told = {"name": self.logger, "timestamp": self.at.isoformat(), "message": self.message}
        return told | {"flow_run_id": self.run}


def of_state(state: State) -> Body:
    return {"state": state.shown(), "state_id": state.id, "state_type": state.type, "state_name": state.name}
