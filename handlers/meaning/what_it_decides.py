"""What an official's answer means to the incident: the fact that `decide()` is asked about."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from handlers.meaning.links import CannotLinkError, both_sides, concerns_a_link
from handlers.meaning.objection import answered_by, decisions_of, noted, objection, takes_back
from handlers.meaning.our_numbers import our_numbers
from handlers.meaning.people_named import called, people_called, people_of_team, teams_named
from handlers.meaning.reply import Reply
from handlers.trust.doubtful import NO_QUESTION
from parsers.replies.answer import Answer, read_answer
from parsers.replies.confirmation import confirms, is_answer_of_its_own
from parsers.replies.directions import directions, says_besides
from parsers.replies.helpdesk_order import Word, read_order
from parsers.replies.hesitation import QUESTION
from parsers.replies.particulars import Particulars
from parsers.replies.whole_answer import WholeAnswer
from sop.card import may_correct
from sop.details import Details
from sop.events import Proposed
from sop.facts import (
    AnswerGiven,
    AnswerProposed,
    AnswerUnclear,
    AnswerUntrusted,
    AnswerWithdrawn,
    Delegated,
    Fact,
    Objected,
    Reassigned,
    Remarked,
)
from sop.mails import MailTemplate
from sop.people import Person
from sop.procedure import Effect, Procedure
from sop.revocable import is_revocable

_CORRECTION = re.compile(r"^\W*(?:ralat|koreksi)\W+", re.IGNORECASE)
ANSWERED, UNCLEAR, NO_ANSWER, PROPOSED = "jawaban", "jawaban belum jelas", "tanpa jawaban", "jawaban ditanyakan"
OBJECTED, DIRECTED = "jawaban diragukan", "arahan tambahan"
REFUSED, TAKEN_BACK, DELEGATED, REASSIGNED = "jawaban tidak sah", "ralat", "pelimpahan", "pengalihan tim"
NEITHER = "jawaban yang belum pasti membenarkan atau menggantikan pemahaman kami"


def facts_of(reply: Reply, person: Person, whole: WholeAnswer) -> tuple[dict[str, Fact], str]:
    """The facts by incident, and what became of the mail; an order to link or to part concerns two incidents."""
    incident, text = reply.incident, whole.text
    order = reply.reading.ask(read_order, text, our_numbers(reply.ports)) if not reply.doubt else None
    if order is not None and concerns_a_link(reply.ports, order, person):
        try:
            facts = both_sides(reply.ports, incident, order, person, text, reply.collected.id)
            return facts, str(order.word)
        except CannotLinkError as reason:
            return {incident.number: unclear(reply, person, text, str(reason))}, UNCLEAR
    fact, became = _fact(reply, person, whole)
    return {incident.number: fact}, became


def fact_among_several(
    reply: Reply, person: Person, answer: Answer, *, told: bool
) -> AnswerGiven | AnswerUnclear | Objected:
    """What one of several answers in a mail decides of the incident that `reply` is about; its author is told of all at
    once. Whatever a single answer would only propose is asked, and so is what speaks against an answer that they gave:
    by a mail about that incident alone. `told`: it answers our mail that told of several answers.
    """
    visit = answered_by(reply, person)
    if visit is not None:
        otherwise = told and answer.decision not in decisions_of(reply.incident, visit, person)
        if otherwise or answer.kind == "ralat":
            return Objected(visit.stage, visit.number, person, answer.text, reply.collected.id)
    doubtful = reply.doubt and (answer.understood or f"jawaban {answer.decision.upper()}") + f"; {reply.doubt}"
    why = doubtful or ("" if answer.decision else answer.understood) or _assigns_nobody(reply, answer)
    if why or not answer.decision:
        return replace(unclear(reply, person, answer.text, why, answer), together=True)
    return replace(_given(reply, person, answer, (reply.stage, reply.visit), answer.text), together=True)


def unclear(reply: Reply, person: Person, text: str, understood: str, answer: Answer | None = None) -> AnswerUnclear:
    offers = (f"{Word.MERGE} {answer.details.incident}",) if answer and answer.kind == "gabung" else ()
    return AnswerUnclear(
        reply.stage,
        reply.visit,
        person,
        text,
        understood,
        reply.collected.id,
        received=reply.collected.received,
        question=understood == QUESTION,
        offers=offers,
        remark=besides(reply, person, text),
    )


def _said(reply: Reply, person: Person, whole: WholeAnswer) -> str:
    """What it says besides the lines that correct the card, where these are carried out."""
    carried_out = whole.corrects and not reply.doubt and may_correct(reply.procedure, reply.incident, person)
    return whole.words if carried_out and re.search(r"\w", whole.words) else whole.text


def _fact(reply: Reply, person: Person, whole: WholeAnswer) -> tuple[Fact, str]:
    answer, mail, received = whole.answer, reply.collected.id, reply.collected.received
    if reply.ruling.doubt and not answer.decision:  # nothing that could be proposed: it must be said to our mail
        sender = reply.mail.sender
        return AnswerUntrusted(reply.stage, sender, reply.ruling.doubt, whole.text, mail, person.id), REFUSED
    if (second_thought := _second_thought(reply, person, whole)) is not None:
        return second_thought
    if reply.names_a_team(whole.text, answer.decision) and not reply.doubt:
        return _reassigned(reply, person, answer), REASSIGNED
    if not reply.stage:
        return Remarked(person, _said(reply, person, whole), mail), NO_ANSWER
    if answer.kind and reply.doubt:  # what no proposal can say is asked back
        return unclear(reply, person, _said(reply, person, whole), f"{answer.understood}; {reply.doubt}"), UNCLEAR
    if answer.kind == "delegasi":
        said = answer.details.delegate_to
        people = people_called(reply.ports.directory(), dict(reply.procedure.roles), said)
        ids = tuple(one.id for one in people)
        words = (said, _said(reply, person, whole), mail, received, _said(reply, person, whole))
        return Delegated(reply.stage, reply.visit, person, ids, *words), DELEGATED
    if (meant := _confirmed(reply, person, whole)) is not None:
        given = AnswerGiven(reply.stage, reply.visit, meant.decision, person, meant.text, meant.details, mail)
        remark = besides(reply, person, meant.text)
        caution = _cautioned(reply, reply.stage, meant.decision)
        return replace(given, caution=caution, received=received, remark=remark), ANSWERED
    if not answer.decision:
        return unclear(reply, person, _said(reply, person, whole), answer.understood, answer), UNCLEAR
    if reply.asked.template == MailTemplate.CONFIRMATION and not reply.reading.ask(
        is_answer_of_its_own, whole.words, reply.accepted(reply.stage)
    ):  # "Tidak" may mean "not mine", and "Siap, benar" may mean either
        return unclear(reply, person, _said(reply, person, whole), NEITHER), UNCLEAR
    if nobody := _assigns_nobody(reply, answer):
        return unclear(reply, person, _said(reply, person, whole), nobody), UNCLEAR
    given = _given(reply, person, answer, (reply.stage, reply.visit), _said(reply, person, whole))
    if doubt := reply.doubt or ("" if reply.asked.asks or reply.offered_late(answer.decision) else NO_QUESTION):
        # What may be another's word is passed on to nobody.
        remark = "" if reply.ruling.doubt else given.remark
        return AnswerProposed(replace(given, text=whole.text, remark=remark), doubt), PROPOSED
    return given, ANSWERED


def _second_thought(reply: Reply, person: Person, whole: WholeAnswer) -> tuple[Fact, str] | None:
    """What somebody says of an answer that they gave; None where it is about something else."""
    if (objected := objection(reply, person, whole)) is not None:
        return objected, OBJECTED if isinstance(objected, Objected) else DIRECTED
    if takes_back(reply, person, whole) and (taken := _taken_back(reply, person, whole)):
        return taken, TAKEN_BACK
    return None


def besides(reply: Reply, person: Person, text: str) -> str:
    """What `text` says besides an answer."""
    return reply.reading.ask(says_besides, text, f"{person.name} {person.title}")


def _confirmed(reply: Reply, person: Person, whole: WholeAnswer) -> Proposed | None:
    """What we asked `person` to confirm, if they do; anything else that they say is an answer of its own."""
    entry = reply.incident.visit(reply.stage, reply.visit)
    if reply.asked.template != MailTemplate.CONFIRMATION or reply.doubt or entry is None:
        return None
    proposed = next((one for one in entry.proposed if one.key == str(reply.asked.key)), None)
    if proposed is None or proposed.person != person.id:
        return None
    author = f"{person.name} {person.title}"
    said = reply.reading.ask(confirms, reply.mail, whole.text, author, proposed.decision, reply.accepted(reply.stage))
    return proposed if said else None


def _assigns_nobody(reply: Reply, answer: Answer) -> str:
    """What is wrong with an assignment to somebody whom the directory does not know; "" for nothing."""
    directory, named = reply.ports.directory(), answer.details.assignee
    if not named or people_of_team(directory, named):
        return ""
    teams = teams_named(directory)
    return f"penugasan kepada {named}, yang tidak tercatat dalam daftar pejabat (yang tercatat: {teams})"


def _reassigned(reply: Reply, person: Person, answer: Answer) -> Reassigned:
    """Whom a late team's work is given to; whether that can be is for the SOP to say."""
    current, named = reply.incident.current, answer.details.assignee
    people = tuple(member.id for member in people_of_team(reply.ports.directory(), named))
    stage, visit = (current.stage, current.number) if current else ("", 0)
    caution = reply.ruling.cautioned(may_take_back=False)
    return Reassigned(stage, visit, person, people, named, answer.text, reply.collected.id, caution)


def _given(reply: Reply, person: Person, answer: Answer, answered: tuple[str, int], text: str) -> AnswerGiven:
    details = replace(details_of(answer.details), directions=_directions(reply, person, answer, answered[0], text))
    if details.assignee:
        team = people_of_team(reply.ports.directory(), details.assignee)
        details = replace(details, people=tuple(member.id for member in team))
    stage, visit = answered
    return AnswerGiven(
        stage,
        visit,
        answer.decision,
        person,
        answer.text,
        details,
        reply.collected.id,
        caution=_cautioned(reply, stage, answer.decision),
        received=reply.collected.received,
        remark=besides(reply, person, text),
    )


def _cautioned(reply: Reply, stage: str, decision: str) -> str:
    """What the author of an answer is told along with the note of it."""
    said = reply.procedure.stage(stage).reply(decision)
    lasts = said is None or reply.takes(decision) or not is_revocable(reply.procedure, stage, said)
    return reply.ruling.cautioned(may_take_back=not lasts)


def _directions(reply: Reply, person: Person, answer: Answer, stage: str, text: str) -> str | None:
    """What the answer orders others than whoever it makes the next to be asked."""
    called = addressed(reply.procedure, stage, answer.decision, person.role)
    author = f"{person.name} {person.title}"
    return reply.reading.ask(directions, text, answer.decision, author, called) or None


def addressed(procedure: Procedure, stage: str, decision: str, author: str) -> tuple[str, ...]:
    """How those are called to whom orders are passed on; not whoever the answer makes the next, nor its own `author`
    (a role).
    """
    reply = procedure.stage(stage).reply(decision)
    goes_on = reply is not None and reply.effect in (Effect.ADVANCE, Effect.RETURN)
    next_role = procedure.stage(reply.target).role if reply is not None and goes_on else ""
    roles = [role for role in procedure.directions if role not in (next_role, author)]
    return tuple(name for role in roles for name in called(procedure, role))


def details_of(said: Particulars) -> Details:
    """What an answer says besides, as the incident keeps it."""
    return Details(
        assignee=said.assignee or None,
        minutes=said.minutes or None,
        until=datetime.fromisoformat(said.until) if said.until else None,
        instructions=said.instructions or None,
        deadline=said.deadline or None,
        assigned_to=said.assigned_to or None,
        cause=said.cause or None,
        actions=said.actions or None,
        result=said.result or None,
        advice=said.advice or None,
        started_at=said.started_at or None,
        finished_at=said.finished_at or None,
        status=said.status or None,
    )


def _taken_back(reply: Reply, person: Person, whole: WholeAnswer) -> AnswerWithdrawn | None:
    """A correction concerns the answer that our note tells of, or that our reminder asked for, else the one that its
    author gave last.
    """
    given = [visit for visit in reply.incident.visits if visit.answer and visit.answer.person == person.id]
    if reply.asked.template == MailTemplate.REMINDER:  # whatever was answered since then is not meant
        given = [one for one in given if (one.stage, one.number) == (reply.asked.stage, reply.asked.visit)]
    told_of = noted(reply, person) or (given[-1] if given else None)
    if told_of is None:
        return None
    stage, visit = told_of.stage, told_of.number
    text = _said(reply, person, whole)
    said = whole.answer.details.instead  # words without case; what follows "Ralat:" is kept as written
    said = _CORRECTION.sub("", text) if said and _CORRECTION.match(text) else said
    answer = None
    if said:
        numbers, sent = our_numbers(reply.ports), reply.sent
        answer = reply.reading.ask(read_answer, said, reply.accepted(stage), sent, reply.incident.number, numbers)
    # Where it is in doubt, the question is only asked anew.
    sure = answer if answer and answer.decision and not reply.doubt else None
    instead = _given(reply, person, sure, (stage, visit), said) if sure else None
    received = reply.collected.received
    return AnswerWithdrawn(stage, visit, person, text, reply.collected.id, instead, received, text)
