"""Which incident is this? By the mail of ours that it answers, by the thread it stands in, by a number it names.

Only what answers our very mail proves anything (DESIGN: decision 5); a number or a thread only says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from handlers.meaning.later_word import wrote_report
from handlers.meaning.our_numbers import our_numbers
from handlers.ports import Ports
from outbox import queue
from outbox.queue import QueuedMail
from outbox.tokens import find_token
from parsers.letters.material import mail_text
from parsers.letters.values import Letter, MailKind
from parsers.mails.message import Mail
from readers.pool import Reading
from register import journal, ledger
from sop.procedure import is_reporter

LETTERS_STAY = timedelta(days=60)
"""How long a letter's number is looked for: afterwards it is another matter, or another year."""


def what_it_answers(ports: Ports, reading: Reading) -> tuple[QueuedMail | None, bool]:
    """The mail of ours that this one answers, and whether our Message-ID or token proves it (DESIGN: decision 5)."""
    mail = reading.mail
    referenced = [*mail.in_reply_to, *reversed(mail.references)]
    with ports.database.reading() as tx:
        known = {ours.message_id: ours for ours in queue.by_message_ids(tx, referenced)}
        for message_id in referenced:
            if message_id.lower() in known:
                return known[message_id.lower()], True
    text = mail.plain or reading.ask(mail_text, mail)
    token = find_token(mail.subject) or find_token(re.sub(r"(?m)^>.*$", "", text))
    with ports.database.reading() as tx:
        found = queue.by_token(tx, token) if token else None
    return (found, True) if found else (_by_number_and_sender(ports, mail), False)


def of_reporter(ports: Ports, reading: Reading, asked: QueuedMail | None) -> str:
    """The incident a later mail of the OPD belongs to: by our receipt, its own thread, or the number it quotes."""
    if asked is not None and is_reporter(asked.person) and asked.incident:
        return asked.person.partition(":")[2] or asked.incident  # one whose report was linked answers for their own
    mail, numbers = reading.mail, our_numbers(ports)
    text = mail.plain or reading.ask(mail_text, mail)
    with ports.database.reading() as tx:
        for earlier in ledger.by_message_ids(tx, [*mail.in_reply_to, *mail.references]):
            if earlier.incident:
                return earlier.incident
        for number in journal.known(tx, numbers.within(f"{mail.subject}\n{text[:4000]}")):
            if wrote_report(mail, journal.read_incident(tx, number)):
                return number
    return ""


def of_letter(ports: Ports, mail: Mail, letter: Letter) -> str:
    """The incident a letter belongs to: the one it names by our number or by the number of an earlier letter; or the
    one that began with a letter of this very number from the same office (sent twice, or on paper after the mail).
    """
    if ports.directory().by_address(mail.sender):
        return ""
    since = ports.now() - LETTERS_STAY
    with ports.database.reading() as tx:
        if letter.kind is MailKind.FOLLOW_UP and letter.rujukan:
            if journal.read_incident(tx, letter.rujukan.value).seq:
                return letter.rujukan.value
            return journal.by_letter_number(tx, letter.rujukan.value, since, letter.opd.value)
        if letter.kind is MailKind.INCIDENT and letter.nomor and letter.opd:
            known = journal.by_letter_number(tx, letter.nomor.value, since, letter.opd.value, open_only=True)
            return known if known and _same_letter(journal.read_incident(tx, known).report, letter) else ""
    return ""


def _by_number_and_sender(ports: Ports, mail: Mail) -> QueuedMail | None:
    """A new mail that quotes the incident's number, from somebody who is being waited for in it."""
    numbers = our_numbers(ports).within(mail.subject)
    directory = ports.directory()
    known = (*directory.by_address(mail.apparent_sender), *directory.by_aide(mail.apparent_sender))
    people = {person.id for person in known}
    if not numbers or not people:
        return None
    with ports.database.reading() as tx:
        ours = [row for row in queue.of_incident(tx, numbers[0]) if row.asks and row.person in people]
    return ours[-1] if ours else None


def _same_letter(report: Mapping[str, object], letter: Letter) -> bool:
    """An office that gives one number to two letters has reported two matters: neither may be hidden by the other."""
    return all(report.get(name, "") == getattr(letter, name).value for name in ("tanggal", "hal", "waktu_kejadian"))
