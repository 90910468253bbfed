"""Writes down what a run has left behind, in files that `diff -r` can compare.

The form in which Python's own library puts a mail on the wire (folded fields, encoded words, transfer encodings)
differs between its versions: what is written is each field and each part, decoded.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
from click.testing import CliRunner
from sqlalchemy import Column, Table, select

from inbox.imap import ImapMailbox
from inbox.mailbox import nothing_seen
from register.schema import events, head_states, heads, incidents, mails, outbox, sightings
from siaga.cli import siaga
from tests import cast
from tests.doubles import HOST
from tests.recorded.names import Names
from tests.town import Town

OF_THIS_MACHINE = "sidik-naskah.txt"
"""Hashes of whole PDF files: the same in every run, but another processor may round a line's place otherwise."""
TABLES: tuple[tuple[str, Table, tuple[Column[Any], ...], tuple[str, ...]], ...] = (
    ("jurnal", events, (events.c.incident, events.c.seq), ()),
    ("insiden", incidents, (incidents.c.number,), ()),
    ("sidik-register", heads, (heads.c.seq,), ()),
    ("sidik-insiden", head_states, (head_states.c.head, head_states.c.incident), ()),
    ("buku-surat", mails, (mails.c.arrival,), ("size",)),
    ("tempat-surat", sightings, (sightings.c.folder, sightings.c.uid), ("uidvalidity",)),
    ("kotak-keluar", outbox, (outbox.c.id,), ("owner", "lease_until")),
)
"""File, table, its order, and the columns that are another machine's, or another process's, business."""
_SINCE = re.compile(r"(sejak \d\d\.\d\d)(?: \([^()]*\))?, selama [^.\n]*|(Berikutnya pukul \d\d\.\d\d) \([^()]*\)")
"""`siaga show --why` goes by the real clock."""


def write_down(town: Town, out: Path) -> None:
    """Everything that stands in the mailboxes, the journal and the office's folders of `town`, into a new folder."""
    writer = _Writer(out, _names(town))
    for name, table, order, left_out in TABLES:
        writer.write(f"{name}.txt", _rows(town, table, order, left_out))
    for address in sorted(cast.ADDRESSES):
        found = _mailbox(town, address)
        writer.write(f"surel/{address}.txt", (line for raw in found for line in (*_mail(raw, writer), "", "=" * 100)))
    for path in sorted(town.office.register_folder.rglob("*.xlsx")):
        writer.write(f"register/{path.name}.txt", _cells(path))
    prints = list[str]()
    for path in sorted(town.office.papers_folder.rglob("*.pdf")):
        writer.write(f"naskah/{path.name}.txt", pages(path.read_bytes()))
        prints.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}")
    (out / OF_THIS_MACHINE).write_text("\n".join(prints) + "\n", encoding="utf-8")
    for name, command in _commands(town.numbers()):
        writer.write(f"perintah/{name}.txt", _said(town, command))


class _Writer:
    """Files below a folder, and the attachments that were met, each once."""

    def __init__(self, out: Path, names: Names) -> None:
        self.out, self.names = out, names
        self._enclosed = set[str]()

    def write(self, name: str, lines: Iterator[str] | Sequence[str]) -> None:
        text = self.names.stable("\n".join(lines)) + "\n"
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def enclosed(self, content: bytes) -> str:
        """The name of an attachment, whose text is written down when it is met first."""
        name = self.names.name("lampiran", hashlib.sha256(content).hexdigest())
        if content.startswith(b"%PDF") and name not in self._enclosed:
            self._enclosed.add(name)
            self.write(f"lampiran/{name}.txt", pages(content))
        return name


def _names(town: Town) -> Names:
    columns = (mails.c.id, mails.c.sha256, outbox.c.sha256, events.c.hash, heads.c.hash)
    with town.office.database.reading() as tx:
        hashes = [str(value) for column in columns for value in tx.execute(select(column)).scalars()]
    ports = {str(town.house.imap_port), str(town.house.smtp_port)}
    machine = {str(town.folder): "<folder>", town.office.desk: "<meja>"} | {
        f"{HOST}:{one}": "<server>" for one in ports
    }
    return Names(hashes, machine)


def _rows(town: Town, table: Table, order: Sequence[Column[Any]], left_out: Sequence[str]) -> Iterator[str]:
    """Every row as it is stored, a line each column."""
    columns = [column for column in table.columns if column.name not in left_out]
    with town.office.database.reading() as tx:
        rows = tx.execute(select(*columns).order_by(*order)).all()
    for row in rows:
        yield from (f"{column.name}: {_value(value)}" for column, value in zip(columns, row, strict=True))
        yield ""


def _value(value: object) -> str:
    return value if isinstance(value, str) else repr(value)


def _mailbox(town: Town, address: str) -> list[bytes]:
    """All mail of somebody, in the order in which it came."""
    box = ImapMailbox(HOST, town.house.imap_port, address, cast.PASSWORD, security="tanpa")
    with closing(box):
        return [found.raw for found in box.sweep(nothing_seen)]


def _mail(raw: bytes, writer: _Writer) -> Iterator[str]:
    for part in message_from_bytes(raw).walk():
        yield from (f"{name}: {_field(value)}" for name, value in part.items())
        yield ""
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if part.get_content_maintype() in ("text", "message"):
            yield content.decode(part.get_content_charset("utf-8"), "replace").replace("\r\n", "\n")
        else:
            yield f"[{writer.enclosed(content)}]"
            yield ""


def _field(value: Any) -> str:
    text = str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", str(value)))))
    return re.sub(r"^from \S+ (?=by )", "from <mesin> ", text.strip())


def _cells(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        yield f"[{sheet.title}] {sheet.dimensions} {sheet.freeze_panes} {sheet.auto_filter.ref} {sheet.sheet_state}"
        yield from (f"{name} lebar {size.width}" for name, size in sorted(sheet.column_dimensions.items()))
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    link = f" -> {cell.hyperlink.target or cell.hyperlink.location}" if cell.hyperlink else ""
                    yield f"{cell.coordinate} {cell.number_format} {cell.value!r}{link}"
    book.close()


def pages(content: bytes) -> list[str]:
    """The text of a PDF, page by page."""
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return ["[tidak terbaca]"]
    said = [f"{len(pdf)} halaman"]
    for number, page in enumerate(pdf, 1):
        said += ["", f"[halaman {number}]", page.get_textpage().get_text_bounded().replace("\r\n", "\n")]
    pdf.close()
    return said


def _commands(numbers: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "incidents", ("incidents",)
    yield "incidents-all-json", ("incidents", "--all", "--json")
    for number in numbers:
        yield f"show-{number}-json", ("show", number, "--json")
        yield f"show-{number}-why", ("show", number, "--why")
    yield "surat", ("surat", "--banyak", "1000")
    yield "verify", ("verify", "--saksi", "kotak_surat")


def _said(town: Town, command: Sequence[str]) -> Iterator[str]:
    done = CliRunner().invoke(siaga, [*command, "--config", str(town.settings_file)])
    yield f"$ siaga {' '.join(command)}"
    said = done.output
    if "--json" in command:  # a line each value: what differs can be seen
        said = json.dumps(json.loads(said), ensure_ascii=False, indent=1)
    yield _SINCE.sub(lambda found: found[2] or f"{found[1]} (<lamanya>)", said)
    yield f"[{done.exit_code}]"
