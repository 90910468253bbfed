"""Why what looks like an official's answer is not carried out, but proposed to its author: nobody decides by chance."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.ports import Ports
from handlers.trust.ruling import Ruling
from outbox.queue import QueuedMail
from parsers.replies.meant_for_us import why_doubted
from readers.pool import Reading
from sop.incident import Incident

NO_QUESTION = "surel yang dibalas tidak meminta jawaban"


def stage_answered(asked: QueuedMail, incident: Incident) -> tuple[str, int]:
    """What is answered: what the mail asked; for a mail that only informed, what its reader is being asked now, or was
    asked there. ("", 0) for whoever is only kept informed: they decide nothing.
    """
    current, told_of = incident.current, incident.visit(asked.stage, asked.visit)
    if asked.asks:
        return asked.stage, asked.visit
    if current is not None and current.may_answer(asked.person.name):
        return current.stage, current.number
    return (asked.stage, asked.visit) if told_of is not None and told_of.was_asked(asked.person.name) else ("", 0)


def who_may_answer(asked: QueuedMail, incident: Incident, stage: str, visit: int) -> set[str]:
    """Ids of those whose answer to `asked`, which asked about this visit, may be heard.

    Whoever we wrote to may speak; whether that decides anything is for the SOP to say ("sudah diputuskan").
    """
    entry = incident.visit(stage, visit) if stage else None
    known = [one.person for one in (*entry.asked, *entry.released)] if entry else []
    return {asked.person.name, *known}


def why_not_meant(ports: Ports, reading: Reading, ruling: Ruling, text: str, accepted: Sequence[str]) -> str:
    """Why a mail may not be its author's word to us, to be read after "karena"; "" where it is.

    `text`: its author's own words; `accepted`: the answers that were offered.
    """
    if ruling.doubt:
        return ruling.doubt
    hands_on = bool(ports.directory().by_aide(reading.mail.sender))
    return reading.ask(why_doubted, reading.mail, text, ports.address, accepted, hands_on=hands_on)
