"""One answer to several questions at once: what it decides of each incident that a reminder named.

"Semua ya kecuali 0012", "0007 ya, 0009 tidak karena listrik padam", a list, a table, "1. ya 2. tidak". The words that
belong to an incident are read as a single answer to its question is, and with the same certainty. Where it is in doubt
to which incident words belong they decide nothing, and no word of the author's is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from parsers.replies.answer import MAX_ANSWER, Answer, read_answer
from parsers.replies.answer_clauses import bare_words
from parsers.replies.courtesy import is_courtesy
from parsers.replies.hesitation import doubt
from parsers.replies.listed_incidents import Group, Kind, Listed, groups_in
from parsers.replies.word_groups import LITERAL, SIGN, TWO_WAYS, Said, has_sign, said_of_each
from parsers.words.numbers import Numbers
from parsers.words.wrapped import unwrapped

NOT_NAMED = "jawaban yang belum menyebut insiden yang dimaksud"
NO_WORDS = "insiden yang disebut tanpa jawaban yang pasti"
EXCEPTED = "insiden yang dikecualikan dari jawaban untuk yang lain"
OTHERS_WORD = "jawaban yang tidak termasuk pilihan untuk langkah ini"
CONTRARY = "dua jawaban yang berbeda untuk insiden yang sama"

_ONE_REPORT = ("laporan",)
"""What tells of one incident, and is no answer for another one beside it."""
_HEADINGS = re.compile(
    r"(?m)^[\s|]*(?:(?:no\.?|nomor|nomer|insiden|opd|perangkat daerah|tahap|langkah|hal|perihal|keputusan|jawaban|"
    r"keterangan|alasan|catatan|status|analisis)[\s|/:]*)+$|^[\s|:+=_-]+$",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(r"^\W*(?:juga|sama(?: juga)?|idem|sda|begitu juga|demikian juga|(?:ya )?sama saja)\W*$", re.I)
_SLIPPED = re.compile(
    r"\b(?:kebalik|terbalik|tertukar|ketukar|eh|(?:maksud|jawaban)(?:nya| saya| kami) (?:salah|keliru|adalah)|maksud saya|"
    r"(?:salah|keliru) (?:ketik|tulis|jawab|pencet|nomor|insiden|balas))\b",
    re.IGNORECASE,
)
"""Takes back more than what it stands beside."""
_ITEM = re.compile(
    rf"(?:(?<=^)|(?<=\n)|(?<=[\s,;]))(\d{{1,4}})\s*(?:[.):=]|-(?=\s)|(?=\s(?:{SIGN.pattern})))\s*(?=[^\d\s])",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(r"(?m)^[ \t|]*\d{1,2}[.)|][ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Several:
    """What was understood.

    Attributes:
        answers: by number of the incident; those of which nothing was said have none.
        elsewhere: numbers of ours, as written, that are not in the list.
        named: whether any incident was named; else it is one word for all of them, or for nobody knows which.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads words as the answer to one of the questions."""

    listed: Sequence[Listed]
    sent: datetime
    numbers: Numbers

    def answer(self, index: int, words: str) -> Answer:
        one, read = self.listed[index], self.alone(index, words)
        if read.decision and (foreign := self._of_another(one, words, read.decision)):
            return Answer("", read.text, foreign)
        return read

    def alone(self, index: int, words: str) -> Answer:
        """As a single answer, whatever else was asked."""
        one = self.listed[index]
        return read_answer(words, one.accepted, self.sent, one.number, self.numbers)

    def _of_another(self, one: Listed, words: str, decision: str) -> str:
        """Why the word is another question's: it is offered beside this one, but not for it. YA alone is always one."""
        if says(words, decision):
            return ""
        others = ({word for other in self.listed for word in other.accepted} | {"ya"}) - set(one.accepted)
        return OTHERS_WORD if any(says(words, other) for other in sorted(others)) else ""


def says(words: str, decision: str) -> bool:
    """Whether the word itself stands among `words`, in whichever form."""
    spelt = LITERAL.get(decision, re.escape(decision).replace("_", r"[\s_-]+"))
    return re.search(rf"\b(?:{spelt})\b", bare_words(words), re.IGNORECASE) is not None


def read_several(text: str, listed: Sequence[Listed], sent: datetime, numbers: Numbers | None = None) -> Several:
    """What `text` (own words only) decides of the incidents `listed`, in the order in which they were listed.

    Args:
        sent: aware; what relative times count from.
        numbers: what our numbers look like; None: like those listed.
    """
    numbers = numbers or Numbers.like(listed[0].number)
    text = unwrapped(text.strip())
    reader = _Reader(listed, sent, numbers)
    if len(text) > MAX_ANSWER:
        long = Answer("", text, "jawaban yang terlalu panjang untuk dibaca otomatis")
        return Several({one.number: long for one in listed}, named=False)
    pieces = groups_in(_LIST_ITEM.sub("", _HEADINGS.sub("", text)), listed, numbers)
    if len(pieces) == 1:
        return _by_place(text, reader) or _one_word(text, reader)
    said = said_of_each(pieces)
    elsewhere = tuple(dict.fromkeys(number for one in said for number in one.group.elsewhere))
    epilogue = doubt(bare_words(_last_words(pieces[-1])))
    answers = {listed[index].number: answer for index, answer in _answers(said, reader).items()}
    if epilogue or _SLIPPED.search(text):
        reason = epilogue or "jawaban yang memuat ralat"
        answers = {
            number: replace(answer, decision="", understood=answer.understood or reason)
            if answer.kind != "ralat"
            else answer
            for number, answer in answers.items()
        }
    return Several(answers, elsewhere)


def _last_words(after: str | Group) -> str:
    """What stands behind the last incident that is named, but for the sentence that speaks of it."""
    parts = re.split(r"(?<=[.!?])\s+|\n", after.strip() if isinstance(after, str) else "", maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


# One word, or one list without names --------------------------------------------------------------------------------


def _one_word(text: str, reader: _Reader) -> Several:
    """No incident is named: only an offered word that no other of the questions takes says which one is meant."""
    read = {index: reader.answer(index, text) for index in range(len(reader.listed))}
    certain = {index: one for index, one in read.items() if one.decision and says(text, one.decision)}
    possible = [index for index, one in read.items() if one.decision]
    if len(certain) == 1 and possible == list(certain):
        ((index, answer),) = certain.items()
        return Several({reader.listed[index].number: answer}, named=False)
    for_any = [index for index in read if reader.alone(index, text).decision]
    unclear = {reader.listed[index].number: Answer("", text, NOT_NAMED) for index in for_any}
    return Several(unclear, named=False)


def _by_place(text: str, reader: _Reader) -> Several | None:
    """ "1. ya 2. tidak": one item for each incident, in their order; "7 ya, 9 tidak": each by its number. Every item begins
    with a word that answers. None where it is no such list, or where a number may mean a place and an incident.
    """
    items = list(_ITEM.finditer(text))
    named = [int(item[1]) for item in items]
    serials = {one.serial: index for index, one in enumerate(reader.listed)}
    by_serial = [serials.get(each, -1) for each in named]
    by_place = [each - 1 for each in named]
    if by_place != list(range(len(reader.listed))):
        by_place = []
    indexes = by_serial if -1 not in by_serial and len({*named}) == len(named) else by_place
    ambiguous = any(each in serials and serials[each] != each - 1 for each in named if each <= len(reader.listed))
    if not items or not indexes or ambiguous or (len(items) < 2 and indexes is by_place):
        return None
    before = text[: items[0].start()].strip()
    ends = [*(item.start() for item in items[1:]), len(text)]
    words = [text[item.end() : end].strip(" \n,;") for item, end in zip(items, ends, strict=True)]
    if has_sign(before) or not all(SIGN.match(each.lstrip(" *_\"'")) for each in words):
        return None
    greets = not before or is_courtesy(before)
    told = words if greets else [f"{before}\n{each}" for each in words]
    return Several({reader.listed[at].number: reader.answer(at, each) for at, each in zip(indexes, told, strict=True)})


# Answers ------------------------------------------------------------------------------------------------------------


def _answers(said: Sequence[Said], reader: _Reader) -> dict[int, Answer]:
    """By index of the incident: first what is said of single ones, then of all, and of the rest."""
    alone, excepted = dict[int, list[Answer]](), set[int]()
    last = ""
    for one in said:
        words = last if _AS_BEFORE.match(one.words) and last else one.words
        last = words or last
        if one.group.kind is Kind.ONE:
            for index, answer in _of_each(replace(one, words=words), one.group.members, reader).items():
                alone.setdefault(index, []).append(answer)
        elif one.group.kind is Kind.EXCEPT:
            excepted |= set(one.group.members)
            for index, answer in _of_excepted(one, reader).items():
                alone.setdefault(index, []).append(answer)
    found = {index: _agreed(answers) for index, answers in alone.items()}
    together = dict[int, list[Answer]]()
    for one in said:
        if one.group.kind not in (Kind.ALL, Kind.REST):
            continue
        members = tuple(index for index in range(len(reader.listed)) if index not in found)
        for index, answer in _of_all(one, members, reader).items():
            together.setdefault(index, []).append(answer)
    return found | {index: _agreed(answers) for index, answers in together.items()}


def _of_each(one: Said, members: Sequence[int], reader: _Reader) -> dict[int, Answer]:
    answers = {index: _read(one, index, reader) for index in members}
    if len(answers) > 1:
        answers = {
            index: Answer("", answer.text, TWO_WAYS) if answer.decision in _ONE_REPORT else answer
            for index, answer in answers.items()
        }
        if len({reader.listed[index].accepted for index in members}) > 1:
            answers = {index: _literally(answer, one.words) for index, answer in answers.items()}
    return answers


def _of_all(one: Said, members: Sequence[int], reader: _Reader) -> dict[int, Answer]:
    """What one word says of all: whoever decides so of everything has not looked at each, so it must answer each."""
    answers = _of_each(one, members, reader)
    fits_all = all(answer.decision for answer in answers.values())
    return {
        index: Answer("", answer.text, OTHERS_WORD)
        if answer.decision and reader.listed[index].decides and not fits_all
        else answer
        for index, answer in answers.items()
    }


def _of_excepted(one: Said, reader: _Reader) -> dict[int, Answer]:
    """What is said of an exception decides only where it begins with the word itself."""
    answers = {index: _read(one, index, reader) for index in one.group.members}
    return {
        index: answer
        if answer.decision and SIGN.match(one.words) and says(one.words, answer.decision)
        else Answer("", one.words, EXCEPTED)
        for index, answer in answers.items()
    }


def _read(one: Said, index: int, reader: _Reader) -> Answer:
    if one.why or not re.search(r"[^\W_]|[✅❌👍👎✔✖]", one.words):
        return Answer("", one.words, one.why or NO_WORDS)
    return reader.answer(index, one.words)


def _literally(answer: Answer, words: str) -> Answer:
    """An answer to different questions at once answers those whose own word it says."""
    if not answer.decision or says(words, answer.decision):
        return answer
    return Answer("", answer.text, OTHERS_WORD)


def _agreed(answers: Sequence[Answer]) -> Answer:
    if len({answer.decision for answer in answers}) == 1:
        return answers[0]
    return Answer("", "\n".join(answer.text for answer in answers), CONTRARY)
