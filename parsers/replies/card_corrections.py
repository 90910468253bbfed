"""Lines by which an official corrects the card: "KOREKSI OPD: Dinas Kesehatan".

Only lines that begin with the word and name a field of the card are commands; they are taken out of the answer, so that
whatever else the mail says is read without them. "Koreksi: TIDAK" takes an answer back and is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from parsers.words.wrapped import unwrapped

MOST_LINES = 40
"""Corrections of one mail; there are not so many fields."""
MOST_TEXT = 20_000
"""Characters: a longer answer is not read at all."""
NUMBER, DATE = "nomor?", "tanggal?"
"""What more than one field is called; what is meant is seen from the value, or asked."""
NAMES: Mapping[str, str] = {
    **dict.fromkeys(("opd", "perangkat daerah", "nama opd", "instansi", "dinas", "perangkat"), "opd"),
    **dict.fromkeys(("layanan", "jenis layanan", "layanan terganggu", "layanan yang terganggu", "kategori"), "layanan"),
    **dict.fromkeys(("lokasi", "tempat", "lokasi gangguan", "alamat lokasi"), "lokasi"),
    **dict.fromkeys(
        (
            *(
                "sejak",
                "mulai",
                "mulai terganggu",
                "waktu kejadian",
                "waktu mulai",
                "waktu mulai terganggu",
                "sejak kapan",
            ),
            *("waktu", "jam kejadian", "waktu gangguan", "mulai gangguan"),
        ),
        "waktu_kejadian",
    ),
    **dict.fromkeys(("pelapor", "nama pelapor", "pengirim", "nama pengirim"), "pengirim"),
    **dict.fromkeys(("jabatan", "jabatan pelapor"), "jabatan"),
    **dict.fromkeys(("nip", "nip pelapor"), "nip"),
    **dict.fromkeys(
        (
            *(
                "telepon",
                "nomor telepon",
                "no telepon",
                "no. telepon",
                "telp",
                "no telp",
                "no. telp",
                "hp",
                "no hp",
                "no. hp",
            ),
            *("nomor hp", "kontak", "wa", "nomor kontak"),
        ),
        "telepon",
    ),
    **dict.fromkeys(("narahubung", "contact person", "nama kontak"), "narahubung"),
    **dict.fromkeys(("nomor surat", "no surat", "no. surat"), "nomor"),
    **dict.fromkeys(("tanggal surat", "tgl surat", "tgl. surat"), "tanggal"),
    **dict.fromkeys(("sifat", "sifat surat"), "sifat"),
    **dict.fromkeys(("hal", "perihal", "hal surat"), "hal"),
    **dict.fromkeys(("ringkasan",), "ringkasan"),
    **dict.fromkeys(
        ("email", "e-mail", "surel", "alamat surel", "alamat email", "surel pelapor", "email pelapor"), "email"
    ),
    **dict.fromkeys(("nomor", "no", "no."), NUMBER),
    **dict.fromkeys(("tanggal", "tgl", "tgl."), DATE),
}
"""By a name of a field, as people write it, the field of the report, or one of the above."""
CHECKED = ("opd", "layanan", "waktu_kejadian", "telepon", "nip")
"""Fields whose values are held against something: these need no colon to be told from a sentence."""
_INCIDENT = r"(?:[A-Za-z]{2,8}-20\d\d-)?\d{3,6}(?!\d)"
_WHICH = r"(?:(?:untuk|utk|atas|pada|insiden|kartu|nomor|no\.?|yang)\s+){0,3}\[?#?"
_COMMAND = re.compile(
    rf"^[^\w\n\"“(>]*+(?:{_WHICH}(?P<before>{_INCIDENT})\]?[\s:,.–—-]*)?"
    r"(?:\d{1,2}[.)]\s)?[^\w\n\"“(>]*+(?:(?:mohon|tolong|harap|sekalian|serta|dan|juga|pak|bu|minta)\b[\s,]*){0,3}(?P<word>koreksi|ralat)"
    rf"(?:\s+{_WHICH}(?P<behind>{_INCIDENT})\]?[\s:,.–—-]*)?"
    r"(?P<card>\s*(?:pada\s+|untuk\s+)?(?:kartu(?:\s+insiden)?|isian|data))?\s*(?P<mark>[:=|–—-]?)\s*(?P<said>.*)$",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"^(?:-?nya)?[*_]*(?:\s*(?:[:=|\t]|=>|->|→)+[*_]*\s*|\s+(?:menjadi|jadi|adalah|seharusnya|yang benar(?: adalah)?)\b[\s:]*)(?P<value>.*)$",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(r"^(?P<label>[A-Za-z][\w./-]*(?: [\w./-]+){0,2})\s*[:=|\t]\s*(?P<value>\S.*)$")
_OF_AN_ANSWER = re.compile(
    r"\b(?:jawaban|keputusan|balasan|disposisi|penugasan|tugaskan|tim|instruksi|analisis|laporan|saya|kami|ya|iya|tidak|bukan|"
    r"darurat|hasil|penyebab|tindakan|progres|teruskan|kirim|diterima|kembalikan|perbaiki|catatan|alasan|batal|minta)\b",
    re.IGNORECASE,
)
"""Words of answers: what follows them corrects no field of the card."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One correction as written.

    Attributes:
        line: all of it, on one line.
        field: of the report; "" where the name is none of a field.
        name: of the field, as written.
        value: as written.
        doubt: why it is no command to be carried out, as a clause; "" where it is one.
        stated: it is a sentence that calls the field wrong, and no correction at all.
    """

    line: str
    field: str
    name: str
    value: str
    doubt: str = ""
    stated: bool = False


def card_corrections(text: str, labels: Mapping[str, str]) -> tuple[tuple[CardLine, ...], str]:
    """The corrections in `text` (own words only), and the text without them.

    `labels`: by what the card calls a field (lower case), the field.
    """
    known = {**NAMES, **labels}
    if len(text) > MOST_TEXT or not re.search(
        r"koreksi|ralat|bukan|seharusnya|harusnya|keliru|salah", text, re.IGNORECASE
    ):
        return (), text
    found, rest, heading = list[CardLine](), list[str](), list[str]()
    block = False
    for line in unwrapped(text).split("\n"):
        read = _command(line, known) if len(found) < MOST_LINES else None
        if read == []:  # a heading: "KOREKSI:"; what follows says if it is one
            heading, block = [line], True
        elif read:
            found, heading, block = [*found, *read], [], True
        elif block and line.strip() and (read := _fields(line, line, known, strict=True)):
            found, heading = [*found, *read], []
        elif block and not line.strip() and heading:
            heading.append(line)
        else:
            rest, heading, block = [*rest, *heading, line], [], False
    rest = [*rest, *heading]
    if not found:
        rest = text.split("\n")
    said = "\n".join(rest)
    return (*found, *_stated(said, known)), said


def corrects_another(text: str, incident: str) -> bool:
    """Whether a correction in `text` names another card than that of `incident`."""
    named = [command.group("before", "behind") for line in text.split("\n") if (command := _COMMAND.match(line))]
    serials = {int(number.rpartition("-")[2]) for both in named for number in both if number}
    own = incident.rpartition("-")[2]
    return own.isdecimal() and any(f"{serial}" != own.lstrip("0") for serial in serials)


def _command(line: str, known: Mapping[str, str]) -> list[CardLine] | None:
    """What a line corrects; [] for the heading of a list of corrections, None for a line that is no correction."""
    command = _COMMAND.match(line)
    if command is None:
        return None
    said, is_ralat = command["said"].strip(), command["word"].lower() == "ralat"
    if not said.strip(" *_:|"):
        return [] if not is_ralat or command["card"] else None
    whole = " ".join(line.split()).lstrip("-–—•·*+>|#☐ ")
    if found := _fields(said, whole, known, strict=is_ralat):
        return found
    other = _UNKNOWN.match(said)
    if other and not is_ralat and not _OF_AN_ANSWER.search(other["label"]):
        label = " ".join(other["label"].split())
        return [CardLine(whole, "", label, other["value"], f"isian “{label}” tidak ada pada kartu")]
    return None


def _fields(said: str, line: str, known: Mapping[str, str], *, strict: bool) -> list[CardLine]:
    """The fields that `said` names, each with its value; none where it begins otherwise. `strict`: only with a colon."""
    said = said.lstrip('-–—•·*+|#☐_"“ \t')
    line = line.strip()
    ahead = _names(tuple(known)).match(said)
    if ahead is None:
        return []
    name, field = ahead["name"], known[" ".join(ahead["name"].lower().split())]
    behind = said[len(name) :]
    means = _MEANS.match(behind)
    if means is None:
        return [] if strict else [_without_colon(name, field, behind, line)]
    parts = list(_behind_another(tuple(known)).finditer(means["value"]))
    value = means["value"][: parts[0].start()] if parts else means["value"]
    first = _line(name, field, value, line)
    return [first, *(_fields(means["value"][parts[0].start("name") :], line, known, strict=True) if parts else [])]


def _without_colon(name: str, field: str, behind: str, line: str) -> CardLine:
    read = _line(name, field, re.sub(r"^-?nya\b", "", behind).strip(), line)
    if read.doubt or (field in CHECKED and behind[:1].isspace()):
        return read
    said = f"tulis dengan titik dua, misalnya KOREKSI {name.upper()}: {read.value or '…'}"
    return CardLine(line, field, name, read.value, said)


def _line(name: str, field: str, value: str, line: str) -> CardLine:
    """One field; a name that may be of several is settled by its value, or asked back."""
    value = value.strip()
    if field == NUMBER:
        is_letter = re.search(r"\d", value) and "/" in value
        field, doubt = ("nomor", "") if is_letter else ("", "sebutkan NOMOR SURAT atau NOMOR TELEPON")
    elif field == DATE:
        field, doubt = "", "sebutkan TANGGAL SURAT atau MULAI (sejak kapan terganggu)"
    elif field == "telepon" and "@" in value:
        field, doubt = "email", ""
    else:
        doubt = ""
    if field == "email":
        doubt = "alamat surel pelapor tidak diubah lewat KOREKSI; kabar tetap dikirim ke alamat pelapor"
    elif field.startswith("-"):
        field, doubt = "", f"“{name}” pada kartu diisi oleh Siaga dan tidak dapat dikoreksi"
    return CardLine(line, field, name, value, doubt)


def _stated(text: str, known: Mapping[str, str]) -> list[CardLine]:
    """Sentences that call a field wrong without being a command: they are asked about, never guessed."""
    found = []
    wrong = _wrong(tuple(name for name, field in known.items() if field[-1:] != "?" and field[:1] != "-"))
    for line in text.split("\n"):
        for sentence in re.split(r"(?<=[.;!])\s", line)[:20]:
            said = " ".join(sentence.split())
            if len(said) <= 300 and (match := wrong.search(said)):
                name = match["name"]
                how = f"bila kartunya keliru, balas KOREKSI {name.upper()}: diikuti yang benar"
                found.append(CardLine(said, "", name, "", how, stated=True))
    return found[:5]


@lru_cache(maxsize=4)
def _names(known: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{_either(known)})(?=[\s:=|*_→-]|nya\b|$)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _behind_another(known: tuple[str, ...]) -> re.Pattern[str]:
    names = _either(tuple(name for name in known if len(name) > 2))
    return re.compile(rf"[,;|] ?(?:dan )?(?:koreksi )?(?P<name>{names}) ?[:=]", re.IGNORECASE)


@lru_cache(maxsize=4)
def _wrong(names: tuple[str, ...]) -> re.Pattern[str]:
    called = rf"(?<!\w)(?P<name>{_either(names)})(?:-?nya)?(?: (?:pada|di|dalam) kartu)?"
    return re.compile(
        rf"{called} (?:itu |ini |tersebut )?(?:bukan\b.{{1,120}}?\b(?:tapi|tetapi|melainkan|namun|yang benar|seharusnya)\b|"
        r"(?:(?:yang )?(?:seharusnya|harusnya|semestinya)|yang benar(?: adalah)?)\s\w|(?:keliru|salah)(?: (?:baca|tulis|ketik))?\b)",
        re.IGNORECASE,
    )


def _either(names: tuple[str, ...]) -> str:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in longest)
