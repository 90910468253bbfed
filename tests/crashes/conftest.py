"""The undisturbed life that every crash is compared with."""

from __future__ import annotations

import pytest

from tests.crashes.ending import Ending
from tests.crashes.life import Failpoint, Moment, undisturbed_life


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ending, list[Moment], list[Failpoint]]:
    return undisturbed_life(tmp_path_factory.mktemp("undisturbed"))
