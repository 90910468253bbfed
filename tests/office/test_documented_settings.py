"""The settings in docs/mailboxes.md work as they stand there, those for the clouds too."""

from __future__ import annotations

import re
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inbox.exchange import ExchangeMailbox
from inbox.imap import ImapMailbox
from inbox.maildir import MaildirMailbox
from office.chance import SystemChance
from office.mail_servers import MailServers
from office.settings import Settings, read_settings
from outbox.exchange import ExchangeSender
from outbox.smtp import SmtpSender

DOCUMENT = Path(__file__).parents[2] / "docs/mailboxes.md"
_FENCED = re.compile(r"^ *```toml\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
FRAGMENTS = [textwrap.dedent(found) for found in _FENCED.findall(DOCUMENT.read_text(encoding="utf-8"))]


def settings_of(fragment: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in re.findall(r'_env = "(\w+)"', fragment):
        monkeypatch.setenv(name, "rahasia")
    fragment = re.sub(r'^sertifikat_ca = ".*?"', "", fragment, flags=re.MULTILINE)  # no such file here
    path = folder / "siaga.toml"
    path.write_text(f'[kantor]\nnama = "Dinas"\n{fragment}', encoding="utf-8")
    return read_settings(path)


@pytest.mark.parametrize("number", range(len(FRAGMENTS)))
def test_a_documented_fragment_is_read_and_its_adapters_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    settings = settings_of(FRAGMENTS[number], tmp_path, monkeypatch)
    servers = MailServers(settings, lambda: datetime.now(UTC), SystemChance())
    kinds = {"exchange": ExchangeMailbox, "maildir": MaildirMailbox, "imap": ImapMailbox}
    kind = next((kind for kind in kinds if f'jenis = "{kind}"' in FRAGMENTS[number].partition("[peng")[0]), "imap")
    assert all(isinstance(servers.mailbox(watched), kinds[kind]) for watched in settings.watched)
    assert len(settings.watched) == 1 + FRAGMENTS[number].count("[[kotak_surat_lain]]")
    sends_by_ews = 'jenis = "exchange"' in FRAGMENTS[number].partition("[pengiriman]")[2]
    assert isinstance(servers.sender(), ExchangeSender if sends_by_ews else SmtpSender)
    servers.proof()


def test_every_kind_of_server_has_its_fragment() -> None:
    assert len(FRAGMENTS) >= 8
    assert all("[kotak_surat]" in fragment and "[pengiriman]" in fragment for fragment in FRAGMENTS)


def test_a_shared_mailbox_is_opened_and_written_from_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [shared] = [fragment for fragment in FRAGMENTS if "petugas.siaga" in fragment]
    settings = settings_of(shared, tmp_path, monkeypatch)
    assert {watched.server.user for watched in settings.watched} == {r"KANTOR\petugas.siaga"} == {settings.smtp.user}
    assert [(watched.server.mailbox, watched.folder) for watched in settings.watched] == [
        ("darurat@contoh.example", "INBOX"),
        ("darurat@contoh.example", "INBOX/Darurat"),
        ("darurat@contoh.example", "Junk Email"),
        ("posko@contoh.example", "INBOX"),
    ]
    assert settings.smtp.mailbox == "darurat@contoh.example"
