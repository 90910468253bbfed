"""What happens to a wait when it cannot go on as it began: people changed, a mail never reached its reader, or its
reader is away.
"""

from __future__ import annotations

from sop import events
from sop.addressee import Addressee
from sop.draft import Draft, by
from sop.facts import AwayNow, PeopleChanged, Undelivered
from sop.incident import Asked, Visit
from sop.ladder import escalate_now, stand_ins
from sop.mails import MailTemplate
from sop.people import Capacity
from sop.procedure import DEPUTY, RungAction

CHANGED = "daftar pejabat diperbarui"


def people_changed(draft: Draft, fact: PeopleChanged) -> None:
    """Whoever left is no longer waited for; whoever came gets the request that waits."""
    visit = draft.incident.current
    if visit is None:
        return
    stage = draft.procedure.stage(visit.stage)
    for asked in visit.asked:
        if not _still_in_office(draft, asked):
            draft.record(events.Released(stage.name, visit.number, asked.person, asked.role, CHANGED))
    left = draft.incident.visits[-1]
    holders = draft.directory.on_call(stage.role, draft.now)
    if not (stage.assigned and left.asked):  # a team that was named stays the one that works
        draft.ask(stage, holders, Capacity.HOLDER, CHANGED)
    climbed = any(r.action is RungAction.ESCALATE and DEPUTY in r.to for r in stage.ladder[: left.rungs])
    if climbed or not holders:
        draft.ask(stage, draft.directory.deputies(stage.role, draft.today()), Capacity.DEPUTY, CHANGED)


def _still_in_office(draft: Draft, asked: Asked) -> bool:
    person = draft.directory.person(asked.person)
    return person is not None and person.role == asked.role and person.may_act_on(draft.today())


def _go_past(draft: Draft, fact: Undelivered, visit: Visit | None) -> None:
    """Whoever is asked and could not be reached is not waited for: the next in the ladder is asked at once.

    `visit` is the wait as it was before. Whichever mail asked them, the first, one sent anew, a reminder, or one
    that asked back: once they are known to be out of reach, the next one that comes back changes nothing.
    """
    if visit is None or not fact.asks or (visit.stage, visit.number) != (fact.stage, fact.visit):
        return
    person = fact.person.name
    if visit.may_answer(person) and person not in visit.unreached:
        escalate_now(draft, draft.procedure.stage(visit.stage), visit, f"surel kepada {fact.to} tidak sampai")


def away_now(draft: Draft, fact: AwayNow) -> None:
    """Whoever is asked is absent: the substitute their machine names is asked at once, if they may stand in; else
    the next in the ladder. An absence alone releases nobody: who answers first decides.
    """
    visit = draft.incident.current
    if visit is None or (visit.stage, visit.number) != (fact.stage, fact.visit) or fact.person in visit.away:
        return
    stage = draft.procedure.stage(visit.stage)
    asked = next((asked for asked in visit.asked if asked.person == fact.person), None)
    person = draft.directory.person(fact.person)
    if asked is None or person is None:
        return
    draft.record(events.Away(stage.name, visit.number, **by(person, fact.mail)))
    reason = f"{person.name} sedang tidak di tempat menurut balasan otomatisnya"
    named = [one for one in stand_ins(draft, stage) if one.id in fact.named and not visit.may_answer(one.id)]
    if named:
        draft.ask(stage, tuple(named), Capacity.DEPUTY, reason)
    elif not any(other.person not in (*visit.away, *visit.unreached, person.id) for other in visit.asked):
        escalate_now(draft, stage, visit, reason)  # nobody else is asked who could answer


def undelivered(draft: Draft, fact: Undelivered) -> None:
    before = draft.incident.current
    draft.record(
        events.Undelivered(
            str(fact.key), fact.to, fact.reason, fact.mail, str(fact.person), fact.stage, fact.visit, fact.asks
        )
    )
    if fact.template == MailTemplate.NOT_DELIVERED:
        return  # a word about an undelivered mail that is itself not delivered: telling of it would never end
    extra = {"tujuan": fact.to, "alasan": fact.reason, "kunci": str(fact.key)}
    for person in draft.directory.holders(draft.helpdesk()):
        if fact.to not in person.addresses:
            draft.tell(
                Addressee(person.id), MailTemplate.NOT_DELIVERED, "gagal-kirim", fact.mail or fact.key, extra=extra
            )
    _go_past(draft, fact, before)
