"""Says in the ledger what became of a mail, and gives to Helpdesk what nobody could read."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.carry_out import AlsoWrite, compose_all
from handlers.ports import Ports
from outbox import queue
from outbox.compose import Attachment, Matter, as_reader
from register import ledger
from register.ledger import CollectedMail, State
from sop.verdict import Outgoing

__all__ = ["compose_all", "set_aside", "settled", "settling", "tell_helpdesk"]


def settling(collected: CollectedMail, became: str, note: str = "") -> AlsoWrite:
    """For `carry_out`: settle the mail in the same transaction; refuses when it was settled meanwhile."""

    def settle(tx: Connection, number: str) -> bool:
        return ledger.settle(tx, collected.id, became, number, note)

    return settle


def settled(ports: Ports, collected: CollectedMail, became: str, note: str = "") -> str:
    """Settle a mail that belongs to no incident and needs no word to anybody."""
    with ports.database.writing() as tx:
        ledger.settle(tx, collected.id, became, note=note)
    return became


def tell_helpdesk(ports: Ports, collected: CollectedMail, template: str, became: str, extra: dict[str, str]) -> str:
    """Settle a mail that belongs to no incident, and show it to Helpdesk with the original attached."""
    drafts = _helpdesk_drafts(ports, collected, template, extra)
    with ports.database.writing() as tx:
        if ledger.settle(tx, collected.id, became, note=extra.get("alasan", "")):
            for draft in drafts:
                queue.put(tx, draft, ports.now())
    return became


def set_aside(ports: Ports, collected: CollectedMail, error: str) -> str:
    """Count a failed attempt; at the last one the mail goes to Helpdesk as it came."""
    drafts = _helpdesk_drafts(ports, collected, "surat_tidak_terbaca", {"alasan": error[:300]})
    with ports.database.writing() as tx:
        state = ledger.fail(tx, collected, error)
        if state is State.UNREADABLE:
            for draft in drafts:
                queue.put(tx, draft, ports.now())
    return state.value


def _helpdesk_drafts(ports: Ports, collected: CollectedMail, template: str, extra: dict[str, str]) -> list[queue.Draft]:
    procedure, directory = ports.procedure(), ports.directory()
    original = Attachment("surat-asli.eml", "application/octet-stream", ports.archive.get(collected.sha256))
    drafts = []
    for person in directory.holders(procedure.first_stage().role):
        letter = Outgoing(f"umum/{collected.id[:16]}/{template}/{person.id}", template, person.id, extra=extra)
        composed = ports.composer.compose(letter, Matter(procedure, (), as_reader(person), ports.now(), [original]))
        drafts.append(
            queue.Draft(
                key=letter.key,
                incident="",
                stage="",
                visit=0,
                person=person.id,
                template=template,
                asks=False,
                sender=ports.address,
                recipient=person.address,
                subject=composed.subject,
                message_id=composed.message_id,
                token=composed.token,
                sha256=ports.archive.put(composed.raw),
            )
        )
    return drafts
