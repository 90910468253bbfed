"""Where our receiving server vouches for nothing, a strict official's answer counts if their domain has signed it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

import dns.resolver
import pytest

from handlers.trust.authenticity import Authenticity, proven_authenticity
from office.settings import SettingsError
from parsers.mails.message import read_mail
from register.ledger import CollectedMail, State
from siaga.checkup import checkup
from tests import cast
from tests.servers.names import NameServer
from tests.servers.signer import place_of, private_key, record, signed
from tests.town import Town

DOMAIN = "contoh.example"
KEY = private_key()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[NameServer]:
    """The DNS that this machine asks."""
    with NameServer() as server:
        server.texts[place_of(DOMAIN)] = [record(KEY)]
        monkeypatch.setattr(dns.resolver, "default_resolver", server.resolver())
        yield server


@pytest.fixture
def strict(place: Town, names: NameServer) -> Town:
    """The Kabid's answers must be proven, and the office checks signatures itself."""
    people = place.folder / "pejabat.yaml"
    people.write_text(people.read_text(encoding="utf-8") + "\nkepercayaan: {kabid: strict}\n", encoding="utf-8")
    check_signatures(place)
    return place


def check_signatures(place: Town) -> None:
    text = place.settings_file.read_text(encoding="utf-8")
    text = text.replace("[kotak_surat]\n", "[kotak_surat]\nperiksa_dkim = true\n")
    place.settings_file.write_text(text, encoding="utf-8")
    place.restart()


def disposisi(place: Town) -> bytes:
    """The Kabid's reply, as their program hands it to their server."""
    asked = place.last(cast.KABID, "Mohon disposisi")
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = cast.KABID, cast.OFFICE, f"Re: {asked.subject}"
    message["Date"], message["Message-ID"] = format_datetime(place.clock.now()), make_msgid(domain=DOMAIN)
    message["In-Reply-To"] = f"<{asked.message_id}>"
    message.set_content("DISPOSISI\n\nSegera tangani.\n")
    return message.as_bytes()


def decided(place: Town) -> bool:
    place.work(1)
    return place.incident().last_answer("disposisi") is not None


def test_a_signed_answer_counts_and_an_unsigned_one_does_not(strict: Town, names: NameServer) -> None:
    strict.to_stage("disposisi")
    strict.write(cast.KABID, "[DKL-2026-0001] disposisi", "DISPOSISI")
    assert not decided(strict)
    assert not names.asked  # neither a letter nor another's answer depends on the DNS, nor one without our code
    strict.post(cast.KABID, disposisi(strict))
    assert not decided(strict) and not names.asked
    said = " ".join(strict.last(cast.KABID, "atas nama Saudara").plain.split())
    assert "keaslian pengirimnya tidak dapat dipastikan" in said
    strict.post(cast.KABID, signed(disposisi(strict), DOMAIN, KEY))
    assert decided(strict) and names.asked == [place_of(DOMAIN)]


VERDICTS = (
    # our server's name, what it says, whether the mail is signed, what is found
    ("", "fail", True, Authenticity.PASS),
    ("", "pass", False, Authenticity.SILENT),
    ("mx.contoh.example", "fail", True, Authenticity.FAIL),
    ("mx.contoh.example", "pass", False, Authenticity.PASS),
    ("mx.contoh.example", "none", False, Authenticity.SILENT),
    ("mx.contoh.example", "none", True, Authenticity.PASS),
)


def test_our_own_servers_verdict_comes_first_and_where_it_is_silent_a_signature_counts(
    place: Town, names: NameServer
) -> None:
    check_signatures(place)
    for number, (server, result, is_signed, found) in enumerate(VERDICTS):
        place.office.authserv_id = server
        selector, before = f"k{number}", len(names.asked)
        names.texts[place_of(DOMAIN, selector)] = [record(KEY)]
        message = EmailMessage(policy=SMTP)
        message["Authentication-Results"] = f"mx.contoh.example; dmarc={result} header.from=contoh.example"
        message["From"] = cast.KABID
        message.set_content("DISPOSISI")
        raw = message.as_bytes()
        if is_signed:
            raw = signed(raw, DOMAIN, KEY, selector=selector)
        collected = CollectedMail("1", place.office.archive.put(raw), place.clock.now(), State.NEW, 0)
        assert proven_authenticity(place.office, collected, read_mail(raw)) is found, (server, result)
        assert (len(names.asked) > before) is (is_signed and found is Authenticity.PASS)  # a verdict needs no DNS


def test_doctor_says_whether_the_dns_answers(place: Town, names: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    check_signatures(place)
    assert [found.ok for found in checkup(place.settings_file) if found.what == "dkim"] == [True]
    monkeypatch.setattr(dns.resolver, "default_resolver", dns.resolver.Resolver(configure=False))
    found = [found for found in checkup(place.settings_file) if found.what == "dkim"]
    assert [(one.ok, one.needed) for one in found] == [(False, False)] and "DNS tidak menjawab" in found[0].say


def test_doctor_knows_that_a_strict_role_can_be_proven_by_signatures(strict: Town) -> None:
    def doubted() -> list[str]:
        return [one.say for one in checkup(strict.settings_file) if one.what == "kepercayaan" and not one.ok]

    assert not doubted()
    text = strict.settings_file.read_text(encoding="utf-8")
    strict.settings_file.write_text(text.replace("periksa_dkim = true", "periksa_dkim = false"), encoding="utf-8")
    assert doubted()


def test_nothing_is_said_of_the_dns_where_it_is_not_needed(place: Town) -> None:
    assert place.office.signatures is None
    assert not [found for found in checkup(place.settings_file) if found.what == "dkim"]


def test_a_missing_library_is_one_clear_line(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    check_signatures(place)
    for module in ("office.signatures", "office.dkim_keys", "office.signed_mail"):
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "dkim", None)
    with pytest.raises(SettingsError) as missing:
        place.restart()
    assert missing.value.problems == ["pustaka DKIM belum dipasang: pip install 'siaga[dkim]'"]
    assert [(found.what, found.say) for found in checkup(place.settings_file) if not found.ok][-1:] == [
        ("pengaturan", missing.value.problems[0])
    ]
