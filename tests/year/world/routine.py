"""All else that an office writes about: requests, invitations, questions, circulars."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.year.witness import Kind
from tests.year.world.forms import as_html
from tests.year.world.hands import shortened
from tests.year.world.offices import Office, Style
from tests.year.world.outages import day_in_words
from tests.year.world.signatures import below
from tests.year.world.written import About, Written

_TABLE = Path(__file__).with_name("routine.txt")


def _read() -> tuple[tuple[str, str], ...]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
    return tuple((subject, body.replace(" / / ", "\n\n").replace(" / ", "\n")) for subject, body in rows)


MATTERS = _read()
"""Subject and body of each matter."""


def routine(rng: Random, office: Office, now: datetime) -> Written:
    """A letter about no outage."""
    subject, body = rng.choice(MATTERS)
    day = day_in_words(now + timedelta(days=2 + int(rng.random() * 20)))
    words = body.format(office=office.name, pic=office.pic, phone=office.phone, day=day)
    if office.style is Style.THUMB:
        words, subject = shortened(words), subject.lower()
    text = words + below(rng, office)
    html = as_html(text, outlook=False) if rng.random() < 0.15 else ""
    return Written(
        Kind.ROUTINE,
        subject,
        words=words,
        text="" if html else text,
        html=html,
        name=office.pic,
        about=About(office.name),
    )
