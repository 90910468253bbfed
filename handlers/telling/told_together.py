"""One mail tells what became of several answers that one mail gave, and asks anew where one was in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ports import Ports
from handlers.telling.helpdesk import composed, tell_of_fault
from handlers.telling.reminders import waiting_now
from outbox.matter import Matter, as_reader
from outbox.queue import Draft, QueuedMail
from sop.addressee import Addressee
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.people import Person
from sop.standing import of_none
from sop.verdict import ListedAnswer, Outgoing, Said


def told_together(
    ports: Ports,
    person: Person,
    reminder: QueuedMail,
    mail: str,
    became: Sequence[ListedAnswer],
    elsewhere: tuple[str, ...],
    lacks_number: str,
    caution: str,
) -> Draft:
    """What became of what `mail` (id), an answer to `reminder`, said of each incident.

    `elsewhere`: numbers that it named and the reminder did not; `lacks_number`: as of what is said
    together; `caution`: as of a single answer.
    """
    to = Addressee(person.id)
    open_ = [one.nomor for one in became if one.keadaan in ("ditanyakan", "menunggu", "masih_dapat")]
    extra: dict[str, Said] = {
        "jawaban": tuple(became),
        "tercatat": sum(one.keadaan == "dicatat" for one in became),
        "tidak_tercantum": elsewhere,
        "tanpa_nomor": lacks_number,
        "catatan": caution,
    }
    key = MailKey.together(mail, reminder.token, to)
    letter = Outgoing(key, MailTemplate.RECORDED_TOGETHER, to, extra=extra)
    with ports.database.reading() as tx:
        also = waiting_now(ports, tx, person.id, open_)
    procedure, thread = ports.procedure(), [reminder.message_id]
    matter = Matter(of_none(procedure), as_reader(person), ports.now(), thread=thread, also=also)
    draft, fault = composed(ports, letter, matter)
    if fault:
        tell_of_fault(ports, reminder.incident, f"surel {draft.subject}", fault)
    return draft
