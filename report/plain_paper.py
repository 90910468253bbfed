"""A paper for the day on which the real one cannot be made: the facts, line by line, in a PDF that needs nothing.

No template, no font file, no library: Courier is in every reader. What Windows' Latin letters lack shows as its code.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sop.events import Event
from templates.characters import plain
from templates.phrasing import moment

_WIDTH, _HEIGHT = 86, 58
"""Characters in a line, lines on a page."""
_NOTE = "Naskah ini disusun sederhana karena naskah resminya belum dapat dibuat. Isinya sama."


def plain_paper(title: str, number: str, model: Mapping[str, Any], events: Sequence[Event]) -> bytes:
    """A PDF with what `model` says, or, where there is none, with what the events say. Never raises."""
    paragraphs = [title.upper(), f"Nomor: {number}", _NOTE, "", *(_told(model) if model else _recorded(events))]
    lines = [line for text in paragraphs for line in _wrapped(text)]
    return _pdf([lines[first : first + _HEIGHT] for first in range(0, len(lines), _HEIGHT)])


def _told(value: Any, label: str = "") -> Iterator[str]:
    """Every text in the model, under the names that the templates know it by."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _told(inner, f"{label} {name}".strip())
    elif isinstance(value, list | tuple) and all(isinstance(inner, str) for inner in value):
        yield f"{label}: {' | '.join(inner for inner in value if inner)}"
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _told(inner, label)
    elif value not in ("", None):
        yield f"{label.replace('_', ' ')}: {value}"


def _recorded(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        yield f"{moment(event.at)}: {event.kind.value}"
        yield from _told(dict(event.data), "-")


def _wrapped(text: str) -> list[str]:
    written = "".join(_latin(sign) for sign in plain(text).replace("\t", " "))
    return [line for part in written.split("\n") for line in textwrap.wrap(part, _WIDTH) or [""]]


def _latin(sign: str) -> str:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return f"[U+{ord(sign):04X}]"
    return sign


def _pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF 1.4 (ISO 32000) of these lines: object 1 the catalogue, 2 the pages, 3 the font, then two for each page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>",
    ]
    for n, lines in enumerate(pages):
        shown = b"".join(b"(" + _escaped(line) + b")'\n" for line in lines)
        stream = b"BT /F 9.5 Tf 12.5 TL 54 780 Td\n" + shown + b"ET"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (5 + 2 * n)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for index, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (index, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return bytes(out) + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))


def _escaped(line: str) -> bytes:
    escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return escaped.encode("cp1252", "replace")
