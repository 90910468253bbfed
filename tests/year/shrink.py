"""Looks for a smaller plan under which the same seed breaks the same invariant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.year.plan import Plan


def shrunk(plan: Plan, breaks: Callable[[Plan], bool], most: int = 24) -> Plan:
    """The smallest found within `most` lives."""
    tried = 0
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(plan):
            if tried >= most:
                return plan
            tried += 1
            if breaks(candidate):
                plan, smaller = candidate, True
                break
    return plan


def _smaller(plan: Plan) -> Iterator[Plan]:
    """What is left out first takes the most away. Days go last: fewer of them are other days."""
    if plan.faults:
        yield replace(plan, faults=False)
    if plan.crash_every:
        yield replace(plan, crash_every=0)
    for name in ("storms", "floods", "strays", "oral", "edits"):
        if getattr(plan, name):
            yield replace(plan, **{name: type(getattr(plan, name))(0)})
    if plan.desks > 1:
        yield replace(plan, desks=1)
    if plan.paint_hours:
        yield replace(plan, paint_hours=0.0)
    if plan.new_procedure:
        yield replace(plan, new_procedure=False)
    if plan.silent:
        yield replace(plan, silent=())
    if plan.letters > 2:
        yield replace(plan, letters=plan.letters / 2)
    if plan.days > 0.2:
        yield replace(plan, days=round(plan.days / 2, 3))
