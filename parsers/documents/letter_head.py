"""The head of a letter: letterhead, Nomor, Sifat, Hal, place and date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from parsers.words.dates import first_date
from parsers.words.labels import label_name

_LABEL_LINE = re.compile(r"^\s*((?:[A-Za-z]\s?){2,12}[a-z/]*\.?|Hari/Tanggal|Tgl/jam catat)\s*(?:[:\t]\s*)(.*)$")
_BARE_LABEL = re.compile(r"^\s*(Nomor|Perihal|Hal|Sifat|Lampiran|Tanggal|NO)\b\.?\s+(\S.*)$")
_PLACE_AND_DATE = re.compile(
    r"(?:^|\s\s|\t)[A-Z][A-Za-z .]{2,30},\s{0,20}(?:tanggal\s{0,20})?\d{1,2}\s{1,20}\w{1,20}\s{1,20}(?:19|20)\d\d",
    re.MULTILINE,
)
_TWO_CALENDARS = re.compile(
    r"[A-Z][A-Za-z .]{2,30},\s{0,20}\d{1,2}\s{1,20}[\w'’ -]{4,20}\s{1,20}14\d\d\s{0,20}H\.?[\s/|(]*+(?:bertepatan dengan\s{1,20})?\d{1,2}\s{1,20}\w{1,20}\s{1,20}20\d\d",
    re.IGNORECASE,
)
"""The Islamic date first, the other below or beside it."""
_AFTER_NUMBER = re.compile(
    r"(?:/\d{4}|^[^\w\n]*+(?:sifat|nomor|no)\b[^\n]{0,200}?)\s{1,100}[A-Z][A-Za-z .]{2,30},\s{0,20}\d{1,2}\s{1,20}\w{1,20}\s{1,20}(?:19|20)\d\d[^\S\n]*+$",
    re.MULTILINE | re.IGNORECASE,
)
"""The right column of a head whose blanks were lost."""
_NOTED = re.compile(r"\b(?:dicatat|catat\w*|diterima|terima|masuk|tanggal|tgl)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\w/.])(?:[A-Z]{1,4}-)?\d{1,4}(?:\.\d{1,3}){0,4}\s{0,9}/\s{0,9}[\w.-]{1,12}\s{0,9}/\s{0,9}[A-Za-z][\w.&-]{0,60}"
    r"(?:\s{0,9}/\s{0,9}[\w.&-]{1,60}){0,8}?\s{0,9}[/-]\s{0,9}(?:19|20)\d\d\b"
)
_QUOTES = re.compile(
    r"\b(?:surat|laporan|nota dinas) (?:kami|saudara|terdahulu|sebelumnya)\b[^\n]{0,30}$", re.IGNORECASE
)
_SIFAT = {
    "biasa": "Biasa",
    "segera": "Segera",
    "sangat segera": "Sangat Segera",
    "sgt segera": "Sangat Segera",
    "sgt. segera": "Sangat Segera",
    "amat segera": "Amat Segera",
    "penting": "Penting",
    "terbatas": "Terbatas",
    "rahasia": "Rahasia",
    "sangat rahasia": "Sangat Rahasia",
}
_PREFIXES = re.compile(r"\s*(?:(?:(?:re|fwd?|bls|tr|wg|balasan|terusan)\s*:|\[wag\])\s*)*", re.IGNORECASE)
_ENDS_VALUE = re.compile(r"\s{4,}|\t")
_NOT_CONTINUED = re.compile(r"yth\b|kepada\b|dengan hormat|assalam|di\s*$|padang|tempat\s*$", re.IGNORECASE)


def read_labels(text: str) -> dict[str, str]:
    """Label block of a letter in running text: "Nomor : …", tables without colons, letters spaced apart."""
    found: dict[str, str] = {}
    lines = text.split("\n")
    for index, line in enumerate(lines[:200]):
        match = _LABEL_LINE.match(line) or _BARE_LABEL.match(line)
        label = _label_of(match[1]) if match else ""
        if not match or not label or label in found:
            continue
        value = _ENDS_VALUE.split(match[2].strip(" :\t"), maxsplit=1)[0].strip()
        if label == "hal":
            value = _with_continuation(value, lines[index + 1 : index + 3])
        if value and value != "-":
            found[label] = value
    return found


def letter_number(labels: Mapping[str, str], text: str) -> str:
    """The letter's number without blanks; "" when its serial is left blank or there is none."""
    labelled = labels.get("nomor", "")
    if labelled:
        spaced = "/".join(map(str.strip, labelled.split("/")))
        candidate = re.match(r"[\w.&/-]*(?: -\s*[\w.&/-]+)?", spaced)
        value = re.sub(r"\s+", "", candidate.group(0)) if candidate else ""
        if "/" not in value or "//" in value or re.search(r"/\s{1,}/", labelled):
            return ""
        return value if re.search(r"\d", value.split("/", 1)[1]) and re.search(r"\d", value) else ""
    # "Menyusuli surat kami nomor …" quotes another letter's number.
    found = _NUMBER.finditer(_before_body(text))
    own = (m for m in found if not _QUOTES.search(text[max(0, m.start() - 100) : m.start()]))
    return next((re.sub(r"\s+", "", match.group(0)) for match in own), "")


def letter_date(labels: Mapping[str, str], text: str) -> date | None:
    """The date written on the letter: labelled, or after the place name. Never one from the prose."""
    if labels.get("tanggal"):
        return first_date(labels["tanggal"])
    spaced = _TWO_CALENDARS.search(text) or _PLACE_AND_DATE.search(text) or _AFTER_NUMBER.search(text)
    return first_date(" ".join(spaced.group(0).split())) if spaced else None


def noted_date(text: str) -> date | None:
    """The date on which somebody took down a report by word of mouth."""
    lines = [line for line in text.split("\n")[:12] if _NOTED.search(line) and not line.lstrip().startswith("[")]
    return next((found for line in lines if (found := first_date(line))), None)


def urgency(labels: Mapping[str, str]) -> str:
    """The Sifat as written, abbreviations spelt out."""
    value = " ".join(labels.get("sifat", "").lower().split()).strip(" .-")
    return _SIFAT.get(value) or _SIFAT.get(re.sub(r"^sgt\.?\s*", "sangat ", value), "")


def regarding(labels: Mapping[str, str], subject: str) -> str:
    """The Hal of the letter, else the mail's subject without reply marks."""
    return " ".join(labels.get("hal", "").split()).strip(" .") or plain_subject(subject)


def plain_subject(subject: str) -> str:
    """A subject without Re:, Fwd:, Bls:, [WAG] and without a letter number in front."""
    subject = _PREFIXES.sub("", subject, count=1)
    match = _NUMBER.match(subject)
    return (subject[match.end() :] if match else subject).strip(" -–:\t")


def letterhead(text: str) -> str:
    """The lines above the first label, at most twelve: where an office names itself. "" where no label follows."""
    lines: list[str] = []
    for line in text.split("\n")[:40]:
        match = _LABEL_LINE.match(line) or _BARE_LABEL.match(line)
        if (match and _label_of(match[1])) or re.match(
            r"\s*(?:yth|kepada|nota dinas|dengan hormat)\b", line, re.IGNORECASE
        ):
            return "\n".join(lines[:12])
        if line.strip():
            lines.append(line)
    return ""


def _label_of(word: str) -> str:
    if re.match(r"no\.?\s*(?:telp|telepon|hp|agenda|surat)", word, re.IGNORECASE):
        return ""
    if re.match(r"(?:tgl/jam catat|hari/tanggal)$", word.strip(), re.IGNORECASE):
        return "tanggal"
    return label_name(word)


def _with_continuation(value: str, following: list[str]) -> str:
    """Hal often wraps: lines that are indented and no new label belong to it."""
    for line in following:
        indented = re.match(r"\s{4,}\S|\t+\S", line)
        if not indented or _LABEL_LINE.match(line) or _NOT_CONTINUED.match(line.strip()):
            break
        if re.search(r",\s*\d{1,2}\s+\w+\s+20\d\d", line):
            break
        value = f"{value} {_ENDS_VALUE.split(line.strip(), maxsplit=1)[0].strip()}"
    return value


def _before_body(text: str) -> str:
    match = re.search(r"dengan hormat|assalamu", text, re.IGNORECASE)
    return text[: match.start()] if match else text[:600]
