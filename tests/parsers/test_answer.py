"""What an answer decides. Unclear is always allowed; wrong never."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parsers.mails.quotes import own_words
from parsers.replies.answer import read_answer
from parsers.replies.particulars import Particulars
from parsers.replies.polarity import Polarity, polarity

SENT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ANALYSIS, FORWARD, DISPOSISI = ("ya", "tidak"), ("teruskan", "kembalikan"), ("disposisi", "tidak", "kembalikan")
HANDLING, RECEIPT = ("laporan", "progres", "minta_waktu"), ("diterima",)


@pytest.mark.parametrize(
    ("text", "accepted", "decision"),
    [
        ("YA", ANALYSIS, "ya"),
        ("ya pak, darurat", ANALYSIS, "ya"),
        ("Iya", ANALYSIS, "ya"),
        ("Y", ANALYSIS, "ya"),
        ("TIDAK\n\nHanya satu komputer.", ANALYSIS, "tidak"),
        ("Bukan darurat, sudah normal.", ANALYSIS, "tidak"),
        ("Tidak ada masalah, lanjutkan", ANALYSIS, "ya"),
        ("Tidak keberatan, silakan dilanjutkan", DISPOSISI, "disposisi"),
        ("Ya, tapi ini bukan darurat", ANALYSIS, ""),
        ("Mohon ditunda dulu", ANALYSIS, ""),
        ("Apakah sudah dicek ke lokasi?", ANALYSIS, ""),
        ("Setuju asalkan ada surat resmi", DISPOSISI, ""),
        ("Baik, saya cek dulu", ANALYSIS, ""),
        ("", ANALYSIS, ""),
        ("👍", ANALYSIS, ""),
        ("TERUSKAN", FORWARD, "teruskan"),
        ("Baik, teruskan ke Pak Kabid", FORWARD, "teruskan"),
        ("Sudah saya teruskan", FORWARD, "teruskan"),
        ("Jangan diteruskan dulu", FORWARD, ""),
        ("KEMBALIKAN\n\nLengkapi penyebab", FORWARD, "kembalikan"),
        ("Baik, tapi mohon diperbaiki dulu angkanya", FORWARD, ""),
        ("Setuju. Segera tangani.", DISPOSISI, "disposisi"),
        ("Acc", DISPOSISI, "disposisi"),
        ("Tolak, sedang pemeliharaan.", DISPOSISI, "tidak"),
        ("TUGASKAN Tim Jaringan", ("tugaskan",), "tugaskan"),
        ("Setuju", ("tugaskan",), ""),
        ("TUGASKAN", ("tugaskan",), ""),
        ("PROGRES: sedang disambung", HANDLING, "progres"),
        ("MINTA WAKTU 45 menit", HANDLING, "minta_waktu"),
        ("Penyebab: FO putus\nTindakan: disambung\nHasil: normal", HANDLING, "laporan"),
        ("Masih dikerjakan, menunggu alat.", HANDLING, "progres"),
        ("LAPORAN", HANDLING, ""),
        ("Terima kasih, laporan sudah saya terima.", RECEIPT, "diterima"),
        ("Laporannya mana?", RECEIPT, ""),
    ],
)
def test_the_decision(text: str, accepted: tuple[str, ...], decision: str) -> None:
    assert read_answer(text, accepted, SENT).decision == decision


def test_a_request_for_time_says_how_long() -> None:
    assert read_answer("MINTA WAKTU 2 jam", HANDLING, SENT).details == Particulars(minutes=120)


def test_a_report_has_its_parts() -> None:
    answer = read_answer(
        "LAPORAN\n\nPenyebab: FO putus\nTindakan: disambung ulang\nHasil: normal\nSelesai pukul: 10.12", HANDLING, SENT
    )
    assert answer.details.cause == "FO putus" and answer.details.actions == "disambung ulang"
    assert answer.details.finished_at == "2026-11-23T10:12:00+07:00"


@pytest.mark.parametrize(
    "text",
    [
        "Ya. Tidak.",
        "Ya atau tidak?",
        "Mungkin",
        "Ya kalau memang perlu",
        "nanti saya kabari",
    ],
)
def test_what_is_in_doubt_is_unclear(text: str) -> None:
    assert polarity(text) is Polarity.UNCLEAR


QUOTED = "Balas YA atau TIDAK\n> baris"
QUOTES = {
    "gmail": "Pada Sen, 23 Nov 2026 pukul 10.00 Siaga <d@x.example>\nmenulis:\n\n> Balas YA atau TIDAK",
    "gmail english": "On Mon, Nov 23, 2026 at 10:00 AM Siaga <d@x.example> wrote:\n\n> Balas YA atau TIDAK",
    "outlook": "________________________________\nDari: Siaga <d@x.example>\nDikirim: Senin, 23 November 2026 10.00\nKepada: Kabid\nSubjek: x\n\nBalas YA atau TIDAK",
    "zimbra": '----- Pesan Asli -----\nDari: "Siaga" <d@x.example>\nKepada: Kabid\nTerkirim: Senin, 23 November 2026\nPerihal: x\n\nBalas YA atau TIDAK',
    "apple": "Dikirim dari iPhone saya\n\n> Pada 23 Nov 2026, pukul 10.00, Siaga <d@x.example> menulis:\n> \n> Balas YA atau TIDAK",
    "samsung": "-------- Pesan asli --------\nDari: Siaga <d@x.example>\nTanggal: 23/11/26 10:00\nKe: kabid@x.example\nSubjek: x\n\nBalas YA atau TIDAK",
    "signature": "-- \nDrs. Kepala\nNIP 1970",
    "our own line": "### balas di atas garis ini ###\nBalas YA atau TIDAK",
}


@pytest.mark.parametrize("client", sorted(QUOTES))
def test_the_quoted_question_fools_nobody(client: str) -> None:
    assert own_words(f"Mohon ditunda dulu.\n\n{QUOTES[client]}\n") == "Mohon ditunda dulu."


def test_answers_below_and_between_quoted_lines_are_found() -> None:
    head = "Pada 23/11/2026 10.00, Siaga menulis:\n"
    assert own_words(f"{head}> Setuju?\n\nSetuju.\n") == "Setuju."
    assert own_words(f"{head}> Setuju?\nSetuju.\n> Catatan?\nHubungi PLN.\n") == "Setuju.\nHubungi PLN."


@pytest.mark.parametrize(
    "text", ["Dari: laporan lapangan, air naik.\nSetuju.", "Pada pukul 10.00 kami menulis: laporan terlampir.\nSetuju."]
)
def test_a_sentence_that_looks_like_a_quote_stays(text: str) -> None:
    assert own_words(text) == text
