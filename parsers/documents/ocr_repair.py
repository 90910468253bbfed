"""Puts right what OCR usually misreads in an official letter, and only where the place says what must stand there.

A label word, the Roman month of a number, the digits of a NIP: in such a slot "I!1" can only be "III". Prose is left
as it was read.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz import fuzz, process

from parsers.documents.label_block import Cell, Row, label_block
from parsers.documents.letter_head import letter_date
from parsers.documents.ocr_number import letter_number
from parsers.documents.ocr_slots import digits_mended, signature_mended
from parsers.words.labels import label_name

_SHOWN = {"yth": "Yth", "nomor": "Nomor", "sifat": "Sifat", "lampiran": "Lampiran", "hal": "Hal"}
_SHOWN |= {"tanggal": "Tanggal", "dari": "Dari", "tembusan": "Tembusan"}
_LABEL_WORDS = {"nomor", "sifat", "lampiran", "perihal", "hal", "tanggal", "dari", "tembusan", "kepada"}
_LOOK_ALIKE = str.maketrans({"1": "i", "l": "i", "|": "i", "!": "i", "0": "o", "5": "s", "j": "i"})
_LABEL_CELL = re.compile(r"([A-Za-z0-9|!]{2,12})\.?\s*([:;]|[.,=+*»>‘'`-]+(?=\s|$))?\s*(.*)$")
_NUMBER = re.compile(r"[\w.!|]{2,12}\s?/\s?[\w.!|]{1,8}\s?/\s?[^\s]{1,40}\s?/\s?[2Z][0Oo]\w\w(?!\w)")
_COLON = re.compile(r"^[:;.,=+*»>‘'`]+\s*")
_BODY = re.compile(r"\W*(?:dengan (?:hormat|ini)|assalam|menindaklanjuti|sehubungan|bersama ini)", re.IGNORECASE)
_SPECKS = re.compile(r"^[^\w(:+]++(?=\w)|\s[|_~=\\<>«»—–°*^`{}\[\]]+$")


def repaired(rows: list[Row]) -> tuple[str, dict[str, str]]:
    """Text and label block of one page."""
    in_head, mended = True, []
    for middle, cells in rows:
        in_head = in_head and not (cells and _BODY.match(cells[0][2]))
        below = [cell for cell in cells if cell[2] not in ":;"] or cells
        clean = [(left, right, _without_specks(text, in_head)) for left, right, text in (cells if in_head else below)]
        mended.append((middle, _with_label(clean) if in_head else clean))
    text = signature_mended(digits_mended(_flowing(mended)))
    labels = {label: digits_mended(value) for label, value in label_block(mended).items()}
    day = letter_date(labels, text)
    month = day.month if day else 0
    if labels.get("nomor"):
        labels["nomor"] = letter_number(labels["nomor"], month)
    return _NUMBER.sub(lambda match: letter_number(match.group(0), month), text), labels


def scanned_label(word: str) -> str:
    """The canonical name of a label word as a scan shows it ("Ha1", "Nornor", "Sitat"), or "" when it is none."""
    known = label_name(word)
    if known:
        return known
    alike = {_folded(label): label for label in _LABEL_WORDS}
    folded = _folded(word)
    if folded in alike:
        return label_name(alike[folded])
    close = process.extractOne(folded, alike.keys(), scorer=fuzz.ratio, score_cutoff=82) if len(folded) >= 5 else None
    return label_name(alike[close[0]]) if close else ""


def _folded(word: str) -> str:
    """Letters that OCR confuses made the same."""
    return word.lower().translate(_LOOK_ALIKE).replace("rn", "m").strip(".:")


def _with_label(cells: list[Cell]) -> list[Cell]:
    """A row that begins with a damaged label, with the label and its colon as they should be."""
    if not cells:
        return cells
    left, right, text = cells[0]
    match = _LABEL_CELL.match(text)
    label = scanned_label(match[1]) if match else ""
    if not match or label not in _SHOWN:
        return cells
    rest = cells[1:]
    if not match[2] and match[3]:
        return cells  # a word of prose, or a label whose colon was lost: letter_head knows those
    if rest and not match[3]:  # the colon, if any was seen, opens the next cell
        value = _COLON.sub("", rest[0][2])
        rest = [(rest[0][0], rest[0][1], value), *rest[1:]] if value else rest[1:]
        if not rest:
            return [(left, right, f"{_SHOWN[label]}:")]
    elif match[3]:
        return [(left, right, f"{_SHOWN[label]}: {match[3]}"), *rest]
    return [(left, left, _SHOWN[label]), (left, left, ":"), *rest]


def _without_specks(text: str, in_head: bool) -> str:
    """A cell without dust before and behind its words; below the head a colon is dust too."""
    if not in_head:
        text = text.lstrip(": ") or text
    opens_quote = text[0] in '"“' and len(re.findall('["“”]', text)) > 1
    return text if opens_quote else _SPECKS.sub("", text).strip() or text


def _flowing(rows: list[Row]) -> str:
    """Rows as lines. Prose that fills its line up to the right margin goes on in the next."""
    plain = [cells for _, cells in rows if cells]
    if not plain:
        return ""
    left, right = min(cells[0][0] for cells in plain), max(cells[-1][1] for cells in plain)
    width, text = right - left, _line(plain[0])
    for above, cells in pairwise(plain):
        filled = len(above) == 1 and above[0][1] > right - 0.1 * width and len(above[0][2]) > 50
        goes_on = filled and len(cells) == 1 and cells[0][0] < left + 0.04 * width
        text += (" " if goes_on else "\n") + _line(cells)
    return text


def _line(cells: list[Cell]) -> str:
    """Cells of a row as text: a tab for a wide gap, but none around a colon."""
    line = ""
    for _, _, text in cells:
        glued = not line or text.startswith(":") or line.endswith(":")
        line += (" " if line and glued else "" if glued else "\t") + text
    return line
