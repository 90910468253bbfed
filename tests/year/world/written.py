"""What somebody in the world has written, before a mail client makes bytes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from tests.year.witness import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a mail. `mime`: its media type, parameters included."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class About:
    """What a letter tells, as a careful clerk would note it.

    Attributes:
        office: the OPD by the name in our list.
        outage: the code of the `outages.Outage` it is about; "" for all else.
        services: categories a careful clerk would tick, sorted; any of them will do.
        began_at: ISO 8601 with +07:00 as the letter says it; "" where it does not say.
        number: the letter's own number; "" where it has none.
    """

    office: str
    outage: str = ""
    services: tuple[str, ...] = ()
    began_at: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A mail's content.

    Attributes:
        kind: what it is, in truth.
        words: its author's own words, without quotes, signatures and what the client adds.
        text: the plain body; "" where there is none.
        html: the HTML body; "" where there is none.
        headers: further header fields, in order, of printable ASCII.
        sender, name: who writes, where that follows from the content (a list, a machine); "" leaves it to the caller.
        about: what it tells; None where that is nothing.
        raw_body: the body as bytes, Content-Type and all in `headers`; what no honest client would make.
    """

    kind: Kind
    subject: str
    words: str = ""
    text: str = ""
    html: str = ""
    attached: tuple[Attached, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    sender: str = ""
    name: str = ""
    about: About | None = None
    raw_body: bytes = b""

    def with_headers(self, *headers: tuple[str, str]) -> Written:
        return replace(self, headers=(*self.headers, *headers))


def weighted(rng: Random, table: Sequence[tuple[int, T]]) -> T:
    """One of a table of (weight, value)."""
    at = rng.random() * sum(weight for weight, _ in table)
    for weight, value in table:
        at -= weight
        if at < 0:
            return value
    return table[-1][1]
