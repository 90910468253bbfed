"""Keeps the case files on one Prefect server like the journal, one after the other, whatever happens to them there.

Knows the server by its REST API only: a desk without the Prefect library, or an imitated server, can be painted for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import httpx

from flows.api import Api
from flows.case_card import Case
from flows.case_file import MOST_ROWS, CaseFiles
from host.logs import about
from office.build import Office
from register import faces, journal
from register.database import JournalUnavailable
from register.faces import Face

log = logging.getLogger(__name__)
RECHECK = timedelta(seconds=15)
CASE_FILE = "berkas kasus"
SPOILT = "yang diubah di UI"
LIVING = ["PAUSED", "RUNNING", "SCHEDULED", "PENDING"]
"""Types of the states of a run that somebody can still be waited for in."""


def case_of(office: Office, number: str) -> Case:
    """All that is drawn of an incident, as the journal has it now."""
    with office.database.reading() as tx:
        standing = journal.read_standing(tx, number)
    return Case(number, standing.events, standing.procedure, office.directory(), office.words)


class CasePainter:
    """Draws what is new in the journal. What it remembers of a drawing stands in the journal's database."""

    def __init__(self, office: Office, api: Api, deployment: Callable[[], str], welcome: Callable[[], bool]) -> None:
        """`deployment`: makes the server ready and returns the id of the deployment of which case files are runs; may
        raise httpx.HTTPError. `welcome`: whether the server takes our login.
        """
        self.office, self.api, self._deployment, self._welcome = office, api, deployment, welcome
        # Desks that share a server share its case files; a server of our own is drawn on by nobody else.
        self.face = faces.at(faces.CASE_FILE, office.settings.prefect_url or office.desk)
        self._cases: CaseFiles | None = None
        self._rechecked: timedelta | None = None

    def paint(self) -> None:
        """Bring the case files up to date. Raises: httpx.HTTPError when the server is away."""
        self._connected()
        spoilt = list[str]()
        self._alone(SPOILT, lambda: spoilt.extend(self._spoilt()))
        cases = self._connected()
        with self.office.database.reading() as tx:
            behind = faces.behind(tx, self.face)
        for number in dict.fromkeys([*behind, *spoilt]):
            self._alone(number, partial(self._draw, cases, number))

    def draw_again(self, number: str) -> None:
        """At the next painting the case is drawn once more, over whatever state its run is in."""
        with self.office.database.writing() as tx:
            face = faces.read_face(tx, self.face, number)
            if face.ref:
                faces.mark_drawn(tx, self.face, Face(number, 0, face.ref, face.memo))

    def _connected(self) -> CaseFiles:
        if self._cases is None:
            deployment = self._deployment()
            self._alone(SPOILT, self._forget_another_server)
            self._cases = CaseFiles(self.api, deployment, self.office.new_name)
        return self._cases

    def _forget_another_server(self) -> None:
        """Where none of our case files is known, the server is a new one, or its database was deleted."""
        with self.office.database.reading() as tx:
            runs = faces.places(tx, self.face, MOST_ROWS)
        if runs and not self._count({"id": {"any_": runs}}):
            log.warning("server Prefect tidak mengenal satu pun berkas kasus kita; semua digambar dari awal")
            with self.office.database.writing() as tx:
                faces.forget(tx, self.face)

    def _alone(self, number: str, act: Callable[[], None]) -> None:
        """One case file in trouble stops only itself. Raises: httpx.HTTPError when it is the server that is."""
        troubles = self.office.troubles
        if troubles.rests(CASE_FILE, number):
            return
        try:
            with about(number):
                act()
            troubles.over(CASE_FILE, number)
        except (httpx.TransportError, JournalUnavailable):
            raise
        except Exception as error:
            if isinstance(error, httpx.HTTPStatusError) and not self._welcome():
                raise
            troubles.met(CASE_FILE, number, error)

    def _draw(self, cases: CaseFiles, number: str) -> None:
        with self.office.database.reading() as tx:
            drawn = faces.read_face(tx, self.face, number)
        case = case_of(self.office, number)
        try:
            fresh = cases.draw(case, drawn)
        except httpx.HTTPStatusError as error:
            if error.response.status_code not in (404, 409) or not drawn.ref:
                raise
            fresh = cases.draw(case, Face(number))  # somebody deleted it there
        with self.office.database.writing() as tx:
            faces.mark_drawn(tx, self.face, fresh)

    def _spoilt(self) -> list[str]:
        """Open incidents whose run somebody deleted, cancelled or finished in the UI: an incident ends in the journal
        only.
        """
        running = self.office.clock.running()
        if self._rechecked is not None and running - self._rechecked < RECHECK:
            return []
        self._rechecked = running
        if not self._is_registered():
            self._cases = None  # its database was deleted: all is registered and drawn anew
            return []
        with self.office.database.reading() as tx:
            drawn = faces.of_open_incidents(tx, self.face)
        spoilt = list[str]()
        for first in range(0, len(drawn), MOST_ROWS):
            spoilt += self._spoilt_of({face.ref: face.incident for face in drawn[first : first + MOST_ROWS]})
        return spoilt

    def _is_registered(self) -> bool:
        """Whether the server still has what our case files are runs of."""
        try:
            self.api.get(f"/deployments/{self._connected().deployment_id}")
        except httpx.HTTPStatusError as error:
            if error.response.status_code == httpx.codes.NOT_FOUND:
                return False
            raise
        return True

    def _spoilt_of(self, numbers: dict[str, str]) -> list[str]:
        """`numbers`: incidents by run."""
        wanted = {"id": {"any_": list(numbers)}}
        if self._count(wanted | {"state": {"type": {"any_": LIVING}}}) == len(numbers):
            return []
        rows = self.api.post("/flow_runs/filter", {"flow_runs": wanted})
        there = {row["id"]: row["state_type"] for row in rows}
        gone = [number for run, number in numbers.items() if run not in there]
        if gone:
            self._cases = None  # where all is gone, our deployments are, too
        return [*gone, *(numbers[run] for run, state in there.items() if state not in LIVING)]

    def _count(self, runs: dict[str, Any]) -> int:
        return int(self.api.post("/flow_runs/count", {"flow_runs": runs}))
