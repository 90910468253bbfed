"""What an office writes later about an outage it has reported: again, more, thanks, not over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random

from tests.year.witness import Kind
from tests.year.world.letters import emergency
from tests.year.world.offices import Office
from tests.year.world.outages import Outage
from tests.year.world.quotes import quoted
from tests.year.world.signatures import below
from tests.year.world.written import Written

_AGAIN = (
    "Menyusul laporan kami sebelumnya, gangguan ini belum juga ditangani.",
    "Kami laporkan kembali.",
    "Mohon maaf mengirim ulang, khawatir surel tadi tidak masuk.",
    "Ini laporan kedua kami untuk gangguan yang sama!",
    "kirim ulang pak",
    "Sampai sekarang belum ada petugas yang datang, kami sampaikan lagi:",
    "",
)
_ADDS = (
    "Tambahan: gedung B juga putus. Narahubung Sdr. Arif, 0812-6700-1145.",
    "Tambahan informasi, lampu indikator LOS berwarna merah.",
    "Menambahkan laporan tadi, yang terdampak tiga bidang, sekitar 60 pegawai.",
    "Izin menambahkan Pak, ruang servernya di lantai 1, kunci ada di satpam.",
    "update: sekarang lantai 3 ikut mati",
    "Kami lampirkan keterangan: kejadian bersamaan dengan hujan deras dan petir.",
    "Pak, nomor yang bisa dihubungi saya ganti ke 0813-6300-2214 ya.",
    "Sebagai informasi, petugas kami siap mendampingi di lokasi sampai malam.",
    "Tadi sudah kami coba restart modem, tidak ada perubahan.",
    "Lokasi tepatnya gedung belakang, dekat mushalla.",
    'Untuk melengkapi laporan: pesan kesalahannya "connection timed out".',
    "tambahan min, printer jg ga bs krn pake jaringan yg sama 🙏",
    "Pak, iko tambahan: nan di gudang arsip putuih pulo.",
    "FYI, UPS juga bunyi terus sejak tadi.",
)
_THANKS = (
    "Terima kasih.",
    "Terima kasih banyak Pak, sudah normal.",
    "Baik, terima kasih atas informasinya.",
    "Siap, kami tunggu.",
    "Tarimo kasih banyak Pak",
    "Alhamdulillah, sudah lancar kembali. Terima kasih Tim Kominfotik.",
    "mksh min 🙏",
    "Noted, thanks.",
    "Oke siap",
    "Terima kasih atas respons cepatnya, semoga sehat selalu.",
    "🙏🙏",
    "Dengan hormat,\n\nKami mengucapkan terima kasih atas bantuan dan kerja sama Saudara.\n\nWassalam",
)
_NOT_OVER = (
    "BELUM",
    "BELUM\n\nJaringan kami masih putus.",
    "Belum pak, masih mati.",
    "Mohon maaf, belum. Sampai saat ini masih tidak bisa diakses.",
    "belum min, msh error smpe skrg",
    "Sempat normal lima menit, sekarang mati lagi.",
    "Belum pulih Pak, mohon tim datang kembali.",
    "Alun Pak, masih mati juo.",
    "Still down pak, belum ada perubahan.",
    "BELUM!!! Siapa yang bilang sudah selesai?",
    "Kami sampaikan bahwa layanan belum berfungsi sebagaimana mestinya.",
    "Tadi sudah hidup, tapi barusan putus lagi.",
)


def again(
    rng: Random,
    office: Office,
    now: datetime,
    outage: Outage,
    started: datetime,
    old_text: str = "",
    old_from: str = "",
) -> Written:
    """A second letter on the same outage; below an old mail of ours where `old_text` is given, and then a reply to it."""
    written = emergency(rng, office, now, outage, started)
    first = rng.choice(_AGAIN)
    if written.text and first:
        written = replace(written, text=f"{first}\n\n{written.text}", words=f"{first}\n\n{written.words}")
    if old_text and written.text:
        written = replace(written, text=quoted(rng, written.text, old_text, old_from, now), html="")
    return written


def adds(rng: Random, office: Office) -> Written:
    """More about an outage, as an answer to a mail of ours."""
    return _said(rng, office, Kind.ADDS, rng.choice(_ADDS))


def thanks(rng: Random, office: Office) -> Written:
    return _said(rng, office, Kind.THANKS, rng.choice(_THANKS))


def not_over(rng: Random, office: Office) -> Written:
    """The reporter says after the end that it goes on."""
    return _said(rng, office, Kind.NOT_OVER, rng.choice(_NOT_OVER[:2] if rng.random() < 0.5 else _NOT_OVER))


def _said(rng: Random, office: Office, kind: Kind, words: str) -> Written:
    return Written(kind, "", words=words, text=words + below(rng, office), name=office.pic)
