"""The storm's own scales: a lost or a doubled mail must tip them, or a quiet storm would prove nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from outbox.queue import QueuedMail, State
from sop.addressee import Addressee
from sop.mail_key import MailKey
from tests import cast
from tests.storm.copies import Copies, count_copies

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_mail_that_stands_there_once_is_no_matter() -> None:
    assert _counted(_copy("A1")) == Copies([], [], [], [])


def test_a_mail_that_is_not_there_is_lost() -> None:
    assert len(_counted().lost) == 1


def test_two_queue_ids_are_two_sendings() -> None:
    copies = _counted(_copy("A1"), _copy("B2"))
    assert len(copies.doubled) == 1 and copies.doubled_by_server == []


def test_one_queue_id_twice_is_one_sending_delivered_twice() -> None:
    copies = _counted(_copy("A1"), _copy("A1"))
    assert len(copies.doubled_by_server) == 1 and copies.doubled == []


def test_a_mail_nobody_queued_is_strange() -> None:
    assert len(_counted(_copy("A1"), _copy("A1", "lain@contoh.example")).strange) == 1


def _counted(*mails: bytes) -> Copies:
    sent = QueuedMail(
        key=MailKey("DKL-2026-0001/1/tanda_terima/pelapor"),
        incident="DKL-2026-0001",
        stage="",
        visit=0,
        person=Addressee.reporter(),
        template="tanda_terima",
        asks=False,
        sender=cast.OFFICE,
        recipient=cast.SAMSAT,
        subject="",
        message_id="satu@contoh.example",
        token="",
        sha256="",
        id=1,
        state=State.SENT,
        attempts=1,
        queued_at=NOW,
        not_before=NOW,
        dot_at=NOW,
        sent_at=NOW,
        reply="250",
    )
    return count_copies(lambda _address: list(mails), [cast.SAMSAT], [sent])


def _copy(queue_id: str, message_id: str = "satu@contoh.example") -> bytes:
    """As Dovecot and Postfix write it: the nearest hop on top."""
    return (
        f"Return-Path: <{cast.OFFICE}>\n"
        "Received: from mx.contoh.example\n\tby meja with LMTP\n\tid Kj2/AAAB (envelope-from <a@b>); Tue, 24 Nov 2026\n"
        f"Received: from siaga.localdomain (localhost [127.0.0.1])\n\tby mx.contoh.example (Postfix) with ESMTP id {queue_id}\n"
        f"\tfor <{cast.SAMSAT}>; Tue, 24 Nov 2026\nMessage-ID: <{message_id}>\n\nisi\n"
    ).encode()
