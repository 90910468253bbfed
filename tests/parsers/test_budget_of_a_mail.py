"""One mail has one budget, however its files are nested: what is too much is said, and the letter is read all the same."""

from __future__ import annotations

import io
import random
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from office.offices_file import DEFAULT, read_offices
from parsers.documents.document import Document
from parsers.letters.letter import read_letter
from parsers.letters.values import MailKind
from parsers.mails import enclosed as budget
from parsers.mails.enclosed import enclosed
from parsers.mails.message import read_mail
from tests.reading import HERE

OFFICES = read_offices(DEFAULT)
SAID = "Internet kantor kami putus total sejak pukul 08.00, mohon bantuan segera."


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def mail(files: list[tuple[str, bytes]], text: str = SAID) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "Rina Marlina <samsat@contoh.example>", "darurat@contoh.example"
    message["Subject"] = "Internet putus"
    message.set_content(text)
    for name, content in files:
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message


class Counting:
    """Opens everything as plain text, and counts."""

    def __init__(self, text: str = "isi") -> None:
        self.count, self.text = 0, text

    def open(self, content: bytes, format_name: str) -> Document:
        self.count += 1
        return HERE.open(content, format_name) if format_name == "package" else Document(self.text)


NOTES = {f"catatan-{number}.txt": b"isi" for number in range(30)}
NESTED = {
    "many files": [(f"catatan-{number}.txt", b"isi") for number in range(300)],
    "archives of many files": [(f"{number}.zip", zipped(NOTES)) for number in range(40)],
    "archives of archives": [
        (f"{number}.zip", zipped({f"{n}.zip": zipped(NOTES) for n in range(30)})) for number in range(9)
    ],
    "mails of archives": [(f"{number}.eml", mail([("a.zip", zipped(NOTES))] * 20).as_bytes()) for number in range(20)],
}


@pytest.mark.parametrize("how", NESTED)
def test_so_many_files_are_opened_and_no_more_however_they_are_nested(how: str) -> None:
    opener = Counting()
    found = enclosed(read_mail(mail(NESTED[how]).as_bytes()), opener)
    assert opener.count <= budget.MOST_FILES
    assert any(document.problem == budget.TOO_MANY for _, document in found.documents)
    assert len(found.documents) <= budget.MOST_FILES + 20


@pytest.mark.parametrize("how", NESTED)
def test_the_letter_is_read_beside_them(how: str) -> None:
    letter = read_letter(mail(NESTED[how]).as_bytes(), OFFICES, opener=HERE)
    assert letter.kind is MailKind.INCIDENT and "jaringan" in letter.layanan
    assert any(budget.TOO_MANY in said for said in letter.unread)


def test_the_text_of_all_documents_together_is_bounded_and_says_so() -> None:
    opener = Counting("kata " * 30_000)
    found = enclosed(read_mail(mail(NESTED["many files"][:20]).as_bytes()), opener)
    assert sum(len(document.text) for _, document in found.documents) <= budget.MOST_TEXT
    assert any(document.problem == budget.TOO_LONG for _, document in found.documents)


def test_the_lines_of_all_documents_together_are_bounded() -> None:
    found = enclosed(read_mail(mail(NESTED["many files"][:9]).as_bytes()), Counting("-\n" * 8000))
    assert sum(document.text.count("\n") for _, document in found.documents) <= budget.MOST_LINES


def test_bytes_are_counted_over_all_levels() -> None:
    long = random.Random(1).randbytes(3_000_000)
    heavy = [(f"{number}.zip", zipped({f"{n}.txt": long for n in range(2)})) for number in range(4)]
    opener = Counting()
    laying = budget._LayingOpen(opener, bytes_left=30_000_000)
    list(laying.mail(read_mail(mail(heavy).as_bytes()), budget.MAX_DEPTH))
    assert laying.left_out and opener.count < 12
    assert laying.refused()[0][1].problem == budget.TOO_MANY
