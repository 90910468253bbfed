"""The same office on Exchange, and on a Maildir: a letter comes in, Helpdesk answers, the procedure goes on."""

from __future__ import annotations

from pathlib import Path

from tests import cast
from tests.cast import DINKES, USERS
from tests.doubles import ExchangeHouse
from tests.exchange_and_maildir_towns import ExchangeTown, MaildirTown, SplitHouse
from tests.town import Town


def led_on(place: Town) -> None:
    """A letter and an answer, each looked at twice."""
    place.letter()
    place.work()
    place.work()
    place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
    place.work(1)
    place.work()
    current = place.incident().current
    assert current is not None and current.stage == "penerusan_analisis"
    for person, about in ((cast.HELPDESK, "Mohon analisis"), (cast.KOORDINATOR, "Mohon diteruskan"), (DINKES, "")):
        assert sum(about in mail.subject for mail in place.inbox(person)) == 1
    place.office.close()


def test_on_exchange_a_letter_is_taken_answered_and_led_on_once(tmp_path: Path) -> None:
    with ExchangeHouse(USERS) as house:
        led_on(ExchangeTown(tmp_path, house))
        assert not {"UpdateItem", "MoveItem", "DeleteItem"} & set(house.calls)


def test_from_a_maildir_a_letter_is_taken_once_and_nothing_in_it_is_touched(tmp_path: Path) -> None:
    with SplitHouse() as house:
        place = MaildirTown(tmp_path, house)
        led_on(place)
        new = list((place.maildir.place / "new").iterdir())
        assert len(new) == len(place.inbox(cast.OFFICE)), "every mail that was brought, the copies of our own too"
        assert not list((place.maildir.place / "cur").iterdir())
