"""Which words of a reply stand in our own mail: runs of letters are compared, so that wrapping, marks, blanks, bullets
and quotation marks make no difference.

Linear in the length of both: each letter is looked at a few times.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
_LINK = re.compile(
    r"<(?:https?|mailto|tel):[^<>\s]{1,3000}>|\[(?:cid|image|mailto|https?|tel):[^\[\]\n]{0,300}\]|\((?:https?|mailto):[^()\s]{1,3000}\)",
    re.IGNORECASE,
)
"""A target that a client adds behind the words of a link, or a picture."""
_SEED = 8
"""Letters of a run that is looked up."""
_PLACES = 6
"""Places of the same run that are tried: a reminder repeats its request."""
_MOST = 200_000
"""Letters of ours that are compared."""
_NEAR = 40
"""So near to what was quoted last, and so many letters, and it goes on with that."""
_END_OF_LINE = re.compile(r"[.!?;:]?\n|[.!?;]\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters `start` to `end` of the reply, which stand in our mails from `place` on."""

    start: int
    end: int
    place: int

    @property
    def place_end(self) -> int:
        return self.place + self.end - self.start


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the reply: where it stands in its line, and which of the reply's letters it holds."""

    line: int
    begin: int
    stop: int
    start: int
    end: int


@dataclass(slots=True)
class OurLetters:
    """Our mails as one run of letters, with the places where lines and sentences of ours begin and end."""

    letters: str = ""
    borders: set[int] = field(default_factory=set)
    edges: set[int] = field(default_factory=set)


@lru_cache(maxsize=4)
def our_letters(texts: tuple[str, ...]) -> OurLetters:
    """What we wrote, to be compared with."""
    found = OurLetters()
    kept: list[str] = []
    length = 0
    for text in dict.fromkeys(texts):
        found.borders.add(length)
        found.edges.add(length)
        for said in _lines_of(text):
            kept.append(said)
            length += len(said)
            found.borders.add(length)
        found.edges.add(length)
        kept.append("\0")
        length += 1
        if length > _MOST:
            break
    found.letters = "".join(kept)
    return found


@lru_cache(maxsize=64)
def _lines_of(text: str) -> tuple[str, ...]:
    """The letters of each line and sentence. One mail of ours is compared with every reply of its incident."""
    marks = [0, *(match.end() for match in _END_OF_LINE.finditer(text)), len(text)]
    return tuple(letters_of(text[begin:mark]) for begin, mark in pairwise(marks))


def letters_of(text: str) -> str:
    """Letters and digits alone, without case and without compatibility forms."""
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def words_of(lines: Sequence[str]) -> tuple[list[Word], str]:
    """The words of the lines, without targets of links, and their letters in one run."""
    words, kept, length = list[Word](), list[str](), 0
    for number, line in enumerate(lines):
        for match in _WORD.finditer(_LINK.sub(_blank, line)):
            said = letters_of(match[0])
            if said:
                words.append(Word(number, match.start(), match.end(), length, length + len(said)))
                kept.append(said)
                length += len(said)
    return words, "".join(kept)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def runs_of_ours(said: str, ours: OurLetters) -> list[Run]:
    """Runs of letters of `said` that stand in our mails, in order, none over another."""
    runs: list[Run] = []
    at, begun, following = 0, 0, 0
    known = _places(said, ours.letters)
    while at <= len(said) - _SEED:
        places = known[said[at : at + _SEED]]
        if not places:
            at += 1
            continue
        run = _longest(said, at, begun, places, ours.letters, following)
        if runs and run.start == runs[-1].end and run.end - run.start > runs[-1].end - runs[-1].start:
            run = _backwards(said, run, runs[-1].start, ours.letters)  # the last one was found too early, by chance
            runs[-1] = Run(runs[-1].start, min(runs[-1].end, run.start), runs[-1].place)
        runs.append(run)
        at = begun = run.end
        following = run.place_end if run.end - run.start >= _NEAR else following
    return [run for run in runs if run.end > run.start]


def _places(said: str, letters: str) -> dict[str, list[int]]:
    """For each run of `_SEED` letters in `said`, at which places of `letters` it is tried."""
    known: dict[str, list[int]] = {said[at : at + _SEED]: [] for at in range(len(said) - _SEED + 1)}
    for place in range(len(letters) - _SEED + 1):
        places = known.get(letters[place : place + _SEED])
        if places is not None and len(places) < _PLACES:
            places.append(place)
    return known


def _longest(said: str, at: int, begun: int, places: Sequence[int], letters: str, following: int) -> Run:
    """The longest run through `at`, first of all one that goes on where the last one ended (`following`)."""

    def weight(candidate: tuple[int, int]) -> int:
        end, place = candidate
        goes_on = abs(place - following) <= _NEAR and end - at >= _NEAR
        return end - at + (_MOST if goes_on else 0)

    end, place = max(((_same_until(said, at, letters, place), place) for place in places), key=weight)
    best = Run(at, end, place)
    return _backwards(said, best, begun, letters)


def _backwards(said: str, run: Run, begun: int, letters: str) -> Run:
    """The run, begun earlier as long as the letters before it are the same; not before `begun`."""
    start, place = run.start, run.place
    while start > begun and place > 0 and said[start - 1] == letters[place - 1]:
        start, place = start - 1, place - 1
    return Run(start, run.end, place)


def _same_until(said: str, at: int, letters: str, place: int) -> int:
    """Where the letters from `at` on cease to be those from `place` on."""
    step = 64
    while said[at : at + step] == letters[place : place + step] and at + step <= len(said):
        at, place = at + step, place + step
    while at < len(said) and place < len(letters) and said[at] == letters[place]:
        at, place = at + 1, place + 1
    return at
