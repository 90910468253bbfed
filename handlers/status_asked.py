"""Somebody asks how things stand (STATUS): officials are told what waits for them, reporters how far theirs has come.

Nothing is decided by it. In the journal it stands only where a reporter asks in the thread of an incident: that is a
word on it, too. The answer goes to the registered address; whom we do not know, or have reason to doubt, gets none,
whatever number they name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.carry_out import nothing_else
from handlers.meaning.going_on import where_it_went_on
from handlers.meaning.later_word import wrote_report
from handlers.meaning.our_mails import said_by_author
from handlers.meaning.our_numbers import our_numbers
from handlers.meaning.which_incident import Belongs
from handlers.no_emergency import show_helpdesk
from handlers.ports import Ports
from handlers.telling.helpdesk import composed
from handlers.telling.reminders import Waiting, all_waiting
from handlers.telling.write_mails import reporter_reads
from handlers.too_often.repeated import keep_repeated
from handlers.trust.acquainted import LATEST
from handlers.trust.authenticity import Authenticity, proven_authenticity
from handlers.trust.known_reporters import may_be_written_to
from handlers.trust.may_be_answered import must_not_be_answered
from handlers.what_became import queueing, set_apart, settling
from outbox import queue
from outbox.matter import Matter, Reader, as_reader
from parsers.letters.values import MailKind
from parsers.replies.service_back import says_not_back
from parsers.replies.status_question import asks_status
from readers.pool import Reading
from register import journal, ledger
from register.ledger import CollectedMail
from sop.addressee import Addressee
from sop.incident import Incident, due
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.people import WIB, Capacity, Person, Policy
from sop.phase import Phase, phase_of
from sop.standing import Standing, of_none
from sop.story import team_called
from sop.verdict import ListedIncident, Outgoing, Said
from templates.phrasing import moment

STATUS, TOO_OFTEN = "pertanyaan status", "pertanyaan status berulang"
MOST_ASKED = 5
"""Answers an hour to one person: nobody reads more, and a machine that asks gets no more."""
STILL_TOLD = timedelta(days=7)
"""So long after its end a report is told of, unless it is asked for by its number."""
MOST_TOLD = 10


def handle(ports: Ports, collected: CollectedMail, reading: Reading, belongs: Belongs) -> tuple[str, str] | None:
    """Answer a mail that only asks how things stand. None where it is none, or is for others to judge."""
    mail, asked = reading.mail, belongs.asked
    if must_not_be_answered(mail, ports.address) or not _may_ask(reading, asked):
        return None
    text, numbers = said_by_author(ports, reading, asked), our_numbers(ports)
    if not reading.ask(asks_status, mail, text, numbers):
        return None
    if (offered := _offered(ports, asked)) and not reading.ask(asks_status, mail, text, numbers, offered):
        return None  # by one of these it answers what was asked
    named = numbers.within(f"{mail.subject}\n{text}")
    directory = ports.directory()
    if people := (directory.by_address(mail.sender) or directory.by_aide(mail.sender)):
        vouched = vouched_for(ports, collected, reading, people)
        if not vouched:
            return None
        about = list(dict.fromkeys((*named, belongs.incident)))
        drafts = told_officials(ports, collected, reading, vouched, about)
        return _answered(ports, collected, drafts, belongs.incident)
    if proven_authenticity(ports, collected, mail) is Authenticity.FAIL:
        return None
    if reading.ask(says_not_back, text):
        return None  # no reporter only asks who says that it is not over
    if own := _reported_by(ports, collected, reading, (*named, belongs.incident)):
        return _tell_reporter(ports, collected, reading, belongs, own, named)
    if belongs.proven is not None:
        return None  # somebody to whom a mail of ours was handed on
    kept = keep_repeated(ports, collected, reading, asked)
    return kept or show_helpdesk(ports, collected, mail, str(MailKind.OTHER)), ""


def _may_ask(reading: Reading, asked: queue.QueuedMail | None) -> bool:
    """Whether it is worth a look: such a question is short."""
    return bool(reading.mail.sender) and (asked is not None or len(reading.mail.plain) < 1500)


def _offered(ports: Ports, asked: queue.QueuedMail | None) -> list[str]:
    if asked is None or not asked.incident or not asked.stage:
        return []
    with ports.database.reading() as tx:
        procedure = journal.read_standing(tx, asked.incident).procedure
    return [reply.decision for reply in procedure.stage(asked.stage).replies]


def vouched_for(
    ports: Ports, collected: CollectedMail, reading: Reading, people: Sequence[Person]
) -> tuple[Person, ...]:
    """Those of `people` who may be taken for the author, as if they had answered."""
    found = proven_authenticity(ports, collected, reading.mail)
    if found is Authenticity.FAIL:
        return ()
    day, policy = collected.received.astimezone(WIB).date(), ports.directory().policy
    return tuple(
        person
        for person in people
        if person.may_act_on(day) and (found is Authenticity.PASS or policy(person.role) is not Policy.STRICT)
    )


def told_officials(
    ports: Ports,
    collected: CollectedMail,
    reading: Reading,
    people: Sequence[Person],
    numbers: Sequence[str],
    answered: Mapping[str, Said] | None = None,
) -> list[queue.Draft]:
    """One mail for each person who has this address and is waited for; at least one.

    Args:
        numbers: what they name; of those that are incidents it is told how they stand.
        answered: what the list says besides, where it is sent again to whoever answered it.
    """
    waiting = {person: all_waiting(ports, person.id) for person in people}
    asking = [person for person in people if waiting[person].shown] or [people[0]]
    with ports.database.reading() as tx:
        known = journal.known(tx, [number for number in numbers if number])
    listed = tuple(_for_official(ports, number) for number in known[:MOST_TOLD])
    return [
        _draft(ports, collected, reading, MailTemplate.STATUS, as_reader(person), listed, waiting[person], answered)
        for person in asking
    ]


def _for_official(ports: Ports, number: str) -> ListedIncident:
    listed, standing = _listed(ports, number), where_it_went_on(ports, number)
    visit = standing.incident.current
    if visit is None:
        return listed
    stage = standing.procedure.stage(visit.stage)
    until = min((due(visit, stage, one.person) for one in visit.asked), default=due(visit, stage))
    names = ", ".join(dict.fromkeys(one.name for one in visit.asked))
    return ListedIncident(
        listed.nomor, listed.opd, listed.hal, listed.fase, tahap=stage.label, menunggu=names, tenggat=until
    )


def _reported_by(
    ports: Ports, collected: CollectedMail, reading: Reading, numbers: Sequence[str]
) -> dict[str, Incident]:
    """The incidents that the author reported: those of their last mails, and those of `numbers` that are theirs."""
    with ports.database.reading() as tx:
        earlier = [mail.incident for mail in ledger.earlier_by(tx, collected, LATEST)]
        known = journal.known(tx, [number for number in (*numbers, *earlier) if number])
        found = {number: journal.read_incident(tx, number) for number in known}
    return {
        number: incident
        for number, incident in found.items()
        if wrote_report(reading.mail, incident) and may_be_written_to(ports, incident.report)
    }


def _tell_reporter(
    ports: Ports,
    collected: CollectedMail,
    reading: Reading,
    belongs: Belongs,
    own: dict[str, Incident],
    named: Sequence[str],
) -> tuple[str, str] | None:
    """None, too, where it is a word on an incident besides: whoever works on it hears that the reporter waits."""
    told = _for_reporter(ports, collected, reading, own, named or ((belongs.incident,) if belongs.asked else ()))
    if told is None:
        return None
    if belongs.proven is None or not belongs.incident:
        return _answered(ports, collected, [told[0]], told[1])
    if not too_often(ports, collected, told[0]):
        with ports.database.writing() as tx:
            queueing(ports, [told[0]], nothing_else)(tx, "")
    return None


def _for_reporter(
    ports: Ports, collected: CollectedMail, reading: Reading, own: dict[str, Incident], asked_for: Sequence[str]
) -> tuple[queue.Draft, str] | None:
    """The mail, and the first incident it speaks of: those they asked for; where none of these is theirs, all that are,
    with no word on the others. None where they may not be written to.
    """
    since = ports.now() - STILL_TOLD
    lately = [number for number, one in own.items() if one.closed is None or one.closed > since]
    chosen = [number for number in asked_for if number in own] or sorted(lately) or sorted(own)[-1:]
    reader = reporter_reads(own[chosen[0]].report, Addressee.reporter())
    if reader is None:
        return None
    listed = tuple(_listed(ports, number, for_reporter=True) for number in chosen[:MOST_TOLD])
    draft = _draft(ports, collected, reading, MailTemplate.STATUS_OF_REPORT, reader, listed)
    return draft, chosen[0]


def _listed(ports: Ports, number: str, *, for_reporter: bool = False) -> ListedIncident:
    """How an incident stands, wherever it is worked on now."""
    with ports.database.reading() as tx:
        own = journal.read_incident(tx, number).report
    standing = where_it_went_on(ports, number)
    procedure, incident = standing.procedure, standing.incident
    ended = next((outcome.label for outcome in procedure.outcomes if outcome.name == incident.outcome), "")
    ended = ended or incident.outcome
    if for_reporter:  # as the mail that told them of the end has called it
        ended = ports.composer.words.reporter_sentences.get(f"closed.{incident.outcome}", ended)
    return ListedIncident(
        nomor=number,
        opd=own.opd or ports.words.no_office_subject,
        hal=own.hal or "",
        fase=phase_of(procedure, incident),
        tim=_team(standing),
        hasil=ended,
    )


def _team(standing: Standing) -> str:
    """Who works on it; no names, and "" while nobody does."""
    visit = standing.incident.current
    if visit is None or phase_of(standing.procedure, standing.incident) is not Phase.WORKED_ON:
        return ""
    role = standing.procedure.role_label(standing.procedure.stage(visit.stage).role)
    teams = [team_called(one.title, role) for one in visit.asked if one.capacity == Capacity.HOLDER and not one.until]
    return " dan ".join(dict.fromkeys(teams)) or role


def _draft(
    ports: Ports,
    collected: CollectedMail,
    reading: Reading,
    template: MailTemplate,
    reader: Reader,
    listed: Sequence[ListedIncident],
    waiting: Waiting | None = None,
    answered: Mapping[str, Said] | None = None,
) -> queue.Draft:
    waiting = waiting or Waiting()
    extra: dict[str, Said] = {"keadaan": tuple(listed), "saat_ini": moment(ports.now()), **(answered or {})}
    letter = Outgoing(
        MailKey.general(collected.id, template, reader.addressee), template, reader.addressee, extra=extra
    )
    thread = [reading.mail.message_id] if reading.mail.message_id else []
    matter = Matter(
        of_none(ports.procedure()), reader, ports.now(), thread=thread, also=waiting.shown, more=waiting.more
    )
    return composed(ports, letter, matter)[0]


def too_often(ports: Ports, collected: CollectedMail, draft: queue.Draft) -> bool:
    name = f"status {draft.recipient.lower()}"
    return ports.recent.count(name, collected.id, collected.received) > MOST_ASKED


def _answered(ports: Ports, collected: CollectedMail, drafts: Sequence[queue.Draft], incident: str) -> tuple[str, str]:
    if too_often(ports, collected, drafts[0]):
        return set_apart(ports, collected, TOO_OFTEN, drafts[0].recipient), ""
    with ports.database.writing() as tx:
        queueing(ports, drafts, settling(collected, STATUS))(tx, incident)
    return STATUS, incident
