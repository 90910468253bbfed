"""The second knock, at a real HTTP server: what it says, whom it is for, and what it never delays or tells."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from office.knock_settings import KnockAddress
from office.knocker import AppriseKnocker, is_understood, tell
from office.settings import SettingsError, read_settings
from siaga.checkup import checkup
from siaga.knock_checkup import knock_findings
from sop.people import Person
from tests import cast
from tests.doubles import HOST
from tests.office.test_settings_and_people import settings_file
from tests.town import Town, until

SECRET = "kunci-rahasia"
WORDS = "Ada surel yang menunggu jawaban Saudara. Mohon kotak surat dibuka."


class Service(ThreadingHTTPServer):
    """Takes what apprise sends as JSON, and says so (`well`) or not; while `goes_on` is clear it says nothing."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), Taker)
        self.taken, self.well, self.goes_on = list[tuple[str, dict[str, object]]](), True, threading.Event()
        self.goes_on.set()

    def address(self, place: int = 1, *names: str) -> KnockAddress:
        return KnockAddress(place, "json", names, f"json://{HOST}:{self.server_port}/{SECRET}/{place}")


class Taker(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.path.rstrip("/"), said))
        self.server.goes_on.wait(20)
        self.send_response(200 if self.server.well else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  so the library calls it
        """Says nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.goes_on.set()
    server.shutdown()
    server.server_close()


def person(name: str, role: str) -> Person:
    return Person(name, role, "Nama", "Jabatan", (f"{name}@contoh.example",))


def test_an_address_is_for_everybody_or_for_those_it_names(service: Service) -> None:
    addresses = [service.address(1), service.address(2, "kabid", "kadis"), service.address(3, "plh_kabid")]
    knocker = AppriseKnocker(addresses)
    knocker.knock([person("plh_kabid", "kabid"), person("kabid", "kabid")], WORDS)
    knocker.close()
    assert sorted(path[-1] for path, _ in service.taken) == ["1", "2", "3"], "each once, however many people"
    service.taken.clear()
    knocker.knock([person("helpdesk", "helpdesk")], WORDS)
    knocker.knock([], WORDS)
    knocker.close()
    assert [path[-1] for path, _ in service.taken] == ["1"]
    assert service.taken[0][1]["message"] == WORDS


def test_what_goes_wrong_is_told_once_without_the_address_and_again_after_it_went_well(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    knocker, who = AppriseKnocker([service.address(4)]), [person("kabid", "kabid")]
    for well in (False, False, True, False):
        service.well = well
        knocker.knock(who, WORDS)
        knocker.close()
    told = [record.getMessage() for record in caplog.records if record.name == "office.knocker"]
    assert [("tidak dapat dihubungi" in one, "dihubungi lagi" in one) for one in told] == [
        (True, False),
        (False, True),
        (True, False),
    ]
    assert all("alamat ketuk ke-4 (json)" in one for one in told)
    assert SECRET not in caplog.text, "at no level"
    assert SECRET not in repr(service.address(4)) + str(service.address(4))


def test_a_service_that_hangs_delays_neither_the_caller_nor_grows(service: Service) -> None:
    service.goes_on.clear()
    knocker = AppriseKnocker([service.address(number) for number in range(1, 30)])
    before, began = threading.active_count(), time.monotonic()
    for _ in range(5):
        knocker.knock([person("kabid", "kabid")], WORDS)
    assert time.monotonic() - began < 3
    assert threading.active_count() - before <= 3 * 16, "ours, and those of the server in this process"
    service.goes_on.set()
    knocker.close()


def test_what_is_no_service_is_not_understood_and_nobody_at_the_address_is_a_no(service: Service) -> None:
    assert is_understood(service.address()) and tell(service.address(), WORDS)
    assert not is_understood(KnockAddress(1, "entah", (), "entah://x"))
    assert not is_understood(KnockAddress(1, "tgram", (), "tgram://"))
    assert not tell(KnockAddress(1, "json", (), f"json://{HOST}:1/x"), WORDS)


def test_addresses_stand_in_the_settings_or_in_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = '"ntfys://ntfy.contoh.example/siaga", "kabid,plh_kabid=json://x.example/a=b"'
    in_file = settings_file(tmp_path, ("[prefect]\n", f"[ketuk]\nalamat = [{listed}]\n[prefect]\n"))
    [everybody, some] = read_settings(in_file).knocks
    assert (everybody.names, everybody.service) == ((), "ntfys")
    assert (some.names, some.url) == (("kabid", "plh_kabid"), "json://x.example/a=b")
    monkeypatch.setenv("KETUK", "ntfys://a.example/b kadis=ntfys://c.example/d")
    by_variable = settings_file(tmp_path, ("[prefect]\n", '[ketuk]\nalamat_env = "KETUK"\n[prefect]\n'))
    assert [one.names for one in read_settings(by_variable).knocks] == [(), ("kadis",)]


def test_what_is_no_address_is_told_by_its_place_only(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        read_settings(settings_file(tmp_path, ("[prefect]\n", f'[ketuk]\nalamat = ["{SECRET}"]\n[prefect]\n')))
    assert "alamat ke-1 harus berbentuk" in str(told.value) and SECRET not in str(told.value)


def with_knocks(place: Town, *addresses: str) -> None:
    """The office opens anew with these."""
    text = place.settings_file.read_text(encoding="utf-8")
    listed = ", ".join(f'"{address}"' for address in addresses)
    place.settings_file.write_text(f"{text}[ketuk]\nalamat = [{listed}]\n", encoding="utf-8")
    place.restart()


def knocked(place: Town, service: Service) -> int:
    """How often, once whatever was begun has been done."""
    place.office.knocker.close()
    return len(service.taken)


def test_a_deciding_request_that_is_overdue_knocks_once_a_rung_and_says_nothing(place: Town, service: Service) -> None:
    place.to_stage("disposisi")
    with_knocks(place, service.address().url)
    place.work(2)
    assert place.last(cast.KABID, "Pengingat") and not knocked(place, service), "a reminder in time is no knock"
    place.work(1.5)
    assert knocked(place, service) == 1
    said = json.dumps(service.taken[0][1])
    assert "surel yang menunggu" in said
    assert not any(word in said for word in ("DKL", "Dinas Kesehatan", "mailto", "DISPOSISI", "@", "http"))
    for _ in range(3):
        place.restart()
        place.work(0.1)
    assert knocked(place, service) == 1, "a restart says nothing twice"
    place.work(3)
    assert knocked(place, service) == 2, "the next rung"
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(2)
    assert knocked(place, service) == 2, "whoever has answered is left alone"


def test_what_the_machine_passes_on_by_itself_knocks_nobody(place: Town, service: Service) -> None:
    place.to_stage("penerusan_analisis")
    with_knocks(place, service.address().url)
    for _ in range(5):
        place.work(1)
    assert not knocked(place, service)


def test_two_incidents_that_wait_for_one_person_are_one_knock(place: Town, service: Service) -> None:
    with_knocks(place, f"helpdesk={service.address().url}")
    place.letter()
    place.write(
        cast.DISDIK, "Server mati", "Server rapor Dinas Pendidikan mati total sejak pagi, mohon bantuan segera."
    )
    place.work()
    assert len(place.numbers()) == 2
    place.work(3.5)
    assert knocked(place, service) == 1


def test_a_service_that_hangs_delays_no_mail(place: Town, service: Service) -> None:
    place.to_stage("disposisi")
    with_knocks(place, service.address().url)
    service.goes_on.clear()
    began = time.monotonic()
    place.work(3.5)
    assert time.monotonic() - began < 15
    assert [mail for mail in place.inbox(cast.SEKRETARIS) if "Mohon disposisi" in mail.subject]
    until(lambda: bool(service.taken), "the knock")


def test_the_doctor_says_what_an_address_lacks_and_knocks_where_that_is_wanted(place: Town, service: Service) -> None:
    with_knocks(
        place, f"kabid={service.address().url}", f"kabit={service.address(2).url}", "entah://x", f"json://{HOST}:1/"
    )
    settings, directory = place.office.settings, place.office.directory()
    looked = list(knock_findings(settings, directory, WORDS, try_them=False))
    assert [finding.ok for finding in looked] == [True, False, False, True] and not service.taken
    assert "kabit bukan kode pejabat" in looked[1].say and "tidak dikenal" in looked[2].say
    tried = list(knock_findings(settings, directory, WORDS, try_them=True))
    assert [finding.ok for finding in tried] == [True, False, False, False] and len(service.taken) == 1
    assert SECRET not in "".join(finding.say for finding in tried)


def test_a_trial_says_that_nothing_waits(place: Town, service: Service) -> None:
    with_knocks(place, service.address().url)
    assert [finding.ok for finding in checkup(place.settings_file, knock=True) if finding.what == "ketuk"] == [True]
    said = json.dumps(service.taken[0][1])
    assert "percobaan" in said and "tidak ada yang perlu dilakukan" in said and "menunggu jawaban" not in said
