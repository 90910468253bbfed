"""Words that decide nothing: of officials whom nobody asked, and what only looks like an answer so far."""

from __future__ import annotations

from sop import events
from sop.addressee import Addressee
from sop.draft import Draft, by
from sop.facts import AnswerProposed, Remarked
from sop.mail_key import short_ref
from sop.mails import MailTemplate
from sop.procedure import Stage
from sop.verdict import Outgoing

CONFIRM = "benar"
"""What the author of a proposal answers when it was understood rightly."""
TOLD_REMARKS, TOLD_REMARKS_IN_ALL = 6, 20
"""Remarks that are passed on: of one official, and in one incident. The rest is recorded."""


def remarked(draft: Draft, fact: Remarked) -> None:
    """Nobody asked: recorded, passed on to whoever decides, and its author is told who that is."""
    of_person, in_all = draft.incident.remarks.count(fact.person.id), len(draft.incident.remarks)
    draft.record(events.Remarked(fact.text, **by(fact.person, fact.mail)))
    if of_person >= TOLD_REMARKS or in_all >= TOLD_REMARKS_IN_ALL:
        return
    extra = {"teks": fact.text, "dari": f"{fact.person.name}, {fact.person.signature_title}"}
    told = draft.tell_whoever_works(MailTemplate.REMARK, "keterangan", fact.mail, extra, author=fact.person.id)
    people = [draft.directory.person(person) for person in told]
    extra = {"teks": fact.text, "kepada": ", ".join(person.signature_title for person in people if person)}
    draft.tell(Addressee(fact.person.id), MailTemplate.REMARK_RECORDED, "keterangan-dicatat", fact.mail, extra=extra)


def propose(draft: Draft, fact: AnswerProposed, stage: Stage, number: int) -> None:
    """Only their own OK makes it an answer; until then the stage waits, and its clock runs on."""
    said = fact.answer
    waits = draft.incident.current is not None
    key = draft.key(stage, number, "usul", short_ref(said.mail, draft.incident.seq))
    words = (said.text, said.decision, said.details, fact.reason)
    draft.record(events.Proposed(stage.name, number, *words, str(key), **by(said.person, said.mail)))
    extra = {"teks": said.text, "keputusan": said.decision, "alasan": fact.reason, "rincian": _particulars(fact)}
    draft.mails.append(
        Outgoing(
            key=key,
            template=MailTemplate.CONFIRMATION,
            person=Addressee(said.person.id),
            stage=stage.name,
            visit=number,
            asks=waits,
            extra=extra,
            offers=(CONFIRM, *draft.teams_offered(stage)),
        )
    )


def _particulars(fact: AnswerProposed) -> str:
    """What must be seen beside the word that was understood: to whom, for how long."""
    details = fact.answer.details
    return details.assignee or (f"{details.minutes} menit" if details.minutes else "")
