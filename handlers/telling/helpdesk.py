"""What belongs to no incident and yet must be known: a mail nobody could read, a workbook that was set aside, a paper
that came out plain."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from handlers.ports import Ports
from outbox import queue
from outbox.matter import Attachment, Matter, Reader, as_reader
from register.archive import ArchiveDamaged
from register.database import Conflict
from sop.addressee import Addressee
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.people import Person
from sop.standing import of_none
from sop.verdict import Outgoing, Said
from templates.phrasing import day

OFFERED: Mapping[MailTemplate, tuple[str, ...]] = {
    MailTemplate.OTHER_LETTER: ("darurat", "abaikan"),
    MailTemplate.ASK_BACK_ABOUT_LETTER: ("darurat", "abaikan"),
}
"""What Helpdesk may order about a letter, by the mail that shows it."""


def notify_helpdesk(ports: Ports, about: str, template: MailTemplate, extra: Mapping[str, Said]) -> None:
    """Tell Helpdesk once; whatever is called `about` is never told again with the same template."""
    ref = hashlib.sha256(about.encode()).hexdigest()
    with ports.database.reading() as tx:
        people = [p for p in helpdesk(ports) if not queue.is_queued(tx, _key(ref, template, p))]
    drafts = [word_to(ports, person, _key(ref, template, person), template, extra) for person in people]
    if not drafts:
        return
    try:
        with ports.database.writing() as tx:
            for draft in drafts:
                queue.put(tx, draft, ports.now())
    except Conflict:
        return  # another desk told it in this very moment


def tell_of_fault(ports: Ports, number: str, what: str, fault: str) -> None:
    """A paper or a mail of an incident came out plain: whoever can mend it hears of it, once a day for each cause."""
    extra = {"berkas": what, "nomor_insiden": number, "alasan": fault}
    notify_helpdesk(ports, f"{fault} {day(ports.now())}", MailTemplate.PLAIN_ONLY, extra)


def helpdesk_drafts(
    ports: Ports, mail_id: str, sha256: str, template: MailTemplate, extra: Mapping[str, Said]
) -> list[queue.Draft]:
    """Mails to Helpdesk about a mail that came in: to be queued when it is settled.

    `sha256`: the original, which is enclosed as it came; "" encloses nothing.
    """
    try:
        content = ports.archive.get(sha256) if sha256 else b""
        original = [Attachment("surat-asli.eml", "application/octet-stream", content)] if content else []
    except ArchiveDamaged:  # then they must at least know that there was one
        original = []
    return [
        _draft(ports, as_reader(person), _key(mail_id, template, person), template, extra, original)
        for person in helpdesk(ports)
    ]


def word_to(
    ports: Ports,
    person: Person,
    key: MailKey,
    template: MailTemplate,
    extra: Mapping[str, Said],
    witness: Sequence[str] = (),
) -> queue.Draft:
    """A mail to an official that belongs to no incident and encloses nothing. `witness`: lines for its foot."""
    return _draft(ports, as_reader(person), key, template, extra, [], witness=witness)


def word_to_writer(
    ports: Ports, reader: Reader, key: MailKey, template: MailTemplate, extra: Mapping[str, Said], thread: str
) -> queue.Draft:
    """A mail to whoever wrote a letter that opened no incident, in the thread they began."""
    return _draft(ports, reader, key, template, extra, [], [thread] if thread else [])


def helpdesk(ports: Ports) -> tuple[Person, ...]:
    return ports.directory().holders(ports.procedure().first_stage().role)


def _key(ref: str, template: MailTemplate, person: Person) -> MailKey:
    return MailKey.general(ref, template, Addressee(person.id))


def _draft(
    ports: Ports,
    reader: Reader,
    key: MailKey,
    template: MailTemplate,
    extra: Mapping[str, Said],
    attachments: list[Attachment],
    thread: Sequence[str] = (),
    witness: Sequence[str] = (),
) -> queue.Draft:
    letter = Outgoing(key, template, reader.addressee, extra=extra, offers=OFFERED.get(template, ()))
    matter = Matter(of_none(ports.procedure()), reader, ports.now(), attachments, thread, witness=witness)
    return composed(ports, letter, matter)[0]


def composed(ports: Ports, letter: Outgoing, matter: Matter) -> tuple[queue.Draft, str]:
    """The mail `letter` as it goes out, its bytes archived; and what is wrong where it came out plain, else ""."""
    mail = ports.composer.compose(letter, matter)
    draft = queue.Draft(
        key=letter.key,
        incident=matter.standing.number,
        stage=letter.stage,
        visit=letter.visit,
        person=letter.person,
        template=letter.template,
        asks=letter.asks,
        sender=ports.address,
        recipient=matter.reader.address,
        subject=mail.subject,
        message_id=mail.message_id,
        token=mail.token,
        sha256=ports.archive.put(mail.raw),
    )
    return draft, mail.fault
