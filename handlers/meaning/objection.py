"""What somebody writes in answer to our note of their answer ("Dicatat"), or to our question if it shall be taken back.

Thanks and a yes are nothing to do, RALAT and BATAL say themselves what to do; all else opposes or doubts what was
recorded, adds to it, or asks something. It is never passed over: the SOP asks its author, or tells it to whoever acts.
"""

from __future__ import annotations

import re

from handlers.meaning.our_numbers import our_numbers
from handlers.meaning.people_named import called
from handlers.meaning.reply import Reply
from parsers.replies.confirmation import confirms
from parsers.replies.directions import added_order, says_besides
from parsers.replies.elsewhere import names_another_incident
from parsers.replies.meant_for_us import SPOKEN_TO_ANOTHER
from parsers.replies.whole_answer import WholeAnswer
from sop.facts import Objected, OrderAdded
from sop.incident import Incident, Visit, is_own
from sop.mails import MailTemplate
from sop.people import Person

_THAT_IT_IS_NOTED = (MailTemplate.RECORDED, MailTemplate.REMARK_RECORDED)
_NOTES = (*_THAT_IT_IS_NOTED, MailTemplate.CALL_OFF_ASKED, MailTemplate.TOO_LATE_TO_TAKE_BACK)
"""Mails about an answer of their reader's, or an order that was added to it."""

_YES = re.compile(r"\b(?:ya+|iya+|benar|betul|yes)\b", re.IGNORECASE)
_THANKS = re.compile(r"\b(?:ter[iu]ma ?kasih|makasih|trims|tks|thanks?)\b", re.IGNORECASE)


def noted(reply: Reply, person: Person) -> Visit | None:
    """The visit whose answer by `person` our mail tells of; None where it tells of none, or they are asked anew."""
    return answered_by(reply, person) if reply.asked.template in _NOTES else None


def answered_by(reply: Reply, person: Person) -> Visit | None:
    """The visit that our mail is about, where `person` answered it; None where they are asked anew."""
    incident, asked = reply.incident, reply.asked
    visit = incident.visit(asked.stage, asked.visit)
    if visit is None or not is_own(incident, visit, person.id):
        return None
    current = incident.current
    again = current is not None and current.stage == visit.stage and current.may_answer(person.id)
    return None if again else visit


def decisions_of(incident: Incident, visit: Visit, person: Person) -> list[str]:
    """What `person` answered in a visit: what it was decided by, and what came after the end."""
    given = [visit.answer, incident.receipt if visit is incident.visits[-1] else None]
    return [answer.decision for answer in given if answer is not None and answer.person == person.id]


def calls_off(reply: Reply, person: Person, whole: WholeAnswer) -> bool:
    """Whether `person` says yes to our question if their answer shall be taken back: nothing is decided by that, it
    is only asked anew.
    """
    return bool(_YES.search(whole.text)) and not _THANKS.search(whole.text) and nods(reply, person, whole)


def nods(reply: Reply, person: Person, whole: WholeAnswer) -> bool:
    """Whether it seems to say yes to that question; "ok, terima kasih" may as well mean that all is well."""
    if reply.asked.template != MailTemplate.CALL_OFF_ASKED or noted(reply, person) is None or reply.doubt:
        return False
    return reply.reading.ask(confirms, reply.mail, whole.text, f"{person.name} {person.title}", "", ())


def takes_back(reply: Reply, person: Person, whole: WholeAnswer) -> bool:
    """Whether `person` takes back what they answered in this incident: RALAT, BATAL, or a yes to our question."""
    if calls_off(reply, person, whole):
        return True
    return whole.answer.kind == "ralat" and not _is_about_another(reply, whole)


def says_the_same(reply: Reply, person: Person, whole: WholeAnswer) -> bool:
    """Whether it only says yes to our note, or once more what was recorded, and no more than that."""
    visit = noted(reply, person)
    if visit is None or reply.asked.template not in _THAT_IT_IS_NOTED or whole.answer.kind or visit.answer is None:
        return False
    if not re.search(r"\w", whole.text):
        return False
    author, recorded = f"{person.name} {person.title}", visit.answer.decision
    accepted = reply.accepted(visit.stage)
    if reply.reading.ask(confirms, reply.mail, whole.text, author, recorded, accepted):
        return True
    same = (reply.stage, reply.visit, whole.answer.decision) == (visit.stage, visit.number, recorded)
    return same and not reply.reading.ask(says_besides, whole.text, author)


def objection(reply: Reply, person: Person, whole: WholeAnswer) -> Objected | OrderAdded | None:
    """What is neither plainly taken back nor an answer to what its author is being asked besides. Words that only add
    an order doubt nothing.
    """
    visit, answer = noted(reply, person), whole.answer
    if visit is None or reply.ruling.doubt:
        return None
    asked_besides = (reply.stage, reply.visit) != (visit.stage, visit.number)
    if takes_back(reply, person, whole) or (asked_besides and bool(answer.decision or answer.kind)):
        return None
    place, mail = (visit.stage, visit.number, person, whole.text), reply.collected.id
    if order := _added_order(reply, person, whole, visit):
        return OrderAdded(*place, order, mail, reply.ruling.cautioned(may_take_back=False))
    return Objected(*place, mail)


def _added_order(reply: Reply, person: Person, whole: WholeAnswer, visit: Visit) -> str:
    """What it orders those who are told of orders, or whoever is waited for now, if it says no more than that."""
    own = visit.answer if visit.answer and visit.answer.person == person.id else reply.incident.receipt
    given = own.decision if own else ""
    doubted = reply.doubt and not reply.doubt.startswith(SPOKEN_TO_ANOTHER)
    if doubted or whole.answer.decision not in ("", given):
        return ""
    author, called = f"{person.name} {person.title}", names_of_those_told(reply, person)
    return reply.reading.ask(added_order, whole.text, given, author, called)


def names_of_those_told(reply: Reply, person: Person) -> tuple[str, ...]:
    """How those are called, lower case, whom an order of `person` reaches once they have answered."""
    current, procedure, directory = reply.incident.current, reply.procedure, reply.ports.directory()
    waited = [procedure.stage(current.stage).role] if current else []
    roles = [role for role in (*procedure.directions, *waited) if role != person.role]
    asked = [directory.person(one.person) for one in current.asked] if current else []
    titles = [one.title.lower() for one in asked if one is not None and one.id != person.id and one.title]
    return (*titles, *(name for role in roles for name in called(procedure, role)))


def _is_about_another(reply: Reply, whole: WholeAnswer) -> bool:
    return names_another_incident(whole.text, reply.incident.number, our_numbers(reply.ports))
