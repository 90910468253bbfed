"""Kills the office at any I/O operation of any of its rooms, starts it again, and compares how it ends.

A failpoint is a place in our code doing one kind of I/O, before or after it: "outbox/smtp.py:send socket write after". They
are not marked in the code; every socket read and write, commit, fsync, rename, file write and child process of the rooms
counts, so no boundary can be forgotten.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import pathlib
import resource
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from handlers.once import work_once
from handlers.verify import find_damage
from office.build import build_office
from office.settings import read_settings
from outbox import queue
from register import journal
from register.database import JournalUnavailable
from siaga.demo import cast
from siaga.demo.house import MailHouse
from siaga.demo.letters import DINKES
from tests.town import JOURNEY, ObedientClock, Town

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("inbox", "parsers", "handlers", "register", "outbox", "report", "office")
PEOPLE = (*cast.CAST, DINKES)
DISK_FULL = 3
ROUNDS = len(JOURNEY) + 1
"""The letter, then one answer a stage."""


@dataclass(frozen=True, slots=True)
class Failpoint:
    """The `occurrence`-th time (from 1) that `label` is passed in round `round`."""

    round: int
    label: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Ending:
    """How a whole SOP ended, without what may differ between two lives: times and ids."""

    events: tuple[str, ...]
    mails: tuple[tuple[str, str, int], ...]
    register: tuple[tuple[str, ...], ...]
    damage: tuple[str, ...]


# In the child -----------------------------------------------------------------------------------------------------


def child_round(settings_file: str, now: str, kill_at: tuple[str, int] | None, record: str, disk: int = 0) -> None:
    """One round of the office in a process of its own; dies at `kill_at`, or writes what it passed to `record`.

    With `disk`, no file may grow beyond that many bytes: a full disk. The office must say so and end with `DISK_FULL`.
    """
    passed: list[str] = []
    counts: Counter[str] = Counter()

    def at(label: str) -> None:
        passed.append(label)
        counts[label] += 1
        if kill_at is not None and kill_at == (label, counts[label]):
            os.kill(os.getpid(), signal.SIGKILL)

    _watch_io(at)
    office = build_office(read_settings(Path(settings_file)), ObedientClock(datetime.fromisoformat(now)))
    if disk:
        resource.setrlimit(resource.RLIMIT_FSIZE, (disk, disk))
    try:
        with office.opened_as_desk():
            work_once(office)
    except (OSError, JournalUnavailable):
        os._exit(DISK_FULL)
    if record:
        Path(record).write_text(json.dumps(passed), encoding="utf-8")
    os._exit(0)


def _watch_io(at: Callable[[str], None]) -> None:
    _around(socket.socket, "sendall", "socket write", at)
    _around(socket.SocketIO, "readinto", "socket read", at)
    _around(os, "fsync", "fsync", at)
    _around(pathlib.Path, "replace", "rename", at)
    _around(pathlib.Path, "write_bytes", "file write", at)
    _around(DefaultDialect, "do_commit", "commit", at)
    _around(subprocess.Popen, "__init__", "child process", at)


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


# In the parent ----------------------------------------------------------------------------------------------------


class Life:
    """One whole SOP in a town, each round in a child process."""

    def __init__(self, folder: Path, house: MailHouse) -> None:
        self.folder = folder
        self.town = Town(folder, house)
        self.town.office.close()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.crashes.life"])

    def round(self, kill_at: tuple[str, int] | None = None, record: str = "", disk: int = 0) -> bool:
        """One round; False when the child was killed, or could not go on for want of disk."""
        arguments = (str(self.town.settings_file), self.town.clock.now().isoformat(), kill_at, record, disk)
        child = self._context.Process(target=child_round, args=arguments)
        child.start()
        child.join(120)
        assert child.exitcode in (0, -signal.SIGKILL, DISK_FULL if disk else 0), (
            f"the office ended with {child.exitcode}"
        )
        return child.exitcode == 0

    def whole_sop(self, failpoint: Failpoint | None = None, record: Path | None = None, disk: int = 0) -> bool:
        """Lead the incident through; with `disk`, every round is first tried on a full disk.

        Returns whether the failpoint was met, or the disk was full at least once.
        """
        met = False
        for number in range(ROUNDS):
            if number == 0:
                self.town.letter()
            else:
                _, address, subject, text = JOURNEY[number - 1]
                self.town.reply(address, subject, text)
                self.town.clock.forward(minutes=1)
            if failpoint is not None and failpoint.round == number:
                met = not self.round((failpoint.label, failpoint.occurrence))
                if met:
                    self.round()
                    self.town.clock.forward(seconds=3)  # the time after which a doubt is decided
            if disk:
                met |= not self.round(disk=disk)
            self.round(record=str(record / f"{number}.json") if record else "")
        return met

    def ending(self) -> Ending:
        office = build_office(read_settings(self.town.settings_file), self.town.clock)
        try:
            with office.database.reading() as tx:
                numbers = [summary.number for summary in journal.all_incidents(tx)]
                events = tuple(
                    f"{number} {event.seq} {event.kind.value} {_timeless(event.data)}"
                    for number in numbers
                    for event in journal.read_events(tx, number)
                )
                keys = {mail.message_id: _nameless(mail.key) for mail in queue.everything(tx)}
            mails: Counter[tuple[str, str]] = Counter()
            for person in PEOPLE:
                for mail in self.town.inbox(person):
                    mails[person, keys.get(mail.message_id, mail.subject)] += 1
            return Ending(
                events, tuple(sorted((*who, n) for who, n in mails.items())), self._rows(), tuple(find_damage(office))
            )
        finally:
            office.close()

    def _rows(self) -> tuple[tuple[str, ...], ...]:
        from openpyxl import load_workbook

        book = load_workbook(self.folder / "data" / "register" / "register-2026.xlsx", read_only=True)
        columns = (0, 2, 3, 4, 7, 14)  # what no clock changes
        rows = [tuple(str(row[c]) for c in columns) for row in book["Register"].iter_rows(values_only=True)]
        steps = [
            tuple(str(row[c]) for c in (0, 1, 2, 6, 8)) for row in book["Waktu Langkah"].iter_rows(values_only=True)
        ]
        book.close()
        return tuple(rows + steps)


def _timeless(data: Any) -> str:
    """An event's data without moments and without the ids of mails, which hold a random Message-ID."""
    kept = {key: value for key, value in data.items() if key not in ("received", "mail")}
    kept["surat"] = [_nameless(key) for key in data.get("surat", ())]
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def _nameless(key: str) -> str:
    """A letter's key without the id of the mail it refers to."""
    return "/".join(
        "…" if len(part) == 16 and all(c in "0123456789abcdef" for c in part) else part for part in key.split("/")
    )


def failpoints(record: Path) -> list[Failpoint]:
    """The failpoints an undisturbed run passed: in each round, the first and the middle time of each label."""
    found: dict[str, list[Failpoint]] = {}
    for number in range(ROUNDS):
        passed = Counter(json.loads((record / f"{number}.json").read_text(encoding="utf-8")))
        for label, count in passed.items():
            points = {Failpoint(number, label, 1), Failpoint(number, label, (count + 1) // 2)}
            found.setdefault(label, []).extend(sorted(points, key=lambda point: point.occurrence))
    return [point for label in sorted(found) for point in found[label]]
