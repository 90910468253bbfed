"""The number of a letter as OCR reads it: "440/618/RSUD-MN/I!1/2026" can only be of March."""

from __future__ import annotations

import re

from parsers.documents.ocr_slots import DIGITS

_TAIL = re.compile(r"[/:;’'‘]\s?([IVXTl1|!i]{1,5})(?=([\s/:;’'‘]+)?)[\s/:;’'‘]*([2Z][0Oo]\w\w)$")
_YEAR = re.compile(r"[2Z][0OoQ][\dOoQlI|!]{2}$")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SURE_STROKES = str.maketrans(
    {"1": "I", "l": "I", "|": "I", "!": "I", "i": "I", "]": "I", "[": "I", "v": "V", "x": "X"}
)
_LIKELY_STROKES = str.maketrans(
    {"T": "I", "t": "I", "L": "I", "J": "I", "j": "I", "f": "I", "Y": "V", "y": "V", "K": "X"}
)


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
        parts[-1] = parts[-1].replace("Z", "2").translate(DIGITS)
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
    mended = part.translate(DIGITS)
    enough = sum(char.isdigit() for char in part) * 2 >= len(part.replace(".", ""))
    return mended if enough and re.fullmatch(r"[\d.]+", mended) else part
