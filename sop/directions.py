"""What officials say besides an answer: orders to others, told at once; late words, told to whoever holds it now."""

from __future__ import annotations

from sop.addressee import Addressee
from sop.draft import Draft
from sop.facts import AnswerGiven
from sop.incident import Visit
from sop.mails import MailTemplate
from sop.people import Person
from sop.procedure import Effect, Reply
from sop.remarks import TOLD_REMARKS, TOLD_REMARKS_IN_ALL
from sop.verdict import Said


def directed(draft: Draft, fact: AnswerGiven, visit: Visit, reply: Reply) -> str:
    """Tell what an answer orders besides to whom the procedure names. Returns their titles, "" for nobody.

    Whoever is asked next by this very answer, or is told all of it, reads the order there.
    """
    said = fact.details.directions
    if not said:
        return ""
    people = _directed_to(draft, fact.person)
    if reply.effect in (Effect.RECORD, Effect.EXTEND):
        reads_it = {person.id for role in reply.inform for person in draft.directory.holders(role)}
    else:
        reads_it = {asked.person for asked in draft.incident.current.asked} if draft.incident.current else set()
    return _tell(draft, fact, visit, MailTemplate.DIRECTION, said, [one for one in people if one not in reads_it])


def pass_on(draft: Draft, fact: AnswerGiven | None, person: Person, remark: str, mail: str, visit: Visit) -> str:
    """Tell a late word (`remark`) of somebody who was asked in `visit` to whoever holds the incident now.

    `fact`: the answer it came with, if it was one: an order in it also goes to whom the procedure names. To be called
    before it is recorded. Returns the titles of whom is told, "" for nobody.
    """
    of_person, in_all = draft.incident.remarks.count(person.id), len(draft.incident.remarks)
    if not remark or of_person >= TOLD_REMARKS or in_all >= TOLD_REMARKS_IN_ALL:
        return ""
    orders = fact is not None and bool(fact.details.directions)
    current = draft.incident.current
    people = {asked.person for asked in current.asked} if current else set[str]()
    people |= {one.id for one in draft.directory.holders(draft.helpdesk())} - {person.id}
    if orders or draft.incident.outcome:
        people |= set(_directed_to(draft, person))
    template = MailTemplate.DIRECTION if orders else MailTemplate.REMARK
    said = AnswerGiven(visit.stage, visit.number, fact.decision if fact else "", person, remark, mail=mail)
    return _tell(draft, said, visit, template, remark, sorted(people - {person.id}))


def _directed_to(draft: Draft, author: Person) -> list[str]:
    people = [person.id for role in draft.procedure.directions for person in draft.directory.holders(role)]
    return [person for person in dict.fromkeys(people) if person != author.id]


def _tell(draft: Draft, fact: AnswerGiven, visit: Visit, template: MailTemplate, text: str, people: list[str]) -> str:
    extra: dict[str, Said] = {
        "teks": text,
        "dari": f"{fact.person.name}, {fact.person.signature_title}",
        "keputusan": fact.decision,
        "menyusul": True,
    }
    what = "arahan" if template is MailTemplate.DIRECTION else "menyusul"
    for person in people:
        draft.tell(Addressee(person), template, what, fact.mail, visit=visit, extra=extra)
    known = (draft.directory.person(person) for person in people)
    return ", ".join(person.signature_title for person in known if person is not None)
