"""The Prefect API as a door: without login, from a foreign web page, with a wrong login, and by deployments of others."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from flows.prefect_server import PrefectServer, PrefectUnavailable, free_port
from flows.prefect_side import PrefectSide
from flows.rest import PrefectApi
from register import faces
from tests import cast
from tests.attacks import some
from tests.flows.test_desk import desk, stage
from tests.servers.foreign_web_server import stranger
from tests.town import Town, until


def basic(login: str) -> str:
    """The Authorization field of a login."""
    return f"Basic {base64.b64encode(login.encode()).decode()}"


EVIL = "https://laman-jahat.example"
SAID_YES = {"run_input": {"jawaban": "ya", "pejabat": "Dedi Kurniadi, A.Md. (helpdesk)"}}
REPORTED = {
    "saluran": "telepon",
    "perangkat_daerah": "Dinkes",
    "uraian": "Internet mati",
    "surel": "korban@lain.example",
}
LOGINS = {
    "none": {},
    "wrong password": {"Authorization": basic("admin:siaga")},
    "no password": {"Authorization": basic("admin:")},
    "bearer": {"Authorization": "Bearer admin"},
    "made-up csrf token": {"Prefect-Csrf-Token": "0" * 64, "Prefect-Csrf-Client": str(uuid.uuid4())},
    "from the ui": {"Referer": "http://127.0.0.1/runs", "X-Forwarded-For": "127.0.0.1", "X-PREFECT-UI": "true"},
}


class Door:
    """One waiting incident on the shared server, and what is recorded of it."""

    def __init__(self, place: Town, server: PrefectServer) -> None:
        self.place, self.server, self.api = place, server, PrefectApi(server.api)
        self.side = PrefectSide(place.office, server.api, lambda: None)
        place.to_stage("analisis")
        assert self.side.paint()
        with place.office.database.reading() as tx:
            face = faces.read_face(tx, faces.at(faces.CASE_FILE, place.office.desk), "DKL-2026-0001")
        self.run = face.ref
        self.deployments = {row["name"]: row["id"] for row in self.api.post("/deployments/filter", {})}

    def requests(self) -> list[tuple[str, str, Any]]:
        """What an admin may do, and an attacker would like to."""
        form = self.deployments["laporan-lisan"]
        listed = self.api.get(f"/deployments/{form}")
        theirs = {"name": "jahat", "flow_id": listed["flow_id"], "entrypoint": "os.abort", "work_pool_name": "siaga"}
        cancelled = {"state": {"type": "CANCELLED"}, "force": True}
        return [
            ("POST", f"/flow_runs/{self.run}/resume", SAID_YES),
            ("POST", f"/deployments/{form}/create_flow_run", {"parameters": REPORTED}),
            ("POST", "/deployments/", theirs),
            ("PATCH", f"/deployments/{form}", {"entrypoint": "os.abort"}),
            ("POST", f"/flow_runs/{self.run}/set_state", cancelled),
            ("DELETE", f"/flow_runs/{self.run}", None),
            ("GET", f"/flow_runs/{self.run}", None),
            ("GET", f"/csrf-token?client={uuid.uuid4()}", None),
            ("POST", "/artifacts/filter", {}),
        ]

    def recorded(self) -> tuple[object, ...]:
        """All that a request could have changed."""
        run = self.api.get(f"/flow_runs/{self.run}")
        deployments = [(row["name"], row["entrypoint"]) for row in self.api.post("/deployments/filter", {})]
        runs = self.api.post("/flow_runs/count", {"deployments": {"name": {"any_": ["laporan-lisan"]}}})
        return run["state_id"], sorted(deployments), runs, self.place.numbers(), stage(self.place)


@pytest.fixture
def door(place: Town, prefect: PrefectServer) -> Iterator[Door]:
    opened = Door(place, prefect)
    yield opened
    opened.side.close()
    opened.api.close()


@pytest.mark.parametrize("login", some(LOGINS, 3))
def test_without_our_login_nothing_is_shown_and_nothing_recorded(door: Door, login: str) -> None:
    before = door.recorded()
    for method, path, body in door.requests():
        said = httpx.request(method, f"{door.server.api}{path}", json=body, headers=LOGINS[login])
        assert said.status_code in (401, 403), (method, path, said.status_code)
        assert "Dinas" not in said.text and "token" not in said.text.lower().replace("csrf token", "")
    assert door.recorded() == before


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded", ""])
def test_a_foreign_web_page_changes_nothing_even_in_the_browser_of_an_admin(door: Door, kind: str) -> None:
    """Even if the browser lent it the login: the kinds but the first are sent without asking the server before."""
    before = door.recorded()
    page = {"Origin": EVIL, "Referer": f"{EVIL}/"} | ({"Content-Type": kind} if kind else {})
    for headers in (page, page | {"Authorization": basic(door.server.login)}):
        for method, path, body in door.requests():
            if method == "GET":
                continue
            said = httpx.request(method, f"{door.server.api}{path}", content=json.dumps(body), headers=headers)
            assert said.status_code in (401, 403), (method, path, said.status_code)
    assert door.recorded() == before


def test_a_foreign_web_page_may_read_nothing_and_our_own_page_may(prefect: PrefectServer) -> None:
    for origin, welcome in (
        (EVIL, False),
        ("null", False),
        (f"http://127.0.0.1:{prefect.port + 1}", False),
        (prefect.ui, True),
    ):
        ask = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,prefect-csrf-client,prefect-csrf-token",
        }
        before = httpx.options(f"{prefect.api}/flow_runs/filter", headers=ask)
        assert (before.status_code == 200) is welcome, origin
        headers = {"Origin": origin, "Authorization": basic(prefect.login)}
        said = httpx.get(f"{prefect.api}/admin/version", headers=headers)
        assert (said.headers.get("Access-Control-Allow-Origin") == origin) is welcome, origin
        assert "*" not in said.headers.get("Access-Control-Allow-Origin", "")


@pytest.mark.parametrize("protocols", [None, ["prefect"]])
@pytest.mark.parametrize(
    "path",
    some(
        ["events/in", "events/out", "logs/out", "task_runs/subscriptions/scheduled", "work_pools/siaga/workers/connect"]
    ),
)
def test_no_websocket_opens_without_our_login(
    prefect: PrefectServer, path: str, protocols: list[Subprotocol] | None
) -> None:
    address = f"{prefect.api.replace('http', 'ws')}/{path}"
    with pytest.raises((WebSocketException, EOFError)), connect(address, subprotocols=protocols, origin=None) as line:
        line.send(json.dumps({"type": "auth", "token": "admin:siaga"}))
        said = json.loads(line.recv(timeout=20))
        assert said.get("type") != "auth_success"
        line.recv(timeout=20)


def test_with_our_login_the_same_works(door: Door) -> None:
    with desk(door.place, door.server.api):
        assert door.api.post(f"/flow_runs/{door.run}/resume", SAID_YES)["status"] == "ACCEPT"
        until(lambda: stage(door.place) == "penerusan_analisis", "the oral answer counts")


def test_a_token_that_the_server_has_forgotten_is_fetched_anew(prefect: PrefectServer) -> None:
    api = PrefectApi(prefect.api)
    api.post("/flow_runs/count", {})
    client = api._admitted._own.client
    httpx.get(f"{prefect.api}/csrf-token", params={"client": client}, headers={"Authorization": basic(prefect.login)})
    api.post("/flow_runs/count", {})
    with ThreadPoolExecutor(4) as threads:
        assert len(list(threads.map(lambda _: api.post("/flow_runs/count", {}), range(12)))) == 12
    api.post("/flow_runs/count", {})
    api.close()


# A wrong login, and strangers at our address ------------------------------------------------------------------------


def test_a_wrong_login_is_said_in_one_line_and_the_mail_goes_on(
    place: Town, prefect: PrefectServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "admin:salah")
    side = PrefectSide(place.office, prefect.api, lambda: None)
    assert not side.paint() and not side.ran("poll") and not side.paint()
    assert caplog.text.count("menolak login") == 1 and "admin:salah" not in caplog.text
    side.close()
    with desk(place, prefect.api):
        place.letter()
        until(lambda: any("Mohon analisis" in m.subject for m in place.inbox(cast.HELPDESK)), "Helpdesk is asked")


def test_our_login_is_told_to_nobody_who_listens_in_place_of_our_server(place: Town, tmp_path: Path) -> None:
    with stranger() as other:
        server = PrefectServer(tmp_path / "prefect", other.port)
        with pytest.raises(PrefectUnavailable, match="sudah dipakai"):
            server.start()
        side = PrefectSide(place.office, server.api, lambda: None, server.lives)
        assert not side.paint() and not side.ran("poll")
        side.close()
        assert not any(other.told)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can play another account")
def test_our_login_is_told_to_no_other_account_that_took_the_port_while_our_server_was_starting(
    place: Town, tmp_path: Path
) -> None:
    listen = (
        "import os, socket; os.setuid(65534); s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); "
        "print(s.getsockname()[1], flush=True); s.accept()"
    )
    with subprocess.Popen([sys.executable, "-c", listen], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        server = PrefectServer(tmp_path / "prefect", int(other.stdout.readline()))
        with pytest.raises(PrefectUnavailable, match="sudah dipakai"):
            server.start()  # it says nothing yet, so it is not taken for a Prefect server
        server._process = other  # as if ours were on its way
        assert not server.lives()
        side = PrefectSide(place.office, server.api, lambda: None, server.lives)
        assert not side.paint()
        side.close()
        assert other.poll() is None, "nobody came to its door"
        server._process = None
        other.kill()


# The login and the server's process ---------------------------------------------------------------------------------


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_login_is_private_from_the_first_moment_and_is_kept(tmp_path: Path, umask: int) -> None:
    server, before = PrefectServer(tmp_path / "prefect", 4200), os.umask(umask)
    try:
        login = server.login
    finally:
        os.umask(before)
    assert (server.home / "sandi").stat().st_mode & 0o777 == 0o600 and server.home.stat().st_mode & 0o777 == 0o700
    assert PrefectServer(server.home, 4200).login == login and len(login) > 30
    assert PrefectServer(tmp_path / "lain", 4200).login != login
    (server.home / "sandi").write_text("")  # whoever made it died before writing
    assert len(server.login) > 30 and server.login != login


def test_the_servers_process_knows_no_password_but_its_own_and_shows_it_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = {"SIAGA_SANDI": "a1", "SANDI_SURAT_KITA": "b2", "PGPASSWORD": "c3", "PREFECT_API_KEY": "d4", "X": "e5"}
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PREFECT_SERVER_CSRF_PROTECTION_ENABLED", "false")
    monkeypatch.setenv("PREFECT_SERVER_CORS_ALLOWED_ORIGINS", "*")
    with started(tmp_path / "prefect") as server:
        process = Path(f"/proc/{server.pid}")
        seen = dict(line.split("=", 1) for line in (process / "environ").read_text().split("\0") if line)
        assert not secrets.keys() & seen.keys() and not set(secrets.values()) & set(seen.values())
        assert seen["PREFECT_SERVER_API_AUTH_STRING"] == server.login
        assert seen["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"] == "true"
        assert "*" not in seen["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"]
        password = server.login.partition(":")[2].encode()
        assert password not in (process / "cmdline").read_bytes()
        for kept in (server.home / "server.log", server.home / "server.pid"):
            assert password not in kept.read_bytes()


@pytest.mark.parametrize("asks_for", ["", "0123456789abcdef"])
def test_a_server_left_behind_that_asks_for_no_login_or_another_is_not_taken_over(
    tmp_path: Path, asks_for: str
) -> None:
    old = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "prefect"])
    threading.Thread(target=old.wait, daemon=True).start()  # init does it where the desk that began it is gone
    home, port = tmp_path / "prefect", free_port()
    home.mkdir()
    (home / "server.pid").write_text(f"{old.pid} {port} {asks_for}".strip())
    until(PrefectServer(home, port).runs, "the process shows its command line")
    with started(home, port) as server:
        assert server.pid != old.pid
        old.wait()


@contextmanager
def started(home: Path, port: int = 0) -> Iterator[PrefectServer]:
    server = PrefectServer(home, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


# Deployments of others ----------------------------------------------------------------------------------------------


def _step(command: str) -> list[dict[str, Any]]:
    return [{"prefect.deployments.steps.run_shell_script": {"script": command}}]


FOREIGN: dict[str, Callable[[str], dict[str, Any]]] = {
    "another module": lambda _trap: {"entrypoint": "jebakan.siap"},
    "a file": lambda _trap: {"entrypoint": "jebakan.py:siap"},
    "a module of ours that is no flow": lambda _trap: {"entrypoint": "handlers.oral_report.enter_oral_report"},
    "a module of Python": lambda _trap: {"entrypoint": "os.abort"},
    "no entrypoint": lambda _trap: {"entrypoint": None},
    "a step": lambda trap: {"pull_steps": _step(trap)},
    "a step beside ours": lambda trap: {
        "pull_steps": [{"prefect.deployments.steps.set_working_directory": {"directory": "/"}}, *_step(trap)]
    },
    "another folder": lambda _trap: {"path": "/tmp"},
    "job variables": lambda trap: {"job_variables": {"command": trap}},
}


@pytest.mark.parametrize("kind", some(FOREIGN, 3))
def test_a_deployment_that_is_not_ours_runs_nothing(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    sprung = tmp_path / "terpasang"
    (tmp_path / "jebakan.py").write_text(f"open({str(sprung)!r}, 'w').close()\n\ndef siap():\n    pass\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    listed = door.api.get(f"/deployments/{door.deployments['laporan']}")
    ours = {name: listed[name] for name in ("flow_id", "entrypoint", "pull_steps", "parameter_openapi_schema")}
    changed = {**ours, "name": f"jahat {uuid.uuid4()}", "work_pool_name": "siaga", **FOREIGN[kind](f"touch {sprung}")}
    deployment = door.api.post("/deployments/", changed)["id"]
    run = door.api.post(f"/deployments/{deployment}/create_flow_run", {"parameters": {"nomor": "DKL-2026-0001"}})["id"]
    _refused(door, run)
    assert not sprung.exists() and "jebakan" not in sys.modules


def test_a_run_of_ours_with_job_variables_of_others_runs_nothing(door: Door, tmp_path: Path) -> None:
    path = f"/deployments/{door.deployments['laporan']}/create_flow_run"
    body = {"parameters": {"nomor": "DKL-2026-0001"}, "job_variables": {"command": f"touch {tmp_path / 'terpasang'}"}}
    _refused(door, door.api.post(path, body)["id"])
    assert not (tmp_path / "terpasang").exists()


def _refused(door: Door, run: str) -> None:
    def ended() -> bool:
        assert door.side.paint()
        return bool(door.api.get(f"/flow_runs/{run}")["state_type"] in ("FAILED", "CRASHED", "COMPLETED"))

    until(ended, "the run has ended")
    state = door.api.get(f"/flow_runs/{run}")["state"]
    assert (state["type"], state["name"]) == ("FAILED", "Ditolak")
    assert state["message"].startswith("Ditolak: ") and "Tidak ada yang dijalankan" in state["message"]


def test_every_deployment_of_ours_is_accepted(door: Door) -> None:
    from flows.deployments import foreign

    for name, deployment in door.deployments.items():
        if not name.startswith("jahat"):
            assert foreign(door.api.get(f"/deployments/{deployment}"), {}) == ""
