"""Two desks on one PostgreSQL journal and one archive: both collect, both act, both send; each mail goes out once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.care.verify import examine
from handlers.rounds.whole_round import work_once
from outbox import queue
from outbox.queue import State
from tests import cast
from tests.cast import DINKES
from tests.town import JOURNEY, Town, two_desks

PEOPLE = (*cast.OFFICIALS, DINKES)


@pytest.fixture(params=["one takes in mail", "both take in mail"])
def desks(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Town, Town]]:
    if request.param == "both take in mail":  # a lease that lapses under a slow desk must cost nothing but time
        monkeypatch.setattr("register.leases.hold", lambda *_: True)
    with two_desks(tmp_path, postgres_url) as towns:
        yield towns


def work_together(one: Town, two: Town) -> None:
    """Both desks do a round at the same moment."""
    faults: list[BaseException] = []

    def work(town: Town) -> None:
        try:
            work_once(town.office)
        except BaseException as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=work, args=(town,)) for town in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_two_desks_at_once_open_one_incident_and_send_each_mail_once(desks: tuple[Town, Town]) -> None:
    one, two = desks
    one.letter()
    work_together(one, two)
    for _, address, subject, text in JOURNEY:
        one.reply(address, subject, text)
        one.clock.forward(minutes=1)
        work_together(one, two)
    assert one.numbers() == ["DKL-2026-0001"] and one.incident().outcome == "selesai"
    assert [visit.stage for visit in one.incident().visits] == [name for name, *_ in JOURNEY]
    assert examine(one.office).damage == ()
    with one.office.database.reading() as tx:
        assert {mail.state for mail in queue.everything(tx)} == {State.SENT}
    counts = Counter((person, mail.message_id) for person in PEOPLE for mail in one.inbox(person))
    assert {key: n for key, n in counts.items() if n > 1} == {}


def test_many_letters_at_once_get_numbers_without_gaps(desks: tuple[Town, Town]) -> None:
    one, two = desks
    for number in range(8):
        one.write(
            cast.SAMSAT, f"Internet mati {number}", f"Internet kantor ke-{number} mati sejak tadi pagi, mohon bantuan."
        )
    work_together(one, two)
    work_together(one, two)
    assert one.numbers() == [f"DKL-2026-{n:04d}" for n in range(1, 9)]
    receipts = [mail for mail in one.inbox(cast.SAMSAT) if "Laporan diterima" in mail.subject]
    assert len(receipts) == 8


def test_a_deadline_is_acted_on_once(desks: tuple[Town, Town]) -> None:
    one, two = desks
    one.letter()
    one.work()
    one.clock.forward(minutes=2)
    work_together(one, two)
    assert len([mail for mail in one.inbox(cast.HELPDESK) if "Pengingat" in mail.subject]) == 1
