"""Wrong settings get one clear line each; the directory follows its file."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from office.last_good import LastGood
from office.offices_file import DEFAULT, read_offices
from office.people import LAST_GOOD, PeopleError, PeopleFile, read_people, stamp_of
from office.settings import Server, SettingsError, read_settings
from sop.load import load_procedure
from tests.cast import PEOPLE

DEFAULTS = DEFAULT.parent
KOP = 'kop = ["PEMERINTAH PROVINSI SUMATERA BARAT", "DINAS KOMUNIKASI, INFORMATIKA DAN STATISTIK"]'
ROLES = dict(load_procedure().roles)
START = datetime(2026, 11, 23, 3, 4, tzinfo=UTC).timestamp()


def settings_file(folder: Path, *changes: tuple[str, str]) -> Path:
    text = (DEFAULTS / "siaga.toml").read_text(encoding="utf-8").replace('sandi_env = "SIAGA_SANDI"', 'sandi = "x"')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "siaga.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_settings_are_complete(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path))
    assert (settings.watched[0].server.port, settings.smtp.port) == (993, 587)
    assert settings.journal_url == f"sqlite:///{tmp_path / 'data' / 'jurnal.db'}"
    assert settings.archive_address == settings.address


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ('"2026-11-26 08.30"', 1, 30),
        ('"2026-11-26 8:30"', 1, 30),
        ('"2026-11-26T08:30:00"', 1, 30),
        ("2026-11-26T08:30:00", 1, 30),
        ('"2026-11-26"', -7, 0),
        ("2026-11-26", -7, 0),
    ],
)
def test_the_beginning_is_a_day_and_time_of_the_office(tmp_path: Path, written: str, hour: int, minute: int) -> None:
    settings = read_settings(settings_file(tmp_path, ('# mulai = "2026-11-26 08.00"', f"mulai = {written}")))
    expected = datetime(2026, 11, 26, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)
    assert settings.watched[0].begins == expected


def test_another_mailbox_begins_by_its_own_setting_only(tmp_path: Path) -> None:
    more = 'port = 4200\n[[kotak_surat_lain]]\nfolder = "Junk"\n[[kotak_surat_lain]]\nfolder = "Lama"\nmulai = "2026-12-01"\n'
    path = settings_file(tmp_path, ('# mulai = "2026-11-26 08.00"', 'mulai = "2026-11-26"'), ("port = 4200", more))
    official, junk, old = (watched.begins for watched in read_settings(path).watched)
    assert official is not None and junk is None and old == official + timedelta(days=5)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('keamanan = "tls" ', 'keamanan = "ssl" '), "[kotak_surat] keamanan: harus salah satu dari"),
        (('alamat = "darurat@contoh.example"', 'alamat = "darurat"'), "[kotak_surat] alamat: harus alamat surel"),
        (('server = "mail.contoh.example"', 'server = ""'), "[kotak_surat] server: harus diisi"),
        (("port = 4200", "port = 70000"), "[prefect] port: harus bilangan"),
        ((KOP, 'kop = "DINAS KOMINFO"'), "[kantor] kop: harus daftar teks"),
        ((KOP, "kop = 3"), "[kantor] kop: harus daftar teks"),
        (('jenis = "imap"', 'jenis = "pop3"'), "[kotak_surat] jenis: harus salah satu dari: imap, exchange"),
        (('jenis = "imap"', 'jenis = "exchange"'), "[kotak_surat] ews: harus diisi"),
        (('jenis = "imap"', 'jenis = "maildir"'), "[kotak_surat] maildir: harus diisi"),
        (
            ('jenis = "imap"', 'jenis = "exchange"\news = "https://outlook.office365.com/EWS/Exchange.asmx"'),
            "[kotak_surat] ews: Exchange Online menutup EWS",
        ),
        (("# periksa_dkim = false", 'periksa_dkim = "true"'), "[kotak_surat] periksa_dkim: harus true atau false"),
        (
            ("# arc_tepercaya", "arc_tepercaya"),
            "[kotak_surat] arc_tepercaya: hanya berlaku bersama periksa_dkim = true",
        ),
        (
            ("# periksa_dkim = false", 'arc_tepercaya = "google.com"'),
            "[kotak_surat] arc_tepercaya: harus daftar domain berhuruf kecil",
        ),
        (
            ("# periksa_dkim = false", 'arc_tepercaya = ["@Google.com"]'),
            "[kotak_surat] arc_tepercaya: harus daftar domain berhuruf kecil",
        ),
        (('# mulai = "2026-11-26 08.00"', 'mulai = "kemarin"'), "[kotak_surat] mulai: harus hari dan jam WIB"),
        (('# mulai = "2026-11-26 08.00"', 'mulai = "2026-13-01"'), "[kotak_surat] mulai: harus hari dan jam WIB"),
        (('sandi = "x"', 'sandi_env = "TIDAK_ADA_INI"'), "variabel lingkungan TIDAK_ADA_INI belum diisi"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        read_settings(settings_file(tmp_path, change))
    assert any(said in problem for problem in wrong.value.problems), wrong.value.problems


def test_signatures_are_checked_only_where_that_is_wanted(tmp_path: Path) -> None:
    assert read_settings(settings_file(tmp_path)).sealers is None
    changes = (("# periksa_dkim = false", "periksa_dkim = true"), ("# arc_tepercaya", "arc_tepercaya"))
    assert read_settings(settings_file(tmp_path, *changes)).sealers == {"google.com"}


OAUTH = """[oauth2]
alur = "klien"
alamat_token = "https://login.contoh.example/token"
id_klien = "siaga"
rahasia = "rahasia-klien"
cakupan = ["https://surat.contoh.example/.default"]
"""
BY_TOKEN = (('sandi = "x"', 'otentikasi = "oauth2"'), ("[berkas]", f"{OAUTH}[berkas]"))


def test_mailbox_and_sending_share_one_table_for_tokens(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path, *BY_TOKEN))
    assert settings.watched[0].server.by_token and settings.smtp.by_token and settings.oauth is not None
    assert settings.oauth.scopes == ("https://surat.contoh.example/.default",)
    assert "rahasia-klien" not in repr(settings)
    assert read_settings(settings_file(tmp_path)).oauth is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[oauth2]", "[lain]", "[oauth2] alamat_token: harus diisi"),
        ('alur = "klien"', 'alur = "sandi"', "[oauth2] alur: harus salah satu dari: klien, penyegar"),
        ('alur = "klien"', 'alur = "penyegar"', "[oauth2] token_penyegar: harus diisi, atau sebutkan variabel"),
        (
            'alur = "klien"',
            'alur = "klien"\nrahasia_env = "TIDAK_ADA_INI"',
            "[oauth2] rahasia_env: variabel lingkungan",
        ),
        ('rahasia = "rahasia-klien"', "", "[oauth2] rahasia: harus diisi"),
        ('id_klien = "siaga"', "", "[oauth2] id_klien: harus diisi"),
        ("https://login", "http://login", "[oauth2] alamat_token: harus https"),
        ("https://login", "login", "[oauth2] alamat_token: harus alamat lengkap"),
        ("https://login", "https://[login", "[oauth2] alamat_token: harus alamat lengkap"),
        ("https://login", "https://aku:sandi@login", "[oauth2] alamat_token: jangan memuat"),
        ('cakupan = ["https://surat.contoh.example/.default"]', "", "[oauth2] cakupan: harus diisi"),
        ('cakupan = ["https://surat.contoh.example/.default"]', "cakupan = 5", "[oauth2] cakupan: harus teks"),
        ('keamanan = "tls"   ', 'keamanan = "tanpa"   ', "[kotak_surat] keamanan: harus tls atau starttls"),
        ('nama = "darurat@contoh.example"', 'nama = ""', "[pengiriman] nama: harus diisi"),
    ],
)
def test_a_wrong_setting_about_tokens_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        read_settings(settings_file(tmp_path, *BY_TOKEN, (old, new)))
    assert any(said in problem for problem in wrong.value.problems), wrong.value.problems
    assert len(wrong.value.problems) == len(set(wrong.value.problems))
    assert not any("rahasia-klien" in problem for problem in wrong.value.problems)


def test_a_token_server_on_this_machine_needs_no_tls_and_scopes_may_be_one_text(tmp_path: Path) -> None:
    changes = (
        ("https://login.contoh.example", "http://127.0.0.1:8080"),
        ('["https://surat.contoh.example/.default"]', '"satu dua"'),
    )
    settings = read_settings(settings_file(tmp_path, *BY_TOKEN, *changes))
    assert settings.oauth is not None and settings.oauth.scopes == ("satu", "dua")


def others(folder: Path, *sections: str) -> list[Server]:
    """The servers of the further mailboxes."""
    text = "".join(f"[[kotak_surat_lain]]\n{section}\n" for section in sections)
    watched = read_settings(settings_file(folder, *BY_TOKEN, ("[pengiriman]", f"{text}[pengiriman]"))).watched
    return [one.server for one in watched[1:]]


def test_a_further_mailbox_of_the_same_kind_takes_over_what_it_leaves_out(tmp_path: Path) -> None:
    [same, another] = others(tmp_path, 'folder = "Junk"', 'nama = "arsip@contoh.example"')
    assert same.by_token and same.user == "darurat@contoh.example" and same.host == "mail.contoh.example"
    assert another.by_token and another.user == "arsip@contoh.example"


def test_a_further_mailbox_with_a_password_of_its_own_uses_that(tmp_path: Path) -> None:
    [own] = others(tmp_path, 'nama = "arsip@contoh.example"\nsandi = "kunci"')
    assert not own.by_token and own.password == "kunci" and own.host == "mail.contoh.example"
    change = (
        ('sandi = "x"', 'sandi_env = "HOME"'),
        ("[pengiriman]", '[[kotak_surat_lain]]\nsandi = "lain"\nfolder = "A"\n[pengiriman]'),
    )
    assert read_settings(settings_file(tmp_path, *change)).watched[1].server.password == "lain"


def test_a_further_mailbox_of_another_kind_takes_over_nothing(tmp_path: Path) -> None:
    ews = 'ews = "https://mail.contoh.example/EWS/Exchange.asmx"\nnama = "arsip"\nsandi = "kunci"'
    [maildir, exchange] = others(tmp_path, 'maildir = "Maildir"', ews)
    assert maildir.maildir == tmp_path / "Maildir" and not maildir.user
    assert exchange.endpoint and exchange.authentication == "ntlm" and exchange.mailbox == "arsip"
    with pytest.raises(SettingsError, match=r"\[kotak_surat_lain\] nama: harus diisi"):
        others(tmp_path, 'ews = "https://mail.contoh.example/EWS/Exchange.asmx"')
    first = (
        ('jenis = "imap"', 'jenis = "maildir"\nmaildir = "Utama"'),
        ("[pengiriman]", '[[kotak_surat_lain]]\nserver = "imap.contoh.example"\n[pengiriman]'),
    )
    assert read_settings(settings_file(tmp_path, *first)).watched[1].server.host == "imap.contoh.example"


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="siaga init"):
        read_settings(tmp_path / "siaga.toml")


def test_a_password_is_never_printed(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path, ('sandi = "x"', 'sandi = "rahasia-sekali"')))
    assert settings.watched[0].server.password == "rahasia-sekali" and "rahasia-sekali" not in repr(settings)


def test_the_shipped_directory_fits_the_sop() -> None:
    directory = read_people(DEFAULTS / "pejabat.yaml", ROLES)
    assert {person.role for person in directory.people} == set(ROLES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("peran: kadis", "peran: gubernur", "peran `gubernur` tidak ada di prosedur"),
        ("peran: kadis", "peran: kadis", ""),
        ("kode: koordinator", "kode: helpdesk", "pejabat.yaml:3: pejabat 2: kode `helpdesk` dipakai dua kali"),
        ("surel: kadis@contoh.example", "surel: kadis", "`surel` harus"),
        ("mulai: 2020-01-01", "mulai: kemarin", "`mulai` harus tanggal"),
        ("sampai: 2099-12-31", "sampai: 2019-12-31", "lebih awal"),
        ("sebutan: Plh", "sebutan: Wkl", "`sebutan` harus Plh atau Plt"),
        ("surat_perintah: 800/118/SP/2026", "surat: 1", "`surat_perintah` harus diisi"),
        (
            "wakil:",
            "kepercayaan: {kadis: percaya}\nwakil:",
            "pejabat.yaml:9: kepercayaan: `kadis` harus strict atau warn",
        ),
        ("wakil:", "kepercayaan: {gubernur: warn}\nwakil:", "kunci `gubernur` tidak dikenal"),
        ("wakil:", "jam_tenang: {kadis: malam}\nwakil:", "`kadis` harus seperti 21.00-05.00"),
        (
            "wakil:",
            'piket: [{peran: kadis, petugas: kabid, mulai: "2026-11-23 16.00", sampai: "2026-11-24 07.30"}]\nwakil:',
            "`kabid` bukan pejabat dengan peran `kadis`",
        ),
        (
            "wakil:",
            "piket: [{peran: kadis, petugas: kadis, mulai: besok, sampai: lusa}]\nwakil:",
            "`mulai` harus seperti",
        ),
        ("kode: koordinator,", "kode: koordinator, ajudan: bukan alamat,", "`ajudan` harus"),
        (
            "kode: koordinator,",
            "kode: koordinator, ajudan: kadis@contoh.example,",
            "pejabat.yaml:3: pejabat 2: ajudan kadis@contoh.example dari `koordinator` adalah alamat pejabat",
        ),
    ],
)
def test_a_mistake_in_the_directory_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "pejabat.yaml"
    assert old in PEOPLE
    path.write_text(PEOPLE.replace(old, new), encoding="utf-8")
    if not said:
        read_people(path, ROLES)
        return
    with pytest.raises(PeopleError) as wrong:
        read_people(path, ROLES)
    assert any(said in problem for problem in wrong.value.problems), wrong.value.problems
    assert all(problem.startswith("pejabat.yaml:") for problem in wrong.value.problems)


def test_a_missing_role_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pejabat.yaml"
    path.write_text("\n".join(line for line in PEOPLE.split("\n") if "peran: kadis" not in line), encoding="utf-8")
    with pytest.raises(PeopleError, match=r"peran `kadis` \(Kepala Dinas\) belum ada pejabatnya"):
        read_people(path, ROLES)


def opened(path: Path, roles: Mapping[str, str] = ROLES) -> PeopleFile:
    """As by a new process, which has its copy beside the file."""
    return PeopleFile(path, roles, stamp_of, LastGood(path.parent / LAST_GOOD))


def test_a_change_takes_effect_without_a_restart_and_a_broken_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "pejabat.yaml"
    path.write_text(PEOPLE, encoding="utf-8")
    people = opened(path)
    path.write_text(PEOPLE.replace("Dedi Kurniadi", "Silvia Andriani"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert people().holders("helpdesk")[0].name.startswith("Silvia")
    path.write_text("pejabat: rusak", encoding="utf-8")
    os.utime(path, ns=(2, 2))
    assert people().holders("helpdesk")[0].name.startswith("Silvia")


@pytest.mark.parametrize("broken", ["pejabat: [", "pejabat: rusak", "", "gone", "no text"])
def test_opened_while_the_file_is_broken_the_last_good_version_stays_in_force_and_the_mended_one_follows(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    path = tmp_path / "pejabat.yaml"
    path.write_text(PEOPLE, encoding="utf-8")
    people = opened(path)
    path.write_text(PEOPLE.replace("Dedi Kurniadi", "Silvia Andriani"), encoding="utf-8")
    assert people().holders("helpdesk")[0].name.startswith("Silvia")
    os.utime(tmp_path / LAST_GOOD, (START, START))
    if broken == "gone":
        path.unlink()
    else:
        path.write_bytes(b"\xff" if broken == "no text" else broken.encode())
    for _ in range(2):  # and once more: what was opened with the copy has not lost it
        caplog.clear()
        people = opened(path)
        assert people().holders("helpdesk")[0].name.startswith("Silvia")
        [told] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
        assert "\n" not in told and str(path) in told and "siaga doctor" in told
        assert "versi baik terakhir, yang dibaca Senin, 23 November 2026 pukul 10.04 WIB" in told
    path.write_text(PEOPLE, encoding="utf-8")
    assert people().holders("helpdesk")[0].name.startswith("Dedi")
    path.write_text("pejabat: [", encoding="utf-8")
    assert opened(path)().holders("helpdesk")[0].name.startswith("Dedi")


def test_the_line_at_the_start_names_every_problem_of_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "pejabat.yaml"
    path.write_text(PEOPLE, encoding="utf-8")
    opened(path)
    path.write_text(PEOPLE.replace("peran: kadis", "peran: gubernur"), encoding="utf-8")
    opened(path)
    [told] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "peran `gubernur` tidak ada di prosedur" in told and "peran `kadis` (Kepala Dinas) belum ada" in told


def test_without_a_last_good_version_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pejabat.yaml"
    with pytest.raises(PeopleError, match="siaga init"):
        opened(path)
    path.write_text("pejabat: rusak", encoding="utf-8")
    with pytest.raises(PeopleError) as wrong:
        opened(path)
    assert all(problem.startswith("pejabat.yaml:") for problem in wrong.value.problems)
    assert not (tmp_path / LAST_GOOD).exists()


@pytest.mark.parametrize(
    ("roles", "copy", "said"),
    [
        ({**ROLES, "sekda": "Sekretaris Daerah"}, PEOPLE, "peran `sekda` (Sekretaris Daerah) belum ada pejabatnya"),
        ({role: label for role, label in ROLES.items() if role != "kadis"}, PEOPLE, "peran `kadis` tidak ada"),
        (ROLES, PEOPLE[:100], "bukan YAML yang sah"),
    ],
)
def test_a_last_good_version_that_does_not_fit_any_more_is_refused_with_both_reasons(
    tmp_path: Path, roles: Mapping[str, str], copy: str, said: str
) -> None:
    path = tmp_path / "pejabat.yaml"
    (tmp_path / LAST_GOOD).write_text(copy, encoding="utf-8")
    path.write_text("pejabat: rusak", encoding="utf-8")
    with pytest.raises(PeopleError) as wrong:
        opened(path, roles)
    old = [problem for problem in wrong.value.problems if not problem.startswith("pejabat.yaml:1:")]
    assert len(old) < len(wrong.value.problems)
    assert all(problem.startswith(f"versi baik terakhir juga tidak dapat dipakai: {LAST_GOOD}:") for problem in old)
    assert any(said in problem for problem in old)
    assert (tmp_path / LAST_GOOD).read_text(encoding="utf-8") == copy


def test_the_last_good_version_is_private_and_written_only_when_it_differs(tmp_path: Path) -> None:
    path, copy = tmp_path / "pejabat.yaml", tmp_path / LAST_GOOD
    path.write_text(PEOPLE, encoding="utf-8")
    before = os.umask(0)
    try:
        people = opened(path)
    finally:
        os.umask(before)
    assert copy.stat().st_mode & 0o777 == 0o600 and copy.read_text(encoding="utf-8") == PEOPLE
    os.utime(copy, (START, START))
    path.write_text(PEOPLE, encoding="utf-8")
    people()
    opened(path)
    assert copy.stat().st_mtime == START, "what stands there already was written again"
    path.write_text("pejabat: rusak", encoding="utf-8")
    people()
    assert copy.read_text(encoding="utf-8") == PEOPLE
    copy.write_bytes(b"\xff")
    path.write_text(PEOPLE, encoding="utf-8")
    opened(path)
    assert copy.read_text(encoding="utf-8") == PEOPLE, "a damaged copy was left as it was"


def test_a_disk_that_keeps_no_last_good_version_stops_nobody_is_told_once_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, copy = tmp_path / "pejabat.yaml", tmp_path / "data" / LAST_GOOD
    path.write_text(PEOPLE, encoding="utf-8")
    people = PeopleFile(path, ROLES, stamp_of, LastGood(copy))
    assert people() == people() == read_people(path, ROLES)
    [told] = caplog.messages
    assert told.startswith(f"{copy} tidak dapat disimpan")
    copy.parent.mkdir()
    people()
    assert copy.read_text(encoding="utf-8") == PEOPLE and len(caplog.messages) == 1


def test_a_file_that_was_only_given_other_rights_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "pejabat.yaml"
    path.write_text(PEOPLE, encoding="utf-8")
    path.chmod(0)
    before = stamp_of(path)
    time.sleep(0.05)  # the disk's clock has its own grain
    path.chmod(0o600)
    assert stamp_of(path) != before


def test_offices_are_found_by_name_alias_and_address() -> None:
    offices = read_offices(DEFAULT, own="Dinas Komunikasi, Informatika dan Statistik")
    assert offices.in_text("kami dari Dinkes") == "Dinas Kesehatan"
    assert offices.by_address("program@bappeda.sumbarprov.example") == "Badan Perencanaan Pembangunan Daerah"
    assert offices.in_text("Disnaker") != offices.in_text("Disnak")
    assert offices.own == "Dinas Komunikasi, Informatika dan Statistik"


@pytest.mark.parametrize(
    ("prefect", "complaint"),
    [
        ('url = "http://admin:siaga@prefect.contoh.example/api"', "sandi_env"),
        ('nama = "admin:x"\nsandi = "y"', "titik dua"),
        ('sandi_env = "SANDI_YANG_TIDAK_ADA"', "belum diisi"),
    ],
)
def test_a_prefect_login_that_cannot_be_used_is_told(tmp_path: Path, prefect: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        read_settings(settings_file(tmp_path, ("[prefect]\n", f"[prefect]\n{prefect}\n")))


def test_the_login_of_a_prefect_server_elsewhere_comes_from_the_environment_and_is_not_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANDI_PREFECT_UJI", "rahasia: sekali")
    settings = read_settings(settings_file(tmp_path, ("[prefect]\n", '[prefect]\nsandi_env = "SANDI_PREFECT_UJI"\n')))
    assert settings.prefect_login == "admin:rahasia: sekali" and "rahasia" not in repr(settings)
