"""A number is ours only when it has our form and an incident bears it; anybody else's hides no emergency."""

from __future__ import annotations

import pytest

from register.schema import counters
from tests import cast
from tests.cast import DINKES
from tests.town import Town

REPORT = "Jaringan internet di kantor kami putus total sejak pukul 08.00 WIB. Mohon bantuan segera."


@pytest.mark.parametrize(
    "quoted",
    [
        "Nomor tiket penyedia: TLK-2026-00123",
        "Tiket: INC-2026-0042",
        "Menyusul DKL-2026-9999",
        "Lihat PRR-2026-0001",
    ],
)
def test_a_report_that_quotes_a_number_of_nothing_is_a_report(place: Town, quoted: str) -> None:
    place.write(cast.SAMSAT, f"Internet mati {quoted}", f"{REPORT}\n{quoted}")
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    assert place.incident().report.email == cast.SAMSAT


def test_a_number_that_an_incident_bears_makes_a_later_word(place: Town) -> None:
    place.letter()
    place.work()
    place.write(DINKES, "Tambahan untuk dkl-2026-0001", "Gedung B juga putus.")
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"] and len(place.incident().follow_ups) == 1


def test_numbers_of_an_earlier_procedure_stay_ours(place: Town) -> None:
    from handlers.meaning.our_numbers import our_numbers

    with place.office.database.writing() as tx:
        tx.execute(counters.insert().values(prefix="LAMA", year=2025, last=7))
    assert our_numbers(place.office).within("LAMA-2025-0007 dan DKL-2026-0001") == ("LAMA-2025-0007", "DKL-2026-0001")


def test_an_order_to_link_may_quote_a_providers_ticket(place: Town) -> None:
    place.letter()
    place.work()
    place.write(cast.SAMSAT, "Internet mati", REPORT)
    place.work(1)
    assert len(place.numbers()) == 2
    place.reply(cast.HELPDESK, "DKL-2026-0002] Mohon analisis", "GABUNG DKL-2026-0001 (tiket TLK-2026-00123)")
    place.work(1)
    assert place.incident("DKL-2026-0002").linked_to == "DKL-2026-0001"


def test_a_report_that_follows_a_letter_we_never_had_is_the_first_to_us(place: Town) -> None:
    words = (
        "Menindaklanjuti surat kami nomor 045/118/Samsat/2026, internet kantor kami masih putus total, mohon ditangani."
    )
    place.write(cast.SAMSAT, "Susulan", words)
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
