"""When a mail came in, by the server's clock and not by its sender's."""

from __future__ import annotations

from datetime import datetime

from register.ledger import CollectedMail


def came_in(collected: CollectedMail) -> datetime:
    """Aware; what the sender's Date is held against, and relative words count from where that cannot be believed."""
    return collected.collected_at
