"""Keeps the case files on one Prefect server like the journal, one after the other, whatever happens to them there.

Knows the server by its REST API only: a desk without the Prefect library, or an imitated server, can be painted for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import httpx

from flows.api import Api
from flows.case_file import Case, CaseFiles
from host.logs import about
from office.build import Office
from register import faces, journal
from register.database import JournalUnavailable
from register.faces import Face

RECHECK = timedelta(seconds=15)
CASE_FILE = "berkas kasus"
SPOILT = "yang diubah di UI"


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
        cases = self._connected()
        with self.office.database.reading() as tx:
            behind = faces.behind(tx, self.face)
        self._alone(SPOILT, lambda: behind.extend(self._spoilt()))
        for number in dict.fromkeys(behind):
            self._alone(number, partial(self._draw, cases, number))

    def draw_again(self, number: str) -> None:
        """At the next painting the case is drawn once more, over whatever state its run is in."""
        with self.office.database.writing() as tx:
            face = faces.read_face(tx, self.face, number)
            if face.ref:
                faces.mark_drawn(tx, self.face, Face(number, 0, face.ref, face.memo))

    def _connected(self) -> CaseFiles:
        if self._cases is None:
            self._cases = CaseFiles(self.api, self._deployment(), self.office.new_name)
        return self._cases

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
            standing = journal.read_standing(tx, number)
            drawn = faces.read_face(tx, self.face, number)
        case = Case(number, standing.events, standing.procedure, self.office.directory(), self.office.words)
        try:
            fresh = cases.draw(case, drawn)
        except httpx.HTTPStatusError as error:
            if error.response.status_code not in (404, 409) or not drawn.ref:
                raise
            fresh = cases.draw(case, Face(number))  # somebody deleted it there
        with self.office.database.writing() as tx:
            faces.mark_drawn(tx, self.face, fresh)

    def _spoilt(self) -> list[str]:
        """Open incidents whose run somebody cancelled or finished in the UI: an incident ends in the journal only."""
        running = self.office.clock.running()
        if self._rechecked is not None and running - self._rechecked < RECHECK:
            return []
        self._rechecked = running
        with self.office.database.reading() as tx:
            open_ = [summary.number for summary in journal.all_incidents(tx) if not summary.outcome]
            numbers = {faces.read_face(tx, self.face, number).ref: number for number in open_}
        ended = {"type": {"any_": ["CANCELLED", "CANCELLING", "CRASHED", "FAILED", "COMPLETED"]}}
        wanted = {"flow_runs": {"id": {"any_": [ref for ref in numbers if ref]}, "state": ended}}
        return [numbers[row["id"]] for row in self.api.post("/flow_runs/filter", wanted)] if any(numbers) else []
