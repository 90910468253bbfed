"""Log lines that say what they are about, wherever they are written: an incident's number, a mail's short id or key."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

FULL = "%(asctime)s %(levelname)s %(name)s: %(about)s%(message)s"
PLAIN = "%(about)s%(message)s"
_LONG_ID = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")
"""A mail's id, of which so much is enough to name it."""
_about: ContextVar[tuple[str, ...]] = ContextVar("about", default=())


@contextmanager
def about(*what: str) -> Iterator[None]:
    """Every line this thread logs meanwhile is about this too: numbers of incidents, ids and keys of mails.

    A thread or process that is begun meanwhile says itself what it works on.
    """
    before = _about.set(_about.get())
    also_about(*what)
    try:
        yield
    finally:
        _about.reset(before)


def also_about(*what: str) -> None:
    """As `about`, from when more is known until the `about` around it ends."""
    _about.set(tuple(dict.fromkeys((*_about.get(), *map(_short, filter(None, what))))))


def write_lines(to: TextIO, level: int, *, form: str = FULL) -> None:
    """Have the lines of this process written. For entry points: where lines are written already nothing changes."""
    handler = logging.StreamHandler(to)
    handler.setFormatter(Lines(form))
    logging.basicConfig(level=level, handlers=[handler])


class Lines(logging.Formatter):
    """Puts in front what a line is about, unless it says so itself."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the library's name
        named, said = _about.get(), _short(record.message)
        unsaid = [one for one in named if not any(one in other for other in (said, *named) if other != one)]
        record.about = "".join(f"[{one}] " for one in unsaid)
        return super().formatMessage(record)


def _short(text: str) -> str:
    return _LONG_ID.sub(r"\1", text)
