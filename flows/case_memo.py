"""What is remembered of a case file between two drawings. Losing it only means looking at the server once more."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(slots=True)
class Memo:
    """Attributes:
    title: the name and the tags of the run.
    tasks: step number → its last task run.
    rounds: step number → how many times the incident had come to the step when that run began.
    shown: step number → the name of the state that it shows.
    artifact: the card's.
    logged: up to which event the log tells.
    """

    title: str = ""
    tasks: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    artifact: str = ""
    logged: int = 0

    @classmethod
    def read(cls, text: str) -> Memo:
        """`text`: as `written` gave it, here or in another version of ours; "" where nothing is remembered."""
        kept: dict[str, Any] = json.loads(text) if text else {}
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def written(self) -> str:
        return json.dumps(asdict(self))
