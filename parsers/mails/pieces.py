"""A reply's text told apart into pieces: lines, or parts of a line, that are ours or not.

A line that its author completed ("Penyebab: …") is whole, and his. Only what is long, or ends where a line or sentence
of ours ends, is taken out of a line.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.mails.our_words import OurLetters, Run, Word, our_letters, runs_of_ours, words_of

_MARKS = re.compile(r"[\s>]*+(?:\|(?=[^|]*+$)[\s>]*+)?")
"""Some clients mark by bars; a row of a table has more than one."""
_RULED = re.compile(r">>> [^\n]{3,400}>>>\s*$")
"""An attribution between marks, as GroupWise writes it."""
_LONG = 40
"""Letters that nobody repeats by chance in the middle of their own line."""
_SHORT = 20
"""So few letters at the edge of a quote may as well be the author's, who uses the same word."""
_SOME = 12
_ONWARDS = 40
"""Letters of ours that a client may have left out within a quote, or its author have doubled."""
_OPEN = 4
"""Rows that may still go on: between their pieces the author may have used other words of ours."""
_CLOSES = re.compile(r"[^\w\s]{0,3}[\s>|=-]*")
_BREAK = re.compile(r"[.!?;:>|\t]|\s\s|--")


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces of ours that follow each other in our mail: their number, all their letters, whether one is marked, and
    whether our mail begins or ends with them.
    """

    number: int
    letters: int
    marked: bool
    at_edge: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Attributes:
    line: number of its line.
    text: as it stands, without quote marks.
    depth: how many ">" stand before it.
    letters: how many letters and digits it has; with none it is a blank, a rule, a bullet.
    place: where in our mails its words stand; -1 for what is not ours.
    row: what it is quoted with.
    """

    line: int
    text: str
    depth: int
    letters: int = 0
    place: int = -1
    row: Row | None = None

    @property
    def ours(self) -> bool:
        return self.place >= 0

    @property
    def place_end(self) -> int:
        return self.place + self.letters


@dataclass(frozen=True, slots=True)
class _Part:
    """First and last word of a part of a line, and where in our mails it stands, or -1."""

    first: int
    last: int
    place: int


def told_apart(lines: Sequence[str], texts: Sequence[str] = ()) -> list[Piece]:
    """All pieces of the lines, in order. `texts`: what we wrote; without any, nothing is ours."""
    depths, bare = _unmarked(lines)
    words, said = words_of(bare)
    ours = our_letters(tuple(texts))
    runs = runs_of_ours(said, ours) if texts else []
    pieces: list[Piece] = []
    for number, (line, here) in enumerate(zip(bare, _by_line(words, len(lines)), strict=True)):
        parts = _parts(line, here, _within(runs, here), ours) if here and runs else []
        for part, text in zip(parts, _texts(line, here, parts), strict=True):
            letters = here[part.last].end - here[part.first].start
            pieces.append(Piece(number, text, depths[number], letters, part.place))
        if not parts:
            pieces.append(Piece(number, line, depths[number], here[-1].end - here[0].start if here else 0))
    return _in_rows(pieces, ours)


def _unmarked(lines: Sequence[str]) -> tuple[list[int], list[str]]:
    depths, bare = list[int](), list[str]()
    for line in lines:
        marks = _MARKS.match(line)
        stop = marks.end() if marks and marks[0].strip() and not _RULED.match(line) else 0
        depths.append(sum(map(line[:stop].count, ">|")))
        bare.append(line[stop:])
    return depths, bare


def _by_line(words: Sequence[Word], lines: int) -> list[list[Word]]:
    found: list[list[Word]] = [[] for _ in range(lines)]
    for word in words:
        found[word.line].append(word)
    return found


def _within(runs: Sequence[Run], words: Sequence[Word]) -> Iterator[Run]:
    """The parts of the runs that lie within the words of one line."""
    start, end = words[0].start, words[-1].end
    for index in range(bisect_right(runs, start, key=lambda run: run.end), len(runs)):
        run = runs[index]
        if run.start >= end:
            return
        first = max(run.start, start)
        yield Run(first, min(run.end, end), run.place + first - run.start)


def _parts(line: str, words: Sequence[Word], runs: Iterable[Run], ours: OurLetters) -> list[_Part]:
    """The parts of a line; [] where none of it is ours."""
    taken = _joined([part for run in runs if (part := _whole_words(run, words))])
    kept = [part for part in taken if _is_quoted(part, line, words, ours)]
    parts: list[_Part] = []
    at = 0
    for part in kept:
        if part.first > at:
            parts.append(_Part(at, part.first - 1, -1))
        parts.append(part)
        at = part.last + 1
    if kept and at < len(words):
        parts.append(_Part(at, len(words) - 1, -1))
    return parts


def _whole_words(run: Run, words: Sequence[Word]) -> _Part | None:
    first = bisect_left(words, run.start, key=lambda word: word.start)
    last = bisect_right(words, run.end, key=lambda word: word.end) - 1
    return _Part(first, last, run.place + words[first].start - run.start) if first <= last else None


def _joined(taken: Sequence[_Part]) -> list[_Part]:
    """Neighbouring parts that leave no word out are one: a client has dropped something of ours between them."""
    joined: list[_Part] = []
    for part in taken:
        if joined and joined[-1].last + 1 == part.first and part.place > joined[-1].place:
            joined[-1] = _Part(joined[-1].first, part.last, joined[-1].place)
        else:
            joined.append(part)
    return joined


def _is_quoted(part: _Part, line: str, words: Sequence[Word], ours: OurLetters) -> bool:
    """Whether a part of a line is quoted, and not said by an author who uses our words."""
    first, last = words[part.first], words[part.last]
    letters, at_start, at_end = last.end - first.start, part.first == 0, part.last == len(words) - 1
    if (at_start and at_end) or letters >= _LONG:
        return True
    if letters < _SOME or (part.last - part.first < 3 and line[last.stop : last.stop + 1] == ":"):
        return False  # "Penyebab: …" is a line that its author completed
    return (at_start or (part.place in ours.borders and _breaks(line, words[part.first - 1], first))) and (
        at_end or (part.place + letters in ours.borders and _breaks(line, last, words[part.last + 1]))
    )


def _breaks(line: str, before: Word, after: Word) -> bool:
    return _BREAK.search(line[before.stop : after.begin]) is not None


def _texts(line: str, words: Sequence[Word], parts: Sequence[_Part]) -> Iterator[str]:
    """What each part says, with the marks that belong to it."""
    begin = 0
    for number, part in enumerate(parts):
        stop = len(line)
        if number + 1 < len(parts):
            stop = words[parts[number + 1].first].begin
            if part.place >= 0:
                closed = _CLOSES.match(line, words[part.last].stop, stop)
                stop = closed.end() if closed else stop
        yield line[begin:stop]
        begin = stop


def _in_rows(pieces: Sequence[Piece], ours: OurLetters) -> list[Piece]:
    """Pieces that follow each other in our mail, whatever stands between them here, are rows. A few letters without
    marks are no part of one, unless what stands before and behind them in our mail stands there in the reply, too.
    """
    kept = [replace(piece, place=-1) if piece.ours else piece for piece in pieces]
    for number, found in enumerate(_rows(pieces)):
        row: list[int] = []
        for index, following in zip(found, [*found[1:], -1], strict=True):
            before = pieces[row[-1]] if row else None
            if _is_beyond_chance(pieces[index], before, pieces[following] if following >= 0 else None, ours):
                row.append(index)
        marked = any(pieces[i].depth for i in row)
        at_edge = any({pieces[i].place, pieces[i].place_end} & ours.edges for i in row)
        quoted = Row(number, sum(pieces[i].letters for i in row), marked, at_edge)
        for i in row:
            kept[i] = replace(pieces[i], row=quoted)
    return kept


def _is_beyond_chance(here: Piece, before: Piece | None, behind: Piece | None, ours: OurLetters) -> bool:
    if here.depth:
        return True
    if behind is not None and behind.place < here.place_end:
        return False  # who writes "YA" above our "YA diikuti …" has said it himself
    if here.letters >= _SHORT:
        return True
    begins = before.place_end == here.place if before is not None else here.place in ours.edges
    return begins and (here.place_end == behind.place if behind is not None else here.place_end in ours.edges)


def _rows(pieces: Sequence[Piece]) -> list[list[int]]:
    """Indexes of pieces of ours that follow each other in our mail, whatever stands between them here."""
    rows: list[list[int]] = []
    for index, piece in enumerate(pieces):
        if not piece.ours:
            continue
        for row in reversed(rows[-_OPEN:]):
            if -_ONWARDS <= piece.place - pieces[row[-1]].place_end <= _ONWARDS:
                row.append(index)
                break
        else:
            rows.append([index])
    return rows
