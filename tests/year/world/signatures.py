"""What clients and offices put below a mail, and characters that have ever been a trouble."""

from __future__ import annotations

from random import Random

from tests.characters import ODD
from tests.year.world.offices import Office
from tests.year.world.written import weighted

DISCLAIMER = (
    "PERINGATAN: Surel ini beserta lampirannya bersifat rahasia. Apakah Anda penerima yang dituju? Jika YA, gunakan sesuai "
    "keperluan; jika TIDAK, mohon dihapus dan beri tahu pengirim."
)
_DEVICES = (
    "Dikirim dari iPhone saya",
    "Dikirim dari ponsel Samsung Galaxy saya",
    "Dapatkan Outlook untuk Android",
    "Sent from my Galaxy",
    "Terkirim dari Yahoo Mail di Android",
)
_SLOGANS = (
    '"Melayani dengan hati"',
    "Stop gratifikasi! Laporkan ke UPG.",
    "Hemat kertas, selamatkan bumi. Jangan cetak surel ini kecuali perlu.",
    "ASN BerAKHLAK — Bangga Melayani Bangsa",
)
_BITS = tuple(ODD[at : at + 24] for at in range(0, len(ODD), 24))
"""Every odd character of `tests.characters`, in handfuls."""


def below(rng: Random, office: Office) -> str:
    """What stands below a letter in its mail: nothing, a name, all of it, or a long one. Begins on a new line."""
    return weighted(rng, _FORMS)(rng, office)


def odd(rng: Random) -> str:
    """A handful of odd characters."""
    return rng.choice(_BITS)


def below_answer(rng: Random, name: str) -> str:
    """What an official's client puts below an answer; "" in most. Begins on a new line."""
    return weighted(
        rng,
        (
            (6, ""),
            (2, f"\n\n{rng.choice(_DEVICES)}"),
            (2, f"\n\n-- \n{name}"),
            (1, f"\n\n-- \n{name}\n{rng.choice(_SLOGANS)}\n\n{DISCLAIMER}"),
            (1, f"\n\nTerima kasih.\n{name}"),
        ),
    )


def _nothing(_rng: Random, _office: Office) -> str:
    return ""


def _name(_rng: Random, office: Office) -> str:
    return f"\n\n{office.pic}\n{office.name}"


def _thanks(_rng: Random, office: Office) -> str:
    return f"\n\nTerima kasih.\n\n{office.pic}\n{office.title} {office.name}\nHP {office.phone}"


def _device(rng: Random, office: Office) -> str:
    return f"\n\n{office.pic}\n\n{rng.choice(_DEVICES)}"


def _long(rng: Random, office: Office) -> str:
    return (
        f"\n\n-- \n{office.pic}\n{office.title}\n{office.rank} / NIP. {office.nip}\n{office.name}\nPemerintah Provinsi Sumatera "
        f"Barat\nTelp. (0751) 7050{len(office.name):02d} | HP/WA {office.phone}\n{office.address} | www.{office.short}.contoh.example\n"
        f"{rng.choice(_SLOGANS)}\n\n{DISCLAIMER}"
    )


_FORMS = ((2, _nothing), (3, _name), (3, _thanks), (2, _device), (2, _long))
