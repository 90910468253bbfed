"""The part of `pejabat.yaml` that is about times and proofs: duty roster, quiet hours, what answers must prove."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from office.people_keys import DUTY, HOURS
from sop.people import WIB, Duty, Person, Policy
from sop.yaml_lines import Node


def read_duty(node: Node, people: Sequence[Person]) -> Duty:
    """One line of `piket`."""
    node.only(*DUTY)
    duty = Duty(node.text("peran"), node.text("petugas"), _moment(node, "mulai"), _moment(node, "sampai"))
    if duty.end <= duty.start:
        node.problem("`sampai` harus sesudah `mulai`", "sampai")
    if not any(p.id == duty.person and p.role == duty.role and not p.acting for p in people):
        node.problem(f"`{duty.person}` bukan pejabat dengan peran `{duty.role}`", "petugas")
    return duty


def _moment(node: Node, key: str) -> datetime:
    """A moment in WIB, written "2026-11-23 16.00"."""
    text = str(node.items.get(key, "")).strip().replace(":", ".")
    try:
        return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WIB)
    except ValueError:
        node.problem(f'`{key}` harus seperti "2026-11-23 16.00" (WIB), dengan tanda kutip', key)
        return datetime(2000, 1, 1, tzinfo=WIB)


def read_policies(node: Node, roles: Mapping[str, str]) -> dict[str, Policy]:
    """`kepercayaan`: role to what its answers must prove."""
    node.only(*roles)
    policies = {}
    for role, value in node.items.items():
        if value in tuple(Policy):
            policies[role] = Policy(value)
        else:
            node.problem(f"`{role}` harus strict atau warn", role)
    return policies


def read_quiet_hours(node: Node, roles: Mapping[str, str]) -> dict[str, tuple[time, time]]:
    """`jam_tenang`: role to (from, until) in WIB."""
    node.only(*roles)
    quiet = {}
    for role, value in node.items.items():
        clocks = re.fullmatch(HOURS, str(value).strip())
        if clocks and clocks.group(1, 2) != clocks.group(3, 4):
            quiet[role] = (time(int(clocks[1]), int(clocks[2])), time(int(clocks[3]), int(clocks[4])))
        else:
            node.problem(f"`{role}` harus seperti 21.00-05.00 (WIB)", role)
    return quiet
