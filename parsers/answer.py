"""What an official's answer decides, given the answers that the question accepts.

The exact words offered in our mails come first; everyday Indonesian is understood where it is beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from parsers.handling_report import read_report
from parsers.html import html_to_text, reply_markup
from parsers.message import Mail
from parsers.polarity import Polarity, polarity
from parsers.quotes import own_words

_WORDS = {
    "ya": r"ya|y|iya",
    "tidak": r"tidak|tdk|bukan darurat",
    "teruskan": r"teruskan|diteruskan|sudah (?:saya )?teruskan|terusin",
    "disposisi": r"disposisi",
    "tugaskan": r"tugaskan|menugaskan|ditugaskan|tunjuk",
    "laporan": r"laporan|lapor",
    "progres": r"progres\w*|progress|update|kemajuan",
    "minta_waktu": r"minta (?:tambahan )?waktu|mohon (?:tambahan )?waktu|perpanjang\w*",
    "kirim": r"kirim|kirimkan|dikirim",
    "perbaiki": r"perbaiki|perbaikan|revisi|koreksi",
    "kembalikan": r"kembalikan|dikembalikan|perbaiki|revisi",
    "diterima": r"diterima|terima|sudah (?:saya )?(?:di)?terima|laporan (?:sudah |telah )?(?:saya )?(?:di)?terima",
}
_GOES_ON = ("ya", "teruskan", "disposisi", "kirim", "diterima")
_GOES_BACK = ("tidak", "kembalikan", "perbaiki")
_NAMED_TEAM = re.compile(
    r"\b(?:tugaskan|tunjuk|menugaskan|petugas\s*:|kepada)\s+((?:tim|sdr\.?i?|pak|bu|koord\w*\.?)?\s*[\w .'’-]{2,80}?)"
    r"(?=\s*(?:[,.;\n(]|$|\b(?:untuk|agar|sebagai|segera|supaya|selesai|paling)\b))",
    re.IGNORECASE,
)
_DURATION = re.compile(r"(\d{1,3})\s*(menit|mnt|jam)", re.IGNORECASE)
_FILLED_LABEL = re.compile(r"^\s*(?:analisis|alasan|catatan|instruksi|yang perlu diperbaiki)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood.

    Attributes:
        decision: one of the accepted words, or "" when it is not beyond doubt.
        text: the author's own words, without the keyword line.
        understood: for the corrective mail, what it looked like.
        details: assignee, minutes, or the report's fields.
    """

    decision: str
    text: str
    understood: str = ""
    details: dict[str, object] = field(default_factory=dict)


def reply_text(mail: Mail) -> str:
    """The author's own new words in a reply, from whichever part has them."""
    if mail.plain.strip():
        return own_words(mail.plain)
    return own_words(html_to_text(reply_markup(mail.html)))


def read_answer(text: str, accepted: Sequence[str], sent: datetime) -> Answer:
    """What `text` (own words only) decides. `sent` (aware) is what relative times count from."""
    text = text.strip()
    decision, rest = _by_keyword(text, accepted)
    if not decision:
        decision, rest = _by_meaning(text, accepted, sent), text
    if not decision:
        return Answer("", text, understood=_guess(text))
    if decision == "tugaskan":
        assignee = _assignee(text)
        if not assignee:
            return Answer("", text, understood="penugasan, tetapi tim atau petugasnya tidak disebut")
        return Answer(decision, _tidy(rest) or text, details={"assignee": assignee})
    if decision == "minta_waktu":
        return Answer(decision, text, details={"minutes": _minutes(text)})
    if decision == "laporan":
        report = read_report(rest or text, sent)
        if not report.is_report and len(rest.split()) < 4:
            return Answer("", text, understood="laporan tanpa isi")
        fields = {name: getattr(report, name) for name in report.__slots__ if getattr(report, name)}
        return Answer(decision, _tidy(rest) or text, details=fields)
    return Answer(decision, _tidy(rest))


def _by_keyword(text: str, accepted: Sequence[str]) -> tuple[str, str]:
    """The word that opens the answer, if it is one that was offered and nothing after it takes it back."""
    greeting = re.compile(
        r"^(?:\W*(?:siap|baik|pak|bu|bapak|ibu|yth\S*|selamat (?:pagi|siang|sore|malam))\b[,.!\s]*)+", re.I
    )
    bare = greeting.sub("", text) or text
    for decision in accepted:
        pattern = _WORDS.get(decision, re.escape(decision.replace("_", " ")))
        match = re.match(rf"^\W*(?:{pattern})\b[\s:.,;!-]*", bare, re.IGNORECASE)
        if not match:
            continue
        rest = bare[match.end() :]
        if decision in ("ya", "tidak"):
            # "Ya, tapi bukan darurat" and "Tidak ada masalah, lanjutkan" open with one word and mean another.
            wanted = Polarity.YES if decision == "ya" else Polarity.NO
            if polarity(text) is not wanted:
                return "", text
            rest = re.sub(r"^(?:bukan\s+)?darurat\b[\s.,:;-]*", "", rest, flags=re.IGNORECASE)
        elif rest.strip().startswith("?") or re.search(r"\b(?:dulu\b.*\?|\?\s*$)", rest) or _takes_back(rest):
            return "", text
        return decision, rest
    return "", text


def _by_meaning(text: str, accepted: Sequence[str], sent: datetime) -> str:
    """Everyday words. An answer that would need guessing gives ""."""
    if "laporan" in accepted:
        report = read_report(text, sent)
        if report.status in ("selesai", "sementara") and report.actions and not text.rstrip().endswith("?"):
            return "laporan"
        return "progres" if report.status == "proses" and re.search(r"\b(?:masih|sedang)\b", text, re.I) else ""
    if "tugaskan" in accepted:
        return "tugaskan" if _assignee(text) and polarity(text) is not Polarity.NO else ""
    sign = polarity(text)
    if sign is Polarity.NO:
        return next((decision for decision in accepted if decision in _GOES_BACK), "")
    if _mentions(text, accepted, _GOES_BACK[1:]):
        return ""  # "Baik, tapi mohon diperbaiki" both goes on and goes back
    if sign is Polarity.YES or _acknowledges(text, accepted):
        return next((decision for decision in accepted if decision in _GOES_ON), "")
    return ""


def _acknowledges(text: str, accepted: Sequence[str]) -> bool:
    """Receipt and passing on are confirmed in many words; none of them decides anything else."""
    if not {"diterima", "teruskan", "kirim"} & set(accepted) or re.search(
        r"\?|\bbelum\b|\bnanti\b|\btunda\b", text, re.IGNORECASE
    ):
        return False
    words = r"\b(?:sudah|telah)\b.{0,25}\b(?:terima|teruskan|sampaikan|kirim|baca)\w*|\bterima kasih\b.*\bterima\b"
    return re.search(words, " ".join(text.split()), re.IGNORECASE) is not None


def _mentions(text: str, accepted: Sequence[str], decisions: Sequence[str]) -> bool:
    return any(
        re.search(rf"\b(?:di)?(?:{_WORDS[decision]})\b", text, re.IGNORECASE)
        for decision in decisions
        if decision in accepted
    )


def _takes_back(rest: str) -> bool:
    return re.search(r"\b(?:jangan dulu|batal|tunda dulu|nanti dulu|tidak jadi)\b", rest, re.IGNORECASE) is not None


def _assignee(text: str) -> str:
    match = _NAMED_TEAM.search(" ".join(text.split("\n\n", 1)[0].split()) + " ")
    name = match[1].strip(" .:-") if match else ""
    return (
        "" if re.fullmatch(r"(?:tim teknis|tim|petugas|staf|segera|yang bersangkutan)?", name, re.IGNORECASE) else name
    )


def _minutes(text: str) -> int:
    match = _DURATION.search(text)
    if not match:
        return 30
    return min(int(match[1]) * (60 if match[2].lower() == "jam" else 1), 24 * 60)


def _tidy(rest: str) -> str:
    """The words after the keyword, without the labels our own draft answer put there."""
    lines = [_FILLED_LABEL.sub("", line) for line in rest.strip().split("\n")]
    return "\n".join(line for line in lines if line.strip()).strip()


def _guess(text: str) -> str:
    sign = polarity(text) if text else Polarity.UNCLEAR
    if not text:
        return "surel tanpa jawaban"
    if text.rstrip().endswith("?"):
        return "sebuah pertanyaan"
    return {Polarity.YES: "persetujuan", Polarity.NO: "penolakan"}.get(sign, "")
