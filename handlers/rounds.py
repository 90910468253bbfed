"""The rounds of a desk: what is done when mail came, when time passed, when mail is due. `flows/` says when.

Plain functions, so that a desk without Prefect does exactly the same.
"""

from __future__ import annotations

from handlers.mail_arrived import Handled, act_on_mail
from handlers.ports import Ports
from register import ledger


def act_on_waiting_mail(ports: Ports) -> list[Handled]:
    """Act on every collected mail, oldest first; each stands alone."""
    done: list[Handled] = []
    tried: set[str] = set()
    while True:
        with ports.database.reading() as tx:
            batch = [mail for mail in ledger.waiting(tx) if mail.id not in tried]
        if not batch:
            return done
        for mail in batch:
            tried.add(mail.id)
            done.append(act_on_mail(ports, mail))
