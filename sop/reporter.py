"""What the reporter's mails do: the first opens the incident, later ones complete it or say that it is not over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sop.addressee import Addressee
from sop.draft import Draft
from sop.events import Kind
from sop.facts import ContinuedAs, FollowedUp, Opened, ReadAgain
from sop.mails import MailTemplate
from sop.stages import NOT_BACK, start

ABOUT_READING = ("asal", "kegentingan", "belum_terbaca", "lampiran_bermasalah", "tanpa_balasan", "tanpa_balasan_karena")
"""What a report says about how it was read; no field of the letter."""
TOLD_FOLLOW_UPS = 20
"""So many later words of a reporter are told of; the rest is recorded, unless it completes the card."""
GO_ON = "darurat"
"""What Helpdesk answers when the outage of an ended incident must be worked on again."""


def opened(draft: Draft, fact: Opened) -> None:
    if draft.incident.opened is not None:
        return
    draft.record(
        Kind.REPORTED,
        channel=fact.channel,
        received=fact.received.isoformat(),
        report=dict(fact.report),
        mail=fact.mail,
        **({"like": [dict(other) for other in fact.like]} if fact.like else {}),
        **({"continues": fact.continues} if fact.continues else {}),
        **({"reopened": fact.reopened.data()} if fact.reopened else {}),
        procedure=draft.procedure.code,
        version=draft.procedure.version,
    )
    for step in draft.procedure.steps:
        if step.stages:
            break
        draft.inform(step.mails, (str(step.number),))
    if fact.continues and draft.procedure.not_back:
        for role in draft.procedure.not_back.inform:
            for person in draft.directory.holders(role):
                draft.tell(Addressee(person.id), MailTemplate.NOT_OVER, "belum-pulih", fact.continues)
    start(draft, draft.procedure.first_stage())


def followed_up(draft: Draft, fact: FollowedUp) -> None:
    # What the OPD said first stands; a later mail fills only what was missing.
    now = draft.incident.report
    filled = {n: value for n, value in fact.report.items() if value and not now.get(n) and n not in ABOUT_READING}
    report = filled | _origins(now, fact.report, filled)
    ask = fact.not_over and not draft.incident.reporter_asked
    asking = {"reporter_asked": True} if ask else {}
    draft.record(Kind.FOLLOWED_UP, mail=fact.mail, sender=fact.sender, text=fact.text, report=report, **asking)
    if ask:
        said = {"teks": fact.text}
        draft.tell(
            Addressee.reporter(), MailTemplate.IS_IT_OVER, "apakah-belum", fact.mail, extra=said, offers=(NOT_BACK,)
        )
    count = len(draft.incident.follow_ups)
    if count > TOLD_FOLLOW_UPS and not filled and not ask:
        return
    reports = (draft.incident.report, *(other.report for other in draft.incident.joined))
    known = {str(report.get("email") or "") for report in reports} - {""}
    last = count == TOLD_FOLLOW_UPS
    extra = {"pengirim": fact.sender, "teks": fact.text, "dilengkapi": sorted(filled), "terakhir_dikabarkan": last}
    extra |= {"dari_pelapor": fact.sender in known or not known}
    asked = draft.incident.current.stage if draft.incident.current else ""
    offers = () if draft.incident.continued_as or asked == draft.procedure.first_stage().name else (GO_ON,)
    draft.tell_whoever_works(MailTemplate.REPORTERS_WORD, "susulan", fact.mail, extra, offers)


def read_again(draft: Draft, fact: ReadAgain) -> None:
    now = draft.incident.report
    changed = {name: value for name, value in fact.report.items() if not now.get(name)}
    changed |= {name: value for name, value in fact.better.items() if value != now.get(name)}
    known = sorted(name for name in changed if name not in ABOUT_READING)
    draft.record(Kind.ENRICHED, report=changed | _origins(now, fact.report, known))
    if known:
        draft.tell_whoever_works(MailTemplate.CARD_COMPLETED, "dilengkapi", "", {"dilengkapi": known})


def continued_as(draft: Draft, fact: ContinuedAs) -> None:
    """The outage was not over: from here the story goes on in another incident."""
    if draft.incident.outcome and not draft.incident.continued_as:
        reopened = {"reopened": fact.reopened.data()} if fact.reopened else {}
        draft.record(Kind.CONTINUED, incident=fact.number, mail=fact.mail, **reopened)


def _origins(now: Mapping[str, Any], said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Where the fields `names`, which became known by `said`, were read; {} when that says nothing."""
    read = said.get("asal") or {}
    new = {name: read[name] for name in names if name in read}
    return {"asal": {**(now.get("asal") or {}), **new}} if new else {}
