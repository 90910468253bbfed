"""A later mail has come in a matter we know: what is it to the incident? Only judged here; `letter_arrived` acts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.meaning.going_on import may_go_on, where_it_went_on
from handlers.meaning.our_mails import said_by_author
from handlers.ports import Ports
from handlers.trust.authenticity import failed_authentication
from outbox.queue import QueuedMail
from parsers.letters.later_word import LaterWord, matter_of, read_later_word
from parsers.mails.message import Mail
from parsers.replies.service_back import says_not_back, says_not_yet
from readers.pool import CannotRead, Overloaded, Reading
from register import journal, ledger
from register.archive import ArchiveDamaged
from sop.incident import Incident
from sop.later_mail import Matter, Means, Said, is_another_matter, what_it_means
from sop.mails import MailTemplate
from sop.standing import Standing

STILL_WORKED = timedelta(days=60)
"""How far back the other open reports of a reporter are looked for."""
WORDS_KNOWN = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """What a later mail is: to which incident, by which words (`text`: the author's own; `word`: as read)."""

    means: Means
    standing: Standing
    text: str
    word: LaterWord
    by_reporter: bool
    not_proven: bool
    """It says in the reporter's name that the outage of an ended incident is not over, and nothing proves it theirs."""
    another: bool
    """Whether it speaks of another matter than the incident's."""

    @property
    def incident(self) -> Incident:
        return self.standing.incident


def judge(ports: Ports, reading: Reading, number: str, received: datetime, asked: QueuedMail | None = None) -> Judged:
    """What the mail is to incident `number`, or to what goes on from it.

    `received`: when our server had it. `asked`: the mail of ours that it answers.
    """
    mail, standing = reading.mail, where_it_went_on(ports, number)
    incident = standing.incident
    text = said_by_author(ports, reading, asked, incident.number)
    by_reporter = wrote_report(mail, incident) and not failed_authentication(mail, ports.authserv_id)
    earlier = _subjects(ports, reading, incident, asked)
    word = reading.ask(
        read_later_word, mail, text, earlier, ports.address, ports.offices, received=received, opener=reading.opener
    )
    said = Said(
        fails=word.fails,
        still=reading.ask(says_not_back, text),
        not_yet=reading.ask(says_not_yet, text),
        services=word.services,
        names=word.names,
        place=word.letter.lokasi.value,
        enclosed=word.enclosed,
    )
    matter = _matter(reading, incident)
    # Who is asked whether a word was theirs answers in time if that word came in time.
    when = asked.queued_at if asked is not None and asked.template == MailTemplate.IS_IT_OVER else received
    matter = replace(matter, may_go_on=matter.ended and by_reporter and may_go_on(standing, when))
    means, another = what_it_means(said, matter), is_another_matter(said, matter)
    not_proven = means is Means.NOT_OVER and not (asked is not None and asked.person.is_reporter)
    if not_proven:  # a number and an address are easily come by: the reporter is asked, and Helpdesk may order it
        means = Means.FOLLOW_UP
    over = means is Means.NOT_OVER and by_reporter  # officials report outages of their own, too
    if not over and ports.directory().by_address(mail.sender):  # an official beside an incident reports nothing by that
        means = Means.FOLLOW_UP
    if means is Means.REPORT and (elsewhere := _known_elsewhere(ports, reading, said, incident.number)):
        means, standing, another = Means.FOLLOW_UP, elsewhere, False
    return Judged(means, standing, text, word, by_reporter, not_proven, another)


def wrote_report(mail: Mail, incident: Incident) -> bool:
    """Whether a mail's author is who reported the incident. Nobody's mail is not by whoever reported without a name."""
    return bool(mail.sender) and mail.sender == incident.report.email


def _matter(reading: Reading, incident: Incident) -> Matter:
    report = incident.report
    told = "\n".join([report.hal or "", report.ringkasan or "", *incident.follow_ups[-WORDS_KNOWN:]])
    services, names = reading.ask(matter_of, told)
    known = frozenset(report.layanan or ())
    return Matter(known | services, names, report.lokasi or "", bool(incident.outcome))


def _known_elsewhere(ports: Ports, reading: Reading, said: Said, number: str) -> Standing | None:
    """The open incident about this very matter that the same address has reported apart: written in an older thread."""
    sender = reading.mail.sender
    if not sender or not said.services:
        return None
    with ports.database.reading() as tx:
        others = journal.reported_since(tx, ports.now() - STILL_WORKED)
        numbers = [one.number for one in others if one.number != number and one.report.email == sender]
        incidents = [journal.read_incident(tx, one) for one in numbers]
    for incident in incidents:
        matter = _matter(reading, incident)
        if matter.services and not is_another_matter(said, matter):
            with ports.database.reading() as tx:
                return journal.read_standing(tx, incident.number)
    return None


def _subjects(ports: Ports, reading: Reading, incident: Incident, asked: QueuedMail | None) -> str:
    """What stood in the subject before: in our mail, in the report, in the mails that are referred to."""
    said = [asked.subject if asked else "", incident.report.hal or ""]
    with ports.database.reading() as tx:
        rows = ledger.by_message_ids(tx, [*reading.mail.in_reply_to, *reading.mail.references[-5:]])
        if incident.mail and (first := ledger.collected_mail(tx, incident.mail)):
            rows.append(first)
    for sha256 in dict.fromkeys(row.sha256 for row in rows[:5]):
        try:
            said.append(ports.readers.mail(ports.archive.get(sha256)).subject)
        except (ArchiveDamaged, CannotRead, Overloaded):
            continue
    return "\n".join(said)
