"""What belongs to no incident and yet must be known: a mail nobody could read, a workbook that was set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from handlers.ports import Ports
from outbox import queue
from outbox.compose import Attachment, Matter, as_reader
from register.archive import ArchiveDamaged
from register.database import Conflict
from sop.people import Person
from sop.verdict import Outgoing


def notify_helpdesk(ports: Ports, about: str, template: str, extra: Mapping[str, str]) -> None:
    """Tell Helpdesk once; whatever is called `about` is never told again with the same template."""
    ref = hashlib.sha256(about.encode()).hexdigest()
    with ports.database.reading() as tx:
        people = [p for p in _helpdesk(ports) if not queue.is_queued(tx, _key(ref, template, p))]
    drafts = [_draft(ports, person, ref, template, extra, []) for person in people]
    if not drafts:
        return
    try:
        with ports.database.writing() as tx:
            for draft in drafts:
                queue.put(tx, draft, ports.now())
    except Conflict:
        return  # another desk told it in this very moment


def helpdesk_drafts(
    ports: Ports, mail_id: str, sha256: str, template: str, extra: Mapping[str, str]
) -> list[queue.Draft]:
    """Mails to Helpdesk about a mail that came in, with the original as it came: to be queued when it is settled."""
    try:
        original = [Attachment("surat-asli.eml", "application/octet-stream", ports.archive.get(sha256))]
    except ArchiveDamaged:  # then they must at least know that there was one
        original = []
    return [_draft(ports, person, mail_id, template, extra, original) for person in _helpdesk(ports)]


def _helpdesk(ports: Ports) -> tuple[Person, ...]:
    return ports.directory().holders(ports.procedure().first_stage().role)


def _key(ref: str, template: str, person: Person) -> str:
    return f"umum/{ref[:16]}/{template}/{person.id}"


def _draft(
    ports: Ports, person: Person, ref: str, template: str, extra: Mapping[str, str], attachments: list[Attachment]
) -> queue.Draft:
    letter = Outgoing(_key(ref, template, person), template, person.id, extra=extra)
    matter = Matter(ports.procedure(), (), as_reader(person), ports.now(), attachments)
    composed = ports.composer.compose(letter, matter)
    return queue.Draft(
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
