"""What officials write besides answers: retractions, orders, courtesies; and what their machines write for them."""

from __future__ import annotations

from random import Random

from tests.year.witness import Kind
from tests.year.world.answers import Answer
from tests.year.world.written import Written

_RETRACTIONS = ("RALAT", "BATAL", "Ralat, jawaban saya tadi dibatalkan", "Batalkan jawaban saya tadi")
_FREE_RETRACTIONS = (
    "Maaf, jawaban saya tadi keliru, mohon dibatalkan.",
    "mohon maaf salah kirim, yg tadi abaikan ya",
    "Saya tarik kembali jawaban saya yang tadi.",
    "Mohon jangan diproses dulu, tadi salah pencet.",
    "Waduh, tadi itu untuk surat yang lain. Tolong dibatalkan.",
)
_COURTESIES = (
    "Terima kasih",
    "Baik, terima kasih.",
    "Siap 👍",
    "🙏",
    "Noted, thanks",
    "Siap pak, dimonitor",
    "Baik, terima kasih atas informasinya, Pak.",
    "Oke, mantap",
    "Terima kasih tim, semangat!",
    "Tarimo kasih",
)
_AWAY = (
    ("Balasan otomatis: {}", "Saya sedang cuti dan tidak di tempat sampai hari Senin."),
    (
        "Balasan otomatis: {}",
        "Terima kasih atas surel Anda. Saya sedang dinas luar sampai Jumat dengan akses surel terbatas.",
    ),
    ("Automatic reply: {}", "I am out of the office until Monday with limited access to e-mail."),
    ("Out of Office: {}", "Thank you for your message. I am on annual leave."),
    ("Di luar kantor: {}", "Mohon maaf, saya sedang mengikuti diklat di Jakarta dan tidak berada di kantor."),
    ("Auto: {}", "Saya sedang sakit dan belum masuk kantor."),
)
_STAND_IN = (
    "Keperluan mendesak: {}.",
    "Hubungi {}.",
    "For urgent matters please contact {}.",
    "Untuk sementara tugas saya dilaksanakan oleh {}.",
)
_AWAY_HEADERS = (
    (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
    (("Auto-Submitted", "auto-replied"), ("Precedence", "bulk")),
    (("Auto-Submitted", "auto-replied (vacation)"),),
    (("X-Autoreply", "yes"), ("Precedence", "auto_reply"), ("Auto-Submitted", "auto-replied")),
)
_ORDERS = {
    "darurat": ("DARURAT", "DARURAT\n\nMohon diproses.", "Ini darurat", "darurat"),
    "abaikan": ("ABAIKAN", "ABAIKAN\n\nSudah ditangani lewat telepon.", "Bukan darurat", "Abaikan, undangan saja"),
    "pisahkan": ("PISAHKAN {}", "PISAHKAN {}\n\nGangguannya berbeda.", "pisahkan {}"),
    "gabung": ("GABUNG {}", "GABUNG {}\n\nGangguan yang sama.", "gabungkan {}"),
}


def retraction(rng: Random, instead: Answer | None = None, group: str = "") -> Answer:
    """RALAT, BATAL, or the same in words of one's own, where asking back is right, too.

    Args:
        instead: what is to stand; None: only taken back. Whether that is clear, its own label says.
        group: which question had been answered, where `instead` does not say.
    """
    if instead is not None:
        start = rng.choice(("RALAT: ", "Ralat: ", "RALAT\n\n"))
        sure = "ralat" if instead.clear and not start.endswith("\n") else "ralat?"
        return Answer(sure, f"{start}{instead.words}", instead.group, instead.label)
    if rng.random() < 0.6:
        return Answer("ralat", rng.choice(_RETRACTIONS), group)
    return Answer("ralat?", rng.choice(_FREE_RETRACTIONS), group)


def order(rng: Random, word: str, reference: str = "") -> Answer:
    """Of Helpdesk: "darurat", "abaikan", "pisahkan" or "gabung".

    `reference`: the number, or the short code of a mail, that it is about; "" leaves it out. Raises: KeyError.
    """
    words = rng.choice(_ORDERS[word])
    if "{}" in words:
        words = words.format(reference).replace("  ", " ")
    elif reference:
        words = f"{words} {reference}" if "\n" not in words else words.replace("\n", f" {reference}\n", 1)
    return Answer(word, "\n".join(line.rstrip() for line in words.split("\n")), "")


def courtesy(rng: Random) -> Answer:
    """A reply to a mail that asks for nothing."""
    return Answer("", rng.choice(_COURTESIES), "")


def absence(rng: Random, subject: str, stand_in: str = "") -> Written:
    """A machine's answer to a mail with this subject; with whom to ask instead, where `stand_in` (an address or a name) says."""
    title, words = rng.choice(_AWAY)
    if stand_in:
        words = f"{words} {rng.choice(_STAND_IN).format(stand_in)}"
    return Written(Kind.AWAY, title.format(subject), words=words, text=f"{words}\n", headers=rng.choice(_AWAY_HEADERS))
