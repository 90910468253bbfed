"""Every letter renders, says what is wanted, and can be answered by one tap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.policy import SMTP
from urllib.parse import unquote

import pytest

import templates
from office.words_file import read_words
from outbox.compose import Composer
from outbox.matter import Matter, Reader
from outbox.tokens import find_token, sign
from parsers.mails.message import read_mail
from siaga.mail_samples import said
from sop.addressee import Addressee
from sop.incident import Incident
from sop.load import load_procedure
from sop.mail_key import MailKey
from sop.report import Origin, Report
from sop.standing import of_none
from sop.verdict import Outgoing
from sop.who_reads import Audience
from templates import phrasing
from tests.sop.test_decide import ROAD, Journey

NOW = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)
COMPOSER = Composer(templates.FOLDER, read_words(), "darurat@contoh.example", "Dinas Kominfotik", b"rahasia")
READER = Reader(Addressee("kabid"), "Yuliandri Putra", "Kepala Bidang Aplikasi Informatika", "kabid@contoh.example")


def composed(template: str, stage: str = "disposisi", *, asks: bool = True) -> str:
    journey = Journey().to(stage)
    letter = Outgoing(
        MailKey(f"DKL-2026-0001/x/{template}"), template, Addressee("kabid"), stage, 1, asks, extra=said(template)
    )
    matter = Matter(journey.standing, READER, NOW, thread=["dkl-2026-0001@contoh.example"])
    written = COMPOSER.compose(letter, matter)
    assert written.fault == ""
    return written.raw.decode()


@pytest.mark.parametrize("template", sorted(COMPOSER.templates()))
def test_every_letter_renders_in_text_and_html(template: str) -> None:
    mail = read_mail(composed(template).encode(), ours=True)
    assert mail.subject.startswith("[DKL-2026-0001] ") and len(mail.subject) < 200
    assert "{{" not in mail.plain + mail.html and "None" not in mail.plain
    assert "<b>putus</b>" not in mail.html, "a letter's words became markup"


@pytest.mark.parametrize("template", sorted(COMPOSER.templates()))
def test_only_a_request_and_its_reminder_may_be_answered_by_whoever_is_away(template: str) -> None:
    """All else says that it is automatic (RFC 3834), and that Exchange shall send no absence for it."""
    for asks in (True, False):
        mail = read_mail(composed(template, asks=asks).encode(), ours=True)
        heard = asks and template in ("minta_disposisi", "pengingat")
        assert mail.header("auto-submitted") == ("" if heard else "auto-generated")
        assert mail.header("x-auto-response-suppress") == ("AutoReply, RN" if heard else "OOF, AutoReply, RN")
        assert not any(mail.header(name) for name in ("precedence", "list-id")) and len(mail.recipients) == 1


@pytest.mark.parametrize("template", ["minta_analisis", "penutupan"])
def test_header_fields_that_are_kept_stand_as_the_library_writes_them(
    template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [composed(template), composed(template)]
    monkeypatch.setattr("outbox.compose._POLICY", SMTP)
    assert kept == [composed(template)] * 2


def test_every_letter_of_the_procedure_and_of_the_rules_exists() -> None:
    journey = Journey()
    for stage, decision, who in ROAD:
        journey.wait(3)
        journey.answer("ngawur", who)
        journey.answer(decision, who, details={"people": ["jaringan"]} if stage == "penugasan" else None)
    used = {letter.template for letter in journey.letters} | load_procedure().templates()
    assert used <= COMPOSER.templates()


@pytest.mark.parametrize("stage", [name for name, *_ in ROAD])
def test_an_asking_letter_says_what_from_whom_by_when_and_offers_every_answer(stage: str) -> None:
    procedure = load_procedure()
    raw = composed(procedure.stage(stage).template, stage)
    mail = read_mail(raw.encode(), ours=True)
    assert "WIB" in mail.subject or stage == "penerimaan"
    assert "CARA MENJAWAB" in mail.plain and "Mohon dijawab sebelum Senin, 23 November 2026" in mail.plain
    assert mail.html.count("mailto:darurat@contoh.example") == len(procedure.stage(stage).replies)
    assert "http://" not in mail.html and "https://" not in mail.html, "a link could be prefetched"


def test_a_tapped_answer_carries_the_token() -> None:
    mail = read_mail(composed("minta_disposisi").encode(), ours=True)
    token = sign(b"rahasia", MailKey("DKL-2026-0001/x/minta_disposisi"), READER.address)
    assert token in unquote(mail.html.partition("mailto:")[2].partition('"')[0])
    assert token in mail.message_id and find_token(f"Re: [DKL-2026-0001] YA ({token.upper()})") == token


def test_a_copy_and_a_notice_offer_no_answer() -> None:
    mail = read_mail(composed("tembusan", asks=False).encode(), ours=True)
    assert "CARA MENJAWAB" not in mail.plain and "mailto:" not in mail.html


@pytest.mark.parametrize("template", ["register_rusak", "surat_lain", "surat_tertahan", "surat_tidak_terbaca"])
def test_a_mail_about_no_incident_has_no_number_and_no_empty_card(template: str) -> None:
    letter = Outgoing(MailKey(f"umum/x/{template}"), template, Addressee("helpdesk"), extra=said(template))
    mail = read_mail(COMPOSER.compose(letter, Matter(of_none(load_procedure()), READER, NOW)).raw, ours=True)
    assert "DKL-" not in mail.subject and "KARTU" not in mail.plain and "Sejauh ini" not in mail.html


def test_another_recipient_or_key_has_another_token() -> None:
    tokens = {sign(b"rahasia", MailKey(key), who) for key in ("a", "b") for who in ("x@y", "z@y")}
    assert len(tokens) == 4 and sign(b"lain", MailKey("a"), "x@y") not in tokens


def test_a_deputy_asked_later_is_told_a_deadline_that_is_still_to_come() -> None:
    journey = Journey().to("disposisi")
    letters = journey.wait(3)
    asked_at = journey.now
    letter = next(letter for letter in letters if str(letter.person) == "plh")
    matter = Matter(journey.standing, READER, asked_at)
    subject = COMPOSER.compose(letter, matter).subject
    due = (asked_at + timedelta(minutes=3, hours=7)).strftime("%H.%M")
    assert f"sebelum {due} WIB" in subject


def test_the_card_says_once_where_it_was_read_and_marks_what_is_uncertain() -> None:
    report = Report(
        nomor="1/2/2026",
        hal="Jaringan putus",
        lokasi="Gedung A",
        asal={"nomor": Origin("surat", 0.95), "hal": Origin("subjek", 0.9), "lokasi": Origin("surat", 0.6)},
    )
    rows = phrasing.card_values(Incident("", report=report), read_words(), Audience.OFFICIAL, origins=True)
    assert rows == {"nomor": "1/2/2026", "hal": "Jaringan putus (subjek)", "lokasi": "Gedung A (perlu dicek)"}
