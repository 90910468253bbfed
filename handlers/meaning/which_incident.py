"""Which incident is this? By the mail of ours that it answers, by the thread it stands in, by a number it names.

There is one answer, `Belongs`. Only what answers our very mail proves anything (DESIGN: decision 5); a number or a
thread only says where to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from handlers.meaning.later_word import wrote_report
from handlers.meaning.our_numbers import our_numbers
from handlers.ports import Ports
from outbox import queue
from outbox.queue import QueuedMail
from outbox.tokens import find_token
from parsers.letters.material import mail_text
from parsers.letters.values import Letter, MailKind
from parsers.mails.came_back import came_back
from parsers.mails.message import Mail
from readers.pool import Reading
from register import journal, ledger
from sop.report import Report

SERVERS_GIVE_UP = timedelta(days=7)
"""How long after it was sent a mail may still come back (RFC 5321 §4.5.4.1: at least four to five days)."""
LETTERS_STAY = timedelta(days=60)
"""How long a letter's number is looked for: afterwards it is another matter, or another year."""


class How(StrEnum):
    """How it is known to which incident a mail belongs, the surest first."""

    MESSAGE_ID = "message id"
    """It refers to a mail of ours by its Message-ID."""
    TOKEN = "token"  # noqa: S105  a way of knowing, no secret
    """It bears the token of a mail of ours, not only in what it quotes."""
    CAME_BACK = "came back"
    """A mail server sends back the head of a mail of ours (RFC 3464 §2): nobody else can make up such a one."""
    NUMBER_AND_SENDER = "number and sender"
    """Its subject bears the number, and its sender is asked something there."""
    THREAD = "thread"
    """It refers to an earlier mail to us that belongs there."""
    NUMBER_AND_REPORTER = "number and reporter"
    """It bears the number, and its sender reported the incident."""
    NUMBER = "number"
    """As a letter it goes back to the number."""
    LETTER_NUMBER = "letter number"
    """As a letter it goes back to the letter of that number, with which the incident began."""
    SAME_LETTER = "same letter"
    """It is the very letter with which the incident began."""
    ADDRESSEE = "addressee"
    """A mail server names an address to which our last mail was about it: anybody may write so."""
    NOTHING = "nothing"

    @property
    def proves(self) -> bool:
        """Whether what follows may be decided by it; all else only says where to look."""
        return self in (How.MESSAGE_ID, How.TOKEN, How.CAME_BACK)


@dataclass(frozen=True, slots=True)
class Belongs:
    """To which incident a mail belongs.

    Attributes:
        incident: its number; "" for none.
        how: how that is known; where there is no incident, how it is known what is answered.
        asked: the mail of ours that is answered or came back, None for none; where it is about no incident, `incident`
            may be known otherwise.
    """

    incident: str = ""
    how: How = How.NOTHING
    asked: QueuedMail | None = None

    @property
    def proven(self) -> QueuedMail | None:
        """The mail of ours that is answered, or came back, beyond doubt."""
        return self.asked if self.how.proves else None


def of_mail(ports: Ports, reading: Reading) -> Belongs:
    """By what a mail answers, before anything is known of what it is."""
    mail = reading.mail
    referenced = [*mail.in_reply_to, *reversed(mail.references)]
    with ports.database.reading() as tx:
        known = {ours.message_id: ours for ours in queue.by_message_ids(tx, referenced)}
    for message_id in referenced:
        if message_id.lower() in known:
            return _answering(_that_named_them(ports, known[message_id.lower()]), How.MESSAGE_ID)
    token = find_token(mail.subject) or find_token(re.sub(r"(?m)^>.*$", "", _text(reading)))
    with ports.database.reading() as tx:
        found = queue.by_token(tx, token) if token else None
    return _answering(_that_named_them(ports, found), How.TOKEN) if found else _by_number_and_sender(ports, mail)


def of_bounce(ports: Ports, reading: Reading, belongs: Belongs) -> Belongs:
    """By the mail of ours that came back; `belongs`: what the bounce answers. Of one that is only known by its
    addressee Helpdesk is told, but nobody is gone past by it.
    """
    bounce, message_ids = reading.mail.bounce, reading.ask(came_back, reading.mail).message_ids
    with ports.database.reading() as tx:
        if ours := queue.by_message_ids(tx, message_ids):
            return _answering(ours[0], How.CAME_BACK)
        if belongs.how.proves:
            return belongs
        lately = queue.sent_to(tx, bounce.addresses, ports.now() - SERVERS_GIVE_UP) if bounce else []
    return _answering(replace(lately[0], asks=False), How.ADDRESSEE) if lately else Belongs()


def of_later_mail(ports: Ports, reading: Reading, belongs: Belongs) -> Belongs:
    """By a mail's own thread, or the number it quotes, where what it answers (`belongs`) is about no incident."""
    mail, numbers = reading.mail, our_numbers(ports)
    text = _text(reading)
    with ports.database.reading() as tx:
        for earlier in ledger.by_message_ids(tx, [*mail.in_reply_to, *mail.references]):
            if earlier.incident:
                return Belongs(earlier.incident, How.THREAD, belongs.asked)
        for number in journal.known(tx, numbers.within(f"{mail.subject}\n{text[:4000]}")):
            if wrote_report(mail, journal.read_incident(tx, number)):
                return Belongs(number, How.NUMBER_AND_REPORTER, belongs.asked)
    return belongs


def of_letter(ports: Ports, mail: Mail, letter: Letter) -> Belongs:
    """By what a letter says: it names the incident by our number or by the number of an earlier letter; or the incident
    began with a letter of this very number from the same office (sent twice, or on paper after the mail).
    """
    if ports.directory().by_address(mail.sender):
        return Belongs()
    since = ports.now() - LETTERS_STAY
    with ports.database.reading() as tx:
        if letter.kind is MailKind.FOLLOW_UP and letter.rujukan:
            if journal.known(tx, [letter.rujukan.value]):
                return Belongs(letter.rujukan.value, How.NUMBER)
            known = journal.by_letter_number(tx, letter.rujukan.value, since, letter.opd.value)
            return Belongs(known, How.LETTER_NUMBER) if known else Belongs()
        if letter.kind is MailKind.INCIDENT and letter.nomor and letter.opd:
            known = journal.by_letter_number(tx, letter.nomor.value, since, letter.opd.value, open_only=True)
            if known and _same_letter(journal.read_incident(tx, known).report, letter):
                return Belongs(known, How.SAME_LETTER)
    return Belongs()


def _that_named_them(ports: Ports, ours: QueuedMail) -> QueuedMail:
    """The reminder whose incidents `ours` tells of all at once, as if written then: it asks nothing any more. Any
    other mail as it is.
    """
    if not (token := ours.key.answered_together):
        return ours
    with ports.database.reading() as tx:
        reminder = queue.by_token(tx, token)
    return replace(reminder, asks=False, queued_at=ours.queued_at, subject=ours.subject) if reminder else ours


def _answering(ours: QueuedMail, how: How) -> Belongs:
    """One whose report was linked to another's answers for their own."""
    own = ours.person.incident if ours.incident else ""
    return Belongs(own or ours.incident, how, ours)


def _by_number_and_sender(ports: Ports, mail: Mail) -> Belongs:
    """A new mail that quotes the incident's number, from somebody who is being waited for in it."""
    numbers = our_numbers(ports).within(mail.subject)
    directory = ports.directory()
    known = (*directory.by_address(mail.apparent_sender), *directory.by_aide(mail.apparent_sender))
    people = {person.id for person in known}
    if not numbers or not people:
        return Belongs()
    with ports.database.reading() as tx:
        ours = [row for row in queue.of_incident(tx, numbers[0]) if row.asks and row.person.name in people]
    return _answering(ours[-1], How.NUMBER_AND_SENDER) if ours else Belongs()


def _text(reading: Reading) -> str:
    return reading.mail.plain or reading.ask(mail_text, reading.mail)


def _same_letter(report: Report, letter: Letter) -> bool:
    """An office that gives one number to two letters has reported two matters: neither may be hidden by the other."""
    known = (report.tanggal or "", report.hal or "", report.waktu_kejadian or "")
    return known == (letter.tanggal.value, letter.hal.value, letter.waktu_kejadian.value)
