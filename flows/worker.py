"""A warm worker inside the desk: runs what an admin starts in the UI at once, without a new process for each run."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import httpx
from prefect.client.schemas.objects import FlowRun
from prefect.flow_engine import run_flow
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.deployments import foreign, load_flow
from flows.prepare_pool import POOL
from flows.rest import PrefectApi

log = logging.getLogger(__name__)
BEAT_SECONDS = 30


class WarmWorker:
    """Takes the scheduled runs of the pool. `finished` hears every run that has been executed, with its parameters."""

    def __init__(self, api: PrefectApi, name: str, finished: Callable[[dict[str, Any]], None]) -> None:
        self.api, self.name, self.finished = api, name, finished
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="prefect run")
        self._busy: set[str] = set()
        self._lock = threading.Lock()
        self._beaten = -BEAT_SECONDS * 2.0

    def look(self) -> None:
        """Start what is scheduled by now. Raises: httpx.HTTPError when the server is away."""
        if time.monotonic() - self._beaten > BEAT_SECONDS:
            beat = {"name": self.name, "heartbeat_interval_seconds": BEAT_SECONDS}
            self.api.post(f"/work_pools/{POOL}/workers/heartbeat", beat)
            self._beaten = time.monotonic()
        due = {"scheduled_before": datetime.now(UTC).isoformat(), "limit": 20}
        for entry in self.api.post(f"/work_pools/{POOL}/get_scheduled_flow_runs", due):
            run_id, deployment = entry["flow_run"]["id"], entry["flow_run"].get("deployment_id") or ""
            with self._lock:
                if run_id in self._busy:
                    continue
                self._busy.add(run_id)
            self._threads.submit(self._execute, run_id, deployment)

    def close(self) -> None:
        """Wait for what is running."""
        self._threads.shutdown(wait=True)

    def _execute(self, run_id: str, deployment: str) -> None:
        parameters: dict[str, Any] = {}
        try:
            named = self.api.get(f"/deployments/{deployment}") if deployment else {}
            reason = foreign(named, self.api.get(f"/flow_runs/{run_id}"))
            if reason:
                self._refuse(run_id, reason)
                return
            pending = {"state": {"type": "PENDING", "name": "Pending"}}
            if self.api.post(f"/flow_runs/{run_id}/set_state", pending)["status"] != "ACCEPT":
                return  # taken by another worker, or cancelled
            flow = load_flow(named["entrypoint"])
            run = FlowRun.model_validate(self.api.get(f"/flow_runs/{run_id}"))
            parameters = dict(run.parameters)
            with quick_flows():
                run_flow(flow, flow_run=run, parameters=parameters, return_type="state")
        except Exception as error:
            log.exception("run %s", run_id)
            try:
                self._end(run_id, {"type": "CRASHED", "name": "Crashed", "message": repr(error)[:500]})
            except httpx.HTTPError:
                log.warning("run %s could not be marked as crashed", run_id)
        finally:
            with self._lock:
                self._busy.discard(run_id)
            self.finished(parameters)

    def _refuse(self, run_id: str, reason: str) -> None:
        message = f"Ditolak: {reason}. Tidak ada yang dijalankan."
        log.error("run Prefect %s: %s", run_id, message)
        self._end(run_id, {"type": "FAILED", "name": "Ditolak", "message": message[:500]})

    def _end(self, run_id: str, state: dict[str, str]) -> None:
        self.api.post(f"/flow_runs/{run_id}/set_state", {"state": state, "force": True})


def quick_flows() -> Any:
    """Flows that end in a fraction of a second need no heartbeat; joining its thread would cost a second each.

    Holds for the thread in which it is entered.
    """
    return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})
