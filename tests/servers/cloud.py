"""An office whose mailbox and sending take tokens only, on Dovecot and Postfix."""

from __future__ import annotations

from pathlib import Path

from inbox.mailbox import Mailbox
from office.chance import SystemChance
from office.mail_servers import MailServers
from office.settings import read_settings
from outbox.sender import Envelope
from outbox.smtp import SmtpSender
from tests.servers import DOMAIN, HOST
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.token_house import SCOPE, SECRET, TokenHouse
from tests.town import ObedientClock

USER, READER = f"darurat@{DOMAIN}", f"kabid@{DOMAIN}"
RAW = f"From: {USER}\r\nTo: {READER}\r\nSubject: x\r\nMessage-ID: <1@{DOMAIN}>\r\n\r\nisi\r\n".encode()


class Cloud:
    """One office, its servers, and whoever gives the tokens."""

    def __init__(self, tokens: TokenHouse, dovecot: Dovecot, postfix: Postfix, folder: Path) -> None:
        self.tokens, self.dovecot, self.clock = tokens, dovecot, ObedientClock()
        ca = f'sertifikat_ca = "{dovecot.certificate.certificate}"'
        login = f'otentikasi = "oauth2"\n{ca}\nserver = "{HOST}"\nnama = "{USER}"\n'
        folder.mkdir(exist_ok=True)
        self.settings_file = folder / "siaga.toml"
        self.settings_file.write_text(
            f"""[kantor]
nama = "Diskominfotik"
[kotak_surat]
alamat = "{USER}"
port = {dovecot.ports.imaps}
{login}
[pengiriman]
port = {postfix.ports.starttls}
keamanan = "starttls"
{login}
[oauth2]
alur = "penyegar"
alamat_token = "{tokens.token_url}"
id_klien = "siaga"
rahasia = "{SECRET}"
token_penyegar = "{tokens.new_refresh_token(USER)}"
cakupan = "{SCOPE}"
""",
            encoding="utf-8",
        )
        self.settings = read_settings(self.settings_file)
        self.open()

    def open(self) -> None:
        """The office loses all it had in memory."""
        self.servers = MailServers(self.settings, self.clock.now, SystemChance())
        self.mailbox: Mailbox = self.servers.mailbox(self.settings.watched[0])
        sender = self.servers.sender()
        assert isinstance(sender, SmtpSender)
        self.sender = sender

    def send(self) -> None:
        self.sender.send(Envelope(f"1@{DOMAIN}", USER, READER, USER, RAW), before_dot=lambda: None)
        self.sender.close()

    def close(self) -> None:
        self.mailbox.close()
        self.sender.close()
