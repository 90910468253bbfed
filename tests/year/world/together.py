"""Answers to a reminder that named several incidents, with what a careful secretary would note of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

OFFERED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "analisis": ("ya", "YA"),
        "penerusan": ("teruskan", "TERUSKAN"),
        "disposisi": ("disposisi", "DISPOSISI"),
        "penugasan": ("tugaskan", "TUGASKAN Tim Jaringan"),
        "pengiriman": ("kirim", "KIRIM"),
        "pelaporan": ("teruskan", "TERUSKAN"),
        "penerimaan": ("diterima", "DITERIMA"),
    }
)
"""By question, the decision that leads on and the words that our mail offers for it."""
_REFUSED = ("tidak", "TIDAK, hanya satu komputer")
_WAITS = ("-", "tunggu dulu")


@dataclass(frozen=True, slots=True)
class OneAsked:
    """An incident that a reminder names. `group`: which question is asked there."""

    number: str
    stage: str
    visit: int
    group: str

    @property
    def short(self) -> str:
        return self.number.rpartition("-")[2]


@dataclass(frozen=True, slots=True)
class AnsweredTogether:
    """`labels`: by number, as `witness.Said.label`; those of which nothing is said have none."""

    words: str
    labels: Mapping[str, str]


def each_by_itself(asked: Sequence[OneAsked], rng: Random | None = None) -> AnsweredTogether:
    """A line for each, in the offered words; now and then one that is refused, or left waiting."""
    said = {one: OFFERED[one.group] if rng is None else _of_one(one, rng) for one in asked}
    between = ": " if rng is None else rng.choice((": ", " ", " - ", " = "))
    whole = rng is None or rng.random() < 0.5
    lines = [f"{one.number if whole else one.short}{between}{words}" for one, (_, words) in said.items()]
    return AnsweredTogether("\n".join(lines), {one.number: label for one, (label, _) in said.items()})


def answered_together(asked: Sequence[OneAsked], rng: Random) -> AnsweredTogether:
    """In one of the ways in which people answer several at once."""
    groups = {one.group for one in asked}
    label, word = OFFERED[asked[0].group]
    draw = rng.random()
    if draw < 0.4:
        return each_by_itself(asked, rng)
    if draw < 0.55:
        some = asked[: rng.randint(1, len(asked))]
        said = {one: OFFERED[one.group] for one in some}
        text = ", ".join(f"{one.short} {words.lower()}" for one, (_, words) in said.items())
        return AnsweredTogether(text, {one.number: meant for one, (meant, _) in said.items()})
    others = {one.number: f"{label}?" if OFFERED[one.group][0] == label else "-" for one in asked}
    if draw < 0.65:
        takes_it = [one.number for one in asked if OFFERED[one.group][0] == label]
        return AnsweredTogether(word, others | (dict.fromkeys(takes_it, "-") if len(takes_it) > 1 else {}))
    if len(groups) > 1:
        return AnsweredTogether(f"Semua {word}", others)
    if draw < 0.85 and len(asked) > 2:
        but = asked[-1]
        text = rng.choice((f"Semua {word} kecuali {but.short}", f"{word} untuk semua kecuali {but.number}"))
        return AnsweredTogether(text, {one.number: label for one in asked[:-1]} | {but.number: "-"})
    text = rng.choice((f"Semua {word}", f"{word} untuk semuanya", f"{word} semua"))
    return AnsweredTogether(text, {one.number: label for one in asked})


def _of_one(one: OneAsked, rng: Random) -> tuple[str, str]:
    draw = rng.random()
    if draw < 0.15 and one.group == "analisis":
        return _REFUSED
    return _WAITS if draw > 0.93 else OFFERED[one.group]
