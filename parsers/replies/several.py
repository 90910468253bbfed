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
from parsers.words.numbers import Numbers
from parsers.words.wrapped import unwrapped

NOT_NAMED = "jawaban yang belum menyebut insiden yang dimaksud"
NO_WORDS = "insiden yang disebut tanpa jawaban yang pasti"
EXCEPTED = "insiden yang dikecualikan dari jawaban untuk yang lain"
TWO_WAYS = "jawaban yang dapat dibaca untuk lebih dari satu insiden"
OTHERS_WORD = "jawaban yang tidak termasuk pilihan untuk langkah ini"
CONTRARY = "dua jawaban yang berbeda untuk insiden yang sama"

_LITERAL = {
    "ya": r"ya|y|iya|iyo|yes",
    "tidak": r"tidak|tdk|bukan|no",
    "teruskan": r"(?:di)?teruskan|terusin|meneruskan",
    "disposisi": r"(?:di)?disposisi\w*",
    "tugaskan": r"(?:di|me)?(?:tugaskan|nugaskan)|tunjuk",
    "kirim": r"(?:di)?kirim\w*",
    "perbaiki": r"(?:di)?perbaiki|perbaikan|(?:di)?revisi|(?:di)?koreksi",
    "kembalikan": r"(?:di)?kembalikan",
    "diterima": r"(?:di|me)?(?:terima|nerima)(?! kasih)",
    "laporan": r"lapor(?:an)?",
    "progres": r"progres\w*|progress",
    "minta_waktu": r"waktu",
}
_SIGN = re.compile(
    rf"\b(?:{'|'.join(_LITERAL.values())}|setuju\w*|disetujui|menyetujui|acc|ok|oke|okay|(?:di)?tolak|menolak|(?:di)?lanjut\w*|"
    r"laksanakan|silakan|proses|darurat|tunggu|tunda|ditunda|pending|nanti|belum|jangan|batal\w*)\b|[✅❌👍👎✔✖]",
    re.IGNORECASE,
)
_ONE_REPORT = ("laporan",)
"""What tells of one incident, and is no answer for another one beside it."""
_HEADINGS = re.compile(
    r"(?m)^[\s|]*(?:(?:no\.?|nomor|nomer|insiden|opd|perangkat daerah|tahap|langkah|hal|perihal|keputusan|jawaban|"
    r"keterangan|alasan|catatan|status|analisis)[\s|/:]*)+$|^[\s|:+=_-]+$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"(?:\b(?:untuk|utk|u/|buat|bagi|pada|atas)(?:\s+(?:yang|yg|insiden|nomor|no\.?|opd))*|[:=])\s*$")
_LEADS_TO = re.compile(
    r"(?:\b(?:untuk|utk|u/|buat|bagi|pada|atas|yang|yg|insiden|nomor|nomer|no\.?|opd|dari|laporan|dan|sedangkan|sementara|tapi|"
    r"tetapi|namun|serta|lalu|kemudian|adapun|maka)(?=\s|$)|[\s#(:=|*•,;.–-])+$",
    re.IGNORECASE,
)
_RELATES = re.compile(
    r"(?:\w[^,;.\n]*\b(?:dengan|seperti|sama|gabung\w*|digabung\w*|setelah|sesudah|sebelum|karena|akibat|jika|kalau|bila|"
    r"apabila|menunggu|tunggu|asal\w*|ke|sambil|selama|daripada)|\b(?:bukan|atau))\s+(?:(?:yang|yg|insiden|nomor|no\.?)\s+)*$",
    re.IGNORECASE,
)
_NEAR = 120
"""Characters at the end of some words that may say how they hang together with what follows."""
_SEPARATOR = re.compile(r"[,;.\n|/]|\b(?:sedangkan|sementara|tapi|tetapi|namun|dan|serta|lalu)\b", re.IGNORECASE)
_AS_BEFORE = re.compile(r"^\W*(?:juga|sama(?: juga)?|idem|sda|begitu juga|demikian juga|(?:ya )?sama saja)\W*$", re.I)
_SLIPPED = re.compile(
    r"\b(?:kebalik|terbalik|tertukar|ketukar|eh|(?:maksud|jawaban)(?:nya| saya| kami) (?:salah|keliru|adalah)|maksud saya|"
    r"(?:salah|keliru) (?:ketik|tulis|jawab|pencet|nomor|insiden|balas))\b",
    re.IGNORECASE,
)
"""Takes back more than what it stands beside."""
_ITEM = re.compile(
    rf"(?:(?<=^)|(?<=\n)|(?<=[\s,;]))(\d{{1,4}})\s*(?:[.):=]|-(?=\s)|(?=\s(?:{_SIGN.pattern})))\s*(?=[^\d\s])",
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
class _Said:
    """A group, the words that belong to it, and why that may not be so ("")."""

    group: Group
    words: str
    why: str = ""


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
    spelt = _LITERAL.get(decision, re.escape(decision).replace("_", r"[\s_-]+"))
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
    said = _said(pieces)
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
    if _has_sign(before) or not all(_SIGN.match(each.lstrip(" *_\"'")) for each in words):
        return None
    greets = not before or is_courtesy(before)
    told = words if greets else [f"{before}\n{each}" for each in words]
    return Several({reader.listed[at].number: reader.answer(at, each) for at, each in zip(indexes, told, strict=True)})


# Words and groups ---------------------------------------------------------------------------------------------------


def _said(pieces: Sequence[str | Group]) -> list[_Said]:
    """To which group which words belong."""
    groups = [piece for piece in pieces if isinstance(piece, Group)]
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if groups[0].kind is Kind.EXCEPT and _has_sign(texts[0]) and all(one.kind is not Kind.ALL for one in groups):
        groups, texts = [Group(Kind.ALL, ()), *groups], [texts[0], "", *texts[1:]]  # "YA, kecuali 0009"
    before, between, after = texts[0], texts[1:-1], texts[-1]
    words_first = _has_sign(before) and not _has_sign(after)
    heads, tails = [before], list[str]()
    for text in between:
        left, right = _shared_out(text, words_first=words_first)
        tails.append(left)
        heads.append(right)
    tails.append(after)
    found, shared = list[_Said](), before if not _has_sign(before) else ""
    for index, group in enumerate(groups):
        ahead, behind = heads[index], tails[index]
        related = _RELATES.search((f"x {between[index - 1]}" if index else before)[-_NEAR:]) is not None
        apart = index == 0 and re.search(r"[.!]\s*$", before[-_NEAR:]) is not None and words_first  # "Ya. 0009"
        strung = index == 0 and group.joined and bool(shared.strip()) and not is_courtesy(shared)  # "Cek 0009, 0007 ya"
        why = TWO_WAYS if related or apart or strung or not group.sure else ""
        if related and found:
            found[-1] = replace(found[-1], why=TWO_WAYS)
        if index == 0 and shared:
            ahead = ""
        found += _of_group(group, ahead, behind, why)
    prefix = _without_lead(shared).strip()
    if prefix and not is_courtesy(prefix) and re.search(r"\w", bare_words(prefix)):
        found = [replace(one, words=f"{prefix}. {one.words}" if one.words else one.words) for one in found]
    if not any(one.group.kind in (Kind.ONE, Kind.EXCEPT) for one in found):
        # Whose rest it is nobody knows: "yang Dishub ya, sisanya tidak", where the list has no Dishub.
        found = [replace(one, why=one.why or TWO_WAYS) if one.group.kind is Kind.REST else one for one in found]
    return _around_exceptions(found)


def _shared_out(text: str, *, words_first: bool) -> tuple[str, str]:
    """What of the words between two groups belongs to the first, and what to the second."""
    separators = list(_SEPARATOR.finditer(_without_lead(text)))
    cut = separators[-1].start() if separators else 0
    head, tail = text[:cut], text[cut:]
    if not _has_sign(tail):
        return text, ""
    if words_first or (separators and _TOWARDS.search(tail[-_NEAR:].lower())):
        return head, tail
    return text, ""


def _of_group(group: Group, ahead: str, behind: str, why: str) -> list[_Said]:
    ahead_words, behind_words = _without_lead(ahead).strip(" \n,;.:|/"), _tidied(behind)
    if _has_sign(ahead_words) and _has_sign(behind_words) and _TOWARDS.search(ahead[-_NEAR:].lower()):
        if len(group.members) == 2 and group.joined and group.kind is Kind.ONE and not why:
            first, last = (replace(group, members=(index,)) for index in group.members)
            return [_Said(first, ahead_words), _Said(last, behind_words)]
        if len(group.members) > 1:
            why = why or TWO_WAYS
    return [_Said(group, ", ".join(filter(None, (ahead_words, behind_words))), why)]


def _tidied(words: str) -> str:
    bare = _without_lead(words)
    return re.sub(r"^[\s:=|()\].,;*>→–-]+", "", bare).replace("|", ", ").strip()


def _around_exceptions(said: Sequence[_Said]) -> list[_Said]:
    """ "Semua kecuali 0012 ya", "Kecuali 0012, semua ya": words beside an exception are those of all the others where
    these have none, and then nothing is said of what is excepted.
    """
    found = list(said)
    for index, one in enumerate(found):
        if one.group.kind is not Kind.EXCEPT:
            continue
        ahead = next((at for at in range(index - 1, -1, -1) if found[at].group.kind in (Kind.ALL, Kind.REST)), None)
        follows = index + 1 < len(found) and found[index + 1].group.kind in (Kind.ALL, Kind.REST)
        if ahead is not None and not found[ahead].words:
            found[ahead] = replace(found[ahead], words=one.words)
            found[index] = replace(one, words="")
        elif ahead is None and one.words and follows and not found[index + 1].words:
            found[index + 1] = replace(found[index + 1], words=one.words)
            found[index] = replace(one, words="")
        elif ahead is None and one.words:
            found[index] = replace(one, why=TWO_WAYS)
            if follows:
                found[index + 1] = replace(found[index + 1], why=TWO_WAYS)
    return found


def _without_lead(words: str) -> str:
    """`words` without what only leads to the group behind them: "dan untuk", "sedangkan yang", a dash."""
    return words[:-_NEAR] + _LEADS_TO.sub("", words[-_NEAR:])


def _has_sign(words: str) -> bool:
    return _SIGN.search(words) is not None


# Answers ------------------------------------------------------------------------------------------------------------


def _answers(said: Sequence[_Said], reader: _Reader) -> dict[int, Answer]:
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


def _of_each(one: _Said, members: Sequence[int], reader: _Reader) -> dict[int, Answer]:
    answers = {index: _read(one, index, reader) for index in members}
    if len(answers) > 1:
        answers = {
            index: Answer("", answer.text, TWO_WAYS) if answer.decision in _ONE_REPORT else answer
            for index, answer in answers.items()
        }
        if len({reader.listed[index].accepted for index in members}) > 1:
            answers = {index: _literally(answer, one.words) for index, answer in answers.items()}
    return answers


def _of_all(one: _Said, members: Sequence[int], reader: _Reader) -> dict[int, Answer]:
    """What one word says of all: whoever decides so of everything has not looked at each, so it must answer each."""
    answers = _of_each(one, members, reader)
    fits_all = all(answer.decision for answer in answers.values())
    return {
        index: Answer("", answer.text, OTHERS_WORD)
        if answer.decision and reader.listed[index].decides and not fits_all
        else answer
        for index, answer in answers.items()
    }


def _of_excepted(one: _Said, reader: _Reader) -> dict[int, Answer]:
    """What is said of an exception decides only where it begins with the word itself."""
    answers = {index: _read(one, index, reader) for index in one.group.members}
    return {
        index: answer
        if answer.decision and _SIGN.match(one.words) and says(one.words, answer.decision)
        else Answer("", one.words, EXCEPTED)
        for index, answer in answers.items()
    }


def _read(one: _Said, index: int, reader: _Reader) -> Answer:
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
