"""Slots of a letter whose form is known: dates, hours, NIP, telephone, and the signature above a NIP."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz import fuzz, process

DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "!": "1", "i": "1"})
_LIKE_DIGITS = r"[\dOoQlI|!i]"
_MONTHS: tuple[str, ...] = (
    "Januari",
    "Februari",
    "Pebruari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
)
_MONTHS += ("Oktober", "November", "Nopember", "Desember")
_FOLD = str.maketrans({"1": "i", "l": "i", "|": "i", "!": "i", "0": "o"})
_DATE = re.compile(
    rf"(?<!\w)({_LIKE_DIGITS}{{1,2}})\s+([A-Za-z01|!]{{3,10}})[.,]?\s+([2Z][0Oo]{_LIKE_DIGITS}{{2}})(?!\w)"
)
_PLACE = re.compile(
    r"(^|\t)([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)\s*[.;,]\s*(?=\d{1,2} [A-Z][a-z]+ 20\d\d\s*$)", re.MULTILINE
)
_HOUR = re.compile(
    rf"\b(jam|pukul|pkl)\b([.\s]*)({_LIKE_DIGITS}{{1,2}})\s?[.,:;]\s?({_LIKE_DIGITS}{{2}})(?!\w)", re.IGNORECASE
)
_NIP = re.compile(r"\bN[IlL1|!i][PpF]\b\W{0,4}((?:[\dOoQDlI|!i][ .]{0,2}){17}[\dOoQDlI|!i])(?!\w)")
_MOBILE = re.compile(r"(?<![\w/])[0OoQ]8(?:[\s.-]?[\dOoQlI|!]){8,11}(?!\w)")
_TITLE = re.compile(r"^((?:kepala|sekretaris|direktur|inspektur|plt|plh|a\.n|wakil)\b[^\n]{0,60}\w{3})\.$", re.I | re.M)
_DEGREE = re.compile(r"(?<=[a-z]{3})\.\s*(?=(?:S|M|A|Sp)\.\s?[A-Z])")
_RANKS = [
    f"{rank}{grade}"
    for rank in ("Pembina", "Penata", "Pengatur", "Pembina Utama", "Penata Muda", "Pengatur Muda")
    for grade in ("", " Tingkat I", " Muda", " Madya")
]
_RANK = re.compile(r"\W*(?:pembina|penata|pengatur|juru)\b", re.IGNORECASE)
_BARE_NIP = re.compile(r"^(?:\W|\w{1,4}\W){0,3}((?:19|20)\d{6} (?:19|20)\d{4} [12] \d{3})\W*$", re.MULTILINE)


def digits_mended(text: str) -> str:
    """Dates, hours, NIP and mobile numbers with digits for the letters that look like them; a degree behind a comma."""
    text = _TITLE.sub(r"\1,", _DEGREE.sub(", ", text))
    text = _DATE.sub(_date, text)
    text = _PLACE.sub(r"\1\2, ", text)
    text = _HOUR.sub(lambda m: f"{m[1]}{m[2]}{m[3].translate(DIGITS)}.{m[4].translate(DIGITS)}", text)
    text = _BARE_NIP.sub(r"NIP. \1", _NIP.sub(_nip, text))
    return _MOBILE.sub(lambda m: m.group(0).translate(DIGITS), text)


def signature_mended(text: str) -> str:
    """Above a NIP stand a rank and a name, and both lie under the stamp: "mMbina Tk. I" is no name and is left out."""
    lines = text.split("\n")
    kept = [line for line, below in pairwise([*lines, ""]) if not (below.startswith("NIP") and _is_damaged_rank(line))]
    for index in range(len(kept) - 1):
        if kept[index + 1].startswith("NIP"):
            kept[index] = _name(kept[index])
    return "\n".join(kept)


def _name(line: str) -> str:
    """Degrees before and behind a name as they are written: "prs." is Drs., "M,Si" is M.Si."""
    line = re.sub(r"^\w?(rs|ra)\. ", lambda match: f"D{match[1]}. ", line)
    return re.sub(r"(?<=[\s,.][SM]),\s?(?=[A-Z])", ".", line)


def _is_damaged_rank(line: str) -> bool:
    if _RANK.match(line) or "," in line:
        return False
    words = re.sub(r"\bTk\b\.?\s*", "Tingkat ", line)
    graded = len(line) < 24 and re.search(r"\bTingkat\b", words) is not None
    return graded or process.extractOne(words, _RANKS, scorer=fuzz.ratio, score_cutoff=75) is not None


def _date(match: re.Match[str]) -> str:
    month = _month(match[2])
    if not month:
        return match.group(0)
    return f"{match[1].translate(DIGITS)} {month} {match[3].replace('Z', '2').translate(DIGITS)}"


def _month(word: str) -> str:
    """The month a word was: look-alikes count as the same, one other letter may be wrong in a longer name."""
    folded = {name.lower().translate(_FOLD): name for name in _MONTHS}
    bare = word.lower().translate(_FOLD)
    if bare in folded:
        return folded[bare]
    close = process.extractOne(bare, folded.keys(), scorer=fuzz.ratio, score_cutoff=80) if len(bare) >= 5 else None
    return folded[close[0]] if close else ""


def _nip(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[1].translate(DIGITS))
    return f"NIP. {digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}" if len(digits) == 18 else match.group(0)
