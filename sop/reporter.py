"""What the reporter's mails do: the first opens the incident, later ones complete it or say that it is not over."""

from __future__ import annotations

from collections.abc import Iterable

from sop import events
from sop.addressee import Addressee
from sop.draft import Draft
from sop.facts import ContinuedAs, FollowedUp, Opened, ReadAgain
from sop.mails import Enclosure, MailTemplate
from sop.report import Report
from sop.stages import NOT_BACK, start
from sop.verdict import Said

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
        events.Reported(
            fact.channel,
            fact.received,
            fact.report,
            draft.procedure.code,
            draft.procedure.version,
            fact.mail,
            fact.like or None,
            fact.continues or None,
            fact.reopened,
        )
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
    said = fact.report
    filled = [n for n in said.said() if said.knows(n) and not now.knows(n) and n not in ABOUT_READING]
    report = said.only(filled).updated(_origins(now, said, filled))
    ask = fact.not_over and not draft.incident.reporter_asked
    draft.record(events.FollowedUp(fact.mail, fact.sender, fact.text, report, True if ask else None))
    if ask:
        words = {"teks": fact.text}
        draft.tell(
            Addressee.reporter(), MailTemplate.IS_IT_OVER, "apakah-belum", fact.mail, extra=words, offers=(NOT_BACK,)
        )
    count = len(draft.incident.follow_ups)
    if count > TOLD_FOLLOW_UPS and not filled and not ask:
        return
    reports = (draft.incident.report, *(other.report for other in draft.incident.joined))
    known = {report.email for report in reports if report.email}
    last = count == TOLD_FOLLOW_UPS
    extra: dict[str, Said] = {"pengirim": fact.sender, "teks": fact.text, "dilengkapi": tuple(sorted(filled))}
    extra |= {"terakhir_dikabarkan": last, "dari_pelapor": fact.sender in known or not known}
    settled = draft.incident.corrected
    otherwise = [n for n in said.said() if n in settled and said.knows(n) and getattr(said, n) != getattr(now, n)]
    extra["lain_dari_koreksi"] = tuple(sorted(otherwise))
    asked = draft.incident.current.stage if draft.incident.current else ""
    offers = () if draft.incident.continued_as or asked == draft.procedure.first_stage().name else (GO_ON,)
    whole = (Enclosure.WORD,)
    draft.tell_whoever_works(MailTemplate.REPORTERS_WORD, "susulan", fact.mail, extra, offers, attachments=whole)


def read_again(draft: Draft, fact: ReadAgain) -> None:
    now = draft.incident.report
    new = fact.report.only(name for name in fact.report.said() if not now.knows(name))
    # What an official has corrected stands, however well it is read afterwards.
    settled = draft.incident.corrected
    better = fact.better.only(
        name for name in fact.better.said() if getattr(fact.better, name) != getattr(now, name) and name not in settled
    )
    changed = new.updated(better)
    known = sorted(name for name in changed.said() if name not in ABOUT_READING)
    draft.record(events.Enriched(changed.updated(_origins(now, fact.report, known))))
    if known:
        extra, letter = {"dilengkapi": tuple(known)}, (Enclosure.ORIGINAL,)
        draft.tell_whoever_works(MailTemplate.CARD_COMPLETED, "dilengkapi", "", extra, attachments=letter)


def continued_as(draft: Draft, fact: ContinuedAs) -> None:
    """The outage was not over: from here the story goes on in another incident."""
    if draft.incident.outcome and not draft.incident.continued_as:
        draft.record(events.Continued(fact.number, fact.mail, fact.reopened))


def _origins(now: Report, said: Report, names: Iterable[str]) -> Report:
    """Where the fields `names`, which became known by `said`, were read; nothing when that says nothing."""
    read = said.asal or {}
    new = {name: read[name] for name in names if name in read}
    return Report(asal={**(now.asal or {}), **new}) if new else Report()
