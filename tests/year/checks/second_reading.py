"""The procedure as its file says it, read a second time and more simply than the house reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sop.load import BUILTIN

ENDS, GOES_ON, COMES_BACK, REPORTS, EXTENDS = "tutup", "lanjut", "kembali", "catat", "perpanjang"
REMINDS, ESCALATES, INFORMS, BY_ITSELF = "ingatkan", "alihkan", "kabari", "otomatis"
DEPUTIES, REPORTER = "wakil", "pelapor"


@dataclass(frozen=True, slots=True)
class Leads:
    """What a decision does (`how`), and to which stage or end it leads; `told`: which roles hear of it."""

    how: str
    where: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: when, what, to whom. `leads`: where the system goes by itself, with `decision`."""

    after: timedelta
    does: str
    to: tuple[str, ...] = ()
    every: timedelta | None = None
    decision: str = ""
    leads: Leads | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A mail that only informs, and whom."""

    template: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    step: int
    role: str
    template: str
    decisions: dict[str, Leads]
    ladder: tuple[Rung, ...]
    at_start: tuple[Told, ...]
    assigned: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole procedure. `receipts`: what is told on opening, by step."""

    stages: dict[str, Stage]
    first: Stage
    receipts: tuple[tuple[int, Told], ...]
    outcomes: dict[str, tuple[Told, ...]]
    merged: timedelta
    told_not_over: tuple[str, ...]
    not_over_within: timedelta
    not_over_after: tuple[str, ...]
    afterwards: dict[tuple[str, str, str], str]
    """(end, stage, decision) to the end that such an answer still makes of it."""


@cache
def rules() -> Rules:
    """The built-in procedure."""
    said = YAML(typ="safe").load(Path(BUILTIN).read_text(encoding="utf-8"))
    stages, receipts = dict[str, Stage](), list[tuple[int, Told]]()
    for step in said["langkah"]:
        for stage in step.get("tahap", ()):
            stages[stage["nama"]] = _stage(step["nomor"], stage)
        if not stages:
            receipts += [(step["nomor"], told) for told in _told(step.get("surat", ()))]
    outcomes = {name: _told(end.get("surat", ())) for name, end in said["hasil"].items()}
    first = next(iter(stages.values()))
    not_over, merged = said["belum_pulih"], _span(said["satukan_pengingat"])
    heard = (tuple(not_over["kabari"]), _span(not_over["dalam"]), tuple(not_over["setelah"]))
    afterwards = {
        (name, late["tahap"], late["jawaban"]): late["menjadi"]
        for name, end in said["hasil"].items()
        for late in end.get("menyusul", ())
    }
    return Rules(stages, first, tuple(receipts), outcomes, merged, *heard, afterwards)


def _stage(step: int, said: dict[str, Any]) -> Stage:
    decisions = {word: _leads(effect) for word, effect in said["jawaban"].items()}
    return Stage(
        name=said["nama"],
        step=step,
        role=said["tunggu"],
        template=said["surat"],
        decisions=decisions,
        ladder=tuple(_rung(rung, decisions) for rung in said["tangga"]),
        at_start=_told(said.get("saat_mulai", ())),
        assigned=said.get("penugasan") in (True, "ya"),
    )


def _leads(effect: dict[str, Any]) -> Leads:
    ((how, what),) = effect.items()
    return Leads(how, told=tuple(what)) if isinstance(what, list) else Leads(how, what)


def _rung(said: dict[str, Any], decisions: dict[str, Leads]) -> Rung:
    does = next(word for word in (REMINDS, ESCALATES, INFORMS, BY_ITSELF) if word in said)
    what, every = said[does], _span(said["ulangi"]) if "ulangi" in said else None
    after = _span(said["setelah"])
    if does != BY_ITSELF:
        return Rung(after, does, tuple(what) if isinstance(what, list) else (what,), every)
    if isinstance(what, dict):
        return Rung(after, does, decision=BY_ITSELF, leads=_leads(what))
    return Rung(after, does, decision=what, leads=decisions[what])


def _told(said: list[dict[str, Any]]) -> tuple[Told, ...]:
    return tuple(Told(letter["isi"], tuple(letter["untuk"])) for letter in said)


def _span(text: str) -> timedelta:
    number, unit = text.split()
    return timedelta(minutes=int(number) * {"menit": 1, "jam": 60}[unit])
