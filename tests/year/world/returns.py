"""What comes back of our own mail: bounces, receipts, the mail itself, and machines that answer machines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.year.witness import Kind
from tests.year.world.mails import AUTHENTICATES, OFFICE, header_text
from tests.year.world.written import Written

_DAEMON = "MAILER-DAEMON@contoh.example"


@dataclass(frozen=True, slots=True)
class Ours:
    """A mail of ours that something comes back of.

    Attributes:
        recipient: to whom it was addressed.
        message_id: without angle brackets.
        raw: its bytes, where whoever sends it back has them; b"" else.
    """

    recipient: str
    subject: str
    message_id: str
    raw: bytes = b""


_REASONS = (
    ("5.2.2", "552 5.2.2 mailbox full"),
    ("5.1.1", "550 5.1.1 User unknown in virtual mailbox table"),
    ("5.7.1", "554 5.7.1 message rejected by content filter"),
    ("5.4.4", "host or domain name not found"),
)


def bounce(rng: Random, ours: Ours) -> Written:
    """A delivery report (RFC 3464) or an old-style notice."""
    return rng.choice((dsn, dsn, old_bounce, bounce_in_indonesian))(rng, ours)


def dsn(rng: Random, ours: Ours) -> Written:
    """Postfix's report: for people, for machines, and the header of our mail."""
    status, said = rng.choice(_REASONS)
    words = (
        f"This is the mail system at host mx.contoh.example.\r\n\r\nI'm sorry to have to inform you that your message could not\r\n"
        f"be delivered to one or more recipients.\r\n\r\n<{ours.recipient}>: host mail.contoh.example said:\r\n    {said}\r\n"
    )
    report = (
        f"Reporting-MTA: dns; mx.contoh.example\r\n\r\nFinal-Recipient: rfc822; {ours.recipient}\r\nOriginal-Recipient: rfc822;"
        f"{ours.recipient}\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {said}\r\n"
    )
    return _report(rng, ours, Kind.BOUNCE, "delivery-status", ("Undelivered Mail Returned to Sender", words, report))


def delayed(rng: Random, ours: Ours) -> Written:
    """The server is still trying: not yet a failure."""
    words = f"Your message could not be delivered for 4 hours. It will be retried until it is 5 days old.\r\n\r\n<{ours.recipient}>: connection timed out\r\n"
    report = (
        f"Reporting-MTA: dns; mx.contoh.example\r\n\r\nFinal-Recipient: rfc822; {ours.recipient}\r\nAction: delayed\r\n"
        "Status: 4.4.1\r\n"
    )
    return _report(rng, ours, Kind.DELAY, "delivery-status", ("Delayed Mail (still being retried)", words, report))


def old_bounce(rng: Random, ours: Ours) -> Written:
    """In plain words, as qmail and small servers do."""
    _, said = rng.choice(_REASONS)
    words = (
        f"Hi. This is the qmail-send program at contoh.example.\nI'm afraid I wasn't able to deliver your message to the following "
        f"addresses.\n\n<{ours.recipient}>:\n{said}\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <{ours.message_id}>\n"
        f"To: {ours.recipient}\nSubject: {header_text(ours.subject)}\n"
    )
    body = b"\r\n" + words.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii", "replace")
    return Written(
        Kind.BOUNCE, "failure notice", words=words, sender=_DAEMON, headers=(("Return-Path", "<>"),), raw_body=body
    )


def bounce_in_indonesian(rng: Random, ours: Ours) -> Written:
    _, said = rng.choice(_REASONS)
    words = f"Surel Anda tidak terkirim.\n\nPenerima: <{ours.recipient}>\nAlasan: {said}\nMessage-ID: <{ours.message_id}>\nSubjek: {ours.subject}\n"
    return Written(
        Kind.BOUNCE,
        "Surel tidak terkirim: " + ours.subject,
        words=words,
        text=words,
        sender="postmaster@contoh.example",
        headers=(("Auto-Submitted", "auto-replied"),),
    )


def receipt(rng: Random, ours: Ours) -> Written:
    """A read receipt (RFC 8098), or Outlook's in words."""
    if rng.random() < 0.3:
        words = f"Pesan Anda\n\n  Kepada: {ours.recipient}\n  Subjek: {ours.subject}\n\ntelah dibaca.\n"
        return Written(
            Kind.RECEIPT,
            f"Dibaca: {ours.subject}",
            words=words,
            text=words,
            sender=ours.recipient,
            headers=(("Auto-Submitted", "auto-replied"), ("X-MS-Exchange-Organization-AuthAs", "Internal")),
        )
    words = f"Pesan yang dikirim ke {ours.recipient} telah ditampilkan.\r\nIni bukan jaminan bahwa isinya telah dipahami.\r\n"
    report = (
        f"Reporting-UA: contoh.example; Thunderbird\r\nFinal-Recipient: rfc822;{ours.recipient}\r\nOriginal-Message-ID: "
        f"<{ours.message_id}>\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"
    )
    parts = (f"Tanda terima baca: {ours.subject}", words, report)
    return replace(_report(rng, ours, Kind.RECEIPT, "disposition-notification", parts), sender=ours.recipient)


def _report(rng: Random, ours: Ours, kind: Kind, of: str, parts: tuple[str, str, str]) -> Written:
    """A multipart/report of (subject, words, fields for machines)."""
    subject, words, fields = parts
    boundary = f"=_{rng.getrandbits(96):024x}"
    head = f"Message-ID: <{ours.message_id}>\r\nFrom: {OFFICE}\r\nTo: {ours.recipient}\r\nSubject: {header_text(ours.subject)}\r\n"
    body = (
        f"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n--{boundary}\r\nContent-Type: message/{of}\r\n\r\n"
        f"{fields}\r\n--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n{head}\r\n--{boundary}--\r\n"
    )
    kept = (
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/report; report-type={of};\r\n boundary="{boundary}"'),
        ("Auto-Submitted", "auto-replied"),
    )
    return Written(kind, subject, words=words, sender=_DAEMON, headers=kept, raw_body=b"\r\n" + body.encode())


def own_mail_back(rng: Random, ours: Ours) -> bytes:
    """Our own mail, sent on to us by somebody's rule: the same bytes, under what servers put on top."""
    top = f"Received: from {ours.recipient.partition('@')[2]} by {AUTHENTICATES}; id {rng.getrandbits(40):x}\r\nDelivered-To: {OFFICE}\r\n"
    return top.encode() + ours.raw


def robot(rng: Random, ours: Ours) -> Written:
    """A machine that answers whatever comes, machines too: now and then without saying that it is one."""
    subject, words = rng.choice(
        (
            (f"Re: {ours.subject}", "Surel Anda telah kami terima dan akan diproses. Mohon tidak membalas surel ini."),
            (
                f"[Tiket #{int(rng.random() * 90000)}] {ours.subject}",
                "Your ticket has been created. Our team will contact you.",
            ),
            ("Terima kasih telah menghubungi kami", "Pesan Anda penting bagi kami. Jam layanan Senin-Jumat."),
        )
    )
    headers = (("Auto-Submitted", "auto-replied"),) if rng.random() < 0.8 else (("X-Mailer", "HelpdeskBot 2"),)
    return Written(Kind.LOOP, subject, words=words, text=f"{words}\n", sender=ours.recipient, headers=headers)
