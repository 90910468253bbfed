"""The author's own words: without what mail clients quote, forward or sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.replies.signoff import without_signature

_FIELDS = (
    r"(?:Dari|Terkirim|Dikirim|Kepada|Ke|Untuk|Cc|Tembusan|Subjek|Perihal|Hal|Judul|Tanggal|Balas ke|"
    r"From|Sent|To|Date|Subject|Reply-To|Importance)"
)
_FIELD = re.compile(rf"^\s*+(?:>\s*+)?\*?({_FIELDS})\*?\s*:\s*\*?\s*(.*)$", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"^\s*+(?:>\s*+)?[*_]*+-{2,}\s*(?:Pesan (?:Asli|Asal|Terusan|yang Diteruskan)|Original Message|Forwarded message|Pesan diteruskan|Surel asli|Email asli|Pesan semula|"
    r"Pesan balasan|Diteruskan oleh.{0,40}|Begin forwarded message)\s*-{2,}[*_]*\s*$|^\s*+(?:>\s*+)?(?:Begin forwarded message|Mulai pesan (?:yang )?diteruskan|Awal pesan (?:yang )?diteruskan)\s*:\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"forwarded|terusan|diteruskan", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r"^\s*+(?:>\s*+)?(?:Pada|On|Tanggal)\b[^\n]{4,400}?(?:menulis|wrote|tulis)\s*:\s*$", re.IGNORECASE
)
_ANY_ATTRIBUTION = re.compile(
    r"^\s*+(?:>\s*+)?\S.{6,300}(?:<[^\s<>@]{0,80}@[^\s<>]{1,255}>|\[mailto:[^\s\]]{1,330}\]|@[^\s()]{1,255}\)).{0,40}:\s*$"
)
"""In any language: a date, an address, a colon."""
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b")
_WROTE = re.compile(
    r"^\s*+(?:>\s*+)?(?:At|On|In|Pada)\b.{4,120}\d.{0,120}\b(?:wrote|writes|menulis)\s*:\s*$", re.IGNORECASE
)
_WROTE_AT = re.compile(
    r"^\s*+(?:>\s*+)?\S.{1,120}\b(?:menulis|wrote) (?:pada|on|at|tanggal)\b.{0,60}\d\d.{0,40}:\s*$", re.IGNORECASE
)
_HAS_ORIGIN = re.compile(r"\d.{0,500}(?:@|\b\d{1,4}[-/. ](?:\d{1,2}|\w{3,9})[-/., ]{1,5}\d{2,4})|@.{0,500}\d")
_WRAPPED = 66
"""Characters from which a client breaks lines."""
_ONLY_IN_MAIL = {
    "terkirim",
    "dikirim",
    "subjek",
    "judul",
    "balas ke",
    "from",
    "sent",
    "to",
    "date",
    "subject",
    "reply-to",
}
ABOVE_THIS_LINE = re.compile(r"^\s*+(?:>\s*+)?###.*balas di atas garis ini", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Original:
    """A mail that was forwarded inline."""

    sender: str
    sender_name: str
    subject: str
    text: str
    preamble: str


def own_words(text: str, author: str = "") -> str:
    """What the author wrote: above the quote, between quoted lines, or below it; without closing and signature."""
    lines = text.replace("\r\n", "\n").split("\n")
    cut = quote_start(lines)
    top = lines if cut is None else lines[:cut]
    body = without_signature([line for line in top if not line.lstrip().startswith(">")], author)
    if cut is None:
        return body
    below = _below(lines, cut)
    if not body:  # bottom-posting or answers between the quoted lines
        return without_signature(below, author)
    more = without_signature(below, author) if _quotes_line_by_line(lines, cut) else ""
    return f"{body}\n\n{more}" if more else body


def _below(lines: list[str], cut: int) -> list[str]:
    """What stands unmarked below an attribution and among the quoted lines; [] where nothing is marked as quoted."""
    following = lines[cut + 1 :]
    if not any(line.lstrip().startswith(">") for line in following):
        return []
    kept: list[str] = []
    for index, line in enumerate(following):
        if line.lstrip().startswith(">") or _FIELD.match(line) or _is_rest_of_quote(following, index):
            continue
        if index == 0 and _ATTRIBUTION.match(f"{lines[cut]} {line}"):
            continue
        kept.append(line)
    return kept


def _is_rest_of_quote(lines: list[str], index: int) -> bool:
    """The end of a long quoted line that a mail client broke without marking it."""
    return (
        0 < index < len(lines) - 1
        and lines[index - 1].lstrip().startswith(">")
        and len(lines[index - 1]) >= _WRAPPED
        and lines[index + 1].lstrip().startswith(">")
    )


def _quotes_line_by_line(lines: list[str], cut: int) -> bool:
    """Whether the quote is one with marks: an attribution, and the first words below it are marked."""
    if _FIELD.match(lines[cut]) or _SEPARATOR.match(lines[cut]) or not re.search(r"\w", lines[cut]):
        return False
    said = [line for line in lines[cut + 1 : cut + 6] if line.strip()]
    after = said[1:] if said and said[0].rstrip().endswith(":") and not said[0].lstrip().startswith(">") else said
    return bool(after) and after[0].lstrip().startswith(">")


def without_quotes(text: str) -> str:
    """A new letter with the thread it was sent in cut off; a letter that is nothing but a quote stays whole."""
    lines = text.split("\n")
    cut = quote_start(lines)
    if cut is None:
        return text
    kept = "\n".join(lines[:cut]).strip()
    return kept if len(kept) > 20 else text


def forwarded_original(text: str, *, handed_on: bool = False) -> Original | None:
    """The mail that was forwarded inline, if any: its header fields and its text.

    `handed_on` says that the mail as a whole is a forward: then the header fields of a mail open it, as in Outlook.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    for index, line in enumerate(lines):
        said = _SEPARATOR.match(line) and (handed_on or _FORWARDED.search(line))
        if not said and not (handed_on and _FIELD.match(line)):
            continue
        fields, end = _header_block(lines, index + 1 if said else index)
        if not said and (len(fields) < 3 or not {"dari", "from"} & set(fields) or not _of_a_mail(fields)):
            continue
        if not fields:
            continue
        origin = fields.get("dari") or fields.get("from") or ""
        address = re.search(r"[\w.+-]{1,64}@[\w.-]{0,254}\w", origin)
        name = re.sub(r"[<(\[].*$", "", origin).strip(" \"'")
        subject = next((fields[key] for key in ("subjek", "subject", "perihal", "judul", "hal") if key in fields), "")
        return Original(
            address.group(0).lower() if address else "",
            "" if "@" in name else name,
            subject,
            "\n".join(lines[end:]).strip(),
            "\n".join(lines[:index]).strip(),
        )
    return None


def quote_start(lines: list[str]) -> int | None:
    """Index of the line that opens the quoted mail, or None.

    Conservative: an attribution needs a date or an address, a header block three fields with a sender among them.
    """
    for index, line in enumerate(lines):
        if _WROTE_AT.match(line):
            return index
        if _SEPARATOR.match(line) or ABOVE_THIS_LINE.match(line):
            return index
        if _WROTE.match(line) or _opens_quote(lines, index):
            return index
        if re.match(r"^\s*+(?:>\s*+)?(?:pada|on|tanggal)\b", line, re.IGNORECASE):
            joined = line
            for following in ("", *lines[index + 1 : index + 4]):
                joined = f"{joined} {following.strip().lstrip('> ')}".rstrip()
                if _ATTRIBUTION.match(joined) and _HAS_ORIGIN.search(joined):
                    return index
        if _FIELD.match(line):
            fields, _ = _header_block(lines, index)
            if len(fields) >= 3 and {"dari", "from"} & set(fields) and _of_a_mail(fields):
                opened_by_rule = index and re.match(r"^\s*_{10,}\s*$", lines[index - 1])
                return index - 1 if opened_by_rule else index
    return None


def _opens_quote(lines: list[str], index: int) -> bool:
    """An attribution in any language, on one line or two, that quoted lines follow."""
    if lines[index].lstrip().startswith(">") or not (_DATED.search(lines[index]) or "@" in lines[index]):
        return False
    joined = lines[index]
    for following in range(index + 1, min(index + 4, len(lines) + 1)):
        rest = next((lines[at] for at in range(following, len(lines)) if lines[at].strip()), "")
        if _ANY_ATTRIBUTION.match(joined) and _DATED.search(joined) and rest.lstrip().startswith(">"):
            return True
        if following >= len(lines) or not lines[following].strip():
            return False
        joined = f"{joined.rstrip()} {lines[following].strip()}"
    return False


def _of_a_mail(fields: dict[str, str]) -> bool:
    """Header fields of a mail; a Nota Dinas, too, begins with Kepada, Dari, Tanggal and Hal."""
    return bool(_ONLY_IN_MAIL & set(fields)) or any("@" in value for value in fields.values())


def _header_block(lines: list[str], start: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    index = start
    while index < len(lines) and not lines[index].strip() and index < start + 2:
        index += 1
    while index < min(len(lines), start + 14):
        match = _FIELD.match(lines[index])
        if match:
            fields[match[1].lower()] = match[2].strip()
        elif not lines[index].strip() or not fields:
            break
        index += 1
    return fields, index
