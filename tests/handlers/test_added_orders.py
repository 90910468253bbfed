"""An order that is added to an answer, in reply to our note of it, is passed on as one; what doubts as well is a doubt."""

from __future__ import annotations

import pytest

from register.workbook import standing
from sop.events import Late, Objected, OrderAdded
from tests import cast
from tests.handlers.test_late_words import ORDER, REQUEST, ended_by_itself, events, told
from tests.handlers.test_second_thoughts import stage_of
from tests.town import Town

ADDED = {
    "with a label": ("Tambahan: Helpdesk mohon kabari OPD tiap jam.", "kabari OPD tiap jam"),
    "spoken to whoever is asked next": ("Koordinator harap pastikan SIMRS didahulukan.", "SIMRS didahulukan"),
    "spoken to in the middle, and going on": ("Satu lagi, tolong Helpdesk hubungi RSUD. Kabari juga PLN.", "juga PLN"),
    "after the same answer once more": ("DISPOSISI\n\nKoordinator mohon libatkan PLN.", "libatkan PLN"),
    "with courtesy and a name": (
        "Bu Koordinator, tolong hubungi vendor FO.\n\nTerima kasih,\nYuliandri Putra",
        "tolong hubungi vendor FO",
    ),
}


@pytest.mark.parametrize("way", ADDED)
def test_an_order_added_to_what_was_recorded_is_passed_on_as_an_order_and_asks_nothing(place: Town, way: str) -> None:
    text, order = ADDED[way]
    place.to_stage("penugasan")
    place.reply(cast.KABID, "Dicatat", text)
    place.work(0.5)
    assert stage_of(place) == "penugasan" and isinstance(events(place)[-1].data, OrderAdded)
    for address in (cast.KOORDINATOR, cast.HELPDESK):
        assert [order in mail for mail in told(place, address, "Arahan dari")] == [True], address
        assert not told(place, address, "Keterangan dari")
    (said,) = told(place, cast.KABID, "Arahan dicatat")
    assert "telah diteruskan kepada Petugas Helpdesk, Koordinator Helpdesk" in said and "tetap berlaku" in said
    assert not told(place, cast.KABID, "Benar dibatalkan?")
    (kept,) = place.incident().directions
    assert kept.person == "kabid" and order in (kept.details.directions or "")
    assert all(order not in mail.plain for mail in place.inbox(cast.DINKES))


def test_an_order_added_after_the_next_has_acted_reaches_whom_it_is_spoken_to(place: Town) -> None:
    place.to_stage("penanganan")
    place.reply(cast.KABID, "Dicatat", "Koordinator harap pastikan SIMRS didahulukan.")
    place.work(0.5)
    assert ["SIMRS didahulukan" in mail for mail in told(place, cast.KOORDINATOR, "Arahan dari")] == [True]
    place.reply(cast.KABID, "Arahan dicatat", "Helpdesk mohon kabari RSUD juga.")
    place.work(0.5)
    assert any("kabari RSUD" in mail for mail in told(place, cast.HELPDESK, "Arahan dari"))
    assert stage_of(place) == "penanganan" and len(place.incident().directions) == 2


@pytest.mark.parametrize("late", [False, True])
def test_an_order_added_to_a_receipt_is_one_also_when_spoken_to_nobody(place: Town, late: bool) -> None:
    if late:
        ended_by_itself(place)
    else:
        place.to_stage("penerimaan")
    place.reply(cast.KADIS, REQUEST, "DITERIMA")
    place.work(0.5)
    for text in ("Tambahan arahan: Koordinator mohon uji genset tiap bulan.", ORDER.replace("Genset", "Mohon genset")):
        place.reply(cast.KADIS, "Dicatat", text)
        place.work(0.5)
        assert isinstance(events(place)[-1].data, OrderAdded), text
    for address in (cast.KOORDINATOR, cast.HELPDESK):
        assert len(told(place, address, "Arahan dari")) == 2 and not told(place, address, "Keterangan dari")
    assert place.incident().outcome == "selesai" and len(place.incident().directions) == 2
    assert not told(place, cast.KADIS, "tetap berlaku")


BOTH = (
    "Maaf saya keliru. Koordinator mohon uji genset.",
    "Koordinator mohon jangan diteruskan dulu.",
    "Koordinator mohon libatkan PLN. Sebenarnya saya ragu.",
    "Koordinator mohon kembalikan ke Helpdesk.",
    "TIDAK\n\nHelpdesk mohon analisis ulang.",
)


@pytest.mark.parametrize("text", BOTH)
def test_what_orders_and_doubts_stays_a_doubt(place: Town, text: str) -> None:
    place.to_stage("penugasan")
    place.reply(cast.KABID, "Dicatat", text)
    place.work(0.5)
    assert stage_of(place) == "penugasan" and isinstance(events(place)[-1].data, Objected)
    assert len(told(place, cast.KABID, "Benar dibatalkan?")) == 1 and not place.incident().directions
    assert not told(place, cast.KOORDINATOR, "Arahan dari")


def test_orders_without_end_are_told_no_more_and_their_author_reads_it(place: Town) -> None:
    place.to_stage("penugasan")
    for number in range(9):
        place.reply(cast.KABID, "Dicatat", f"Koordinator mohon kirim laporan ke-{number}.")
        place.work(0.05)
    assert len(told(place, cast.KOORDINATOR, "Arahan dari")) == 6 and len(place.incident().directions) == 9
    said = told(place, cast.KABID, "Arahan dicatat")
    assert len(said) == 8 and "tidak diteruskan lewat surel" in said[-1]


@pytest.mark.parametrize("text", ["Maaf keliru", "RALAT", "BATAL"])
def test_whoever_takes_back_a_late_receipt_reads_that_it_stands(place: Town, text: str) -> None:
    ended_by_itself(place)
    place.reply(cast.KADIS, REQUEST, "DITERIMA")
    place.work(0.5)
    note = " ".join(place.last(cast.KADIS, "Dicatat").plain.split())
    assert "menyusul berakhirnya penanganan: laporan diterima" in note and "RALAT" not in note
    place.reply(cast.KADIS, "Dicatat", text)
    place.work(0.5)
    (said,) = told(place, cast.KADIS, "Diteruskan; jawaban tetap berlaku")
    assert "tetap berlaku dan tidak dapat ditarik lagi" in said and "Petugas Helpdesk" in said
    assert not told(place, cast.KADIS, "Sudah diputuskan") and place.incident().outcome == "selesai"
    assert isinstance(events(place)[-1].data, Late | Objected)
    assert [text in mail for mail in told(place, cast.HELPDESK, "Keterangan dari")] == [True]


def test_the_note_of_an_answer_says_what_was_recorded_and_offers_only_what_can_be_done(place: Town) -> None:
    place.to_stage("penanganan")
    place.reply(cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nKabel sedang disambung.")
    place.work(0.5)
    progress = place.last(cast.JARINGAN, "Dicatat")
    assert progress.subject.endswith("Dicatat: Penanganan Tim Teknis, kabar kemajuan") and "RALAT" not in progress.plain
    place.reply(cast.JARINGAN, "Penugasan penanganan", "MINTA WAKTU 30 menit\n\nAlasan: menunggu kabel.")
    place.work(0.5)
    more = place.last(cast.JARINGAN, "Dicatat")
    said = " ".join(more.plain.split())
    assert more.subject.endswith("Penanganan Tim Teknis, tambahan waktu") and "RALAT" not in more.plain
    assert "telah dicatat; batas waktunya kini Senin, 23 November 2026 pukul 10." in said
    ordered = place.last(cast.KABID, "Dicatat")
    at = ordered.subject.partition("Dicatat ")[2].partition(":")[0]
    assert ordered.subject.endswith(f"Dicatat {at}: Disposisi Kabid, disposisi diberikan")
    assert f"telah dicatat pukul {at} WIB: disposisi diberikan. Bila keliru" in " ".join(ordered.plain.split())


def test_the_receipt_of_the_report_is_final_and_its_note_offers_no_taking_back(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, REQUEST, "DITERIMA")
    place.work(0.5)
    note = place.last(cast.KADIS, "Dicatat")
    assert "laporan diterima" in note.subject and "RALAT" not in note.plain + note.html
    assert "keterangan Saudara diteruskan kepada Helpdesk" in " ".join(note.plain.split())
    assert "Selesai" in standing(place.incident(), place.office.procedure(), place.office.words)


def test_whoever_may_not_have_answered_is_told_what_they_can_do(place: Town) -> None:
    """No server vouches in this town: RALAT where it does something, else Helpdesk."""
    remedies = {cast.KABID: "balas RALAT", cast.JARINGAN: "hubungi Helpdesk"}
    place.to_stage("penanganan")
    place.reply(cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nKabel sedang disambung.")
    place.work(0.5)
    for address, remedy in remedies.items():
        said = " ".join(place.last(address, "Dicatat").plain.split())
        assert f"Bila bukan Saudara yang menjawab, segera {remedy}." in said, address
