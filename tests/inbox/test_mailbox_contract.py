"""The `Mailbox` port's promises, on a real IMAP server."""

from __future__ import annotations

import contextlib
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox.identity import mail_identity, message_id
from inbox.imap import ImapMailbox
from inbox.mailbox import MailboxRefused, MailboxUnavailable, Seen, nothing_seen
from outbox.sender import Envelope
from outbox.smtp import SmtpSender
from siaga.demo.house import HOST, MailHouse
from tests.servers import PASSWORD, Dovecot

USER = "darurat@contoh.example"
RAW = b"From: a@contoh.example\r\nTo: b\r\nSubject: halo\r\nMessage-ID: <1@x>\r\n\r\n.titik\r\n\xff\xfe biner\r\n"


class Server:
    """An IMAP server with one user, and a way to put mail into its mailbox."""

    def __init__(self, imap_port: int, put: Callable[[bytes], None]) -> None:
        self.imap_port, self.put = imap_port, put


@pytest.fixture(params=["pymap", "dovecot"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    if request.param == "pymap":
        with MailHouse({USER: PASSWORD}) as built:

            def submit(raw: bytes) -> None:
                smtp = SmtpSender(HOST, built.smtp_port, USER, PASSWORD, security="tanpa")
                smtp.send(Envelope("", USER, USER, "", raw), before_dot=lambda: None)
                smtp.close()

            yield Server(built.imap_port, submit)
        return
    dovecot = Dovecot(tmp_path / "dovecot", [USER])
    dovecot.start()

    def hand_over(raw: bytes) -> None:
        with smtplib.LMTP(HOST, dovecot.lmtp_port) as lmtp:
            lmtp.sendmail(USER, [USER], raw)

    yield Server(dovecot.imap_port, hand_over)
    dovecot.stop()


@pytest.fixture
def mailbox(house: Server) -> Iterator[ImapMailbox]:
    opened = ImapMailbox(HOST, house.imap_port, USER, PASSWORD, security="tanpa")
    yield opened
    opened.close()


def deliver(house: Server, raw: bytes = RAW) -> None:
    house.put(raw)


def test_the_bytes_come_as_they_stand_and_no_flag_changes(house: Server, mailbox: ImapMailbox) -> None:
    deliver(house)
    first = list(mailbox.sweep(nothing_seen))
    second = list(mailbox.sweep(nothing_seen))
    assert first == second and first[0].raw.endswith(RAW)
    assert first[0].received is not None and abs(datetime.now(UTC) - first[0].received) < timedelta(hours=1)


def test_known_mails_are_not_fetched_again(house: Server, mailbox: ImapMailbox) -> None:
    deliver(house)
    deliver(house, RAW.replace(b"<1@x>", b"<2@x>"))
    found = list(mailbox.sweep(nothing_seen))
    for seen in (Seen(upto=found[0].uid), Seen(beyond=frozenset({found[0].uid}))):
        again = mailbox.sweep(lambda uidvalidity, seen=seen: seen if uidvalidity == found[0].uidvalidity else Seen())  # type: ignore[misc]
        assert [mail.uid for mail in again] == [found[1].uid]
    assert list(mailbox.sweep(lambda _: Seen(upto=found[1].uid))) == [], "the last mail is always listed"


def test_the_doorbell_rings_when_mail_comes(house: Server, mailbox: ImapMailbox) -> None:
    list(mailbox.sweep(nothing_seen))
    later = threading.Timer(0.2, deliver, [house])
    later.start()
    assert mailbox.wait(20)
    later.join()


def test_the_doorbell_hears_what_came_before_it_listened(house: Server, mailbox: ImapMailbox) -> None:
    list(mailbox.sweep(nothing_seen))
    deliver(house)
    assert mailbox.wait(20)


def test_silence_is_silence(mailbox: ImapMailbox) -> None:
    assert not mailbox.wait(0.1)


def test_a_wrong_password_is_refused_for_good(house: Server) -> None:
    with pytest.raises(MailboxRefused, match="kata sandi"):
        ImapMailbox(HOST, house.imap_port, USER, "salah", security="tanpa").wait(0.1)


def test_a_missing_folder_is_refused_for_good(house: Server) -> None:
    with pytest.raises(MailboxRefused, match="folder"):
        ImapMailbox(HOST, house.imap_port, USER, PASSWORD, folder="Tidak Ada", security="tanpa").wait(0.1)


def test_no_server_is_unavailable_for_now() -> None:
    with pytest.raises(MailboxUnavailable):
        ImapMailbox(HOST, 1, USER, PASSWORD, security="tanpa").wait(0.1)


def test_after_a_cut_the_mailbox_connects_anew(house: Server, mailbox: ImapMailbox) -> None:
    deliver(house)
    list(mailbox.sweep(nothing_seen))
    assert mailbox._client is not None
    mailbox._client.socket().shutdown(2)
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(1)
    assert len(list(mailbox.sweep(nothing_seen))) == 1


def test_closing_wakes_whoever_waits(mailbox: ImapMailbox) -> None:
    list(mailbox.sweep(nothing_seen))
    ended = threading.Event()

    def wait() -> None:
        with contextlib.suppress(MailboxUnavailable):
            mailbox.wait(30)
        ended.set()

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.2)
    mailbox.close()
    assert ended.wait(10)
    thread.join()


def test_two_copies_of_a_mail_are_one_mail_and_two_mails_are_two() -> None:
    copy = b"Received: from elsewhere\r\nDelivered-To: x\r\n" + RAW.replace(b"\r\n", b"\n")
    assert mail_identity(RAW) == mail_identity(copy)
    assert mail_identity(RAW) != mail_identity(RAW.replace(b"halo", b"hallo"))
    one, two = datetime(2026, 11, 23, 3, 0, tzinfo=UTC), datetime(2026, 11, 23, 3, 1, tzinfo=UTC)
    assert mail_identity(RAW, one) == mail_identity(RAW, two), "a Message-ID is enough"
    nameless = RAW.replace(b"Message-ID: <1@x>\r\n", b"")
    assert mail_identity(nameless, one) != mail_identity(nameless, two)
    assert message_id(RAW) == "1@x"
    assert message_id(b"Subject: tanpa\r\n\r\n") == ""
