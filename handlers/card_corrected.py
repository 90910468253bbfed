"""Somebody mends what was misread on an incident's card: by KOREKSI in an answer, or by the form in the Prefect UI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Protocol

from handlers.carry_out import carry_out_together
from handlers.letter_arrived import like
from handlers.meaning.card_names import CORRECTABLE
from handlers.meaning.reply import Reply
from handlers.meaning.what_it_decides import OBJECTED, UNCLEAR, unclear
from handlers.ports import Ports
from parsers.letters.card_values import Typed, bare, typed_value
from parsers.replies.card_corrections import CardLine
from parsers.replies.courtesy import is_courtesy
from parsers.replies.whole_answer import WholeAnswer
from register import journal
from sop.card import may_correct
from sop.codec import from_data
from sop.facts import AnswerProposed, AnswerUnclear, CardCorrected, Fact, LetGo, LinkedTo, Objected, TookIn, Unlinked
from sop.incident import Incident, Visit
from sop.likeness import Similar
from sop.people import Person
from sop.report import NOTHING, NotApplied, Report

CORRECTED = "koreksi"
NOT_CARRIED_OUT = "baris KOREKSI di dalamnya belum diterapkan dan perlu dikirim sebagai balasan permintaan kami"
BY_ITSELF = "perintah bersama KOREKSI; KOREKSI sudah ditindaklanjuti, perintahnya perlu dikirim dalam surel tersendiri"
NOT_CORRECTABLE = "isian ini tidak dapat dikoreksi"
ALIKE_BY = ("opd", "layanan", "lokasi", "waktu_kejadian", "hal")
"""Fields by which two reports may be the same outage."""
FORM = "formulir koreksi-kartu"


class CannotCorrect(ValueError):
    """Nothing was corrected; says in Indonesian why, for each field."""


class _Reads(Protocol):
    """Understands one value; as `typed_value`."""

    def __call__(self, field: str, typed: str) -> Typed: ...


def with_corrections(
    reply: Reply, person: Person, whole: WholeAnswer, facts: Mapping[str, Fact], became: str
) -> tuple[dict[str, Fact], str]:
    """The facts of an answer, and what it corrects on the card of the incident that it answers."""
    number, incident = reply.incident.number, reply.incident
    said = facts[number]
    # Of what has ended nobody is asked what a sentence meant.
    lines = [line for line in whole.corrections if not (line.stated and incident.outcome)]
    if not lines or not may_correct(reply.procedure, incident, person):
        return dict(facts), became
    if reply.doubt and not whole.corrects:
        return dict(facts), became
    if reply.doubt:  # nothing is corrected in a name that is not proved
        if isinstance(said, AnswerProposed):
            said = replace(said, reason=f"{said.reason}; {NOT_CARRIED_OUT}")
        elif isinstance(said, AnswerUnclear):
            said = replace(said, understood=f"KOREKSI kartu; {reply.doubt}")
        return {**facts, number: said}, became
    reads: _Reads = partial(_asked_of_reader, reply)
    report, not_applied = _understood(lines, reads)
    then: Fact | None = said
    if not whole.answer.decision and not whole.answer.kind and _says_no_more(reply, whole):
        then, became = None, CORRECTED
    elif (own := _own_end(reply, person)) is not None and whole.answer.kind == "ralat":
        # Whether it goes on is asked: nothing is opened again beside a correction.
        words, mail = whole.words, reply.collected.id
        then, became = Objected(own.stage, own.number, person, words, mail), OBJECTED
    elif isinstance(said, LinkedTo | TookIn | Unlinked | LetGo) or (incident.outcome and whole.answer.kind):
        then, became, facts = unclear(reply, person, whole.text, BY_ITSELF), UNCLEAR, {}
    similar = _like(reply.ports, incident, report)
    fact = CardCorrected(person, report, not_applied, reply.collected.id, like=similar, then=then)
    return {**facts, number: fact}, became


def correct_card(ports: Ports, number: str, values: Mapping[str, str], by: str) -> tuple[str, ...]:
    """Correct fields of a card by form; `values`: by field of the report what was typed. Nothing of it, or all.

    `by`: who does it. Returns the fields that say something else now. Raises: CannotCorrect.
    """
    by, values = bare(by), {field: typed for field, typed in values.items() if typed.strip()}
    with ports.database.reading() as tx:
        if not journal.known(tx, [number]):
            raise CannotCorrect(f"insiden {number} tidak ada")
        seen = journal.read_standing(tx, number)
    if not by or not values:
        raise CannotCorrect("pencatat dan sedikitnya satu isian harus diisi")
    lines = [CardLine(typed, field, field, typed) for field, typed in values.items()]
    report, not_applied = _understood(lines, partial(_read_here, ports, ports.now()))
    if not_applied:
        raise CannotCorrect("; ".join(why for _, why in not_applied))
    incident = seen.incident
    changed = tuple(name for name in report.said() if getattr(report, name) != getattr(incident.report, name))
    if changed:
        author = Person("", "admin", by, "admin", ("",))
        fact = CardCorrected(author, report.only(changed), via=FORM, like=_like(ports, incident, report))
        carry_out_together(ports, {number: fact}, seen=seen)
    return changed


def _understood(lines: Iterable[CardLine], reads: _Reads) -> tuple[Report, tuple[NotApplied, ...]]:
    """What the lines say of a card. Two that give one field different values: neither is carried out."""
    report, not_applied, twice = NOTHING, list[NotApplied](), set[str]()
    kept = dict[str, CardLine]()
    for line in lines:
        doubt = line.doubt or ("" if line.field in CORRECTABLE else NOT_CORRECTABLE)
        typed = Typed(doubt=doubt) if doubt else reads(line.field, line.value)
        if typed.doubt:
            not_applied.append(NotApplied(line.line, typed.doubt))
            continue
        said = from_data(Report, {line.field: list(typed.services) or typed.text})
        if line.field in kept and getattr(report, line.field) != getattr(said, line.field):
            twice.add(line.field)
            not_applied.append(NotApplied(line.line, "isian ini disebut dua kali dengan nilai yang berbeda"))
            continue
        kept[line.field], report = line, report.updated(said)
    for name in sorted(twice):
        not_applied.append(NotApplied(kept[name].line, "isian ini disebut dua kali dengan nilai yang berbeda"))
    return report.without(twice), tuple(not_applied)


def _asked_of_reader(reply: Reply, field: str, typed: str) -> Typed:
    ports = reply.ports
    return reply.reading.ask(typed_value, field, typed, ports.offices, dict(ports.words.services), reply.sent)


def _read_here(ports: Ports, now: datetime, field: str, typed: str) -> Typed:
    return typed_value(field, typed[:600], ports.offices, ports.words.services, now)


def _own_end(reply: Reply, person: Person) -> Visit | None:
    """The visit by whose answer `person` ended the incident."""
    last = reply.incident.visits[-1] if reply.incident.outcome and reply.incident.visits else None
    return last if last is not None and last.answer is not None and last.answer.person == person.id else None


def _says_no_more(reply: Reply, whole: WholeAnswer) -> bool:
    """Whether beside the corrections there is nothing but courtesy, or the sentences that were asked about."""
    rest = whole.words
    for line in whole.corrections:
        rest = rest.replace(line.line, "")
    return not any(letter.isalnum() for letter in rest) or reply.reading.ask(is_courtesy, rest.strip())


def _like(ports: Ports, incident: Incident, report: Report) -> tuple[Similar, ...] | None:
    """Open incidents that may be the same outage now; None where nothing was said by which that is seen."""
    if incident.received is None or not set(report.said()) & set(ALIKE_BY):
        return None
    found: Sequence[Similar] = like(ports, incident.report.updated(report), incident.received)
    others = {other.incident for other in incident.joined} | {incident.number, incident.linked_to}
    return (*(other for other in found if other.nomor not in others), *(one for one in incident.like if one.selesai))
