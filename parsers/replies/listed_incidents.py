"""Which incidents of a list some words speak of: by number, by who reported, by what it is about, by place, or all.

Nothing is decided here. A reference that may mean two incidents means both, and is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parsers.words.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Listed:
    """One incident of a list that somebody answers.

    Attributes:
        accepted: the decisions that answer what is asked there.
        names: what the office that reported is called, its whole name first.
        about: the Hal of its letter; "" where none is known.
        label: what is asked, as the list calls it.
        decides: whether the answer decides something that the procedure never decides by itself.
    """

    number: str
    accepted: tuple[str, ...]
    names: tuple[str, ...] = ()
    about: str = ""
    label: str = ""
    decides: bool = True

    @property
    def serial(self) -> int:
        return int(self.number.rpartition("-")[2])


class Kind(StrEnum):
    """How a reference names its incidents."""

    ONE = "satu per satu"
    ALL = "semua"
    REST = "selebihnya"
    EXCEPT = "kecuali"


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents that are named together.

    Attributes:
        members: by their index in the list, in the order in which they are named; of REST and ALL it is for the reader
            of the whole text to say.
        sure: False where it may mean others.
        joined: whether its last member is only joined by a comma or a new line.
        elsewhere: numbers of ours that the list does not hold.
    """

    kind: Kind
    members: tuple[int, ...]
    sure: bool = True
    joined: bool = False
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    group: Group


NEAR = 40
"""Characters in front of a reference that may say what it is."""
_NOT_ALL = re.compile(
    r"\b(?:tidak|tdk|ga|gak|nggak|enggak|ngga|ndak|indak|tak|nda|kagak|bukan|bkn|jangan|jgn|belum|blm|not)"
    r"(?: (?:perlu|usah|berarti|dengan|untuk yang))? $",
    re.IGNORECASE,
)
"""In front of "semua": then it is some of them, or none."""
_COUNTED = {2: "dua", 3: "tiga", 4: "empat", 5: "lima"}
_ORDINALS = {1: "pertama|kesatu", 2: "kedua", 3: "ketiga", 4: "keempat", 5: "kelima", 6: "keenam"}
_THEM = r"(?:insiden|laporan|permintaan|surat|nomor|gangguan|surel)(?:nya)?"
_END = r"(?=\s*(?:$|[\n,.;:!|=()✅❌👍–-]))"
_SAYS = (
    r"(?=\s+(?:sudah |telah |saya |kami |langsung |segera |mohon |tolong |di-?)?(?:ya|y|iya|iyo|yes|tidak|tdk|bukan|"
    r"setuju\w*|disetujui|acc|ok|oke|okay|(?:di)?tolak|(?:di)?terus\w*|disposisi\w*|(?:di)?kirim\w*|(?:di)?terima|"
    r"(?:di)?kembalikan|(?:di)?perbaiki|(?:di)?tugaskan|(?:di)?lanjut\w*|darurat|tunggu|kecuali|selain|juga|saja|aja|pak|bu|bapak|ibu)\b)"
)
_ALL = re.compile(
    rf"\b(?:(?:untuk |utk )?(?:semua|semuanya|smua|seluruhnya|kesemuanya|masing-masing|all)(?: {_THEM})?"
    rf"(?: (?:yang )?(?:di atas|di bawah|tersebut|ini|tercantum|menunggu))?|{_THEM} semua(?:nya)?)(?:{_END}|{_SAYS})",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"(?:(?:(?<=^)|(?<=[,;.\n/]))\s{{0,3}}|\b(?:dan|sedangkan|untuk|utk|tapi|tetapi|sementara|namun|sisanya)\s+)"
    rf"(?:(?:yang|yg|{_THEM})\s*)?(?:lain-lain|lain(?:nya)?|sisanya|selebihnya|selain itu)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    rf"\b(?:ter)?(?:kecuali|selain|minus|di luar|tidak termasuk)(?:\s+(?:yang|yg|untuk|utk|dari|opd|milik|{_THEM}|no\.?))*\s*$",
    re.IGNORECASE,
)
_ADJACENT = re.compile(r"(?:\s|[():|\t–-]|\b(?:dari|opd|milik|no\.?|nomor|insiden|yang|yg|untuk)\b)*", re.IGNORECASE)
_AND = re.compile(
    r"(?:[^\S\n]*(?:[,;&+/]|\b(?:dan|serta|juga|maupun)\b)\s*)+(?:(?:no\.?|nomor|insiden|yang|yg|untuk|utk|opd)\s+)*",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\s*(?:-|–|s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*", re.IGNORECASE)
_AT_HEAD = r"(?:(?<=^)|(?<=[\n,;.!|/(])|(?<=[\n,;.!|/(•*-] )|(?<=\bdan )|(?<=& )|(?<=\bsedangkan )|(?<=\btapi ))"
_BESIDE_NUMBER = r"(?:(?<=\d )|(?<=\d: )|(?<=\d, )|(?<=\d\()|(?<=\d \()|(?<=\d - )|(?<=\d \| )|(?<=\d\|))"
_CALLED = r"(?:(?<=\byang )|(?<=\byg )|(?<=\buntuk )|(?<=\butk )|(?<=\bopd )|(?<=\bdari )|(?<=\bbagi )|(?<=\bkecuali )|(?<=\bselain ))"
_OF_AN_OFFICE = re.compile(r"\b(?:dinas|badan|biro|kantor|unit|provinsi|daerah|dan|sumatera|barat|rsud|kota)\b")
_SHORT = re.compile(r"(?:din|dis|disk|bap|bad|bk|bp|sek|set|sat|rs|kes)[a-z]{2,9}|[a-z]{3,6}")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "lain lainnya darurat layanan gangguan sudah belum tidak bukan kedua pertama ketiga mana ini itu semua ada kami "
        "saya bisa dapat akan perlu harus masih sedang data baik benar siap sama segera tolong mohon dinas badan biro",
    )
)


def groups_in(text: str, listed: Sequence[Listed], numbers: Numbers) -> list[str | Group]:
    """`text` as the words and, between them, the groups of incidents that it names; it begins and ends with words."""
    spans = _without_overlaps(_spans(text, listed, numbers))
    found: list[str | Group] = [""]
    at = 0
    for span in spans:
        between, before = text[at : span.start], found[-1] if len(found) > 1 and at else None
        last = found[-2] if before is not None and isinstance(found[-2], Group) else None
        if last is not None and not found[-1] and (merged := _merged(last, between, span.group, listed)):
            found[-2] = merged
        else:
            kind, words = span.group.kind, between
            if kind is Kind.ONE and (excepted := _EXCEPT.search(between)):
                kind, words = Kind.EXCEPT, between[: excepted.start()]
            found[-1] = f"{found[-1]}{words}"
            found += [_as(kind, span.group), ""]
        at = span.end
    found[-1] = text[at:]
    return found


def _as(kind: Kind, group: Group) -> Group:
    return Group(kind, group.members, group.sure, group.joined, group.elsewhere)


def _merged(one: Group, between: str, other: Group, listed: Sequence[Listed]) -> Group | None:
    """Both as one group, where only "and", or nothing at all, stands between them; None where something else does."""
    members = tuple(dict.fromkeys((*one.members, *other.members)))
    elsewhere = tuple(dict.fromkeys((*one.elsewhere, *other.elsewhere)))
    kinds, sure = {one.kind, other.kind}, one.sure and other.sure
    if one.kind is Kind.EXCEPT and other.kind is not Kind.ONE:
        return None
    kind = Kind.EXCEPT if Kind.EXCEPT in kinds else Kind.ONE if kinds == {Kind.ONE} else Kind.ALL
    if kinds == {Kind.ONE} and _UP_TO.fullmatch(between) and one.members and other.members:
        low, high = listed[one.members[-1]].serial, listed[other.members[0]].serial
        between_them = [index for index, each in enumerate(listed) if low <= each.serial <= high]
        return Group(kind, tuple(dict.fromkeys((*members, *between_them))), sure and low < high)
    if _AND.fullmatch(between):
        last_comma = re.search(r"dan|serta|maupun|&|\+", between) is None
        return Group(kind, members, sure, last_comma, elsewhere)
    if not _ADJACENT.fullmatch(between) or "\n" in between or kinds != {Kind.ONE}:
        return None
    # "0007 (Dinkes)": one incident, named twice; where the two do not agree nobody knows which is meant.
    both = tuple(index for index in one.members if index in other.members)
    agree = bool(both) and not one.elsewhere and not other.elsewhere
    narrowed = min((one, other), key=lambda each: len(each.members) or 99)
    return Group(kind, both if agree else members, agree and (narrowed.sure or len(both) == 1), elsewhere=elsewhere)


def _without_overlaps(spans: Iterable[_Span]) -> list[_Span]:
    kept = list[_Span]()
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _spans(text: str, listed: Sequence[Listed], numbers: Numbers) -> Iterator[_Span]:
    for names in (_by_number(text, listed, numbers), _by_name(text, listed), _by_ordinal(text, listed)):
        yield from names
    for found in _ALL.finditer(text):
        denied = _NOT_ALL.search(text[max(0, found.start() - NEAR) : found.start()]) is not None
        yield _Span(found.start(), found.end(), Group(Kind.ALL, (), sure=not denied))
    for count, word in _COUNTED.items():
        these = rf"{_THEM} (?:di atas|tersebut|itu|ini)"
        both = rf"(?:ke)?{word}[- ]?(?:ke)?{word}nya|ke{word}nya|{word}2nya|ke{word} {_THEM}|(?:{count}|{word}) {these}"
        for found in re.finditer(rf"\b(?:{both})\b", text, re.IGNORECASE):
            denied = _NOT_ALL.search(text[max(0, found.start() - NEAR) : found.start()]) is not None
            all_of_them = count == len(listed) and not denied
            yield _Span(found.start(), found.end(), Group(Kind.ALL, (), sure=all_of_them))
    for found in _REST.finditer(text):
        yield _Span(found.start(), found.end(), Group(Kind.REST, ()))


def _by_number(text: str, listed: Sequence[Listed], numbers: Numbers) -> Iterator[_Span]:
    prefix = "|".join(map(re.escape, numbers.prefixes)) or r"(?!)"
    lead = r"(?:\b(?:insiden|nomor|nomer|no\.?|tiket)\s*:?\s*|#\s*)"
    whole = rf"(?:{lead})*\[?\b(?:{prefix})-(?P<year>20\d\d)-(?P<whole>\d{{3,6}})\b\]?"
    short = rf"(?:{lead})*\b(?:{prefix})[- ]?(?P<short>\d{{1,6}})\b(?!-)"
    of_year = rf"(?:{lead})*\b(?P<in_year>20\d\d)-(?P<of_year>\d{{3,6}})\b"
    padded = rf"(?:{lead})*(?<![\w./+-])(?<!\b\d[,:])(?<!\b\d\d[,:])(?<!pukul )(?<!jam )(?P<padded>0\d{{2,4}})\b(?![-./:]\d|\s?-?\d{{3}}|\s*wib)"
    said = rf"{lead}+(?P<said>\d{{1,3}})\b(?![./:]?\d|[/-])"
    for found in re.finditer(rf"{whole}|{short}|{of_year}|{padded}|{said}", text, re.IGNORECASE):
        year = found["year"] or found["in_year"] or ""
        digits = next(found[name] for name in ("whole", "short", "of_year", "padded", "said") if found[name])
        members = tuple(
            index
            for index, one in enumerate(listed)
            if one.serial == int(digits) and (not year or f"-{year}-" in one.number)
        )
        sure, elsewhere = len(members) == 1, () if members else (found[0].strip(" []"),)
        if found["said"] and int(digits) <= len(listed) and (int(digits) - 1,) != members:
            # "no. 2" may be the second of the list; where another one bears that number nobody knows.
            members, sure, elsewhere = (*members, int(digits) - 1), not members, ()
        yield _Span(found.start(), found.end(), Group(Kind.ONE, members, sure, elsewhere=elsewhere))


def _by_ordinal(text: str, listed: Sequence[Listed]) -> Iterator[_Span]:
    for place, words in _ORDINALS.items():
        pattern = (
            rf"(?:{_AT_HEAD}|{_CALLED})(?:{_THEM} |nomor )?(?:yang |yg )?\b(?:{words})\b(?! (?:{_THEM}|kali)|-|nya)"
        )
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if place <= len(listed):
                yield _Span(found.start(), found.end(), Group(Kind.ONE, (place - 1,)))
    for found in re.finditer(rf"(?:{_AT_HEAD}|{_CALLED})(?:yang |yg )?\bterakhir\b(?! kali)", text, re.IGNORECASE):
        yield _Span(found.start(), found.end(), Group(Kind.ONE, (len(listed) - 1,)))


def _by_name(text: str, listed: Sequence[Listed]) -> Iterator[_Span]:
    whole = sorted({name for one in listed for name in one.names if name}, key=len, reverse=True)
    called = [rf"{re.escape(name)}" for name in whole]
    head = rf"(?:{_AT_HEAD}|{_CALLED}|{_BESIDE_NUMBER})"
    pattern = rf"{head}(?:(?:yang|yg|opd|untuk|utk) )?(?P<name>{'|'.join([*called, '[a-z]{3,}'])})\b"
    for found in re.finditer(pattern, text, re.IGNORECASE):
        known = found["name"].lower()
        after = text[found.end() : found.end() + 30]
        plainly = re.match(rf"\s*[:=|,;.–)-]|\s*$|\s*\n|\s+(?:(?:dan|serta)\b|&)|{_SAYS}", after, re.IGNORECASE)
        if not plainly:
            continue
        members = _called(known, listed, marked=_is_called(text, found.start("name")))
        if members:
            yield _Span(found.start(), found.end(), Group(Kind.ONE, members, len(members) == 1))


def _is_called(text: str, start: int) -> bool:
    return (
        re.search(r"\b(?:yang|yg|opd|untuk|utk|dari|bagi) $", text[max(0, start - NEAR) : start], re.IGNORECASE)
        is not None
    )


def _called(word: str, listed: Sequence[Listed], *, marked: bool) -> tuple[int, ...]:
    """Whom `word` calls, by the surest way that finds any; `marked`: it stands behind "yang", "untuk" or the like."""
    ways: list[Callable[[Listed], bool]] = [lambda one: any(word == name.lower() for name in one.names)]
    if word not in _COMMON:
        ways.append(lambda one: any(word.upper() in re.findall(r"\b[A-Z]{3,}\b", name) for name in one.names))
        ways.append(lambda one: any(word in _initials(name) for name in one.names))
        if _SHORT.fullmatch(word) and word.startswith(("d", "b", "s", "r", "k")):
            ways.append(lambda one: any(_shortens(word, name) for name in one.names))
        if marked and len(word) >= 4:
            ways.append(lambda one: any(word in _words(name) for name in one.names) or word in _words(one.about))
    for way in ways:
        if found := tuple(index for index, one in enumerate(listed) if way(one)):
            return found
    return ()


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", _OF_AN_OFFICE.sub(" ", text.lower())))


def _initials(name: str) -> set[str]:
    words = [word for word in re.findall(r"[a-z]+", name.lower()) if word != "dan"]
    letters = "".join(word[0] for word in words)
    return {letters[:size] for size in range(3, len(letters) + 1)}


def _shortens(word: str, name: str) -> bool:
    """Whether `word` is made of beginnings: "dinkes" and "disdik" of "Dinas Kesehatan" and "Dinas Pendidikan"."""
    words = [each for each in re.findall(r"[a-z]+", name.lower()) if each != "dan"]
    if len(words) < 2 or len(word) < 5:
        return False
    if _of_beginnings(word, words) or (len(word) >= 7 and _runs_through(word, words[1:])):
        return True
    rest = word[3:]
    known = word[:3] in (words[0][:3], f"{words[0][:2]}s")
    return known and (any(rest in each for each in words[1:]) or _runs_through(rest, words[1:]))


def _of_beginnings(letters: str, words: Sequence[str]) -> bool:
    """Whether `letters` are the beginnings of all these words, in order: "bappeda"."""
    if not letters or not words:
        return not letters and not words
    return any(
        words[0].startswith(letters[:size]) and _of_beginnings(letters[size:], words[1:])
        for size in range(1, len(letters) + 1)
    )


def _runs_through(letters: str, words: Sequence[str]) -> bool:
    """Whether `letters` are pieces of two letters or more of these words, in order."""
    if not letters:
        return True
    return any(
        letters[:size] in word and _runs_through(letters[size:], words[place + 1 :])
        for size in range(len(letters), 1, -1)
        for place, word in enumerate(words)
    )
