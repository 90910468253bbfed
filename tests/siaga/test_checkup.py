"""`siaga doctor` on a first set-up of each kind: each thing that is wrong is told once, and with the way out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.build import build_office
from office.settings import read_settings
from outbox.exchange import ExchangeSender
from siaga.checkup import checkup
from siaga.finding import Finding
from siaga.mail_checkup import passwords_for_a_cloud
from tests import cast
from tests.doubles import ExchangeHouse
from tests.office.test_settings_and_people import BY_TOKEN, settings_file
from tests.servers import HOST, free_port
from tests.servers.cloud import READER, USER, Cloud
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.token_house import Answer, TokenHouse, refusal
from tests.town import Town


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenHouse]:
    with TokenHouse(rotates=True) as started:
        yield started


@pytest.fixture(scope="module")
def cloud(tokens: TokenHouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    with Dovecot([USER, READER], introspection_url=tokens.introspection_url) as dovecot, Postfix(dovecot) as postfix:
        folder = tmp_path_factory.mktemp("awan")
        (folder / "pejabat.yaml").write_text(cast.PEOPLE, encoding="utf-8")
        built = Cloud(tokens, dovecot, postfix, folder)
        yield built
        built.close()


def said(config: Path, what: str) -> list[Finding]:
    return [finding for finding in checkup(config) if finding.what == what]


def test_in_a_cloud_the_token_comes_first_and_then_each_login(cloud: Cloud) -> None:
    found = [
        finding for finding in checkup(cloud.settings_file) if finding.what in ("oauth2", "kotak surat", "pengiriman")
    ]
    assert [(finding.what, finding.ok) for finding in found] == [
        ("oauth2", True),
        ("kotak surat", True),
        ("pengiriman", True),
    ]
    assert "memberi token" in found[0].say


def test_a_token_that_is_kept_hides_no_permission_that_was_taken_back(cloud: Cloud) -> None:
    checkup(cloud.settings_file)
    cloud.tokens.faults = [refusal(400, "invalid_grant")] * 2
    found = {finding.what: finding for finding in checkup(cloud.settings_file)}
    assert not found["oauth2"].ok and "izin OAuth2 dicabut" in found["oauth2"].say
    for what in ("kotak surat", "pengiriman"):
        assert not found[what].ok and found[what].say == "belum diperiksa: token belum diperoleh, lihat oauth2 di atas"
    cloud.tokens.faults.clear()


def test_a_token_server_that_is_away_is_told_as_that(cloud: Cloud) -> None:
    cloud.tokens.faults = [Answer(503)]
    [found] = said(cloud.settings_file, "oauth2")
    assert not found.ok and "sedang sibuk (503)" in found.say


def test_a_login_that_is_refused_is_no_fault_of_the_token_server(cloud: Cloud, tmp_path: Path) -> None:
    text = cloud.settings_file.read_text(encoding="utf-8").replace(f'nama = "{USER}"', f'nama = "{READER}"')
    (tmp_path / "siaga.toml").write_text(text, encoding="utf-8")
    (tmp_path / "pejabat.yaml").write_text(cast.PEOPLE, encoding="utf-8")
    cloud.tokens.refresh[cloud.settings.oauth.refresh_token if cloud.settings.oauth else ""] = USER
    found = {finding.what: finding for finding in checkup(tmp_path / "siaga.toml")}
    assert found["oauth2"].ok
    assert "menolak token OAuth2" in found["kotak surat"].say and "izin SMTP aplikasi" in found["pengiriman"].say


@pytest.mark.parametrize("host", ["outlook.office365.com", "smtp.office365.com", "IMAP.gmail.com"])
def test_a_password_for_a_cloud_is_advised_against(tmp_path: Path, host: str) -> None:
    change = ('server = "mail.contoh.example"', f'server = "{host}"')
    mailbox, sending = passwords_for_a_cloud(read_settings(settings_file(tmp_path, change)))
    assert (mailbox.what, sending.what) == ("kotak surat", "pengiriman")
    assert not mailbox.needed and host.lower() in mailbox.say and 'otentikasi = "oauth2"' in mailbox.say
    assert not list(passwords_for_a_cloud(read_settings(settings_file(tmp_path, *BY_TOKEN, change))))


def test_no_other_server_is_advised_against(tmp_path: Path) -> None:
    for host in ("mail.contoh.example", "notgmail.com.example", "mygmail.com"):
        change = ('server = "mail.contoh.example"', f'server = "{host}"')
        assert not list(passwords_for_a_cloud(read_settings(settings_file(tmp_path, change))))


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[tuple[ExchangeHouse, Path]]:
    (tmp_path / "pejabat.yaml").write_text(cast.PEOPLE, encoding="utf-8")
    with ExchangeHouse(cast.USERS) as house:
        (tmp_path / "siaga.toml").write_text(
            f'[kantor]\nnama = "Dinas"\n[kotak_surat]\njenis = "exchange"\news = "{house.endpoint}"\n'
            f'otentikasi = "basic"\nalamat = "{cast.OFFICE}"\nnama = "{cast.OFFICE}"\nsandi = "{cast.PASSWORD}"\n'
            '[pengiriman]\njenis = "exchange"\n',
            encoding="utf-8",
        )
        yield house, tmp_path / "siaga.toml"


def test_exchange_is_named_by_its_ews_address(exchange: tuple[ExchangeHouse, Path]) -> None:
    house, config = exchange
    [found] = said(config, "pengiriman")
    assert found.ok and found.say == f"{cast.OFFICE} di {house.endpoint} menerima kita"


def test_whoever_looks_for_the_proof_is_let_go_with_the_office(exchange: tuple[ExchangeHouse, Path]) -> None:
    office = build_office(read_settings(exchange[1]))
    proof = office.postman.proof
    assert isinstance(proof, ExchangeSender) and not proof.was_sent("1@x") and proof._server is not None
    office.close()
    assert proof._server is None


def test_a_sender_that_was_only_tried_keeps_no_connection(exchange: tuple[ExchangeHouse, Path]) -> None:
    office = build_office(read_settings(exchange[1]))
    sender = office.servers.sender()
    sender.check()
    office.close()
    assert isinstance(sender, ExchangeSender) and sender._server is None


def test_without_the_exchange_library_the_settings_are_to_blame(
    exchange: tuple[ExchangeHouse, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "office.exchange_account", None)
    monkeypatch.setitem(sys.modules, "inbox.exchange", None)
    exchange[1].chmod(0o600)
    faults = [finding for finding in checkup(exchange[1]) if not finding.ok]
    assert [(fault.what, "siaga[exchange]" in fault.say) for fault in faults] == [("pengaturan", True)]
    exchange[1].write_text(  # reading by Exchange alone: the copies of what SMTP sent are looked for there
        exchange[1]
        .read_text(encoding="utf-8")
        .replace('jenis = "exchange"\n', "", 2)
        .replace("[kotak_surat]\n", '[kotak_surat]\njenis = "exchange"\n')
        + f'server = "{HOST}"\nport = {free_port()}\nkeamanan = "tanpa"\n',
        encoding="utf-8",
    )
    faults = [finding for finding in checkup(exchange[1]) if not finding.ok]
    assert [(fault.what, "siaga[exchange]" in fault.say) for fault in faults] == [("pengaturan", True)]


def test_doctor_says_of_each_role_what_its_answers_can_prove(place: Town) -> None:
    people, config = place.folder / "pejabat.yaml", place.settings_file
    people.write_text(cast.PEOPLE + "\nkepercayaan: {kadis: strict, kabid: strict}\n", encoding="utf-8")
    found = said(config, "kepercayaan")
    assert len(found) == 5 and all("authserv_id" in one.say and not one.needed for one in found)
    strict = [one.say for one in found if not one.ok]
    assert len(strict) == 2 and all("jawabannya tidak berlaku" in say for say in strict)
    text = config.read_text(encoding="utf-8").replace(
        "[kotak_surat]\n", '[kotak_surat]\nauthserv_id = "mx.contoh.example"\n'
    )
    config.write_text(text, encoding="utf-8")
    proven = [one for one in said(config, "kepercayaan") if one.ok]
    assert len(proven) == 5 and all("DMARC menurut mx.contoh.example" in one.say for one in proven)


def test_a_certificate_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    config = settings_file(tmp_path, ('sandi = "x"', 'sandi = "x"\nsertifikat_ca = "ca.pem"'))
    assert [f.say for f in checkup(config)] == [
        f"siaga.toml: [{section}] sertifikat_ca: berkas {tmp_path / 'ca.pem'} tidak ada"
        for section in ("kotak_surat", "pengiriman")
    ]
