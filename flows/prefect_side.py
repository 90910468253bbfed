"""The desk's Prefect side: flows that admins can see, the case files, and what admins start in the UI.

Importing this costs seconds; a desk does it in the background and works without it until then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import httpx

from flows.case_file import DEPLOYMENT
from flows.case_painter import CasePainter
from flows.compile_report import compile_report
from flows.deliver_outbox import deliver_outbox
from flows.deployments import register_deployments
from flows.knocking import Answer, knock
from flows.poll_mailbox import poll_mailbox
from flows.rest import PrefectApi
from flows.watch_deadlines import watch_deadlines
from flows.worker import WarmWorker, quick_flows
from office.build import Office

log = logging.getLogger(__name__)

ROUNDS: dict[str, Callable[[], Any]] = {"poll": poll_mailbox, "watch": watch_deadlines, "deliver": deliver_outbox}


class PrefectSide:
    """One desk's dealings with one Prefect server. `changed` hears when an admin's doing changed something."""

    def __init__(
        self, office: Office, api_url: str, changed: Callable[[], None], lives: Callable[[], bool] = lambda: True
    ) -> None:
        """`lives`: whether a server of our own is there; where it is not, our login is told to nobody in its place."""
        self.office, self.api_url, self.changed, self._lives = office, api_url, changed, lives
        self.api = PrefectApi(api_url)
        self._refused = False
        self._painter = CasePainter(office, self.api, self._prepared, self._welcome)
        self._worker: WarmWorker | None = None

    def ran(self, round_: str) -> bool:
        """Do one of `ROUNDS` as a flow run that Prefect shows; False: Prefect could not, so do it without."""
        return self._ran(ROUNDS[round_])

    def _ran(self, flow: Callable[[], Any]) -> bool:
        if not self._welcome():
            return False
        try:
            with quick_flows():
                flow()
        except Exception as error:  # noqa: BLE001  Prefect in trouble must never stop the mail; ours is met again without it
            log.warning("dikerjakan tanpa Prefect: %s", error)
            return False
        return True

    def compile(self, number: str) -> bool:
        """Compile the papers of an incident as a flow run."""
        return self._ran(lambda: compile_report(number))

    def paint(self, *, look: bool = True) -> bool:
        """Bring the case files up to date and start what admins scheduled; False when the server is away."""
        if not self._welcome():
            return False
        try:
            self._painter.paint()
            if look and self._worker is not None:
                self._worker.look()
        except httpx.HTTPError as error:
            log.warning("berkas kasus belum digambar: %s", error)
            return False
        return True

    def close(self) -> None:
        """Wait for what is running, and let go."""
        if self._worker is not None:
            self._worker.close()
        self.api.close()

    def _welcome(self) -> bool:
        """Whether the server takes our login. That it does not is said once, and the desk goes on without it."""
        if not self._lives():
            return False
        answer = knock(self.api_url, self.api.login)
        refused = answer is Answer.REFUSES
        if refused and not self._refused:
            log.error(
                "server Prefect di %s menolak login meja ini; periksa [prefect] nama dan sandi (siaga doctor). "
                "Surat tetap diproses tanpa Prefect",
                self.api_url,
            )
        self._refused = refused
        return answer is Answer.WELCOMES

    def _prepared(self) -> str:
        """The deployment that case files are runs of, registered with the others. Raises: httpx.HTTPError."""
        if not self.api.login:
            log.warning("server Prefect di %s terbuka tanpa login; lihat: siaga doctor", self.api_url)
        deployment = register_deployments(self.api)[DEPLOYMENT]
        if self._worker is None:
            self._worker = WarmWorker(self.api, self.office.postman.owner, self._finished)
        return deployment

    def _finished(self, parameters: dict[str, Any]) -> None:
        """A run that an admin started is over: its case is drawn once more, over the state the run left."""
        number = str(parameters.get("nomor", ""))
        if number:
            self._painter.draw_again(number)
        self.changed()
