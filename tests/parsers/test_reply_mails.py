"""Whole replies of many mail clients: whose words count, and what they decide."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from pathlib import Path

import pytest

from parsers.mails.message import read_mail
from parsers.mails.reply_words import reply_text
from parsers.replies.answer import read_answer
from tests.parsers.answer_tables import ACCEPTED, SENT

ASKED = (
    "Yth. Helpdesk,\n\nLaporan dari Dinas Kesehatan: server SIMRS mati.\nApakah ini keadaan darurat?\n"
    "Balas YA atau TIDAK di atas garis ini.\n\nSiaga"
)
MARKED = "\n".join(f"> {line}" for line in ASKED.split("\n"))
TABLES = sorted(Path(__file__).with_name("reply_mails").glob("*.txt"))


@pytest.mark.parametrize("table", TABLES, ids=lambda path: str(path.stem))
def test_only_the_authors_words_are_read_and_none_is_decided_wrongly(table: Path) -> None:
    """ "-" is unclear, "x?" may also stay unclear, "*" says nothing about the words."""
    wrong, unclear, clear, other_words = [], [], 0, []
    author = table.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# Author: ")
    for head, body in _blocks(table):
        name, form, asked, marked, words = [part.strip() for part in head.split("|", 4)]
        text = reply_text(read_mail(_mail(body, form, author)))
        decision, meant = read_answer(text, ACCEPTED[asked], SENT, "DKL-2026-0003").decision or "-", marked.rstrip("?")
        clear += meant != "-" and not marked.endswith("?")
        if decision not in ("-", meant):
            wrong.append((name, decision, text))
        elif decision != meant and not marked.endswith("?"):
            unclear.append((name, text))
        if words != "*" and text.split() != words.replace("\\n", "\n").split():
            other_words.append((name, text))
    assert not wrong
    assert len(unclear) <= clear * 0.05, unclear
    assert len(other_words) <= 1, other_words


def _blocks(table: Path) -> list[tuple[str, str]]:
    text = table.read_text(encoding="utf-8").replace("{ASKED}", ASKED).replace("{MARKED}", MARKED)
    blocks = [block.partition("\n") for block in text.split("=== ")[1:]]
    return [(head, body.removesuffix("\n")) for head, _, body in blocks]


def _mail(body: str, form: str, author: str) -> bytes:
    message = EmailMessage()
    message["From"] = formataddr((author, "rina@x.example"))
    message["Subject"] = "Re: [DKL-2026-0003] Mohon analisis"
    message["Date"] = "Mon, 23 Nov 2026 10:00:00 +0700"
    message.set_content(body, subtype=form)
    return message.as_bytes(policy=SMTP)
