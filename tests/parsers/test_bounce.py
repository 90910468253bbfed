"""What is a bounce, and what only speaks of one."""

from __future__ import annotations

import pytest

from parsers.letters.kind import machine_kind
from parsers.letters.values import MailKind
from parsers.mails.message import read_mail

QMAIL = "Hi. This is the qmail-send program at contoh.example.\n\n<kabid@contoh.example>:\nno mailbox here (#5.1.1)\n"


def mail(sender: str, subject: str, body: str = QMAIL, head: str = "") -> bytes:
    return f"From: {sender}\nTo: darurat@contoh.example\nSubject: {subject}\n{head}\n{body}".encode()


@pytest.mark.parametrize(
    ("raw", "addresses"),
    [
        (mail("MAILER-DAEMON@contoh.example", "failure notice"), ("kabid@contoh.example",)),
        (mail("", "failure notice"), ("kabid@contoh.example",)),
        (mail("sistem@contoh.example", "Returned mail: user unknown"), ("kabid@contoh.example",)),
        (mail("sistem@contoh.example", "x", head="Return-Path: <>\n"), ("kabid@contoh.example",)),
    ],
    ids=["daemon", "nobody", "subject", "empty return path"],
)
def test_a_bounce_names_who_was_not_reached(raw: bytes, addresses: tuple[str, ...]) -> None:
    read = read_mail(raw)
    assert read.bounce is not None and read.bounce.addresses == addresses
    assert machine_kind(read) is MailKind.BOUNCE


@pytest.mark.parametrize("subject", ["Fwd: failure notice", "Re: Undelivered Mail Returned to Sender", "Internet mati"])
def test_somebody_who_speaks_of_a_bounce_is_no_machine(subject: str) -> None:
    assert machine_kind(read_mail(mail("Dinas Kesehatan <dinkes@contoh.example>", subject))) is None


@pytest.mark.parametrize(
    "body", ["", "\xff\xfe" * 1000, "<>\n" * 1000, QMAIL.replace("kabid@contoh.example", "@" * 500)]
)
def test_a_daemon_that_names_nobody_names_nobody(body: str) -> None:
    raw = mail("MAILER-DAEMON@contoh.example", "x", "").rstrip() + b"\n\n" + body.encode("latin-1")
    assert read_mail(raw).bounce is None
