"""Whose addresses are known: one that somebody typed into a form may be anybody's, and is not written to untested.

Otherwise our office could be made to write to whomever a caller, or whoever reached the form, cares to name.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.ports import Ports
from handlers.trust.acquainted import is_official
from outbox.receipts import has_our_receipt
from sop.report import Report


def is_known(ports: Ports, address: str) -> bool:
    """Whether the directory or the list of OPD names `address` (lower case), or it has reported by mail before."""
    if is_official(ports.directory(), address) or ports.offices.knows(address):
        return True
    with ports.database.reading() as tx:
        return has_our_receipt(tx, address)


def may_be_written_to(ports: Ports, report: Report) -> bool:
    """Whether the address in a report is a mail's own, or known by now."""
    return not report.belum_dikenal or bool(report.surel_dipastikan) or is_known(ports, report.email or "")


def confirmed(said: Report, known: Report) -> Report:
    """What a mail of the reporter's own says; it also adds to what is `known` that the address is theirs."""
    return replace(said, surel_dipastikan=True) if known.belum_dikenal else said
