"""Many write at once, so that what matters stands behind what does not."""

from __future__ import annotations

import re

import pytest

from register import ledger
from tests import cast
from tests.attacks import some
from tests.cast import DINKES
from tests.town import Town

OUTAGES = (
    "Internet kantor kami mati sejak tadi pagi, mohon bantuan.",
    "Aplikasi pelayanan tidak bisa dibuka sejak pukul 08.00, mohon segera diperbaiki.",
    "Server kami tidak dapat diakses dari semua komputer, mohon ditangani.",
)
STRANGERS = 60


def crowd(place: Town, senders: list[str]) -> None:
    for number, sender in enumerate(senders):
        text = f"{OUTAGES[number % len(OUTAGES)]}\nKantor {number}."
        place.write(cast.SAMSAT, f"Gangguan di kantor {number}", text, claimed_sender=sender)


def test_many_strangers_at_once_are_gathered_into_one_list(place: Town) -> None:
    crowd(place, [f"warga{number}@luar{number % 7}.example" for number in range(STRANGERS)])
    place.work()
    assert len(place.numbers()) == 10
    told = [mail for mail in place.inbox(cast.HELPDESK) if "Segera diperiksa" in mail.subject]
    assert len(told) == 1 and f"{STRANGERS - 10} surat" in told[0].subject
    assert told[0].plain.count("(mungkin darurat)") == STRANGERS - 10
    assert len(place.inbox(cast.HELPDESK)) <= 2 * 10 + 1
    with place.office.database.reading() as tx:
        assert not [mail for mail in ledger.everything(tx) if mail.state is ledger.State.SET_APART]


@pytest.mark.chaos
def test_a_list_at_once_is_renewed_and_not_sent_for_each_letter(place: Town) -> None:
    crowd(place, [f"warga{number}@luar.example" for number in range(12)])
    place.work()
    for number in range(12, 20):
        crowd(place, [f"warga{number}@luar.example"])
        place.work(1)
    told = [mail for mail in place.inbox(cast.HELPDESK) if "Segera diperiksa" in mail.subject]
    assert 2 <= len(told) <= 3
    place.work(6)
    listed = " ".join(mail.plain for mail in place.inbox(cast.HELPDESK) if "Segera diperiksa" in mail.subject)
    assert all(f"warga{number}@luar.example" in listed for number in range(10, 20))


@pytest.mark.chaos
def test_a_gathered_letter_becomes_an_incident_by_its_code(place: Town) -> None:
    crowd(place, [f"warga{number}@luar.example" for number in range(11)])
    place.work()
    told = place.last(cast.HELPDESK, "Segera diperiksa: 1 surat")
    code = re.findall(r"\b[0-9a-f]{8}\b", told.plain)[-1]
    place.reply(cast.HELPDESK, "Segera diperiksa", f"DARURAT {code}")
    place.work()
    assert len(place.numbers()) == 11
    assert place.incident("DKL-2026-0011").report.email == "warga10@luar.example"


@pytest.mark.parametrize(
    "sender",
    some(["opd{}@contoh.example", "pic{}@dinkes.luar.example", "pic{}@bappeda.prov.example"], 1),
)
def test_the_day_the_data_centre_burns_every_office_gets_its_incident(place: Town, sender: str) -> None:
    crowd(place, [sender.format(number) for number in range(25)])
    place.work()
    assert len(place.numbers()) == 25


@pytest.mark.chaos
def test_an_office_named_by_no_more_than_a_chosen_name_is_a_stranger(place: Town) -> None:
    crowd(place, [f"dinkes.{number}@surel-gratis.example" for number in range(15)])
    place.work()
    assert len(place.numbers()) == 10


@pytest.mark.chaos
def test_who_has_reported_before_is_no_stranger(place: Town) -> None:
    place.write(cast.SAMSAT, "Internet mati", OUTAGES[0], claimed_sender="bidan.desa@luar.example")
    place.work()
    place.work(24 * 60)
    crowd(place, [f"warga{number}@luar.example" for number in range(12)])
    place.write(cast.SAMSAT, "Aplikasi antrean mati", OUTAGES[1], claimed_sender="bidan.desa@luar.example")
    place.work()
    reporters = [place.incident(number).report.email for number in place.numbers()]
    assert reporters.count("bidan.desa@luar.example") == 2


@pytest.mark.chaos
def test_what_the_server_disproves_is_a_strangers_whatever_address_it_bears(place: Town) -> None:
    place.office.authserv_id = "mx.contoh.example"
    for number in range(14):
        place.write(
            cast.SAMSAT,
            f"Gangguan di kantor {number}",
            f"{OUTAGES[number % 3]} Kantor {number}.",
            claimed_sender=f"pic{number}@contoh.example",
            Authentication_Results="mx.contoh.example; dmarc=fail header.from=contoh.example",
        )
    place.work()
    assert len(place.numbers()) == 10


@pytest.mark.chaos
def test_strangers_who_quote_a_number_of_ours_do_not_flood_its_incident(place: Town) -> None:
    place.letter()
    place.work()
    before = len(place.inbox(cast.HELPDESK))
    for number in range(30):
        text = f"{OUTAGES[number % 3]} Kantor {number}."
        place.write(cast.SAMSAT, f"[DKL-2026-0001] {number}", text, claimed_sender=f"w{number}@luar.example")
    place.work()
    assert len(place.incident().follow_ups) + len(place.numbers()) - 1 <= 10
    assert len(place.inbox(cast.HELPDESK)) - before <= 10 * 2 + 1


def test_a_real_request_does_not_stand_behind_three_hundred_mails_for_others(place: Town) -> None:
    place.office.postman.per_minute = 4
    crowd(place, [f"opd{number}@contoh.example" for number in range(6)])
    place.work()
    place.write(DINKES, "Internet RSUD putus", "Internet RSUD putus total, mohon bantuan.")
    for _ in range(2):
        place.work(1)
    number = place.numbers()[-1]
    asked = [mail.subject for mail in place.inbox(cast.HELPDESK) if number in mail.subject]
    assert asked and "Mohon analisis" in asked[0]
