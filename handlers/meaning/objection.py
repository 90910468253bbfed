"""What somebody writes in answer to our note of their answer ("Dicatat"), or to our question if it shall be taken back.

Thanks and a yes are nothing to do, RALAT and BATAL say themselves what to do; all else opposes or doubts what was
recorded, adds to it, or asks something. It is never passed over: the SOP asks its author, or tells it to whoever acts.
"""

from __future__ import annotations

import re

from handlers.meaning.our_numbers import our_numbers
from handlers.meaning.reply import Reply
from parsers.replies.confirmation import confirms
from parsers.replies.directions import says_besides
from parsers.replies.elsewhere import names_another_incident
from parsers.replies.whole_answer import WholeAnswer
from sop.facts import Objected
from sop.incident import Visit
from sop.mails import MailTemplate
from sop.people import Person

_NOTES = (MailTemplate.RECORDED, MailTemplate.CALL_OFF_ASKED, MailTemplate.TOO_LATE_TO_TAKE_BACK)
"""Mails about an answer of their reader's."""

_YES = re.compile(r"\b(?:ya+|iya+|benar|betul|yes)\b", re.IGNORECASE)
_THANKS = re.compile(r"\b(?:ter[iu]ma ?kasih|makasih|trims|tks|thanks?)\b", re.IGNORECASE)


def noted(reply: Reply, person: Person) -> Visit | None:
    """The visit whose answer by `person` our mail tells of; None where it tells of none, or they are asked anew."""
    incident, asked = reply.incident, reply.asked
    visit = incident.visit(asked.stage, asked.visit) if asked.template in _NOTES else None
    if visit is None:
        return None
    given = [visit.answer, incident.receipt if visit is incident.visits[-1] else None]
    if not any(answer is not None and answer.person == person.id for answer in given):
        return None
    current = incident.current
    again = current is not None and current.stage == visit.stage and current.may_answer(person.id)
    return None if again else visit


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
    if visit is None or reply.asked.template != MailTemplate.RECORDED or whole.answer.kind or visit.answer is None:
        return False
    if not re.search(r"\w", whole.text):
        return False
    author, recorded = f"{person.name} {person.title}", visit.answer.decision
    accepted = reply.accepted(visit.stage)
    if reply.reading.ask(confirms, reply.mail, whole.text, author, recorded, accepted):
        return True
    same = (reply.stage, reply.visit, whole.answer.decision) == (visit.stage, visit.number, recorded)
    return same and not reply.reading.ask(says_besides, whole.text, author)


def objection(reply: Reply, person: Person, whole: WholeAnswer) -> Objected | None:
    """What is neither plainly taken back nor an answer to what its author is being asked besides."""
    visit, answer = noted(reply, person), whole.answer
    if visit is None or reply.ruling.doubt:
        return None
    asked_besides = (reply.stage, reply.visit) != (visit.stage, visit.number)
    if takes_back(reply, person, whole) or (asked_besides and bool(answer.decision or answer.kind)):
        return None
    return Objected(visit.stage, visit.number, person, whole.text, reply.collected.id)


def _is_about_another(reply: Reply, whole: WholeAnswer) -> bool:
    return names_another_incident(whole.text, reply.incident.number, our_numbers(reply.ports))
