"""`siaga doctor` on Prefect: whether the API is guarded, by whom, and what to do where it is not."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from flows.prefect_server import PrefectServer, free_port
from office.settings import Settings
from siaga.finding import Finding
from siaga.prefect_checkup import prefect_findings
from tests.servers.foreign_web_server import stranger
from tests.town import Town, until


def found(settings: Settings) -> list[Finding]:
    return list(prefect_findings(settings))


@pytest.fixture
def settings(place: Town, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    return replace(place.office.settings, prefect_port=free_port())


def test_a_server_elsewhere_is_well_only_behind_a_login_that_we_have(
    settings: Settings, prefect: PrefectServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = replace(settings, prefect_url=prefect.api)
    [refused] = found(there)
    assert not refused.ok and "menolak login" in refused.say
    [wrong] = found(replace(there, prefect_login="admin:salah"))
    assert not wrong.ok and "salah" not in wrong.say
    [good] = found(replace(there, prefect_login=prefect.login))
    assert good.ok and "hanya dengan login" in good.say and prefect.login not in good.say
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", prefect.login)
    assert found(there)[0].ok, "the environment may say it too"


def test_a_server_elsewhere_that_lets_anybody_in_is_told(settings: Settings) -> None:
    with stranger() as other:
        [open_] = found(replace(settings, prefect_url=other.api))
    assert not open_.ok and open_.needed and "terbuka tanpa login" in open_.say
    [away] = found(replace(settings, prefect_url=other.api))
    assert not away.ok and not away.needed and "tidak menjawab" in away.say


def test_a_login_that_goes_over_the_net_in_the_clear_is_advised_against(settings: Settings) -> None:
    findings = found(replace(settings, prefect_url="http://prefect.contoh.example:1/api"))
    assert any("https" in finding.say and not finding.needed for finding in findings)


def test_our_own_server_is_told_from_a_stranger_at_its_port(settings: Settings, prefect: PrefectServer) -> None:
    assert "dijalankan sendiri" in found(settings)[0].say
    with stranger() as other:
        [taken] = found(replace(settings, prefect_port=other.port))
        assert not taken.ok and "sudah dipakai" in taken.say and not other.told
    home = settings.data / "prefect"
    home.symlink_to(prefect.home)
    [ours] = found(replace(settings, prefect_port=prefect.port))
    assert ours.ok and "sedang berjalan" in ours.say and "hanya dengan login" in ours.say


def test_a_server_of_a_desk_from_before_logins_is_told(settings: Settings) -> None:
    home = settings.data / "prefect"
    home.mkdir(parents=True)
    with (
        stranger() as other,
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "prefect server"]) as old,
    ):
        (home / "server.pid").write_text(f"{old.pid} {other.port}")
        until(PrefectServer(home, other.port).runs, "the process shows its command line")
        [open_] = found(replace(settings, prefect_port=other.port))
        old.kill()
    assert not open_.ok and "terbuka tanpa login" in open_.say
