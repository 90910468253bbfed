"""Officials' answers with what a careful secretary would note of each: from the tables of the reading tests, the whole
replies beside them, and the corpus for development where it lies beside the checkout.

Rows that hang on an incident's number are left out, for here it would be another's. The words name teams and persons who may
not be in the directory; what the house makes of that is its affair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType

from tests.parsers.answer_tables import ACCEPTED, answers
from tests.parsers.answer_tables import __file__ as _tables
from tests.year.world.hands import unpunctuated

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "replies"
CORPUS_IS_READ = CORPUS.is_dir()
"""Whether the corpus is there. Without it only the project's own tables are drawn from, and a seed's answers are others:
whoever prints a seed prints this with it.
"""
GROUPS = tuple(ACCEPTED)
GROUP_OF_STAGE: Mapping[str, str] = MappingProxyType(
    {
        "analisis": "analisis",
        "penerusan_analisis": "penerusan",
        "disposisi": "disposisi",
        "penugasan": "penugasan",
        "penanganan": "penanganan",
        "pengiriman_laporan": "pengiriman",
        "pelaporan_koordinator": "pelaporan",
        "pelaporan_kabid": "pelaporan",
        "penerimaan": "penerimaan",
    }
)
"""Which question a stage of the procedure asks."""
SETTLED_ELSEWHERE = frozenset({"delegasi", "gabung", "ralat", "darurat"})
"""Labels that are no decision of the stage: they leave it to somebody else, link, or take back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Attributes:
    label: as `witness.Said.label`: a decision or one of `SETTLED_ELSEWHERE`, with "?" where asking back is right, too;
        "-" where only that is; "" where nothing is decided or asked.
    words: the author's own.
    group: which question they answer; "" for none.
    instead: of a retraction, the decision that is to stand; "" where it only takes back.
    """

    label: str
    words: str
    group: str
    instead: str = ""

    @property
    def clear(self) -> bool:
        return self.label not in ("", "-") and not self.label.endswith("?")


_PLAIN = {
    "analisis": ("ya", ("YA", "YA, darurat", "YA\n\nLayanan publik terhenti, perlu ditangani segera.")),
    "penerusan": ("teruskan", ("TERUSKAN", "TERUSKAN\n\nMohon arahan.")),
    "disposisi": (
        "disposisi",
        ("DISPOSISI\n\nSegera tangani.", "DISPOSISI", "DISPOSISI\n\nTangani hari ini, lapor hasilnya."),
    ),
    "penugasan": ("tugaskan", ("TUGASKAN Tim Jaringan", "TUGASKAN Tim Aplikasi", "TUGASKAN Rahmat Febrian")),
    "penanganan": (
        "laporan",
        (
            "LAPORAN\n\nPenyebab: kabel FO putus\nTindakan: disambung ulang\nHasil: normal",
            "LAPORAN\n\nPenyebab: sakelar rusak\nTindakan: diganti baru\nHasil: layanan normal kembali",
        ),
    ),
    "pengiriman": ("kirim", ("KIRIM", "KIRIM\n\nTerima kasih.")),
    "pelaporan": ("teruskan", ("TERUSKAN", "TERUSKAN\n\nLaporan lengkap.")),
    "penerimaan": ("diterima", ("DITERIMA", "DITERIMA\n\nTerima kasih atas kerja tim.")),
}
_ASSIGNS, _REPORTS = "TUGASKAN Tim Jaringan", "LAPORAN\n\nPenyebab: kabel putus\nTindakan: disambung\nHasil: normal"
_UNDERWAY, _MORE_TIME = "PROGRES\n\nKabel sedang disambung.", "MINTA WAKTU 30 menit"
_MENDS = "PERBAIKI: jam selesai seharusnya 10.30"
_ELSEWHERE = {
    "analisis": ("KIRIM", "DITERIMA", _REPORTS, _MENDS, _MORE_TIME),
    "penerusan": (_ASSIGNS, _REPORTS, _UNDERWAY, _MORE_TIME),
    "disposisi": ("KIRIM", "DITERIMA", _REPORTS, _MENDS, _UNDERWAY),
    "penugasan": ("KIRIM", "DITERIMA", "TERUSKAN", "YA", _MORE_TIME),
    "penanganan": ("YA", "TIDAK", "TERUSKAN", "KIRIM", "DITERIMA", "DISPOSISI"),
    "pengiriman": (_ASSIGNS, _UNDERWAY, _MORE_TIME),
    "pelaporan": (_ASSIGNS, _UNDERWAY, _MORE_TIME),
    "penerimaan": (_ASSIGNS, _UNDERWAY, _MORE_TIME, "TIDAK"),
}
_UNTIL = re.compile(r"\b(?:sampai|hingga|s\.?d\.?)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\bDKL-")


def plain(group: str, rng: Random | None = None) -> Answer:
    """A clear answer in the offered word that leads on; always the same one without `rng`."""
    label, words = _PLAIN[group]
    return Answer(label, rng.choice(words) if rng else words[0], group)


def pick(rng: Random, group: str) -> Answer:
    """One of all the labelled answers to a question, clear or not."""
    return rng.choice(answers_to(group))


def pick_clear(rng: Random, group: str) -> Answer:
    """One of those that a careful secretary finds clear and that decide something."""
    return rng.choice(clear_answers_to(group))


def to_another_question(rng: Random, group: str) -> Answer:
    """What answers another step, given to this question by mistake: only asking back is right.

    Most words of other tables would be right here as well ("Setuju", "Ya"), so these are few and beyond doubt.
    """
    return Answer("-", rng.choice(_ELSEWHERE[group]), group)


def doubtful(label: str) -> str:
    """The label where the way it was said makes asking back right as well."""
    return label if label in ("", "-") or label.endswith("?") else f"{label}?"


def dictated(answer: Answer) -> Answer:
    """The same, spoken into a telephone. A question loses its mark, so only what decides is spoken."""
    if answer.label in ("", "-"):
        return answer
    return replace(answer, label=doubtful(answer.label), words=unpunctuated(answer.words))


def by_aide(rng: Random, answer: Answer, official: str, address: str) -> Answer:
    """The same, sent on by an aide in words of their own: "Berikut arahan Bapak …". Asking back is right, too."""
    text = rng.choice(
        (
            f"Diteruskan dari {official}:\n\n{answer.words}",
            f"Berikut jawaban Bapak/Ibu.\n\n---------- Forwarded message ---------\nDari: {official} <{address}>\nSubject: Fwd\n\n{answer.words}",
            f"---------- Forwarded message ---------\nDari: {official} <{address}>\nSubject: Fwd\n\n{answer.words}",
        )
    )
    return replace(answer, label=doubtful(answer.label), words=text)


@cache
def answers_to(group: str) -> tuple[Answer, ...]:
    """All labelled answers to a question. Raises: KeyError."""
    found = [*_from_tables(group), *_from_replies(group), *(_from_corpus(group) if CORPUS_IS_READ else ())]
    return tuple(_anywhere(one) for one in found if not _NUMBERED.search(one.words))


@cache
def clear_answers_to(group: str) -> tuple[Answer, ...]:
    return tuple(one for one in answers_to(group) if one.clear and one.label not in SETTLED_ELSEWHERE)


def _anywhere(answer: Answer) -> Answer:
    """More time "until three" is clear only at an hour that nobody knows here; what looks like a quote, only alone."""
    if (answer.label == "minta_waktu" and _UNTIL.search(answer.words)) or answer.words.startswith(">"):
        return replace(answer, label=doubtful(answer.label))
    return answer


def _from_tables(group: str) -> Iterator[Answer]:
    for label, words in answers(group):
        yield Answer("-" if label == "-?" else label, words, group)


def _from_replies(group: str) -> Iterator[Answer]:
    """The author's own words in the whole replies: "client | form | asked | meant | words" heads each."""
    for path in sorted((Path(_tables).parent / "reply_mails").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("=== "):
                continue
            _, _, asked, label, words = (part.strip() for part in line.removeprefix("=== ").split("|", 4))
            if asked == group and words not in ("", "*"):
                yield Answer(label, words.replace("\\n", "\n"), group)


_ASKED = {"laporan": "penanganan"}
_DECIDED = {
    ("disposisi", "ya"): "disposisi",
    ("penerusan", "acknowledge"): "teruskan",
    ("penerimaan", "acknowledge"): "diterima",
    ("", "delegate"): "delegasi",
    ("", "unclear"): "-",
    ("", "ya"): "ya",
    ("", "tidak"): "tidak",
}
_REPORTED = {"selesai": "laporan", "sementara": "laporan?", "proses": "progres", "gagal": "-"}


def _from_corpus(group: str) -> Iterator[Answer]:
    context = json.loads((CORPUS / "context.json").read_text(encoding="utf-8"))
    for path in sorted(CORPUS.glob("[0-9]*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        asked, said = context[row["case"]]["ask"], row["expected"]
        if _ASKED.get(asked, asked) != group or not said["text"] or said["attachments"]:
            continue
        decision = said["decision"]
        label = _REPORTED[said["report"]["status"]] if said["report"] else ""
        label = label or _DECIDED.get((group, decision), "") or _DECIDED.get(("", decision), "")
        if label:
            yield Answer(label, said["text"], group)
