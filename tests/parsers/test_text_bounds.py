"""What no person writes is brought into shape without the loss of a word; what is cut off is said."""

from __future__ import annotations

from parsers.documents.document import TOO_LONG, Reason
from parsers.documents.reader import read_document
from parsers.letters.material import gather
from parsers.mails.message import TEXT_CUT, read_mail
from parsers.words.text_bounds import MAX_ALIKE, MAX_CHARACTERS, MAX_LINES, MAX_RUN, bounded_text, in_shape
from tests.parsers import documents
from tests.reading import HERE

LETTER = (
    "Nomor    : 500/1/2026                              Padang, 3 Februari 2026\nHal\t: Gangguan\n\n\n"
    + "." * 120
    + "\n"
)
HEAD = "From: sari@contoh.example\nSubject: Gangguan\nContent-Type: text/plain; charset=utf-8\n\n"


def test_an_ordinary_letter_stays_as_it_is() -> None:
    table = "\n".join(f"{number}\tSwitch\t-\tmati" for number in range(200))
    for text in (LETTER, table, "-" * 78, "=" * MAX_RUN, "\n" * (MAX_ALIKE - 1), ">\n" * 20, "a" * MAX_RUN, ""):
        assert bounded_text(text) == (text, False)


def test_a_run_is_shortened_and_no_word_is_lost() -> None:
    for run in (" ", "\t", " \t", "\xa0", "-", ">", "\n", " \n", "-\n", "- \n"):
        shaped = in_shape(f"Ya{run * 9000}, setuju. Bukan{run * 500}besok")
        assert len(shaped) < 1000
        assert [word for word in ("Ya", "setuju", "Bukan", "besok") if word in shaped] == [
            "Ya",
            "setuju",
            "Bukan",
            "besok",
        ]


def test_a_mail_longer_than_is_read_says_so() -> None:
    long = "".join(f"Baris {number} tentang jaringan.\n" for number in range(MAX_LINES + 10))
    mail = read_mail(f"{HEAD}{long}".encode())
    assert TEXT_CUT in mail.defects
    assert len(mail.plain) <= MAX_CHARACTERS
    assert any(TOO_LONG in each for each in gather(mail, HERE).unread)
    assert TEXT_CUT not in read_mail(f"{HEAD}{LETTER}{' ' * 400_000}".encode()).defects


def test_a_document_longer_than_is_read_says_so() -> None:
    lines = [f"Baris {number}" for number in range(MAX_LINES + 10)]
    for format_name, content in (
        ("plain", "\n".join(lines).encode()),
        ("package", documents.docx("".join(map(documents.paragraph, lines)))),
    ):
        document = read_document(format_name, content, HERE.programs, reads_pictures=False)
        assert (document.problem, document.reason) == (TOO_LONG, Reason.TOO_LARGE)
        assert document.text.split("\n") == lines[:MAX_LINES]
    dashes = HERE.open(documents.docx(documents.paragraph("-") * 8000), "package")
    assert dashes.text == "\n".join("-" * MAX_ALIKE)
    assert not dashes.problem
