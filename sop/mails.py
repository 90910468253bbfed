"""The mails we write, and what goes with them, by their names: the words themselves stand in `templates`.

A procedure names its own as data, and an office may add some; what the rules themselves write is named here alone.
"""

from __future__ import annotations

from enum import StrEnum


class MailTemplate(StrEnum):
    """A file of `templates/mail`."""

    ALREADY_DECIDED = "sudah_diputuskan"
    ALREADY_KNOWN = "sudah_tercatat"
    ANALYSIS_ASKED = "minta_analisis"
    ANSWERED_IN_YOUR_NAME = "jawaban_atas_nama"
    ASK_BACK = "mohon_perjelas"
    ASK_BACK_ABOUT_LETTER = "perjelas_surat"
    ASK_BACK_ABOUT_LIST = "perjelas_karantina"
    ASSIGNMENT_ASKED = "minta_penugasan"
    CARD_COMPLETED = "kartu_dilengkapi"
    CLOSING = "penutupan"
    CONFIRMATION = "mohon_konfirmasi"
    COPY = "tembusan"
    DELEGATED = "dilimpahkan"
    DISPATCH_ASKED = "minta_pengiriman"
    DISPOSISI_ASKED = "minta_disposisi"
    FLOOD = "banjir_surel"
    FORWARDING_ASKED = "minta_penerusan"
    HEAD = "sidik_register"
    IS_IT_OVER = "apakah_belum_pulih"
    JOINED = "ada_gabungan"
    LATE = "kabar_terlambat"
    LINKED = "digabung"
    LINK_RECORDED = "gabung_dicatat"
    NOT_DELIVERED = "surat_tidak_sampai"
    NOT_OVER = "kabar_belum_pulih"
    NO_EMERGENCY = "bukan_darurat"
    ORAL_REPORT = "laporan_lisan"
    ORDINARY_LETTER = "surat_biasa"
    OTHER_LETTER = "surat_lain"
    PLAIN_ONLY = "naskah_sederhana"
    PROGRESS = "kabar_penanganan"
    QUARANTINE = "karantina"
    QUESTION = "pertanyaan_pejabat"
    QUESTION_PASSED_ON = "pertanyaan_diteruskan"
    REASSIGNED = "dialihkan"
    RECEIPT = "tanda_terima"
    RECORDED = "dicatat"
    REGISTER_DAMAGED = "register_rusak"
    REMARK = "kabar_keterangan"
    REMARK_RECORDED = "keterangan_dicatat"
    REMINDER = "pengingat"
    REPORTERS_WORD = "kabar_pelapor"
    REPORTING_ASKED = "minta_pelaporan"
    REQUEST_WITHDRAWN = "permintaan_ditarik"
    STRANGERS_ANSWER = "balasan_orang_lain"
    TAKING_ON_ASKED = "minta_penerimaan"
    UNCLEAR_ANSWER = "jawaban_belum_jelas"
    UNLINKED = "dipisahkan"
    UNREADABLE = "surat_tidak_terbaca"
    UNTRUSTED_ANSWER = "jawaban_tidak_sah"
    WENT_ON_BY_ITSELF = "diteruskan_otomatis"
    WITHHELD = "surat_tertahan"
    WORK_ASKED = "minta_penanganan"
    WORK_BEGUN = "penanganan_dimulai"


class Enclosure(StrEnum):
    """What goes with a mail: the letter as it came, or a paper (a file of `templates/papers`)."""

    ORIGINAL = "surat_asli"
    ANALYSIS = "laporan_analisis"
    DISPOSISI = "lembar_disposisi"
    HANDLING = "laporan_hasil"
    FINAL = "laporan_akhir"
    BERITA_ACARA = "berita_acara"
