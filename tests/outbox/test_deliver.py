"""Sending: real SMTP and IMAP, faults injected at the port."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from inbox.imap import ImapMailbox
from inbox.mailbox import nothing_seen
from outbox import queue
from outbox.deliver import Postman
from outbox.maildir_copies import MaildirCopies
from outbox.queue import Draft, State
from outbox.sender import Envelope, InDoubt, Permanent, Retryable, Sender, ServerAway
from outbox.sent_copies import CopyPlace, SentCopies
from outbox.smtp import SmtpSender
from register.archive import Archive
from register.database import Conflict, Database
from sop.addressee import Addressee
from sop.mail_key import MailKey
from tests.doubles import HOST, MaildirFolder, MailHouse
from tests.town import ObedientClock

OFFICE, READER, PASSWORD = "darurat@contoh.example", "kabid@contoh.example", "rahasia"


class Faulty:
    """A real sender with one fault before, at or after the dot."""

    def __init__(self, real: Sender, fault: Exception | None, *, delivered: bool) -> None:
        self.real, self.fault, self.delivered = real, fault, delivered

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        fault, self.fault = self.fault, None
        if fault is None:
            return self.real.send(envelope, before_dot)
        if self.delivered:
            self.real.send(envelope, before_dot)
        elif isinstance(fault, InDoubt):
            before_dot()
        raise fault

    def close(self) -> None:
        self.real.close()


class PostRoom:
    def __init__(self, database: Database, folder: Path, house: MailHouse) -> None:
        self.database, self.archive, self.clock = database, Archive(folder), ObedientClock()
        smtp = SmtpSender(HOST, house.smtp_port, OFFICE, PASSWORD, security="tanpa")
        self.sender = Faulty(smtp, None, delivered=False)
        self.proof = SentCopies([CopyPlace(HOST, house.imap_port, OFFICE, PASSWORD, security="tanpa")])
        self.postman = self.opened()

    def opened(self, owner: str = "meja") -> Postman:
        """As a process that has just begun."""
        clock = self.clock
        return Postman(self.database, self.archive, self.sender, self.proof, clock.now, clock.running, owner, OFFICE)

    def put(self, key: str = "DKL-2026-0001/4/disposisi-1/kabid", recipient: str = READER) -> None:
        message_id = f"{abs(hash(key))}@contoh.example"
        raw = f"From: {OFFICE}\r\nTo: {recipient}\r\nMessage-ID: <{message_id}>\r\nSubject: {key}\r\n\r\n.isi\r\n".encode()
        draft = Draft(
            MailKey(key),
            "DKL-2026-0001",
            "disposisi",
            1,
            Addressee("kabid"),
            "minta_disposisi",
            True,
            OFFICE,
            recipient,
            key,
            message_id,
            key,
            self.archive.put(raw),
        )
        with self.database.writing() as tx:
            queue.put(tx, draft, self.clock.now())

    def states(self) -> list[State]:
        with self.database.reading() as tx:
            return [mail.state for mail in queue.everything(tx)]


@pytest.fixture
def house() -> Iterator[MailHouse]:
    with MailHouse({OFFICE: PASSWORD, READER: PASSWORD}) as built:
        yield built


@pytest.fixture
def desk(database: Database, tmp_path: Path, house: MailHouse) -> Iterator[PostRoom]:
    built = PostRoom(database, tmp_path / "arsip", house)
    yield built
    built.postman.sender.close()


def copies(house: MailHouse, user: str = READER) -> int:
    mailbox = ImapMailbox(HOST, house.imap_port, user, PASSWORD, security="tanpa")
    count = len(list(mailbox.sweep(nothing_seen)))
    mailbox.close()
    return count


def test_reader_and_archive_get_one_copy_each(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    assert [delivery.state for delivery in desk.postman.deliver_due()] == [State.SENT]
    assert desk.postman.deliver_due() == []
    assert (copies(house), copies(house, OFFICE)) == (1, 1)


def test_the_same_key_is_queued_once(desk: PostRoom) -> None:
    desk.put()
    with pytest.raises(Conflict):
        desk.put()
    assert len(desk.states()) == 1


def test_mails_go_out_in_the_order_in_which_they_were_queued(desk: PostRoom) -> None:
    for number in range(5):
        desk.put(f"kunci-{number}")
    assert [str(delivery.mail.key) for delivery in desk.postman.deliver_due()] == [f"kunci-{n}" for n in range(5)]


def test_not_now_is_tried_again_later(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    desk.sender.fault = Retryable("451 coba lagi")
    desk.postman.deliver_due()
    assert desk.states() == [State.QUEUED] and copies(house) == 0
    assert desk.postman.deliver_due() == []
    desk.clock.forward(minutes=1)
    desk.postman.deliver_due()
    assert desk.states() == [State.SENT] and copies(house) == 1


def test_a_refusal_for_good_stops_only_that_mail(desk: PostRoom, house: MailHouse) -> None:
    desk.put("satu", recipient="tidak.ada@contoh.example")
    desk.put("dua")
    desk.postman.deliver_due()
    assert desk.states() == [State.FAILED, State.SENT] and copies(house) == 1


def test_refused_stays_refused_whatever_the_server_says(desk: PostRoom) -> None:
    desk.put()
    desk.sender.fault = Permanent("550 tidak")
    desk.postman.deliver_due()
    desk.clock.forward(days=1)
    assert desk.postman.deliver_due() == [] and desk.states() == [State.FAILED]


def test_doubt_is_settled_by_the_archive_copy(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    desk.sender.fault, desk.sender.delivered = InDoubt("terputus setelah titik"), True
    desk.postman.deliver_due()
    assert desk.states() == [State.DOT]
    desk.clock.forward(minutes=10)
    desk.postman.deliver_due()
    assert desk.states() == [State.SENT] and copies(house) == 1


def test_doubt_without_a_copy_waits_and_then_sends_the_same_bytes(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    desk.sender.fault = InDoubt("terputus sebelum diterima")
    desk.postman.deliver_due()
    for _ in range(9):  # a server that tries deferred mail again after five minutes may still have it
        desk.clock.forward(minutes=1)
        desk.postman.deliver_due()
        assert desk.states() == [State.DOT] and copies(house) == 0
    desk.clock.forward(minutes=2)
    desk.postman.deliver_due()
    assert desk.states() == [State.SENT] and copies(house) == 1


def test_a_desk_that_died_gives_its_claim_back(desk: PostRoom) -> None:
    desk.put()
    with desk.database.writing() as tx:
        assert queue.claim(tx, "meja lain", desk.clock.now()) is not None
    assert desk.postman.deliver_due() == []
    desk.clock.forward(minutes=6)
    assert [delivery.state for delivery in desk.postman.deliver_due()] == [State.SENT]


def test_bytes_that_were_changed_on_disk_are_not_sent(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    for path in desk.archive.folder.rglob("*.eml"):
        path.write_bytes(b"palsu")
    desk.postman.deliver_due()
    assert desk.states() == [State.FAILED] and copies(house) == 0


def test_many_threads_send_each_mail_once(desk: PostRoom, house: MailHouse) -> None:
    for number in range(12):
        desk.put(f"kunci-{number}")
    threads = [threading.Thread(target=desk.postman.deliver_due) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(desk.states()) == {State.SENT} and copies(house) == 12


def test_a_reader_gets_one_incident_in_order_and_nobody_waits_for_somebody_else(
    desk: PostRoom, house: MailHouse
) -> None:
    for key, recipient in (("satu", READER), ("dua", READER), ("tiga", OFFICE)):
        desk.put(key, recipient)
    desk.sender.fault = Retryable("451 kotak penuh, coba lagi")
    assert [str(delivery.mail.key) for delivery in desk.postman.deliver_due()] == ["satu", "tiga"]
    with desk.database.reading() as tx:
        due = queue.next_due(tx, desk.clock.now())
    assert due is not None and due > desk.clock.now(), "a desk would spin over what is held back"
    desk.clock.forward(minutes=1)
    assert [str(delivery.mail.key) for delivery in desk.postman.deliver_due()] == ["satu", "dua"]
    assert set(desk.states()) == {State.SENT} and copies(house) == 2


def test_a_server_that_is_away_is_tried_once_and_the_whole_queue_waits(desk: PostRoom, house: MailHouse) -> None:
    for number in range(5):
        desk.put(f"kunci-{number}")
    desk.sender.fault = ServerAway("tidak terhubung")
    assert len(desk.postman.deliver_due()) == 1, "every mail would wait for a time-out of its own"
    assert desk.postman.deliver_due() == []
    with desk.database.reading() as tx:
        due = desk.postman.next_due(tx)
        assert {mail.attempts for mail in queue.everything(tx)} == {0}, "no mail is to blame"
    assert due is not None and due > desk.clock.now()
    desk.clock.forward(minutes=1)
    assert len(desk.postman.deliver_due()) == 5 and copies(house) == 5


def test_no_more_go_out_in_a_minute_than_the_server_allows(desk: PostRoom, house: MailHouse) -> None:
    desk.postman.per_minute = 3
    for number in range(5):
        desk.put(f"kunci-{number}")
    assert len(desk.postman.deliver_due()) == 3
    with desk.database.reading() as tx:
        assert desk.postman.next_due(tx) == desk.clock.now() + timedelta(minutes=1)
    desk.clock.forward(seconds=59)
    assert desk.postman.deliver_due() == []
    desk.clock.forward(seconds=2)
    assert len(desk.postman.deliver_due()) == 2 and copies(house) == 5


def test_a_clock_that_is_set_back_delays_no_mail(desk: PostRoom, house: MailHouse) -> None:
    for key, recipient in (("satu", READER), ("dua", OFFICE), ("tiga", READER)):
        desk.put(key, recipient)
    with desk.database.writing() as tx:
        assert queue.claim(tx, "meja yang mati", desk.clock.now()) is not None
    desk.sender.fault = ServerAway("tidak terhubung")
    desk.postman.deliver_due()
    desk.clock.forward(hours=-2)
    with desk.database.reading() as tx:
        due = desk.postman.next_due(tx)
    assert due is not None and due <= desk.clock.now()
    assert len(desk.postman.deliver_due()) == 3 and copies(house) == 2


def test_what_went_out_in_the_hour_that_comes_a_second_time_takes_no_mails_place(
    desk: PostRoom, house: MailHouse
) -> None:
    desk.postman.per_minute = 3
    for minute in range(6):
        for number in range(3):
            desk.put(f"dahulu-{minute}-{number}")
        desk.postman.deliver_due()
        desk.clock.forward(minutes=1)
    assert copies(house) == 18
    desk.clock.forward(minutes=-6)
    for number in range(6):
        desk.put(f"sekarang-{number}")
    for _ in range(4):  # what two clocks may differ, and two portions
        with desk.database.reading() as tx:
            due = desk.postman.next_due(tx)
        if due is not None and due <= desk.clock.now():
            assert len(desk.postman.deliver_due()) <= 3
        desk.clock.forward(minutes=1)
    assert copies(house) == 24


def test_a_doubt_is_settled_as_soon_as_the_copy_is_there(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    desk.put("berikut")
    desk.sender.fault, desk.sender.delivered = InDoubt("server lambat"), True
    desk.postman.deliver_due()
    desk.clock.forward(seconds=15)
    assert [delivery.state for delivery in desk.postman.deliver_due()] == [State.SENT, State.SENT]
    assert copies(house) == 2


def test_a_mail_that_breaks_us_stops_only_itself_and_is_given_up_at_last(desk: PostRoom, house: MailHouse) -> None:
    desk.put("satu", recipient=OFFICE)
    desk.put("dua")
    for _ in range(5):
        desk.sender.fault = UnicodeEncodeError("ascii", "\xe1", 0, 1, "surat ganjil")
        desk.postman.deliver_due()
        desk.clock.forward(minutes=2)
    assert desk.states() == [State.FAILED, State.SENT] and copies(house) == 1


def test_two_desks_whose_clocks_differ_a_little_never_send_one_mail_twice(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    behind = ObedientClock(desk.clock.now() - timedelta(seconds=40))
    smtp = SmtpSender(HOST, house.smtp_port, OFFICE, PASSWORD, security="tanpa")
    proof = desk.postman.proof
    other = Postman(desk.database, desk.archive, smtp, proof, behind.now, behind.running, "meja dua", OFFICE)
    real, desk.sender.real = desk.sender.real, Between(desk.sender.real, other.deliver_due)
    desk.postman.deliver_due()
    desk.sender.real = real
    assert desk.states() == [State.SENT] and copies(house) == 1


class Between:
    """While one desk waits for the answer to its dot, another has its round."""

    def __init__(self, real: Sender, meanwhile: Callable[[], object]) -> None:
        self.real, self.meanwhile = real, meanwhile

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> str:
        def announced() -> None:
            before_dot()
            self.meanwhile()

        return self.real.send(envelope, announced)

    def close(self) -> None:
        self.real.close()


def test_a_mail_in_doubt_when_the_clock_is_set_back_is_not_sent_at_once(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    desk.sender.fault = InDoubt("terputus")
    desk.postman.deliver_due()
    desk.clock.forward(hours=-2)
    for _ in range(9):
        desk.clock.forward(minutes=1)
        desk.postman.deliver_due()
        assert desk.states() == [State.DOT] and copies(house) == 0
    desk.clock.forward(minutes=3)
    desk.postman.deliver_due()
    assert copies(house) == 1


def test_a_postponed_mail_from_before_the_clock_was_set_back_holds_up_no_other(
    desk: PostRoom, house: MailHouse
) -> None:
    desk.put("satu", recipient=OFFICE)
    desk.put("dua")
    desk.clock.forward(hours=-1)
    desk.sender.fault = Retryable("450 daftar abu-abu")
    assert [str(delivery.mail.key) for delivery in desk.postman.deliver_due()] == ["satu", "dua"]
    assert desk.postman.deliver_due() == []


def test_a_doubt_that_nobody_can_settle_ends_with_a_human(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    desk.put("berikut")
    desk.sender.fault = InDoubt("terputus")
    desk.postman.proof = SentCopies([CopyPlace(HOST, 1, OFFICE, PASSWORD, security="tanpa")])
    for _ in range(12):
        desk.postman.deliver_due()
        desk.clock.forward(minutes=10)
    assert desk.states() == [State.FAILED, State.SENT] and copies(house) == 1


@pytest.mark.parametrize("brings", ["the copy", "other mail", "nothing"])
def test_where_a_maildir_brings_the_copies_only_one_that_is_filled_denies_a_mail(
    desk: PostRoom, house: MailHouse, tmp_path: Path, brings: str
) -> None:
    desk.put()
    desk.sender.fault, desk.sender.delivered = InDoubt("terputus"), brings == "the copy"
    maildir = MaildirFolder(tmp_path / "Maildir", desk.clock.now)
    desk.postman.proof = MaildirCopies(maildir.place)
    desk.postman.deliver_due()
    for _ in range(12):
        desk.clock.forward(minutes=10)
        if brings == "the copy":
            maildir.put(sent_raw(desk))
        elif brings == "other mail":
            maildir.put(b"Message-ID: <lain@x>\r\n\r\nlain\r\n")
        desk.postman.deliver_due()
    assert desk.states() == [State.FAILED if brings == "nothing" else State.SENT]
    assert copies(house) == (0 if brings == "nothing" else 1)


def sent_raw(desk: PostRoom) -> bytes:
    with desk.database.reading() as tx:
        return desk.archive.get(queue.everything(tx)[0].sha256)


def test_a_mail_for_which_the_server_refuses_us_does_not_stand_before_the_others_for_ever(desk: PostRoom) -> None:
    desk.put("satu", recipient=OFFICE)
    desk.put("dua")
    desk.sender.fault = ServerAway("553 5.7.1 ditolak", refused=True)
    assert [str(delivery.mail.key) for delivery in desk.postman.deliver_due()] == ["satu"]
    desk.clock.forward(minutes=1)
    assert [str(delivery.mail.key) for delivery in desk.postman.deliver_due()] == ["dua"]
    desk.clock.forward(minutes=1)
    assert [str(delivery.mail.key) for delivery in desk.postman.deliver_due()] == ["satu"]


def test_without_a_place_to_look_nothing_is_taken_for_unsent() -> None:
    with pytest.raises(Retryable):
        SentCopies([]).was_sent("x@contoh.example")
