"""Another user of the same machine looks into what the office keeps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.private import OTHERS, close_to_others, open_to_others
from readers.confinement import NOBODY
from readers.pool import Readers
from tests import cast
from tests.siaga.test_commands import run
from tests.town import Town


def in_the_open(*arguments: str | Path) -> str:
    """A command, started by somebody whose umask takes nothing from anybody."""
    done = subprocess.run(
        [sys.executable, "-c", "from siaga.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        umask=0,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def everything(folder: Path) -> list[Path]:
    return [folder, *folder.rglob("*")]


def open_ones(folder: Path) -> list[str]:
    return [str(path) for path in everything(folder) if path.lstat().st_mode & OTHERS and not path.is_symlink()]


@pytest.fixture
def careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def test_whatever_the_umask_nobody_else_can_open_what_an_office_keeps(place: Town, tmp_path: Path) -> None:
    place.office.close()
    data = place.office.settings.data
    shutil.rmtree(data)  # whatever is there now the commands have made
    config = ("--config", place.settings_file)
    place.letter()
    in_the_open("up", "--once", *config)
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer.")
    in_the_open("up", "--once", *config)
    in_the_open("register", *config)
    in_the_open("backup", tmp_path / "cadangan.tar", *config)
    names = {path.name for path in everything(data)}
    assert {"jurnal.db", "meja.lock", "pejabat-terakhir.yaml", "arsip", "register", "laporan"} <= names
    assert open_ones(data) == []
    assert open_ones(tmp_path / "cadangan.tar") == []
    in_the_open("init", tmp_path / "baru")
    schemas = {"siaga.schema.json", "pejabat.schema.json", "prosedur.schema.json"}
    assert {path.name for path in everything(tmp_path / "baru")} == {
        "baru",
        "siaga.toml",
        "pejabat.yaml",
        "opd.csv",
    } | schemas
    assert open_ones(tmp_path / "baru") == []


def test_the_journals_own_side_files_are_closed_too(place: Town) -> None:
    place.office.close()
    shutil.rmtree(place.office.settings.data)
    code = (
        "import sys\nfrom pathlib import Path\nfrom office.private import keep_private\nkeep_private()\n"
        "from office.build import build_office\nfrom office.settings import read_settings\n"
        "office = build_office(read_settings(Path(sys.argv[1])))\n"
        "print(sorted((p.name, oct(p.stat().st_mode & 0o777)) for p in office.settings.data.glob('jurnal.db*')))"
    )
    command = [sys.executable, "-c", code, str(place.settings_file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, umask=0)
    assert "jurnal.db-wal" in done.stdout and done.stdout.count("0o600") == done.stdout.count("jurnal.db")


def test_what_stood_open_is_closed_at_the_next_start_and_told_once(place: Town, tmp_path: Path) -> None:
    place.letter()
    place.work()
    place.office.close()
    data = place.office.settings.data
    for path in everything(data):
        path.chmod(0o777 if path.is_dir() else 0o666)
    config = ("--config", place.settings_file)
    assert "terbuka bagi pengguna lain" in in_the_open("incidents", *config)
    assert open_ones(data) == []
    assert "terbuka" not in in_the_open("incidents", *config)


def test_doctor_says_what_others_may_read(place: Town) -> None:
    place.office.close()
    data = place.office.settings.data
    data.chmod(0o755)
    place.settings_file.chmod(0o644)
    config = ("--config", place.settings_file)
    said = run("doctor", *config)
    assert "terbuka bagi pengguna lain; izinnya dirapatkan sekarang" in said
    assert f"chmod 600 {place.settings_file}" in said
    place.settings_file.chmod(0o640)  # the group is the admin's choice
    assert "data dan pengaturan tertutup bagi pengguna lain" in run("doctor", *config)


def test_a_link_leads_to_nobody_elses_file(tmp_path: Path, careless: None) -> None:
    theirs, ours = tmp_path / "milik-lain", tmp_path / "data"
    theirs.write_text("x", encoding="utf-8")
    ours.mkdir()
    (ours / "tautan").symlink_to(theirs)
    (ours / "surat").write_text("x", encoding="utf-8")
    assert len(open_to_others(ours)) == 2
    assert close_to_others(ours) == 2 and open_ones(ours) == []
    assert theirs.stat().st_mode & 0o777 == 0o666
    assert open_to_others(ours) == [] and close_to_others(tmp_path / "tidak-ada") == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_desk_that_is_root_reads_as_nobody() -> None:
    readers = Readers()
    try:
        with readers.open(b"From: a@contoh.example\r\n\r\nInternet mati.\r\n") as reading:
            ids = reading.ask(eval, "__import__('os').getresuid() + __import__('os').getresgid()")
            groups = reading.ask(eval, "__import__('os').getgroups()")
            assert "Internet mati." in reading.mail.plain
    finally:
        readers.close()
    libraries = [Path(sys.base_prefix), *Path(sys.base_prefix).parents]
    all_may_read = all(place.stat().st_mode & 0o005 == 0o005 for place in libraries)
    assert groups == [] and (set(ids) == {NOBODY} or not all_may_read)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_who_has_become_nobody_is_root_never_again() -> None:
    code = (
        "import os\nfrom readers import confinement\nconfinement._needed = lambda: []\nconfinement.be_nobody()\n"
        "print(*os.getresuid(), *os.getresgid(), os.getgroups())\n"
        "for again in (os.setuid, os.setgid):\n    try:\n        again(0)\n    except PermissionError:\n        print('tidak')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{' '.join([str(NOBODY)] * 6)} []\ntidak\ntidak\n"
