"""A letter has arrived, or a later word on one we know (SOP step 1)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from handlers import list_answered, no_emergency
from handlers.carry_out import AlsoWrite, carry_out, open_incident
from handlers.meaning.going_on import by_reporter, go_on, where_it_went_on
from handlers.meaning.later_word import Judged, judge
from handlers.meaning.letter_report import letter_in, report_of, urgency_of
from handlers.meaning.our_mails import said_by_author
from handlers.meaning.our_numbers import our_numbers
from handlers.meaning.which_incident import Belongs, How, of_letter
from handlers.no_emergency import telling_known
from handlers.ports import Ports
from handlers.too_often.flood import list_at_once, one_too_many, what_is_said
from handlers.too_often.repeated import keep_repeated, only_echoes
from handlers.trust.authenticity import failed_authentication
from handlers.trust.known_reporters import confirmed
from handlers.trust.may_be_answered import came_by_itself, is_nobody, must_not_be_answered
from handlers.what_became import put_off, settling
from outbox.queue import QueuedMail
from parsers.documents.document import Reason
from parsers.letters.kind import Look
from parsers.letters.urgency import urgency_hint
from parsers.letters.values import Letter, MailKind
from parsers.mails.headers import as_written, automation
from parsers.mails.message import Mail
from readers.pool import Reading
from register import journal, ledger
from register.ledger import CollectedMail
from sop.facts import FollowedUp, Opened, Reopening
from sop.later_mail import Means
from sop.likeness import NEAR, Similar, likely_same, similar
from sop.report import NOTHING, Report
from sop.standing import Standing

NOT_OVER = "belum pulih"
NOT_GENUINE = "tidak asli"
"""Why a reporter is not written to: our server found that the address is not theirs (`templates/kata.yaml`)."""
WHO_REPORTS = ("opd", "pengirim", "jabatan", "telepon", "narahubung")
_PAGES = re.compile(r"\.(?:pdf|tiff?|jpe?g|png)\b", re.IGNORECASE)
"""What a scanner sends by itself; a job sends logs."""
SAID_BY_THE_FIRST = ("jenis", "hal", "ringkasan", "email", "rujukan")
"""What only the mail that an incident began with can say of it."""


def handle(
    ports: Ports, collected: CollectedMail, reading: Reading, look: Look | None = None, asked: QueuedMail | None = None
) -> tuple[str, str]:
    """Read a letter and open an incident, or show Helpdesk what is none. Returns what became of it, and the number.

    `look`: what has been seen of it. `asked`: the mail of ours that it answers, though it is nothing that an answer to
    it could be.
    """
    mail, letter = as_written(reading.mail, ports.address), _read(ports, reading, look, collected)
    known = of_letter(ports, mail, letter)
    opens = letter.kind is MailKind.INCIDENT or _follows_nothing(letter) or _may_be_one(letter)
    if opens and not known.incident and only_echoes(ports, collected, reading, asked):
        letter, opens = replace(letter, kind=MailKind.OTHER), False
    works = bool(known.incident or opens)
    if (works or not no_emergency.can_wait(ports, mail, letter)) and (
        kept := keep_repeated(ports, collected, reading, asked)
    ):
        return kept, ""
    if works and one_too_many(ports, collected, mail):
        return list_at_once(ports, collected, mail, what_is_said(mail, letter.text)), ""
    if known.incident:
        also = telling_known(ports, mail, letter, known.incident, settling(collected, "susulan"))
        if known.how is How.SAME_LETTER:
            return _sent_again(ports, collected, reading, known.incident, also)
        return follow_up(ports, collected, reading, known, also)
    if opens:
        return "insiden", open_incident(ports, reported(ports, mail, letter, collected), settling(collected, "insiden"))
    if letter.unread and ports.reads_scans and not reading.opener.reads_pictures:
        return put_off(ports, collected), ""  # nothing is said to be no emergency before its pictures have been read
    again = list_answered.told_again(ports, collected, reading, asked)
    return no_emergency.handle(ports, collected, mail, letter, again), ""


def _read(ports: Ports, reading: Reading, look: Look | None, collected: CollectedMail) -> Letter:
    """The letter as it stands. A number of ours that no incident bears, mistyped or made up, makes it no later word."""
    numbers = our_numbers(ports)
    letter = letter_in(ports, reading, collected.received, look, numbers)
    if letter.kind is not MailKind.FOLLOW_UP or not numbers.within(letter.rujukan.value):
        return letter
    with ports.database.reading() as tx:
        if journal.known(tx, [letter.rujukan.value]):
            return letter
    return letter_in(ports, reading, collected.received, look)


def follow_up(
    ports: Ports, collected: CollectedMail, reading: Reading, belongs: Belongs, also: AlsoWrite | None = None
) -> tuple[str, str]:
    """A later mail in a matter we know: recorded and told to whoever is working on it, or a report of its own.

    It may answer what our receipt asked for, bring the formal letter after a telephone call, or say that something else
    is out of order, in the old thread because that was at hand.
    """
    asked = belongs.asked
    judged = judge(ports, reading, belongs.incident, collected.received, asked)
    incident, mail = judged.incident, reading.mail
    writer = as_written(mail, ports.address)
    answers = asked is not None and writer.sender == asked.recipient.lower()
    if also is None and not answers and (kept := keep_repeated(ports, collected, reading, asked)):
        return kept, ""
    if (judged.means is Means.REPORT or asked is None) and one_too_many(ports, collected, writer):
        return list_at_once(ports, collected, writer, what_is_said(mail, judged.text)), ""
    if judged.means is Means.NOT_OVER:
        by = by_reporter(incident, judged.text, collected)
        return NOT_OVER, go_on(ports, judged.standing, settling(collected, NOT_OVER), by)
    if judged.means is Means.REPORT:
        report = _reported_later(ports, mail, collected, judged)
        return "insiden", open_incident(ports, report, settling(collected, "insiden"))
    new = NOTHING
    if judged.by_reporter:  # a number is easily guessed
        new = confirmed(report_of(judged.word.letter).without(SAID_BY_THE_FIRST), incident.report)
    sender, text = as_written(mail, ports.address).sender, judged.text or mail.subject
    fact = FollowedUp(sender, text, collected.id, new, not_over=judged.not_proven)
    carry_out(ports, incident.number, fact, also or settling(collected, "susulan"), seen=judged.standing)
    return "susulan", incident.number


def _sent_again(
    ports: Ports, collected: CollectedMail, reading: Reading, number: str, also: AlsoWrite
) -> tuple[str, str]:
    """The very letter an incident began with: recorded there."""
    standing = where_it_went_on(ports, number)
    mail, text = reading.mail, said_by_author(ports, reading, None, standing.number)
    fact = FollowedUp(mail.sender, text or mail.subject, collected.id)
    carry_out(ports, standing.number, fact, also, seen=standing)
    return "susulan", standing.number


def open_as_ordered(ports: Ports, order: CollectedMail, standing: Standing, word: CollectedMail, by: Reopening) -> str:
    """Helpdesk says of a later mail (`word`) in an incident that it is an emergency: it is opened with its own letter.

    Where it speaks of nothing else, it goes on from an ended incident, reopened `by` them. Returns the number.
    """
    incident = standing.incident
    with ports.readers.open(ports.archive.get(word.sha256)) as reading:
        judged = judge(ports, reading, incident.number, word.received)
        fact = _reported_later(ports, reading.mail, word, replace(judged, standing=standing))
    if not judged.another:
        services = fact.report.layanan or incident.report.layanan or ()
        fact = replace(fact, report=replace(fact.report, layanan=services))
        if incident.outcome and not incident.continued_as:
            fact = replace(fact, continues=incident.number, reopened=by)
    settle = settling(order, "dibuka lagi")

    def both(tx: Connection, number: str) -> bool:
        return ledger.move_to_incident(tx, word.id, incident.number, number) and settle(tx, number)

    return open_incident(ports, fact, both, seen=standing)


def _reported_later(ports: Ports, mail: Mail, collected: CollectedMail, judged: Judged) -> Opened:
    """The report that a later mail makes: its own letter and service, who reports, and a hint to the earlier one."""
    fact, earlier = reported(ports, mail, judged.word.letter, collected), judged.incident
    report = fact.report
    if judged.by_reporter:
        report = report.updated(earlier.report.only(name for name in WHO_REPORTS if not report.knows(name)))
    hint = replace(similar(earlier.number, earlier.report), selesai="ya" if earlier.outcome else None)
    others = [other for other in fact.like if other.nomor != earlier.number]
    return replace(fact, report=report, like=(hint, *others))


def reported(ports: Ports, mail: Mail, letter: Letter, collected: CollectedMail) -> Opened:
    """The report that a letter makes, with the open incidents that may be the same outage."""
    report = replace(report_of(letter), belum_terbaca=letter.unread)
    received = collected.received
    same = like(ports, report, received)
    others = {other.opd for other in same} - {"", letter.opd.value}
    hint = urgency_hint(letter.sifat.value, letter.text, len(others), letter.layanan)
    address = report.email or ""
    passed_on = address not in ("", mail.sender)  # a letter that somebody else, perhaps our own mailbox, forwarded
    unheard = is_nobody(address, ports.address) or came_by_itself(mail, ports.address)
    if unheard if passed_on else must_not_be_answered(mail, ports.address, letter.kind):
        by_form = mail.reply_to[0] if automation(mail) and mail.reply_to else ""  # whom a person may write to
        report = replace(report, tanpa_balasan=by_form or address or "Pelapor tanpa alamat")
    elif failed_authentication(mail, ports.authserv_id):  # else we would write to whoever's address was forged
        report = replace(report, tanpa_balasan=address or mail.sender, tanpa_balasan_karena=NOT_GENUINE)
    report = replace(report, kegentingan=urgency_of(hint))
    return Opened(letter.jenis.value or "email", received, report, collected.id, same)


def like(ports: Ports, report: Report, received: datetime) -> tuple[Similar, ...]:
    """Open incidents that may be the same outage as `report`, received at `received`."""
    with ports.database.reading() as tx:
        return likely_same(report, received, journal.reported_since(tx, received - NEAR * 4))


def _follows_nothing(letter: Letter) -> bool:
    """A report that names an earlier letter which never came to us: to us it is the first."""
    return letter.kind is MailKind.FOLLOW_UP and bool(letter.rujukan) and letter.trouble


def _may_be_one(letter: Letter) -> bool:
    """A letter whose only content could not be read is not thrown away: Helpdesk decides, original in hand."""
    if not letter.unread:
        return False
    says_little = len(letter.text) < 400 or any(reason == Reason.ELSEWHERE for _, reason in letter.to_ask_for)
    by_scanner = letter.kind is MailKind.AUTO_REPLY and any(_PAGES.search(name) for name in letter.unread)
    return says_little and (by_scanner or letter.kind in (MailKind.OTHER, MailKind.REQUEST))
