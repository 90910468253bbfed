"""One mail answers several incidents that a reminder named: each gets its own decision in a transaction of its own.

What was done stands in each incident's journal under the mail's id. If the office is killed between two of them the
rest is done when the mail is taken up again, and nothing twice; one mail tells of all at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from handlers.carry_out import AlsoWrite, carry_out
from handlers.meaning.asked_together import OneOfSeveral, Together, about_one, shown_once
from handlers.meaning.reply import Reply
from handlers.meaning.what_it_decides import ANSWERED, OBJECTED, UNCLEAR, fact_among_several
from handlers.ports import Ports
from handlers.telling.told_together import told_together
from handlers.too_often.flood import FLOOD
from handlers.what_became import set_apart
from outbox import queue
from parsers.replies.answer import Answer
from parsers.replies.whole_answer import WholeAnswer
from register import journal, ledger
from sop import events
from sop.answers import ASKED_BACK
from sop.events import Event
from sop.mails import MailTemplate
from sop.people import Person
from sop.standing import Standing
from sop.story import went_on
from sop.verdict import ListedAnswer
from templates.phrasing import clock, office_day
from templates.words import Words

RECORDED, LATE, ASKED, WAITING, NOT_THEIRS = "dicatat", "telat", "ditanyakan", "menunggu", "bukan_tugas"
OPEN_AFTER_END = "masih_dapat"
OF_NONE = "jawaban untuk insiden yang tidak ditunggu"
"""What became of a mail that says nothing of any incident that waits for its author: no journal speaks of it."""
MOST_QUOTED = 200
MOST_IN_VAIN = 3
"""So many mails about one reminder that record no answer are told of; whatever follows is set apart: it may be two
machines that answer each other.
"""


def handle(reply: Reply, person: Person, said: Together) -> tuple[str, str]:
    """Carry out what `said` says of each incident. Returns what became of the mail, and the reminder's incident."""
    ports, mail, shown = reply.ports, reply.collected.id, shown_once(reply)
    for one in said.questions:
        if (answer := said.answers.get(one.number)) is None or one.has_heard(mail):
            continue
        asked = about_one(reply, one, shown)
        if not _is_theirs(asked, person):
            continue
        fact = fact_among_several(asked, person, answer, told=not reply.asked.asks)
        carry_out(ports, one.number, fact, _unless_heard(mail), seen=one.standing)
    told = _what_became(ports, person, said, mail)
    found = {one.keadaan for one in told}
    became = ANSWERED if found & {RECORDED, LATE} else UNCLEAR if ASKED in found else OF_NONE
    if became == OF_NONE and _has_objected(ports, said, mail):
        became = OBJECTED
    draft = None
    # Of what they doubt they are asked by a mail of its own: what else waits is no news.
    says_anything = (told and became != OBJECTED) or said.elsewhere or said.lacks_number
    if says_anything and not _asked_too_often(ports, person, said, mail, found):
        caution = reply.ruling.cautioned(may_take_back=True)
        draft = told_together(ports, person, reply.asked, mail, told, said.elsewhere, said.lacks_number, caution)
    if draft and RECORDED not in found and _told_in_vain(reply, person, said) >= MOST_IN_VAIN:
        return set_apart(ports, reply.collected, FLOOD, reply.mail.apparent_sender), reply.asked.incident
    with ports.database.writing() as tx:
        if ledger.settle(tx, mail, became, reply.asked.incident) and draft and not queue.is_queued(tx, draft.key):
            queue.put(tx, draft, ports.now())
    return became, reply.asked.incident


def only_one(reply: Reply, person: Person, said: Together) -> tuple[Reply, WholeAnswer] | None:
    """What `said` is where it asks for something of one incident alone that is settled elsewhere ("RALAT 0007: TIDAK"):
    a single answer to it.
    """
    if len(said.answers) != 1 or said.elsewhere:
        return None
    ((number, answer),) = said.answers.items()
    if not answer.kind:
        return None
    one = next(one for one in said.questions if one.number == number)
    asked = about_one(reply, one, shown_once(reply))
    return (asked, WholeAnswer(answer.text, answer.text, answer)) if _is_theirs(asked, person) else None


def _is_theirs(asked: Reply, person: Person) -> bool:
    """Whether `person` is, or was, asked there; a deputy for one incident is none for another."""
    visit, author = asked.incident.visit(asked.stage, asked.visit), asked.ruling.person
    same = author is not None and author.id == person.id and not asked.ruling.doubt
    return same and visit is not None and visit.was_asked(person.id)


def _heard(happened: Iterable[Event], mail: str) -> bool:
    return any(getattr(event.data, "mail", "") == mail for event in happened)


def _unless_heard(mail: str) -> AlsoWrite:
    """For `carry_out`: refuses what this incident has heard, before the office was killed or by another desk."""

    def unheard(tx: Connection, number: str) -> bool:
        return not _heard(journal.read_events(tx, number), mail)

    return unheard


def _has_objected(ports: Ports, said: Together, mail: str) -> bool:
    with ports.database.reading() as tx:
        happened = [event.data for number in said.answers for event in journal.read_events(tx, number)]
    return any(isinstance(data, events.Objected) and data.mail == mail for data in happened)


def _what_became(ports: Ports, person: Person, said: Together, mail: str) -> list[ListedAnswer]:
    """As the journal has it now, so that it says the same whoever has done how much of it."""
    found = list[ListedAnswer]()
    with ports.database.reading() as tx:
        for one in said.questions:
            standing = journal.read_standing(tx, one.number)
            now = replace(one, standing=standing)
            became = _became(ports.words, now, person, said.answers.get(one.number), mail, ports.now())
            found += [became] if became else []
    return found


def _became(
    words: Words, one: OneOfSeveral, person: Person, answer: Answer | None, mail: str, now: datetime
) -> ListedAnswer | None:
    """None for an incident of which nothing was said, and which waits for its reader no more; and for one of which its
    reader gets a mail by itself.
    """
    standing, today = one.standing, office_day(now)
    opd = standing.incident.report.opd or words.no_office_subject
    row = ListedAnswer(one.number, standing.procedure.stage(one.stage).label, opd, WAITING)
    for event in standing.events:
        match event.data:
            case events.Answer() as data if data.mail == mail:
                text = data.text[:MOST_QUOTED]
                return replace(row, keadaan=RECORDED, keputusan=data.decision, jam=clock(event.at, today), teks=text)
            case events.Objected() as data if data.mail == mail:
                return None
            case events.Late() as data if data.mail == mail:
                return _late(words, row, one, standing, today)
            case events.Unclear() as data if data.mail == mail:
                return replace(row, keadaan=ASKED, alasan=data.understood, teks=data.text[:MOST_QUOTED])
    if answer is not None:
        return replace(row, keadaan=NOT_THEIRS)
    current = standing.incident.current
    if current is None:
        return replace(row, keadaan=OPEN_AFTER_END) if one.is_open_to(person, now) else None
    return row if current.may_answer(person.id) else None


def _late(words: Words, row: ListedAnswer, one: OneOfSeveral, standing: Standing, today: date) -> ListedAnswer:
    visit = standing.incident.visit(one.stage, one.visit)
    answer = visit.answer if visit else None
    if answer is None:
        return replace(row, keadaan=LATE)
    late = replace(row, keadaan=LATE, keputusan=answer.decision, jam=clock(answer.at, today))
    if answer.person:
        return replace(late, oleh=f"{answer.name} ({answer.title})")
    return replace(late, otomatis=went_on(standing.procedure.stage(one.stage), answer.decision, words))


def _asked_too_often(ports: Ports, person: Person, said: Together, mail: str, found: set[str]) -> bool:
    """Whether there is nothing to tell but what was asked too often: Helpdesk has been told to talk to them."""
    if found & {RECORDED, LATE, NOT_THEIRS} or ASKED not in found:
        return False
    with ports.database.reading() as tx:
        standings = [journal.read_standing(tx, number) for number in said.answers]
    visits = [one.incident.current for one in standings if _heard(one.events, mail)]
    return all(visit is not None and visit.unclear.count(person.id) > ASKED_BACK for visit in visits)


def _told_in_vain(reply: Reply, person: Person, said: Together) -> int:
    """How many mails have told `person` of answers to this reminder, and recorded none."""
    ports, token, mail = reply.ports, reply.asked.token, reply.collected.id
    with ports.database.reading() as tx:
        reminder = queue.by_token(tx, token)
        since = (reminder or reply.asked).queued_at
        told = queue.queued_between(tx, MailTemplate.RECORDED_TOGETHER, person.id, since, ports.now())
        happened = [event.data for one in said.questions for event in journal.read_events(tx, one.number)]
    recorded = [data.mail for data in happened if isinstance(data, events.Answer)]
    refs = [row.key.ref for row in told if row.key.answered_together == token]
    others = [ref for ref in refs if not mail.startswith(ref)]
    return sum(not any(answered.startswith(ref) for answered in recorded) for ref in others)
