"""Every invariant breaks when what it holds is not so: a check that cannot fail is worth nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sop.codec import Json
from sop.people import Directory
from tests import cast
from tests.year.checks.all import every_check
from tests.year.checks.chain import Chain
from tests.year.checks.chronicle import Chronicle
from tests.year.checks.clocks import Clocks
from tests.year.checks.faces import faces_equal
from tests.year.checks.incoming import Incoming
from tests.year.checks.invariants import Invariant
from tests.year.checks.outgoing import Outgoing
from tests.year.checks.reminding import Reminding
from tests.year.checks.rows import Rows
from tests.year.checks.telling import Telling
from tests.year.checks.waits import Waits
from tests.year.small_life import Afterwards, ToldTown, afterwards, live, told_town
from tests.year.spoiling import MINUTE, Happened, Spoil, Spoiler
from tests.year.witness import Answer, Broken, InForce, Kind, Notes, Offer, Said

NOBODY = "orang@lain.example"
ONE, TWO, THREE, FOUR, FIVE = (f"DKL-2026-000{serial}" for serial in range(1, 6))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToldTown]:
    with told_town(tmp_path_factory.mktemp("hidup") / "kantor") as built:
        live(built)
        yield built


@pytest.fixture(scope="module")
def lived(place: ToldTown) -> Afterwards:
    """How it stands when all has ended."""
    return afterwards(place)


@pytest.fixture(scope="module")
def midway(place: ToldTown) -> Afterwards:
    """How it stood while the third and the fourth were open."""
    assert place.midway is not None
    return place.midway


def judged(scene: Afterwards, notes: Notes | None = None) -> None:
    """By all checks. Raises: Broken."""
    checks = every_check(scene, notes)
    for check in checks:
        check.after_turn(whole=True)
    for check in checks:
        check.at_the_end()


def judged_by(scene: Afterwards, family: Callable[[Chronicle], Outgoing | Reminding | Telling | Waits]) -> None:
    """By one family alone, because others would notice it too. Raises: Broken."""
    told = Chronicle(scene, Notes(), Rows(scene.engine))
    check = family(told)
    told.hearers = [check] if not isinstance(check, Waits) else []
    told.after_turn(whole=True)
    check.after_turn(whole=True)
    check.at_the_end()


def test_a_sound_life_breaks_nothing(lived: Afterwards, midway: Afterwards) -> None:
    notes = Notes()
    judged(lived.copied(), notes)
    assert notes.count["answer became jawaban"] > 8
    for check in every_check(midway.copied(), notes):
        check.after_turn(whole=True)
    assert not {name for name in notes.count if "understood" in name}


def test_turn_by_turn_is_as_at_once(lived: Afterwards) -> None:
    """Nothing new is nothing to look at."""
    checks = every_check(lived.copied())
    for _ in range(3):
        for check in checks:
            check.after_turn(whole=True)
    told = checks[0]
    assert isinstance(told, Chronicle)
    assert not told.touched and not told.rows.events and not told.open and not told.rows.queued


def directories(scene: Afterwards, change: Callable[[Directory], Directory]) -> None:
    """The officials were always others."""
    known = scene.truth.directories
    known[:] = [InForce(one.since, change(one.directory)) for one in known]


def from_now_on(change: Callable[[Directory], Directory]) -> Spoil:
    def spoil(s: Spoiler) -> None:
        known = s.scene.truth.directories
        known.append(InForce(s.scene.time, change(known[-1].directory)))

    return spoil


def without(person: str) -> Callable[[Directory], Directory]:
    return lambda all_: replace(all_, people=tuple(one for one in all_.people if one.id != person))


def until_2020(person: str) -> Callable[[Directory], Directory]:
    def change(all_: Directory) -> Directory:
        people = (replace(p, last_day=date(2020, 1, 1)) if p.id == person else p for p in all_.people)
        return replace(all_, people=tuple(people))

    return change


def at_night(all_: Directory) -> Directory:
    return replace(all_, quiet=dict.fromkeys(("helpdesk", "kabid", "koordinator"), (time(0), time(23, 59))))


def no_record(s: Spoiler) -> None:
    s.scene.truth.said["f" * 64] = Said(Kind.LETTER, cast.DINKES, s.scene.time, arrived=1)


def record_of_nothing(s: Spoiler) -> None:
    said = s.scene.truth.said
    del said[next(one for one, truth in said.items() if truth.kind is Kind.ROUTINE)]


def rows(statement: str) -> Spoil:
    return lambda s: s.sql(statement)


def never_listed(s: Spoiler) -> None:
    s.sql("update mails set state = 'karantina' where became = 'milis'")
    s.scene.time += timedelta(days=2)


def not_in_the_list(s: Spoiler) -> None:
    s.sql("update outbox set sha256 = (select sha256 from outbox where id = 1) where template = 'karantina'")


def emergency_lost(taken_for: Kind) -> Spoil:
    """What was listed as this was in truth a report."""

    def spoil(s: Spoiler) -> None:
        next(one for one in s.scene.truth.said.values() if one.kind is taken_for).kind = Kind.LETTER

    return spoil


def says(kind: str, **data: str | int) -> Spoil:
    """The first event of a kind says something else."""

    def spoil(s: Spoiler) -> None:
        s.find(kind).data.update(data)
        s.write()

    return spoil


def truly(event: str, **said: object) -> Spoil:
    """What the first event of a kind was read from is in truth something else."""

    def spoil(s: Spoiler) -> None:
        truth = s.said(s.find(event))
        for name, value in said.items():
            setattr(truth, name, value)

    return spoil


def begun_again(**said: object) -> Spoil:
    """What the work was begun again for is in truth something else."""

    def spoil(s: Spoiler) -> None:
        reopened = s.find("continued").data["reopened"]
        assert isinstance(reopened, dict)
        for name, value in said.items():
            setattr(s.scene.truth.said[str(reopened["mail"])], name, value)

    return spoil


def by_the_kadis(s: Spoiler) -> None:
    answer = s.find("answered", decision="disposisi")
    answer.data["person"] = "kadis"
    s.said(answer).sender = cast.KADIS
    s.write()


def linked_by_the_kabid(s: Spoiler) -> None:
    for kind in ("took_in", "linked"):
        s.find(kind).data["person"] = "kabid"
    s.said(s.find("linked")).sender = cast.KABID
    s.write()


def dropped(kind: str, nth: int = 0) -> Spoil:
    def spoil(s: Spoiler) -> None:
        s.drop(s.find(kind, nth))
        s.write()

    return spoil


def again(kind: str) -> Spoil:
    """It happens twice."""

    def spoil(s: Spoiler) -> None:
        event = s.find(kind)
        s.after(event, event.copied())
        s.write()

    return spoil


def asked_after_the_end(s: Spoiler) -> None:
    closed = s.find("closed")
    s.after(closed, replace(s.find("asked").copied(), at=closed.at))
    s.write()


def recorded_instead(s: Spoiler) -> None:
    s.find("answered").kind = "recorded"
    s.write()


def system_decides(s: Spoiler) -> None:
    answer = s.find("answered", decision="disposisi")
    answer.kind = "system_acted"
    answer.data = {"stage": "disposisi", "visit": 1, "decision": "disposisi"}
    s.write()


def too_early(s: Spoiler) -> None:
    s.find("ladder_climbed").at -= MINUTE
    s.write()


def released(after: Happened, person: str) -> Happened:
    return Happened(after.incident, after.at, "released", {"stage": "analisis", "visit": 1, "person": person})


def released_nobody(s: Spoiler) -> None:
    asked = s.find("asked")
    s.after(asked, released(asked, "kadis"))
    s.write()


def nobody_asked(s: Spoiler) -> None:
    s.events.append(released(s.events[-1], "helpdesk"))
    s.write()


def asked_twice_by_mail(s: Spoiler) -> None:
    key = f"{ONE}/4/disposisi-1/kabid"
    s.request_again(key, f"{key}/lagi-1")
    s.find("asked", person="kabid").mails.append(f"{key}/lagi-1")
    s.write()


def sent_twice(s: Spoiler) -> None:
    s.scene.truth.taken[s.scene.truth.handed_over[3]] += 1


def out_of_order(s: Spoiler) -> None:
    s.scene.truth.handed_over.reverse()


def mail_missing(s: Spoiler) -> None:
    s.find("answered").mails.append(f"{ONE}/0/tidak-ada/kabid")
    s.write()


def causeless(s: Spoiler) -> None:
    s.find("ladder_climbed").mails.clear()
    s.write()


def not_sent(s: Spoiler) -> None:
    gone = s.scene.truth.handed_over.pop()
    s.scene.truth.taken.clear()
    assert gone


def offered(*answers: Answer) -> Spoil:
    """The server has so answered when the request to the Kabid was offered to it."""

    def spoil(s: Spoiler) -> None:
        s.scene.truth.offers += [Offer(request_to_the_kabid(s)[0], answer, s.scene.interruptions) for answer in answers]

    return spoil


def request_to_the_kabid(s: Spoiler) -> tuple[str, str]:
    """Its Message-ID, and its key."""
    with s.scene.engine.connect() as tx:
        row = tx.exec_driver_sql(f"select message_id, key from outbox where key = '{ONE}/4/disposisi-1/kabid'").one()
    return row[0], row[1]


def told_as_refused(s: Spoiler) -> None:
    """In the story alone: no mail goes out of it."""
    said: dict[str, Json] = {"key": request_to_the_kabid(s)[1], "to": cast.KABID, "reason": "550", "person": "kabid"}
    asked = s.find("asked", person="kabid")
    about: dict[str, Json] = {"mail": "", "stage": "disposisi", "visit": 1, "asks": True}
    s.after(asked, Happened(ONE, asked.at, "undelivered", said | about))
    s.write()


def came_back_in(kind: Kind) -> Spoil:
    """It is said to have come back, in a mail that was in truth something else."""

    def spoil(s: Spoiler) -> None:
        told_as_refused(s)
        mail, said = next((mail, said) for mail, said in s.scene.truth.said.items() if said.kind is Kind.ROUTINE)
        s.find("undelivered").data["mail"] = mail
        said.kind = kind
        s.write()

    return spoil


def refused_and_told_to_nobody(s: Spoiler) -> None:
    offered(Answer.NEVER)(s)
    told_as_refused(s)


def refused_and_no_event(s: Spoiler) -> None:
    offered(Answer.NEVER)(s)
    s.sql(f"update outbox set state = 'gagal, dikabarkan' where key = '{request_to_the_kabid(s)[1]}'")


def overdue(s: Spoiler) -> None:
    s.scene.time += timedelta(hours=1)


def clock_set_back(s: Spoiler) -> None:
    s.scene.time -= timedelta(minutes=10)


def reminded_of_another(s: Spoiler) -> None:
    event = next(one for one in s.events if "juga_diingatkan" in one.data)
    event.data["juga_diingatkan"] = {str(event.mails[0]): {FOUR: 2}}
    s.write()


def not_named(s: Spoiler) -> None:
    event = next(one for one in s.events if "juga_diingatkan" in one.data)
    del event.data["juga_diingatkan"]
    s.write()


def reminded_without_a_rung(s: Spoiler) -> None:
    key = f"{ONE}/2/analisis-1/ingat-1-1/helpdesk"
    s.request_again(key, f"{ONE}/2/analisis-1/ingat-1-2/helpdesk")


def not_escalated(s: Spoiler) -> None:
    s.drop(s.find("asked", person="plh_kabid"))
    s.write()


def backwards(s: Spoiler) -> None:
    s.find("answered", nth=1).at -= timedelta(hours=1)
    s.write()


def a_time_to_come(s: Spoiler) -> None:
    s.scene.time -= timedelta(days=3)


def written_later(s: Spoiler) -> None:
    s.said(s.find("answered")).at += timedelta(hours=1)


def other_outcome(s: Spoiler) -> None:
    s.find("closed", with_incident=THREE).data["outcome"] = "selesai"
    s.write()


def not_to_be_written_to(number: str) -> Spoil:
    def spoil(s: Spoiler) -> None:
        report = s.find("reported", incident=number).data["report"]
        assert isinstance(report, dict)
        report["tanpa_balasan"] = cast.DINKES
        s.write()

    return spoil


def none_started(s: Spoiler) -> None:
    s.events = [one for one in s.events if one.incident != FOUR or one.kind == "reported"]
    s.write()


BY_ALL: Mapping[Invariant, tuple[Spoil, ...]] = {
    Invariant.NO_RECORD: (no_record,),
    Invariant.RECORD_OF_NOTHING: (record_of_nothing,),
    Invariant.STAYS_UNREAD: (rows("update mails set state = 'baru' where became = 'other'"),),
    Invariant.BROKE_READING: (rows("update mails set note = 'KeyError: 7' where became = 'other'"),),
    Invariant.NO_END: (
        rows("update mails set became = '' where became = 'other'"),
        rows("update mails set state = 'menunggu dibaca' where became = 'other'"),
    ),
    Invariant.NOT_TOLD_OF: (
        rows("update mails set became = 'jawaban' where became = 'other'"),
        rows("update mails set became = 'dibuka lagi', incident = 'DKL-2026-0077' where became = 'other'"),
        rows("update mails set incident = '' where became = 'insiden'"),
    ),
    Invariant.SILENT_END: (
        rows("update outbox set key = 'umum/ffff/surat_lain/helpdesk' where template = 'surat_lain'"),
        not_in_the_list,
        rows("update outbox set template = 'x', key = 'umum/ffff/x' where template = 'karantina'"),
    ),
    Invariant.NEVER_LISTED: (never_listed,),
    Invariant.EMERGENCY_LOST: (emergency_lost(Kind.LIST),),
    Invariant.BY_NO_MAIL: (says("answered", mail="f" * 64), says("linked", mail="f" * 64)),
    Invariant.BY_WRONG_MAIL: (
        truly("answered", kind=Kind.COURTESY),
        truly("answered", genuine=False),
        truly("withdrawn", kind=Kind.FORWARDED),
        truly("took_in", kind=Kind.STRANGER),
        begun_again(genuine=False),
        begun_again(kind=Kind.THANKS),
    ),
    Invariant.IN_ANOTHERS_NAME: (
        truly("answered", sender=NOBODY),
        truly("linked", sender=NOBODY),
        begun_again(sender=NOBODY),
        says("answered", person="kadis"),
    ),
    Invariant.MANDATE_OVER: (lambda s: directories(s.scene, until_2020("kabid")),),
    Invariant.OF_ANOTHER_MATTER: (
        truly("answered", visit=2),
        truly("answered", stage="disposisi"),
        truly("recorded", incident=FIVE),
        truly("withdrawn", incident=ONE),
        truly("linked", incident=ONE, words="GABUNG"),
    ),
    Invariant.BY_ONE_NOT_ASKED: (by_the_kadis,),
    Invariant.WRONG_ROLE: (linked_by_the_kabid,),
    Invariant.ONE_SIDED_LINK: (dropped("took_in"),),
    Invariant.MISREAD: (truly("answered", label="tidak"),),
    Invariant.STEP_SKIPPED: (says("stage_started", stage="disposisi"), again("stage_started")),
    Invariant.STEP_TWICE: (
        says("stage_started", visit=2),
        again("asked"),
        again("ladder_climbed"),
        again("continued"),
        again("reported"),
    ),
    Invariant.ENDED_WRONGLY: (says("closed", outcome="bukan_darurat"), says("closed", with_incident=TWO)),
    Invariant.AFTER_THE_END: (asked_after_the_end, again("closed"), again("linked")),
    Invariant.NOT_WAITING: (again("answered"), says("answered", visit=2), says("ladder_climbed", visit=2)),
    Invariant.UNKNOWN_DECISION: (says("answered", decision="mungkin"),),
    Invariant.WRONG_EFFECT: (recorded_instead,),
    Invariant.SYSTEM_DECIDED: (system_decides, says("system_acted", decision="kembalikan")),
    Invariant.TOO_EARLY: (too_early,),
    Invariant.WRONG_RUNG: (says("ladder_climbed", action="kabari"), says("ladder_climbed", rung=7)),
    Invariant.RELEASED_NOBODY: (released_nobody,),
    Invariant.NOT_THEIRS: (says("withdrawn", person="koordinator"),),
    Invariant.ASKED_TWICE: (asked_twice_by_mail,),
    Invariant.SENT_TWICE: (sent_twice,),
    Invariant.SENT_UNKNOWN: (lambda s: s.scene.truth.handed_over.append("x@lain.example"),),
    Invariant.OUT_OF_ORDER: (out_of_order,),
    Invariant.MAIL_MISSING: (mail_missing,),
    Invariant.CAUSELESS: (causeless,),
    Invariant.NOT_SENT: (not_sent,),
    Invariant.NEVER_SENT: tuple(
        rows(f"update outbox set state = '{state}' where id = 7") for state in ("antre", "dikirim", "ragu", "gagal")
    ),
    Invariant.GIVEN_UP: (
        rows("update outbox set state = 'gagal, dikabarkan' where id = 7"),
        told_as_refused,
        came_back_in(Kind.DELAY),
    ),
    Invariant.OFFERED_AGAIN: (
        offered(Answer.NEVER, Answer.NEVER),
        offered(Answer.NEVER, Answer.LATER),
        offered(Answer.NEVER, Answer.DOT),
    ),
    Invariant.REFUSAL_UNTOLD: (offered(Answer.NEVER), refused_and_told_to_nobody, refused_and_no_event),
    Invariant.REMINDED_AT_NIGHT: (lambda s: directories(s.scene, at_night),),
    Invariant.REMINDED_FOR_NOTHING: (reminded_of_another,),
    Invariant.TIME_BACKWARDS: (backwards,),
    Invariant.TIME_THAT_WAS_NOT: (a_time_to_come,),
    Invariant.RECEIVED_TOO_SOON: (written_later,),
    Invariant.RECEIVED_OTHERWISE: (rows("update mails set received = '2026-11-23 02:30:00' where arrival = 1"),),
    Invariant.CHAIN: (
        rows("update events set data = replace(data, 'ya', 'ia') where kind = 'answered'"),
        rows("update incidents set head = 'f'"),
        rows("delete from events where kind = 'recorded'"),
    ),
    Invariant.ROW_DIFFERS: (
        rows("update incidents set stage = 'analisis'"),
        rows("update incidents set outcome = ''"),
        rows("update incidents set next_deadline = '2026-11-23 02:30:00'"),
    ),
    Invariant.OTHER_OUTCOME: (other_outcome,),
}
"""What breaks each invariant, of a life that has ended."""

MIDWAY: Mapping[Invariant, tuple[Spoil, ...]] = {
    Invariant.DEAD_DEADLINE: (overdue,),
    Invariant.NOBODY_ASKED: (nobody_asked,),
    Invariant.WAITS_FOR_ONE_WHO_LEFT: (
        from_now_on(without("helpdesk")),
        from_now_on(until_2020("helpdesk")),
    ),
    Invariant.NO_OUTCOME: (lambda s: None,),
    Invariant.REMINDED_FOR_NOTHING: (reminded_of_another,),
}
"""What breaks each, of one in which incidents are open."""

Family = Callable[[Chronicle], Outgoing | Reminding | Telling | Waits]


def unqueued(like: str) -> Spoil:
    return rows(f"delete from outbox where key like '{like}'")


ALONE: Mapping[Invariant, tuple[Family, tuple[Spoil, ...]]] = {
    Invariant.NO_DEADLINE: (Waits, (rows(f"update incidents set next_deadline = null where number = '{THREE}'"),)),
    Invariant.WRONG_DEADLINE: (Waits, (rows("update incidents set next_deadline = '2026-11-23 04:30:00'"),)),
    Invariant.SLEEPING_DEADLINE: (Waits, (clock_set_back,)),
    Invariant.NOBODY_WAITS: (Waits, (none_started,)),
    Invariant.ASKED_WITHOUT_MAIL: (Waits, (rows(f"update outbox set asks = 0 where incident = '{THREE}'"),)),
    Invariant.NOT_REMINDED: (Reminding, (unqueued("%/ingat-1-1/kabid"), not_named)),
    Invariant.REMINDED_FOR_NOTHING: (Reminding, (reminded_without_a_rung,)),
    Invariant.NOT_ESCALATED: (Reminding, (not_escalated,)),
    Invariant.NOT_INFORMED: (Reminding, (unqueued("%/terlambat/1/kabid"),)),
    Invariant.NOT_TO_BE_WRITTEN_TO: (Telling, (not_to_be_written_to(ONE),)),
    Invariant.NO_RECEIPT: (Telling, (unqueued("%/tanda_terima/pelapor"),)),
    Invariant.NO_PROGRESS: (
        Telling,
        (
            unqueued("%/progres/%/pelapor"),
            unqueued("%/progres/%/helpdesk"),
            unqueued("%/minta_waktu/%/koordinator"),
            unqueued("%/penanganan_dimulai/pelapor"),
        ),
    ),
    Invariant.NOT_TOLD_OF_END: (
        Telling,
        (
            unqueued("%/selesai/selesai/penutupan/helpdesk"),
            unqueued("%/selesai/selesai/penutupan/pelapor"),
        ),
    ),
    Invariant.NO_ACKNOWLEDGEMENT: (Telling, (unqueued("%/dicatat/%/kadis"),)),
    Invariant.NOT_TOLD_DECIDED: (Telling, (unqueued("%/diputuskan/%/plh_kabid"), unqueued("%/otomatis/%"))),
}
"""What breaks each, where others would break as well: looked at by one family alone."""


def spoils(table: Mapping[Invariant, tuple[Spoil, ...]]) -> list[tuple[Invariant, Spoil]]:
    return [(name, spoil) for name, all_ in table.items() for spoil in all_]


@pytest.mark.parametrize(("name", "spoil"), spoils(BY_ALL))
def test_what_is_spoiled_is_noticed(lived: Afterwards, name: Invariant, spoil: Spoil) -> None:
    spoiled = Spoiler(lived.copied())
    spoil(spoiled)
    with pytest.raises(Broken) as broken:
        judged(spoiled.scene)
    assert broken.value.name == name, str(broken.value)


@pytest.mark.parametrize(("name", "spoil"), spoils(MIDWAY))
def test_what_is_spoiled_while_incidents_are_open_is_noticed(midway: Afterwards, name: Invariant, spoil: Spoil) -> None:
    spoiled = Spoiler(midway.copied())
    spoil(spoiled)
    with pytest.raises(Broken) as broken:
        judged(spoiled.scene)
    assert broken.value.name == name, str(broken.value)


@pytest.mark.parametrize(
    ("name", "family", "spoil"), [(name, family, spoil) for name, (family, all_) in ALONE.items() for spoil in all_]
)
def test_one_family_notices_it_alone(midway: Afterwards, name: Invariant, family: Family, spoil: Spoil) -> None:
    spoiled = Spoiler(midway.copied())
    spoil(spoiled)
    with pytest.raises(Broken) as broken:
        judged_by(spoiled.scene, family)
    assert broken.value.name == name, str(broken.value)


def test_a_linked_reporter_who_is_not_told_of_the_end_is_noticed(lived: Afterwards) -> None:
    spoiled = Spoiler(lived.copied())
    spoiled.sql(f"delete from outbox where key like '%/pelapor:{FOUR}'")
    with pytest.raises(Broken, match=Invariant.NOT_TOLD_OF_END):
        judged_by(spoiled.scene, Telling)


def test_readings_that_differ_are_noticed(lived: Afterwards) -> None:
    """No row can make them differ: only a mistake in one of them."""
    for mistake in ({"outcome": "selesai"}, {"remarks": ("kabid",)}):
        checks = every_check(lived.copied())
        told, chain = checks[0], checks[1]
        assert isinstance(told, Chronicle) and isinstance(chain, Chain)
        told.after_turn(whole=True)
        chain.folded[TWO] = replace(chain.folded[TWO], **mistake)
        with pytest.raises(Broken) as broken:
            chain.at_the_end()
        assert broken.value.name == Invariant.READINGS_DIFFER


def test_a_step_clock_that_cannot_be_is_noticed(lived: Afterwards) -> None:
    told = Chronicle(lived.copied(), Notes(), Rows(lived.engine))
    chain = Chain(told)
    told.hearers = [chain]
    told.after_turn(whole=True)
    visit = chain.folded[TWO].visits[0]
    assert visit.answer is not None
    answer = replace(visit.answer, at=visit.started - MINUTE)
    chain.folded[TWO] = replace(chain.folded[TWO], visits=(replace(visit, answer=answer),))
    with pytest.raises(Broken, match=Invariant.STEP_CLOCK):
        Clocks(told, chain).at_the_end()


def test_sent_twice_after_the_clock_was_set_forward_is_noted_apart(lived: Afterwards) -> None:
    spoiled, notes = Spoiler(lived.copied()), Notes()
    sent_twice(spoiled)
    spoiled.scene.truth.set_forward = True
    judged(spoiled.scene, notes)
    assert notes.count["sent twice after the clock was set forward"] == 1


def test_what_was_broken_off_before_it_was_noted_may_be_offered_again(lived: Afterwards) -> None:
    scene = lived.copied()
    mail, _ = request_to_the_kabid(Spoiler(scene))
    scene.truth.offers += [Offer(mail, Answer.NEVER, 0), Offer(mail, Answer.LATER, 1), Offer(mail, Answer.DOT, 1)]
    scene.interruptions = 1
    judged(scene)


def test_an_emergency_that_was_only_shown_is_noted(lived: Afterwards) -> None:
    spoiled, notes = Spoiler(lived.copied()), Notes()
    emergency_lost(Kind.ROUTINE)(spoiled)
    judged(spoiled.scene, notes)
    assert notes.count["an emergency was only shown to Helpdesk"] == 1


def test_faces_drawn_from_nothing_are_those_drawn_along_the_way(place: ToldTown, tmp_path: Path) -> None:
    office = place.office
    faces_equal(office, office.register_folder, office.papers_folder, tmp_path / "anew")
    grown = tmp_path / "grown"
    shutil.copytree(office.register_folder, grown / "register")
    shutil.copytree(office.papers_folder, grown / "papers")
    book_file = next((grown / "register").glob("*.xlsx"))
    paper = next((grown / "papers").glob("*/*.pdf"))
    whole_paper, whole_book = paper.read_bytes(), book_file.read_bytes()
    paper.write_bytes(whole_paper + b" ")
    with pytest.raises(Broken, match=Invariant.FACES_DIFFER):
        faces_equal(office, grown / "register", grown / "papers", tmp_path / "again")
    paper.write_bytes(whole_paper)
    book = load_workbook(book_file)
    book.worksheets[0].cell(row=3, column=2).value = "lain"
    book.save(book_file)
    with pytest.raises(Broken, match=Invariant.FACES_DIFFER):
        faces_equal(office, grown / "register", grown / "papers", tmp_path / "a third time")
    book_file.write_bytes(whole_book)
    paper.unlink()
    with pytest.raises(Broken, match=Invariant.FACES_DIFFER):
        faces_equal(office, grown / "register", grown / "papers", tmp_path / "a fourth time")


def test_a_belum_that_opens_nothing_is_noticed(lived: Afterwards) -> None:
    spoiled = Spoiler(lived.copied())
    spoiled.sql("update mails set became = 'susulan' where became = 'belum pulih'")
    spoiled.events = [one for one in spoiled.events if one.kind != "continued"]
    spoiled.write()
    told = Chronicle(spoiled.scene, Notes(), Rows(spoiled.scene.engine))
    told.after_turn(whole=True)
    with pytest.raises(Broken, match=Invariant.NOT_OVER_UNHEARD):
        Incoming(told).after_turn(whole=True)


def test_a_directory_that_is_not_followed_is_noticed(lived: Afterwards) -> None:
    scene = lived.copied()
    scene.follows_now = False
    looking = [one for one in every_check(scene) if isinstance(one, Chronicle | Waits)]

    def look() -> None:
        for check in looking:
            check.after_turn(whole=True)

    look()
    scene.time += timedelta(minutes=60)
    look()
    scene.time += timedelta(minutes=11)
    with pytest.raises(Broken, match=Invariant.NOT_FOLLOWED):
        look()


def test_every_invariant_has_been_broken_here() -> None:
    apart = {Invariant.READINGS_DIFFER, Invariant.STEP_CLOCK, Invariant.FACES_DIFFER}
    apart |= {Invariant.NOT_OVER_UNHEARD, Invariant.NOT_FOLLOWED}
    tried = {name for table in (BY_ALL, MIDWAY) for name, all_ in table.items() if all_} | set(ALONE)
    assert tried | apart == set(Invariant)


def test_every_invariant_is_promised() -> None:
    promises = (Path(__file__).parents[2] / "docs" / "promises.md").read_text(encoding="utf-8")
    assert not [name for name in Invariant if f"| {name} |" not in promises]
