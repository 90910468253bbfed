"""The undisturbed life that every crash is compared with, on each kind of mailbox."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tests.crashes.kinds import KINDS
from tests.crashes.life import Undisturbed, undisturbed_life


@pytest.fixture(scope="session")
def undisturbed_on(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Undisturbed]:
    """By the name of a kind; each is led once."""
    return cache(lambda kind: undisturbed_life(tmp_path_factory.mktemp("undisturbed"), kind))


@pytest.fixture(
    scope="session", params=[pytest.param(kind, marks=[] if kind == "imap" else pytest.mark.chaos) for kind in KINDS]
)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def undisturbed(undisturbed_on: Callable[[str], Undisturbed]) -> Undisturbed:
    """On IMAP."""
    return undisturbed_on("imap")
