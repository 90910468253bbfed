"""The command line: clear answers, one line a fault, exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from office.toml_file import read_moment
from register.schema import outbox
from siaga.cli import siaga
from tests import cast
from tests.town import Town, write_settings


def run(*arguments: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from siaga.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def fault(*arguments: str | Path) -> str:
    """The one line a failing command says."""
    said = run(*arguments, code=1)
    assert "Traceback" not in said
    return said


def test_init_writes_files_to_start_from_and_never_overwrites(tmp_path: Path) -> None:
    run("init", tmp_path / "kantor")
    (tmp_path / "kantor" / "pejabat.yaml").write_text("punya kami", encoding="utf-8")
    assert "tidak diubah" in run("init", tmp_path / "kantor")
    assert (tmp_path / "kantor" / "pejabat.yaml").read_text(encoding="utf-8") == "punya kami"


def test_init_without_a_terminal_has_mail_count_from_now_on(tmp_path: Path) -> None:
    before = datetime.now(UTC) - timedelta(minutes=1)
    run("init", tmp_path)
    text = (tmp_path / "siaga.toml").read_text(encoding="utf-8")
    said = re.search(r'^mulai = "(.+?)"', text, re.MULTILINE)
    begins = read_moment(said[1]) if said else None
    assert begins is not None and before <= begins <= datetime.now(UTC)


def test_init_asks_at_a_terminal_since_when_mail_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("siaga.commands.setup._can_ask", lambda: True)
    said = CliRunner().invoke(siaga, ["init", str(tmp_path)], input="kemarin\n2026-11-20 08.00\n")
    assert said.exit_code == 0 and "2026-11-26 08.00" in said.output
    assert 'mulai = "2026-11-20 08.00"' in (tmp_path / "siaga.toml").read_text(encoding="utf-8")


def test_doctor_finds_everything_well(place: Town) -> None:
    said = run("doctor", "--config", place.settings_file)
    assert "GAGAL" not in said and "darurat@contoh.example di 127.0.0.1, INBOX dapat dibaca" in said


def test_doctor_as_json(place: Town) -> None:
    findings = json.loads(run("doctor", "--json", "--config", place.settings_file))
    assert {"pengaturan", "prosedur", "pejabat", "jurnal", "kotak surat", "pengiriman", "prefect"} <= {
        f["what"] for f in findings
    }


@pytest.mark.parametrize("command", ["doctor", "up"])
def test_a_wrong_password_is_one_clear_line(place: Town, command: str) -> None:
    write_settings(place.folder, place.house, password="salah")
    assert "menolak nama atau kata sandi" in fault(command, "--config", place.settings_file)


@pytest.mark.parametrize("command", [["doctor"], ["up", "--once"]], ids=" ".join)
def test_an_unreachable_server_is_one_clear_line(place: Town, command: list[str]) -> None:
    text = place.settings_file.read_text(encoding="utf-8").replace(f"port = {place.house.imap_port}", "port = 1")
    place.settings_file.write_text(text, encoding="utf-8")
    assert "tidak terhubung" in fault(*command, "--config", place.settings_file)


@pytest.mark.parametrize("command", ["doctor", "up"])
def test_a_missing_role_is_one_clear_line(place: Town, command: str) -> None:
    people = "\n".join(line for line in cast.PEOPLE.split("\n") if "peran: kadis" not in line)
    (place.folder / "pejabat.yaml").write_text(people, encoding="utf-8")
    place.office.people.last_good.path.unlink()  # an office that never had a directory it could use
    assert "peran `kadis` (Kepala Dinas) belum ada pejabatnya" in fault(command, "--config", place.settings_file)


def test_while_the_directory_is_broken_an_office_that_had_one_works_and_every_command_says_so(place: Town) -> None:
    place.letter()
    place.work()
    place.office.close()
    config = ("--config", place.settings_file)
    (place.folder / "pejabat.yaml").write_text("pejabat: [", encoding="utf-8")
    for command, answer in {
        ("up", "--once"): "0 surat baru",
        ("incidents",): "DKL-2026-0001",
        ("show", "DKL-2026-0001", "--why"): "Dipegang oleh Dedi Kurniadi",
    }.items():
        said = run(*command, *config)
        assert answer in said and said.count("pejabat.yaml:1: bukan YAML yang sah") == 1
        assert said.count("tetap berlaku versi baik terakhir") == 1
    assert json.loads(run("incidents", "--json", *config).split("\n")[0])[0]["number"] == "DKL-2026-0001"
    assert "pejabat.yaml:1: bukan YAML yang sah" in fault("doctor", *config)


def test_a_backup_made_while_the_directory_is_broken_holds_the_last_good_one(place: Town, tmp_path: Path) -> None:
    place.office.close()
    people = place.folder / "pejabat.yaml"
    good = people.read_bytes()
    people.write_bytes(b"pejabat: [")
    run("backup", tmp_path / "cadangan.tar", "--config", place.settings_file)
    with tarfile.open(tmp_path / "cadangan.tar") as tar:
        kept = {name: tar.extractfile(name) for name in ("pejabat.yaml", "pejabat-terakhir.yaml")}
        content = {name: file.read() for name, file in kept.items() if file}
    assert content == {"pejabat.yaml": b"pejabat: [", "pejabat-terakhir.yaml": good}


@pytest.mark.parametrize("command", ["doctor", "up"])
def test_an_impossible_procedure_is_one_clear_line(place: Town, command: str) -> None:
    bad = Path(__file__).parents[1] / "sop" / "invalid" / "hasil_tidak_ada.yaml"
    with place.settings_file.open("a", encoding="utf-8") as file:
        file.write(f'[prosedur]\nberkas = "{bad}"\n')
    assert "menuju hasil `beres` yang tidak ada" in fault(command, "--config", place.settings_file)


def test_up_once_does_one_round(place: Town) -> None:
    place.letter()
    assert "1 surat baru, 1 ditindaklanjuti" in run("up", "--once", "--config", place.settings_file)
    assert "Mohon analisis" in place.last(cast.HELPDESK, "Mohon analisis").subject


def test_looking_at_incidents(place: Town) -> None:
    place.to_stage("disposisi")
    config = ("--config", place.settings_file)
    assert "Menunggu Kepala Bidang Aplikasi Informatika" in run("incidents", *config)
    said = run("show", "dkl-2026-0001", "--why", *config)
    assert "Kabel FO putus" in said and "Dipegang oleh Yuliandri Putra" in said and "Berikutnya pukul" in said
    assert json.loads(run("show", "DKL-2026-0001", "--json", *config))["number"] == "DKL-2026-0001"
    assert "tidak ada" in fault("show", "DKL-2026-9999", *config)


def test_an_oral_report_becomes_an_incident(place: Town) -> None:
    uraian = "Internet kantor mati sejak pukul 08.00"
    number = run("report", "telepon", "--opd", "Dinkes", "--uraian", uraian, "--config", place.settings_file)
    assert number.strip() == "DKL-2026-0001"
    incident = place.incident()
    assert (incident.channel, incident.report.opd, incident.report.layanan) == (
        "telepon",
        "Dinas Kesehatan",
        ("jaringan",),
    )
    assert "harus diisi" in fault("report", "wag", "--opd", "Dinkes", "--uraian", " ", "--config", place.settings_file)


def test_verify_finds_a_changed_mail(place: Town) -> None:
    place.to_stage("analisis")
    assert "utuh" in run("verify", "--config", place.settings_file)
    next(place.office.archive.folder.rglob("*.eml")).write_bytes(b"palsu")
    assert "telah berubah di luar Siaga" in run("verify", "--config", place.settings_file, code=1)


def test_verify_names_a_mail_that_is_missing_from_the_outbox(place: Town) -> None:
    place.to_stage("disposisi")
    with place.office.database.writing() as tx:
        tx.execute(outbox.delete().where(outbox.c.key == "DKL-2026-0001/4/disposisi-1/kabid"))
    said = run("verify", "--config", place.settings_file, code=1)
    assert "surat keluar DKL-2026-0001/4/disposisi-1/kabid hilang" in said


def test_the_register_can_be_deleted_and_redrawn(place: Town) -> None:
    place.to_stage("analisis")
    workbook = place.office.register_folder / "register-2026.xlsx"
    workbook.unlink()
    assert str(workbook) in run("register", "--config", place.settings_file)
    assert workbook.exists()


def test_one_bad_mail_is_one_line_and_not_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(
        b"Subject: Internet mati\r\nFrom: a@contoh.example\r\n\r\nInternet mati sejak tadi pagi"
    )
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.eml").write_bytes(b"\xff" * 100)
    out = tmp_path / "out.jsonl"
    run("read", "letters", tmp_path, "--out", out)
    assert [json.loads(line)["case"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "b/c"]
