"""Every mail that can be written, as an invented incident brings it about: to whom it is, and what it says above all.

How they look, to the byte: `docs/pratinjau`.
"""

from __future__ import annotations

from functools import cache

import pytest

from office.words_file import read_words
from outbox.compose import Composer
from parsers.mails.message import read_mail
from scripts.previews import written
from templates import FOLDER

HELPDESK, KOORDINATOR, KABID = "Petugas Helpdesk", "Koordinator Helpdesk", "Kepala Bidang Aplikasi Informatika"
KADIS, TEAM, REPORTER = "Kepala Dinas", "Tim Teknis Jaringan", "dr. Yeni Marlina"
ANSWER = ""
"""To whom it is they know: it answers what they have just written."""
SAYS = {
    "ada_gabungan": (HELPDESK, "digabung dengan DKL-2026-0005 karena gangguannya sama"),
    "apakah_belum_pulih": (REPORTER, "Bila benar, balas surel ini dengan BELUM"),
    "arahan": (KOORDINATOR, "“Genset cadangan diuji tiap bulan.”"),
    "balasan_orang_lain": ("Bapak/Ibu", "tidak dilaksanakan karena alamat ini tidak terdaftar"),
    "banjir_surel": (HELPDESK, "mesin@aplikasi.example mengirim lebih dari 60 surel dalam satu jam"),
    "benar_dibatalkan": (
        HELPDESK,
        "Benar dibatalkan? Balas dengan salah satu jawaban di bawah bila jawaban semula keliru",
    ),
    "bukan_darurat": (REPORTER, "dinyatakan bukan keadaan darurat layanan"),
    "dialihkan": (ANSWER, "kini ditugaskan kepada Welly Oktaviani, M.Kom. (Tim Teknis Aplikasi)"),
    "dicatat": (ANSWER, "telah dicatat pukul 09.04 WIB: YA, keadaan darurat"),
    "dicatat_bersama": (HELPDESK, "DKL-2026-0009, Analisis Helpdesk, Dinas Pendidikan: dicatat TIDAK pukul 09.04 WIB"),
    "digabung": (REPORTER, "sehingga keduanya ditangani bersama"),
    "dilimpahkan": (ANSWER, "Dra. Elmiwati Sikumbang, M.M. kini diminta menjawab Disposisi Kabid"),
    "dipisahkan": (REPORTER, "tidak jadi ditangani bersama DKL-2026-0005, melainkan tersendiri"),
    "diteruskan_otomatis": (HELPDESK, "diselesaikan oleh sistem: laporan dikirim otomatis"),
    "gabung_dicatat": (ANSWER, "Yang dikerjakan selanjutnya hanya DKL-2026-0005"),
    "jawaban_atas_nama": (KABID, "dengan memakai nama atau surat permintaan Saudara"),
    "jawaban_belum_jelas": (HELPDESK, "berulang kali belum dapat dipahami dengan pasti"),
    "jawaban_tidak_sah": (HELPDESK, "tidak dilaksanakan karena alamat pengirimnya tidak terdaftar"),
    "kabar_belum_pulih": (KOORDINATOR, "Pekerjaan dibuka lagi sebagai DKL-2026-0003"),
    "kabar_keterangan": (HELPDESK, "Kabel di tiang depan gedung tampak putus."),
    "kabar_pelapor": (HELPDESK, "Tambahan: gedung B juga putus."),
    "kabar_penanganan": ("Dedi Kurniadi, A.Md.", "Kabel sedang disambung."),
    "kabar_terlambat": (KOORDINATOR, "belum selesai, padahal batas waktunya Senin, 23 November 2026 pukul 10.17 WIB"),
    "karantina": (HELPDESK, "balas surel ini dengan DARURAT diikuti kodenya"),
    "kartu_dilengkapi": (HELPDESK, "Yang dilengkapi pada kartu di bawah: narahubung"),
    "kartu_dikoreksi": (KOORDINATOR, "Layanan: listrik (semula jaringan)"),
    "keterangan_dicatat": (TEAM, "dicatat sebagai keterangan"),
    "koreksi_dicatat": (HELPDESK, "“KOREKSI MULAI: besok”: “besok” tidak dapat dibaca sebagai waktu"),
    "laporan_lisan": (HELPDESK, "Laporan lisan telah dicatat sebagai DKL-2026-0001"),
    "minta_analisis": (HELPDESK, "apakah ini keadaan darurat layanan?"),
    "minta_disposisi": (KABID, "Mohon disposisi kepada Koordinator Helpdesk untuk menugaskan Tim Teknis"),
    "minta_pelaporan": (KOORDINATOR, "Mohon diteruskan kepada pimpinan, atau dikembalikan"),
    "minta_penanganan": ("Rahmat Febrian, S.Kom. (Tim Teknis Jaringan)", "Saudara ditugaskan menangani"),
    "minta_penerimaan": (KADIS, "Mohon konfirmasi bahwa laporan telah diterima"),
    "minta_penerusan": (KOORDINATOR, "mohon diteruskan kepada Kepala Bidang"),
    "minta_pengiriman": (HELPDESK, "mohon diperiksa, lalu dikirim kepada Koordinator"),
    "minta_penugasan": (KOORDINATOR, "Mohon menugaskan Tim Teknis dengan menyebut nama tim atau petugasnya"),
    "mohon_konfirmasi": (KABID, "Bila benar dan itu dari Saudara, balas surel ini dengan OK"),
    "mohon_perjelas": (KABID, "belum dapat kami pahami dengan pasti, sehingga belum kami laksanakan"),
    "naskah_sederhana": (HELPDESK, "untuk sementara diganti naskah bawaan atau naskah sederhana"),
    "penanganan_dimulai": (REPORTER, "Tim Teknis telah ditugaskan menanganinya"),
    "pengingat": (KOORDINATOR, "masih ditunggu; batas waktunya Senin, 23 November 2026 pukul 09.07 WIB"),
    "penutupan": (REPORTER, "telah selesai dan dilaporkan kepada pimpinan"),
    "perjelas_karantina": (HELPDESK, "Mohon balas dengan DARURAT diikuti kode surat dari daftar"),
    "perjelas_surat": (HELPDESK, "belum ada perintah yang pasti"),
    "permintaan_ditarik": (TEAM, "Tidak ada yang perlu dilakukan untuk permintaan itu"),
    "pertanyaan_diteruskan": (KABID, "Pertanyaan Saudara telah diteruskan ke Helpdesk"),
    "pertanyaan_pejabat": (HELPDESK, "Mohon dijawab langsung kepada yang bersangkutan di kabid@contoh.example"),
    "register_rusak": (HELPDESK, "data insiden tidak ada yang hilang"),
    "sidik_register": (HELPDESK, "Register memuat 412 insiden"),
    "status_pejabat": (HELPDESK, "1 hal menunggu jawaban Saudara, tercantum di bawah"),
    "status_pelapor": (REPORTER, "DKL-2026-0001, Jaringan putus: sedang ditangani oleh Tim Jaringan."),
    "sudah_diputuskan": ("Plh. Kepala Bidang Aplikasi Informatika", "sudah diputuskan oleh Yuliandri Putra"),
    "sudah_tercatat": (REPORTER, "laporan yang sudah tercatat sebagai DKL-2026-0001"),
    "surat_biasa": (REPORTER, "diproses sebagai permohonan layanan biasa"),
    "surat_lain": (HELPDESK, "tidak dibaca sebagai laporan darurat, sehingga tidak dibuatkan nomor insiden"),
    "surat_tertahan": (HELPDESK, "Mohon kotak surat dibuka langsung dan surel itu diperiksa"),
    "surat_tidak_sampai": (HELPDESK, "kepada kabid@contoh.example tidak sampai: 550 5.1.1 kotak penuh"),
    "surat_tidak_terbaca": (HELPDESK, "mohon dibuka dan ditangani sendiri"),
    "tanda_terima": (REPORTER, "telah kami terima dan dicatat dengan nomor insiden DKL-2026-0001"),
    "tembusan": (TEAM, "keputusan ada pada pejabat yang diminta"),
    "tidak_dapat_ditarik": (HELPDESK, "telah diteruskan kepada Kepala Bidang Aplikasi Informatika"),
}
"""Template → whom it greets, and what it says."""
_written = cache(written)


def test_every_mail_that_can_be_written_stands_here() -> None:
    assert set(SAYS) == Composer(FOLDER, read_words(), "a@contoh.example", "Kantor", b"").templates()


@pytest.mark.parametrize("template", SAYS)
def test_a_mail_greets_its_reader_and_says_what_it_is_for(template: str) -> None:
    reader, said = SAYS[template]
    mail = read_mail(_written()[template], ours=True)
    greeting, text = mail.plain.partition("\n")[0], " ".join(mail.plain.split())
    assert (greeting == f"Yth. {reader},") if reader else not greeting.startswith("Yth.")
    assert said in text
    assert "Dinas Komunikasi, Informatika dan Statistik SOP 500/126/Dikominfotik-2021" in text, "who writes, and why"
