"""What an IMAP server answers (RFC 3501 §7), as far as it can be understood.

Not imapclient's parsers: they raise on what servers do say (a SEARCH answered in several lines, a date of the year
9999, a UIDVALIDITY that is no number). Here an item that makes no sense is missing, and the rest of the answer counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

AT_ONCE = 20_000
"""Mails that are searched at a time: imaplib refuses an answer of more than a million bytes."""
Piece = bytes | tuple[bytes, bytes]
"""A line of an answer; or a line that ends in a literal's length, and that literal."""
_NUMBER = re.compile(rb"\d{1,10}")
_BEGINS = re.compile(rb"\s*\d+ \(")
_QUOTED = re.compile(rb'"(?:[^"\\\r\n]|\\.)*"')
_UID = re.compile(rb"\bUID (\d{1,10})\b", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,15})\b", re.IGNORECASE)
_CONTENT = rb"(?:BODY\[[^\]]{0,200}\](?:<\d+>)?|RFC822(?:\.HEADER|\.TEXT)?)"
_LITERAL = re.compile(_CONTENT + rb"\s+~?\{\d+\+?\}$", re.IGNORECASE)
_IN_QUOTES = re.compile(_CONTENT + rb'\s+("(?:[^"\\]|\\.)*")', re.IGNORECASE | re.DOTALL)
_TAKEN = re.compile(
    rb'INTERNALDATE "\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d)(\d\d))?"', re.IGNORECASE
)
_MONTHS = {name: number for number, name in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server told of one mail.

    Attributes:
        received: INTERNALDATE, aware; None where it said none that makes sense.
        content: what was asked for of the mail: all of it, or some header fields; None when it was not handed over.
        size: in bytes, as the server counts; 0 where it said none.
    """

    uid: int
    received: datetime | None
    content: bytes | None
    size: int = 0


def search(client: IMAPClient, above: int, exist: int) -> list[int]:
    """The UIDs above `above` in the open folder, ascending. `exist`: how many mails it holds.

    Raises: IMAPClientError, OSError.
    """
    found = set[int]()
    # A large folder is asked by places: those are dense, UIDs need not be.
    for first in range(1, max(exist, 1) + 1, AT_ONCE):
        places = [] if exist <= AT_ONCE else [f"{first}:{'*' if first + AT_ONCE > exist else first + AT_ONCE - 1}"]
        criteria = [*places, *(["UID", f"{above + 1}:*"] if above else [])] or ["ALL"]
        answer = _asked(client, "SEARCH", *criteria)
        found.update(int(number) for piece in answer for number in _NUMBER.findall(_line(piece)))
    # "n:*" always gives the last mail, however small its UID.
    return sorted(uid for uid in found if uid > above)


def fetch(client: IMAPClient, uids: Sequence[int], items: str) -> dict[int, Fetched]:
    """What the server tells of `uids`: `items` as in FETCH (RFC 3501 §6.4.5), such as "BODY.PEEK[] INTERNALDATE".

    Raises: IMAPClientError (NO and BAD), IMAPClientAbortError (the line is cut), OSError.
    """
    answer = _asked(client, "FETCH", ",".join(map(str, uids)), f"(UID {items})")
    told = [_told(list(pieces), uids) for pieces in _mails(answer)]
    # Servers mix in what they were not asked for, such as changed flags: what has the content counts.
    return {one.uid: one for one in sorted(told, key=lambda one: one.content is not None) if one.uid in uids}


def uidvalidity(untagged: dict[str, list[bytes]]) -> int:
    """Of the answer to SELECT; 0, which promises nothing, where it said none that makes sense."""
    said = next(iter(untagged.get("UIDVALIDITY") or ()), b"") or b""
    return int(said) if _NUMBER.fullmatch(said.strip()) else 0


def exists(untagged: dict[str, list[bytes]]) -> int:
    """How many mails the folder holds, as far as the server has said."""
    said = [item for item in untagged.get("EXISTS") or () if item and _NUMBER.fullmatch(item.strip())]
    return int(said[-1]) if said else 0


def _asked(client: IMAPClient, command: str, *arguments: str) -> list[Piece]:
    """The untagged answers to a UID command, one after the other."""
    client._imap.untagged_responses.pop(command, None)  # what was told unasked before
    kind, data = client._imap.uid(command, *arguments)
    if kind != "OK":
        raise IMAPClientError(f"{command}: {kind} {data!r:.200}")
    return [piece for piece in data if piece is not None]


def _line(piece: Piece) -> bytes:
    return piece if isinstance(piece, bytes) else piece[0]


def _mails(answer: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each mail: a line that begins with a number and a bracket begins the next one."""
    pieces: list[Piece] = []
    for piece in answer:
        if pieces and _BEGINS.match(_line(piece)):
            yield pieces
            pieces = []
        pieces.append(piece)
    if pieces:
        yield pieces


def _told(pieces: list[Piece], asked: Sequence[int]) -> Fetched:
    lines = b" ".join(map(_line, pieces))
    bare = _QUOTED.sub(b'""', lines)
    number, size = _UID.search(bare), _SIZE.search(bare)
    content = next((piece[1] for piece in pieces if isinstance(piece, tuple) and _LITERAL.search(piece[0])), None)
    if content is None and (quoted := _IN_QUOTES.search(lines)):
        content = re.sub(rb"\\(.)", rb"\1", quoted[1][1:-1], flags=re.DOTALL)
    # Asked for one mail, some leave out which it is.
    uid = int(number[1]) if number else asked[0] if len(asked) == 1 and content is not None else 0
    return Fetched(uid, _received(lines), content, int(size[1]) if size else 0)


def _received(lines: bytes) -> datetime | None:
    said = _TAKEN.search(lines)
    month = _MONTHS.get(said[2].lower()) if said else None
    if said is None or month is None:
        return None
    day, year, hour, minute, second = (int(said[group]) for group in (1, 3, 4, 5, 6))
    east = timedelta(hours=int(said[8] or 0), minutes=int(said[9] or 0)) * (-1 if said[7] == b"-" else 1)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(east)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
