"""Fifty faults an office would suffer from, each a small change to today's code."""

from __future__ import annotations

from tests.year.mutants.fault import Planted
from tests.year.mutants.in_handlers import IN_HANDLERS
from tests.year.mutants.in_rooms_below import IN_INBOX, IN_OFFICE, IN_OUTBOX, IN_REGISTER
from tests.year.mutants.in_sop import IN_SOP

PLANTED: tuple[Planted, ...] = (*IN_SOP, *IN_HANDLERS, *IN_OUTBOX, *IN_REGISTER, *IN_INBOX, *IN_OFFICE)
"""In the order of their numbers, which begin at 1."""
