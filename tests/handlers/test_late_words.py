"""What a superior says after step 8 has ended by itself, and late words of whoever was asked: heard, told, on record."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from register import journal
from register.workbook import standing
from report.model import paper_model
from report.papers import Papers
from sop.events import Event, Late, Proposed
from sop.standing import Standing
from sop.story import story
from sop.who_reads import Audience
from tests import cast
from tests.cast import DINKES
from tests.town import JOURNEY, Town

NUMBER, REQUEST = "DKL-2026-0001", "Laporan kegiatan untuk diterima"
ORDER = "Genset cadangan diuji tiap bulan dan hasilnya dilaporkan kepada saya."


def ended_by_itself(place: Town) -> None:
    place.to_stage("penerimaan")
    place.work(7)
    assert place.incident().outcome == "tanpa_tanda_terima"


def stands(place: Town) -> Standing:
    with place.office.database.reading() as tx:
        return journal.read_standing(tx, NUMBER)


def events(place: Town) -> Sequence[Event]:
    return stands(place).events


def told(place: Town, address: str, subject: str) -> list[str]:
    """The mails in somebody's mailbox with `subject` in their subject, as text on one line."""
    return [" ".join(mail.plain.split()) for mail in place.inbox(address) if subject in mail.subject]


def register_says(place: Town) -> str:
    return standing(place.incident(), place.office.procedure(), place.office.words)


RECEIPTS = {
    "the word alone": ("DITERIMA", ""),
    "with an order below it": (f"DITERIMA\n\n{ORDER}", ORDER),
    "in everyday words": (f"Laporan sudah saya terima. {ORDER}", ORDER),
    "with courtesy only": ("DITERIMA\n\nTerima kasih atas kerja keras semuanya.", ""),
    "with an order to somebody": ("Diterima. Koordinator agar evaluasi bersama PLN minggu depan.", "Koordinator agar"),
    "with a term": ("DITERIMA\n\nHarap Kabid menyiapkan laporan ke Gubernur besok pagi.", "Harap Kabid"),
    "signed": ("DITERIMA\n\nIr. Rinaldo Firmandes, M.Si\nKepala Dinas", ""),
}


@pytest.mark.parametrize("way", RECEIPTS)
def test_a_receipt_after_step_8_has_ended_by_itself_makes_the_result_selesai_and_its_order_goes_out(
    place: Town, way: str
) -> None:
    text, order = RECEIPTS[way]
    ended_by_itself(place)
    notices = len(place.inbox(DINKES))
    place.work(30)
    place.reply(cast.KADIS, REQUEST, text)
    place.work()
    incident = place.incident()
    assert incident.outcome == "selesai" and incident.receipt is not None and incident.receipt.person == "kadis"
    assert register_says(place) == (
        "Selesai (laporan diterima oleh Kepala Dinas, Senin, 23 November 2026 pukul 09.45 WIB)"
    )
    assert "Keadaan akhir DKL-2026-0001 kini: Selesai" in " ".join(place.last(cast.KADIS, "Dicatat").plain.split())
    for address in (cast.KOORDINATOR, cast.HELPDESK):
        heard = told(place, address, "Arahan dari")
        assert len(heard) == (1 if order else 0) and all(order in mail for mail in heard)
    assert len(place.inbox(DINKES)) == notices, "the reporter has been told of the end"
    said = [said.details.directions for said in incident.directions]
    assert said == [] if not order else order in (said[0] or "")


def test_a_late_receipt_and_its_order_stand_in_story_register_and_papers(place: Town) -> None:
    ended_by_itself(place)
    place.reply(cast.KADIS, REQUEST, f"DITERIMA\n\n{ORDER}")
    place.work()
    now = stands(place)
    told = story(now.events, now.procedure, place.office.words, Audience.ADMIN)
    lines = [f"{line.what} {line.text}" for line in told]
    assert any("laporan diterima sesudah insiden berakhir" in line and ORDER in line for line in lines)
    papers: Papers = place.office.papers
    model = paper_model(now, place.office.directory(), papers.office, place.office.words)
    assert model["hasil"].startswith("Selesai (laporan diterima") and ORDER in model["arahan"][0]
    assert model["pejabat"]["tahap_penerimaan"]["nama"] == "Ir. Rinaldo Firmandes, M.Si"
    step = now.incident.step_clocks(now.procedure)[7]
    assert step.by == ("Siaga (otomatis)",), "what was decided stays decided"


def test_a_receipt_by_the_button_of_the_word_that_it_ended_by_itself_counts_too(place: Town) -> None:
    ended_by_itself(place)
    notice = place.last(cast.KADIS, "Ditutup otomatis")
    assert "DITERIMA" in notice.plain and "mailto:" in notice.html
    place.reply(cast.KADIS, "Ditutup otomatis", "Sudah saya terima, terima kasih.")
    place.work()
    assert place.incident().outcome == "selesai"


def test_what_is_no_clear_receipt_after_the_end_is_asked_and_told_and_the_clear_one_then_counts(place: Town) -> None:
    ended_by_itself(place)
    place.reply(cast.KADIS, REQUEST, "Kenapa biayanya sebesar itu? Saya minta rinciannya dulu.")
    place.work()
    assert place.incident().outcome == "tanpa_tanda_terima"
    assert any("minta rinciannya" in mail.plain for mail in place.inbox(cast.HELPDESK))
    place.reply(cast.KADIS, REQUEST, "Laporan ini tapi belum ada lampiran fotonya.")
    place.work()
    assert "DITERIMA" in place.last(cast.KADIS, "Mohon ditegaskan").plain
    assert ["lampiran fotonya" in mail for mail in told(place, cast.KOORDINATOR, "Keterangan dari")] == [True]
    place.reply(cast.KADIS, "Mohon ditegaskan", "DITERIMA")
    place.work()
    assert place.incident().outcome == "selesai"


def test_an_order_that_comes_with_no_clear_receipt_in_time_is_told_all_the_same(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, REQUEST, "Tolong sampaikan ke Sekda bahwa genset harus diganti tahun ini.")
    place.work(1)
    assert place.incident().outcome == ""
    assert ["genset harus diganti" in mail for mail in told(place, cast.HELPDESK, "Keterangan dari")] == [True]
    assert "Mohon ditegaskan" in place.last(cast.KADIS, "Mohon ditegaskan").subject


def test_a_receipt_counts_once_and_a_second_one_with_an_order_is_only_passed_on(place: Town) -> None:
    ended_by_itself(place)
    place.reply(cast.KADIS, REQUEST, "DITERIMA")
    place.work(1)
    first = place.incident().receipt
    place.reply(cast.KADIS, REQUEST, f"DITERIMA\n\n{ORDER}")
    place.work(1)
    assert place.incident().receipt == first and isinstance(events(place)[-1].data, Late)
    assert [ORDER in mail for mail in told(place, cast.KOORDINATOR, "Arahan dari")] == [True]
    place.work(600)
    assert len(told(place, cast.KOORDINATOR, "Arahan dari")) == 1 and not told(place, cast.KADIS, "Pengingat")[2:]


def test_an_order_with_a_receipt_in_time_goes_out_and_is_never_shown_to_the_reporter(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, REQUEST, f"DITERIMA\n\n{ORDER}")
    place.work(1)
    assert place.incident().outcome == "selesai" and place.incident().receipt is None
    for address in (cast.KOORDINATOR, cast.HELPDESK):
        assert [ORDER in mail for mail in told(place, address, "Arahan dari")] == [True]
    assert all(ORDER not in mail.plain + mail.html for mail in place.inbox(DINKES))


ORDERS = {
    "the Koordinator to Helpdesk": (
        ("penerusan_analisis", cast.KOORDINATOR, "Mohon diteruskan ke Kabid"),
        "TERUSKAN\n\nHelpdesk mohon kabari OPD tiap 30 menit.",
        [cast.HELPDESK],
    ),
    "the Kabid to Helpdesk beside the disposisi": (
        ("disposisi", cast.KABID, "Mohon disposisi"),
        "DISPOSISI\n\nSegera tangani. Tolong Helpdesk hubungi RSUD.",
        [cast.HELPDESK],
    ),
    "the Kabid to the Koordinator beside the report": (
        ("pelaporan_kabid", cast.KABID, "Mohon laporan hasil diteruskan"),
        "TERUSKAN\n\nKoordinator tolong arsipkan laporan ini.",
        [cast.KOORDINATOR, cast.HELPDESK],
    ),
    "the Kabid orders the work itself": (
        ("disposisi", cast.KABID, "Mohon disposisi"),
        "DISPOSISI\n\nKoordinator segera tugaskan Tim Jaringan.",
        [],
    ),
    "the Koordinator only notes": (
        ("penerusan_analisis", cast.KOORDINATOR, "Mohon diteruskan ke Kabid"),
        "TERUSKAN\n\nCatatan: sudah dikoordinasikan dengan Helpdesk, mohon segera.",
        [],
    ),
}


@pytest.mark.parametrize("who", ORDERS)
def test_an_order_to_others_beside_any_answer_goes_to_them_at_once(place: Town, who: str) -> None:
    (stage, address, subject), text, heard_by = ORDERS[who]
    place.to_stage(stage)
    place.reply(address, subject, text)
    place.work(0.5)
    passed_on = "Arahan Saudara telah diteruskan" in " ".join(place.last(address, "Dicatat").plain.split())
    assert passed_on == bool(heard_by)
    for colleague in (cast.KOORDINATOR, cast.HELPDESK):
        assert len(told(place, colleague, "Arahan dari")) == (1 if colleague in heard_by else 0), colleague
    assert bool(place.incident().directions) == bool(heard_by)


LATE = {
    "after the ladder has forwarded it": (
        "penerusan_analisis",
        (cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "Jangan lupa koordinasi dengan vendor FO."),
        (),
        cast.KABID,
    ),
    "with the answer, after the ladder": (
        "penerusan_analisis",
        (cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN\n\nVendor sudah di lokasi."),
        (),
        cast.KABID,
    ),
    "after somebody else has decided": (
        "disposisi",
        (cast.KABID, "Mohon disposisi", "Utamakan SIMRS, jangan matikan server."),
        (cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani."),
        cast.KOORDINATOR,
    ),
    "in answer to the word that it is decided": (
        "disposisi",
        (cast.KABID, "Sudah diputuskan", "Utamakan SIMRS, jangan matikan server."),
        (cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani."),
        cast.KOORDINATOR,
    ),
    "against what was decided": (
        "disposisi",
        (cast.KABID, "Mohon disposisi", "TIDAK\n\nCukup ditangani Helpdesk, hanya satu ruangan."),
        (cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani."),
        cast.KOORDINATOR,
    ),
}


@pytest.mark.parametrize("when", LATE)
def test_a_late_remark_of_somebody_who_was_asked_is_told_once_to_whoever_holds_the_incident_now(
    place: Town, when: str
) -> None:
    stage, (address, subject, text), first, holder = LATE[when]
    place.to_stage(stage)
    place.work(3)
    if first:
        place.reply(*first)
    place.work(3.5 if not first else 0.5)
    before = place.incident().current
    place.reply(address, subject, text)
    place.work()
    assert place.incident().current == before, "a late word decided something"
    words = text.rpartition("\n")[2]
    assert [words in mail for mail in told(place, holder, "Keterangan dari")] == [True]
    assert [words in mail for mail in told(place, cast.HELPDESK, "Keterangan dari")] == [True]
    assert "telah diteruskan kepada" in " ".join(place.last(address, "Sudah diputuskan").plain.split())


def test_a_late_bare_word_is_told_to_nobody_but_its_author(place: Town) -> None:
    place.to_stage("penerusan_analisis")
    place.work(7)
    place.reply(cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN")
    place.work()
    assert "Surel Saudara dicatat" in place.last(cast.KOORDINATOR, "Sudah diputuskan").plain
    assert not told(place, cast.KABID, "Keterangan dari") and not told(place, cast.HELPDESK, "Keterangan dari")


def test_a_stranger_who_got_the_request_receives_nothing_and_orders_nothing(place: Town) -> None:
    ended_by_itself(place)
    place.reply(cast.KADIS, REQUEST, f"DITERIMA\n\n{ORDER}", sender=cast.SAMSAT)
    place.work()
    assert place.incident().outcome == "tanpa_tanda_terima" and not place.incident().directions
    assert not told(place, cast.KOORDINATOR, "Arahan dari")


def test_a_colleague_who_was_never_asked_receives_nothing_in_the_kadis_place(place: Town) -> None:
    ended_by_itself(place)
    for address in (cast.KABID, cast.HELPDESK):
        place.reply(cast.KADIS, REQUEST, f"DITERIMA\n\n{ORDER}", sender=address)
        place.work()
    assert place.incident().outcome == "tanpa_tanda_terima" and not place.incident().directions


def test_a_receipt_that_bears_only_number_and_sender_is_asked_first(place: Town) -> None:
    ended_by_itself(place)
    place.write(cast.SAMSAT, f"[{NUMBER}] Laporan", f"DITERIMA\n\n{ORDER}", claimed_sender=cast.KADIS)
    place.work()
    assert place.incident().outcome == "tanpa_tanda_terima" and isinstance(events(place)[-1].data, Proposed)
    assert not told(place, cast.KOORDINATOR, "Arahan dari")
    place.reply(cast.KADIS, "Apakah ini jawaban Saudara?", "OK")
    place.work()
    assert place.incident().outcome == "selesai"
    assert [ORDER in mail for mail in told(place, cast.KOORDINATOR, "Arahan dari")] == [True]


def test_whoever_is_only_informed_remarks_and_orders_nothing(place: Town) -> None:
    ended_by_itself(place)
    place.reply(cast.HELPDESK, "Penanganan selesai", "DITERIMA\n\nKoordinator agar segera mematikan server.")
    place.work()
    assert place.incident().outcome == "tanpa_tanda_terima" and not place.incident().directions
    assert not told(place, cast.KOORDINATOR, "Arahan dari")


def test_what_was_linked_ends_as_the_one_it_was_linked_to_when_the_receipt_comes(place: Town) -> None:
    place.letter()
    place.work()
    place.letter(418)
    place.work()
    place.reply(cast.HELPDESK, "[DKL-2026-0002] Mohon analisis", f"GABUNG {NUMBER}")
    place.work()
    assert place.incident("DKL-2026-0002").linked_to == NUMBER
    for _, address, subject, text in JOURNEY[:-1]:
        place.reply(address, f"[{NUMBER}] {subject}", text)
        place.work(1)
    place.work(7)
    assert place.incident("DKL-2026-0002").outcome == "tanpa_tanda_terima"
    place.reply(cast.KADIS, REQUEST, "DITERIMA")
    place.work()
    assert place.incident("DKL-2026-0002").outcome == "selesai" == place.incident().outcome
