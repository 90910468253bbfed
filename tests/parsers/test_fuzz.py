"""Mutated mails and documents: whatever comes in, a value comes out.

`make fuzz` runs the same with many more examples (FUZZ_EXAMPLES). PDFs are opened by a library of C++ and spreadsheets
by one of Rust: those are mutated behind the sandbox, where a crash is a problem of the document.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.meaning.letter_report import report_of
from parsers.documents.document import Document
from parsers.documents.formats import document_format
from parsers.documents.reader import read_document
from parsers.letters.kind import machine_kind
from parsers.letters.letter import read_letter
from parsers.letters.offices import Office, Offices
from parsers.letters.values import Letter
from parsers.letters.whatsapp import read_chat
from parsers.mails.message import read_mail
from parsers.mails.reply_words import reply_text
from scripts.golden import as_mail, cases
from sop.codec import from_data, object_of
from sop.report import Report
from tests.parsers import documents as made
from tests.parsers.test_odt_rtf import RTF, odt
from tests.parsers.test_tnef import envelope
from tests.reading import HERE, Saying, open_document

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "250"))
BEHIND_THE_SANDBOX = max(6, EXAMPLES // 100)
OFFICES = Offices([Office("Dinas Kesehatan", ("Dinkes",))])
DOCUMENTS = {
    "docx": made.docx(),
    "odt": odt(),
    "rtf": RTF,
    "tnef": envelope("surat.txt", b"Nomor : 1/2/2026"),
    "msg": made.msg(("surat.txt", b"isi")),
    "zip": made.archive({"a.txt": b"isi", "b.docx": made.docx()}),
    "txt": "\n".join(made.LINES).encode(),
}
OUTSIDE = {"pdf": made.pdf((made.LINES, "digital"), ((), "scan")), "xlsx": made.xlsx()}
FRAGMENTS = (
    b"\x00",
    b"\xff\xfe",
    b"\r\n\r\n",
    b"--b\r\n",
    b"=?utf-8?B?",
    b"=?x?Q?=",
    b"charset=x-aneh",
    b"boundary=b",
    b"((((",
    b"g:",
    b"filename*0*=utf-8''%E4%",
    b"Content-Transfer-Encoding: base64\r\n",
    b"multipart/digest",
    b"message/rfc822",
    b"<div>" * 50,
    b"begin 644 x\n",
    b"Dari: a@b.example\n",
    b"pukul 99.99",
    b"31 Februari 2026",
    b"\\u99999999 ",
    b"]]>",
    b"&#x110000;",
    b"PK\x03\x04",
)


def mails() -> list[bytes]:
    files = [(f"surat.{name}", content) for name, content in DOCUMENTS.items()]
    return [*(as_mail(case) for case in cases()), made.mail_with(*files)]


edits = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=8)),
        st.integers(1, 30),
    ),
    max_size=8,
)


def mutated(seed: bytes, changes: Sequence[tuple[float, int, bytes, int]]) -> bytes:
    """`seed` with each change put at its place (0…1), over as many bytes as it says, as often as it says."""
    raw = seed
    for place, over, put, times in changes:
        at = int(place * len(raw))
        raw = raw[:at] + put * times + raw[at + over :]
    return raw


def in_process(content: bytes, format_name: str) -> Document:
    if format_name in ("pdf", "spreadsheet", "ole"):
        return Document(problem="di luar uji ini")
    return read_document(format_name, content, HERE.programs, reads_pictures=False)


fuzzed = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES <= 250, suppress_health_check=list(HealthCheck)
)


@fuzzed
@given(st.sampled_from(mails()), edits)
def test_any_mail_is_read(seed: bytes, changes: Sequence[tuple[float, int, bytes, int]]) -> None:
    raw = mutated(seed, changes)
    mail = read_mail(raw)
    machine_kind(mail)
    read_chat(reply_text(mail))
    letter = read_letter(raw, OFFICES, opener=Saying(HERE.programs, says=in_process))
    assert isinstance(letter, Letter) and "\x00" not in letter.text
    assert from_data(Report, object_of(report_of(letter))) == report_of(letter)


@fuzzed
@given(st.sampled_from(sorted(DOCUMENTS)), edits)
def test_any_document_is_opened(name: str, changes: Sequence[tuple[float, int, bytes, int]]) -> None:
    content = mutated(DOCUMENTS[name], changes)
    format_name = document_format("application/octet-stream", f"surat.{name}", content)
    document = read_document(format_name, content, HERE.programs, reads_pictures=False)
    assert document.text or document.problem or document.mail or document.inner


@pytest.mark.parametrize("name", sorted(OUTSIDE))
@settings(
    max_examples=BEHIND_THE_SANDBOX, deadline=None, derandomize=EXAMPLES <= 250, suppress_health_check=list(HealthCheck)
)
@given(changes=edits)
def test_what_breaks_a_library_breaks_only_its_document(
    name: str, changes: Sequence[tuple[float, int, bytes, int]]
) -> None:
    content = mutated(OUTSIDE[name], changes)
    document = open_document(content, document_format("application/octet-stream", f"surat.{name}", content) or "pdf")
    assert document.text or document.problem or document.inner
