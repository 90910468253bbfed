"""One private Prefect server for all flow tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.prefect_server import PrefectServer, free_port
from office.prefect_environment import point_prefect_at


@pytest.fixture(scope="session")
def prefect(
    tmp_path_factory: pytest.TempPathFactory, give_prefect_database: Callable[[Path], None]
) -> Iterator[PrefectServer]:
    home: Path = tmp_path_factory.mktemp("prefect")
    give_prefect_database(home)
    server = PrefectServer(home, free_port())
    point_prefect_at(server.api, home)
    server.start()
    server.wait_until_ready()
    yield server
    server.stop()
