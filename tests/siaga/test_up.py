"""`siaga up` as it is run: a process with its own Prefect server, ended by SIGTERM."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.knocking import healthy
from flows.prefect_server import free_port
from register import faces
from tests import cast
from tests.town import Town, until

COMMAND = [sys.executable, "-c", "from siaga.cli import main; main()", "up"]


@contextmanager
def up(place: Town, *options: str) -> Iterator[subprocess.Popen[str]]:
    command = [*COMMAND, "--config", str(place.settings_file), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_up_serves_with_a_prefect_of_its_own_and_drains_on_sigterm(
    place: Town, give_prefect_database: Callable[[Path], None]
) -> None:
    port = free_port()
    give_prefect_database(place.folder / "data" / "prefect")
    with place.settings_file.open("a", encoding="utf-8") as file:
        file.write(f"[prefect]\nport = {port}\n")
    place.letter()
    with up(place) as process:
        until(lambda: any("Mohon analisis" in m.subject for m in place.inbox(cast.HELPDESK)), "Helpdesk is asked")
        until(lambda: healthy(f"http://127.0.0.1:{port}/api"), "Prefect answers", seconds=120)
        until(lambda: _drawn(place), "the case file is drawn", seconds=120)
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(60) == 0
        said = process.stdout.read() if process.stdout else ""
    assert "Meja dibuka untuk darurat@contoh.example" in said and "Meja ditutup." in said
    assert not healthy(f"http://127.0.0.1:{port}/api"), "the server child was left behind"


def test_a_second_desk_in_the_same_folder_is_refused_in_one_line(place: Town) -> None:
    with up(place, "--no-prefect"):
        until((place.folder / "data" / "meja.lock").exists, "the first desk opens")
        place.letter()
        until(lambda: any("Mohon analisis" in m.subject for m in place.inbox(cast.HELPDESK)), "the first desk works")
        second = subprocess.run(
            [*COMMAND, "--once", "--config", str(place.settings_file)], capture_output=True, text=True, check=False
        )
    assert second.returncode == 1 and "meja lain sedang bekerja" in second.stderr and "Traceback" not in second.stderr


def _drawn(place: Town) -> bool:
    with place.office.database.reading() as tx:
        return bool(faces.read_face(tx, faces.at(faces.CASE_FILE, place.office.desk), "DKL-2026-0001").ref)
