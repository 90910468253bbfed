"""What the journal and the desk take for recent while the machine's clock is set back and forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.rounds.lists import list_set_apart
from register import journal, ledger
from register.database import Database
from register.recent import Recent
from tests import cast
from tests.town import Town

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def test_what_came_before_the_clock_was_set_back_makes_no_flood_of_what_comes_after() -> None:
    recent = Recent()
    for number in range(20):
        recent.count("pengirim", f"dahulu {number}", NOW + 2 * HOUR + number * MINUTE)
    assert [recent.count("pengirim", f"{at}", NOW + at * 10 * MINUTE) for at in range(19)] == [*range(1, 7), *[7] * 13]


def test_mails_that_are_taken_out_of_order_are_counted_by_their_own_hour() -> None:
    recent = Recent()
    recent.count("pengirim", "menunggu", NOW + 30 * MINUTE)
    counts = [recent.count("pengirim", f"{at}", NOW + at * 20 * MINUTE) for at in (0, 1, 2, 3, 4, 5, 6)]
    assert counts == [1, 2, 4, 5, 5, 4, 4] and max(counts) < 6


def test_a_mail_that_is_tried_again_counts_once_whatever_the_clock_says_then() -> None:
    recent = Recent()
    assert [recent.count("pengirim", "satu", NOW) for _ in range(5)] == [1] * 5


@pytest.mark.parametrize("ahead", [HOUR, timedelta(days=30), timedelta(days=400)])
def test_a_restore_of_the_time_ahead_is_doubted_for_a_day_and_not_until_the_clock_is_there(
    database: Database, ahead: timedelta
) -> None:
    with database.writing() as tx:
        journal.note_restored(tx, NOW + ahead)
    with database.writing() as tx:
        assert journal.restored_lately(tx, NOW)
    with database.writing() as tx:
        assert journal.restored_lately(tx, NOW + timedelta(hours=23))
        assert not journal.restored_lately(tx, NOW + timedelta(hours=24, minutes=1))


@pytest.mark.parametrize("days", [1, 30, 400])
def test_what_was_set_apart_before_the_clock_was_set_back_is_listed_the_next_morning(place: Town, days: int) -> None:
    raw = b"From: Promo <promo@iklan.example>\r\nSubject: Diskon\r\n\r\nBeli sekarang.\r\n"
    with place.office.database.writing() as tx:
        sha256, now = place.office.archive.put(raw), place.clock.now()
        ledger.enter(tx, None, mail_id="a" * 64, sha256=sha256, message_id="p@iklan.example", size=len(raw), now=now)
        ledger.set_apart(tx, "a" * 64, "spam")
    place.clock.forward(days=-days)
    listed = list_set_apart(place.office)
    place.clock.forward(days=1)
    listed += list_set_apart(place.office)
    place.work()
    assert listed == 1 and "Diskon" in place.last(cast.HELPDESK, "karantina").plain
