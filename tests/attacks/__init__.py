"""What an outsider, a machine or a misunderstanding could do to an office: one file a threat."""

from __future__ import annotations

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Any

import pytest

from parsers.mails.message import Mail
from sop.incident import Visit
from tests import cast
from tests.town import Town

OUTSIDER = cast.SAMSAT
"""Whose mailbox the attacker really has."""


def waiting(place: Town) -> Visit:
    """The wait in which the incident stands."""
    current = place.incident().current
    assert current is not None
    return current


def answered(place: Town, asked: Mail, person: str, text: str, *, to: str = cast.OFFICE, **fields: str) -> None:
    """`person` answers our mail `asked` in its thread. `fields`: further header fields, or others than usual."""
    quoted = "\n".join(f"> {line}" for line in asked.plain.split("\n"))
    message = EmailMessage(policy=SMTP)
    usual = {
        "From": person,
        "To": to,
        "Subject": f"Re: {asked.subject}",
        "Date": format_datetime(place.clock.now()),
        "Message-ID": make_msgid(domain="contoh.example"),
        "In-Reply-To": f"<{asked.message_id}>",
    }
    for name, value in (usual | {name.replace("_", "-"): value for name, value in fields.items()}).items():
        if value:
            message[name] = value
    message.set_content(f"{text}\n\nPada Sen, 23 Nov 2026 pukul 09.00 Siaga <{asked.sender}>\nmenulis:\n\n{quoted}\n")
    place.post(OUTSIDER, message.as_bytes())
    place.work(0.1)


def subjects(place: Town, address: str) -> list[str]:
    return [mail.subject for mail in place.inbox(address)]


def some(cases: Iterable[Any], kept: int = 2) -> list[Any]:
    """The first `kept` of the cases for `make test`, the others for `make chaos`: they differ in kind, not in the way."""
    return [
        case if index < kept else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.chaos)
        for index, case in enumerate(cases)
    ]
