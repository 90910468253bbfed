"""Somebody has their link shown by us, to people who trust what we show."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pypdfium2 as pdfium
import pytest

from flows.case_file import Case, card_markdown
from office.words_file import read_words
from outbox.compose import Composer
from outbox.matter import Matter, Reader
from sop.addressee import Addressee
from sop.events import Reported
from sop.load import load_procedure
from sop.mail_key import MailKey
from sop.report import Report
from sop.standing import Standing, of_none
from sop.verdict import Outgoing
from templates.links import inert
from tests import cast
from tests.cast import DINKES
from tests.report.test_papers import PAPERS
from tests.sop.test_decide import PEOPLE, Journey
from tests.town import Town

LINKS = (
    "https://jahat.example/masuk",
    "HTTP://JAHAT.EXAMPLE",
    "www.jahat.example",
    "jahat.example/login?x=1",
    "jahat.com",
    "hxxp://jahat.example/a",
    "[klik di sini](https://jahat.example/b)",
    "<https://jahat.example/c>",
    "jahat。example/d",
    "jahat．example",
    "https://bank.example@jahat.example:8080/e",
    "pejabat@jahat.example/f",
    "ftp://jahat.example/g",
    "//jahat.example/h",
    "\\\\jahat.example\\berbagi",
    "http:\\\\jahat.example",
    "xn--jht-0ra.xn--p1ai/i",
    "зло.рф",
    "mailto:a@jahat.example",
    "ms-word:ofe|u|https://jahat.example/j.docx",
    "T.Me/jahat",
    "Diterima:jahat.example",
    "jahat.example:8443",
)
READABLE = (
    "07.00",
    "pukul 08.00/09.30 WIB",
    "500/126/Dikominfotik-2021",
    "500.12.3/417/Dinkes-Set/2026",
    "DKL-2026-0001",
    "0812-3456-7890",
    "(0751) 123.456",
    "Rp.500.000",
    "surat.pdf",
    "_dasar.typ:3:14: unclosed delimiter",
    "Daftar Hadir.xlsx",
    "10.20.30.1",
    "budi.santoso@dinkes.contoh.example",
    "Surel:budi@contoh.example.",
    "Budi Santoso, S.Kom., M.T., M.Si",
    "a.n. Kepala Dinas",
    "k3v6a-x2mpq-7abc",
)
LIVE = re.compile(
    r"(?i)https?:|(?<!x)://(?!\w*\[)|ftp://|www\.|\\\\\w|mailto:a|[\w-]+[.\u3002\uff0e](?:example|com|рф|xn--\w+|me)\b|javascript:"
)
"""What a program might make a link of."""


def live(text: str) -> list[str]:
    """Links that stand in `text`; addresses of the office and of the one who reports are none."""
    return LIVE.findall(re.sub(r"[\w.+-]+@(?:dinkes\.)?contoh\.example(?![\w/])", "", text))


@pytest.mark.parametrize("link", LINKS)
def test_what_looks_like_a_link_is_made_inert_and_stays_so(link: str) -> None:
    assert live(link)
    shown = inert(f"Segera buka {link} sekarang.")
    assert not live(shown), shown
    assert inert(shown) == shown and shown.startswith("Segera buka") and shown.endswith("sekarang.")


@pytest.mark.parametrize("text", READABLE)
def test_what_people_need_to_read_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_a_long_text_without_end_takes_no_time_without_end() -> None:
    for part in ("a.", "a", "a@", "http:", "a-", "\\\\", "x.com/", "。"):
        assert len(inert(part * 100_000)) >= 100_000


def test_subjects_that_we_quote_hold_no_link_in_any_part_of_the_mail(place: Town) -> None:
    hal = "Undangan " + " ".join(LINKS[:6])
    place.write(cast.SAMSAT, hal, "Mengundang Bapak/Ibu hadir.", claimed_sender="panitia@luar.example")
    place.work()
    told = place.last(cast.HELPDESK, "Bukan laporan darurat")
    assert "jahat[.]example" in told.subject and not live(told.subject)
    text = told.plain.replace("panitia@luar.example", "").replace("\n", " ")
    assert not live(text)
    html = re.sub(r"<!DOCTYPE[^>]*>|<[^>]+>", " ", told.html).replace("panitia@luar.example", "")
    assert not live(html)
    hrefs = re.findall(r'href="([^"]*)"', told.html)
    assert all(href.startswith(f"mailto:{cast.OFFICE}?") for href in hrefs)


def test_no_mail_of_an_incident_shows_a_link_of_its_letter(place: Town) -> None:
    text = (
        f"Internet RSUD kami putus total, lihat {LINKS[0]} dan {LINKS[3]} atau {LINKS[2]}.\n\n"
        f"Lokasi: {LINKS[4]}\nTelepon: 0812-3456-7890\nNarahubung: Budi {LINKS[1]}\n"
    )
    place.write(DINKES, f"Internet putus {LINKS[0]} {LINKS[3]}", text)
    place.work()
    place.reply(DINKES, "Laporan diterima", f"Tambahan: gedung B juga putus, bukti di {LINKS[0]}")
    place.work(4)
    seen = [mail for who in (cast.HELPDESK, cast.KOORDINATOR, cast.JARINGAN, DINKES) for mail in place.inbox(who)]
    assert len(seen) >= 4 and any("jahat[.]example" in mail.plain for mail in seen)
    for mail in seen:
        html = re.sub(r"<[^>]+>", " ", mail.html)
        assert not live(mail.subject) and not live(mail.plain) and not live(html), mail.subject
        assert 'href="mailto:' in mail.html or not re.search("href", mail.html)


def opened(hal: str) -> Case:
    journey = Journey()
    report = Report(opd=hal, hal=hal, ringkasan=hal, lokasi=hal, email=DINKES, layanan=("jaringan",))
    first, *others = journey.events
    assert isinstance(first.data, Reported)
    told = replace(first, data=replace(first.data, report=report))
    return Case("DKL-2026-0001", (told, *others), journey.procedure, PEOPLE, read_words())


def test_the_card_in_prefect_holds_no_link() -> None:
    case = opened(" ".join(LINKS))
    card = card_markdown(case, case.incident)
    assert "jahat\\[.\\]example" in card
    assert not live(card.replace("\\", "")), live(card.replace("\\", ""))
    assert not re.search(r"(?<!\\)\]\(", card)


def test_the_papers_hold_no_link() -> None:
    case = opened(" ".join(LINKS[:6]))
    paper = PAPERS.make("laporan_analisis", Standing(case.procedure, case.incident, tuple(case.events)), PEOPLE)
    assert not paper.fault
    document = pdfium.PdfDocument(paper.content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "jahat[.]" in text and not re.search(r"(?i)https?://|www\.|jahat\.", text)


def test_a_mail_whose_template_is_broken_holds_no_link_either(place: Town) -> None:
    (place.folder / "templates").mkdir()
    composer = Composer(place.folder / "templates", place.office.words, cast.OFFICE, "Kantor", b"rahasia")
    reader = Reader(Addressee("helpdesk"), "Budi", "Helpdesk", cast.HELPDESK)
    letter = Outgoing(
        MailKey("umum/x/surat_lain/helpdesk"),
        "surat_lain",
        Addressee("helpdesk"),
        extra={"subjek_surat": " ".join(LINKS)},
    )
    composed = composer.compose(letter, Matter(of_none(load_procedure()), reader, place.clock.now()))
    assert composed.fault
    message = message_from_bytes(composed.raw, policy=default)
    for part in ("plain", "html"):
        body = message.get_body((part,))
        assert body is not None and not live(body.get_content())
