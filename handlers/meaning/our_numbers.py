"""Which numbers can be ours: by the procedure that new incidents follow, and by those that others have followed."""

from __future__ import annotations

from handlers.ports import Ports
from parsers.words.numbers import Numbers
from register import journal


def our_numbers(ports: Ports) -> Numbers:
    """What our incident numbers look like."""
    with ports.database.reading() as tx:
        given = journal.prefixes(tx)
    return Numbers(tuple(sorted({ports.procedure().prefix, *given})))
