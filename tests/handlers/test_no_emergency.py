"""Letters that report no emergency: a polite word, a look by Helpdesk, and a way back when they were one after all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from register import ledger
from tests import cast
from tests.cast import DISDIK
from tests.town import Town

REQUEST = (
    "Yth. Kepala Dinas Kominfotik,\n\nKami dari Dinas Pendidikan memohon dibuatkan akun surel dinas bagi dua pegawai "
    "baru untuk keperluan administrasi. Atas bantuannya kami ucapkan terima kasih.\n\nYuni Rahmadani\nDinas Pendidikan"
)
PHISH = "Kuota surel Anda penuh. Klik tautan http://contoh.example/masuk untuk verifikasi akun dalam 24 jam."


@pytest.fixture
def asked(place: Town) -> Town:
    """Dinas Pendidikan asks for e-mail accounts."""
    place.write(DISDIK, "Permohonan akun surel", REQUEST)
    place.work(1)
    assert place.numbers() == []
    return place


def test_a_routine_request_is_answered_politely_once_a_day_and_shown_to_helpdesk(asked: Town) -> None:
    assert "permohonan layanan biasa" in " ".join(asked.last(DISDIK, "Surat diterima").plain.split())
    assert "DARURAT" in asked.last(cast.HELPDESK, "Bukan laporan darurat").plain
    asked.write(DISDIK, "Permohonan akun surel", REQUEST + "\nSekali lagi.")
    asked.work(1)
    assert len([mail for mail in asked.inbox(DISDIK) if "Surat diterima" in mail.subject]) == 1
    assert len([mail for mail in asked.inbox(cast.HELPDESK) if "Bukan laporan" in mail.subject]) == 2


def test_helpdesk_promotes_a_letter_by_replying_darurat(asked: Town) -> None:
    asked.reply(cast.HELPDESK, "Bukan laporan darurat", "DARURAT")
    asked.work(1)
    assert asked.numbers() == ["DKL-2026-0001"]
    assert asked.incident().report.email == DISDIK
    assert "Laporan diterima" in asked.last(DISDIK, "Laporan diterima").subject
    assert asked.last(cast.HELPDESK, "Mohon analisis")
    asked.reply(cast.HELPDESK, "Bukan laporan darurat", "DARURAT")
    asked.work(1)
    assert asked.numbers() == ["DKL-2026-0001"], "the same letter twice"
    assert "sudah dicatat sebagai DKL-2026-0001" in " ".join(asked.last(cast.HELPDESK, "ditegaskan").plain.split())


@pytest.mark.parametrize("words", ["Apakah ini darurat?", "Darurat kalau besok belum selesai", "Baik, terima kasih"])
def test_what_is_no_clear_order_is_asked_back_and_the_answer_to_that_counts(asked: Town, words: str) -> None:
    asked.reply(cast.HELPDESK, "Bukan laporan darurat", words)
    asked.work(1)
    assert asked.numbers() == []
    asked.reply(cast.HELPDESK, "Mohon ditegaskan", "DARURAT")
    asked.work(1)
    assert asked.numbers() == ["DKL-2026-0001"]


def test_nobody_but_helpdesk_promotes(asked: Town) -> None:
    shown = asked.last(cast.HELPDESK, "Bukan laporan darurat")
    asked.write(cast.SAMSAT, f"Re: {shown.subject}", "DARURAT", In_Reply_To=f"<{shown.message_id}>")
    asked.work(1)
    assert asked.numbers() == []


def test_helpdesk_adds_a_letter_to_an_incident(place: Town) -> None:
    place.letter()
    place.write(DISDIK, "Permohonan akun surel", REQUEST)
    place.work(1)
    place.reply(cast.HELPDESK, "Bukan laporan darurat", "GABUNG DKL-2026-0001")
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"] and len(place.incident().follow_ups) == 1


def test_spam_is_kept_apart_listed_in_the_morning_and_can_be_promoted(place: Town) -> None:
    place.write(cast.SAMSAT, "Verifikasi akun", PHISH, claimed_sender="hadiah@penipu.example")
    place.write(cast.SAMSAT, "Kabar bulanan", "Unduh majalah kami. Berhenti berlangganan di sini.", List_Id="<a.b>")
    place.work(1)
    assert not [mail for mail in place.inbox(cast.HELPDESK) if "karantina" in mail.subject]
    place.clock.time += timedelta(days=1)
    place.work(1)
    listed = place.last(cast.HELPDESK, "Daftar karantina: 2 surat")
    assert "hadiah@penipu.example" in listed.plain and "http" not in listed.plain
    with place.office.database.reading() as tx:
        spam = next(mail for mail in ledger.everything(tx) if mail.became == "spam")
    place.work(1)
    place.work(60 * 24)
    assert len([mail for mail in place.inbox(cast.HELPDESK) if "Daftar karantina" in mail.subject]) == 1
    place.reply(cast.HELPDESK, "Daftar karantina", "DARURAT")
    place.work(1)
    assert place.numbers() == [] and "kode" in place.last(cast.HELPDESK, "Mohon ditegaskan").plain
    place.reply(cast.HELPDESK, "Mohon ditegaskan", f"DARURAT {spam.id[:8]}")
    place.work(1)
    assert place.numbers() == ["DKL-2026-0001"]


def test_a_machine_that_answers_in_helpdesks_name_is_asked_back_only_so_often(asked: Town) -> None:
    for number in range(9):
        asked.reply(cast.HELPDESK, "Bukan laporan darurat", f"Tiket {number} dibuat")
    asked.work(1)
    assert len([mail for mail in asked.inbox(cast.HELPDESK) if "ditegaskan" in mail.subject]) == 6
    asked.reply(cast.HELPDESK, "Bukan laporan darurat", "DARURAT")
    asked.work(1)
    assert asked.numbers() == ["DKL-2026-0001"]
