"""What still lies in Postfix' queue."""

from __future__ import annotations

from pathlib import Path

from tests.servers.real_house import RealHouse


def waiting_in_postfix(house: RealHouse) -> list[Path]:
    """Mails that Postfix has taken. A file without the executable bit was cut off before it was: it never answered 250."""
    spool = house.postfix.folder / "queue"
    return [
        path
        for name in ("maildrop", "incoming", "active", "deferred")
        for path in (spool / name).rglob("*")
        if path.is_file() and path.stat().st_mode & 0o100
    ]
