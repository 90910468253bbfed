"""Reading from a Maildir and sending by SMTP: the copy of a mail in doubt is looked for there, and may be on its way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outbox.maildir_copies import MaildirCopies
from outbox.sender import Retryable
from outbox.sent_copies import SentCopies
from tests.doubles import MaildirFolder

OFFICE = "darurat@contoh.example"
DUE = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
"""When the copy should be there."""


def mail(message_id: str) -> bytes:
    return f"From: {OFFICE}\r\nTo: x\r\nMessage-ID:\r\n <{message_id}>\r\n\r\nMessage-ID: <lain@x>\r\n".encode()


class Filler:
    """Whoever fills the Maildir, at a time that is told."""

    def __init__(self, place: Path) -> None:
        self.at = DUE
        self.folder = MaildirFolder(place, lambda: self.at)
        self.copies = MaildirCopies(place)

    def comes(self, message_id: str, minutes: float) -> None:
        self.at = DUE + timedelta(minutes=minutes)
        self.folder.put(mail(message_id))


@pytest.fixture
def filler(tmp_path: Path) -> Filler:
    return Filler(tmp_path / "Maildir")


def test_a_copy_is_found_also_when_a_mail_program_has_moved_it(filler: Filler) -> None:
    filler.comes("1@x", -5)
    assert filler.copies.was_sent("1@x", DUE)
    [path] = (filler.copies.place / "new").iterdir()
    path.rename(filler.copies.place / "cur" / f"{path.name}:2,S")
    assert filler.copies.was_sent("1@x", DUE)
    assert not filler.copies.was_sent("lain@x"), "only a header field is a Message-ID"


def test_a_missing_copy_proves_nothing_while_nothing_comes_at_all(filler: Filler) -> None:
    filler.comes("lain@x", -1)
    with pytest.raises(Retryable, match="belum ada surat masuk"):
        filler.copies.was_sent("1@x", DUE)
    filler.comes("lagi@x", +1)
    assert not filler.copies.was_sent("1@x", DUE), "mail is brought again, and the copy was not among it"
    filler.comes("1@x", +2)
    assert filler.copies.was_sent("1@x", DUE), "late, but there"


def test_half_a_mail_is_no_copy(filler: Filler) -> None:
    (filler.copies.place / "tmp" / "1").write_bytes(mail("1@x"))
    assert not filler.copies.was_sent("1@x")


def test_a_maildir_that_cannot_be_read_says_nothing(filler: Filler) -> None:
    filler.copies.place.rename(filler.copies.place.with_name("hilang"))
    with pytest.raises(Retryable):
        filler.copies.was_sent("1@x")


def test_what_one_place_cannot_say_the_other_may(filler: Filler, tmp_path: Path) -> None:
    both = SentCopies([], [MaildirCopies(tmp_path / "tidak ada"), filler.copies])
    with pytest.raises(Retryable):
        both.was_sent("1@x")
    filler.comes("1@x", 0)
    assert both.was_sent("1@x")
