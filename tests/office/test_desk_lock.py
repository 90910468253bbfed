"""One desk a data folder; a dead desk's claims are free at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.desk_lock import DeskTaken, sole_desk
from outbox import queue
from outbox.queue import State
from tests.town import Town


def test_a_second_desk_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with sole_desk(tmp_path), pytest.raises(DeskTaken, match="meja lain"), sole_desk(tmp_path):
        pass
    with sole_desk(tmp_path):
        pass


def test_a_desk_that_comes_back_sends_at_once_what_the_dead_one_had_claimed(place: Town) -> None:
    place.to_stage("analisis")
    place.reply("helpdesk@contoh.example", "Mohon analisis", "YA")
    place.office.postman.sender.host = "256.0.0.1"  # type: ignore[attr-defined]  # the network is away
    place.work(1)
    with place.office.database.writing() as tx:
        assert queue.claim(tx, place.office.postman.owner, place.clock.now())
    place.restart()
    with place.office.opened_as_desk():
        place.work(30)
    with place.office.database.reading() as tx:
        assert {mail.state for mail in queue.everything(tx)} == {State.SENT}


def test_a_desk_is_closed_while_the_journal_is_away(place: Town) -> None:
    journal = place.office.settings.data / "jurnal.db"
    with place.office.opened_as_desk():
        place.office.database.close()
        journal.rename(journal.with_name("dipindahkan.db"))
        journal.mkdir()
    with sole_desk(place.office.settings.data):
        pass
