"""Who wrote a mail that a list or a form hands on, and what came by itself."""

from __future__ import annotations

import pytest

from parsers.mails.headers import Automation, as_written, automation, is_list_mail, is_of_list_at
from parsers.mails.message import read_mail

OWN = "darurat@contoh.example"
VIA = f"From: 'Rina Marlina' via Darurat <{OWN}>\n"


@pytest.mark.parametrize(
    ("head", "writer"),
    [
        (f"{VIA}X-Original-From: Rina <samsat@contoh.example>\n", "samsat@contoh.example"),
        (f"{VIA}X-Original-Sender: SAMSAT@contoh.example\nReply-To: {OWN}\n", "samsat@contoh.example"),
        (f"{VIA}Reply-To: Rina <samsat@contoh.example>\n", "samsat@contoh.example"),
        (f"{VIA}X-Original-From: Marlina, Rina S.E. <samsat@contoh.example>\n", "samsat@contoh.example"),
        (f"{VIA}Reply-To: {OWN}, Rina <samsat@contoh.example>\n", "samsat@contoh.example"),
        (f"From: Formulir <{OWN}>\nReply-To: samsat@contoh.example\n", "samsat@contoh.example"),
        (
            "From: Rina via Forum <forum@lain.example>\nList-Post: <mailto:forum@lain.example>\n"
            "Reply-To: Rina <samsat@contoh.example>\n",
            "samsat@contoh.example",
        ),
        (
            "From: Rina via Forum <forum@lain.example>\nList-Id: Forum <forum.lain.example>\n"
            "X-Original-From: samsat@contoh.example\n",
            "samsat@contoh.example",
        ),
        # A person's own address counts, wherever answers are to go.
        ("From: Rina <samsat@contoh.example>\nReply-To: tu@contoh.example\n", "samsat@contoh.example"),
        ("From: Rina <samsat@contoh.example>\nX-Original-Sender: lain@contoh.example\n", "samsat@contoh.example"),
        (f"From: Siaga <{OWN}>\nReply-To: {OWN}\n", OWN),
        ("Reply-To: samsat@contoh.example\n", ""),
    ],
)
def test_the_person_behind_a_list_or_a_form_is_the_writer(head: str, writer: str) -> None:
    assert as_written(read_mail(f"{head}To: {OWN}\n\nx\n".encode()), OWN).sender == writer


def test_the_name_is_the_persons() -> None:
    read = as_written(read_mail(f"{VIA}X-Original-Sender: samsat@contoh.example\n\nx\n".encode()), OWN)
    assert read.sender_name == "Rina Marlina"


@pytest.mark.parametrize(
    ("head", "how"),
    [
        ("Auto-Submitted: no", Automation.NONE),
        ("Auto-Submitted: auto-replied (vacation)", Automation.REPLIED),
        ("Auto-Submitted: AUTO-REPLIED; owner-email=a@b.example", Automation.REPLIED),
        ("X-Autoreply: yes", Automation.REPLIED),
        ("Precedence: auto_reply", Automation.REPLIED),
        ("Auto-Submitted: auto-forwarded", Automation.FORWARDED),
        ("Auto-Submitted: auto-notified", Automation.GENERATED),
        ("X-Auto-Response-Suppress: All", Automation.NONE),
        ("Precedence: bulk", Automation.NONE),
    ],
)
def test_how_a_mail_came_about(head: str, how: Automation) -> None:
    assert automation(read_mail(f"{head}\n\nx\n".encode())) is how


def test_a_list_that_is_our_own_address_is_told_from_others() -> None:
    ours = read_mail(b"List-Id: Darurat <darurat.contoh.example>\n\nx\n")
    others = read_mail(b"List-Id: <forum.contoh.example>\n\nx\n")
    assert is_list_mail(ours) and is_of_list_at(ours, OWN)
    assert is_list_mail(others) and not is_of_list_at(others, OWN)
