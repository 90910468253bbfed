"""What Exchange does to those who read from it: it forgets, throttles, moves, and keeps back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from inbox.mailbox import FoundMail, MailboxRefused, MailboxUnavailable, MailWithheld, Seen, nothing_seen
from tests.doubles import ExchangeHouse, cut_before, throttled
from tests.inbox.places import ExchangePlace
from tests.servers import PASSWORD

USER, CLERK = "darurat@contoh.example", "petugas@contoh.example"


def mail(number: int) -> bytes:
    return f"From: a@contoh.example\r\nTo: b\r\nMessage-ID: <{number}@x>\r\n\r\nsurat {number}\r\n".encode()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[ExchangePlace]:
    with ExchangeHouse({USER: PASSWORD, CLERK: PASSWORD}) as house:
        yield ExchangePlace(house, USER, tmp_path)


def told(found: list[FoundMail]) -> dict[bytes, tuple[int, int]]:
    return {one.raw: (one.uidvalidity, one.uid) for one in found}


def test_a_forgotten_sync_state_loses_nothing_and_renumbers_nothing(place: ExchangePlace) -> None:
    mailbox = place.mailbox()
    place.put(mail(1))
    before = told(list(mailbox.sweep(nothing_seen)))
    place.house.boxes[USER].boot = "lain"  # as after a mailbox was moved to another database
    place.put(mail(2))
    after = told(list(mailbox.sweep(nothing_seen)))
    assert set(after) == {mail(1), mail(2)} and after[mail(1)] == before[mail(1)]
    mailbox.close()


def test_numbers_outlive_the_process_and_grow_with_what_comes(place: ExchangePlace) -> None:
    numbers = list[int]()
    for number in range(1, 6):
        place.put(mail(number))
        mailbox = place.mailbox()
        upto = max(numbers, default=0)
        found = list(mailbox.sweep(lambda _, upto=upto: Seen(upto=upto)))  # type: ignore[misc]
        assert [one.raw for one in found] == [mail(number)], "an id in no order never hides a mail from the watermark"
        numbers.append(found[0].uid)
        mailbox.close()


def test_a_lost_book_of_numbers_is_another_validity(place: ExchangePlace) -> None:
    place.put(mail(1))
    validity = [next(place.mailbox().sweep(nothing_seen)).uidvalidity]
    (place.folder / "nomor.db").unlink()
    validity.append(next(place.mailbox().sweep(nothing_seen)).uidvalidity)
    assert len(set(validity)) == 2


def test_more_mails_than_a_page_all_come(place: ExchangePlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox.exchange._PAGE", 3)
    for number in range(8):
        place.put(mail(number))
    mailbox = place.mailbox()
    assert [one.raw for one in mailbox.sweep(nothing_seen)] == [mail(number) for number in range(8)]
    assert place.house.calls["SyncFolderItems"] == 3
    mailbox.close()


def test_a_page_that_is_cut_off_is_asked_for_again(place: ExchangePlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inbox.exchange._PAGE", 2)
    mailbox = place.mailbox()
    for number in range(5):
        place.put(mail(number))
    list(mailbox.sweep(nothing_seen))
    for number in range(5, 10):
        place.put(mail(number))
    place.house.faults["SyncFolderItems"] = [cut_before]
    with pytest.raises(MailboxUnavailable):
        list(mailbox.sweep(nothing_seen))
    assert len(list(mailbox.sweep(nothing_seen))) == 10
    mailbox.close()


def test_a_busy_server_is_left_alone_as_long_as_it_asks(place: ExchangePlace) -> None:
    mailbox = place.mailbox()
    list(mailbox.sweep(nothing_seen))
    place.house.faults["SyncFolderItems"] = [throttled(60_000)]
    with pytest.raises(MailboxUnavailable, match="sibuk"):
        list(mailbox.sweep(nothing_seen))
    calls = place.house.calls.total()
    with pytest.raises(MailboxUnavailable, match="sibuk"):
        mailbox.wait(0.1)
    assert place.house.calls.total() == calls, "knocked though it was told to wait"


def test_after_the_busy_time_it_goes_on(place: ExchangePlace) -> None:
    mailbox = place.mailbox()
    place.put(mail(1))
    place.house.faults["GetItem"] = [throttled(1)]
    with pytest.raises(MailboxUnavailable):
        list(mailbox.sweep(nothing_seen))
    time.sleep(0.01)
    assert len(list(mailbox.sweep(nothing_seen))) == 1
    mailbox.close()


def test_a_damaged_mail_stops_only_itself(place: ExchangePlace) -> None:
    for number in range(3):
        place.put(mail(number))
    place.house.damaged.add(list(place.house.boxes[USER].items)[1])
    mailbox, found = place.mailbox(), list[FoundMail]()
    with pytest.raises(MailWithheld) as fault:
        found += mailbox.sweep(nothing_seen)
        found.extend(mailbox.sweep(nothing_seen))
    sweep = mailbox.sweep(nothing_seen)
    assert [next(sweep).raw, next(sweep).raw] == [mail(0), mail(2)] and len(fault.value.uids) == 1
    mailbox.close()


def test_a_mail_that_is_taken_away_meanwhile_is_no_fault(place: ExchangePlace) -> None:
    place.put(mail(1))
    place.put(mail(2))
    mailbox = place.mailbox()
    sweep = mailbox.sweep(nothing_seen)
    next(sweep)
    box = place.house.boxes[USER]
    box.remove(list(box.items)[1])
    assert list(sweep) == []
    assert len(list(mailbox.sweep(nothing_seen))) == 1
    mailbox.close()


def test_a_shared_mailbox_is_opened_by_those_who_may(place: ExchangePlace) -> None:
    place.put(mail(1))
    with pytest.raises(MailboxRefused):
        list(place.mailbox(user=CLERK).sweep(nothing_seen))
    place.house.shared.add((USER, CLERK))
    mailbox = place.mailbox(user=CLERK)
    assert [one.raw for one in mailbox.sweep(nothing_seen)] == [mail(1)]
    mailbox.close()


@pytest.mark.parametrize(
    ("folder", "which"), [("Surat", "own-1"), ("Surat/Darurat", "own-2"), ("INBOX/Darurat", "own-3")]
)
def test_a_folder_below_the_top_or_below_the_inbox_is_watched_and_no_other(
    place: ExchangePlace, folder: str, which: str
) -> None:
    place.put(mail(1))
    place.house.deliver(USER, mail(2), which)
    mailbox = place.mailbox(folder=folder)
    assert [one.raw for one in mailbox.sweep(nothing_seen)] == [mail(2)]
    place.house.deliver(USER, mail(3), which)
    assert mailbox.wait(20)
    mailbox.close()
