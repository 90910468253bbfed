"""What small changes to the code would break without any other test noticing (`docs/mutation.md`)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from sqlalchemy import text

from outbox import queue
from outbox.matter import Attachment, Matter
from outbox.queue import Draft, State
from outbox.tokens import names_our_mail, sign
from register.database import Database
from sop.addressee import Addressee
from sop.mail_key import MailKey
from sop.verdict import Outgoing
from tests.outbox.test_compose import COMPOSER, READER
from tests.outbox.test_lanes import NOW, draft
from tests.register.test_journal import write_one
from tests.sop.test_decide import Journey


def request(number: str, stage: str, name: str, template: str = "minta_analisis", *, asks: bool = True) -> Draft:
    return replace(draft(f"{number} {name}", template, asks=asks, incident=number), stage=stage, visit=1)


def test_whoever_is_asked_is_shown_what_waits_for_them_and_nothing_that_is_over(database: Database) -> None:
    waiting, ended, gone_on = "DKL-2026-0001", "DKL-2026-0002", "DKL-2026-0003"
    for number in (waiting, ended, gone_on):
        write_one(database, number)
    with database.writing() as tx:
        tx.execute(text("UPDATE incidents SET outcome = 'selesai' WHERE number = :number"), {"number": ended})
        tx.execute(
            text("UPDATE incidents SET stage = 'penerusan_analisis' WHERE number = :number"), {"number": gone_on}
        )
        for number in (gone_on, ended, waiting):
            queue.put(tx, request(number, "analisis", "minta"), NOW)
        queue.put(tx, request(waiting, "analisis", "ingat", "pengingat"), NOW)
        queue.put(tx, request(waiting, "analisis", "kabar", "kabar_penanganan", asks=False), NOW)
        queue.put(tx, replace(request(waiting, "analisis", "lain"), person=draft("x", "x", person="kabid").person), NOW)
    with database.reading() as tx:
        assert [str(mail.key) for mail in queue.requests_to(tx, "helpdesk")] == [f"{waiting} minta"]


def test_what_was_sent_to_an_address_since_then_is_found_the_newest_first(database: Database) -> None:
    with database.writing() as tx:
        for name in ("lama", "baru", "terbaru", "menunggu"):
            queue.put(tx, draft(name, "kabar_penanganan"), NOW)
        queue.put(tx, draft("orang lain", "kabar_penanganan", person="kabid"), NOW)
    moments = {"lama": 0, "baru": 1, "terbaru": 2, "orang lain": 2}
    with database.writing() as tx:
        while (mail := queue.claim(tx, "meja", NOW)) is not None:
            if (minutes := moments.get(str(mail.key))) is not None:
                sent_at = NOW + timedelta(minutes=minutes)
                queue.mark(tx, mail, "meja", State.SENT, sent_at=sent_at, lease_until=None)
    with database.reading() as tx:
        found = queue.sent_to(tx, ["helpdesk@contoh.example"], NOW)
    assert [str(mail.key) for mail in found] == ["terbaru", "baru"]


def test_what_is_not_sent_is_counted_with_what_the_server_said_of_most(database: Database) -> None:
    said = {"a": "451 sibuk", "b": "421 tutup", "c": "451 sibuk", "d": "", "e": "", "f": "", "g": "250 terkirim"}
    with database.writing() as tx:
        for name in said:
            queue.put(tx, draft(name, "kabar_penanganan"), NOW)
        while (mail := queue.claim(tx, "meja", NOW)) is not None:
            state, later = (State.SENT if str(mail.key) == "g" else State.QUEUED), NOW + timedelta(minutes=1)
            queue.mark(tx, mail, "meja", state, reply=said[str(mail.key)], not_before=later, lease_until=None)
    with database.reading() as tx:
        assert queue.unsent(tx) == queue.Unsent(6, "451 sibuk")


def test_what_was_queued_between_two_moments_is_after_the_first_and_not_after_the_second(database: Database) -> None:
    with database.writing() as tx:
        for minutes in range(5):
            queue.put(tx, draft(f"{minutes}", "pengingat"), NOW + timedelta(minutes=minutes))
        queue.put(tx, draft("lain", "tembusan"), NOW + timedelta(minutes=2))
        queue.put(tx, draft("kabid", "pengingat", person="kabid"), NOW + timedelta(minutes=2))
    since, until = NOW + timedelta(minutes=1), NOW + timedelta(minutes=3)
    with database.reading() as tx:
        assert [str(mail.key) for mail in queue.queued_between(tx, "pengingat", "helpdesk", since, until)] == ["2", "3"]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("application/pdf", "application/pdf"),
        ("Image/PNG", "image/png"),
        ("message/rfc822", "application/octet-stream"),
        ("message/delivery-status", "application/octet-stream"),
        ("multipart/mixed", "application/octet-stream"),
        ("tidak sah", "application/octet-stream"),
    ],
)
def test_a_file_keeps_its_kind_unless_that_has_a_form_of_its_own(kind: str, sent: str) -> None:
    letter = Outgoing(MailKey("DKL-2026-0001/x/penutupan"), "penutupan", Addressee("kabid"))
    matter = Matter(Journey().standing, READER, NOW, attachments=[Attachment("surat", kind, b"isi\r\n")])
    mail = message_from_bytes(COMPOSER.compose(letter, matter).raw, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    parts = [(part.get_content_type(), part.get_payload(decode=True)) for part in mail.iter_attachments()]
    assert parts == [(sent, b"isi\r\n")]


@pytest.mark.parametrize(
    ("form", "ours"),
    [
        ("DKL-2026-0001.{token}@contoh.example", True),
        ("umum.{token}@CONTOH.example", True),
        ("{token}@contoh.example", False),
        (".{token}@contoh.example", False),
        ("umum.{token}@lain.example", False),
        ("umum.bukan-token@contoh.example", False),
        ("umum@contoh.example", False),
        ("", False),
    ],
)
def test_only_what_has_the_form_and_the_domain_of_our_message_ids_is_our_mail(form: str, ours: bool) -> None:
    token = sign(b"rahasia", MailKey("x"), "kabid@contoh.example")
    assert names_our_mail(form.format(token=token), "darurat@contoh.example") is ours
