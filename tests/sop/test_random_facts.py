"""Whatever reaches an incident, in whatever order: it goes only where the procedure leads, and nothing is asked twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sop.addressee import Addressee
from sop.decide import next_deadline
from sop.details import NO_DETAILS, Details
from sop.facts import (
    AnswerGiven,
    AnswerUnclear,
    AnswerUntrusted,
    AnswerWithdrawn,
    AwayNow,
    Delegated,
    Fact,
    FollowedUp,
    PeopleChanged,
    TimePassed,
    Undelivered,
)
from sop.incident import Visit
from sop.mail_key import MailKey
from sop.procedure import Effect, Procedure
from tests.sop.test_any_order import never_twice
from tests.sop.test_decide import PEOPLE, Journey

WORDS = (
    "ya",
    "tidak",
    "teruskan",
    "disposisi",
    "kembalikan",
    "tugaskan",
    "laporan",
    "progres",
    "minta_waktu",
)
WORDS += ("kirim", "perbaiki", "diterima", "gabung")
IDS = [person.id for person in PEOPLE.people]
MOST_LETTERS = 12
"""One fact never writes to more people than there are, with their papers; else it is a storm."""


def some_fact(data: st.DataObject, journey: Journey, count: int) -> Fact:
    """Anything, mostly about what is waited for now; sometimes about what is past."""
    visits = journey.incident.visits
    visit = visits[-1] if data.draw(st.integers(0, 3)) else data.draw(st.sampled_from(visits))
    stage, number, mail = visit.stage, visit.number, f"mail-{count}"
    entitled = [asked.person for asked in visit.asked] or IDS
    who = PEOPLE.person(data.draw(st.sampled_from(entitled)))
    assert who is not None
    accepted = [reply.decision for reply in journey.procedure.stage(stage).replies]
    word = data.draw(st.sampled_from([*accepted, *accepted, *accepted, *WORDS]))
    details = Details(people=("jaringan",)) if word == "tugaskan" else NO_DETAILS
    answer = AnswerGiven(stage, number, word, who, word, details, mail)
    others = tuple(data.draw(st.lists(st.sampled_from(IDS), max_size=2)))
    return data.draw(
        st.sampled_from(
            [
                *[answer] * 6,
                AnswerUnclear(stage, number, who, "hm", "", mail, question=bool(count % 2)),
                AnswerUntrusted(stage, "x@y.example", "asing", "YA", mail),
                AnswerWithdrawn(stage, number, who, "RALAT", mail, answer if count % 2 else None),
                Delegated(stage, number, who, others, "Pak Anu", "", mail),
                AwayNow(stage, number, who.id, others, mail),
                FollowedUp("dinkes@contoh.example", "masih putus", mail),
                Undelivered(MailKey(f"DKL-2026-0001/{stage}"), "x@y.example", "550", mail),
                Undelivered(
                    MailKey("DKL-2026-0001/x"),
                    "x@y.example",
                    "550",
                    mail,
                    "pengingat",
                    Addressee(who.id),
                    stage,
                    number,
                    asks=True,
                ),
                PeopleChanged(),
                TimePassed(),
                TimePassed(frozenset(others)),
            ]
        )
    )


def leads(procedure: Procedure, before: Visit, after: Visit, earlier: tuple[Visit, ...]) -> bool:
    """Whether the procedure leads from one visit to the next: by its answer, or back because that was withdrawn."""
    if before.answer is None:
        return before.left and bool(earlier) and after.stage == earlier[-1].stage
    reply = procedure.stage(before.stage).reply(before.answer.decision)
    return reply is not None and reply.effect in (Effect.ADVANCE, Effect.RETURN) and reply.target == after.stage


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_incident_goes_only_where_the_procedure_leads(data: st.DataObject) -> None:
    journey = Journey()
    for count in range(data.draw(st.integers(5, 40))):
        if journey.incident.outcome:
            break
        letters = journey.fact(some_fact(data, journey, count), data.draw(st.sampled_from([0.1, 1, 2.5, 12])))
        assert len(letters) <= MOST_LETTERS, [str(letter.key) for letter in letters]
    visits = journey.incident.visits
    for index, after in enumerate(visits[1:], start=1):
        assert leads(journey.procedure, visits[index - 1], after, visits[: index - 1]), (visits[index - 1], after)
    decided_by_machine = {visit.stage for visit in visits if visit.answer and not visit.answer.person}
    assert not decided_by_machine & {"analisis", "disposisi", "penugasan", "penanganan"}
    for visit in visits:
        if visit.answer and visit.answer.person:
            assert visit.may_answer(visit.answer.person), "somebody decided who was not asked"
    assert bool(journey.incident.outcome) == (next_deadline(journey.procedure, journey.incident) is None)
    never_twice(journey)
