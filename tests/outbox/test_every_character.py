"""Any character in any value, and any fault of a template: each mail is written, whole and in order."""

from __future__ import annotations

import email
import shutil
from collections.abc import Iterator
from dataclasses import replace
from email.policy import SMTP
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest

import templates
from outbox.compose import Composed, Composer
from outbox.matter import Attachment, Matter, Reader
from parsers.mails.message import read_mail
from siaga import mail_samples
from sop.addressee import Addressee
from sop.codec import from_data
from sop.events import Event, Reported
from sop.fold import fold
from sop.mail_key import MailKey
from sop.report import Report
from sop.standing import Standing
from sop.verdict import Outgoing
from templates.characters import plain
from tests.characters import EVERY, ODD, filled, in_parts
from tests.outbox.test_compose import COMPOSER, NOW, READER
from tests.sop.test_decide import Journey

REPORT = dict.fromkeys(
    (
        "opd",
        "hal",
        "nomor",
        "lokasi",
        "pengirim",
        "jabatan",
        "ringkasan",
        "tanggal",
        "waktu_kejadian",
        "narahubung",
    ),
    "",
) | {
    "email": "x@y.example",
    "telepon": "",
    "sifat": "",
    "layanan": [""],
    "lampiran_bermasalah": [["", ""]],
    "asal": {"nomor": ["", 0.5]},
    "kegentingan": {"tingkat": "tinggi", "alasan": [""]},
}


@cache
def asked_for_disposisi() -> Journey:
    return Journey().to("disposisi")


def reporting(event: Event, report: Report) -> Event:
    """The event with that report in it, where it holds one."""
    return replace(event, data=replace(event.data, report=report)) if isinstance(event.data, Reported) else event


def written(template: str, texts: Iterator[str], composer: Composer = COMPOSER) -> Composed:
    """The mail, with the texts in every value that may come from outside."""
    journey = asked_for_disposisi()
    report = from_data(Report, filled(REPORT, texts))
    events = [reporting(e, report) for e in journey.events]
    standing = Standing(journey.procedure, fold("DKL-2026-0001", events), tuple(events))
    letter = Outgoing(
        MailKey(f"DKL-2026-0001/x/{template}"),
        template,
        Addressee("kabid"),
        "disposisi",
        1,
        True,
        extra=filled(mail_samples.said(template), texts),
    )
    reader = Reader(Addressee("kabid"), next(texts), next(texts), READER.address)
    enclosed = [Attachment(next(texts), "application/pdf", b"x"), Attachment("a.pdf", next(texts), b"y")]
    matter = Matter(standing, reader, NOW, enclosed, ["a@b.example", next(texts)], next(texts))
    return composer.compose(letter, matter)


def in_order(composed: Composed) -> bool:
    """Whether mail programs find in it what was written: the head in one piece, two faces, two files."""
    assert composed.fault == ""
    mail = email.message_from_bytes(composed.raw, policy=SMTP)
    plain_part, html_part = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain_part and html_part and not mail.defects and mail["Bcc"] is None
    assert mail["To"].addresses[0].addr_spec == READER.address and mail["In-Reply-To"] is not None
    assert all(len(line) <= 998 for line in composed.raw.split(b"\r\n")), "RFC 5322: no line is longer"
    assert len(list(mail.iter_attachments())) == 2
    return "CARA MENJAWAB" in plain_part.get_content() and "</html>" in html_part.get_content()


@pytest.mark.parametrize("template", sorted(COMPOSER.templates()))
def test_what_has_ever_been_a_trouble_is_none_in_any_value(template: str) -> None:
    assert in_order(written(template, cycle([ODD])))


def test_every_character_there_is_may_stand_in_a_mail() -> None:
    parts = in_parts(EVERY, 1600)
    for template in sorted(COMPOSER.templates()):
        assert in_order(written(template, parts))


def test_every_character_in_a_text_reaches_its_reader() -> None:
    text = plain("".join(EVERY))
    assert text.encode() and not set(text) & {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))} - {"\n", "\t"}
    assert plain("ปก 🙏 华为 \ue000 Yth.") == "ปก 🙏 华为 \ue000 Yth."


@pytest.mark.parametrize(
    "text",
    [
        "x" * 30_000,
        "🙏" * 3_000,
        "kata " * 5_000,
        "",
        '",<>@;:\\',
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+07:00",
    ],
)
def test_long_words_and_impossible_moments_stop_no_mail(text: str) -> None:
    composed = written("tanda_terima", cycle([text]))
    assert in_order(composed) and len(composed.subject) < 220


def test_a_broken_template_gives_a_plain_mail_that_can_be_answered(tmp_path: Path) -> None:
    shutil.copytree(templates.FOLDER / "mail", tmp_path / "mail")
    (tmp_path / "mail/minta_disposisi.j2").write_text("{% block isi %}{{ tiada }}{% endblock %}", encoding="utf-8")
    (tmp_path / "mail/_tata_letak.html.j2").write_text("{% for %}", encoding="utf-8")
    office = ("darurat@contoh.example", "Dinas Kominfotik", b"rahasia")
    composer = Composer(tmp_path, COMPOSER.words, *office, builtin=tmp_path)
    for template in ("minta_disposisi", "dicatat"):
        composed = written(template, cycle(["Dinas <b>Kesehatan</b>"]), composer)
        assert composed.fault
        mail = read_mail(composed.raw, ours=True)
        assert mail.subject.startswith("[DKL-2026-0001] ") and "disusun sederhana" in mail.plain
        assert "DISPOSISI" in mail.plain and composed.token in mail.plain and "<b>" not in mail.html
