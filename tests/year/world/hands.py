"""How different people put one outage into words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.year.world.offices import Office, Style

_SHORT = {
    "yang": "yg",
    "tidak": "tdk",
    "dengan": "dgn",
    "sudah": "sdh",
    "mohon": "mhn",
    "tolong": "tlg",
    "untuk": "utk",
    "bisa": "bs",
    "sekarang": "skrg",
    "karena": "krn",
    "belum": "blm",
    "semua": "smua",
    "kantor": "ktr",
    "terima kasih": "mksh",
}
_SHORTENED = re.compile(rf"\b({'|'.join(_SHORT)})\b")
_STOPS = re.compile(r"[.,;:!?()]+(?=\s|$)")
_EMOJI = ("🙏", "🙏🙏", "😭", "😱", "🚨🚨", "🙏🏽", "‼️", "🆘", "🥲")


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said.

    Attributes:
        what, fails, impact, since: phrases; `since` may be "".
        technical, minang: as of the outage.
    """

    what: str
    fails: str
    impact: str
    since: str
    technical: str
    minang: str

    @property
    def core(self) -> str:
        return " ".join(part for part in (self.what, self.fails, self.since) if part)


def in_words(rng: Random, style: Style, office: Office, told: Told) -> str:
    """The author's words, without a signature; paragraphs are parted by blank lines."""
    return _HANDS[style](rng, office, told)


def first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shortened(text: str) -> str:
    """As typed with two thumbs."""
    return _SHORTENED.sub(lambda found: _SHORT[found[1]], text.lower()).replace(". ", "\n").rstrip(".")


def unpunctuated(text: str) -> str:
    """As a telephone writes down what is said to it. Full stops within numbers stay."""
    return " ".join(_STOPS.sub("", text).lower().split())


def _formal(rng: Random, office: Office, told: Told) -> str:
    head = rng.choice(("Bersama ini kami sampaikan bahwa", "Bersama ini kami laporkan bahwa", "Kami beritahukan bahwa"))
    wish = rng.choice(
        (
            "kami mohon bantuan Saudara untuk penanganan segera",
            "dimohon kiranya dapat ditangani secepatnya",
            "mohon kiranya Tim Teknis dapat ditugaskan ke lokasi",
        )
    )
    end = "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih."
    return (
        f"Dengan hormat,\n\n{head} {told.what} pada {office.name} {told.fails} {told.since}. Akibatnya {told.impact}.\n\n"
        f"Sehubungan dengan hal tersebut, {wish}.\n\n{end}"
    )


def _thumb(rng: Random, office: Office, told: Told) -> str:
    end = rng.choice(("tolong dicek ya pak", "mohon bantuannya", "tolong segera min", "gmn nih"))
    return shortened(f"pak {told.core}. {told.impact}. {end}")


def _minang(rng: Random, office: Office, told: Told) -> str:
    hello = rng.choice(("Assalamualaikum Pak,", "Pak Helpdesk,", "Da,"))
    end = rng.choice(("Tolong capek dicaliak yo Pak.", "Tolong bana Pak, capek stek.", "Mohon ditangani capek Pak."))
    said = f"{told.minang} {told.since}".strip()
    return f"{hello}\n{first_capital(said)}. {first_capital(told.impact)}. {end}"


def _mixer(rng: Random, office: Office, told: Told) -> str:
    end = rng.choice(("Please urgent ya.", "Tolong di-handle ASAP.", "Need your support, thanks."))
    return f"Hi team,\n\nFYI {told.core}. Impact: {told.impact}. {end}"


def _technician(rng: Random, office: Office, told: Told) -> str:
    return f"Lapor: {told.core}.\nHasil cek: {told.technical}.\nDampak: {told.impact}.\nMohon tindak lanjut."


def _angry(rng: Random, office: Office, told: Told) -> str:
    start = rng.choice(
        ("Ini sudah ketiga kalinya bulan ini!", "Kami sangat kecewa.", "Berapa kali lagi kami harus lapor??")
    )
    end = rng.choice(("Kapan ditangani??", "Jangan diam saja!", "Tolong SEKARANG, bukan besok!"))
    return f"{start} {first_capital(told.core)}!! {first_capital(told.impact)}. {end}"


def _anxious(rng: Random, office: Office, told: Told) -> str:
    return (
        f"Selamat {rng.choice(('pagi', 'siang'))} Bapak/Ibu, mohon maaf sebelumnya mengganggu waktunya, saya sebenarnya ragu mau "
        f"lapor ke mana, tadi sudah tanya teman di ruang sebelah juga tidak tahu.\n\nJadi begini Pak, {told.core}. Saya sudah "
        f"coba matikan dan hidupkan lagi komputer saya, tetap sama. Saya takut disalahkan karena {told.impact}. Kepala saya "
        "sudah tanya terus.\n\nMohon sekali bantuannya Pak, mohon maaf kalau salah alamat."
    )


def _secretary(rng: Random, office: Office, told: Told) -> str:
    who = rng.choice(("Bapak Kepala", "Ibu Sekretaris", f"Sdr. {office.pic}"))
    return (
        f"Yth. Helpdesk Kominfotik,\n\nAtas arahan {who}, kami sampaikan bahwa {told.core}. {first_capital(told.impact)}. "
        "Mohon segera ditangani dan dikabari perkembangannya."
    )


def _dictating(rng: Random, office: Office, told: Told) -> str:
    text = f"halo pak ini dari {office.name} mau lapor {told.core} {told.impact} saya lagi di jalan tolong segera dicek ya pak"
    return unpunctuated(text)


def _emoji(rng: Random, office: Office, told: Told) -> str:
    one, two = rng.choice(_EMOJI), rng.choice(_EMOJI)
    return f"Min, {told.core} {one}\n{first_capital(told.impact)} {two}\nTolong ya min 🙏"


def _capitals(rng: Random, office: Office, told: Told) -> str:
    return f"YTH. KOMINFOTIK\n\n{told.core.upper()}. {told.impact.upper()}. MOHON SEGERA DITANGANI."


_HANDS: dict[Style, Callable[[Random, Office, Told], str]] = {
    Style.FORMAL: _formal,
    Style.THUMB: _thumb,
    Style.MINANG: _minang,
    Style.MIXER: _mixer,
    Style.TECHNICIAN: _technician,
    Style.ANGRY: _angry,
    Style.ANXIOUS: _anxious,
    Style.SECRETARY: _secretary,
    Style.DICTATING: _dictating,
    Style.EMOJI: _emoji,
    Style.CAPITALS: _capitals,
}
