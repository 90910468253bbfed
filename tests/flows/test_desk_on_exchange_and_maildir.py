"""The desk on Exchange and on a Maildir, without Prefect: it hears mail, leads on, and outlives its server."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import cast
from tests.cast import USERS
from tests.doubles import ExchangeHouse
from tests.exchange_and_maildir_towns import ExchangeTown, MaildirTown, SplitHouse
from tests.flows.test_desk import desk, stage
from tests.town import Town, until


def asked(place: Town, whom: str, about: str) -> int:
    return sum(about in mail.subject for mail in place.inbox(whom))


@pytest.mark.parametrize("kind", ["exchange", "maildir"])
def test_the_desk_hears_every_mail_and_leads_on(tmp_path: Path, kind: str) -> None:
    with ExitStack() as stack:
        if kind == "exchange":
            place: Town = ExchangeTown(tmp_path / "kantor", stack.enter_context(ExchangeHouse(USERS)))
        else:
            place = MaildirTown(tmp_path / "kantor", stack.enter_context(SplitHouse()))
        stack.callback(place.office.close)
        with desk(place):
            place.letter()
            place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
            place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
            until(lambda: stage(place) == "disposisi", "the Kabid is next")
        assert asked(place, cast.KOORDINATOR, "Mohon diteruskan ke Kabid") == 1


def test_exchange_stopped_under_a_working_desk_and_started_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with ExchangeHouse(USERS) as house:
        place = ExchangeTown(tmp_path / "kantor", house)
        with desk(place):
            place.letter()
            until(lambda: asked(place, cast.HELPDESK, "Mohon analisis") == 1, "Helpdesk is asked")
            house.stop()
            until(lambda: "tidak terhubung" in caplog.text, "the desk says what is wrong")
            assert "sibuk" not in caplog.text, "a broken line is not a server that wants to be left alone"
            place.reply(cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
            house.start()
            place.clock.forward(minutes=1)  # in which sending rested
            until(lambda: asked(place, cast.KOORDINATOR, "Mohon diteruskan") == 1, "the answer counts")
        assert asked(place, cast.HELPDESK, "Mohon analisis") == 1
        place.office.close()
