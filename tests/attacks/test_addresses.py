"""A From field that one reads as the official's address and another as the attacker's own, which passes every check.

The mail is the official's only where every sound parser reads it so. Else it is the attacker's, or nobody's.
"""

from __future__ import annotations

import email.policy
import random
from email.headerregistry import HeaderRegistry
from email.utils import getaddresses, make_msgid

import pytest

from parsers.fields.field_values import decoded
from parsers.mails.message import read_mail
from tests import cast
from tests.attacks.forged_from import ANOTHERS, DOMAIN, EVIL, KABID, NOBODYS, THE_ATTACKERS, THE_OFFICIALS, TWICE
from tests.handlers.test_trust import believe
from tests.town import Town


def sender(value: str) -> str:
    return read_mail(head(f"From: {value}")).sender


def head(fields: str) -> bytes:
    return f"{fields}\r\nTo: {cast.OFFICE}\r\nSubject: Re: Mohon disposisi\r\n\r\nDISPOSISI\r\n".encode()


@pytest.mark.parametrize("value", THE_ATTACKERS)
def test_a_display_name_is_no_address(value: str) -> None:
    assert sender(value) == EVIL


@pytest.mark.parametrize("value", NOBODYS)
def test_what_may_be_read_in_two_ways_is_nobodys(value: str) -> None:
    assert sender(value) == ""


@pytest.mark.parametrize("value", ANOTHERS)
def test_an_address_that_only_looks_like_it_is_another(value: str) -> None:
    assert sender(value) == value


@pytest.mark.parametrize("fields", TWICE)
def test_a_head_with_two_authors_or_none_is_nobodys(fields: str) -> None:
    assert read_mail(head(fields)).sender == ""


@pytest.mark.parametrize("value", THE_OFFICIALS)
def test_what_everybody_reads_as_the_officials_is_theirs(value: str) -> None:
    assert sender(value) == KABID


def readings(value: str) -> list[set[str]]:
    """What parsers of other hands find in a From: two of the standard library, and one that decodes words first."""
    found = [{address for _, address in getaddresses(given) if "@" in address} for given in ([value], [decoded(value)])]
    try:
        header = HeaderRegistry()("From", value)
        found.append({one.addr_spec for one in header.addresses if "@" in one.addr_spec})
    except (ValueError, IndexError, AttributeError, email.errors.MessageError):
        pass  # it raises on much of what people send
    return [{address.lower() for address in each} for each in found]


def test_where_we_find_the_official_no_parser_that_keeps_words_apart_finds_another() -> None:
    chance = random.Random(3)
    pieces = [
        KABID,
        EVIL,
        "<",
        ">",
        "<",
        ">",
        '"',
        "(",
        ")",
        ",",
        ";",
        ":",
        "@",
        " ",
        "\\",
        "Kabid",
        "=?utf-8?q?=3C=40=3E?=",
        "\t",
        "\x00",
    ]
    believed = 0
    tried = [*THE_ATTACKERS, *NOBODYS, *ANOTHERS, *THE_OFFICIALS]
    tried += ["".join(chance.choices(pieces, k=chance.randrange(1, 9))) for _ in range(3000)]
    tried += [
        f"{''.join(chance.choices(pieces, k=3))}<{KABID}>{''.join(chance.choices(pieces, k=2))}" for _ in range(3000)
    ]
    for value in tried:
        if "\n" in value or sender(value) != KABID:
            continue
        believed += 1
        undecoded, _, *registry = readings(value)
        assert all(found <= {KABID} for found in (undecoded, *registry)), value
    assert believed >= 20


FORGED = (
    THE_ATTACKERS[0],
    THE_ATTACKERS[3],
    NOBODYS[0],
    NOBODYS[2],
    NOBODYS[4],
    NOBODYS[9],
    f"{KABID}\x00.jahat.example",
)


def answered(place: Town, from_: str, *, domain: str = "jahat.example") -> None:
    """An answer to the Kabid's request, which our server found to be genuinely of `domain`."""
    asked = place.last(cast.KABID, "Mohon disposisi")
    text = (
        f"Authentication-Results: mx.contoh.example; dmarc=pass header.from={domain}\r\nFrom: {from_}\r\nTo: {cast.OFFICE}\r\n"
        f"Subject: Re: {asked.subject}\r\nMessage-ID: {make_msgid(domain='contoh.example')}\r\n"
        f"In-Reply-To: <{asked.message_id}>\r\n\r\nDISPOSISI\r\n\r\nSegera tangani.\r\n"
    )
    place.post(cast.SAMSAT, text.encode())
    place.work(1)


@pytest.mark.parametrize("checked", [True, False], ids=["a server that checks", "a server that does not"])
def test_a_forged_author_decides_nothing_and_helpdesk_is_shown_it(place: Town, checked: bool) -> None:
    if checked:
        believe(place)
    place.to_stage("disposisi")
    for count, value in enumerate(FORGED):
        answered(place, value)
        incident = place.incident()
        assert incident.current is not None and incident.current.stage == "disposisi", value
        assert incident.last_answer("disposisi") is None and len(incident.refused) == count + 1
    assert place.last(cast.HELPDESK, "Jawaban tidak diterima")
    assert "atas nama Saudara" in " ".join(mail.subject for mail in place.inbox(cast.KABID))
    answered(place, f"Yuliandri Putra, S.Kom. <{KABID}>", domain=DOMAIN)
    assert place.incident().last_answer("disposisi") is not None


@pytest.mark.parametrize(
    "value", [f"{KABID}, {EVIL}", f"Dinas: {EVIL};", "=?utf-8?q?x=40jahat.example?=", f"Rina {cast.SAMSAT}"]
)
def test_an_outage_that_nobody_reports_is_worked_on_and_nobody_is_written_to(place: Town, value: str) -> None:
    text = f"From: {value}\r\nSubject: Internet mati total\r\n\r\nInternet di kantor kami mati total sejak pukul 08.00. Darurat.\r\n"
    place.post(cast.SAMSAT, text.encode())
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"]
    assert not place.inbox(cast.SAMSAT) and place.inbox(cast.HELPDESK)


def test_who_reports_without_a_name_is_not_whoever_writes_without_one(place: Town) -> None:
    """Nobody is not nobody: the card of one report is not filled in by the next mail without an author."""
    report = f"From: {EVIL}, y@jahat.example\r\nMessage-ID: <satu@jahat.example>\r\nSubject: Internet mati total\r\n\r\nInternet di kantor kami mati total. Darurat.\r\n"
    place.post(cast.SAMSAT, report.encode())
    place.work(1)
    later = "From: <>\r\nSubject: DKL-2026-0001\r\nMessage-ID: <dua@jahat.example>\r\nIn-Reply-To: <satu@jahat.example>\r\n\r\nLokasinya gedung C lantai 2. Narahubung Budi Santoso 0812 3456 7890.\r\n"
    place.post(cast.SAMSAT, later.encode())
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"]
    assert not place.incident().report.telepon and not place.incident().report.narahubung
