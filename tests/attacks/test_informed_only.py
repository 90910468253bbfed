"""Whoever is only kept informed decides nothing, whatever they write in answer to whatever they got."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from outbox import queue
from sop import events
from sop.decide import decide
from sop.details import NO_DETAILS, Details
from sop.facts import AnswerGiven, AnswerProposed, AnswerUnclear, AnswerWithdrawn, Delegated, Fact, Reassigned, Remarked
from tests import cast
from tests.attacks import answered, some, subjects, waiting
from tests.sop.test_decide import PEOPLE, Journey
from tests.town import JOURNEY, Town

WORDS = {stage: text for stage, _, _, text in JOURNEY}


def test_a_team_in_copy_does_not_decide_the_analysis(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.JARINGAN, "Tembusan", "TIDAK\n\nHanya satu komputer.")
    place.work(1)
    assert waiting(place).stage == "analisis" and not place.incident().outcome
    told = place.last(cast.HELPDESK, "Keterangan dari Rahmat")
    assert "Hanya satu komputer." in told.plain, "whoever decides reads what the team knows"
    assert "tidak memutuskan apa pun" in " ".join(place.last(cast.JARINGAN, "Dicatat sebagai keterangan").plain.split())


def test_a_koordinator_who_hears_that_it_is_late_does_not_report_for_the_team(place: Town) -> None:
    place.to_stage("penanganan")
    place.work(61)
    place.reply(cast.KOORDINATOR, "Melewati waktu baku", "Sudah normal kembali, kabel sudah disambung.")
    place.work(1)
    assert waiting(place).stage == "penanganan"


@pytest.mark.parametrize(
    "words",
    [
        "Baik, terima kasih.",
        "Siap",
        "Noted, thanks",
        "Terima kasih infonya 🙏",
        "Oke pak, dimonitor",
    ],
)
def test_thanks_for_a_copy_are_thanks(place: Town, words: str) -> None:
    place.to_stage("analisis")
    before = len(subjects(place, cast.JARINGAN)), len(subjects(place, cast.HELPDESK))
    place.reply(cast.JARINGAN, "Tembusan", words)
    place.work(0.1)
    assert (len(subjects(place, cast.JARINGAN)), len(subjects(place, cast.HELPDESK))) == before
    assert waiting(place).stage == "analisis"


@pytest.mark.parametrize("stage", some(["analisis", "penanganan", "pelaporan_kabid"], 1))
def test_no_answer_to_a_mail_that_only_informs_decides(place: Town, stage: str) -> None:
    """Every mail that stands in anybody's mailbox and asks nothing now, with the very words that would decide."""
    place.to_stage(stage)
    visit = waiting(place)
    with place.office.database.reading() as tx:
        rows = [
            row
            for row in queue.of_incident(tx, "DKL-2026-0001")
            if (row.stage, row.visit) != (stage, visit.number) or not row.asks
        ]
    for row in rows:
        mail = next(mail for mail in place.inbox(row.recipient) if mail.message_id == row.message_id)
        answered(place, mail, row.recipient, WORDS[stage])
    assert waiting(place).stage == stage and waiting(place).number == visit.number
    assert not waiting(place).recorded


def facts_by(person_id: str, stage: str, number: int, decision: str) -> list[Fact]:
    person = PEOPLE.person(person_id)
    assert person is not None
    given = AnswerGiven(stage, number, decision, person, "kata", mail="m")
    return [
        given,
        AnswerProposed(given, "sebab"),
        AnswerUnclear(stage, number, person, "kata", "sesuatu", "m"),
        AnswerWithdrawn(stage, number, person, "kata", "m"),
        AnswerWithdrawn(stage, number, person, "kata", "m", instead=given),
        Delegated(stage, number, person, ("kadis", "plh"), "kadis", "kata", "m"),
        Reassigned(stage, number, person, ("aplikasi",), "tim aplikasi", "kata", "m"),
        Remarked(person, "kata", "m"),
    ]


def test_decide_refuses_everybody_who_was_not_asked() -> None:
    """Every stage of the procedure, every person, every kind of fact, every answer that any stage knows."""
    journey = Journey()
    procedure = journey.procedure
    decisions = sorted({reply.decision for stage in procedure.stages() for reply in stage.replies})
    tried = 0
    for stage, _, _, _ in JOURNEY:
        current = journey.incident.current
        assert current is not None and current.stage == stage
        for person, decision in itertools.product(PEOPLE.people, decisions):
            if current.may_answer(person.id):
                continue
            for fact in facts_by(person.id, stage, current.number, decision):
                verdict = decide(procedure, journey.incident, fact, PEOPLE, journey.now)
                assert {event.kind for event in verdict.events} <= {events.Remarked.kind, events.Late.kind}, (
                    person.id,
                    fact,
                )
                assert verdict.incident.current == current
                assert not any(letter.asks for letter in verdict.mails), "nobody is asked back about what is not theirs"
                tried += 1
        asked = PEOPLE.person(current.asked[0].person)
        assert asked is not None
        words = {
            "analisis": "ya",
            "penerusan_analisis": "teruskan",
            "penugasan": "tugaskan",
            "penanganan": "laporan",
            "penerimaan": "diterima",
        }
        deciding = words.get(stage) or procedure.stage(stage).replies[0].decision
        details = Details(people=("jaringan",)) if deciding == "tugaskan" else NO_DETAILS
        journey.fact(replace(AnswerGiven(stage, current.number, deciding, asked), details=details))
    assert journey.incident.outcome == "selesai" and tried > 3000


def test_who_has_left_the_role_takes_back_but_decides_nothing_anew(place: Town) -> None:
    place.to_stage("penugasan")
    people = place.folder / "pejabat.yaml"
    text = people.read_text(encoding="utf-8")
    moved = text.replace("{kode: kabid, peran: kabid,", "{kode: kabid, peran: tim_teknis, unit: lain,")
    new = '  - {kode: kabid_baru, peran: kabid, nama: "Nur Aini", jabatan: Kabid, surel: samsat@contoh.example}\n'
    people.write_text(moved.replace("\nwakil:", f"{new}\nwakil:"), encoding="utf-8")
    place.reply(cast.KABID, "Dicatat", "RALAT: TIDAK")
    place.work(0.1)
    now = waiting(place)
    assert now.stage == "disposisi" and [asked.person for asked in now.asked] == ["kabid_baru"]


def test_a_forged_answer_does_not_make_the_officials_own_a_copy(place: Town) -> None:
    place.to_stage("disposisi")
    place.write(
        cast.SAMSAT, "Re: [DKL-2026-0001] Mohon disposisi: Dinas Kesehatan", "DISPOSISI", claimed_sender=cast.KABID
    )
    place.work(0.1)
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI")
    place.work(0.1)
    assert waiting(place).stage == "penugasan"
