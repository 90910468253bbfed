"""kill -9 for a whole server: its master and everything that descends from it, found by parent pid, never by name."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from tests.servers import RealHouse


def kill_dovecot(house: RealHouse) -> None:
    pid_file = house.dovecot.run / "master.pid"
    _kill_tree(int(pid_file.read_text()))
    pid_file.unlink()  # a master that nobody has reaped yet would count as running, and Dovecot would not start


def kill_postfix(house: RealHouse) -> None:
    _kill_tree(int((house.postfix.folder / "queue/pid/master.pid").read_text()))


def _kill_tree(master: int) -> None:
    """The master is stopped first, so that it starts no child while the children are being counted."""
    os.kill(master, signal.SIGSTOP)
    doomed = [master, *_descendants(master)]
    for pid in doomed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(_runs(pid) for pid in doomed):
        time.sleep(0.01)


def _descendants(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        stat = _stat(int(folder.name))
        if stat:
            children.setdefault(int(stat[1]), []).append(int(folder.name))
    found, look = [], [pid]
    while look:
        look = [child for parent in look for child in children.get(parent, ())]
        found += look
    return found


def _runs(pid: int) -> bool:
    """A zombie runs no more: it holds neither a port nor a file."""
    stat = _stat(pid)
    return bool(stat) and stat[0] not in ("Z", "X")


def _stat(pid: int) -> list[str]:
    """State, parent pid and what follows them in /proc; [] when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
