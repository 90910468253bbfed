"""The `Mailbox` port's promises: on real IMAP servers with and without TLS, by password and by token, on an imitated
Exchange, on a Maildir."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inbox.identity import mail_identity, message_id
from inbox.imap import ImapMailbox
from inbox.mailbox import Mailbox, MailboxRefused, MailboxUnavailable, Seen, all_but, nothing_seen
from office.access_tokens import AccessTokens
from outbox.sender import Envelope
from outbox.smtp import SmtpSender
from tests.doubles import ExchangeHouse, MailHouse
from tests.inbox.places import ExchangePlace, ImapPlace, MaildirPlace, Place
from tests.servers import DOMAIN, HOST, PASSWORD
from tests.servers.dovecot import Dovecot
from tests.servers.token_house import TokenHouse
from tests.servers.trace import without_trace

RAW = b"From: a@contoh.example\r\nTo: b\r\nSubject: halo\r\nMessage-ID: <1@x>\r\n\r\n.titik\r\n\xff\xfe biner\r\n"
ONLINE = [
    "pymap",
    "dovecot",
    "dovecot tls",
    "dovecot starttls",
    "dovecot token",
    "exchange",
]
PEOPLE = [f"orang{number}@{DOMAIN}" for number in range(200)]


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenHouse]:
    with TokenHouse() as started:
        yield started


@pytest.fixture(scope="module")
def dovecot(tokens: TokenHouse) -> Iterator[Dovecot]:
    with Dovecot(PEOPLE, introspection_url=tokens.introspection_url) as started:
        yield started


@pytest.fixture(scope="module")
def newcomers() -> Iterator[str]:
    """Every test takes the next one: nobody finds another test's mail."""
    return iter(PEOPLE)


@pytest.fixture(params=[*ONLINE, "maildir"])
def house(request: pytest.FixtureRequest, newcomers: Iterator[str], tmp_path: Path) -> Iterator[Place]:
    user = next(newcomers)
    if request.param == "pymap":
        with MailHouse({user: PASSWORD}) as built:
            yield ImapPlace(built.imap_port, user, lambda raw: submit(built, user, raw))
        return
    if request.param == "exchange":
        with ExchangeHouse({user: PASSWORD}) as exchange:
            yield ExchangePlace(exchange, user, tmp_path)
        return
    if request.param == "maildir":
        for part in ("tmp", "new", "cur"):
            (tmp_path / "Maildir" / part).mkdir(parents=True)
        yield MaildirPlace(tmp_path / "Maildir")
        return
    dovecot: Dovecot = request.getfixturevalue("dovecot")
    security, token = request.param.partition(" ")[2] or "tanpa", None
    if security == "token":
        login = request.getfixturevalue("tokens").login(user)
        security, token = "tls", AccessTokens(login, tmp_path, lambda: datetime.now(UTC))
    port = dovecot.ports.imaps if security == "tls" else dovecot.ports.imap
    trust = None if security == "tanpa" else dovecot.certificate.trusted()
    yield ImapPlace(port, user, lambda raw: dovecot.deliver(user, raw), security, trust, token)


def submit(house: MailHouse, user: str, raw: bytes) -> None:
    smtp = SmtpSender(HOST, house.smtp_port, user, PASSWORD, security="tanpa")
    smtp.send(Envelope("", user, user, "", raw), before_dot=lambda: None)
    smtp.close()


@pytest.fixture
def mailbox(house: Place) -> Iterator[Mailbox]:
    opened = house.mailbox()
    yield opened
    opened.close()


def numbered(number: int) -> bytes:
    return RAW.replace(b"<1@x>", f"<{number}@x>".encode())


def test_the_bytes_come_as_they_stand_and_no_flag_changes(house: Place, mailbox: Mailbox) -> None:
    house.put(RAW)
    first = list(mailbox.sweep(nothing_seen))
    second = list(mailbox.sweep(nothing_seen))
    assert first == second and without_trace(first[0].raw) == RAW
    assert first[0].received is not None and abs(datetime.now(UTC) - first[0].received) < timedelta(hours=1)
    assert house.untouched(mailbox, first[0])


def test_a_large_mail_comes_whole(house: Place, mailbox: Mailbox) -> None:
    line = bytes(range(1, 10)) + bytes(range(14, 256)) + b"\r\n"
    large = RAW + line * (25_000_000 // len(line))
    house.put(large)
    found = next(mailbox.sweep(nothing_seen))
    assert without_trace(found.raw) == large


def test_known_mails_are_not_fetched_again(house: Place, mailbox: Mailbox) -> None:
    house.put(RAW)
    house.put(numbered(2))
    found = list(mailbox.sweep(nothing_seen))
    for seen in (Seen(upto=found[0].uid), Seen(beyond=frozenset({found[0].uid}))):
        again = mailbox.sweep(lambda uidvalidity, seen=seen: seen if uidvalidity == found[0].uidvalidity else Seen())  # type: ignore[misc]
        assert [mail.uid for mail in again] == [found[1].uid]
    assert list(mailbox.sweep(lambda _: Seen(upto=found[1].uid))) == [], "the last mail is always listed"


def test_the_doorbell_rings_when_mail_comes(house: Place, mailbox: Mailbox) -> None:
    list(mailbox.sweep(nothing_seen))
    later = threading.Timer(0.2, house.put, [RAW])
    later.start()
    assert mailbox.wait(20)
    later.join()


def test_the_doorbell_rings_for_every_mail_on_one_connection(house: Place, mailbox: Mailbox) -> None:
    list(mailbox.sweep(nothing_seen))
    line, seen = house.line(mailbox), set[int]()
    for number in range(1, 6):
        visitor = threading.Timer(0.05 * number, house.put, [numbered(number)])
        visitor.start()
        while len(seen) < number:
            assert mailbox.wait(20), f"mail {number} came and nobody was told"
            seen.update([mail.uid for mail in mailbox.sweep(lambda _: Seen(beyond=frozenset(seen)))])
        visitor.join()
    assert house.line(mailbox) is line


def test_the_doorbell_hears_what_came_before_it_listened(house: Place, mailbox: Mailbox) -> None:
    list(mailbox.sweep(nothing_seen))
    house.put(RAW)
    assert mailbox.wait(20)


def test_the_doorbell_hears_what_came_during_a_sweep(house: Place, mailbox: Mailbox) -> None:
    house.put(numbered(1))
    house.put(numbered(2))
    sweep = mailbox.sweep(nothing_seen)
    next(sweep)
    house.put(numbered(3))
    assert len(list(sweep)) == 1
    assert mailbox.wait(20)


def test_the_doorbell_falls_silent_though_nobody_sweeps_where_it_listens(house: Place, mailbox: Mailbox) -> None:
    house.put(RAW)
    mailbox.wait(0.1)
    house.put(numbered(2))
    assert mailbox.wait(20)
    assert not all(mailbox.wait(0.1) for _ in range(4)), "it rings without end: the desk would never rest"


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_nobody_trusts_is_said_to_be_one(dovecot: Dovecot, security: str) -> None:
    port = dovecot.ports.imaps if security == "tls" else dovecot.ports.imap
    with pytest.raises(MailboxUnavailable, match="sertifikat"):
        ImapMailbox(HOST, port, PEOPLE[0], PASSWORD, security=security).wait(0.1)


def test_mail_from_before_is_told_without_its_body_and_one_of_it_is_fetched(house: Place, mailbox: Mailbox) -> None:
    for number in range(3):
        house.put(numbered(number))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    told = list(mailbox.sweep(lambda _validity: Seen(since=tomorrow)))
    assert len(told) == 3 and all(found.left and found.received for found in told)
    assert not any(b"\n\n" in found.raw.replace(b"\r\n", b"\n").strip() for found in told)
    [wanted] = mailbox.sweep(lambda _validity: all_but(told[1].uid))
    assert (wanted.uid, wanted.left) == (told[1].uid, False) and wanted.raw.rstrip().endswith(numbered(1).rstrip())
    new = list(mailbox.sweep(lambda _validity: Seen(since=tomorrow - timedelta(days=3))))
    assert [found.left for found in new] == [False] * 3


def test_silence_is_silence(mailbox: Mailbox) -> None:
    assert not mailbox.wait(0.1)


@pytest.mark.parametrize("house", ONLINE, indirect=True)
def test_a_wrong_password_is_refused_for_good(house: Place) -> None:
    with pytest.raises(MailboxRefused, match=r"kata sandi|token OAuth2"):
        house.mailbox(password="salah").wait(0.1)


@pytest.mark.parametrize("house", ONLINE, indirect=True)
def test_a_refused_login_is_remembered_for_a_while(house: Place) -> None:
    mailbox = house.mailbox(password="salah")
    with pytest.raises(MailboxRefused):
        mailbox.wait(0.1)
    house.move_away(mailbox)  # whoever knocked would hear of it
    with pytest.raises(MailboxRefused, match=r"kata sandi|token OAuth2"):
        mailbox.wait(0.1)


def test_a_missing_folder_is_refused_for_good(house: Place) -> None:
    with pytest.raises(MailboxRefused, match="folder"):
        house.mailbox(folder="Tidak Ada").wait(0.1)


def test_no_server_is_unavailable_for_now() -> None:
    with pytest.raises(MailboxUnavailable):
        ImapMailbox(HOST, 1, PEOPLE[0], PASSWORD, security="tanpa").wait(0.1)


@pytest.mark.parametrize("house", ONLINE, indirect=True)
def test_after_a_cut_the_mailbox_connects_anew(house: Place, mailbox: Mailbox) -> None:
    house.put(RAW)
    list(mailbox.sweep(nothing_seen))
    house.cut(mailbox)
    with pytest.raises(MailboxUnavailable):
        mailbox.wait(1)
    if isinstance(house, ExchangePlace):
        house.house.start()
    assert len(list(mailbox.sweep(nothing_seen))) == 1


@pytest.mark.parametrize("how", ["stop", "kill"])
@pytest.mark.parametrize("house", ["dovecot tls"], indirect=True)
def test_a_server_that_was_away_is_found_again_with_the_same_numbers(
    house: Place, mailbox: Mailbox, dovecot: Dovecot, how: str
) -> None:
    house.put(RAW)
    before = list(mailbox.sweep(nothing_seen))
    getattr(dovecot, how)()
    for _ in range(2):  # the line is dead, then nobody takes the call
        with pytest.raises(MailboxUnavailable):
            mailbox.wait(1)
    dovecot.start()
    house.put(numbered(2))
    after = list(mailbox.sweep(nothing_seen))
    assert after[:1] == before and len(after) == 2


def test_closing_wakes_whoever_waits(mailbox: Mailbox) -> None:
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
