"""Two Prefect servers: a real one, and the imitated one of the simulated year, which must answer alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from flows.api import Api
from flows.rest import PrefectApi
from tests.year.ports.prefect import SimPrefect


@pytest.fixture(params=["real", "imitated"])
def api(request: pytest.FixtureRequest) -> Iterator[Api]:
    if request.param == "imitated":
        yield SimPrefect(Random(request.node.name), lambda: datetime.now(UTC))
        return
    opened = PrefectApi(request.getfixturevalue("prefect").api)
    yield opened
    opened.close()
