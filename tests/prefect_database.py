"""Prefect's database, made once for all tests: at its first start a server works 16 s on it, and half of that later."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from flows.prefect_server import PrefectServer


def born_database(factory: pytest.TempPathFactory) -> Path:
    """A database as a first start leaves it. The first worker that asks makes it; the others wait for it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home = shared / "prefect-birth"
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        born = home / "born.db"
        if not born.exists():
            server = PrefectServer(home)
            server.start()
            server.wait_until_ready()
            server.stop()
            (home / "prefect.db").rename(born)
    return born


def give(born: Path, home: Path) -> None:
    """A server that starts at `home` finds a database of its own."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(born, home / "prefect.db")
