"""Every word an official reads: mails, papers, and the sentences of the story. Staff may edit these files."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent


@cache
def words() -> dict[str, Any]:
    """The short texts of `kata.yaml`."""
    loaded: dict[str, Any] = YAML(typ="safe").load((FOLDER / "kata.yaml").read_text(encoding="utf-8"))
    return loaded
