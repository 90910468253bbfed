"""A letter that reports no emergency: its writer gets a polite word where that belongs, Helpdesk gets the letter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from handlers.carry_out import AlsoWrite
from handlers.ports import Ports
from handlers.telling.helpdesk import helpdesk_drafts, word_to_writer
from handlers.telling.write_mails import reporter_reads
from handlers.too_often.flood import list_at_once, may_be_urgent, too_many_to_show, what_is_said
from handlers.trust.authenticity import failed_authentication
from handlers.trust.may_be_answered import must_not_be_answered
from handlers.what_became import queueing, set_apart, settling
from outbox import queue
from parsers.letters.values import Letter, MailKind
from parsers.mails.headers import is_list_mail, is_of_list_at
from parsers.mails.message import Mail
from register.ledger import CollectedMail
from sop.addressee import Addressee
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.report import Report
from templates import phrasing

SPAM, LIST = "spam", "milis"
ONE_BY_ONE = (SPAM, LIST)
"""A letter may hide among them: each has a line of its own, and a code to call it by."""


def handle(ports: Ports, collected: CollectedMail, mail: Mail, letter: Letter, also: Sequence[queue.Draft] = ()) -> str:
    """Settle a letter that opens no incident; `also` goes to its writer. Returns what became of it."""
    quiet = can_wait(ports, mail, letter)
    if quiet:
        return set_apart(ports, collected, quiet, "" if quiet in ONE_BY_ONE else mail.sender)
    also, urgent = [*also, *_polite_word(ports, mail, letter)], may_be_urgent(letter)
    return show_helpdesk(ports, collected, mail, str(letter.kind), also, urgent=urgent)


def show_helpdesk(
    ports: Ports,
    collected: CollectedMail,
    mail: Mail,
    kind: str,
    also: Sequence[queue.Draft] = (),
    *,
    urgent: bool = False,
) -> str:
    """Show Helpdesk a mail at once and write `also`; of too many the rest stands in a list.

    `urgent`: something in it may be an emergency, so that no list of the morning will do.
    """
    if too_many_to_show(ports, collected):
        return _in_a_list(ports, collected, mail, kind, urgent)
    drafts = [*shown_to_helpdesk(ports, collected, mail, kind), *also]
    with ports.database.writing() as tx:
        queueing(ports, drafts, settling(collected, kind))(tx, "")
    return kind


def _in_a_list(ports: Ports, collected: CollectedMail, mail: Mail, kind: str, urgent: bool) -> str:
    if urgent:
        return list_at_once(ports, collected, mail, what_is_said(mail, mail.plain or mail.html))
    return set_apart(ports, collected, kind)


def shown_to_helpdesk(ports: Ports, collected: CollectedMail, mail: Mail, kind: str) -> list[queue.Draft]:
    """The mails that show Helpdesk a mail which was read as no emergency."""
    extra = {
        "pengirim": mail.sender or "tanpa alamat pengirim",
        "jenis": kind,
        "subjek_surat": mail.subject or "tanpa subjek",
    }
    return helpdesk_drafts(ports, collected.id, collected.sha256, MailTemplate.OTHER_LETTER, extra)


def can_wait(ports: Ports, mail: Mail, letter: Letter) -> str:
    """What a letter is called in the list of the morning; "" where Helpdesk must see it at once."""
    if letter.kind is MailKind.SPAM:  # from the address of an office it is that office's trouble
        return "" if letter.opd.source == "alamat pengirim" else SPAM
    if letter.trouble or letter.unread:
        return ""
    if is_list_mail(mail) and not is_of_list_at(mail, ports.address):
        return LIST
    return str(letter.kind) if letter.kind is MailKind.AUTO_REPLY else ""


def telling_known(ports: Ports, mail: Mail, letter: Letter, number: str, also: AlsoWrite) -> AlsoWrite:
    """`also`, and in the same transaction a word to whoever sent a letter that is known already: once a day."""
    word = _word_to_office(ports, mail, letter, MailTemplate.ALREADY_KNOWN, {"nomor_insiden": number})
    return queueing(ports, word, also)


def _polite_word(ports: Ports, mail: Mail, letter: Letter) -> list[queue.Draft]:
    """At most one word a day to one writer, and only to an office we know: nothing here may start a conversation."""
    if letter.kind is not MailKind.REQUEST and not letter.nomor:
        return []
    return _word_to_office(ports, mail, letter, MailTemplate.ORDINARY_LETTER, {"jenis": str(letter.kind)})


def _word_to_office(
    ports: Ports, mail: Mail, letter: Letter, template: MailTemplate, extra: dict[str, str]
) -> list[queue.Draft]:
    if not letter.opd or ports.directory().by_address(mail.sender):
        return []
    if must_not_be_answered(mail, ports.address, letter.kind) or failed_authentication(mail, ports.authserv_id):
        return []
    known = Report(email=mail.sender, pengirim=letter.pengirim.value, opd=letter.opd.value)
    reader = reporter_reads(known, Addressee.reporter())
    day = ports.now().astimezone(phrasing.WIB).date().isoformat()
    ref = hashlib.sha256(f"{mail.sender} {day}".encode()).hexdigest()
    key = MailKey.general(ref, template, Addressee.reporter())
    with ports.database.reading() as tx:
        if reader is None or queue.is_queued(tx, key):
            return []
    said = {"subjek_surat": letter.hal.value or mail.subject, **extra}
    return [word_to_writer(ports, reader, key, template, said, mail.message_id)]
