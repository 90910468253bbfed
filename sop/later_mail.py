"""What a later mail of a reporter is to the incident they reported: a word on it, its going on, or a new report.

In doubt it is a new report: Helpdesk sees both and can link them, but nobody can see what became a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

NO_SITE = re.compile(
    r"\b(?:ruang\w*|lantai|lt|bidang|bagian|seksi|sub ?bag\w*|loket|aula|lobi|lobby|igd|ugd|icu|poli\w*)\b", re.I
)
"""A place within a place."""
_OF_ANY_PLACE = frozenset(
    {"di", "pada", "dari", "ke", "dan", "kami", "kita", "ini", "itu", "seluruh", "semua", "kantor", "gedung", "dinas"}
    | {"badan", "biro", "unit", "upt", "uptd", "kota", "kabupaten", "provinsi", "sumatera", "barat", "jalan"}
)


class Means(StrEnum):
    """What a later mail is."""

    FOLLOW_UP = "susulan"
    """Recorded in the incident, and told to whoever works on it."""
    NOT_OVER = "belum pulih"
    """The work on an ended incident begins again."""
    REPORT = "laporan baru"
    """An incident of its own, with a hint to the earlier one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the author of a mail says in it; nothing of what it quotes.

    Attributes:
        fails: something does not work now.
        still: it is still, or again, out of order.
        not_yet: so they answer our question whether it is over.
        services: categories that fail by these words; `names` the systems they call by name (lower case).
        place: where, as written.
        enclosed: a letter comes with it, which tells everything once more.
    """

    fails: bool = False
    still: bool = False
    not_yet: bool = False
    services: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    place: str = ""
    enclosed: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """What an incident is about, and whether it has ended.

    `services` and `names` are all that its reporter spoke of; {} where nothing is known. `may_go_on`: it has ended, and
    its reporter still has the last word.
    """

    services: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    place: str = ""
    ended: bool = False
    may_go_on: bool = False


def what_it_means(said: Said, matter: Matter) -> Means:
    """Within an incident's life and matter a later mail is a word on it; what fails besides, or afterwards, is new."""
    if not (said.fails or said.still):
        return Means.FOLLOW_UP
    other = is_another_matter(said, matter)
    if not matter.ended:
        return Means.REPORT if other else Means.FOLLOW_UP
    if matter.may_go_on and (said.not_yet or not other):
        return Means.NOT_OVER
    return Means.REPORT


def is_another_matter(said: Said, matter: Matter) -> bool:
    """Whether something fails that the incident is not about: another service, system or place.

    Words that name no service speak of the one they are about: "Di gedung B juga putus."
    """
    if not said.services or not matter.services:
        return False
    if said.enclosed:
        return not said.services & matter.services
    if said.services - matter.services:
        return True
    return bool(said.names and matter.names and not said.names & matter.names) or _elsewhere(said.place, matter.place)


def _elsewhere(place: str, known: str) -> bool:
    if NO_SITE.search(place) or NO_SITE.search(known):
        return False
    here, there = _distinctive(place), _distinctive(known)
    return bool(here and there and not here & there)


def _distinctive(place: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", place.lower())) - _OF_ANY_PLACE
