"""An office in a cloud: mailbox, sending and the search for copies log in by one token, on Dovecot and Postfix."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from imapclient import IMAPClient

from inbox.imap import ImapMailbox
from inbox.mailbox import MailboxRefused, MailboxUnavailable, nothing_seen
from office.chance import SystemChance
from office.mail_servers import MailServers
from office.settings import read_settings
from outbox.exchange import ExchangeSender
from outbox.sender import Permanent, Retryable, ServerAway
from outbox.smtp import SmtpSender
from tests.office.test_settings_and_people import settings_file
from tests.servers import DOMAIN, HOST, PASSWORD
from tests.servers.cloud import RAW, READER, USER, Cloud
from tests.servers.dovecot import Dovecot
from tests.servers.postfix import Postfix
from tests.servers.script import Script
from tests.servers.token_house import Answer, TokenHouse, refusal
from tests.town import ObedientClock, until

CHALLENGE = base64.b64encode(b'{"status":"401","schemes":"bearer"}').decode()


@pytest.fixture(scope="module")
def tokens() -> Iterator[TokenHouse]:
    with TokenHouse(rotates=True) as started:
        yield started


@pytest.fixture(scope="module")
def dovecot(tokens: TokenHouse) -> Iterator[Dovecot]:
    with Dovecot([USER, READER], introspection_url=tokens.introspection_url) as started:
        yield started


@pytest.fixture(scope="module")
def postfix(dovecot: Dovecot) -> Iterator[Postfix]:
    with Postfix(dovecot) as started:
        yield started


@pytest.fixture
def cloud(tokens: TokenHouse, dovecot: Dovecot, postfix: Postfix, tmp_path: Path) -> Iterator[Cloud]:
    tokens.asked.clear()
    tokens.faults.clear()
    built = Cloud(tokens, dovecot, postfix, tmp_path)
    yield built
    built.close()


def test_one_token_serves_reading_sending_and_the_search_for_copies(cloud: Cloud) -> None:
    cloud.send()
    until(lambda: cloud.dovecot.mailbox(USER), "the copy arrives")
    assert any(b"isi" in found.raw for found in cloud.mailbox.sweep(nothing_seen))
    assert cloud.servers.proof().was_sent(f"1@{DOMAIN}") and not cloud.servers.proof().was_sent(f"2@{DOMAIN}")
    assert len(cloud.tokens.asked) == 1


def test_a_token_that_ends_between_two_logins_is_renewed_by_each_of_them(cloud: Cloud) -> None:
    list(cloud.mailbox.sweep(nothing_seen))
    for login in (
        lambda: list(cloud.mailbox.sweep(nothing_seen)),
        cloud.send,
        lambda: cloud.servers.proof().was_sent(f"2@{DOMAIN}"),
    ):
        before = len(cloud.tokens.asked)
        cloud.close()
        cloud.tokens.expire_all()
        login()
        assert len(cloud.tokens.asked) == before + 1


def test_a_copy_that_the_server_files_by_itself_is_proof_too(cloud: Cloud) -> None:
    """Gmail does not deliver a mail to the mailbox that sends it: it stands among the sent ones only."""
    client = IMAPClient(HOST, cloud.dovecot.imap_port, ssl=False)
    client.login(USER, PASSWORD)
    assert not cloud.servers.proof().was_sent(f"3@{DOMAIN}"), "there is no such folder yet"
    client.create_folder("Pesan Terkirim")
    client.append("Pesan Terkirim", RAW.replace(b"<1@", b"<3@"))
    client.logout()
    assert cloud.servers.proof().was_sent(f"3@{DOMAIN}") and not cloud.servers.proof().was_sent(f"4@{DOMAIN}")


def test_rotated_refresh_tokens_are_followed_through_restarts(cloud: Cloud) -> None:
    for _ in range(3):
        cloud.open()
        cloud.mailbox.wait(0.01)
        cloud.close()
        cloud.clock.forward(hours=2)
    assert len({form["refresh_token"] for form in cloud.tokens.asked}) == len(cloud.tokens.asked) == 3


def test_an_endpoint_that_is_away_is_waited_for(cloud: Cloud) -> None:
    cloud.tokens.faults = [Answer(503)] * 5
    with pytest.raises(MailboxUnavailable, match="alamat token"):
        cloud.mailbox.wait(0.01)
    with pytest.raises(ServerAway, match="alamat token") as fault:
        cloud.send()
    assert not fault.value.refused
    with pytest.raises(Retryable, match="alamat token"):
        cloud.servers.proof().was_sent("1")
    with pytest.raises(Retryable, match="alamat token"):
        cloud.sender.check()
    cloud.mailbox.wait(0.01)
    cloud.send()


def test_a_permission_that_was_taken_back_is_told_as_such_and_refuses_no_mail_in_particular(cloud: Cloud) -> None:
    cloud.tokens.faults = [refusal(400, "invalid_grant", "AADSTS70008")]
    with pytest.raises(MailboxRefused, match=r"izin OAuth2 dicabut.*AADSTS70008"):
        cloud.mailbox.wait(0.01)
    with pytest.raises(ServerAway, match="izin OAuth2 dicabut") as fault:
        cloud.send()
    assert fault.value.refused
    with pytest.raises(Retryable, match="izin OAuth2 dicabut"):
        cloud.servers.proof().was_sent("1")
    with pytest.raises(Permanent, match="izin OAuth2 dicabut"):
        cloud.sender.check()
    assert len(cloud.tokens.asked) == 1, "for a minute nobody asks again"


def test_a_mailbox_that_the_token_does_not_open_is_tried_with_one_more_token_only(cloud: Cloud) -> None:
    stranger = ImapMailbox(
        HOST, cloud.dovecot.imap_port, READER, "", security="tanpa", access_token=cloud.servers.tokens
    )
    for _ in range(2):
        with pytest.raises(MailboxRefused, match="menolak token OAuth2"):
            stranger.wait(0.01)
    assert len(cloud.tokens.asked) == 2


def test_smtp_hears_out_why_a_token_is_refused() -> None:
    """The reason comes as a challenge; an empty answer to it brings the refusal."""
    hello = "250-mx\r\n250 AUTH LOGIN XOAUTH2"
    with Script("220 mx", hello, "334 ", f"334 {CHALLENGE}", "535 5.7.3 no", "221 bye") as script:
        sender = SmtpSender(HOST, script.port, USER, security="tanpa", access_token=once("rahasia"))
        with pytest.raises(Retryable):  # the second login finds nobody: the script is at its end
            sender.check()
    login = base64.b64encode(f"user={USER}\x01auth=Bearer rahasia\x01\x01".encode()).decode()
    assert script.heard[1:4] == ["AUTH XOAUTH2", login, ""]


def test_smtp_without_the_mechanism_is_a_refusal_of_us_and_nothing_is_told() -> None:
    with Script("220 mx", "250-mx\r\n250 AUTH LOGIN PLAIN", "221 bye") as script:
        sender = SmtpSender(HOST, script.port, USER, security="tanpa", access_token=lambda _refused: "rahasia")
        with pytest.raises(Permanent, match="XOAUTH2"):
            sender.check()
    assert not any("AUTH" in line for line in script.heard)


def test_smtp_that_cannot_judge_a_token_now_is_only_away() -> None:
    with Script("220 mx", "250-mx\r\n250 AUTH XOAUTH2", "334 ", "454 4.7.0 later", "221 bye") as script:
        sender = SmtpSender(HOST, script.port, USER, security="tanpa", access_token=once("rahasia"))
        with pytest.raises(Retryable, match="454") as fault:
            sender.check()
    assert "rahasia" not in str(fault.value)


def test_imap_hears_out_why_a_token_is_refused() -> None:
    capability = "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done"
    with Script(
        "* OK hello", capability, "+ ", f"+ {CHALLENGE}", "{tag} NO [AUTHENTICATIONFAILED] no", "* BYE"
    ) as script:
        mailbox = ImapMailbox(HOST, script.port, USER, "", security="tanpa", access_token=once("rahasia"))
        with pytest.raises(MailboxUnavailable):  # the second login finds nobody: the script is at its end
            mailbox.wait(0.01)
    login = base64.b64encode(f"user={USER}\x01auth=Bearer rahasia\x01\x01".encode()).decode()
    assert script.heard[2:4] == [login, ""]


def test_imap_that_cannot_judge_a_token_now_is_only_away() -> None:
    capability = "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n{tag} OK done"
    with Script("* OK hello", capability, "+ ", "{tag} NO [UNAVAILABLE] later", "* BYE") as script:
        mailbox = ImapMailbox(HOST, script.port, USER, "", security="tanpa", access_token=once("rahasia"))
        with pytest.raises(MailboxUnavailable, match="UNAVAILABLE"):
            mailbox.wait(0.01)


def test_a_password_login_asks_for_no_token(tmp_path: Path) -> None:
    settings = read_settings(settings_file(tmp_path))
    servers = MailServers(settings, ObedientClock().now, SystemChance())
    sender = servers.sender()
    assert servers.tokens is None and not isinstance(sender, ExchangeSender) and sender._access_token is None


def once(token: str) -> Callable[[str], str]:
    """Gives a token; the second time, as after a refusal, another."""
    return lambda refused: f"{token}-baru" if refused else token
