"""Turns what can go wrong into one line that says what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from inbox.mailbox import MailboxError
from outbox.sender import Permanent, Retryable
from readers.pool import CannotRead, Overloaded
from register.archive import ArchiveDamaged
from register.database import Conflict, JournalUnavailable
from register.workbook import WorkbookBusy
from sop.yaml_lines import Unusable

_EXPECTED = (
    MailboxError,
    JournalUnavailable,
    ArchiveDamaged,
    Conflict,
    Overloaded,
    CannotRead,
    WorkbookBusy,
    Permanent,
    Retryable,
    OSError,
    ValueError,
)


@contextmanager
def one_line() -> Iterator[None]:
    """Print an expected failure as one line a problem and exit 1. Anything else is a fault of ours and is raised."""
    try:
        yield
    except Unusable as error:
        for problem in error.problems:
            click.echo(f"siaga: {problem}", err=True)
        sys.exit(1)
    except _EXPECTED as error:
        click.echo(f"siaga: {' '.join(str(error).split())}", err=True)
        sys.exit(1)
