"""Finds the people whom an assignment names: "tim jaringan", "Rahmat", "Pak Ilham dan tim pusat data"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from sop.people import Directory, Person
from sop.procedure import Procedure

SURE_ENOUGH = 85


def people_of_team(directory: Directory, named: str) -> tuple[Person, ...]:
    """The officials named, best match first by unit, then by name; () when nobody is meant beyond doubt."""
    wanted = named.lower()
    units = [p for p in directory.people if p.unit and re.search(rf"\b{re.escape(p.unit.lower())}\b", wanted)]
    if units:
        return tuple(units)
    members = [person for person in directory.people if person.unit]
    return tuple(person for person in members if _named(person.name, wanted))


def teams_named(directory: Directory) -> str:
    """What the teams are called, for whoever has named one that does not exist."""
    return ", ".join(dict.fromkeys(f"Tim {person.unit}" for person in directory.people if person.unit))


def called(procedure: Procedure, role: str) -> tuple[str, ...]:
    """How officials of `role` are spoken to, lower case."""
    return role.replace("_", " "), procedure.role_label(role).lower()


def people_called(directory: Directory, roles: Mapping[str, str], said: str) -> tuple[Person, ...]:
    """The officials a phrase such as "Plh. Kabid", "Pak Sekretaris Hendra" or "wakil saya" can mean; () when nobody.

    `roles`: role to its label. Whether they may stand in for somebody is for the SOP to say.
    """
    wanted = said.lower()
    by_name = tuple(person for person in directory.people if _named(person.name, wanted))
    if by_name:
        return by_name
    acting = re.search(r"\b(?:plh|plt|wakil\w*)\b", wanted) is not None
    named = [role for role, label in roles.items() if re.search(rf"\b{role}\b", wanted) or label.lower() in wanted]
    people = [person for person in directory.people if bool(person.acting) == acting]
    return tuple(person for person in people if person.role in named or (acting and not named))


def _named(name: str, wanted: str) -> bool:
    words = re.findall(r"[a-z]{4,}", name.lower().split(",")[0])
    spoken = re.findall(r"[a-z]{4,}", wanted)
    return any(fuzz.ratio(word, heard) >= SURE_ENOUGH for word in words for heard in spoken)
