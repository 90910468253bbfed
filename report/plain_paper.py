"""A paper for the day on which the real one cannot be made: the facts, line by line, in a PDF that needs nothing.

No template, no font file, no library: Courier is in every reader. What Windows' Latin letters lack shows as its code.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sop.event_codec import data_of
from sop.events import Event
from templates.characters import plain
from templates.links import inert
from templates.phrasing import moment

_WIDTH, _HEIGHT = 86, 58
"""Characters in a line, lines on a page."""
_NOTE = "Naskah ini disusun sederhana karena naskah resminya belum dapat dibuat. Isinya sama."


def plain_paper(title: str, number: str, model: Mapping[str, Any], events: Sequence[Event]) -> bytes:
    """A PDF with what `model` says, or, where there is none, with what the events say."""
    paragraphs = [title.upper(), f"Nomor: {number}", _NOTE, "", *(_told(model) if model else _recorded(events))]
    lines = [line for text in paragraphs for line in _wrapped(text)]
    return _pdf([lines[first : first + _HEIGHT] for first in range(0, len(lines), _HEIGHT)])


def _told(model: Mapping[str, Any]) -> Iterator[str]:
    yield from (*model["kop"], model["unit"], "", f"Dasar: {model['dasar']}")
    yield from (f"{label}: {value}" for label, value in model["kartu"])
    for step in ("analisis", "disposisi", "penugasan", "penanganan"):
        answer = model[step]
        if answer["ada"]:
            by = f"oleh {answer['nama']} ({answer['jabatan']}), {answer['jam']}"
            yield f"\n{step.title()}: {answer['keputusan']}, {by}"
            yield answer["teks"]
    yield from (f"Petugas: {name}, {title}" for name, title in model["petugas"])
    yield from (f"{name.title()}: {value}" for name, value in model["laporan"].items() if value)
    yield "\nJalannya penanganan"
    yield from (f"{at}  {what}{': ' if text else ''}{text}" for at, _, what, text in model["cerita"])
    yield f"\nKeadaan: {model['hasil']}. {model['tempat']}, {model['tanggal']}"


def _recorded(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        yield f"{moment(event.at)}: {event.kind}"
        yield from (inert(f"- {name}: {value}") for name, value in sorted(data_of(event).items()) if value)


def _wrapped(text: str) -> list[str]:
    runs = groupby(plain(text).replace("\t", " "), _is_latin)
    written = "".join("".join(run) if latin else f"[{' '.join(f'U+{ord(s):04X}' for s in run)}]" for latin, run in runs)
    return [line for part in written.split("\n") for line in textwrap.wrap(part, _WIDTH) or [""]]


def _is_latin(sign: str) -> bool:
    return bool(sign.encode("cp1252", "ignore"))


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
