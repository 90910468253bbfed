"""As many letters about outages as wanted: each from a mailbox of its own, with words and a Message-ID of its own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tests import cast
from tests.doubles import network_letter

_WITH_PDF = 20
"""Every how many-th letter has its words in a PDF."""
_OUTAGES = (
    "Internet kantor kami mati sejak tadi pagi, mohon bantuan.",
    "Aplikasi pelayanan tidak bisa dibuka sejak pukul 08.00, mohon segera diperbaiki.",
    "Jaringan di gedung kami putus total, petugas loket tidak dapat bekerja.",
    "Server kami tidak dapat diakses dari semua komputer, mohon ditangani.",
    "VPN kami terputus sejak semalam dan pelayanan terhenti.",
)


@dataclass(frozen=True, slots=True)
class StormLetter:
    """One letter: who writes it, and its bytes."""

    sender: str
    message_id: str
    raw: bytes


def addresses(count: int) -> list[str]:
    return [f"opd{number:04d}@contoh.example" for number in range(1, count + 1)]


def letters(count: int, dice: random.Random) -> Iterator[StormLetter]:
    for number, sender in enumerate(addresses(count), start=1):
        message_id = f"badai-{number:04d}.{dice.getrandbits(32):08x}@contoh.example"
        message = _in_pdf(number) if number % _WITH_PDF == 0 else _plain(number, dice)
        message["From"], message["Message-ID"] = f"Kantor ke-{number} <{sender}>", f"<{message_id}>"
        message["Subject"] = f"Laporan gangguan layanan di kantor ke-{number}"
        yield StormLetter(sender, message_id, message.as_bytes())


def _plain(number: int, dice: random.Random) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["To"], message["Date"] = cast.OFFICE, format_datetime(datetime.now(UTC))
    message.set_content(f"Yth. Helpdesk,\n\n{dice.choice(_OUTAGES)}\nKantor ke-{number}.\n")
    return message


def _in_pdf(number: int) -> EmailMessage:
    message = message_from_bytes(network_letter(cast.OFFICE, datetime.now(UTC), number), policy=SMTP)
    assert isinstance(message, EmailMessage)
    for name in ("From", "Message-ID", "Subject"):
        del message[name]
    return message
