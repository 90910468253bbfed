"""Slots of a letter whose form is known: digits, dates, hours, NIP, telephone, and the number of the letter."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz import fuzz, process

_DIGIT = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "!": "1", "i": "1"})
_LIKE_DIGITS = r"[\dOoQlI|!i]"
_MONTHS = (
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
    "Oktober",
    "November",
    "Nopember",
    "Desember",
)
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
_TAIL = re.compile(r"[/:;’'‘]\s?([IVXTl1|!i]{1,5})(?=([\s/:;’'‘]+)?)[\s/:;’'‘]*([2Z][0Oo]\w\w)$")
_BARE_NIP = re.compile(r"^(?:\W|\w{1,4}\W){0,3}((?:19|20)\d{6} (?:19|20)\d{4} [12] \d{3})\W*$", re.MULTILINE)
_YEAR = re.compile(r"[2Z][0OoQ][\dOoQlI|!]{2}$")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SURE_STROKES = str.maketrans(
    {"1": "I", "l": "I", "|": "I", "!": "I", "i": "I", "]": "I", "[": "I", "v": "V", "x": "X"}
)
_LIKELY_STROKES = str.maketrans(
    {"T": "I", "t": "I", "L": "I", "J": "I", "j": "I", "f": "I", "Y": "V", "y": "V", "K": "X"}
)


def digits_mended(text: str) -> str:
    """Dates, hours, NIP and mobile numbers with digits for the letters that look like them; a degree behind a comma."""
    text = _TITLE.sub(r"\1,", _DEGREE.sub(", ", text))
    text = _DATE.sub(_date, text)
    text = _PLACE.sub(r"\1\2, ", text)
    text = _HOUR.sub(lambda m: f"{m[1]}{m[2]}{m[3].translate(_DIGIT)}.{m[4].translate(_DIGIT)}", text)
    text = _BARE_NIP.sub(r"NIP. \1", _NIP.sub(_nip, text))
    return _MOBILE.sub(lambda m: m.group(0).translate(_DIGIT), text)


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


def letter_number(read: str, month: int) -> str:
    """The number of a letter with its slots mended; `month` is that of the letter's date, 0 if unknown.

    Its parts are told apart by what they can be: the year last, a Roman month before it, a classification of digits
    first, a serial of digits after it.
    """
    read = _TAIL.sub(lambda match: _tail(match, month), read.strip())
    parts = [re.sub(r"\s+", "", part) for part in re.split(r"/", read)]
    if len(parts) < 3 or not all(parts):
        return read
    if _YEAR.match(parts[-1]):
        parts[-1] = parts[-1].replace("Z", "2").translate(_DIGIT)
        parts = [*_without_bang(parts[:-1]), parts[-1]]
        parts[-2] = roman_month(parts[-2], month)
    return "/".join([*(_digits_if_any(part) for part in parts[:2]), *parts[2:]])


def _tail(match: re.Match[str], month: int) -> str:
    """Month and year of a number whose slashes were read as something else: "’IX 2026", "/X12026" in November."""
    strokes, separated, year = match[1], match[2], match[3]
    for candidate in (strokes,) if separated else (strokes, strokes[:-1]):  # its last stroke may have been the slash
        mended = roman_month(candidate, month)
        if mended in _ROMAN and (separated or (month and mended == _ROMAN[month - 1])):
            return f"/{mended}/{year}"
    return match.group(0)


def roman_month(read: str, month: int) -> str:
    """A Roman month as it was meant: "I!1" is III. What may be a unit's short name stays, unless the date says so."""
    strokes = read.translate(_SURE_STROKES)
    if strokes in _ROMAN:
        return strokes
    likely = strokes.replace("H", "II").replace("N", "II").replace("M", "III").translate(_LIKELY_STROKES)
    return likely if month and likely == _ROMAN[month - 1] else read


def _without_bang(parts: list[str]) -> list[str]:
    """A slash read as "!" or "|": the month is then glued to the unit before it ("RSUD-MN!III")."""
    head, bang, month = parts[-1].rpartition("!") if "!" in parts[-1] else parts[-1].rpartition("|")
    glued = bang and len(head) >= 2 and month.translate(_SURE_STROKES) in _ROMAN and re.search(r"[A-Za-z]{2}", head)
    return [*parts[:-1], head, month] if glued and head.translate(_SURE_STROKES) not in _ROMAN else parts


def _digits_if_any(part: str) -> str:
    """Digits and dots with a few look-alikes among them: all digits."""
    mended = part.translate(_DIGIT)
    enough = sum(char.isdigit() for char in part) * 2 >= len(part.replace(".", ""))
    return mended if enough and re.fullmatch(r"[\d.]+", mended) else part


def _date(match: re.Match[str]) -> str:
    month = _month(match[2])
    if not month:
        return match.group(0)
    return f"{match[1].translate(_DIGIT)} {month} {match[3].replace('Z', '2').translate(_DIGIT)}"


def _month(word: str) -> str:
    """The month a word was: look-alikes count as the same, one other letter may be wrong in a longer name."""
    folded = {name.lower().translate(_FOLD): name for name in _MONTHS}
    bare = word.lower().translate(_FOLD)
    if bare in folded:
        return folded[bare]
    close = process.extractOne(bare, folded.keys(), scorer=fuzz.ratio, score_cutoff=80) if len(bare) >= 5 else None
    return folded[close[0]] if close else ""


def _nip(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[1].translate(_DIGIT))
    return f"NIP. {digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}" if len(digits) == 18 else match.group(0)
