"""Somebody leaves a decision to another, is absent, asks instead of answering, or is answered for by strangers."""

from __future__ import annotations

from sop.facts import AnswerUnclear, AnswerUntrusted, AwayNow, Delegated, TimePassed
from sop.people import Directory
from sop.verdict import Outgoing
from tests.sop.test_any_order import never_twice
from tests.sop.test_decide import PEOPLE, Journey, person


def delegate(journey: Journey, who: str, *to: str) -> list[Outgoing]:
    current, official = journey.incident.current, journey.people.person(who)
    assert current is not None and official is not None
    said = " dan ".join(to) or "Pak Anu"
    return journey.fact(Delegated(current.stage, current.number, official, to, said, "tolong diputuskan beliau", "m"))


def told(letters: list[Outgoing]) -> set[tuple[str, str]]:
    return {(letter.template, str(letter.person)) for letter in letters}


def test_a_decision_is_left_to_the_deputy_or_to_whoever_the_ladder_would_ask() -> None:
    for stand_in in ("plh", "kadis"):
        journey = Journey().to("disposisi")
        assert told(delegate(journey, "kabid", stand_in)) == {("minta_disposisi", stand_in), ("dilimpahkan", "kabid")}
        journey.answer("disposisi", stand_in)
        answer = journey.incident.last_answer("disposisi")
        assert answer is not None and (answer.person, answer.capacity) == (stand_in, "pelimpahan")
        never_twice(journey)


def test_whoever_delegated_may_still_answer_first() -> None:
    journey = Journey().to("disposisi")
    delegate(journey, "kabid", "plh")
    letters = journey.answer("disposisi", "kabid")
    assert ("sudah_diputuskan", "plh") in told(letters)


def test_nobody_outside_the_directory_or_the_ladder_gets_the_power_to_decide() -> None:
    for nobody in ((), ("jaringan",)):
        journey = Journey().to("disposisi")
        letters = delegate(journey, "kabid", *nobody)
        assert told(letters) == {("mohon_perjelas", "kabid")}
        assert "tidak tercatat" in str(letters[0].extra["dipahami"])
        assert journey.incident.current is not None and not journey.incident.current.may_answer("jaringan")


def test_delegation_does_not_cascade() -> None:
    journey = Journey().to("disposisi")
    delegate(journey, "kabid", "plh")
    letters = delegate(journey, "plh", "kadis")
    assert told(letters) == {("mohon_perjelas", "plh")}
    assert journey.incident.current is not None and not journey.incident.current.may_answer("kadis")


def away(journey: Journey, who: str, *named: str, mail: str = "oof") -> list[Outgoing]:
    current = journey.incident.current
    assert current is not None
    return journey.fact(AwayNow(current.stage, current.number, who, named, mail))


def test_an_absence_asks_the_next_in_the_ladder_at_once_and_only_once() -> None:
    journey = Journey().to("disposisi")
    assert told(away(journey, "kabid")) == {("minta_disposisi", "plh")}
    assert away(journey, "kabid") == []
    assert "tidak di tempat" in journey.letters[-1].extra["alasan"]
    assert journey.wait(3) == [], "the rung that was taken early was taken again"
    never_twice(journey)


def test_an_absence_asks_the_named_substitute_if_they_may_stand_in_and_nobody_else() -> None:
    journey = Journey().to("disposisi")
    assert told(away(journey, "kabid", "kadis", "jaringan")) == {("minta_disposisi", "kadis")}


def test_an_absence_of_one_of_several_escalates_nothing_while_the_others_are_there() -> None:
    two = Directory((*PEOPLE.people, person("helpdesk", id="helpdesk2")))
    journey = Journey(people=two)
    assert away(journey, "helpdesk") == []
    assert told(away(journey, "helpdesk2")) == {("minta_analisis", "koordinator")}


def unclear(journey: Journey, who: str, mail: str, *, question: bool = False) -> list[Outgoing]:
    current, official = journey.incident.current, journey.people.person(who)
    assert current is not None and official is not None
    fact = AnswerUnclear(current.stage, current.number, official, "hmm", "sesuatu", mail, question=question)
    return journey.fact(fact)


def test_a_machine_that_answers_nonsense_is_asked_back_three_times_and_then_helpdesk_is_told_once() -> None:
    journey = Journey().to("disposisi")
    letters = [told(unclear(journey, "kabid", f"m{n}")) for n in range(20)]
    assert letters[:2] == [{("mohon_perjelas", "kabid")}] * 2
    assert letters[2] == {("mohon_perjelas", "kabid"), ("jawaban_belum_jelas", "helpdesk")}
    assert not any(letters[3:])
    journey.answer("disposisi", "kabid")
    assert journey.incident.current is not None and journey.incident.current.stage == "penugasan"


def test_a_question_goes_to_helpdesk_and_the_clock_runs_on() -> None:
    journey = Journey().to("disposisi")
    began = journey.incident.visits[-1].started
    letters = unclear(journey, "kabid", "q", question=True)
    assert told(letters) == {("pertanyaan_diteruskan", "kabid"), ("pertanyaan_pejabat", "helpdesk")}
    assert journey.incident.visits[-1].started == began
    assert told(journey.wait(2)) == {("pengingat", "kabid")}


def test_helpdesk_own_question_is_asked_back_and_not_relayed_to_itself() -> None:
    assert told(unclear(Journey(), "helpdesk", "q", question=True)) == {("mohon_perjelas", "helpdesk")}


def refused(journey: Journey, sender: str, mail: str) -> list[Outgoing]:
    return journey.fact(AnswerUntrusted("disposisi", sender, "asing", "YA", mail, "kabid"))


def test_refused_answers_of_one_sender_are_told_three_times_and_of_many_twenty_times() -> None:
    journey = Journey().to("disposisi")
    assert sum(bool(refused(journey, "x@y.example", f"a{n}")) for n in range(50)) == 3
    assert sum(bool(refused(journey, f"x{n}@y.example", f"b{n}")) for n in range(50)) <= 20
    assert len(journey.incident.refused) == 100, "a refused answer is not in the record"


def test_late_answers_of_one_person_are_told_twice() -> None:
    journey = Journey().to("disposisi")
    kabid = person("helpdesk")
    late = [journey.fact(AnswerUnclear("analisis", 1, kabid, "hm", "", f"m{n}")) for n in range(10)]
    assert [bool(letters) for letters in late] == [True, True, *[False] * 8]


def test_whoever_is_reminded_of_this_incident_with_another_is_not_reminded_twice() -> None:
    journey = Journey().to("disposisi")
    assert journey.fact(TimePassed(frozenset({"kabid"})), 2) == []
    assert journey.incident.visits[-1].rungs == 1
    assert told(journey.wait(1)) == {("minta_disposisi", "plh")}
