"""A card that was misread is mended: by KOREKSI in an answer, by whoever is or was asked."""

from __future__ import annotations

import pytest

from handlers.card_corrected import CannotCorrect, correct_card
from handlers.care.replay import replay_journal
from tests import cast
from tests.cast import DINKES, HELPDESK
from tests.town import Town


def flat(text: str) -> str:
    return " ".join(text.split())


def echo(place: Town, address: str = HELPDESK) -> str:
    return flat(place.last(address, "Koreksi kartu").plain)


@pytest.mark.parametrize(
    "written",
    [
        "KOREKSI OPD: Dinas Pendidikan",
        "koreksi opd dinas pendidikan",
        "- KOREKSI OPD: Dinas Pendidikan.",
        "Koreksi: OPD = Dinas Pendidikan",
        "KOREKSI:\n- Perangkat daerah: Dinas Pendidikan",
        "*KOREKSI OPD:* “Disdik”,",
        "Mohon koreksi perangkat daerah menjadi Dinas Pendidkan",
        "KOREKSI OPD\tDinas Pendidikan",
    ],
)
def test_helpdesk_corrects_the_opd_and_the_card_the_subject_and_the_register_follow(place: Town, written: str) -> None:
    place.to_stage("analisis")
    before = place.incident().report.opd
    place.reply(HELPDESK, "Mohon analisis", written)
    place.work()
    incident = place.incident()
    assert (before, incident.report.opd) == ("Dinas Kesehatan", "Dinas Pendidikan")
    assert incident.current is not None and incident.current.stage == "analisis" and not incident.current.unclear
    assert "Dinas Pendidikan (semula Dinas Kesehatan)" in echo(place)
    place.reply(HELPDESK, "Mohon analisis", "YA\n\nKabel putus.")
    place.work(1)
    request = place.last(cast.KOORDINATOR, "Mohon diteruskan ke Kabid")
    assert "Dinas Pendidikan" in request.plain
    assert "dikoreksi Dedi Kurniadi, A.Md., Petugas Helpdesk, pukul 09.0" in flat(request.plain)


def test_corrections_beside_an_answer_are_carried_out_with_it_and_stand_in_no_analysis(place: Town) -> None:
    place.to_stage("analisis")
    said = "YA\n\nAnalisis: kabel putus di tiang.\nKOREKSI LAYANAN: listrik\nKOREKSI LOKASI: Gedung B, lantai 2"
    place.reply(HELPDESK, "Mohon analisis", said)
    place.work()
    incident = place.incident()
    assert incident.current is not None and incident.current.stage == "penerusan_analisis"
    assert (incident.report.layanan, incident.report.lokasi) == (("listrik",), "Gedung B, lantai 2")
    answer = incident.last_answer("analisis")
    assert answer is not None and "kabel putus" in answer.text and "KOREKSI" not in answer.text
    told = echo(place)
    assert "Layanan: listrik (semula jaringan)" in told and "Lokasi: Gedung B, lantai 2" in told


def test_whoever_is_asked_now_is_told_what_stood_there_and_who_corrected_it(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI LAYANAN: listrik")
    place.work()
    told = flat(place.last(cast.KABID, "Kartu insiden dikoreksi").plain)
    assert "Dedi Kurniadi, A.Md. (Petugas Helpdesk)" in told and "Layanan: listrik (semula jaringan)" in told
    assert all("dikoreksi Dedi" not in mail.plain for mail in place.inbox(DINKES)), "the reporter reads none of it"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("KOREKSI OPD: Dinas Antariksa", "tidak ada dalam daftar perangkat daerah"),
        ("KOREKSI OPD: kesehatan", "dapat berarti Dinas Kesehatan, Dinas Peternakan dan Kesehatan Hewan"),
        ("KOREKSI OPD: Dinas Sosial atau Dinas Pendidikan", "dapat berarti"),
        ("KOREKSI OPD: bukan Dinas Kesehatan", "belum pasti berarti Dinas Kesehatan"),
        ("OPD-nya bukan Dinas Kesehatan tapi Dinas Pendidikan", "balas KOREKSI OPD:"),
        ("KOREKSI MULAI: besok pagi", "waktu yang sudah lewat"),
        ("KOREKSI MULAI: pukul 07.30 atau 08.00", "bukan waktu yang pasti"),
        ("KOREKSI LAYANAN: sambungan gaib", "yang dikenal: jaringan"),
        ("KOREKSI TELEPON: nanti menyusul", "nomor telepon"),
        ("KOREKSI SUREL: lain@jahat.example", "tidak diubah lewat KOREKSI"),
        ("KOREKSI NOMOR INSIDEN: DKL-2026-0009", "tidak dapat dikoreksi"),
        ("KOREKSI LOKASI: -", "kosong"),
        ("KOREKSI WARNA: merah", "tidak ada pada kartu"),
        ("KOREKSI OPD: Disdik\nKOREKSI OPD: Dinsos", "disebut dua kali"),
    ],
)
def test_what_is_not_beyond_doubt_is_asked_back_and_changes_nothing(place: Town, written: str, why: str) -> None:
    place.to_stage("analisis")
    before = place.incident().report
    place.reply(HELPDESK, "Mohon analisis", written)
    place.work()
    incident = place.incident()
    assert incident.report == before and incident.current is not None and incident.current.stage == "analisis"
    told = echo(place)
    assert "BELUM diterapkan" in told and why in told, told
    assert len([mail for mail in place.inbox(HELPDESK) if "Koreksi kartu" in mail.subject]) == 1


def test_of_several_lines_each_is_told_as_carried_out_or_not_in_one_echo(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI OPD: Disdik\nKOREKSI MULAI: besok\nKOREKSI LAYANAN: jaringan")
    place.work()
    assert place.incident().report.opd == "Dinas Pendidikan"
    told = echo(place)
    assert "Dinas Pendidikan (semula Dinas Kesehatan)" in told
    assert "“KOREKSI MULAI: besok”" in told and "Sudah demikian pada kartu: layanan jaringan" in told


def test_a_question_by_the_echo_is_answered_by_a_reply_to_it(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI OPD: Dinas Antariksa")
    place.work()
    place.reply(HELPDESK, "Koreksi kartu belum diterapkan", "KOREKSI OPD: Disdik")
    place.work()
    assert place.incident().report.opd == "Dinas Pendidikan"


@pytest.mark.parametrize("written", ["RALAT: TIDAK\n\nHanya satu komputer.", "Koreksi: TIDAK\n\nHanya satu komputer."])
def test_a_correction_of_an_answer_takes_the_answer_back_as_before(place: Town, written: str) -> None:
    place.to_stage("penerusan_analisis")
    place.reply(HELPDESK, "Mohon analisis", written)
    place.work()
    assert place.incident().outcome == "bukan_darurat" and not place.incident().corrections


@pytest.mark.parametrize(
    "written",
    [
        "koreksi sedikit, lokasinya gedung B",
        "Ralat OPD-nya Dinas Sosial, bukan Dinas Kesehatan",
        "Koreksi saja kartunya ya, yang terganggu listrik",
        "Ralat ya, OPD-nya Dinas Sosial",
        "RALAT:\nOPD: Dinas Sosial",
        "Ralat: Dinas Sosial",
        "0002 KOREKSI OPD: Dinas Sosial",
    ],
)
def test_a_ralat_that_may_mean_the_card_is_asked_and_takes_no_answer_back(place: Town, written: str) -> None:
    place.to_stage("penerusan_analisis")
    before = place.incident().report
    place.reply(HELPDESK, "Dicatat", written)
    place.work()
    incident = place.incident()
    assert incident.report == before and incident.current is not None
    assert incident.current.stage == "penerusan_analisis", "the answer was taken back"
    assert "BELUM diterapkan" in echo(place)


@pytest.mark.parametrize("number", ["DKL-2026-0001 ", "Untuk DKL-2026-0001: ", "0001: "])
def test_a_correction_may_begin_with_the_number_of_the_incident(place: Town, number: str) -> None:
    place.to_stage("penerusan_analisis")
    place.reply(HELPDESK, "Dicatat", f"{number}KOREKSI OPD: Dinas Sosial")
    place.work()
    incident = place.incident()
    assert incident.report.opd == "Dinas Sosial" and incident.current is not None
    assert incident.current.stage == "penerusan_analisis"


@pytest.mark.parametrize(
    "written",
    [
        "0002 KOREKSI OPD: Dinas Sosial",
        "0002: koreksi sedikit, lokasinya gedung B",
        "RALAT 0002: lokasinya gedung B",
        "DKL-2026-0002 ralat OPD-nya Dinas Sosial",
        "RALAT 0002 OPD-nya Dinas Sosial",
    ],
)
def test_a_correction_among_several_takes_no_answer_back(place: Town, written: str) -> None:
    for number in (417, 418, 419):
        place.letter(number)
    place.work()
    place.work(2.1)
    place.reply(HELPDESK, "Pengingat", "Semua ya")
    place.work(0.1)
    place.reply(HELPDESK, "Dicatat: jawaban Saudara", written)
    place.work(0.1)
    for number in place.numbers():
        current = place.incident(number).current
        assert current is not None and current.stage == "penerusan_analisis" and place.incident(number).report.opd


@pytest.mark.parametrize("stage", ["disposisi", "penanganan", "penerimaan"])
def test_whoever_is_asked_may_correct_and_goes_on_being_asked(place: Town, stage: str) -> None:
    place.to_stage(stage)
    address, subject = {
        "disposisi": (cast.KABID, "Mohon disposisi"),
        "penanganan": (cast.JARINGAN, "Penugasan penanganan"),
        "penerimaan": (cast.KADIS, "Laporan kegiatan untuk diterima"),
    }[stage]
    place.reply(address, subject, "KOREKSI LAYANAN: listrik")
    place.work()
    incident = place.incident()
    assert incident.report.layanan == ("listrik",) and incident.current is not None
    assert incident.current.stage == stage and "listrik (semula jaringan)" in echo(place, address)


def test_whoever_only_got_a_copy_corrects_nothing_and_helpdesk_hears_it(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(cast.APLIKASI, "", "KOREKSI LAYANAN: listrik")
    place.work()
    assert place.incident().report.layanan == ("jaringan",) and not place.incident().corrections
    assert "KOREKSI LAYANAN: listrik" in flat(place.last(HELPDESK, "").plain)


def test_a_stranger_and_a_forged_sender_correct_nothing(place: Town) -> None:
    place.to_stage("analisis")
    asked = place.last(HELPDESK, "Mohon analisis")
    thread = {"In_Reply_To": f"<{asked.message_id}>", "References": f"<{asked.message_id}>"}
    place.write(cast.SAMSAT, f"Re: {asked.subject}", "KOREKSI OPD: Dinas Pendidikan", **thread)
    like = "Dedi Kurniadi <helpdesk@contoh-example.example>"
    place.write(cast.SAMSAT, f"Re: {asked.subject}", "KOREKSI OPD: Dinsos", claimed_sender=like, **thread)
    place.work()
    assert place.incident().report.opd == "Dinas Kesehatan" and not place.incident().corrections


def test_a_new_mail_with_the_number_proves_nothing_and_corrects_nothing(place: Town) -> None:
    place.to_stage("analisis")
    place.write(HELPDESK, "[DKL-2026-0001] koreksi", "KOREKSI OPD: Dinas Pendidikan")
    place.write(HELPDESK, "[DKL-2026-0001] jawaban", "YA\n\nKabel putus.\nKOREKSI OPD: Dinas Pendidikan")
    place.work()
    incident = place.incident()
    assert incident.report.opd == "Dinas Kesehatan" and not incident.corrections and incident.refused
    asked = flat(place.last(HELPDESK, "Apakah ini jawaban Saudara").plain)
    assert "KOREKSI di dalamnya belum diterapkan" in asked


def test_the_reporter_overwrites_nothing_that_was_corrected_and_officials_are_told(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI LOKASI: Gedung B")
    place.work()
    receipt = place.last(DINKES, "Laporan diterima")
    place.reply(DINKES, receipt.subject, "Lokasi: Gedung C lantai 4, telepon 0812-7777-8888")
    place.work()
    assert place.incident().report.lokasi == "Gedung B"
    assert "menyebut lain daripada yang sudah dikoreksi" in flat(place.last(HELPDESK, "Kabar dari pelapor").plain)


def test_whoever_gets_the_mails_stays_the_reporter_whatever_opd_is_corrected(place: Town) -> None:
    place.to_stage("penugasan")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI OPD: Dinas Pendidikan\nKOREKSI PELAPOR: Siti Aminah")
    place.work()
    place.reply(cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Jaringan")
    place.work(1)
    assert place.inbox(cast.DISDIK) == [] and place.incident().report.email == DINKES
    assert "mulai ditangani" in flat(place.last(DINKES, "").plain).lower() or place.inbox(DINKES)


def test_a_correction_after_the_end_is_recorded_and_the_papers_are_compiled_again(place: Town) -> None:
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work()
    [paper] = (place.office.papers_folder / "DKL-2026-0001").glob("*khir*.pdf")
    before = paper.read_bytes()
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI OPD: Dinas Pendidikan")
    place.work()
    incident = place.incident()
    assert incident.outcome == "selesai" and incident.report.opd == "Dinas Pendidikan"
    assert paper.read_bytes() != before
    assert "sudah ditutup" in echo(place) and "disusun ulang" in echo(place)


def test_what_is_corrected_decides_which_report_may_be_the_same_outage(place: Town) -> None:
    place.to_stage("analisis")
    place.write(
        cast.DISDIK,
        "Laporan listrik padam",
        "Kepada Helpdesk: listrik ruang server Dinas Pendidikan padam sejak 08.50.",
    )
    place.work()
    place.reply(HELPDESK, "[DKL-2026-0001] Mohon analisis", "KOREKSI LAYANAN: listrik")
    place.work()
    assert [other.nomor for other in place.incident().like] == ["DKL-2026-0002"]
    place.write(cast.SAMSAT, "Laporan listrik", "Kepada Helpdesk: listrik di kantor Samsat padam sejak pukul 08.55.")
    place.work()
    assert "DKL-2026-0001" in [other.nomor for other in place.incident("DKL-2026-0003").like]


def test_an_admin_corrects_by_form_and_is_named(place: Town) -> None:
    place.to_stage("analisis")
    with pytest.raises(CannotCorrect, match="dapat berarti Dinas Kesehatan, Dinas Peternakan"):
        correct_card(place.office, "DKL-2026-0001", {"opd": "kesehatan", "lokasi": "Gedung B"}, "Admin Budi")
    with pytest.raises(CannotCorrect, match="pencatat"):
        correct_card(place.office, "DKL-2026-0001", {"opd": "Disdik"}, " ")
    with pytest.raises(CannotCorrect, match="tidak ada"):
        correct_card(place.office, "DKL-2026-0009", {"opd": "Disdik"}, "Admin Budi")
    assert not place.incident().corrections, "half of a form is carried out"
    typed = {"opd": "Dinas Pendidkan", "waktu_kejadian": "08.15", "lokasi": ""}
    assert set(correct_card(place.office, "DKL-2026-0001", typed, "Admin Budi")) == {"opd", "waktu_kejadian"}
    assert correct_card(place.office, "DKL-2026-0001", typed, "Admin Budi") == ()
    place.work()
    told = flat(place.last(HELPDESK, "Kartu insiden dikoreksi").plain)
    assert "Admin Budi (admin)" in told and "dikoreksi Admin Budi, admin, pukul 09.00 WIB" in told
    assert place.incident().report.waktu_kejadian == "2026-11-23T08:15:00+07:00"


@pytest.mark.parametrize(
    "written",
    [
        "RALAT: YA\nKOREKSI OPD: Dinas Sosial",
        "KOREKSI OPD: Dinas Sosial\n\nRALAT: YA, ternyata semua bidang mati.",
        "RALAT YA\n\nKOREKSI OPD: Dinas Sosial",
        "RALAT\n\nKOREKSI OPD: Dinas Sosial",
        "BATAL\nKOREKSI OPD: Dinas Sosial",
    ],
)
@pytest.mark.parametrize("subject", ["Dicatat", "Mohon analisis"])
def test_a_ralat_beside_a_correction_after_the_end_is_asked_and_a_ralat_alone_goes_on(
    place: Town, written: str, subject: str
) -> None:
    place.to_stage("analisis")
    place.reply(HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer.")
    place.work(0.1)
    place.reply(HELPDESK, subject, written)
    place.work(0.1)
    assert place.incident().outcome == "bukan_darurat" and place.incident().report.opd == "Dinas Sosial"
    asked = place.last(HELPDESK, "Benar dibatalkan?")
    assert "Tidak dapat ditarik" not in "".join(mail.subject for mail in place.inbox(HELPDESK))
    assert "RALAT YA" in flat(asked.plain)
    assert replay_journal(place.office).differences == ()
    place.reply(HELPDESK, "Benar dibatalkan?", "RALAT YA")
    place.work(0.1)
    assert place.incident("DKL-2026-0002").current is not None, "the work does not go on"


@pytest.mark.parametrize(
    "written",
    [
        "DISPOSISI\n\nUtamakan SIMRS.\nKOREKSI LAYANAN: listrik\nTolong Helpdesk hubungi RSUD.",
        "KOREKSI LAYANAN: listrik\n\nDISPOSISI\n\nTolong Helpdesk hubungi RSUD.",
        "DISPOSISI\n\nTolong Helpdesk hubungi RSUD.\n\nKOREKSI:\n- LAYANAN: listrik",
        "DISPOSISI\n\nTolong Helpdesk hubungi RSUD.\n- KOREKSI LAYANAN = listrik\nKOREKSI LOKASI: Gedung B",
        "DISPOSISI\n\n0001 KOREKSI LAYANAN: listrik\nTolong Helpdesk hubungi RSUD.",
    ],
)
def test_lines_that_correct_the_card_are_passed_on_as_no_order(place: Town, written: str) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", written)
    place.work(0.1)
    assert place.incident().report.layanan == ("listrik",)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and "KOREKSI" not in f"{answer.text} {answer.details.directions or ''}"
    passed_on = flat(place.last(HELPDESK, "Arahan").plain)
    assert "hubungi RSUD" in passed_on and "KOREKSI" not in passed_on.partition("KARTU INSIDEN")[0]


def test_a_field_that_nobody_corrects_is_never_emptied(place: Town) -> None:
    place.to_stage("analisis")
    before = place.incident().report
    with pytest.raises(CannotCorrect, match="tidak dapat dikoreksi"):
        correct_card(place.office, "DKL-2026-0001", {"email": "lain@jahat.example"}, "Admin Budi")
    assert place.incident().report == before


def test_the_journal_decides_the_same_again(place: Town) -> None:
    place.to_stage("analisis")
    place.reply(HELPDESK, "Mohon analisis", "KOREKSI OPD: Dinas Antariksa\nKOREKSI LAYANAN: listrik\n\nYA, darurat.")
    place.work()
    correct_card(place.office, "DKL-2026-0001", {"opd": "Disdik"}, "Admin Budi")
    place.work()
    assert place.incident().current is not None
    done = replay_journal(place.office)
    assert (done.differences, done.unreadable) == ((), ())
