"""The case files on an imitated Prefect server: whatever befalls the server or the desk, they end as the journal says."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from itertools import count
from random import Random

import httpx
import pytest

from flows.case_card import Case
from flows.case_file import CaseFiles
from flows.case_painter import CasePainter
from office.words_file import read_words
from register import faces
from register.faces import Face
from register.troubles import Troubles
from sop.facts import ReadAgain
from sop.report import Report
from tests import cast
from tests.sop.test_decide import PEOPLE, START, Journey
from tests.sop.test_taking_back import take_back
from tests.town import Town
from tests.year.checks.case_files import drawn_from_nothing, pictures, same_case_files
from tests.year.ports.prefect import SimPrefect, case_deployment

NUMBER = "DKL-2026-0001"


class Killed(BaseException):
    """The desk's process has ended."""


class Points:
    """Counts the places that are passed, and raises at one of them."""

    def __init__(self) -> None:
        self.begin(0)
        self.raises: Callable[[], BaseException] = Killed

    def begin(self, at: int) -> None:
        """Count anew, and raise at the place of this number; 0 for none."""
        self.passed, self.at = 0, at

    def __call__(self, _place: str) -> None:
        self.passed += 1
        if self.passed == self.at:
            raise self.raises()


class Desk:
    """The painting hand of a desk, which can be killed, and its server."""

    def __init__(self, place: Town) -> None:
        self.place, self.points = place, Points()
        self.server = SimPrefect(Random(1), place.clock.now, self.points)
        self.open()

    def open(self) -> None:
        """A new process: all that was in memory is gone."""
        self.place.office.troubles = Troubles(self.place.clock.running)
        self.painter = CasePainter(
            self.place.office, self.server, lambda: case_deployment(self.server), self.server.welcomes
        )

    def paint(self) -> None:
        self.painter.paint()

    def later(self) -> None:
        """So much later that everything is looked at again."""
        self.place.clock.forward(minutes=2)
        self.paint()

    @property
    def run(self) -> str:
        with self.place.office.database.reading() as tx:
            return faces.read_face(tx, self.painter.face, NUMBER).ref

    def is_as_the_journal_says(self) -> None:
        same_case_files(self.server, drawn_from_nothing(self.place.office, self.place.clock.now()))

    def loses_its_database(self) -> None:
        """Somebody deletes it, and starts the server again."""
        self.server.drop_database()
        self.server.restart()


@pytest.fixture
def desk(place: Town) -> Desk:
    place.to_stage("penerusan_analisis")
    return Desk(place)


def before_the_first_drawing(desk: Desk) -> Callable[[], None]:
    """How to come back there."""

    def come_back() -> None:
        desk.loses_its_database()
        with desk.place.office.database.writing() as tx:
            faces.forget(tx, desk.painter.face)
        desk.open()

    return come_back


def before_a_later_drawing(desk: Desk) -> Callable[[], None]:
    """How to come back to when something has happened after a drawing."""
    desk.paint()
    kept = deepcopy(desk.server.holds)
    with desk.place.office.database.reading() as tx:
        drawn = faces.read_face(tx, desk.painter.face, NUMBER)
    desk.place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
    desk.place.work(1)

    def come_back() -> None:
        desk.server.holds = deepcopy(kept)
        with desk.place.office.database.writing() as tx:
            faces.mark_drawn(tx, desk.painter.face, drawn)
        desk.open()

    return come_back


BEGINNINGS = {"the first": before_the_first_drawing, "a later": before_a_later_drawing}


@pytest.mark.parametrize("drawing", BEGINNINGS)
def test_a_desk_killed_at_any_point_of_a_drawing_draws_nothing_twice(desk: Desk, drawing: str) -> None:
    come_back = BEGINNINGS[drawing](desk)
    for at in range(1, 100):
        come_back()
        desk.points.begin(at)
        try:
            desk.paint()
        except Killed:
            desk.points.begin(0)
            desk.open()
            desk.paint()
            desk.is_as_the_journal_says()
        else:
            break
    assert 18 < at < 99


@pytest.mark.parametrize("drawing", BEGINNINGS)
def test_an_answer_of_the_server_may_be_lost_at_any_point(desk: Desk, drawing: str) -> None:
    come_back = BEGINNINGS[drawing](desk)
    desk.points.raises = lambda: httpx.ReadTimeout("lost")
    for at in range(1, 100):
        come_back()
        desk.points.begin(at)
        try:
            desk.paint()
        except httpx.ReadTimeout:
            desk.points.begin(0)
            desk.later()
            desk.is_as_the_journal_says()
        else:
            break
    assert 18 < at < 99


def test_a_painter_that_forgot_everything_draws_nothing_twice(desk: Desk) -> None:
    desk.paint()
    with desk.place.office.database.writing() as tx:
        faces.forget(tx, desk.painter.face)
    desk.paint()
    desk.is_as_the_journal_says()


def test_while_the_server_is_away_nothing_is_lost(desk: Desk) -> None:
    desk.paint()
    desk.server.away = True
    desk.place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
    desk.place.work(1)
    with pytest.raises(httpx.ConnectError):
        desk.paint()
    desk.server.away = False
    desk.paint()
    desk.is_as_the_journal_says()


@pytest.mark.parametrize("type_", ["CANCELLED", "COMPLETED", "FAILED"])
def test_a_case_that_an_admin_ended_waits_again(desk: Desk, type_: str) -> None:
    desk.paint()
    desk.server.end_run(desk.run, type_)
    desk.later()
    desk.is_as_the_journal_says()


def test_an_open_case_that_an_admin_deleted_is_there_again(desk: Desk) -> None:
    desk.paint()
    desk.server.delete_run(desk.run)
    desk.later()
    desk.is_as_the_journal_says()


def test_a_deleted_case_to_which_something_happens_before_anybody_looked_is_there_again(desk: Desk) -> None:
    desk.paint()
    desk.server.delete_run(desk.run)
    desk.place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
    desk.place.work(0.1)
    desk.paint()
    desk.is_as_the_journal_says()


def test_the_file_of_an_incident_that_ended_is_left_alone(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK")
    place.work(1)
    desk = Desk(place)
    desk.paint()
    desk.is_as_the_journal_says()
    asked = desk.server.requests
    desk.later()
    assert desk.server.requests == asked + 1  # whether the server still knows us


@pytest.mark.parametrize("meanwhile", ["the desk goes on", "the desk is opened again"])
def test_when_the_database_of_the_server_is_deleted_all_cases_are_drawn_anew(desk: Desk, meanwhile: str) -> None:
    place = desk.place
    place.letter(418)
    place.work(1)
    place.reply(cast.HELPDESK, "DKL-2026-0002] Mohon analisis", "TIDAK")
    place.work(1)
    assert place.incident("DKL-2026-0002").outcome
    desk.paint()
    desk.server.drop_database()
    desk.later()  # every request is refused, and nothing is drawn
    assert not desk.server.holds.runs
    desk.server.restart()
    if meanwhile == "the desk is opened again":
        desk.open()
    desk.later()
    desk.later()
    desk.is_as_the_journal_says()
    assert len(pictures(desk.server)) == 2


def test_a_deleted_database_is_noticed_though_no_incident_is_open(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK")
    place.work(1)
    desk = Desk(place)
    desk.paint()
    desk.loses_its_database()
    desk.later()
    desk.is_as_the_journal_says()
    place.letter(418)
    place.work(1)
    desk.later()
    desk.is_as_the_journal_says()
    assert len(pictures(desk.server)) == 2


MOVES: tuple[Callable[[Journey], object], ...] = (
    lambda journey: journey.to("penerusan_analisis"),
    lambda journey: take_back(journey, "helpdesk", mail="batal"),
    lambda journey: journey.wait(600),
    lambda journey: journey.answer("ya", "helpdesk"),
    lambda journey: take_back(journey, "helpdesk", "ya", mail="ralat"),
    lambda journey: journey.fact(ReadAgain(better=Report(opd="Dinas Sosial", layanan=("aplikasi",)))),
    lambda journey: journey.answer("teruskan", "koordinator"),
    lambda journey: take_back(journey, "koordinator", mail="batal lagi"),
    lambda journey: journey.answer("teruskan", "koordinator", 600),
    lambda journey: journey.answer("disposisi", "kabid"),
)


@pytest.mark.parametrize("every", [1, 2, 3, len(MOVES)])
def test_drawn_after_every_few_events_or_only_now_it_is_the_same(every: int) -> None:
    names, journey, face = count(), Journey(), Face(NUMBER)
    along = SimPrefect(Random(1), lambda: START)
    ours = CaseFiles(along, case_deployment(along), lambda: str(next(names)))
    for number, move in enumerate(MOVES, 1):
        move(journey)
        if number % every:
            continue
        case = Case(NUMBER, journey.events, journey.procedure, PEOPLE, read_words())
        face = ours.draw(case, face)
        anew = SimPrefect(Random(2), lambda: START)
        CaseFiles(anew, case_deployment(anew), lambda: str(next(names))).draw(case, Face(NUMBER))
        same_case_files(along, anew)
        running = [step.name for step in along.holds.steps.values() if step.state.type == "RUNNING"]
        assert len(running) == 1, "a step runs beside another, or none"
