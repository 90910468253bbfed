"""Postfix' queue: how soon it tries again, and what still lies in it."""

from __future__ import annotations

from pathlib import Path

from tests.servers.real_house import RealHouse


def make_impatient(house: RealHouse) -> None:
    """Left alone, Postfix tries a deferred mail again after five minutes: longer than the desk waits for its copy."""
    with (house.postfix.folder / "etc" / "main.cf").open("a", encoding="ascii") as settings:
        settings.write("minimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\n")


def waiting_in_postfix(house: RealHouse) -> list[Path]:
    """Mails that Postfix has taken. A file without the executable bit was cut off before it was: it never answered 250."""
    spool = house.postfix.folder / "queue"
    return [
        path
        for name in ("maildrop", "incoming", "active", "deferred")
        for path in (spool / name).rglob("*")
        if path.is_file() and path.stat().st_mode & 0o100
    ]
