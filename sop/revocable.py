"""Whether an answer may still be taken back by RALAT or BATAL, and the question to its author whether it shall be."""

from __future__ import annotations

from sop.addressee import Addressee
from sop.draft import ASSIGN, Draft
from sop.facts import AnswerGiven, AnswerUnclear, AnswerWithdrawn, Objected
from sop.incident import Visit
from sop.mails import MailTemplate
from sop.procedure import Effect, Procedure, Reply, Stage

TAKING_BACK = ("ralat", "batal")
"""What may be answered to the note of an answer."""
_INSTEAD = "ralat_menjadi"
"""An offer with the answer named that shall stand instead."""
_Doubt = Objected | AnswerGiven | AnswerUnclear


def is_revocable(procedure: Procedure, stage: str, reply: Reply) -> bool:
    """Whether RALAT does anything to `reply`, given in `stage`, as long as nobody has acted on it: an end is final, but
    for the one that the first stage decides.
    """
    if reply.effect is Effect.CLOSE:
        return stage == procedure.first_stage().name
    return reply.effect not in (Effect.RECORD, Effect.EXTEND)


def taken_back(draft: Draft, fact: AnswerWithdrawn | _Doubt) -> tuple[Visit | None, Visit | None]:
    """The visit whose answer is taken back, and the one that it led to: None when somebody has acted since."""
    waiting = draft.incident.current
    if waiting is None or waiting.recorded or len(draft.incident.visits) < 2:
        return None, None
    before = draft.incident.visits[-2]
    theirs = before.answer is not None and before.answer.person == fact.person.id
    meant = (before.stage, before.number) == (fact.stage, fact.visit)
    return (before, waiting) if theirs and meant else (None, None)


def may_be_taken_back(draft: Draft, fact: _Doubt, visit: Visit) -> bool:
    """Whether their RALAT would do something: before the next has acted, or where the first stage ended it."""
    incident = draft.incident
    if taken_back(draft, fact)[0] is not None:
        return True
    ended = bool(incident.outcome) and not incident.continued_as and not incident.linked_to
    own = visit.answer is not None and visit.answer.person == fact.person.id
    return ended and own and visit is incident.visits[-1] and visit.stage == draft.procedure.first_stage().name


def ask_whether_taken_back(draft: Draft, fact: _Doubt, visit: Visit, told: str) -> None:
    """Ask the author of the answer; `told`: who has been told what they wrote (titles)."""
    stage = draft.procedure.stage(visit.stage)
    extra = {"teks": fact.text, "diteruskan_kepada": told}
    draft.tell(
        Addressee(fact.person.id),
        MailTemplate.CALL_OFF_ASKED,
        "benar-dibatalkan",
        fact.mail,
        visit=visit,
        extra=extra,
        offers=_instead_of(draft, stage, visit),
    )


def _instead_of(draft: Draft, stage: Stage, visit: Visit) -> tuple[str, ...]:
    """What their author may answer: each other answer of the stage, said instead, or only that it is taken back."""
    teams = [f"TUGASKAN {offer.removeprefix(ASSIGN).strip()}" for offer in draft.teams_offered(stage)]
    instead = [f"{_INSTEAD} {other}" for other in (*_others(stage, visit), *teams)]
    return (*instead, *(TAKING_BACK[1:] if instead else TAKING_BACK))


def _others(stage: Stage, visit: Visit) -> list[str]:
    """The other answers of the stage that lead on, back or to the end, as they are written."""
    given = visit.answer.decision if visit.answer else ""
    leads = [reply for reply in stage.replies if reply.effect not in (Effect.RECORD, Effect.EXTEND)]
    return [reply.decision.replace("_", " ").upper() for reply in leads if reply.decision != given]
