"""Letters of the offices about outages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random

from tests.year.world.forms import FORMS, Draft
from tests.year.world.hands import Told
from tests.year.world.offices import REPORTERS, Office, Style
from tests.year.world.outages import OUTAGES, Outage, began, since
from tests.year.world.signatures import odd
from tests.year.world.written import Written, weighted

_OUTAGES = tuple(OUTAGES.values())
_STYLES = tuple(Style)


def emergency(
    rng: Random, office: Office, now: datetime, outage: Outage | None = None, started: datetime | None = None
) -> Written:
    """A letter that reports an outage.

    Args:
        now: when it is written (aware).
        outage: None: one of the table.
        started: when it truly began; None: minutes to hours ago.
    """
    outage = outage or rng.choice(_OUTAGES)
    form, formal = weighted(rng, FORMS)
    style = Style.FORMAL if formal else office.style if rng.random() < 0.8 else rng.choice(_STYLES)
    said = since(rng, started or began(rng, now), now, style)
    told = Told(
        what=rng.choice(outage.what),
        fails=rng.choice(outage.fails),
        impact=rng.choice(outage.impact),
        since=said.words,
        technical=outage.technical,
        minang=outage.minang,
    )
    return _decorated(rng, form(rng, Draft(office, now, outage, told, said, style)))


def storm(
    rng: Random, now: datetime, outage: Outage, started: datetime, letters: int = 30
) -> list[tuple[Office, Written]]:
    """So many offices about one outage, each in words of its own; an office may write twice where there are too few."""
    writing = list(REPORTERS)
    rng.shuffle(writing)
    return [
        (office, emergency(rng, office, now, outage, started))
        for office in (writing[at % len(writing)] for at in range(letters))
    ]


def _decorated(rng: Random, written: Written) -> Written:
    """Now and then with tabs, emoji or odd characters, which change nothing of what it says."""
    draw = rng.random()
    if draw < 0.04:
        return replace(written, text=f"{written.text}\n\n{odd(rng)}") if written.text else written
    if draw < 0.06:
        return replace(written, subject=f"{written.subject} {odd(rng)}")
    if draw < 0.09:
        return replace(written, text=written.text.replace(" ", "\t", 5)) if written.text else written
    if draw < 0.11:
        return replace(written, text=written.text.replace(" ", "\u00a0"))
    return written
