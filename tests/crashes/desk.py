"""The office as a process that can be killed: at any I/O operation of any of its rooms.

A failpoint is a place in our code doing one kind of I/O, before or after it: "outbox/smtp.py:send socket write after". They
are not marked in the code; every socket read and write, commit, fsync, rename, link, file write and child process of the rooms
counts, so no boundary can be forgotten.
"""

from __future__ import annotations

import atexit
import json
import os
import pathlib
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

import outbox.exchange  # noqa: F401  once for all children, as the procedure below
from handlers.rounds.whole_round import work_once
from office.build import build_office
from office.outside import Outside
from office.settings import read_settings
from readers.pool import Readers
from readers.server import ReadingServer
from register.database import JournalUnavailable
from sop.load import load_procedure
from tests.town import ObedientClock

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("inbox", "parsers", "readers", "handlers", "register", "outbox", "report", "office")
ANYWHERE = ""
NO_DISK = 3
load_procedure()  # once for all children: they are forked from the process that imports this
READING = ReadingServer()
READING.start()
atexit.register(READING.close)


@dataclass(frozen=True, slots=True)
class Kill:
    """Die when `label` is passed for the `occurrence`-th time (from 1); `ANYWHERE` counts every I/O operation.

    `readers`: the desk lives, its reading server and all its children die.
    """

    label: str
    occurrence: int
    readers: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the disk: no file may grow beyond `full` bytes, or nothing may be written by this user."""

    full: int = 0
    user: int = 0


def one_round(settings_file: str, now: str, kill: Kill | None, record: str, trouble: Trouble | None) -> None:
    """One round of the office in a process of its own; dies at `kill`, or writes what it passed to `record`.

    With `trouble` it must say that it could not, and end with `NO_DISK`.
    """
    passed: list[str] = []
    own = ReadingServer() if kill is not None and kill.readers else READING
    counts: Counter[str] = Counter()

    def at(label: str) -> None:
        passed.append(label)
        counts.update((label, ANYWHERE))
        if kill is not None and counts[kill.label] == kill.occurrence:
            victim = own.pid if kill.readers else os.getpid()
            if victim:
                os.kill(victim, signal.SIGKILL)

    _watch_io(at)
    try:
        clock = ObedientClock(datetime.fromisoformat(now))
        office = build_office(read_settings(Path(settings_file)), Outside(clock, readers=lambda: Readers(server=own)))
        if trouble and trouble.full:
            resource.setrlimit(resource.RLIMIT_FSIZE, (trouble.full, trouble.full))
        if trouble and trouble.user:
            os.setuid(trouble.user)
        with office.opened_as_desk():
            work_once(office)
    except (OSError, JournalUnavailable):
        if trouble is None:
            raise
        os._exit(NO_DISK)
    if record:
        Path(record).write_text(json.dumps(passed), encoding="utf-8")
    os._exit(0)


def _watch_io(at: Callable[[str], None]) -> None:
    _around(socket.socket, "sendall", "socket write", at)
    _around(socket.SocketIO, "readinto", "socket read", at)
    _around(os, "fsync", "fsync", at)
    _around(pathlib.Path, "replace", "rename", at)
    _around(pathlib.Path, "hardlink_to", "link", at)
    _around(os, "fdopen", "file write", at)
    _around(pathlib.Path, "read_bytes", "file read", at)
    _around(DefaultDialect, "do_commit", "commit", at)
    _around(subprocess.Popen, "__init__", "child process", at)
    _around(_Book, "execute", "book of numbers", at)
    sqlite3.connect = partial(sqlite3.connect, factory=_Book)  # type: ignore[assignment]  SQLAlchemy has its own


class _Book(sqlite3.Connection):
    """The book of numbers (`inbox/numbers.py`): methods of the original cannot be watched."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        return super().execute(*arguments)


def _around(owner: Any, name: str, kind: str, at: Callable[[str], None]) -> None:
    real = getattr(owner, name)

    def wrapped(*arguments: Any, **options: Any) -> Any:
        place = _place()
        if place:
            at(f"{place} {kind} before")
        result = real(*arguments, **options)
        if place:
            at(f"{place} {kind} after")
        return result

    setattr(owner, name, wrapped)


def _place() -> str:
    """The nearest function of our rooms that led here."""
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(str(ROOT)):
            room = path[len(str(ROOT)) + 1 :]
            if room.split("/")[0] in ROOMS:
                return f"{room}:{frame.f_code.co_name}"
        frame = frame.f_back  # type: ignore[assignment]
    return ""
