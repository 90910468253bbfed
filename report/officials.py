"""Who stands on a paper: whoever it was at the time, as the journal has it, and not whoever serves now."""

from __future__ import annotations

from collections.abc import Sequence

from sop.events import Answered, AnsweredAfterEnd, Event, Recorded, SystemActed
from sop.incident import Asked, Incident
from sop.people import Directory
from sop.procedure import Procedure

Signatory = dict[str, str]
"""`nama`, `jabatan`, `nip` and `surat_perintah`."""


def signatories(
    incident: Incident, events: Sequence[Event], procedure: Procedure, today: Directory
) -> dict[str, Signatory]:
    """Who signs: for each role whoever acted in it last, else whoever was asked in it last; for each stage (`tahap_…`)
    whoever answered it. `today`: who serves now, for roles in which nobody was asked, until it is noted at the end who
    held them.
    """
    acted, answered = dict[str, Signatory](), dict[str, Signatory]()
    for data in (event.data for event in events):
        if isinstance(data, Answered | Recorded | AnsweredAfterEnd) and data.person:
            visit = incident.visit(data.stage, data.visit)
            asked = visit.how_asked(data.person) if visit else None
            signatory = _signatory(data.person, data.name, data.title, asked, today)
            if asked:
                acted[asked.role] = signatory
            if not isinstance(data, Recorded):
                answered[data.stage] = signatory
        elif isinstance(data, SystemActed):
            answered.pop(data.stage, None)
    roles = {role: acted.get(role) or _asked_or_holder(incident, role, label, today) for role, label in procedure.roles}
    stages = {f"tahap_{stage.name}": answered.get(stage.name, roles[stage.role]) for stage in procedure.stages()}
    return roles | stages


def team(incident: Incident, assigned_by: str, today: Directory) -> list[list[str]]:
    """Name and title of everybody whom the last answer of the stage `assigned_by` gave the work, as they were asked
    for it; of whom no event says that they were, as `today` has them.
    """
    given = [index for index, visit in enumerate(incident.visits) if visit.stage == assigned_by and visit.answer]
    answer = incident.last_answer(assigned_by)
    rows = []
    for person in (answer.details.people or ()) if answer else ():
        hows = (visit.how_asked(person) for visit in incident.visits[given[-1] + 1 :])
        asked, known = next((how for how in hows if how), None), today.person(person)
        if asked:
            rows.append([asked.name, asked.title])
        elif known:
            rows.append([known.name, known.signature_title])
    return rows


def _asked_or_holder(incident: Incident, role: str, label: str, today: Directory) -> Signatory:
    for asked in incident.asked_in(role):  # holders are asked before those who stand in for them
        return _signatory(asked.person, asked.name, asked.title, asked, today)
    for noted in incident.holders:
        if noted.role == role:
            return {"nama": noted.name, "jabatan": noted.title, "nip": noted.nip or "", "surat_perintah": ""}
    for holder in today.holders(role):
        return _signatory(holder.id, holder.name, holder.signature_title, None, today)
    return {"nama": "", "jabatan": label, "nip": "", "surat_perintah": ""}


def _signatory(person: str, name: str, title: str, asked: Asked | None, today: Directory) -> Signatory:
    """Journals of before do not say who has which NIP and mandate: those are looked up, of this very person."""
    nip, mandate = (asked.nip, asked.mandate) if asked else ("", "")
    known = today.person(person)
    if known is not None:
        nip = nip or known.nip
        mandate = mandate or (known.mandate if known.signature_title == title else "")
    return {"nama": name, "jabatan": title, "nip": nip, "surat_perintah": mandate}
