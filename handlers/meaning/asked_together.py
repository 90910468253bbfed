"""A reminder named several incidents, and one mail answers them: what was asked of each, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.meaning.our_numbers import our_numbers
from handlers.meaning.reply import Reply
from handlers.ports import Ports
from handlers.telling.reminders import named_by_reminder
from handlers.trust.doubtful import who_may_answer
from handlers.trust.ruling import Shown, rule, shown_by
from outbox.queue import QueuedMail
from outbox.tokens import find_token
from parsers.letters.later_word import reports_outage
from parsers.replies.answer import Answer, read_answer
from parsers.replies.confirmation import confirms
from parsers.replies.courtesy import is_courtesy
from parsers.replies.listed_incidents import Listed
from parsers.replies.no_answer import why_unreadable
from parsers.replies.offered import begins_with_offer
from parsers.replies.several import read_several
from parsers.replies.whole_answer import WholeAnswer
from register import journal
from sop.after_end import may_still_come
from sop.fold import fold
from sop.incident import Incident
from sop.mails import MailTemplate
from sop.people import Person
from sop.procedure import RungAction, Stage
from sop.report import Report
from sop.standing import Standing

RALAT, KOREKSI, KETERANGAN = "ralat", "koreksi", "keterangan"
"""What may be said without the number of the incident that is meant."""
EITHER = "jawaban yang dapat juga berarti ucapan, atau keterangan atas jawaban lain"
_SECOND_THOUGHT = re.compile(
    r"\b(?:maaf|keliru|salah|(?:se)?harusnya|mestinya|maksud\w*|ralat\w*|batal\w*|tadi|sebelumnya|tunggu|jangan)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OneOfSeveral:
    """What a reminder asked of one incident: the visit (`stage`, `visit`) that was waited for when it was written."""

    standing: Standing
    stage: str
    visit: int
    listed: Listed

    @property
    def number(self) -> str:
        return self.standing.number

    def is_open_to(self, person: Person, at: datetime) -> bool:
        """Whether an answer of `person` that came in `at` still counts: it waits, or takes one after the end."""
        return self._is_open(self.standing.incident, person, at)

    def was_open_to(self, person: Person, at: datetime) -> bool:
        """Whether it was so at `at`: whoever answers one of our mails knows of no more than stands in it."""
        known = [event for event in self.standing.events if event.at <= at]
        return self._is_open(fold(self.number, known), person, at)

    def has_heard(self, mail: str) -> bool:
        """Whether its journal speaks of the mail with this id."""
        return any(getattr(event.data, "mail", "") == mail for event in self.standing.events)

    def _is_open(self, incident: Incident, person: Person, at: datetime) -> bool:
        current, place = incident.current, (self.stage, self.visit)
        if current is not None:
            return (current.stage, current.number) == place and current.may_answer(person.id)
        return bool(may_still_come(self.standing.procedure, incident, place, person.id, at))


@dataclass(frozen=True, slots=True)
class Together:
    """What one mail says of several incidents.

    Attributes:
        questions: all that the reminder named, in its order.
        answers: by number; those of which nothing was said have none.
        elsewhere: numbers of ours, as written, that the reminder did not name.
        lacks_number: what it brings without saying for which incident: RALAT, KOREKSI or KETERANGAN; else "".
    """

    questions: Sequence[OneOfSeveral]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
    lacks_number: str = ""


def said_together(reply: Reply, person: Person, whole: WholeAnswer) -> Together | None:
    """What is said of each incident that a reminder named; None for what is a single answer, or none to a reminder."""
    questions = _questions(reply) if not reply.ruling.doubt else ()
    if not questions:
        return None
    if whole.corrects:
        waits = reply.asked.asks and questions[0].is_open_to(person, reply.collected.received)
        return None if waits else Together(questions, lacks_number=KOREKSI)
    if not _can_be_read(reply, whole):
        return Together(questions, lacks_number=RALAT) if whole.answer.kind == "ralat" else None
    numbers = our_numbers(reply.ports)
    listed = tuple(one.listed for one in questions)
    read = reply.reading.ask(read_several, whole.words, listed, reply.sent, numbers)
    if read.named:
        return Together(questions, read.answers, read.elsewhere)
    return _of_one_word(reply, person, whole, questions)


def asks_of_several(reply: Reply) -> bool:
    """Whether the mail that is answered asked of several incidents, and nothing was tapped that says of which one."""
    return bool(_questions(reply))


def _questions(reply: Reply) -> Sequence[OneOfSeveral]:
    if reply.asked.template != MailTemplate.REMINDER or find_token(reply.mail.subject) == reply.asked.token:
        return ()
    questions = asked_together(reply.ports, reply.asked)
    return questions if len(questions) > 1 else ()


def asked_together(ports: Ports, reminder: QueuedMail) -> list[OneOfSeveral]:
    """What the reminder asked, its own incident first; only that one where it named no other."""
    found = list[OneOfSeveral]()
    with ports.database.reading() as tx:
        named = named_by_reminder(tx, reminder)
        for number in (reminder.incident, *named):
            standing, stage, visit = journal.read_standing(tx, number), reminder.stage, reminder.visit
            if number in named:
                then = fold(number, [event for event in standing.events if event.seq <= named[number]]).current
                if then is None:
                    continue
                stage, visit = then.stage, then.number
            known = standing.procedure.stage(stage)
            found.append(
                OneOfSeveral(standing, stage, visit, as_listed(ports, number, known, standing.incident.report))
            )
    return found


def shown_once(reply: Reply) -> Shown:
    """What the mail shows about its author, whichever incident it is about."""
    return shown_by(reply.ports, reply.collected, reply.mail, reply.asked, has_token=True, may_answer=())


def about_one(reply: Reply, one: OneOfSeveral, shown: Shown) -> Reply:
    """`reply` as an answer to what was asked of `one`; who may answer that is judged by its own visit."""
    asked = replace(reply.asked, incident=one.number, stage=one.stage, visit=one.visit, asks=True)
    may_answer = who_may_answer(asked, one.standing.incident, one.stage, one.visit)
    ruling = rule(replace(shown, asked=may_answer), reply.ports.directory())
    return replace(reply, asked=asked, standing=one.standing, stage=one.stage, visit=one.visit, ruling=ruling)


def _can_be_read(reply: Reply, whole: WholeAnswer) -> bool:
    """Whether its words are its author's own beyond doubt: none behind marks, no picture, no seal, nothing enclosed."""
    if not re.search(r"\w", whole.words) or re.search(r"(?m)^\s*>", whole.words):
        return False
    return not reply.reading.ask(why_unreadable, reply.mail, whole.text)


def as_listed(ports: Ports, number: str, stage: Stage, report: Report) -> Listed:
    """What waits in `stage` of the incident, as an answer to several at once may name it."""
    office = next((one for one in ports.offices.offices if one.name == report.opd), None)
    names = (report.opd or "", *(office.aliases if office else ()))
    decides = all(rung.action is not RungAction.AUTOMATIC for rung in stage.ladder)
    accepted = tuple(each.decision for each in stage.replies)
    return Listed(number, accepted, tuple(filter(None, names)), report.hal or "", stage.label, decides)


def _of_one_word(
    reply: Reply, person: Person, whole: WholeAnswer, questions: Sequence[OneOfSeveral]
) -> Together | None:
    """No incident is named: it is asked which is meant, unless what was told of all at once asked for one alone."""
    told, numbers, came = not reply.asked.asks, our_numbers(reply.ports), reply.collected.received
    if whole.answer.kind == "ralat":
        return Together(questions, lacks_number=RALAT)
    open_ = [one for one in questions if not told or one.was_open_to(person, reply.asked.queued_at)]
    still = {one.number for one in open_ if one.is_open_to(person, came) or one.has_heard(reply.collected.id)}
    if not still:
        return _of_nothing_open(reply, whole, questions)
    if len(open_) == 1:
        one = open_[0].listed
        read = reply.reading.ask(read_answer, whole.words, one.accepted, reply.sent, one.number, numbers)
        if told and _may_mean_another(reply, whole, one.accepted):
            read = replace(read, decision="", understood=read.understood or EITHER)
        return Together(questions, {one.number: read}, lacks_number=KETERANGAN if told and not read.decision else "")
    listed = tuple(one.listed for one in open_)
    answers = reply.reading.ask(read_several, whole.words, listed, reply.sent, numbers).answers
    if not answers and reply.asked.incident in still and not told:
        return None
    unclear = Answer("", whole.text, whole.answer.understood)
    answers = answers or {one.number: unclear for one in open_}
    return Together(questions, {number: one for number, one in answers.items() if one.decision or number in still})


def _of_nothing_open(reply: Reply, whole: WholeAnswer, questions: Sequence[OneOfSeveral]) -> Together | None:
    """Nothing waits: it speaks of what was recorded, and of which one is asked. A new outage is heard as such."""
    if reply.asked.asks and not whole.answer.kind:
        return None  # a late answer, which decides nothing
    if not whole.answer.kind and reply.reading.ask(reports_outage, reply.mail, whole.text, reply.asked.subject):
        return None
    return Together(questions, lacks_number=KETERANGAN)


def _may_mean_another(reply: Reply, whole: WholeAnswer, accepted: Sequence[str]) -> bool:
    """Whether what answers the only open question may as well be thanks, or speak of an answer recorded before."""
    if reply.reading.ask(is_courtesy, whole.text):
        return True
    return _SECOND_THOUGHT.search(whole.words) is not None and not reply.reading.ask(
        begins_with_offer, whole.words, accepted
    )


def only_nods_to_all(reply: Reply, person: Person, whole: WholeAnswer) -> bool:
    """Whether our mail told of several answers, nothing of it is open, and `person` says yes to it and no more."""
    if reply.asked.asks or whole.answer.kind or reply.doubt or not (questions := _questions(reply)):
        return False
    if any(one.is_open_to(person, reply.collected.received) for one in questions):
        return False
    return reply.reading.ask(confirms, reply.mail, whole.text, f"{person.name} {person.title}", "", ())


def answers_what_is_open(reply: Reply, person: Person, whole: WholeAnswer) -> bool:
    """Whether thanks for our mail of several answers name an answer that one of them still takes: "Baik, diterima"."""
    if reply.asked.asks:
        return False
    came, words = reply.collected.received, whole.text.lower()
    takes = [one.listed.accepted for one in _questions(reply) if one.is_open_to(person, came)]
    return any(re.search(rf"\b{re.escape(word)}\b", words) for accepted in takes for word in accepted)
