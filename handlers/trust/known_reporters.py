"""Whose addresses are known: one that somebody typed into a form may be anybody's, and is not written to untested.

Otherwise our office could be made to write to whomever a caller, or whoever reached the form, cares to name.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.ports import Ports
from outbox.receipts import has_our_receipt

UNKNOWN = "belum_dikenal"
"""Field of a report: nobody knew the reporter's address when it was entered."""
CONFIRMED = "surel_dipastikan"
"""Field of a report: its reporter has written from that address since."""


def is_known(ports: Ports, address: str) -> bool:
    """Whether the directory or the list of OPD names `address` (lower case), or it has reported by mail before."""
    directory = ports.directory()
    if directory.by_address(address) or directory.by_aide(address) or ports.offices.knows(address):
        return True
    with ports.database.reading() as tx:
        return has_our_receipt(tx, address)


def may_be_written_to(ports: Ports, report: Mapping[str, object]) -> bool:
    """Whether the address in a report is a mail's own, or known by now."""
    return not report.get(UNKNOWN) or bool(report.get(CONFIRMED)) or is_known(ports, str(report.get("email") or ""))


def confirmed(report: Mapping[str, object]) -> dict[str, object]:
    """What a mail of the reporter's own adds to their report: that the address is theirs."""
    return {CONFIRMED: True} if report.get(UNKNOWN) else {}
