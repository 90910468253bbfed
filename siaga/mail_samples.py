"""What each mail may say besides its incident, by an example: `siaga doctor` draws every template with it, and so do
the previews and the tests. A template that speaks of something new needs it here, or the doctor does not know it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sop.mails import MailTemplate
from sop.verdict import ListedAnswer, ListedIncident, ListedMail, Said
from templates import phrasing

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NUMBER = "DKL-2026-0001"
GENERAL: Mapping[str, Mapping[str, Said]] = {
    MailTemplate.OTHER_LETTER: {
        "pengirim": "bkd@contoh.example",
        "jenis": "request",
        "subjek_surat": "Permohonan narasumber",
    },
    MailTemplate.ORDINARY_LETTER: {"jenis": "request", "subjek_surat": "Permohonan narasumber"},
    MailTemplate.WITHHELD: {"alasan": "server menolak menyerahkan surat", "tempat": "folder INBOX, UID 7"},
    MailTemplate.UNREADABLE: {"alasan": "bentuk suratnya rusak"},
    MailTemplate.REGISTER_DAMAGED: {"berkas": "register-2026.xlsx", "simpanan": "register-2026-rusak-20261123.xlsx"},
    MailTemplate.PLAIN_ONLY: {
        "berkas": "Lembar-Disposisi-DKL-2026-0001.pdf",
        "nomor_insiden": "DKL-2026-0001",
        "alasan": "_dasar.typ:3:14: unclosed delimiter",
    },
    MailTemplate.ORAL_REPORT: {
        "nomor_insiden": "DKL-2026-0001",
        "oleh": "formulir laporan-lisan di Prefect",
        "saluran": "telepon",
        "opd": "Badan Pendapatan Daerah",
        "pengirim": "Yasril Effendi, Kasi Pelayanan, 081200000000",
        "teks": "VPN Samsat putus sejak pukul 15.30, loket tidak bisa mencetak.",
        "alamat_asing": "samsat@lain.example",
        "alamat_kita": "darurat@contoh.example",
    },
    MailTemplate.ASK_BACK_ABOUT_LETTER: {"teks": "Tolong dicek dulu ya", "dipahami": "belum ada perintah yang pasti"},
    MailTemplate.ASK_BACK_ABOUT_LIST: {
        "teks": "DARURAT",
        "dipahami": "kode surat dari daftar tidak disebut dengan pasti",
    },
    MailTemplate.QUARANTINE: {
        "jumlah": 25,
        "daftar": (
            ListedMail("1a2b3c4d", "hadiah@lotre.example", "Selamat, Anda terpilih", "03.12", "spam"),
            ListedMail(
                "5e6f7a8b",
                "cadangan@aplikasi.example",
                "24 surel, yang pertama: Pencadangan selesai",
                "04.00",
                "surel otomatis",
            ),
        ),
    },
    MailTemplate.STATUS: {
        "keadaan": (
            ListedIncident(
                *("DKL-2026-0002", "Dinas Pendidikan", "Server rapor mati", "diterima"),
                tahap="Analisis Helpdesk",
                menunggu="Dedi Kurniadi, A.Md.",
                tenggat=START + timedelta(minutes=3),
            ),
        ),
        "saat_ini": phrasing.moment(START),
    },
    MailTemplate.STATUS_OF_REPORT: {
        "keadaan": (
            ListedIncident("DKL-2026-0001", "Dinas Kesehatan", "Jaringan putus", "ditangani", tim="Tim Jaringan"),
            ListedIncident("DKL-2026-0002", "Dinas Kesehatan", "Surel tertahan", "selesai", hasil="Selesai"),
        ),
        "saat_ini": phrasing.moment(START),
    },
    MailTemplate.RECORDED_TOGETHER: {
        "tercatat": 2,
        "tidak_tercantum": ("0044",),
        "tanpa_nomor": "",
        "jawaban": (
            ListedAnswer("DKL-2026-0007", "Analisis Helpdesk", "Dinas Kesehatan", "dicatat", "ya", "09.04"),
            ListedAnswer(
                "DKL-2026-0009",
                "Analisis Helpdesk",
                "Dinas Pendidikan",
                "dicatat",
                "tidak",
                "09.04",
                teks="tidak karena listrik padam",
            ),
            ListedAnswer(
                "DKL-2026-0010", "Analisis Helpdesk", "Dinas Sosial", "telat", "ya", "09.01", "Dedi Kurniadi, A.Md."
            ),
            ListedAnswer(
                "DKL-2026-0012",
                "Pengiriman laporan",
                "Dinas Perhubungan",
                "ditanyakan",
                alasan="permintaan untuk menunggu",
                teks="yang lain tunggu",
            ),
            ListedAnswer("DKL-2026-0013", "Analisis Helpdesk", "Dinas Kehutanan", "menunggu"),
            ListedAnswer("DKL-2026-0014", "Disposisi Kabid", "Dinas Perikanan", "bukan_tugas"),
        ),
    },
    MailTemplate.HEAD: {"jumlah": 412, "sampai": phrasing.moment(START)},
    MailTemplate.FLOOD: {"pengirim": "mesin@aplikasi.example", "jumlah": "60"},
    MailTemplate.STRANGERS_ANSWER: {},
    MailTemplate.ALREADY_KNOWN: {"nomor_insiden": "DKL-2026-0001", "subjek_surat": "Gangguan jaringan"},
}
"""Mails about no incident, with what they say."""

OF_INCIDENT: Mapping[str, Said] = {
    "teks": "Kabel <b>putus</b> & disambung",
    "alasan": "alasannya",
    "catatan": "Catatan.",
    "dipahami": "sebuah pertanyaan",
    "keputusan": "progres",
    "lisan": "lisan, dicatat Admin",
    "rincian": "",
    "ganti": "",
    "susulan": False,
    "menyusul": False,
    "segera": False,
    "dari_pelapor": True,
    "terakhir_dikabarkan": True,
    "dilengkapi": ("nomor", "tanggal"),
    "diteruskan_kepada": "Koordinator",
    "mirip_koreksi": "DKL-2026-0003",
    "lain_dari_koreksi": (),
    "pengirim": "orang@contoh.example",
    "tujuan": "kabid@contoh.example",
    "dari": "Rahmat, Tim Jaringan",
    "kepada": "Sekretaris",
    "oleh": "Reni (Helpdesk)",
    "pejabat": "Yuliandri Putra, Kepala Bidang",
    "alamat_pejabat": "kabid@contoh.example",
    "induk": "DKL-2026-0002",
    "opd_induk": "Dinas Kesehatan",
    "nomor_lain": "DKL-2026-0003",
    "opd_lain": "Dinas Pendidikan",
    "hal_lain": "Jaringan putus",
}
"""What the mails about an incident may say, by the name that templates know."""


def said(template: str) -> dict[str, Said]:
    """What the mail from `template` may say, by an example."""
    return {**OF_INCIDENT, **GENERAL.get(template, {})}
