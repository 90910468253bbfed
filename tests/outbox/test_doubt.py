"""A mail in doubt is waited for in time that has really passed: whoever sets the clock makes no mail go out twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outbox import queue
from outbox.queue import State
from outbox.sender import InDoubt
from outbox.sent_copies import CopyPlace, SentCopies
from outbox.smtp import SmtpSender
from register import journal
from tests.doubles import HOST, MailHouse
from tests.outbox.test_deliver import OFFICE, PASSWORD, READER, Between, PostRoom, copies, desk, house

__all__ = ["desk", "house"]
JUMPS = [timedelta(minutes=11), timedelta(hours=3), timedelta(days=400)]


def in_doubt(desk: PostRoom) -> None:
    """The server has gone after the dot, and may still deliver: no copy has come yet."""
    desk.put()
    desk.sender.fault = InDoubt("terputus setelah titik")
    desk.postman.deliver_due()
    assert desk.states() == [State.DOT]


def pass_looking(desk: PostRoom, *, minutes: float, every: float = 0.5) -> None:
    for _ in range(int(minutes / every)):
        desk.clock.forward(minutes=every)
        desk.postman.deliver_due()


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("after", [0, 3, 9])
def test_a_clock_that_is_set_forward_sends_nothing_twice(
    desk: PostRoom, house: MailHouse, jump: timedelta, after: int
) -> None:
    in_doubt(desk)
    pass_looking(desk, minutes=after)
    desk.clock.jump(seconds=jump.total_seconds())
    desk.postman.deliver_due()
    pass_looking(desk, minutes=9.5 - after)
    assert desk.states() == [State.DOT] and copies(house) == 0, "the server may still have it"
    pass_looking(desk, minutes=1)
    assert desk.states() == [State.SENT] and copies(house) == 1


def test_a_clock_that_is_set_hither_and_thither_sends_nothing_twice(desk: PostRoom, house: MailHouse) -> None:
    in_doubt(desk)
    for minutes in (11, -11, 60, -60, 700, -700, 11, 11):
        desk.clock.jump(minutes=minutes)
        pass_looking(desk, minutes=1)
        assert desk.states() == [State.DOT] and copies(house) == 0
    pass_looking(desk, minutes=11)
    assert desk.states() == [State.SENT] and copies(house) == 1


@pytest.mark.parametrize("jump", JUMPS)
def test_nor_does_one_that_was_set_forward_while_the_desk_was_closed(
    desk: PostRoom, house: MailHouse, jump: timedelta
) -> None:
    in_doubt(desk)
    pass_looking(desk, minutes=1)
    desk.clock.jump(seconds=jump.total_seconds())
    desk.postman = desk.opened()
    desk.postman.deliver_due()
    pass_looking(desk, minutes=6)
    assert desk.states() == [State.DOT] and copies(house) == 0
    pass_looking(desk, minutes=4)
    assert desk.states() == [State.SENT] and copies(house) == 1


@pytest.mark.parametrize("every", [1, 5])
def test_a_desk_that_is_opened_for_each_round_anew_waits_and_sends_at_last(
    desk: PostRoom, house: MailHouse, every: int
) -> None:
    in_doubt(desk)
    rounds = 0
    while desk.states() == [State.DOT]:
        rounds += 1
        assert rounds < 20, "a mail that is in doubt for ever"
        desk.postman = desk.opened(f"meja {rounds}")
        desk.clock.forward(minutes=every)
        desk.postman.deliver_due()
    assert rounds >= 5 and desk.states() == [State.SENT] and copies(house) == 1


def test_a_desk_whose_clock_jumps_takes_no_mail_that_another_is_sending_and_sends_it_twice(
    desk: PostRoom, house: MailHouse
) -> None:
    """To the second desk the first one's lease has ended, although it has just been given."""
    desk.put()
    other = desk.opened("meja dua")
    other.sender = SmtpSender(HOST, house.smtp_port, OFFICE, PASSWORD, security="tanpa")

    def meanwhile() -> None:
        desk.clock.jump(hours=1)
        assert [delivery.state for delivery in other.deliver_due()] == [State.DOT]

    real = desk.sender.real
    desk.sender.real = Between(real, meanwhile)
    desk.postman.deliver_due()
    desk.sender.real = real
    pass_looking(desk, minutes=1)
    assert desk.states() == [State.SENT] and copies(house) == 1


def test_a_doubt_of_a_life_that_was_restored_away_is_settled_by_one_look(desk: PostRoom, house: MailHouse) -> None:
    desk.put("satu")
    desk.postman.deliver_due()
    desk.put("dua")
    with desk.database.writing() as tx:
        journal.note_restored(tx, desk.clock.now())
        queue.doubt_everything(tx, desk.clock.now())
    desk.clock.jump(days=-3)
    desk.postman = desk.opened()
    desk.postman.deliver_due()
    assert desk.states() == [State.SENT, State.SENT] and copies(house) == 2


def test_after_a_restore_too_a_proof_that_is_away_is_waited_for(desk: PostRoom, house: MailHouse) -> None:
    desk.put()
    with desk.database.writing() as tx:
        queue.doubt_everything(tx, desk.clock.now())
    away, desk.proof = SentCopies([CopyPlace(HOST, 1, OFFICE, PASSWORD, security="tanpa")]), desk.postman.proof
    desk.postman.proof = away
    desk.postman.deliver_due()
    pass_looking(desk, minutes=30, every=5)
    assert desk.states() == [State.DOT], "given up for a proof that was away for a moment"
    desk.postman.proof = desk.proof
    pass_looking(desk, minutes=5)
    assert desk.states() == [State.SENT] and copies(house, READER) == 1
