"""The card of an incident is mended: by whom it may be, and who is told (KOREKSI)."""

from __future__ import annotations

from sop import events
from sop.addressee import Addressee
from sop.draft import Draft, by
from sop.facts import CardCorrected
from sop.incident import Incident
from sop.mails import MailTemplate
from sop.people import Person
from sop.procedure import Procedure
from sop.verdict import Said

ASKED_BACK = 10
"""So often somebody is told that nothing they wrote could be carried out: a machine is not answered for ever."""
MERGE = "gabung"


def may_correct(procedure: Procedure, incident: Incident, person: Person) -> bool:
    """Whether `person` may mend the card: whoever is or was asked in a step, and the role that is asked first."""
    return incident.was_asked(person.id) or person.role == procedure.first_stage().role


def corrected(draft: Draft, fact: CardCorrected) -> None:
    """What was said stands; whoever works on it is told what stood there, and its author what became of each line."""
    now, said = draft.incident.report, fact.report
    changed = [name for name in said.said() if getattr(said, name) != getattr(now, name)]
    before = sum(one.person == fact.person.id and not one.fields for one in draft.incident.corrections)
    author = by(fact.person, fact.mail)
    draft.record(events.Corrected(said, now.only(said.said()), fact.not_applied, fact.via or None, fact.like, **author))
    if changed:
        like = [other.nomor for other in fact.like or () if not other.selesai]
        extra: dict[str, Said] = {"mirip_koreksi": ", ".join(like)}
        offers = tuple(f"{MERGE} {number}" for number in like[:1]) if draft.incident.current else ()
        draft.tell_whoever_works(
            MailTemplate.CARD_CORRECTED, "dikoreksi", fact.mail, extra, offers, author=fact.person.id
        )
    if fact.person.id and (changed or before < ASKED_BACK):
        draft.tell(Addressee(fact.person.id), MailTemplate.CORRECTION_RECORDED, "koreksi", fact.mail)
