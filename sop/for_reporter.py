"""What of an official's words is for whoever reported: not what it orders others, advises superiors, or keeps back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sop.details import Details
from sop.procedure import Procedure, Stage

_SENTENCE = re.compile(
    r"(?<=[.!?;])(?<!\b[A-Z]\.)(?<!\b(?i:no)\.)(?<!\b(?i:bpk|sdr|plh|plt|yth)\.)(?<!\b(?i:sdri)\.)(?<!\b(?i:koord)\.)\s+|\n+"
)
_WORD = re.compile(r"\w+")
_HEADING_ALONE = re.compile(r":[ \t]*\n\s*")
_KEPT_BACK = re.compile(
    r"\bjangan\b[^.;!?\n]{0,60}\b(?:di)?(?:sampai(?:kan)?|beri ?tahu\w*|kabar\w*|info\w*|bocor\w*|terus(?:kan)?|"
    r"umum\w*|bilang|cerita\w*|kata(?:kan)?|ungkap\w*|sebut\w*|bagi(?:kan)?)\b[^.;!?\n]{0,60}"
    r"\b(?:opd|pelapor\w*|perangkat daerah|dinas|instansi|pengguna|mereka)\b",
    re.IGNORECASE,
)
"""Whoever writes so means more of their words than this sentence, and does not say which."""
_INTERNAL = re.compile(
    r"(?:^|(?<=[\s(\[]))(?:(?:catatan|keterangan|info(?:rmasi)?|pesan|hal|khusus|untuk)\s{1,3}){0,2}(?:internal|rahasia)\b[^:\n]{0,30}[:=]",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"(?:^|(?<=[\s(\[]))(?:saran|rekomendasi|usul(?:an)?|masukan|(?:rencana\s{1,3})?tindak\s{1,3}lanjut)\b[^:.;\n]{0,30}[:=]"
    r"|(?<=\s)catatan\b[^:.;\n]{0,30}[:=]",
    re.IGNORECASE,
)
_OTHER_HEADING = re.compile(
    r"^\W{0,4}(?:penyebab|sebab|akar masalah|tindakan|penanganan|yang dilakukan|langkah|hasil|status|kondisi|"
    r"mulai|selesai|waktu|alasan|penjelasan|analisis)\b[^:\n]{0,25}[:=]",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = r"\W+"
_ENDS = " \t\r\n,;:–—-(["
_SURE = 3
"""Words in a row that are no chance."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was answered.

    Attributes:
        by_team: who is asked there is a team; what it advises is for its own superiors.
        others: how the other officials are called, lower case; what they are asked for concerns nobody else.
    """

    by_team: bool = False
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, procedure: Procedure, stage: Stage) -> Place:
        roles = [(role, label) for role, label in procedure.roles if role != stage.role]
        names = {name for role, label in roles for name in (role.replace("_", " "), label.lower())}
        return cls(stage.assigned, tuple(sorted(names, key=lambda name: (-len(name), name))))


@dataclass(frozen=True, slots=True)
class _Meant:
    """What of some words is meant for the reporter, and the sentences that are not."""

    text: str
    left_out: tuple[str, ...] = ()


def result_for_reporter(text: str, details: Details, labels: Mapping[str, str], place: Place) -> str:
    """What the reporter reads of an answer: of a report of handling what was found, done and reached; "" for nothing.

    `labels`: what stands before "penyebab", "tindakan" and "hasil".
    """
    shared = shared_details(text, details, place)
    said = (("penyebab", shared.cause), ("tindakan", shared.actions), ("hasil", shared.result))
    parts = [f"{labels[name]}: {value.rstrip(' .;')}" for name, value in said if value]
    return "; ".join(parts) or words_for_reporter(text, details, place)


def words_for_reporter(text: str, details: Details, place: Place) -> str:
    """`text`, an answer's own words, as the reporter may read it. In doubt "": nothing of it."""
    meant = _meant(text, details.directions or "", place)
    return meant.text if meant is not None else ""


def shared_details(text: str, details: Details, place: Place) -> Details:
    """What a report of handling found, did and reached, and when; nothing else that it says besides."""
    times = Details(started_at=details.started_at, finished_at=details.finished_at)
    meant = _meant(text, details.directions or "", place)
    if meant is None:
        return times
    cause, actions, result = (
        _without(value or "", meant.left_out, place) or None
        for value in (details.cause, details.actions, details.result)
    )
    return replace(times, cause=cause, actions=actions, result=result)


def _meant(text: str, directions: str, place: Place) -> _Meant | None:
    """None where it is not certain what is meant for them."""
    if _KEPT_BACK.search(text):
        return None
    kept, left_out = _without_internal(text, place)
    ordered = _ordered(text, directions)
    if ordered is None:
        return None
    for_others = [*ordered, *_asked_of_others(text, place)]
    for sentence in for_others:
        kept = kept.replace(sentence, "")
    return _Meant(_tidy(kept), (*left_out, *for_others))


def _without_internal(text: str, place: Place) -> tuple[str, list[str]]:
    """The text without what stands below headings that are not for the reporter, up to the next that is; and that."""
    kept, left_out, done = "", list[str](), 0
    while (heading := _heading(text, done, place)) is not None:
        kept += text[done:heading]
        other = _OTHER_HEADING.search(text, heading + 1)
        done = other.start() if other else len(text)
        left_out += _SENTENCE.split(text[heading:done])
    return kept + text[done:], [sentence.strip() for sentence in left_out if _WORD.search(sentence)]


def _heading(text: str, begin: int, place: Place) -> int | None:
    found = [pattern.search(text, begin) for pattern in ((_INTERNAL, _ADVICE) if place.by_team else (_INTERNAL,))]
    return min((match.start() for match in found if match), default=None)


def _asked_of_others(text: str, place: Place) -> list[str]:
    """The sentences that ask other officials for something, also those whom nobody passes an order on to."""
    if not place.others:
        return []
    called = "|".join(map(re.escape, place.others))
    spoken_to = re.compile(
        rf"(?:^|[,;:–—-][ \t]{{1,3}}|\bdan[ \t]{{1,3}})\W{{0,4}}"
        rf"(?:(?:yth|pak|bu|bapak|ibu|rekan)\b\.?[ \t]{{1,3}}){{0,3}}"
        rf"(?:{called})\b\W{{1,3}}(?:mohon|tolong|harap|agar|supaya|silakan|jangan)\b(?![ \t]{{1,3}}maaf)|"
        rf"\b(?:mohon|tolong|harap|agar|supaya|minta)[ \t]{{1,3}}(?:{called})\b",
        re.IGNORECASE,
    )
    return [sentence for sentence in _sentences(text) if spoken_to.search(sentence)]


def _ordered(text: str, directions: str) -> list[str] | None:
    """The sentences of `text` that `directions` was made of, in their order; None where some of it is not found."""
    wanted = _words(directions)
    found = list[str]()
    for sentence in _sentences(text):
        if not wanted:
            break
        if taken := _taken(_words(sentence), wanted):
            found.append(sentence)
            wanted = wanted[taken:]
    return None if wanted else found


def _taken(said: Sequence[str], wanted: Sequence[str]) -> int:
    """How many of the words `wanted` a sentence gives: it may begin with a sign or a label, which were left out."""
    for start in range(len(said)):
        same = 0
        for one, other in zip(said[start:], wanted, strict=False):
            if one != other:
                break
            same += 1
        if same >= _SURE or (same > 1 and start + same == len(said)) or (same and same == len(said)):
            return same
    return 0


def _sentences(text: str) -> Iterator[str]:
    """As they stand there; a heading on a line of its own goes with what it heads."""
    headed = {place for match in _HEADING_ALONE.finditer(text) for place in range(*match.span())}
    begin = 0
    for match in _SENTENCE.finditer(text):
        if match.start() in headed:
            continue
        yield text[begin : match.start()]
        begin = match.end()
    yield text[begin:]


def _without(value: str, left_out: Sequence[str], place: Place) -> str:
    """A field of a report, whose lines stand in one, without the sentences that are left out."""
    value, _ = _without_internal(value, place)
    gone = [words for sentence in left_out for words in (_words(sentence), _words(sentence.partition(":")[2]))]
    for words in gone:
        if len(words) >= _SURE:
            value = re.sub(rf"(?i)\b{_BETWEEN.join(words)}\b[.!?;]*", "", value)
    return _tidy(" ".join(one for one in _SENTENCE.split(value) if _words(one) not in gone))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.strip(_ENDS).split("\n"))
    tidied = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return tidied if _WORD.search(tidied) else ""
