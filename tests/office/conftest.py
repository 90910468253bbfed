"""A token server and a clock that obeys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.token_house import TokenHouse
from tests.town import ObedientClock


@pytest.fixture
def clock() -> ObedientClock:
    return ObedientClock()


@pytest.fixture
def house() -> Iterator[TokenHouse]:
    with TokenHouse() as built:
        yield built


@pytest.fixture
def rotating() -> Iterator[TokenHouse]:
    with TokenHouse(rotates=True) as built:
        yield built
