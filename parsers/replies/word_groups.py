"""To which of the incidents that an answer names its words belong.

An author names the incident first, or the word: "0007 ya, 0009 tidak", "Ya untuk 0007, tidak untuk 0009". Where that is not
plain, the words belong to neither; none of them is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.replies.answer_clauses import bare_words
from parsers.replies.courtesy import is_courtesy
from parsers.replies.listed_incidents import Group, Kind

TWO_WAYS = "jawaban yang dapat dibaca untuk lebih dari satu insiden"
LITERAL = {
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
SIGN = re.compile(
    rf"\b(?:{'|'.join(LITERAL.values())}|setuju\w*|disetujui|menyetujui|acc|ok|oke|okay|(?:di)?tolak|menolak|(?:di)?lanjut\w*|"
    r"laksanakan|silakan|proses|darurat|tunggu|tunda|ditunda|pending|nanti|belum|jangan|batal\w*)\b|[✅❌👍👎✔✖]",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"(?:\b(?:untuk|utk|u/|buat|bagi|pada|atas)(?:\s+(?:yang|yg|insiden|nomor|no\.?|opd))*|[:=])\s*$")
_LEADS_TO = re.compile(
    r"(?:\b(?:untuk|utk|u/|buat|bagi|pada|atas|yang|yg|insiden|nomor|nomer|opd|dari|laporan|dan|sedangkan|sementara|tapi|"
    r"tetapi|namun|serta|lalu|kemudian|adapun|maka)(?=\s|$)|\bno(?=[\s.]|$)|[\s#(:=|*•,;.–-])+$",
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


@dataclass(frozen=True, slots=True)
class Said:
    """A group, the words that belong to it, and why that may not be so ("")."""

    group: Group
    words: str
    why: str = ""


def said_of_each(pieces: Sequence[str | Group]) -> list[Said]:
    """To which group which words belong."""
    groups = [piece for piece in pieces if isinstance(piece, Group)]
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if groups[0].kind is Kind.EXCEPT and has_sign(texts[0]) and all(one.kind is not Kind.ALL for one in groups):
        groups, texts = [Group(Kind.ALL, ()), *groups], [texts[0], "", *texts[1:]]  # "YA, kecuali 0009"
    before, between, after = texts[0], texts[1:-1], texts[-1]
    words_first = has_sign(before) and not has_sign(after)
    heads, tails = [before], list[str]()
    for text in between:
        left, right = _shared_out(text, words_first=words_first)
        tails.append(left)
        heads.append(right)
    tails.append(after)
    found, shared = list[Said](), before if not has_sign(before) else ""
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
    if not has_sign(tail):
        return text, ""
    if words_first or (separators and _TOWARDS.search(tail[-_NEAR:].lower())):
        return head, tail
    return text, ""


def _of_group(group: Group, ahead: str, behind: str, why: str) -> list[Said]:
    ahead_words, behind_words = _without_lead(ahead).strip(" \n,;.:|/"), _tidied(behind)
    if has_sign(ahead_words) and has_sign(behind_words) and _TOWARDS.search(ahead[-_NEAR:].lower()):
        if len(group.members) == 2 and group.joined and group.kind is Kind.ONE and not why:
            first, last = (replace(group, members=(index,)) for index in group.members)
            return [Said(first, ahead_words), Said(last, behind_words)]
        if len(group.members) > 1:
            why = why or TWO_WAYS
    return [Said(group, ", ".join(filter(None, (ahead_words, behind_words))), why)]


def _tidied(words: str) -> str:
    bare = _without_lead(words)
    return re.sub(r"^[\s:=|()\].,;*>→–-]+", "", bare).replace("|", ", ").strip()


def _around_exceptions(said: Sequence[Said]) -> list[Said]:
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


def has_sign(words: str) -> bool:
    return SIGN.search(words) is not None
