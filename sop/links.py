"""Several OPD report one outage: one incident is worked, the others are linked to it and end with it.

A link is two facts, one in each incident, written in one transaction; either can be followed back from the other.
"""

from __future__ import annotations

from sop import events
from sop.addressee import Addressee
from sop.draft import Draft, by
from sop.facts import EndedWith, LetGo, LinkedTo, TookIn, Unlinked
from sop.mails import MailTemplate
from sop.report import Report
from sop.stages import start


def linked(draft: Draft, fact: LinkedTo) -> None:
    """This incident is worked as part of `fact.to` from now on: nobody is waited for in it."""
    if draft.incident.outcome or draft.incident.linked_to or draft.incident.joined:
        return
    visit = draft.incident.current
    draft.record(events.Linked(fact.to, fact.text, **by(fact.person, fact.mail)))
    extra = {"induk": fact.to, "opd_induk": fact.opd}
    for person in draft.reporters():
        draft.tell(person, MailTemplate.LINKED, "digabung", fact.mail, extra=extra)
    draft.tell(Addressee(fact.person.id), MailTemplate.LINK_RECORDED, "gabung-dicatat", fact.mail, extra=extra)
    for asked in dict.fromkeys(asked.person for asked in visit.asked) if visit else ():
        if asked != fact.person.id:
            draft.tell(Addressee(asked), MailTemplate.LINK_RECORDED, "gabung-dikabarkan", fact.mail, extra=extra)


def unlinked(draft: Draft, fact: Unlinked) -> None:
    """The link was wrong: this incident is worked again by itself, from its first stage."""
    if draft.incident.outcome or not draft.incident.linked_to:
        return
    extra = {"induk": draft.incident.linked_to}
    draft.record(events.Unlinked(draft.incident.linked_to, fact.text, **by(fact.person, fact.mail)))
    for person in draft.reporters():
        draft.tell(person, MailTemplate.UNLINKED, "dipisahkan", fact.mail, extra=extra)
    start(draft, draft.procedure.first_stage())


def took_in(draft: Draft, fact: TookIn) -> None:
    """Another report is worked as part of this incident; its reporter gets what ours gets."""
    if draft.incident.outcome or draft.incident.linked_to:
        return  # what were linked to it would never be worked
    if any(other.incident == fact.number for other in draft.incident.joined):
        return
    known = fact.report
    # Who reported and where, and whether they may be written to at all.
    kept = Report(
        opd=known.opd or "",
        hal=known.hal or "",
        pengirim=known.pengirim or "",
        jabatan=known.jabatan or "",
        email=known.email or "",
        lokasi=known.lokasi or "",
        tanpa_balasan=known.tanpa_balasan,
        tanpa_balasan_karena=known.tanpa_balasan_karena,
        belum_dikenal=known.belum_dikenal,
        surel_dipastikan=known.surel_dipastikan,
    )
    draft.record(events.TookIn(fact.number, kept, fact.letter, **by(fact.person, fact.mail)))
    extra = {"nomor_lain": fact.number, "opd_lain": known.opd or "", "hal_lain": known.hal or ""}
    draft.tell_whoever_works(MailTemplate.JOINED, "gabungan", fact.mail, extra)


def let_go(draft: Draft, fact: LetGo) -> None:
    """A report that was linked by mistake is worked by itself again."""
    if any(other.incident == fact.number for other in draft.incident.joined):
        draft.record(events.LetGo(fact.number, **by(fact.person, fact.mail)))


def ended_with(draft: Draft, fact: EndedWith) -> None:
    """The incident this one is linked to has ended, or how it ended is known better now; its mails told our reporter
    already.
    """
    linked_to = draft.incident.linked_to
    if linked_to and not draft.incident.outcome:
        draft.record_closed(fact.outcome, linked_to)
    elif linked_to and draft.incident.outcome != fact.outcome:
        draft.record(events.AnsweredAfterEnd("", 0, outcome=fact.outcome, with_incident=linked_to))
