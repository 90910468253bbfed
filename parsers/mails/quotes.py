"""The author's own words: without what mail clients quote, forward or sign.

What stands in our own mail is quote, whatever client made it. Marks and attributions tell the rest: they open a quote,
and whatever is neither ours nor marked nor an attribution stays its author's, above the quote, within it, or below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from parsers.mails.attribution import attribution_lines, opens_line, split_attribution
from parsers.mails.header_block import SEPARATOR, block_above, header_block, is_field, is_of_a_mail, rules_above
from parsers.mails.our_mail import OurMail, names_in
from parsers.mails.pieces import Piece, told_apart
from parsers.mails.signoff import without_signature

ABOVE_THIS_LINE = re.compile(r"^[\s>]{0,40}#{3,80}.{0,80}balas di atas garis ini", re.IGNORECASE)
_WRAPPED = 66
"""Characters from which a client breaks lines."""
_QUOTED = 160
"""Letters of ours one after another that are a quote though nothing else shows it: three lines of answers have 140."""
_FEW = 16
_DASHES = re.compile(r"--+\s*$")
_FIELDS = 16
"""More lines than header fields take."""
_LINES = 3
"""Lines over which a client may break an attribution."""
_BETWEEN = 3
"""Blank lines between an attribution and its quote."""


def own_words(text: str, author: str = "", ours: Sequence[OurMail] = ()) -> str:
    """What the author wrote: above the quote, between quoted lines, or below it; without closing and signature.

    `author`: their display name. `ours`: the mail that is answered, and whatever of ours may be quoted with it.
    """
    top, rest = said_around(text, ours)
    body = without_signature(top, author)
    below = without_signature(rest, author, said_above=bool(body))
    return f"{body}\n\n{below}" if body and below else body or below


def said_around(text: str, ours: Sequence[OurMail] = ()) -> tuple[list[str], list[str]]:
    """The author's lines above the quote, closing and signature included, and those within and below it."""
    pieces, quoted = _told_apart(text, tuple(ours))
    cut = next((index for index, one in enumerate(quoted) if one), len(pieces))
    rest = [index for index in range(cut, len(pieces)) if not quoted[index] and _is_said(pieces, quoted, index)]
    return _lines(pieces[:cut]), [pieces[index].text for index in rest]


def marked_above(text: str, ours: Sequence[OurMail] = ()) -> list[tuple[str, bool]]:
    """The lines behind marks above the quote itself, and whether each stands in a mail of ours.

    Somebody's client marked their own words, or they left one word of ours to answer by: nobody can tell, so these are
    no answer; but they have been said.
    """
    names = names_in(ours)
    pieces, quoted = _told_apart(text, tuple(ours))
    texts = [piece.text for piece in pieces]
    longest = max((piece.row for piece in pieces if piece.row), key=lambda row: row.letters, default=None)
    for end, piece in enumerate(pieces):
        if (piece.row is not None and piece.row is longest) or (quoted[end] and not piece.depth):
            break
        if attribution_lines(texts, end + 1, names, sure=False):
            break
    else:
        end = len(pieces)
    above = range(_above(texts, end, names) if end < len(pieces) else end)
    marked = [pieces[index] for index in above if pieces[index].depth and quoted[index] and pieces[index].letters]
    return [(piece.text.strip(), piece.row is not None) for piece in marked]


@lru_cache(maxsize=2)  # a reply is looked through for its author's words, then for what stands behind marks
def _told_apart(text: str, ours: tuple[OurMail, ...]) -> tuple[tuple[Piece, ...], tuple[bool, ...]]:
    """The pieces, and for each whether it belongs to a quote."""
    pieces, quoted = _quoted(_pieces(text, ours), names_in(ours))
    return tuple(pieces), tuple(quoted)


def _pieces(text: str, ours: Sequence[OurMail]) -> list[Piece]:
    return told_apart(text.replace("\r\n", "\n").split("\n"), [face for mail in ours for face in mail.texts])


def quotes_us(text: str, ours: Sequence[OurMail]) -> bool:
    """Whether so much of our own mail stands in `text` that it is what was quoted."""
    rows = [piece.row for piece in _pieces(text, ours) if piece.row]
    return any((row.letters >= _QUOTED and row.at_edge) or row.marked for row in rows)


def without_ours(text: str, ours: Sequence[OurMail], instead: str) -> str:
    """`text` as it stands, but for each quote of our own mails, with the attribution above it: there stands `instead`.
    A line in which there is a word of its author's stays.
    """
    names, (pieces, quoted) = names_in(ours), _told_apart(text, tuple(ours))
    texts = [piece.text for piece in pieces]
    gone = [one and piece.ours for piece, one in zip(pieces, quoted, strict=True)]
    for index in [index for index, one in enumerate(gone) if one and not (index and gone[index - 1])]:
        top = _above(texts, index, names)
        gone[top:index] = quoted[top:index]
    said = {piece.line for piece, one in zip(pieces, gone, strict=True) if piece.letters and not one}
    cut = {piece.line for piece, one in zip(pieces, gone, strict=True) if one} - said
    kept, blank = list[str](), list[str]()
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number not in cut | said:
            blank.append(line)
        elif number in cut and kept and kept[-1] == instead:
            blank.clear()  # within the quote
        else:
            kept += [*blank, instead if number in cut else line]
            blank.clear()
    return "\n".join([*kept, *blank]) if cut else text


def without_quotes(text: str) -> str:
    """A new letter with the thread it was sent in cut off; a letter that is nothing but a quote stays whole."""
    lines = text.split("\n")
    cut = quote_start(lines)
    if cut is None:
        return text
    kept = "\n".join(lines[:cut]).strip()
    return kept if len(kept) > 20 else text


def quote_start(lines: Sequence[str]) -> int | None:
    """Index of the line that opens the quoted mail, or None. Marked lines alone open none."""
    pieces = told_apart(lines)
    _, quoted = _quoted(pieces, ())
    return next((index for index, one in enumerate(quoted) if one and not pieces[index].depth), None)


def _lines(pieces: Sequence[Piece]) -> list[str]:
    """The lines that the pieces make; a line that was told apart is whole again."""
    lines: dict[int, str] = {}
    for piece in pieces:
        lines[piece.line] = lines.get(piece.line, "") + piece.text
    return list(lines.values())


def _quoted(pieces: list[Piece], names: Collection[str]) -> tuple[list[Piece], list[bool]]:
    """The pieces, and for each whether it belongs to a quote. A line that ends in an attribution becomes two."""
    pieces = list(_attribution_apart(pieces, names))
    texts = [piece.text for piece in pieces]
    rows = _rows_quoted(pieces, texts, names)
    quoted = [bool(piece.depth) or (piece.row is not None and piece.row.number in rows) for piece in pieces]
    for index, begins in enumerate(_begins(pieces, quoted)):
        if begins:
            top = _above(texts, index, names)
            quoted[top:index] = [True] * (index - top)
    _quote_what_is_opened(pieces, texts, quoted, names if rows else ())
    if rows:
        _give_back(pieces, texts, quoted, names)
    return pieces, quoted


def _rows_quoted(pieces: Sequence[Piece], texts: Sequence[str], names: Collection[str]) -> set[int]:
    """Numbers of the rows of ours that are a quote: by a mark, by the attribution above them, or by their length. By
    that alone only with the beginning or the end of our mail: a reporter may repeat the words that our card has of them.
    """
    rows: set[int] = set()
    seen: set[int] = set()
    for index, piece in enumerate(pieces):
        row = piece.row
        if row is None or row.number in seen:
            continue
        seen.add(row.number)
        long = row.letters >= _QUOTED and (row.at_edge or bool(rows))
        if long or row.marked or (row.letters >= _FEW and _above(texts, index, names) < index):
            rows.add(row.number)
    return rows


def _begins(pieces: Sequence[Piece], quoted: Sequence[bool]) -> list[bool]:
    """For each piece whether a quote begins with it: what was last said above it was none."""
    begins, before = [], False
    for piece, one in zip(pieces, quoted, strict=True):
        begins.append(one and not before)
        if piece.letters or one:
            before = one
    return begins


def _above(texts: Sequence[str], index: int, names: Collection[str]) -> int:
    """Where the attribution or header directly above `index` begins; `index` if there is none."""
    end = index
    while end > 0 and index - end < _BETWEEN and not texts[end - 1].strip():
        end -= 1
    top = end - block_above(texts, end, names)
    top -= attribution_lines(texts, top, names) if top == end else _ruled_above(texts, top, names)
    top -= rules_above(texts, top)
    return top if top < end else index


def _ruled_above(texts: Sequence[str], end: int, names: Collection[str]) -> int:
    """1 where an attribution between dashes stands above header fields: Lotus Notes writes both."""
    return int(end > 0 and texts[end - 1].startswith("--") and attribution_lines(texts[end - 1 : end], 1, names) > 0)


def _attribution_apart(pieces: Sequence[Piece], names: Collection[str]) -> Iterator[Piece]:
    """Where a client lost the end of a line, an attribution stands behind the author's last words."""
    behind = False
    found: list[Piece] = []
    for piece in reversed(pieces):
        at = split_attribution(piece.text, names) if behind and not piece.depth and not piece.ours else 0
        if at:
            said = sum(map(str.isalnum, piece.text[:at]))
            found.append(replace(piece, text=piece.text[at:], letters=piece.letters - said))
            found.append(replace(piece, text=piece.text[:at], letters=said))
        else:
            found.append(piece)
        if piece.letters:
            behind = piece.ours or bool(piece.depth)
    return reversed(found)


def _quote_what_is_opened(
    pieces: Sequence[Piece], texts: Sequence[str], quoted: list[bool], names: Collection[str]
) -> None:
    """An attribution, header or separator above neither ours nor marks opens somebody's mail: all below it is quote.

    One that names us opens nothing: what is ours below it has been found.
    """
    for index in range(len(pieces)):
        if quoted[index]:
            continue
        free = next((at for at in range(index, min(index + _FIELDS, len(quoted))) if quoted[at]), index + _FIELDS)
        base = max(index - _FIELDS, 0)
        found = _opener_end(texts[base:free], index - base, strict=bool(names))
        if found is None:
            continue
        end = base + found
        count = block_above(texts, end, ()) or attribution_lines(texts, end, names, sure=False)
        top = end - count if count else index
        if _names_us(texts[top:end], names):
            quoted[top:end] = [True] * (end - top)
        else:
            top -= _ruled_above(texts, top, names)
            top -= rules_above(texts, top)
            quoted[top:] = [True] * (len(quoted) - top)
            return


def _opener_end(texts: Sequence[str], index: int, *, strict: bool) -> int | None:
    """Behind what opens a quote in line `index`, or ends in it. `strict`: a client's own address must stand in it."""
    line = texts[index]
    if SEPARATOR.match(line) or ABOVE_THIS_LINE.match(line):
        return index + 1
    if is_field(line):
        fields, end = header_block(texts, index)
        return end if is_of_a_mail(fields) else None
    if opens_line(line):
        return index + 1
    count = attribution_lines(texts, index + 1, sure=False)
    if not count or (strict and not any("@" in one for one in texts[index + 1 - count : index + 1])):
        return None
    return index + 1


def _names_us(lines: Sequence[str], names: Collection[str]) -> bool:
    said = " ".join(lines).lower()
    return any("@" in name and name.lower() in said for name in names)


def _give_back(pieces: Sequence[Piece], texts: Sequence[str], quoted: list[bool], names: Collection[str]) -> None:
    """What its author wrote into a quote of ours behind a mark that was there: it follows words of ours at the same
    depth. Not what somebody else's attribution opens.
    """
    opening = _openings(pieces, texts, names)
    known: Piece | None = None
    for index, piece in enumerate(pieces):
        if not piece.letters or index in opening:
            continue
        if not piece.depth or any(attribution_lines(texts, index + 1 + more, names) > more for more in range(_LINES)):
            known = None
        elif piece.ours:
            known = piece
        elif known is not None and known.depth == piece.depth and not is_field(piece.text):
            quoted[index] = False


def _openings(pieces: Sequence[Piece], texts: Sequence[str], names: Collection[str]) -> set[int]:
    """Indexes of the lines in which clients say that what follows is ours."""
    found: set[int] = set()
    before = False
    for index, piece in enumerate(pieces):
        if piece.ours and not before:
            found.update(range(_above(texts, index, names), index))
        before = piece.ours if piece.letters else before
    return found


def _is_said(pieces: Sequence[Piece], quoted: Sequence[bool], index: int) -> bool:
    """Whether what stands below the beginning of a quote, and is none, says something of its author's."""
    piece = pieces[index]
    if not piece.letters:
        near = [*quoted[max(index - 1, 0) : index], *quoted[index + 1 : index + 2]]
        signs = _DASHES.match(piece.text) is not None and quoted[index + 1 : index + 2] == [False]
        return signs or not any(near) or any(unicodedata.category(sign) == "So" for sign in piece.text)
    before, behind = pieces[index - 1], pieces[index + 1] if index + 1 < len(pieces) else None
    broken = before.depth and not before.ours and len(before.text) + 2 * before.depth >= _WRAPPED
    return not (broken and behind is not None and behind.depth)
