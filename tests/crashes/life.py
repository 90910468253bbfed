"""A whole SOP, each round of the office in a process that may be killed; from the letter, or from any round on."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from tests.crashes.desk import NO_DISK, Kill, Trouble, one_round
from tests.crashes.ending import Ending, ending_of
from tests.crashes.kinds import KINDS
from tests.town import JOURNEY, Town

ROUNDS = len(JOURNEY) + 1
"""The letter, then one answer a stage."""
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.crashes.desk"])


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything there is just before a round: the office's folder, every mailbox, the time.

    `home` is where the folder stood: there it is put again, because some of what is kept names its place.
    """

    round: int
    kind: str
    home: Path
    folder: Path
    mailboxes: Any
    time: datetime


@dataclass(frozen=True, slots=True)
class Failpoint:
    """A place to die in a certain round."""

    round: int
    kill: Kill

    def __str__(self) -> str:
        return f"round {self.round}: {self.kill.label} #{self.kill.occurrence}"


Undisturbed = tuple[Ending, list[Moment], list[Failpoint]]
"""How it ends when nothing happens, every moment before a round, and the failpoints that were passed."""


class Life:
    """One office with one or more desks, and what happens to it."""

    def __init__(self, towns: list[Town]) -> None:
        self.towns = towns
        for town in towns:
            town.office.close()

    def arrives(self, number: int) -> None:
        """The mail that round `number` is about arrives."""
        if number == 0:
            self.towns[0].letter()
            return
        _, address, subject, text = JOURNEY[number - 1]
        self.towns[0].reply(address, subject, text)
        self.pass_time(minutes=1)

    def pass_time(self, **span: float) -> None:
        self.towns[0].clock.forward(**span)
        for town in self.towns:
            town.clock.time = self.towns[0].clock.time
        self.towns[0].time_passed()

    def work(self, *kills: Kill | None, record: str = "", trouble: Trouble | None = None) -> int:
        """Every desk does one round at the same time, the n-th one dying at the n-th of `kills`. How many came through."""
        doomed = [*kills, *[None] * (len(self.towns) - len(kills))]
        children = [self._child(town, kill, record, trouble) for town, kill in zip(self.towns, doomed, strict=True)]
        for child in children:
            child.join(120)
        allowed = (0, -signal.SIGKILL, NO_DISK if trouble else 0)
        assert all(child.exitcode in allowed for child in children), [child.exitcode for child in children]
        return sum(child.exitcode == 0 for child in children)

    def finish(self, first: int) -> Ending:
        """What is left of the round before `first`, and the rounds from there to the end, undisturbed: how it ends."""
        [town] = self.towns
        town.restart()
        try:
            town.work()
            for number in range(first, ROUNDS):
                self.arrives(number)
                town.work()
            return ending_of(self.towns)
        finally:
            town.office.close()

    def ending(self) -> Ending:
        for town in self.towns:
            town.restart()
        try:
            return ending_of(self.towns)
        finally:
            for town in self.towns:
                town.office.close()

    def _child(self, town: Town, kill: Kill | None, record: str, trouble: Trouble | None) -> ForkServerProcess:
        arguments = (str(town.settings_file), town.clock.now().isoformat(), kill, record, trouble)
        child = _FORKS.Process(target=one_round, args=arguments)
        child.start()
        return child


@contextmanager
def new_life(folder: Path, kind: str = "imap") -> Iterator[Life]:
    """A new office with one desk."""
    with KINDS[kind].house() as house:
        yield Life([KINDS[kind].town(folder, house)])


@contextmanager
def life_from(moment: Moment) -> Iterator[Life]:
    """The same office once more, as it was at `moment`."""
    kind = KINDS[moment.kind]
    shutil.rmtree(moment.home)
    shutil.copytree(moment.folder, moment.home)
    with kind.house() as house:
        kind.put_in(house, moment.mailboxes)
        town = kind.town(moment.home, house)
        town.clock.time = moment.time
        yield Life([town])


def undisturbed_life(folder: Path, kind: str = "imap") -> Undisturbed:
    moments, points = [], []
    with new_life(folder / "kantor", kind) as life:
        [town] = life.towns
        for number in range(ROUNDS):
            life.arrives(number)
            kept, record = folder / f"moment-{number}", folder / f"{number}.json"
            shutil.copytree(town.folder, kept)
            mailboxes = KINDS[kind].taken_out(town.house)
            moments.append(Moment(number, kind, town.folder, kept, mailboxes, town.clock.time))
            assert life.work(record=str(record)) == 1
            points += _failpoints(number, json.loads(record.read_text(encoding="utf-8")))
        return life.ending(), moments, points


def _failpoints(number: int, passed: list[str]) -> Iterator[Failpoint]:
    """The first and the middle time that each label was passed in a round."""
    for label, count in sorted(Counter(passed).items()):
        for occurrence in sorted({1, (count + 1) // 2}):
            yield Failpoint(number, Kill(label, occurrence))


def operations(moments: list[Moment]) -> list[int]:
    """How many I/O operations each round of the undisturbed life did."""
    records = (moment.folder.with_name(f"{moment.round}.json") for moment in moments)
    return [len(json.loads(record.read_text(encoding="utf-8"))) for record in records]
