"""Somebody has us write to a victim, by writing to us in the victim's name."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from outbox import queue
from tests import cast
from tests.cast import DINKES
from tests.town import Town

SERVER = "mx.contoh.example"
FAIL = f"{SERVER}; dmarc=fail header.from=contoh.example"
PASS = f"{SERVER}; dmarc=pass header.from=contoh.example"
OUTAGE = "Jaringan internet di kantor kami putus total sejak pukul 08.00 WIB. Mohon bantuan segera."
NOT_GENUINE = "bukan alamat asli pengirimnya"


def written_to(place: Town, address: str) -> list[str]:
    with place.office.database.reading() as tx:
        return [mail.template for mail in queue.everything(tx) if mail.recipient == address]


def checked(place: Town) -> Town:
    place.office.authserv_id = SERVER
    return place


@pytest.mark.parametrize("verdict", [FAIL, f"{SERVER}; dmarc=permerror", FAIL.upper().replace(SERVER.upper(), SERVER)])
def test_a_forged_report_is_worked_on_and_the_one_whose_name_it_bears_is_not_written_to(
    place: Town, verdict: str
) -> None:
    checked(place).write(cast.SAMSAT, "Internet putus", OUTAGE, claimed_sender=DINKES, Authentication_Results=verdict)
    place.work()
    assert place.numbers() == ["DKL-2026-0001"] and written_to(place, DINKES) == []
    asked = " ".join(place.last(cast.HELPDESK, "Mohon analisis").plain.split())
    assert NOT_GENUINE in asked and DINKES in asked


def test_nothing_that_follows_goes_to_them_either(place: Town) -> None:
    checked(place).write(cast.SAMSAT, "Internet putus", OUTAGE, claimed_sender=DINKES, Authentication_Results=FAIL)
    place.work()
    for address, subject, text in (
        (cast.HELPDESK, "Mohon analisis", "YA\n\nKabel FO putus."),
        (cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN"),
        (cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani."),
        (cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Jaringan"),
    ):
        place.reply(address, subject, text)
        place.work(1)
    current = place.incident().current
    assert current is not None and current.stage == "penanganan" and written_to(place, DINKES) == []


def test_a_report_that_helpdesk_calls_an_emergency_is_not_acknowledged_to_them(place: Town) -> None:
    text = "Mengundang Bapak/Ibu hadir pada rapat besok."
    checked(place).write(cast.SAMSAT, "Undangan rapat", text, claimed_sender=DINKES, Authentication_Results=FAIL)
    place.work()
    place.reply(cast.HELPDESK, "Bukan laporan darurat", "DARURAT")
    place.work()
    assert place.numbers() == ["DKL-2026-0001"] and written_to(place, DINKES) == []


def test_a_formal_letter_that_is_no_emergency_brings_them_no_polite_word(place: Town) -> None:
    text = "Nomor: 005/12/Dinkes/2026\nHal: Permohonan narasumber\n\nDengan hormat, kami mohon narasumber pelatihan."
    checked(place).write(cast.SAMSAT, "Permohonan narasumber", text, claimed_sender=DINKES, Authentication_Results=FAIL)
    place.work()
    assert written_to(place, DINKES) == []


def test_a_letter_passed_on_in_a_mail_that_failed_is_not_acknowledged_to_its_writer(place: Town) -> None:
    inner = EmailMessage(policy=SMTP)
    inner["From"], inner["To"], inner["Subject"] = DINKES, cast.SAMSAT, "Internet putus"
    inner.set_content(OUTAGE)
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["To"], outer["Subject"] = cast.SAMSAT, cast.OFFICE, "Fwd: Internet putus"
    outer["Message-ID"], outer["Authentication-Results"] = "<terusan@contoh.example>", FAIL
    outer.set_content("Mohon ditindaklanjuti.")
    outer.add_attachment(inner)
    checked(place).post(cast.SAMSAT, outer.as_bytes())
    place.work()
    assert len(place.numbers()) == 1
    assert written_to(place, DINKES) == [] == written_to(place, cast.SAMSAT)


def test_a_genuine_reporter_is_written_to_as_ever(place: Town) -> None:
    checked(place).write(DINKES, "Internet putus", OUTAGE, Authentication_Results=PASS)
    place.work()
    assert "tanda_terima" in written_to(place, DINKES)
    assert NOT_GENUINE not in place.last(cast.HELPDESK, "Mohon analisis").plain


@pytest.mark.parametrize("field", ["", "mx.orang.example; dmarc=fail", f"{SERVER}; dmarc=none"])
def test_where_our_server_disproves_nothing_the_reporter_is_written_to(place: Town, field: str) -> None:
    headers = {"Authentication_Results": field} if field else {}
    checked(place).write(DINKES, "Internet putus", OUTAGE, **headers)
    place.work()
    assert "tanda_terima" in written_to(place, DINKES)
