"""What the offices that reported get to read, in a whole life of an incident: theirs, and nothing of what officials tell
each other.
"""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from parsers.mails.message import Mail
from tests import cast
from tests.cast import DINKES, DISDIK
from tests.town import JOURNEY, Town

ONE, TWO = "DKL-2026-0001", "DKL-2026-0002"
INTERNAL = {
    "analysis": "tiang 7101",
    "note of a link": "tiang 7102",
    "forwarding note": "tiang 7103",
    "return by the Kabid": "tiang 7104",
    "disposisi": "tiang 7105",
    "assignment note": "tiang 7106",
    "remark of a team": "tiang 7107",
    "unclear answer": "tiang 7108",
    "forged answer": "tiang 7109",
    "late answer": "tiang 7110",
    "reason for more time": "tiang 7111",
    "advice to superiors": "tiang 7112",
    "corrections of the draft": "tiang 7113",
    "return of the report": "tiang 7114",
    "forwarding of the report": "tiang 7115",
    "word of the Kadis": "tiang 7116",
    "word of a stranger": "tiang 7117",
}
"""What is written, and the word that stands for it nowhere else."""


def seen(mail: Mail) -> str:
    """All that a reader can see of a mail, its attachments opened."""
    parts = [mail.subject, mail.plain, mail.html]
    for file in mail.attachments:
        parts.append(file.filename)
        if file.filename.lower().endswith(".pdf"):
            pdf = pdfium.PdfDocument(file.content)
            parts += [page.get_textpage().get_text_bounded() for page in pdf]
            pdf.close()
    return "\n".join(parts)


def leaked(place: Town, *addresses: str) -> list[tuple[str, str]]:
    """What reached one of `addresses`: what it was, and the subject of the mail."""
    mails = [mail for address in addresses for mail in place.inbox(address)]
    return [(what, mail.subject) for mail in mails for what, word in INTERNAL.items() if word in seen(mail)]


def say(place: Town, address: str, subject: str, text: str, what: str = "", minutes: float = 1) -> None:
    """Somebody answers; `what` of `INTERNAL` is put into their words."""
    place.reply(address, subject, text + (f" Kabel di {INTERNAL[what]}." if what else ""))
    place.work(minutes)


@pytest.fixture
def linked(place: Town) -> Town:
    """Two offices reported one outage, and Helpdesk linked them."""
    place.may_begin_later = False
    place.letter()
    place.work(1)
    text = "Yth. Helpdesk,\n\nJaringan internet di Dinas Pendidikan putus total sejak pukul 09.00 WIB hari ini.\n\nYuni"
    place.write(DISDIK, "Jaringan internet putus", text)
    place.work(1)
    say(place, cast.HELPDESK, f"{TWO}] Mohon analisis", f"GABUNG {ONE}\n\nKata Kabid:", "note of a link")
    assert place.incident(TWO).linked_to == ONE
    return place


def worked(place: Town) -> None:
    """Through all eight steps, with everything that officials write to each other on the way."""
    say(place, cast.HELPDESK, f"{ONE}] Mohon analisis", "YA\n\nKabel FO putus.", "analysis")
    say(place, cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN\n\nCatatan:", "forwarding note")
    say(place, cast.KABID, "Mohon disposisi", "KEMBALIKAN\n\nAnalisis kurang lengkap.", "return by the Kabid")
    say(place, cast.HELPDESK, f"{ONE}] Mohon analisis", "YA\n\nKabel FO putus.", "analysis")
    say(place, cast.KOORDINATOR, "Mohon diteruskan ke Kabid", "TERUSKAN\n\nCatatan:", "forwarding note")
    say(place, cast.KABID, "Mohon disposisi", "Hm, mungkin nanti saja", "unclear answer", 0.5)
    forged = f"DISPOSISI\n\nKabel di {INTERNAL['forged answer']}."
    place.reply(cast.KABID, "Mohon disposisi", forged, sender=cast.SAMSAT)
    place.work(0.5)
    say(place, cast.KABID, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.", "disposisi")
    say(place, cast.KABID, "Mohon disposisi", "DISPOSISI\n\nTambahan", "late answer", 0.5)
    say(place, cast.KOORDINATOR, "Mohon penugasan", "TUGASKAN Tim Jaringan\n\nCatatan:", "assignment note")
    place.reply(cast.APLIKASI, "Tembusan", f"Server kami aman. Kabel di {INTERNAL['remark of a team']}.")
    stranger = f"Kami lihat kabelnya di {INTERNAL['word of a stranger']}."
    place.write(cast.SAMSAT, f"[{ONE}] susulan", stranger, claimed_sender="orang@luar.example")
    place.work(1)
    say(place, cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nKabel sedang disambung.")
    more = "MINTA WAKTU 30 menit\n\nAlasan: alat dipinjam"
    say(place, cast.JARINGAN, "Penugasan penanganan", more, "reason for more time")
    place.work(95)  # past the time: superiors are told
    report = "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung\nHasil: normal kembali\nSaran: ganti vendor"
    say(place, cast.JARINGAN, "Penugasan penanganan", report, "advice to superiors")
    say(place, cast.HELPDESK, "Mohon periksa dan kirim", "PERBAIKI\n\nTambahkan", "corrections of the draft")
    say(place, cast.HELPDESK, "Mohon periksa dan kirim", "KIRIM")
    say(place, cast.KOORDINATOR, "Mohon laporan hasil diteruskan", "KEMBALIKAN\n\nKurang", "return of the report")
    say(place, cast.HELPDESK, "Mohon periksa dan kirim", "KIRIM")
    teruskan = "TERUSKAN\n\nCatatan:"
    say(place, cast.KOORDINATOR, "Mohon laporan hasil diteruskan", teruskan, "forwarding of the report")
    say(place, cast.KABID, "Mohon laporan hasil diteruskan", teruskan, "forwarding of the report")
    say(place, cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA\n\nPerketat", "word of the Kadis")


def test_in_a_whole_life_whoever_reported_reads_what_concerns_them_and_nothing_internal(linked: Town) -> None:
    place = linked
    worked(place)
    assert place.incident(ONE).outcome == "selesai" == place.incident(TWO).outcome
    assert leaked(place, DINKES, DISDIK) == []
    written = {what for what, word in INTERNAL.items() if any(word in seen(mail) for mail in officials(place))}
    assert written >= set(INTERNAL) - {"note of a link"}, "a test of nothing"
    for address in (DINKES, DISDIK):
        text = "\n".join(" ".join(mail.plain.split()) for mail in place.inbox(address))
        assert "Kabel sedang disambung." in text, "progress is meant for them"
        assert "Ditangani oleh Tim Teknis Jaringan" in text and "Dianalisis Helpdesk: keadaan darurat layanan" in text
        assert "FO putus" in text and "normal kembali" in text, "and so is the result"
        for word in ("pengingat", "terlambat", "dialihkan", "otomatis", "Yuliandri", "Fitria"):
            assert word not in text, word
    first = " ".join(place.last(DISDIK, "Penanganan selesai").plain.split())
    assert "Perangkat daerah : Dinas Pendidikan" in first and "Nelfi" not in first, "the card of another office"


def officials(place: Town) -> list[Mail]:
    return [mail for address in cast.OFFICIALS for mail in place.inbox(address)]


def test_the_reason_of_a_no_is_told_to_whoever_reported_and_the_refusal_of_the_kabid_is_not(place: Town) -> None:
    place.may_begin_later = False
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "TIDAK\n\nPeriksa kabel di tiang 7104.")
    place.work(1)
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer; dibantu lewat telepon.")
    place.work(1)
    assert place.incident().outcome == "bukan_darurat"
    told = place.last(DINKES, "Hasil analisis laporan")
    assert "Hanya satu komputer; dibantu lewat telepon." in " ".join(told.plain.split())
    assert leaked(place, DINKES) == []


def test_whoever_reported_is_not_told_that_nobody_took_on_the_report(place: Town) -> None:
    place.may_begin_later = False
    place.to_stage("penerimaan")
    place.work(7)
    assert place.incident().outcome == "tanpa_tanda_terima"
    told = place.last(DINKES, "Penanganan selesai")
    assert "tanda terima" not in seen(told) and "otomatis" not in seen(told)
    assert " ".join(told.plain.split()).count("Selesai") >= 1
    place.write(DINKES, "STATUS", "STATUS DKL-2026-0001")
    place.work(1)
    status = " ".join(place.last(DINKES, "Status laporan").plain.split())
    assert "tanda terima" not in status.partition("Bila ada")[0] and ": selesai." in status, "STATUS tells the same"


def test_whoever_reported_again_reads_their_own_belum_and_not_who_had_it_worked_on(place: Town) -> None:
    place.may_begin_later = False
    place.to_stage("penerimaan")
    place.reply(cast.KADIS, "Laporan kegiatan untuk diterima", "DITERIMA")
    place.work(60)
    place.reply(DINKES, "Penanganan selesai", "Mohon ditinjau kembali, hasilnya kurang memuaskan.")
    place.work(1)
    place.reply(cast.HELPDESK, "Kabar dari pelapor", "DARURAT\n\nKabel di tiang 7101.")
    place.work(1)
    assert place.incident(TWO).continues == ONE
    again = place.last(DINKES, f"{TWO}] Laporan diterima")
    assert "kami buka lagi" in again.plain and "Dedi Kurniadi" not in seen(again)
    assert leaked(place, DINKES) == []


def read_by(place: Town, address: str) -> str:
    """All mails of a mailbox, as they are read."""
    return "\n".join(" ".join(f"{mail.subject} {mail.plain}".split()) for mail in place.inbox(address))


REPORT = "LAPORAN\n\nPenyebab: kabel FO putus.\nTindakan: disambung\nHasil: normal\nSelesai pukul: 09.05"
ORDERED = [
    ("analisis", "TIDAK\n\nHanya satu komputer. Koordinator mohon mencatat bahwa Dinas ini sering salah lapor."),
    (
        "analisis",
        "TIDAK\n\nHanya satu komputer.\n"
        "Koordinator mohon mencatat untuk evaluasi semester ini bahwa Dinas ini\nsering salah lapor.",
    ),
    ("analisis", "TIDAK\n\nHanya satu komputer.\n\nKoordinator:\nmohon catat Dinas ini sering salah lapor."),
    (
        "analisis",
        "TIDAK\n\nKoordinator mohon catat Dinas ini sering salah lapor\nHanya satu komputer\nTim Teknis mohon tegur Andi",
    ),
    ("penanganan", f"{REPORT}\nKoordinator mohon beri teguran kepada Andi."),
    ("penanganan", f"{REPORT.replace('normal', 'normal. Koordinator mohon beri teguran kepada Andi.')}"),
    ("penanganan", "LAPORAN\n\nKabel FO putus, sudah disambung, normal. Koordinator mohon tegur Andi yang lalai."),
    ("penanganan", f"{REPORT}\n\nHelpdesk dan Koordinator mohon tegur Andi. Koordinator harap evaluasi Andi."),
    ("penanganan", f"{REPORT}\nCatatan internal: Andi lalai. Kabel putus karena Andi."),
    (
        "penanganan",
        "LAPORAN\n\nKabel FO putus, sudah disambung, normal. Catatan internal: kabel putus karena Andi lalai.",
    ),
    ("penanganan", "LAPORAN\n\nKabel FO putus, sudah disambung, normal. Saran: ganti petugas, Andi lalai."),
    ("penanganan", f"{REPORT}\nUsulan: Andi diganti\nCatatan: Andi sering lalai"),
]
"""Stage, and an answer that says besides what the office that reported must not read."""
MEANT = {"analisis": "Hanya satu komputer", "penanganan": "normal"}
NOT_MEANT = (
    "Koordinator",
    "mohon catat",
    "mohon mencatat",
    "salah lapor",
    "Andi",
    "teguran",
    "Saran",
    "Usulan",
    "internal",
)
ASKED = {"analisis": (cast.HELPDESK, "Mohon analisis"), "penanganan": (cast.JARINGAN, "Penugasan penanganan")}


@pytest.mark.parametrize(("stage", "answer"), ORDERED)
def test_whoever_reported_reads_what_an_answer_says_and_not_what_it_orders_others(
    place: Town, stage: str, answer: str
) -> None:
    place.may_begin_later = False
    place.to_stage(stage)
    place.reply(*ASKED[stage], answer)
    place.work(1)
    if stage == "penanganan":
        for _, address, subject, text in JOURNEY[5:]:
            place.reply(address, subject, text)
            place.work(1)
    assert place.incident().outcome == ("bukan_darurat" if stage == "analisis" else "selesai")
    told = read_by(place, DINKES)
    assert MEANT[stage] in told, "the rest is told"
    assert not [word for word in NOT_MEANT if word in told]
    if "oordinator" in answer:
        directed = place.last(cast.KOORDINATOR, "Arahan")
        assert "salah lapor" in " ".join(directed.plain.split()) or "Andi" in directed.plain, (
            "and the order is passed on"
        )


def test_progress_reaches_whoever_reported_without_the_order_in_it(place: Town) -> None:
    place.may_begin_later = False
    place.to_stage("penanganan")
    words = "PROGRES\n\nKabel sedang disambung. Koordinator mohon siapkan teguran untuk vendor. Catatan internal: Andi lalai."
    place.reply(cast.JARINGAN, "Penugasan penanganan", words)
    place.work(1)
    told = " ".join(place.last(DINKES, "Kabar penanganan").plain.split())
    assert "Kabar dari Tim Teknis Jaringan mengenai" in told and "“Kabel sedang disambung.”" in told
    assert not [word for word in ("Koordinator", "vendor", "Andi", "Rahmat") if word in read_by(place, DINKES)]
    assert "vendor" in place.last(cast.KOORDINATOR, "Arahan").plain


@pytest.mark.parametrize("order", ["Helpdesk mohon jangan", "Mohon jangan", "Jangan dulu"])
def test_of_words_that_are_to_be_kept_from_them_the_office_reads_none(place: Town, order: str) -> None:
    """Which of the sentences is meant only their author knows."""
    place.may_begin_later = False
    place.to_stage("penanganan")
    secret = f"Penyebabnya kelalaian Andi. {order} sampaikan penyebabnya ke OPD dulu."
    place.reply(cast.JARINGAN, "Penugasan penanganan", f"PROGRES\n\n{secret}")
    place.work(1)
    told = " ".join(place.last(DINKES, "Kabar penanganan").plain.split())
    assert "Tim Teknis Jaringan mengabarkan bahwa penanganan DKL-2026-0001 masih berlangsung." in told
    place.reply(cast.JARINGAN, "Penugasan penanganan", f"{REPORT}\n\n{secret}")
    place.work(1)
    for _, address, subject, text in JOURNEY[5:]:
        place.reply(address, subject, text)
        place.work(1)
    closing = place.last(DINKES, "Penanganan selesai").plain
    assert "Laporan Tim Teknis" not in closing and not {"Andi", "kelalaian", "jangan"} & set(
        read_by(place, DINKES).split()
    )


def test_the_result_is_one_sentence_in_the_offices_own_words(place: Town) -> None:
    place.may_begin_later = False
    words = "hasil_bagi_pelapor:\n  penyebab: Sebab gangguan\n"
    (place.folder / "templat").mkdir()
    (place.folder / "templat" / "kata.yaml").write_text(words, encoding="utf-8")
    settings = place.settings_file.read_text(encoding="utf-8")
    place.settings_file.write_text(settings.replace("[berkas]\n", '[berkas]\ntemplat = "templat"\n'), encoding="utf-8")
    place.restart()
    place.to_stage("penanganan")
    place.reply(cast.JARINGAN, "Penugasan penanganan", REPORT)
    place.work(1)
    for _, address, subject, text in JOURNEY[5:]:
        place.reply(address, subject, text)
        place.work(1)
    told = " ".join(place.last(DINKES, "Penanganan selesai").plain.split())
    assert "Laporan Tim Teknis: Sebab gangguan: kabel FO putus; Tindakan: disambung; Hasil: normal" in told


def test_the_receipt_says_that_the_card_was_read_from_the_letter_that_they_enclosed(place: Town) -> None:
    place.letter()
    place.work(1)
    told = " ".join(place.last(DINKES, "Laporan diterima").plain.split())
    assert "kami baca dari surat yang Saudara lampirkan," in told and "surat terlampir" not in told


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Tim Teknis Jaringan", "Tim Teknis Jaringan"),
        ("Pranata Komputer Ahli Muda", "Tim Teknis"),
        ("Ketua Tim Jaringan", "Tim Jaringan"),
    ],
)
def test_a_team_has_one_name_wherever_a_reporter_reads_of_it(place: Town, title: str, called: str) -> None:
    place.may_begin_later = False
    people = place.folder / "pejabat.yaml"
    listed = people.read_text(encoding="utf-8")
    people.write_text(listed.replace("jabatan: Tim Teknis Jaringan", f"jabatan: {title}"), encoding="utf-8")
    place.restart()
    place.to_stage("penanganan")
    place.reply(cast.JARINGAN, "Penugasan penanganan", "PROGRES\n\nKabel sedang disambung.")
    place.work(1)
    progress = " ".join(place.last(DINKES, "Kabar penanganan").plain.split())
    assert f"Kabar dari {called} mengenai" in progress and f"Ditangani oleh {called} " in f"{progress} "
    place.write(DINKES, "STATUS", "STATUS DKL-2026-0001")
    place.work(1)
    status = " ".join(place.last(DINKES, "Status laporan").plain.split())
    assert f"sedang ditangani oleh {called}." in status
    other = "Pranata" if title.startswith("Pranata") else "Ketua"
    assert other not in read_by(place, DINKES)
