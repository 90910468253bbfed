"""Who plays in the demonstration, and what they answer. Nobody in it is real."""

from __future__ import annotations

from datetime import timedelta

from siaga.demo.letters import DINKES, DISDIK
from siaga.demo.officials import Habit, Quoting, gmail, iphone, outlook, zimbra

OFFICE = "darurat@contoh.example"
HELPDESK, KOORDINATOR = "helpdesk@contoh.example", "koordinator@contoh.example"
KABID, SEKRETARIS, KADIS = "kabid@contoh.example", "sekretaris@contoh.example", "kadis@contoh.example"
JARINGAN, APLIKASI = "tim.jaringan@contoh.example", "tim.aplikasi@contoh.example"
SAMSAT = "samsat@contoh.example"

PASSWORD = "peragaan"  # the house exists only while the demonstration runs, on loopback
ADDRESSES = (OFFICE, HELPDESK, KOORDINATOR, KABID, SEKRETARIS, KADIS, JARINGAN, APLIKASI, DINKES, DISDIK, SAMSAT)

PEOPLE = f"""\
pejabat:
  - {{kode: helpdesk, peran: helpdesk, nama: "Dedi Kurniadi, A.Md.", jabatan: Petugas Helpdesk, surel: {HELPDESK}}}
  - {{kode: koordinator, peran: koordinator, nama: "Fitria Anggraini, S.T.", jabatan: Koordinator Helpdesk, nip: "198503122010012004", surel: {KOORDINATOR}}}
  - {{kode: kabid, peran: kabid, nama: "Yuliandri Putra, S.Kom., M.T.", jabatan: Kepala Bidang Aplikasi Informatika, nip: "197801012005011003", surel: {KABID}}}
  - {{kode: tim_jaringan, peran: tim_teknis, nama: "Rahmat Febrian, S.Kom.", jabatan: Tim Teknis Jaringan, nip: "199002142015031002", unit: jaringan, surel: {JARINGAN}}}
  - {{kode: tim_aplikasi, peran: tim_teknis, nama: "Welly Oktaviani, M.Kom.", jabatan: Tim Teknis Aplikasi, nip: "198907212014022001", unit: aplikasi, surel: {APLIKASI}}}
  - {{kode: kadis, peran: kadis, nama: "Ir. Rinaldo Firmandes, M.Si", jabatan: Kepala Dinas, nip: "196905101994031005", surel: {KADIS}}}

wakil:
  - kode: plh_kabid
    peran: kabid
    sebutan: Plh
    nama: "Dra. Elmiwati Sikumbang, M.M."
    nip: "197104081996032002"
    jabatan: Kepala Bidang Aplikasi Informatika
    surel: {SEKRETARIS}
    surat_perintah: 800/118/SP/2026
    mulai: 2020-01-01
    sampai: 2099-12-31
"""

SAMSAT_IS = "Badan Pendapatan Daerah"
_HEALTH, _SCHOOL = "Dinas Kesehatan", "Dinas Pendidikan"
_WORK = timedelta(minutes=3)

CAST: dict[str, tuple[str, Quoting, tuple[Habit, ...]]] = {
    HELPDESK: (
        "Dedi Kurniadi",
        gmail,
        (
            Habit(
                "Mohon analisis", ("YA\n\nKabel FO ke gedung utama diduga putus; pelaporan SKDR terhenti.",), _HEALTH
            ),
            Habit(
                "Mohon analisis",
                ("TIDAK\n\nHanya satu komputer; cukup bersihkan cache peramban, dibantu lewat telepon.",),
                _SCHOOL,
            ),
            Habit("Mohon analisis", ("Ya, darurat. VPN Samsat putus, pelayanan pajak berhenti.",), SAMSAT_IS),
            Habit("Mohon periksa dan kirim laporan", ("KIRIM",)),
        ),
    ),
    KOORDINATOR: (
        "Fitria Anggraini",
        outlook,
        (
            Habit("Mohon diteruskan ke Kabid", ("TERUSKAN\n\nMohon disposisi Bapak Kabid.",)),
            Habit("Mohon penugasan", ("TUGASKAN Tim Jaringan\n\nKoordinasi dengan Helpdesk.",)),
            Habit("Mohon laporan hasil diteruskan", ("TERUSKAN",)),
        ),
    ),
    # The Kabid is in a meeting when the first disposisi is wanted: silence, a reminder, then the Plh answers.
    KABID: (
        "Yuliandri Putra",
        iphone,
        (
            Habit("Mohon disposisi", ("DISPOSISI\n\nSegera pulihkan VPN Samsat, laporkan hasilnya.",), SAMSAT_IS),
            Habit("Mohon laporan hasil diteruskan", ("Baik, teruskan",)),
        ),
    ),
    SEKRETARIS: (
        "Elmiwati Sikumbang",
        zimbra,
        (Habit("Mohon disposisi", ("Setuju. Segera tangani, utamakan jalur pelaporan, lapor sebelum sore.",)),),
    ),
    JARINGAN: (
        "Rahmat Febrian",
        gmail,
        (
            Habit(
                "Penugasan penanganan",
                (
                    "PROGRES\n\nTim sudah di lokasi, kabel FO putus di depan gerbang, sedang disambung.",
                    "LAPORAN\n\nPenyebab: kabel FO drop core putus tersangkut truk di depan gerbang\n"
                    "Tindakan: penyambungan ulang (splicing) dua titik dan pengujian redaman\n"
                    "Hasil: jaringan normal kembali, kecepatan sesuai langganan\n"
                    "Saran: menaikkan tiang kabel di depan gerbang",
                ),
                _HEALTH,
                after=_WORK,
            ),
            Habit(
                "Penugasan penanganan",
                (
                    "LAPORAN\n\nPenyebab: sertifikat VPN kedaluwarsa\nTindakan: sertifikat diperbarui, router dimulai ulang\nHasil: VPN tersambung, loket normal",
                ),
                SAMSAT_IS,
                after=_WORK,
            ),
        ),
    ),
    APLIKASI: ("Welly Oktaviani", outlook, ()),
    KADIS: ("Rinaldo Firmandes", iphone, (Habit("Laporan kegiatan untuk diterima", ("Diterima, terima kasih.",)),)),
}
