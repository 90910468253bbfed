"""Helpdesk orders what becomes of a mail that was read as no emergency: DARURAT opens an incident from it, GABUNG adds
it to one, ABAIKAN leaves it. Whatever else is answered is asked back.
"""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.carry_out import AlsoWrite, carry_out, open_incident
from handlers.letter_arrived import reported
from handlers.meaning.letter_report import letter_in
from handlers.meaning.our_mails import said_by_author
from handlers.meaning.our_numbers import our_numbers
from handlers.ports import Ports
from handlers.telling.helpdesk import word_to
from handlers.trust.ruling import rule, shown_by
from handlers.what_became import settled, settling
from outbox import queue
from outbox.queue import QueuedMail
from parsers.mails.headers import as_written
from parsers.mails.message import Mail
from parsers.mails.reply_words import reply_text
from parsers.replies.helpdesk_order import Order, Word, read_order
from readers.pool import Reading
from register import journal, ledger
from register.ledger import CollectedMail
from sop.addressee import Addressee
from sop.facts import FollowedUp
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.people import Person

ORDERED = "perintah Helpdesk"
ASKED_BACK = 6
"""So often it is asked back about one letter, or one list of letters."""
LISTS = (MailTemplate.QUARANTINE, MailTemplate.ASK_BACK_ABOUT_LIST)
"""Mails about many letters: the order names the one that it means by its code."""


def ordered_by(ports: Ports, collected: CollectedMail, mail: Mail, asked: QueuedMail) -> Person | None:
    """The Helpdesk official who answers our mail about a letter, if it is one and the mail may count."""
    if asked.template == MailTemplate.STATUS:
        return None  # it shows no letter: what is written below a list of what waits orders nothing
    directory = ports.directory()
    helpdesk = directory.holders(ports.procedure().first_stage().role)
    shown = shown_by(ports, collected, mail, asked, has_token=True, may_answer={person.id for person in helpdesk})
    person = rule(shown, directory).person
    return person if person in helpdesk else None


def handle(
    ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail, person: Person
) -> tuple[str, str]:
    """Carry out the order about the mail that `asked` showed. Returns what became of the reply, and the number."""
    text = said_by_author(ports, reading, asked)
    order = reading.ask(read_order, text, our_numbers(ports))
    about, doubt = _about(ports, asked, order)
    if order is None or about is None:
        return _ask_back(ports, collected, asked, person, text, doubt or "belum ada perintah yang pasti"), ""
    if about.incident:
        doubt = f"surat itu sudah dicatat sebagai {about.incident}"
        return _ask_back(ports, collected, asked, person, text, doubt), about.incident
    match order.word:
        case Word.URGENT:
            return _open(ports, collected, about)
        case Word.MERGE:
            return _add(ports, collected, about, asked, person, order, text)
        case Word.IGNORE:
            return settled(ports, collected, ORDERED, note="diabaikan"), ""
        case _:
            return _ask_back(ports, collected, asked, person, text, "pemisahan, tetapi surat ini bukan insiden"), ""


def _about(ports: Ports, asked: QueuedMail, order: Order | None) -> tuple[CollectedMail | None, str]:
    """The letter in question: the one our mail showed, or of a list the one whose code the order names."""
    ref = asked.key.ref
    if asked.template in LISTS:
        if order is None or len(order.refs) != 1:
            return None, "kode surat dari daftar tidak disebut dengan pasti"
        ref = order.refs[0]
    with ports.database.reading() as tx:
        found = ledger.by_prefix(tx, ref)
    return (found, "") if found else (None, "surat yang dimaksud tidak ditemukan")


def _open(ports: Ports, collected: CollectedMail, about: CollectedMail) -> tuple[str, str]:
    with ports.readers.open(ports.archive.get(about.sha256)) as original:
        letter = letter_in(ports, original, about.received)
        fact = reported(ports, as_written(original.mail, ports.address), letter, about)
    return ORDERED, open_incident(ports, fact, _both(collected, about))


def _add(
    ports: Ports,
    collected: CollectedMail,
    about: CollectedMail,
    asked: QueuedMail,
    person: Person,
    order: Order,
    text: str,
) -> tuple[str, str]:
    with ports.database.reading() as tx:
        known = journal.known(tx, order.numbers)
    if len(known) != 1:
        doubt = "penggabungan, tetapi nomor insiden tujuannya tidak disebut dengan pasti"
        return _ask_back(ports, collected, asked, person, text, doubt), ""
    with ports.readers.open(ports.archive.get(about.sha256)) as reading:
        original, said = reading.mail, reading.ask(reply_text, reading.mail)
    fact = FollowedUp(original.sender, said or original.subject, about.id)
    carry_out(ports, known[0], fact, _both(collected, about))
    return ORDERED, known[0]


def _both(collected: CollectedMail, about: CollectedMail) -> AlsoWrite:
    """Settle the order and give its letter the incident, in one transaction; refuse when either has been done."""
    settle = settling(collected, ORDERED)

    def both(tx: Connection, number: str) -> bool:
        return ledger.give_incident(tx, about.id, number) and settle(tx, number)

    return both


def _ask_back(ports: Ports, collected: CollectedMail, asked: QueuedMail, person: Person, text: str, doubt: str) -> str:
    extra = {"teks": text, "dipahami": doubt}
    key = MailKey.asking_back(asked.key, collected.id, Addressee(person.id))
    template = MailTemplate.ASK_BACK_ABOUT_LIST if asked.template in LISTS else MailTemplate.ASK_BACK_ABOUT_LETTER
    draft = word_to(ports, person, key, template, extra)
    with ports.database.writing() as tx:
        if queue.count_of(tx, key.asked_back) >= ASKED_BACK:  # a machine that answers in Helpdesk's name is left alone
            ledger.set_apart(tx, collected.id, "perintah belum jelas")
        elif ledger.settle(tx, collected.id, "perintah belum jelas"):
            queue.put(tx, draft, ports.now())
    return "perintah belum jelas"
