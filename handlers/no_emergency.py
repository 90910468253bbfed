"""A letter that reports no emergency: its writer gets a polite word where that belongs, Helpdesk gets the letter."""

from __future__ import annotations

import hashlib

from handlers.authenticity import failed_authentication
from handlers.carry_out import AlsoWrite
from handlers.flood import too_many_to_show
from handlers.ports import Ports
from handlers.settle_mail import queueing, set_apart
from handlers.strangers import must_not_be_answered
from handlers.tell_helpdesk import helpdesk_drafts, word_to_writer
from handlers.write_mails import reporter_reads
from outbox import queue
from parsers.letters.kind import is_list_mail
from parsers.letters.values import Letter, MailKind
from parsers.mails.message import Mail
from register import ledger
from register.ledger import CollectedMail
from templates import phrasing


def handle(ports: Ports, collected: CollectedMail, mail: Mail, letter: Letter) -> str:
    """Settle a letter that opens no incident. Returns what became of it."""
    if letter.kind is MailKind.SPAM or is_list_mail(mail):
        return set_apart(ports, collected, "spam" if letter.kind is MailKind.SPAM else "milis")
    if too_many_to_show(ports, collected):
        return set_apart(ports, collected, str(letter.kind))
    extra = {
        "pengirim": mail.sender or "tanpa alamat pengirim",
        "jenis": str(letter.kind),
        "subjek_surat": mail.subject or "tanpa subjek",
    }
    drafts = helpdesk_drafts(ports, collected.id, collected.sha256, "surat_lain", extra)
    drafts += _polite_word(ports, mail, letter)
    with ports.database.writing() as tx:
        if ledger.settle(tx, collected.id, str(letter.kind)):
            for draft in drafts:
                queue.put(tx, draft, ports.now())
    return str(letter.kind)


def telling_known(ports: Ports, mail: Mail, letter: Letter, number: str, also: AlsoWrite) -> AlsoWrite:
    """`also`, and in the same transaction a word to whoever sent a letter that is known already: once a day."""
    return queueing(ports, _word_to_office(ports, mail, letter, "sudah_tercatat", {"nomor_insiden": number}), also)


def _polite_word(ports: Ports, mail: Mail, letter: Letter) -> list[queue.Draft]:
    """At most one word a day to one writer, and only to an office we know: nothing here may start a conversation."""
    formal = letter.kind is MailKind.REQUEST or bool(letter.nomor)
    return _word_to_office(ports, mail, letter, "surat_biasa", {"jenis": str(letter.kind)}) if formal else []


def _word_to_office(
    ports: Ports, mail: Mail, letter: Letter, template: str, extra: dict[str, str]
) -> list[queue.Draft]:
    if not letter.opd or ports.directory().by_address(mail.sender):
        return []
    if must_not_be_answered(mail, ports.address) or failed_authentication(mail, ports.authserv_id):
        return []
    reader = reporter_reads({"email": mail.sender, "pengirim": letter.pengirim.value, "opd": letter.opd.value})
    day = ports.now().astimezone(phrasing.WIB).date().isoformat()
    ref = hashlib.sha256(f"{mail.sender} {day}".encode()).hexdigest()[:16]
    key = f"umum/{ref}/{template}/pelapor"
    with ports.database.reading() as tx:
        if reader is None or queue.is_queued(tx, key):
            return []
    said = {"subjek_surat": letter.hal.value or mail.subject, **extra}
    return [word_to_writer(ports, reader, key, template, said, mail.message_id)]
