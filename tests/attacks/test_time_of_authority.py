"""Who may decide is judged by when their mail came in, not by when a busy desk got round to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests import cast
from tests.attacks import subjects, waiting
from tests.town import Town

LAST_EVENING = datetime(2026, 11, 23, 16, 50, tzinfo=UTC)  # 23.50 WIB


def asked_of_the_deputy(place: Town) -> None:
    """The Plh, whose mandate ends today, is asked at ten to midnight."""
    people = place.folder / "pejabat.yaml"
    people.write_text(
        people.read_text(encoding="utf-8").replace("sampai: 2099-12-31", "sampai: 2026-11-23"), encoding="utf-8"
    )
    place.clock.time = LAST_EVENING
    place.to_stage("disposisi")
    place.work(3.1)
    assert any("Mohon disposisi" in subject for subject in subjects(place, cast.SEKRETARIS))


@pytest.mark.parametrize("released_first", [True, False])
def test_a_deputys_answer_of_the_last_evening_counts_after_midnight(place: Town, released_first: bool) -> None:
    asked_of_the_deputy(place)
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    if released_first:
        from handlers.collect_mail import collect_mail
        from handlers.directory_changed import follow_directory

        with place.office.collecting() as mailboxes:
            for mailbox in mailboxes:
                collect_mail(place.office, mailbox)
        place.clock.forward(minutes=15)
        follow_directory(place.office)
        assert not waiting(place).may_answer("plh_kabid")
        place.work()
    else:
        place.work(15)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.person == "plh_kabid"


def test_what_a_deputy_writes_after_midnight_does_not(place: Town) -> None:
    asked_of_the_deputy(place)
    place.clock.forward(minutes=15)
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work()
    assert place.incident().last_answer("disposisi") is None
