"""How long something takes, as people write it: "1,5 jam", "dua jam setengah", "2 jam 30 menit", "half an hour", "duo jam".

Only what is beyond doubt is exact: "1-2 jam", "2.30 jam" and "2 jam 15" may mean one thing or another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

_UNITS = {
    "menit mnt mnit minit mins min minute minutes": timedelta(minutes=1),
    "jam hour hours hrs hr": timedelta(hours=1),
    "hari ari day days": timedelta(days=1),
    "minggu pekan week weeks": timedelta(weeks=1),
}
_UNIT = {word: unit for words, unit in _UNITS.items() for word in words.split()}
_ONE = {
    f"{prefix}{word}": unit
    for word, unit in _UNIT.items()
    for prefix in ("se", "sa")
    if word in ("menit", "jam", "hari", "minggu", "pekan")
}
"""One of them, in a word: "sejam", "sahari"."""
ONE_TO_ELEVEN = (
    "satu ciek",
    "dua duo",
    "tiga tigo",
    "empat ampek",
    "lima limo",
    "enam anam",
    "tujuh tujuah",
    "delapan salapan",
    "sembilan sambilan",
    "sepuluh sapuluah",
    "sebelas sabaleh",
)
"""In Indonesian and in Minangkabau."""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_NUMBER = {"nol": 0, "lapan": 8} | {word: n for n, words in enumerate(ONE_TO_ELEVEN, 1) for word in words.split()}
_NUMBER |= {word: number for number, word in enumerate(_ENGLISH.split())}
_NUMBER |= {word: number * 10 for number, word in enumerate(_TENS.split(), 2)}
_HUNDRED = ("seratus", "saratuih")
_TIMES = {"puluh": 10, "puluah": 10, "ratus": 100, "ratuih": 100, "hundred": 100}
_AND_TEN = ("belas", "baleh")
_HALF = {"setengah", "satangah", "stengah", "setangah", "stgh", "separuh", "half", "½"}
_QUARTER = {"seperempat", "saparampek", "quarter", "¼"}
_FRACTION = dict.fromkeys(_HALF, Fraction(1, 2)) | dict.fromkeys(_QUARTER, Fraction(1, 4)) | {"¾": Fraction(3, 4)}
_QUARTERS = ("perempat", "parampek", "quarters")
_WRITTEN = {("1", "2"): Fraction(1, 2), ("1", "4"): Fraction(1, 4), ("3", "4"): Fraction(3, 4)}
_AND = ("dan", "jo", "and", "lebih", "labiah", "lewat", "plus", "+", ",")
_OR = ("-", "–", "sd", "sampai", "dengan", "hingga", "atau", "ke", "to", "or", "s", "/", ".", "d")
_OPEN = ("minimal", "minimum", "setidaknya", "setidak", "sedikitnya", "kurangnya", "least", ">", "≥", "over")
"""Ahead of a span: no less than that, and nobody knows how much more."""
_MORE = ("lebih", "labiah", "kurang", "atau", "-", "–", "kerja", "+", "or", "lewat")
"""Behind a span: it is not meant just so."""
_WORD = re.compile(r"\d{1,5}(?:[.,:]\d{1,5})?|[^\W\d_]{1,30}|[½¼¾]|[^\w\s]")
_LONGEST = 12
"""Words of which a span is made, at most."""


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time and where it stands. `in_days`: it was said in days or weeks, so that it names no hour.

    `exact`: `length` is beyond doubt what the author means; else it is only known that a span stands here.
    """

    length: timedelta
    in_days: bool
    exact: bool
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Whole minutes, at least as long."""
        return -(-self.length // timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Fraction
    exact: bool
    upto: int


def spans(text: str) -> Iterator[Span]:
    """Every span of time in `text`, in order. Time in proportion to the length of the text."""
    words = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        found = _span(words, at, text)
        if found is None:
            at += 1
            continue
        span, at = found
        yield span


def number_ahead(text: str) -> tuple[int, int]:
    """The number of minutes that `text` begins with ("10", "lima belas", "seperempat"), and how many characters it takes."""
    words = [(match[0].lower(), match.end()) for match in _WORD.finditer(text)]
    if words[:1] and words[0][0] in _QUARTER:
        return 15, words[0][1]
    amount = _number([word for word, _ in words])
    if amount is None or not amount.exact or amount.value.denominator != 1:
        return 0, 0
    return int(amount.value), words[amount.upto - 1][1]


def _span(words: list[tuple[str, int, int]], at: int, text: str) -> tuple[Span, int] | None:
    """The span that begins with the word `at`, and the word behind it."""
    part = _part([word for word, _, _ in words[at : at + _LONGEST]])
    if part is None:
        return None
    length, unit, exact, upto = part
    while True:  # "2 jam 30 menit", "2 jam dan 30 menit", "2 jam setengah"
        following = [word for word, _, _ in words[at + upto : at + upto + _LONGEST]]
        joint = 1 if following[:1] and following[0] in _AND else 0
        tail = following[joint:]
        more = _part(tail)
        if more is not None and more[1] < unit:
            length, unit, exact, upto = length + more[0], more[1], exact and more[2], upto + joint + more[3]
        elif tail[:1] and tail[0] in _FRACTION:
            length, upto = length + _times(unit, _FRACTION[tail[0]]), upto + joint + 1
        elif tail[:2] == ["a", "half"]:
            length, upto = length + unit / 2, upto + joint + 2
        else:
            break
    before = [word for word, _, _ in words[max(0, at - 6) : at]]
    exact = (
        exact and not _is_open(before) and not (following[:1] and _goes_on(following, text[words[at + upto - 1][2] :]))
    )
    return Span(length, unit >= timedelta(days=1), exact, words[at][1], words[at + upto - 1][2]), at + upto


def _part(words: list[str]) -> tuple[timedelta, timedelta, bool, int] | None:
    """Amount and unit at the head of `words`: length, unit, whether it is exact, and how many words they are."""
    if words and words[0] in _ONE:
        return _ONE[words[0]], _ONE[words[0]], True, 1
    amount = _amount(words)
    if amount is None:
        return None
    upto = amount.upto
    upto += words[upto : upto + 1] == ["of"]
    upto += words[upto : upto + 1] in (["a"], ["an"], ["one"])
    if (
        words[upto : upto + 1] == ["x"]
        and words[upto + 1 : upto + 2] == ["24"]
        and words[upto + 2 : upto + 3] == ["jam"]
    ):
        return _times(timedelta(days=1), amount.value), timedelta(hours=1), amount.exact, upto + 3
    if upto < len(words) and words[upto] in _ONE and amount.value < 1:
        return _times(_ONE[words[upto]], amount.value), _ONE[words[upto]], amount.exact, upto + 1
    if upto >= len(words) or words[upto] not in _UNIT:
        return None
    unit = _UNIT[words[upto]]
    return _times(unit, amount.value), unit, amount.exact, upto + 1


def _amount(words: list[str]) -> _Amount | None:
    """A number at the head of `words`, with what it is a half of: "1,5", "satu setengah", "tiga perempat", "1 1/2"."""
    if words[:1] and words[0] in _FRACTION:
        return _Amount(_FRACTION[words[0]], True, 1)
    whole = _number(words)
    if whole is None:
        return _Amount(Fraction(1), True, 0) if words[:1] and words[0] in ("a", "an") else None
    behind = words[whole.upto :]
    if behind[:1] == ["/"] and behind[1:2] and (words[0], behind[1]) in _WRITTEN:
        return _Amount(_WRITTEN[words[0], behind[1]], True, whole.upto + 2)
    if behind[:1] and behind[0] in _QUARTERS:
        return _Amount(whole.value / 4, whole.exact, whole.upto + 1)
    if behind[:1] and behind[0] in _HALF:
        return _Amount(whole.value + Fraction(1, 2), whole.exact, whole.upto + 1)
    if behind[:3] == ["and", "a", "half"]:
        return _Amount(whole.value + Fraction(1, 2), whole.exact, whole.upto + 3)
    if tuple(behind[0:3:2]) in _WRITTEN and behind[1:2] == ["/"]:
        return _Amount(whole.value + _WRITTEN[behind[0], behind[2]], whole.exact, whole.upto + 3)
    return whole


def _number(words: list[str]) -> _Amount | None:
    if not words:
        return None
    if words[0][0].isdecimal():
        return _digits(words)
    hundreds = rest = upto = 0
    for word in words:
        last = words[upto - 1] if upto else ""
        if upto and _TIMES.get(word) == 10 and 0 < rest < 10:
            rest *= 10
        elif upto and _TIMES.get(word) == 100 and 0 < rest < 10 and not hundreds:
            hundreds, rest = rest * 100, 0
        elif word in _AND_TEN and 0 < rest < 10:
            rest += 10
        elif word in _HUNDRED and not upto:
            hundreds = 100
        elif word in _NUMBER and (not rest or (rest >= 20 and rest % 10 == 0 and _NUMBER[word] < 10)):
            rest += _NUMBER[word]
        elif not (word == "-" and rest >= 20) and not (
            word in ("and", "dan") and (last in _HUNDRED or _TIMES.get(last) == 100)
        ):
            break
        upto += 1
    total = hundreds + rest
    return _Amount(Fraction(total), True, upto) if total else None


def _digits(words: list[str]) -> _Amount:
    """ "30", "1,5", "1.5"; of "2.30" nobody knows whether it is a decimal or hours and minutes."""
    whole, _, decimals = re.sub("[.,:]", ".", words[0]).partition(".")
    is_plain = not decimals or (
        ":" not in words[0] and (len(decimals) == 1 or (decimals in ("25", "75") and "," in words[0]))
    )
    value = Fraction(f"{whole}.{decimals}" if decimals else whole)
    return _Amount(value, is_plain and value > 0, 1)


def _is_open(before: list[str]) -> bool:
    """Whether what stands ahead makes a range of it ("1-2 jam") or its lower end ("minimal 2 jam", "lebih dari 2 jam")."""
    if not before:
        return False
    ahead = next((word for word in reversed(before) if word not in _OR), "")
    if before[-1] in _OR[:-3] or before[-3:] in (["s", "/", "d"], [".", "d", "."]) or before[-2:] == [".", "d"]:
        return ahead in _FRACTION or _number([ahead] if ahead else []) is not None
    if _number(before[-1:]) is not None:  # a number that is not understood as a whole
        return True
    if before[-1] == "dari":
        return before[-2:-1] in (["lebih"], ["labiah"])
    return before[-1] in _OPEN or before[-2:] in (["paling", "sedikit"], ["paling", "cepat"], ["at", "least"])


def _goes_on(following: list[str], behind: str) -> bool:
    """Whether more belongs to it that is not understood: "2 jam lebih", "2 jam 15", "2 hari kerja", "2 jam kurang 10"."""
    first = following[0]
    if first in ("-", "–"):
        return bool(following[1:2]) and (following[1][0].isdecimal() or following[1] in _NUMBER)
    if first == "atau":
        return True
    return first in _MORE or (first[0].isdecimal() and behind[:1] == " ")


def _times(unit: timedelta, amount: Fraction) -> timedelta:
    return unit * amount.numerator / amount.denominator
