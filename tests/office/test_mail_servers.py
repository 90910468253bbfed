"""Which place is asked for the copy of a mail in doubt: the one in which, by the settings, the copies arrive."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from office.chance import SystemChance
from office.mail_servers import MailServers
from office.settings import read_settings
from outbox.exchange import ExchangeSender
from outbox.sent_copies import SentCopies

LOGIN = 'nama = "darurat@contoh.example"\nsandi = "x"\n'
SMTP = f'[pengiriman]\nserver = "mail.contoh.example"\n{LOGIN}'
EWS = f'jenis = "exchange"\news = "https://mail.contoh.example/EWS/Exchange.asmx"\n{LOGIN}'
MAILDIR = 'jenis = "maildir"\nmaildir = "/srv/surat"\n'
IMAP = f'server = "mail.contoh.example"\n{LOGIN}'
OWN = "imap darurat@contoh.example Sent"
ARCHIVE = 'arsip = "arsip@contoh.example"\n'


def asked(folder: Path, official: str, sending: str = SMTP, other: str = "") -> list[str]:
    path = folder / "siaga.toml"
    alamat = 'alamat = "darurat@contoh.example"\n'
    path.write_text(f'[kantor]\nnama = "Dinas"\n[kotak_surat]\n{alamat}{official}{sending}{other}', encoding="utf-8")
    proof = MailServers(read_settings(path), lambda: datetime.now(UTC), SystemChance()).proof()
    if isinstance(proof, ExchangeSender):
        return ["Sent Items"]
    assert isinstance(proof, SentCopies)
    imap = [f"imap {place.user} {place.folder or 'Sent'}" for place in proof.places]
    return imap + [f"{type(other).__name__}" for other in proof.others]


@pytest.mark.parametrize(
    ("official", "sending", "other", "places"),
    [
        (IMAP, SMTP, "", ["imap darurat@contoh.example INBOX", OWN]),
        (EWS, '[pengiriman]\njenis = "exchange"\n', "", ["Sent Items"]),
        (EWS, SMTP, "", ["ExchangeCopies"]),
        (MAILDIR, SMTP, "", ["MaildirCopies"]),
        (EWS, SMTP, '[[kotak_surat_lain]]\nfolder = "Junk Email"\n', ["ExchangeCopies"] * 2),
        (MAILDIR, SMTP, '[[kotak_surat_lain]]\nmaildir = "/srv/lain"\n', ["MaildirCopies"]),
        (
            IMAP,
            SMTP + ARCHIVE,
            '[[kotak_surat_lain]]\nnama = "arsip@contoh.example"\n',
            ["imap arsip@contoh.example INBOX", OWN],
        ),
        (IMAP, SMTP + ARCHIVE, '[[kotak_surat_lain]]\njenis = "maildir"\nmaildir = "/srv/a"\n', None),
    ],
)
def test_the_place_in_which_copies_arrive_is_asked(
    tmp_path: Path, official: str, sending: str, other: str, places: list[str] | None
) -> None:
    every = ["imap darurat@contoh.example INBOX", OWN, "MaildirCopies"]
    assert asked(tmp_path, official, sending, other) == (places if places is not None else every)
