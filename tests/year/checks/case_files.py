"""A case file drawn anew from the journal equals the one drawn along the way, as far as an admin sees it.

Names that the server gives, and its times, are nobody's business. Three differences are right:

- A step that was answered, and asked about again after a correction, has a run of its own for each time along the way,
  because each was shown as running; drawn anew it has one. The last one counts.
- The file of an incident that has ended is looked at no more: if an admin deletes it, or changes it by hand, it stays so
  until the server is known to have lost all. Worlds in which admins do that are not compared.
- The Resume form names who could answer when the case was last drawn; it is not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from random import Random

from flows.case_file import CaseFiles
from flows.case_painter import case_of
from office.build import Office
from register import journal
from register.faces import Face
from tests.year.ports.prefect import SimPrefect, case_deployment
from tests.year.ports.prefect_rows import Logged, Run
from tests.year.witness import Broken


@dataclass(frozen=True, slots=True)
class Picture:
    """What an admin sees of a case. `steps`: each once, with the type and the name of its state, in order."""

    name: str
    tags: tuple[str, ...]
    state: tuple[str, str]
    steps: tuple[tuple[str, str, str], ...]
    cards: tuple[str, ...]
    log: tuple[str, ...]


def pictures(server: SimPrefect) -> dict[str, Picture]:
    """By incident number; an admin of the server can have nothing twice. Raises: Broken."""
    found, cards = dict[str, Picture](), dict[str, list[str]]()
    for card in server.holds.cards.values():
        cards.setdefault(card.run, []).append(card.data)
    for run in server.holds.runs.values():
        number = str(run.parameters.get("nomor", ""))
        if number in found:
            raise Broken("one case file for each incident", number)
        found[number] = _picture(run, cards.get(run.id, []), server.holds.logs.get(run.id, []))
    return found


def same_case_files(along_the_way: SimPrefect, from_nothing: SimPrefect) -> None:
    """Raises: Broken."""
    ours, anew = pictures(along_the_way), pictures(from_nothing)
    if ours.keys() != anew.keys():
        raise Broken("every incident has its case file", f"{sorted(ours.keys() ^ anew.keys())}")
    for number in sorted(ours):
        for field in fields(Picture):
            shown, right = getattr(ours[number], field.name), getattr(anew[number], field.name)
            if shown != right:
                raise Broken(f"the {field.name} of a case file is what the journal says", f"{number} {shown} / {right}")


def drawn_from_nothing(office: Office, now: datetime) -> SimPrefect:
    """A server of its own with all case files, of which the office remembers nothing."""
    chance = Random(0)
    server = SimPrefect(chance, lambda: now)
    cases = CaseFiles(server, case_deployment(server), lambda: f"{chance.getrandbits(64):x}")
    with office.database.reading() as tx:
        numbers = [summary.number for summary in journal.all_incidents(tx)]
    for number in numbers:
        cases.draw(case_of(office, number), Face(number))
    return server


def _picture(run: Run, cards: list[str], log: list[Logged]) -> Picture:
    steps = {step.name: step.state for step in run.steps.values()}
    return Picture(
        run.name,
        tuple(sorted(run.tags)),
        (run.state.type, run.state.name),
        tuple((name, steps[name].type, steps[name].name) for name in sorted(steps)),
        tuple(cards),
        tuple(line.message for line in sorted(log, key=lambda line: line.at)),
    )
