"""Somebody forges an address so often that its owner would be silenced. Nobody is: what may be an emergency is told."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

import pytest

import handlers.too_often.flood
from readers.pool import CannotRead
from register import ledger
from tests import cast
from tests.attacks import some
from tests.cast import DINKES
from tests.town import Town

OUTAGE = "Jaringan internet di RSUD kami putus total sejak pukul 08.00 WIB. Mohon bantuan segera."
MANY = 31
"""One more than anybody's budget of an hour."""
OUR_SERVER = "mx.contoh.example"
NOISE = (
    "Rapat",
    "Undangan",
    "Brosur",
    "Jadwal",
    "Agenda",
    "Daftar hadir",
    "Notulen",
    "Salam",
)


def lists(place: Town) -> list[str]:
    """What stands in the lists that came at once, without the breaks of lines."""
    found = [mail for mail in place.inbox(cast.HELPDESK) if mail.subject.startswith("Segera diperiksa")]
    return [" ".join(mail.plain.split()) for mail in found]


def forge(place: Town, address: str, text: str = "", count: int = MANY, **headers: str) -> None:
    for number in range(count):
        words = text or f"{NOISE[number % len(NOISE)]} pekan ini untuk bagian {chr(97 + number % 26) * 4}."
        place.write(cast.SAMSAT, f"{NOISE[number % len(NOISE)]} {number}", words, claimed_sender=address, **headers)


@pytest.mark.parametrize("noise", some([OUTAGE, ""], 1))
def test_the_emergency_behind_a_forged_flood_reaches_helpdesk_at_once_where_no_server_checks(
    place: Town, noise: str
) -> None:
    forge(place, DINKES, noise, MANY + 12)
    place.work()
    before = place.numbers()
    place.write(DINKES, "Listrik pusat data padam", "Genset pusat data kami gagal menyala, semua server mati.")
    place.work(6)
    told = [mail for mail in lists(place) if DINKES in mail and "Listrik pusat data padam" in mail]
    assert told or len(place.numbers()) > len(before), "it waits for the list of the morning"


def test_what_is_listed_at_once_is_listed_once_and_opens_by_its_code(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers.too_often.flood, "BEYOND", 0)
    forge(place, "warga@luar.example", OUTAGE, MANY)
    place.work()
    place.write(cast.SAMSAT, "Server absensi mati", "Server absensi kami mati.", claimed_sender="warga@luar.example")
    place.work(6)
    place.work(6)
    named = [mail for mail in lists(place) if "Server absensi mati" in mail]
    assert len(named) == 1
    line = next(line for line in named[0].split("” ") if "Server absensi mati" in line)
    before = len(place.numbers())
    code = re.findall(r"\b[0-9a-f]{8}\b", line)[-1]
    place.reply(cast.HELPDESK, "Segera diperiksa", f"DARURAT {code}")
    place.work()
    assert len(place.numbers()) == before + 1
    place.work(24 * 60)
    morning = [mail for mail in place.inbox(cast.HELPDESK) if "Daftar karantina" in mail.subject]
    assert not [mail for mail in morning if "Server absensi mati" in " ".join(mail.plain.split())], (
        "what was told is told again"
    )


@pytest.mark.chaos
def test_what_the_server_disproves_does_not_count_against_the_real_sender(place: Town) -> None:
    place.office.authserv_id = OUR_SERVER
    forge(place, DINKES, OUTAGE, MANY, Authentication_Results=f"{OUR_SERVER}; dmarc=fail header.from=contoh.example")
    place.work()
    place.write(
        DINKES,
        "Aplikasi antrean tidak bisa dibuka",
        "Aplikasi antrean RSUD tidak bisa dibuka sejak pagi, mohon bantuan.",
        Authentication_Results=f"{OUR_SERVER}; dmarc=pass header.from=contoh.example",
    )
    place.work(1)
    last = place.incident(place.numbers()[-1]).report
    assert last["hal"] == "Aplikasi antrean tidak bisa dibuka" and last["email"] == DINKES


def test_an_officials_answer_with_our_code_is_no_flood_however_often_their_address_was_forged(place: Town) -> None:
    place.to_stage("disposisi")
    forge(place, cast.KABID, OUTAGE, MANY)
    for number in range(MANY):
        place.reply(cast.KABID, "Mohon disposisi", f"Masih saya pelajari, bagian {number}.")
        place.work(0)
    place.reply(cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.1)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.decision == "disposisi"


@pytest.mark.chaos
def test_an_answer_without_our_code_behind_a_flood_is_told_at_once(place: Town) -> None:
    place.to_stage("disposisi")
    forge(place, cast.KABID, count=MANY)
    place.work(0.1)
    place.write(cast.KABID, "[DKL-2026-0001] disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(6)
    decided = place.incident().last_answer("disposisi") is not None
    assert decided or [mail for mail in lists(place) if "[DKL-2026-0001] disposisi" in mail]


@pytest.mark.chaos
def test_a_picture_that_nobody_has_read_yet_does_not_wait_for_the_morning(place: Town) -> None:
    forge(place, DINKES, count=MANY)
    place.work()
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = DINKES, cast.OFFICE, "Surat"
    mail["Message-ID"] = make_msgid(domain="contoh.example")
    mail.set_content("Terlampir.")
    mail.add_attachment(b"%PDF-1.4 not really", "application", "pdf", filename="pindai.pdf")
    place.post(DINKES, mail.as_bytes())
    place.work(6)
    assert [told for told in lists(place) if "“Surat”" in told]


def test_mails_that_nobody_can_read_do_not_drown_helpdesk_and_are_listed_at_once(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_arguments: object, **_more: object) -> None:
        raise CannotRead("racun")

    for number in range(25):
        place.write(cast.SAMSAT, f"Racun {number}", "racun", claimed_sender=f"a{number}@luar{number}.example")
    monkeypatch.setattr(place.office.readers, "open", cannot)
    place.work()
    shown = [mail.subject for mail in place.inbox(cast.HELPDESK)]
    assert sum("tidak terbaca" in subject for subject in shown) == 10
    assert "Segera diperiksa: 15 surat" in " ".join(shown)


@pytest.mark.chaos
def test_general_mail_in_a_flood_waits_for_the_morning_but_trouble_among_it_does_not(place: Town) -> None:
    for number in range(45):
        words = f"{NOISE[number % len(NOISE)]} untuk {chr(97 + number % 26) * 4}{chr(97 + number // 26) * 3}."
        place.write(cast.SAMSAT, f"Acara {number}", words, claimed_sender=f"panitia{number}@luar{number}.example")
    place.work()
    subject = "Mohon arahan: wifi kantor lambat"
    place.write(cast.SAMSAT, subject, "Mohon arahan, wifi kantor lambat sekali.", claimed_sender="staf@kantor.example")
    place.work(6)
    with place.office.database.reading() as tx:
        mail = ledger.received(tx)[-1]
    assert mail.incident or [told for told in lists(place) if subject in told]
