"""An emoji, a bullet of Word or any script stops no incident: the decision counts, the paper shows it or says that it cannot.

The field mails of this kind, and variations: in the answer, in the letter, in a stranger's mail, in names.
"""

from __future__ import annotations

import shutil
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from handlers.faces.compile_papers import compile_papers, papers_due
from handlers.mail_arrived import Handled
from handlers.telling.write_mails import reporter_reads
from outbox.compose import Composer
from parsers.mails.message import Mail
from report.papers import Papers
from sop.addressee import Addressee
from sop.report import Report
from tests import cast
from tests.field import answer_field, deliver, deliver_field, names
from tests.town import JOURNEY, Town

NUMBER = "DKL-2026-0001"


def mail(sender: str, subject: str, text: str) -> bytes:
    """A mail as it came from outside, whoever its sender is."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, cast.OFFICE, subject
    message["Date"], message["Message-ID"] = "Mon, 23 Nov 2026 09:00:00 +0700", f"<1@{sender.partition('@')[2]}>"
    message.set_content(text, cte="base64")
    return message.as_bytes()


def text_of(content: bytes) -> str:
    pdf = pdfium.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    return " ".join(text.split())


def enclosed(mail: Mail, name: str) -> str:
    """The text of the enclosed PDF whose name begins so."""
    return text_of(next(part.content for part in mail.attachments if (part.filename or "").startswith(name)))


def unread(place: Town) -> list[Mail]:
    return [mail for mail in place.inbox(cast.HELPDESK) if "tidak terbaca" in mail.subject]


def told(place: Town) -> list[Mail]:
    return [mail for mail in place.inbox(cast.HELPDESK) if "disusun sederhana" in mail.subject]


@pytest.mark.parametrize("name", names("25"))
def test_a_field_answer_with_any_character_decides_and_its_paper_goes_out(place: Town, name: str) -> None:
    became, visit = answer_field(place, name)
    assert became.mail.incident == NUMBER and visit.answer is not None and visit.answer.decision == "disposisi"
    assert not unread(place) and not told(place)
    assert "Segera tangani" in enclosed(place.last(cast.KOORDINATOR, "Mohon penugasan"), "Lembar-Disposisi")


@pytest.mark.parametrize("name", names("27"))
def test_a_field_letter_with_any_character_is_worked_and_printed(place: Town, tmp_path: Path, name: str) -> None:
    assert deliver_field(place, name).opened
    place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
    place.work(1)
    assert "Internet" in enclosed(place.last(cast.KOORDINATOR, "Mohon diteruskan"), "Laporan-Analisis")
    for path in compile_papers(place.office, tmp_path, NUMBER):
        assert "Internet" in text_of(path.read_bytes()), path.name
    assert not unread(place) and not told(place)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Segera ya 🙏🙏 👍🏽 ✅", "Segera ya 🙏🙏 👍🏽 ✅"),
        ("\uf0b7 Segera\n\uf0fc Laporkan", "• Segera ✓ Laporkan"),
        ("Hubungi 中兴通讯 dan ไทย, ꦗꦮ, ᯅᯖᯂ", "Hubungi 中兴通讯 dan ไทย, ꦗꦮ, ᯅᯖᯂ"),
        ("Untuk keluarga 👨‍👩‍👧‍👦 di 🇮🇩", "Untuk keluarga 👨‍👩‍👧‍👦 di 🇮🇩"),
        ("Salam ሰላም segera", "Salam [U+1230 U+120B U+121D] segera"),
        ("Segera \U000f0001 \u0378 tangani", "Segera [U+F0001] [U+0378] tangani"),
    ],
)
def test_an_instruction_in_any_characters_is_decided_and_shown(place: Town, said: str, shown: str) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", f"DISPOSISI\n\n{said}")
    place.work(1)
    sheet = enclosed(place.last(cast.KOORDINATOR, "Mohon penugasan"), "Lembar-Disposisi")
    assert shown.replace("\u200d", "") in sheet.replace("\u200d", "")  # whether a family is one sign or four
    assert not unread(place) and not told(place)


def test_an_answer_that_is_an_emoji_only_is_read_and_the_incident_goes_on(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "🧿")
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "disposisi", "it decides nothing"
    assert not unread(place)
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI")
    place.work(1)
    assert "Mohon penugasan" in place.last(cast.KOORDINATOR, "Mohon penugasan").subject


def test_a_stranger_who_quotes_the_number_with_an_emoji_stops_nothing(place: Town) -> None:
    place.to_stage("analisis")
    said = "Tolong 🙏👨‍👩‍👧 ሰላም \uf0b7 \u202eabc \x07 sekali"
    deliver(place, mail("orang@luar.example", f"Re: [{NUMBER}] 🙏 kapan selesai? 𝔘\ue000", said))
    place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "penerusan_analisis"
    assert not unread(place) and not told(place)


@pytest.mark.parametrize("address", ["a\ud800@x.example", "a\x00@x.example", "a\n@x.example", ""])
def test_an_address_that_no_server_takes_is_written_to_by_nobody(address: str) -> None:
    assert reporter_reads(Report(email=address, pengirim="Rina"), Addressee.reporter()) is None


def test_an_office_whose_name_is_arabic_is_reported_and_printed(place: Town) -> None:
    office = "مكتب الشؤون الدينية"
    said = "Internet kantor kami putus total sejak pukul 07.40 WIB, pelayanan berhenti. Mohon ditangani.\n\n"
    letter = mail("sekretariat@pesantren.example", f"{office}: internet putus 🙏", f"{said}عبد الله\n{office}\n")
    assert deliver(place, letter).opened
    place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
    place.work(1)
    sheet = enclosed(place.last(cast.KOORDINATOR, "Mohon diteruskan"), "Laporan-Analisis")
    assert "LAPORAN ANALISIS" in sheet and "internet putus 🙏" in sheet and not told(place)


def test_a_broken_template_stops_no_decision_is_told_once_and_its_papers_are_made_again(
    place: Town, tmp_path: Path
) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(place.office.papers.folder.parent, folder)
    broken, sound = folder / "papers/_dasar.typ", (folder / "papers/_dasar.typ").read_text(encoding="utf-8")
    broken.write_text(f"{sound}\n#let x = (", encoding="utf-8")
    office = place.office.papers.office
    place.office.papers = Papers(folder, office, place.office.words, builtin=folder)
    place.may_begin_later = False
    place.to_stage("penanganan")
    for _, address, subject, text in JOURNEY[4:]:
        place.reply(address, subject, text)
        place.work(1)
    assert place.incident().outcome and not unread(place)
    assert [mail.subject for mail in told(place)] == [told(place)[0].subject], "told once, whatever how many papers"
    assert "_dasar.typ:" in told(place)[0].plain
    sheet = enclosed(place.last(cast.KOORDINATOR, "Mohon penugasan"), "Lembar-Disposisi")
    assert "disusun sederhana" in sheet and "Segera tangani." in sheet

    kept = place.office.papers_folder
    written = {path.name: path.read_bytes() for path in (kept / NUMBER).iterdir()}
    place.work(1)
    assert papers_due(place.office, kept) == [], "nothing has changed: not tried again and again"
    place.clock.forward(days=1)
    assert papers_due(place.office, kept) == [NUMBER], "once a day"
    place.work()
    assert papers_due(place.office, kept) == [] and len(told(place)) == 1

    broken.write_text(sound, encoding="utf-8")
    place.office.papers = Papers(folder, office, place.office.words, builtin=folder)
    place.may_begin_later = False
    assert papers_due(place.office, kept) == [NUMBER]
    place.work(1)
    again = {path.name: path.read_bytes() for path in (kept / NUMBER).iterdir()}
    assert again.keys() == written.keys() and not any("disusun sederhana" in text_of(raw) for raw in again.values())
    assert papers_due(place.office, kept) == [] and len(told(place)) == 1


def test_a_broken_mail_template_stops_no_decision(place: Town, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(place.office.papers.folder.parent, folder)
    (folder / "mail/minta_penugasan.j2").write_text("{% block isi %}{{ tiada }}{% endblock %}", encoding="utf-8")
    composer = place.office.composer
    office = (composer.words, composer.address, composer.office, composer._secret)
    place.office.composer = Composer(folder, *office, builtin=folder)
    place.may_begin_later = False
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    round_ = place.work(1)
    assert all(isinstance(done, Handled) for done in round_.acted) and not unread(place) and len(told(place)) == 1
    asked = next(mail for mail in reversed(place.inbox(cast.KOORDINATOR)) if "disusun sederhana" in mail.plain)
    place.reply(cast.KOORDINATOR, asked.subject, "TUGASKAN Tim Jaringan")
    place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "penanganan"
