"""How mail clients set an answer and the mail that is answered: above, below, between, or without it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from tests.year.world.calendar import WIB
from tests.year.world.outages import DAYS, day_in_words
from tests.year.world.written import weighted

_SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
_ENGLISH_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ENGLISH_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_FULL_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_FULL_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_ANY = "Siaga"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The mail that is answered: its text, who wrote it, when (WIB), its subject."""

    text: str
    name: str
    address: str
    at: datetime
    subject: str

    @property
    def day(self) -> str:
        return f"{DAYS[self.at.weekday()][:3]}, {self.at.day} {_SHORT_MONTHS[self.at.month - 1]} {self.at.year}"

    @property
    def english_day(self) -> str:
        return f"{_ENGLISH_DAYS[self.at.weekday()]}, {_ENGLISH_MONTHS[self.at.month - 1]} {self.at.day}, {self.at.year}"

    @property
    def marked(self) -> str:
        return "> " + self.text.rstrip("\n").replace("\n", "\n> ")


def quoted(rng: Random, words: str, asked_text: str, asked_from: str, at: datetime, subject: str = "") -> str:
    """The plain text of an answer as some client sends it.

    Args:
        words: the author's, with what stands below them.
        asked_text: the text of the mail that is answered.
        asked_from: "Name <address>" or an address.
        at: when that was sent (aware).
    """
    name, _, address = asked_from.rpartition("<")
    address = address.rstrip("> ")
    asked = _Asked(asked_text, name.strip(' "') or address or _ANY, address, at.astimezone(WIB), subject)
    return weighted(rng, _CLIENTS)(words, asked)


def _nothing(words: str, _asked: _Asked) -> str:
    return f"{words}\n"


def _gmail(words: str, asked: _Asked) -> str:
    return f"{words}\n\nPada {asked.day} pukul {asked.at:%H.%M} {asked.name} <{asked.address}>\nmenulis:\n\n{asked.marked}\n"


def _gmail_phone(words: str, asked: _Asked) -> str:
    return f"{words}\n\nPada {asked.day}, {asked.at:%H.%M}, {asked.name} <{asked.address}> menulis:\n\n{asked.marked}\n"


def _gmail_english(words: str, asked: _Asked) -> str:
    hour = f"{(asked.at.hour - 1) % 12 + 1}:{asked.at:%M}\u202f{'AM' if asked.at.hour < 12 else 'PM'}"
    return f"{words}\n\nOn {asked.english_day} at {hour} {asked.name} <{asked.address}>\nwrote:\n\n{asked.marked}\n"


def _outlook(words: str, asked: _Asked) -> str:
    sent = f"{DAYS[asked.at.weekday()]}, {day_in_words(asked.at)} {asked.at:%H.%M}"
    head = f"Dari: {asked.name} <{asked.address}>\nDikirim: {sent}\nKepada: Penerima\nSubjek: {asked.subject}"
    return f"{words}\n\n{head}\n\n{asked.text}"


def _outlook_phone(words: str, asked: _Asked) -> str:
    return f"{words}\n\nDapatkan Outlook untuk Android\n________________________________" + _outlook("", asked)[1:]


def _outlook_english(words: str, asked: _Asked) -> str:
    sent = f"{_FULL_DAYS[asked.at.weekday()]}, {_FULL_MONTHS[asked.at.month - 1]} {asked.at.day}, {asked.at.year} {asked.at:%I:%M %p}"
    head = f"From: {asked.name} <{asked.address}>\nSent: {sent}\nTo: Penerima\nSubject: {asked.subject}"
    return f"{words}\n\n{head}\n\n{asked.text}"


def _apple(words: str, asked: _Asked) -> str:
    day = f"{asked.at.day} {_SHORT_MONTHS[asked.at.month - 1]} {asked.at.year}, pukul {asked.at:%H.%M}"
    return f"{words}\n\nDikirim dari iPhone saya\n\n> Pada {day}, {asked.name} <{asked.address}> menulis:\n> \n{asked.marked}\n"


def _yahoo(words: str, asked: _Asked) -> str:
    day = f"{DAYS[asked.at.weekday()]}, {day_in_words(asked.at)} {asked.at:%H.%M.%S} WIB"
    return f"{words}\n\nPada {day}, {asked.name} <{asked.address}> menulis:\n\n{asked.text}"


def _zimbra(words: str, asked: _Asked) -> str:
    sent = f"{DAYS[asked.at.weekday()]}, {day_in_words(asked.at)} {asked.at:%H:%M:%S}"
    head = f'Dari: "{asked.name}" <{asked.address}>\nKepada: Penerima\nTerkirim: {sent}\nPerihal: {asked.subject}'
    return f"{words}\n\n----- Pesan Asli -----\n{head}\n\n{asked.text}"


def _samsung(words: str, asked: _Asked) -> str:
    head = f"Dari: {asked.name} <{asked.address}>\nTanggal: {asked.at:%d/%m/%y %H.%M} (GMT+07:00)\nKe: Penerima\nSubjek: {asked.subject}"
    return f"{words}\n\n-------- Pesan asli --------\n{head}\n\n{asked.text}"


def _thunderbird_head(asked: _Asked) -> str:
    return f"Pada {asked.at:%d/%m/%Y %H.%M}, {asked.name} menulis:\n"


def _below(words: str, asked: _Asked) -> str:
    return f"{_thunderbird_head(asked)}{asked.marked}\n\n{words}\n"


def _between(words: str, asked: _Asked) -> str:
    """At a blank line in the middle, which parts two paragraphs of the quote."""
    lines = asked.marked.split("\n")
    start = len(lines) // 3
    middle = next((at for at in range(start, len(lines)) if not lines[at].strip("> ")), len(lines))
    above, rest = "\n".join(lines[:middle]), "\n".join(lines[middle:])
    return f"{_thunderbird_head(asked)}{above}\n\n{words}\n\n{rest}\n"


def _rewrapped(words: str, asked: _Asked) -> str:
    folded = textwrap.fill(" ".join(asked.text.split()), 70, initial_indent="> ", subsequent_indent="> ")
    return f"{words}\n\n{_thunderbird_head(asked)}{folded}\n"


_CLIENTS: tuple[tuple[int, Callable[[str, _Asked], str]], ...] = (
    (30, _nothing),
    (16, _gmail),
    (14, _gmail_phone),
    (4, _gmail_english),
    (8, _outlook),
    (4, _outlook_phone),
    (3, _outlook_english),
    (6, _apple),
    (3, _yahoo),
    (4, _zimbra),
    (4, _samsung),
    (3, _below),
    (2, _between),
    (1, _rewrapped),
)
