"""Puts letters into the official mailbox while servers come and go, by SMTP or by LMTP as it falls.

A server that is killed after it took a letter and before it said so makes the letter come twice. That is no fault here:
the same bytes with the same Message-ID are one mail to Siaga, however often they stand in the mailbox.
"""

from __future__ import annotations

import random
import smtplib
import threading
import time
from collections.abc import Callable, Sequence

from tests import cast
from tests.doubles import HOST
from tests.servers.real_house import RealHouse
from tests.storm.letters import StormLetter

_AHEAD = 60
"""How many letters may wait for the desk: enough for a heap, so few that the storm lasts as long as the work."""


class Post(threading.Thread):
    """Posts all `letters`, never far ahead of `opened()`, the number of incidents so far."""

    def __init__(
        self, house: RealHouse, letters: Sequence[StormLetter], opened: Callable[[], int], dice: random.Random
    ) -> None:
        super().__init__(name="post", daemon=True)
        self.house, self.letters, self.opened, self.dice, self.repeated = house, letters, opened, dice, 0

    def run(self) -> None:
        ahead = 0
        for number, letter in enumerate(self.letters):
            while number >= self.opened() + ahead:
                time.sleep(0.2)
                ahead = self.dice.randint(1, _AHEAD)
            self._until_taken(letter)
            time.sleep(self.dice.uniform(0, 0.2))  # a letter under way is what a kill shall meet

    def _until_taken(self, letter: StormLetter) -> None:
        straight = self.dice.random() < 0.5
        while True:
            try:
                self._posted(letter, straight)
            except (OSError, smtplib.SMTPException):
                self.repeated += 1
                time.sleep(0.2)
            else:
                return

    def _posted(self, letter: StormLetter, straight: bool) -> None:
        port = self.house.dovecot.ports.lmtp if straight else self.house.smtp_port
        protocol = smtplib.LMTP if straight else smtplib.SMTP
        with protocol(HOST, port, local_hostname="opd.contoh.example", timeout=30) as server:
            server.sendmail(letter.sender, [cast.OFFICE], letter.raw)
