"""`siaga doctor` on Exchange and on a Maildir: well when it is well, and one line with the way out when it is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from siaga.checkup import checkup
from tests import cast
from tests.cast import USERS
from tests.doubles import ExchangeHouse
from tests.exchange_and_maildir_towns import ExchangeInboxTown, ExchangeTown, MaildirTown, SplitHouse
from tests.town import Town

TOWNS = {"exchange": ExchangeTown, "exchange smtp": ExchangeInboxTown, "maildir": MaildirTown}


@pytest.fixture(params=TOWNS)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    with ExitStack() as stack:
        house = stack.enter_context(ExchangeHouse(USERS) if request.param == "exchange" else SplitHouse())
        place = TOWNS[request.param](tmp_path / "kantor", house)
        stack.callback(place.office.close)
        yield place


def said(place: Town) -> dict[str, list[str]]:
    """What doctor complains of."""
    found: dict[str, list[str]] = {}
    for finding in checkup(place.settings_file):
        if not finding.ok and finding.needed and finding.what != "prefect":
            found.setdefault(finding.what, []).append(finding.say)
    return found


def change(place: Town, old: str, new: str) -> None:
    text = place.settings_file.read_text(encoding="utf-8")
    assert old in text
    place.settings_file.write_text(text.replace(old, new), encoding="utf-8")


def test_doctor_finds_everything_well(elsewhere: Town) -> None:
    assert said(elsewhere) == {}


@pytest.mark.parametrize("elsewhere", ["exchange"], indirect=True)
def test_a_folder_that_is_not_there_and_a_wrong_password_are_told(elsewhere: Town) -> None:
    change(elsewhere, "[pengiriman]", '[[kotak_surat_lain]]\nfolder = "Spam"\n[pengiriman]')
    [complaint] = said(elsewhere)["kotak surat"]
    assert "tidak punya folder Spam" in complaint
    change(elsewhere, f'sandi = "{cast.PASSWORD}"', 'sandi = "salah"')
    assert "menolak nama atau kata sandi" in said(elsewhere)["kotak surat"][0] and said(elsewhere)["pengiriman"]


@pytest.mark.parametrize("elsewhere", ["maildir"], indirect=True)
def test_a_folder_that_is_no_maildir_is_told(elsewhere: Town) -> None:
    change(elsewhere, "Maildir", "Surat")
    assert "bukan Maildir" in said(elsewhere)["kotak surat"][0]
