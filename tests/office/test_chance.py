"""Whatever an office leaves to chance comes through one port: from one seed it lives the same life again, to the byte."""

from __future__ import annotations

import json
import random
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from handlers.oral_report import OralReport, enter_oral_report
from office.build import Office, build_office
from office.chance import SystemChance
from office.outside import Outside
from office.settings import read_settings
from outbox.smtp import SmtpSender
from register import backup
from tests import cast
from tests.cast import DINKES
from tests.doubles import HOST, MailHouse, network_letter
from tests.reading import readers
from tests.servers import free_port
from tests.town import START, Town

AWAY = free_port()
LETTER = network_letter(cast.OFFICE, START)
OTHERS = {"leases", "faces", "sightings", "watermarks"}
"""Tables that say which desk did something, where its folder is, and how the mail server numbers its mails."""


class Dice:
    """Chance of which everything is known beforehand."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def key(self) -> bytes:
        return self._random.randbytes(32)

    def name(self) -> str:
        return self._random.randbytes(16).hex()

    def validity(self) -> int:
        return self._random.randrange(1, 2**31)

    def spread(self, seconds: float) -> float:
        return seconds * self._random.uniform(0.7, 1.3)


class SeededTown(Town):
    dice = Dice(0)

    def open(self) -> Office:
        return build_office(read_settings(self.settings_file), Outside(self.clock, self.dice, readers=readers))


def answer(place: Town, address: str, subject: str, text: str) -> None:
    asked = place.last(address, subject)
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = address, cast.OFFICE, f"Re: {asked.subject}"
    message["Date"] = format_datetime(place.clock.now())
    message["Message-ID"] = f"<{subject.replace(' ', '-')}@contoh.example>"
    message["In-Reply-To"] = f"<{asked.message_id}>"
    message.set_content(text)
    place.post(address, message.as_bytes())


def life(folder: Path, seed: int) -> list[dict[str, Any]]:
    """A letter, two answers, an oral report, a sending server that is away, a day of silence; then all that is known."""
    with MailHouse(dict.fromkeys(cast.ADDRESSES, cast.PASSWORD)) as house:
        SeededTown.dice = Dice(seed)
        place = SeededTown(folder, house)
        place.post(DINKES, LETTER)
        place.work()
        answer(place, cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus.")
        working = place.office.postman.sender
        place.office.postman.sender = SmtpSender(HOST, AWAY, cast.OFFICE, cast.PASSWORD, security="tanpa")
        place.work(1)
        place.office.postman.sender = working
        place.work(5)
        answer(place, cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
        enter_oral_report(place.office, OralReport("telepon", "Disdik", "e-Rapor tidak dapat dibuka sejak pagi"))
        for _ in range(12):
            place.work(120)
        with place.office.database.reading() as tx:
            rows = [json.loads(line) for line in backup.dump(tx)]
        place.office.close()
    for row in rows:
        row.get("row", {}).pop("owner", None)  # names the desk's folder
    return [row for row in rows if row.get("table") not in OTHERS]


def test_from_one_seed_an_office_lives_the_same_life_again(tmp_path: Path) -> None:
    first, second = (life(tmp_path / name, 33) for name in ("satu", "dua"))
    assert first == second
    assert {"events", "outbox", "mails"} <= {str(row.get("table")) for row in first}
    assert life(tmp_path / "tiga", 34) != first


def test_an_office_at_work_leaves_to_chance_what_nobody_can_guess() -> None:
    chance = SystemChance()
    assert len({chance.key() for _ in range(100)} | {chance.name().encode() for _ in range(100)}) == 200
    assert len(chance.key()) == 32
    assert all(7 <= chance.spread(10) <= 13 for _ in range(100))
