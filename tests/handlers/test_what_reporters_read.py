"""What the offices that reported get to read, in a whole life of an incident: theirs, and nothing of what officials tell
each other.
"""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from parsers.mails.message import Mail
from tests import cast
from tests.cast import DINKES, DISDIK
from tests.town import Town

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
