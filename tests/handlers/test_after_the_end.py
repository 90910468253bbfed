"""What the reporter writes when their incident has ended: not yet, thanks, or something new; and Helpdesk's DARURAT on it."""

from __future__ import annotations

from register.workbook import standing
from tests import cast
from tests.cast import DINKES
from tests.town import JOURNEY, Town


def closed(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(1)
    assert place.incident().outcome == "selesai"


def test_belum_after_the_closing_notice_opens_the_work_again_and_tells_the_koordinator(place: Town) -> None:
    closed(place)
    notice = place.last(DINKES, "Penanganan selesai")
    assert "BELUM" in notice.plain and "mailto:" in notice.html
    place.work(60)
    place.reply(DINKES, "Penanganan selesai", "BELUM, SIMRS masih tidak bisa dibuka.")
    place.work()
    again = place.incident("DKL-2026-0002")
    assert again.continues == "DKL-2026-0001" and again.report.opd == place.incident().report.opd
    assert again.opened == place.clock.now(), "the work that began again runs by the old clock"
    by = (
        "dr. Nelfi Yusra, M.Kes (Sekretaris) menyatakan layanannya belum pulih, "
        "Senin, 23 November 2026 pukul 10.09 WIB: “BELUM, SIMRS masih tidak bisa dibuka.”"
    )
    assert (
        standing(again, place.office.procedure(), place.office.words)
        == f"Menunggu Helpdesk; lanjutan DKL-2026-0001 ({by})"
    )
    assert (
        standing(place.incident(), place.office.procedure(), place.office.words)
        == f"Selesai; dilanjutkan DKL-2026-0002 ({by})"
    )
    assert "belum pulih" in place.last(cast.KOORDINATOR, "Layanan belum pulih").plain
    assert "melanjutkan DKL-2026-0001" in place.last(DINKES, "Laporan diterima").plain
    place.reply(DINKES, "Penanganan selesai", "Masih belum bisa juga, mohon segera.")
    place.work()
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"], "a second BELUM opened a third incident"
    assert any("Masih belum bisa juga" in text for text in place.incident("DKL-2026-0002").follow_ups)


def test_an_official_who_reported_an_outage_is_heard_as_its_reporter(place: Town) -> None:
    place.write(
        cast.APLIKASI,
        "Laporan gangguan: jaringan internet putus",
        "Yth. Helpdesk,\n\nKami laporkan jaringan internet Dinas Kesehatan putus total sejak pukul 08.00.",
    )
    place.work()
    for _, address, subject, text in JOURNEY:
        place.reply(address, subject, text)
        place.work(1)
    assert place.incident().outcome == "selesai"
    place.reply(cast.APLIKASI, "Penanganan selesai", "BELUM\n\nJaringan masih putus.")
    place.work()
    assert place.incident("DKL-2026-0002").continues == "DKL-2026-0001"


def test_a_word_of_thanks_after_the_end_opens_nothing_but_is_told(place: Town) -> None:
    closed(place)
    place.work(60)
    place.reply(DINKES, "Penanganan selesai", "Sudah normal, terima kasih. Belum ada kendala lagi.")
    place.work()
    assert place.numbers() == ["DKL-2026-0001"]
    assert "Sudah normal" in place.last(cast.HELPDESK, "Kabar dari pelapor").plain


def test_a_belum_after_a_day_is_a_report_of_its_own(place: Town) -> None:
    closed(place)
    place.work(1500)
    place.reply(DINKES, "Penanganan selesai", "BELUM pulih")
    place.work()
    assert place.numbers() == ["DKL-2026-0001", "DKL-2026-0002"] and not place.incident("DKL-2026-0002").continues


def test_helpdesk_has_an_ended_incident_worked_on_again_by_darurat(place: Town) -> None:
    closed(place)
    place.work(3 * 24 * 60)
    place.reply(DINKES, "Penanganan selesai", "Mohon ditinjau kembali, hasilnya kurang memuaskan.")
    place.work()
    place.reply(cast.HELPDESK, "Kabar dari pelapor", "DARURAT")
    place.work()
    assert place.incident("DKL-2026-0002").continues == "DKL-2026-0001"
