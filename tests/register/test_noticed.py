"""What small changes to the code would break without any other test noticing (`docs/mutation.md`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from register import heads, journal, ledger
from register.database import Database, JournalUnavailable
from register.history import tell_anew
from register.ledger import LOOK_AT_ALL_EVERY, Known
from tests.register.test_archive_and_ledger import NOW, enter
from tests.register.test_journal import opened, write_one

NOW_OF_A_HEAD = datetime(2026, 11, 23, 3, 4, 5, 678901, tzinfo=UTC)
ADDRESS, TAKEN = "darurat@contoh.example", Known(50)


@pytest.mark.parametrize(
    ("account", "folder", "uidvalidity", "known"),
    [
        (ADDRESS, "INBOX", 7, TAKEN),
        (ADDRESS, "INBOX", 8, Known()),
        (ADDRESS, "Spam", 7, Known()),
        ("lain@contoh.example", "INBOX", 7, Known()),
    ],
)
def test_what_was_taken_of_a_folder_says_nothing_of_any_other(
    database: Database, account: str, folder: str, uidvalidity: int, known: Known
) -> None:
    with database.writing() as tx:
        ledger.took_all(tx, ADDRESS, "INBOX", 7, Known(), 50, NOW)
    with database.reading() as tx:
        assert ledger.known_uids(tx, account, folder, uidvalidity, NOW) == known


def test_once_a_day_the_whole_folder_is_looked_at_again(database: Database) -> None:
    enter(database, "a", 50)
    with database.writing() as tx:
        ledger.took_all(tx, ADDRESS, "INBOX", 7, Known(), 50, NOW)
    just_before = LOOK_AT_ALL_EVERY - timedelta(seconds=1)
    with database.reading() as tx:
        assert ledger.known_uids(tx, ADDRESS, "INBOX", 7, NOW + just_before) == TAKEN
        assert ledger.known_uids(tx, ADDRESS, "INBOX", 7, NOW + LOOK_AT_ALL_EVERY) == Known(0, frozenset({50}))


def test_a_journal_that_cannot_be_read_is_unavailable_and_no_library_says_so(database: Database) -> None:
    with pytest.raises(JournalUnavailable), database.reading() as tx:
        tx.execute(text("SELECT nothing FROM nowhere"))
    with pytest.raises(JournalUnavailable), database.writing() as tx:
        tx.execute(text("INSERT INTO nowhere VALUES (1)"))


def test_what_a_chain_comes_to_is_known_from_its_first_event_to_its_last(database: Database) -> None:
    write_one(database)
    number, last = "DKL-2026-0001", opened()[0].seq
    with database.reading() as tx:
        hashes = journal.chain_of(tx, number).hashes
        history = tell_anew(tx, [(number, 0), (number, 1), (number, last), (number, last + 1)])
    assert history.hashes == {(number, 1): hashes[0], (number, last): hashes[-1]}


def test_the_latest_mails_are_listed_without_our_own_copies_unless_they_are_asked_for(database: Database) -> None:
    for uid, mail in enumerate(("a", "b", "c"), start=1):
        enter(database, mail, uid)
    with database.writing() as tx:
        ledger.settle(tx, "a", "insiden")
        ledger.settle(tx, "b", ledger.OWN_COPY)
    with database.reading() as tx:
        assert [mail.id for mail in ledger.latest(tx, 9)] == ["c", "a"]
        assert [mail.id for mail in ledger.latest(tx, 9, ledger.OWN_COPY)] == ["b"]
        assert [mail.id for mail in ledger.latest(tx, 1)] == ["c"]


def test_each_years_numbers_of_each_procedure_begin_at_one_and_what_is_foreseen_is_given(database: Database) -> None:
    given = [("DKL", 2026), ("DKL", 2026), ("DKL", 2027), ("LAIN", 2027), ("DKL", 2027), ("DKL", 2026)]
    numbers = list[str]()
    for prefix, year in given:
        with database.writing() as tx:
            foreseen = journal.next_number(tx, prefix, year)
            numbers.append(journal.take_number(tx, prefix, year))
            assert foreseen == numbers[-1]
    assert [int(number.rpartition("-")[2]) for number in numbers] == [1, 2, 1, 1, 2, 3]
    with database.reading() as tx:
        assert sorted(journal.given_numbers(tx)) == sorted(numbers)


def test_a_head_comes_to_what_it_has_always_come_to() -> None:
    """Heads are printed in mails that lie in mailboxes: another sum would call every one of them a forgery."""
    head = heads.following(None, [heads.State("DKL-2026-0001", 3, "ab" * 32)], 1, NOW_OF_A_HEAD)
    assert head.hash == "3abe1e2c11d7da0db71c9f0b2112a3586803a238c3393cc46aa8535fc777bece"
