"""Whoever acts has the whole letter: in whatever mail it came, and with all that was said since."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pytest

from handlers.oral_report import OralReport, enter_oral_report
from parsers.mails.message import Mail
from register import ledger
from templates.links import inert
from tests import cast
from tests.cast import DINKES, DISDIK, HELPDESK, KABID, KOORDINATOR
from tests.parsers.mail_parts import file, html, mail, parts, plain
from tests.parsers.test_attachments import picture
from tests.town import Town

LEAD = "\n".join(["Server SIMRS di RSUD tidak dapat diakses sejak pukul 07.00 WIB dan pelayanan pasien terhenti."] * 9)
WARNING = "Mohon TIDAK mematikan server karena data sedang disalin."
BODY = f"Yth. Diskominfotik,\n\nDengan hormat, {LEAD}\n\n{WARNING}\n\nHormat kami,\nYeni Marlina\n"
PDF = b"%PDF-1.4 surat resmi"
SUBJECT = "Gangguan SIMRS"


def attached(mail: Mail) -> dict[str, bytes]:
    return {part.filename: part.content for part in mail.attachments}


def whole_text(mail: Mail) -> str:
    """The text that goes with a request."""
    (text,) = (part.content for part in mail.attachments if part.filename.startswith("Isi-Surel-DKL-"))
    return text.decode("utf-8-sig").replace("\r\n", "\n")


def enclosing(*files: tuple[str, str, bytes], body: str = BODY) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = DINKES, cast.OFFICE, SUBJECT
    message["Message-ID"] = "<surat@contoh.example>"
    message.set_content(body)
    for name, kind, content in files:
        maintype, _, subtype = kind.partition("/")
        message.add_attachment(content, maintype, subtype, filename=name)
    return message


def with_pdf() -> bytes:
    return enclosing(("surat.pdf", "application/pdf", PDF)).as_bytes()


def in_html_only() -> bytes:
    page = "\r\n".join(f"<p>{line}</p>" for line in BODY.split("\n") if line)
    return mail(html(f"<html><body>{page}</body></html>"), SUBJECT, DINKES)


def handed_on_by_an_aide() -> bytes:
    head = f"---------- Forwarded message ---------\nDari: Yeni <{DINKES}>\nSubject: {SUBJECT}\n\n"
    return mail(plain(f"Mohon dibantu, dari Bu Yeni.\n\n{head}{BODY}"), f"Fwd: {SUBJECT}", DISDIK)


def handed_on_as_a_file() -> bytes:
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["Subject"] = DINKES, SUBJECT
    inner.set_content(BODY)
    inner.add_attachment(PDF, "application", "pdf", filename="surat.pdf")
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["To"], outer["Subject"] = DISDIK, cast.OFFICE, f"Fwd: {SUBJECT}"
    outer.set_content("Mohon dibantu.")
    outer.add_attachment(inner)
    return outer.as_bytes()


def pasted_photo() -> bytes:
    photo = file("image/png", picture(900), "\r\nContent-ID: <foto@x>\r\nContent-Disposition: inline")
    text = html(f'<pre>{BODY}</pre><img src="cid:foto@x">')
    return mail(parts("related", text, photo), SUBJECT, DINKES)


@pytest.mark.parametrize(
    ("raw", "files"),
    [
        (lambda: enclosing().as_bytes(), []),
        (with_pdf, ["surat.pdf"]),
        (in_html_only, []),
        (handed_on_by_an_aide, []),
        (handed_on_as_a_file, ["surat.pdf"]),
        (pasted_photo, ["gambar-1.png"]),
    ],
)
def test_however_a_letter_comes_it_is_whole_with_each_who_acts(
    place: Town, raw: Callable[[], bytes], files: list[str]
) -> None:
    place.post(DINKES, raw())
    place.work()
    for address, subject, answer in (
        (HELPDESK, "Mohon analisis", "YA\n\nServer RSUD."),
        (KOORDINATOR, "Mohon diteruskan", "TERUSKAN"),
        (KABID, "Mohon disposisi", "DISPOSISI\n\nTangani."),
        (KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Jaringan"),
        (cast.JARINGAN, "Penugasan penanganan", ""),
    ):
        asked = place.last(address, subject)
        assert WARNING in whole_text(asked), address
        assert set(files) <= set(attached(asked)), address
        assert attached(asked).get("surat.pdf", PDF) == PDF
        if answer:
            place.reply(address, subject, answer)
            place.work(1)


def test_the_summary_ends_with_a_sentence_and_says_where_the_rest_is(place: Town) -> None:
    place.write(DINKES, SUBJECT, BODY)
    place.work()
    asked = place.last(HELPDESK, "Mohon analisis")
    assert str(place.incident().report.ringkasan).endswith("pelayanan pasien terhenti. …")
    assert "pelayanan pasien terhenti. … (selengkapnya terlampir)" in " ".join(asked.plain.split())
    receipt = " ".join(place.last(DINKES, "Laporan diterima").plain.split())
    assert "pelayanan pasien terhenti. …" in receipt and "selengkapnya" not in receipt, "they wrote it themselves"


def test_a_very_long_letter_is_whole(place: Town) -> None:
    lines = "\n".join(f"{number}. Loket {number} di RSUD tidak dapat mencetak karcis." for number in range(1, 900))
    place.write(DINKES, SUBJECT, f"{LEAD}\n{lines}\n{WARNING}")
    place.work()
    text = whole_text(place.last(HELPDESK, "Mohon analisis"))
    assert "899. Loket 899" in text and WARNING in text


def test_what_could_do_harm_is_named_and_held_back(place: Town) -> None:
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("foto.jpg.exe", b"MZ")
    raw = enclosing(
        ("surat.pdf", "application/pdf", PDF),
        ("perbaikan.pdf.exe", "application/pdf", b"apa saja"),
        ("gambar.png", "image/png", b"MZ\x90\0"),
        ("arsip.zip", "application/zip", zipped.getvalue()),
        ("masuk.html", "text/html", b"<p>Laman <b>masuk</b></p><script>jahat()</script>"),
    )
    place.post(DINKES, raw.as_bytes())
    place.work()
    asked = place.last(HELPDESK, "Mohon analisis")
    found, text = attached(asked), whole_text(asked)
    assert set(found) == {"surat.pdf", "masuk.html.txt", "Isi-Surel-DKL-2026-0001.txt"}
    assert found["masuk.html.txt"].strip() == b"Laman masuk"
    for name in ("perbaikan.pdf.exe", "gambar.png", "arsip.zip"):
        assert f"- {inert(name)}: dapat menjalankan program sehingga tidak diteruskan" in text


def test_what_is_too_large_is_named(place: Town) -> None:
    raw = enclosing(("a.pdf", "application/pdf", PDF), ("rekaman.mp4", "video/mp4", bytes(10_100_000)))
    place.post(DINKES, raw.as_bytes())
    place.work()
    asked = place.last(HELPDESK, "Mohon analisis")
    assert "rekaman.mp4" not in attached(asked) and "a.pdf" in attached(asked)
    assert "- rekaman.mp4: terlalu besar untuk dilampirkan" in whole_text(asked)


def test_a_chat_that_was_exported_goes_along_as_it_came(place: Town) -> None:
    chat = "23/11/26 08.50 - Yeni: Internet RSUD mati \U0001f64f\n".encode()
    place.post(DINKES, enclosing(("Chat WhatsApp.txt", "text/plain", chat), body="Terlampir laporan WAG.").as_bytes())
    place.work()
    assert attached(place.last(HELPDESK, "Mohon analisis"))["Chat WhatsApp.txt"] == chat


def test_of_an_oral_report_the_note_goes_along(place: Town) -> None:
    enter_oral_report(place.office, OralReport("telepon", "Dinas Kesehatan", f"{LEAD}{WARNING}"))
    place.work()
    text = whole_text(place.last(HELPDESK, "Mohon analisis"))
    assert "1. Catatan laporan lisan" in text and WARNING in text


def test_a_letter_that_the_archive_has_lost_is_not_said_to_be_enclosed(place: Town) -> None:
    place.letter()
    place.work()
    place.restart()
    with place.office.database.reading() as tx:
        row = ledger.collected_mail(tx, place.incident().mail)
    assert row is not None
    place.office.archive.path(row.sha256).unlink(missing_ok=True)
    place.work(7)  # up the ladder
    asked = place.last(KOORDINATOR, "Mohon analisis")
    assert "terlampir" not in asked.plain and not asked.attachments
    assert "Surat aslinya saat ini tidak dapat dilampirkan" in " ".join(asked.plain.split())


def test_what_the_reporter_said_later_is_with_whoever_is_asked_next(place: Town) -> None:
    place.write(DINKES, SUBJECT, BODY)
    place.work()
    later = "Catatan tambahan dari ruang server.\n" * 50 + "\nJangan putuskan kabel biru."
    message = enclosing(("denah.pdf", "application/pdf", b"%PDF-1.4 denah"), body=later)
    receipt = place.last(DINKES, "Laporan diterima")
    message.replace_header("Subject", f"Re: {receipt.subject}")
    message.replace_header("Message-ID", "<kedua@contoh.example>")
    message["In-Reply-To"] = f"<{receipt.message_id}>"
    place.post(DINKES, message.as_bytes())
    place.work(0.5)
    told = place.last(HELPDESK, "Kabar dari pelapor")
    assert "Jangan putuskan kabel biru." in whole_text(told) and "denah.pdf" in attached(told)
    assert "Isi lengkapnya terlampir." in told.plain
    place.reply(HELPDESK, "Mohon analisis", "YA\n\nServer.")
    place.work(0.5)
    asked = place.last(KOORDINATOR, "Mohon diteruskan")
    text = whole_text(asked)
    assert WARNING in text and "2. Kabar susulan" in text and "Jangan putuskan kabel biru." in text
    assert attached(asked)["denah.pdf"] == b"%PDF-1.4 denah"


def test_our_own_mail_is_not_handed_on_where_a_later_word_quotes_it(place: Town) -> None:
    place.letter()
    place.work()
    receipt = place.last(DINKES, "diterima")
    code = next(line for line in receipt.plain.split("\n") if line.startswith("Kode surel"))
    quoted = "\n".join(f"> {line}" for line in receipt.plain.split("\n"))
    below = (
        f"> Dari Bu Yeni: jangan matikan server.\n\nPada Sen, 23 Nov 2026 Siaga <{receipt.sender}> menulis:\n\n{quoted}"
    )
    for text in ("Gedung B juga putus.", "Gedung C juga."):
        place.write(
            DINKES,
            f"Re: {receipt.subject}",
            f"{text}\n\n{below}\n\nTerima kasih, Yeni.\n",
            In_Reply_To=f"<{receipt.message_id}>",
            References=f"<{receipt.message_id}>",
        )
        place.work()
    place.reply(HELPDESK, "Mohon analisis", "YA\n\nKabel putus.")
    place.work()
    text = whole_text(place.last(KOORDINATOR, "Mohon diteruskan"))
    assert text.count("[Kutipan surel kami tidak disalin.]") == 2
    assert code not in text and "Kode surel" not in text and "menulis:" not in text
    for said in (
        "Gedung B juga putus.",
        "Gedung C juga.",
        "> Dari Bu Yeni: jangan matikan server.",
        "Terima kasih, Yeni.",
    ):
        assert said in text
    assert "Disalin utuh" not in text


def test_a_short_later_word_brings_no_file(place: Town) -> None:
    place.write(DINKES, SUBJECT, BODY)
    place.work()
    place.reply(DINKES, "Laporan diterima", "Gedung B juga putus.")
    place.work(0.5)
    assert not place.last(HELPDESK, "Kabar dari pelapor").attachments


def test_a_stranger_who_guesses_the_number_sends_no_file_to_officials(place: Town) -> None:
    place.write(DINKES, SUBJECT, BODY)
    place.work()
    message = enclosing(("denah.pdf", "application/pdf", PDF), body="Kabar baru untuk DKL-2026-0001: masih putus.")
    message.replace_header("From", "orang@lain.example")
    message.replace_header("Subject", "[DKL-2026-0001] kabar")
    place.post(DISDIK, message.as_bytes())
    place.work(0.5)
    place.reply(HELPDESK, "Mohon analisis", "YA\n\nServer.")
    place.work(0.5)
    asked = place.last(KOORDINATOR, "Mohon diteruskan")
    assert "denah.pdf" not in attached(asked)
    assert "Kabar susulan, bukan dari pelapor" in whole_text(asked)
    assert "- denah.pdf: pengirimnya belum dikenal sehingga tidak diteruskan" in whole_text(asked)
