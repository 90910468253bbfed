"""What Outlook and its kind put above a quote: "-----Original Message-----", a rule, a block of header fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_FROM = "dari|from|von|van|daripada|de|da|från|fra|发件人|寄件者|от"
_DATE = (
    "terkirim|dikirim|sent|date|gesendet|verzonden|dihantar|envoyé|enviado|inviato|skickat|sendt|发送时间|日期|傳送日期"
)
_SUBJECT = "subjek|judul|subject|betreff|onderwerp|objet|asunto|assunto|oggetto|ämne|emne|主题|主旨"
_ONLY_IN_MAIL = f"{_DATE}|{_SUBJECT}|balas ke|to|reply-to|收件人|抄送|收件者"
_OTHER = (
    "kepada|ke|untuk|cc|tembusan|perihal|hal|tanggal|importance|prioritas|an|aan|datum|à|para|a|till|til|data|bcc|kopie"
)
_FIELD = re.compile(
    rf"^[\s>*]{{0,40}}({_FROM}|{_ONLY_IN_MAIL}|{_OTHER})\*{{0,2}}\s{{0,12}}[:：][*\s]{{0,40}}(.*)$", re.IGNORECASE
)
_SENDERS, _MAIL_ONLY = frozenset(_FROM.split("|")), frozenset(_ONLY_IN_MAIL.split("|")) | {"from"}
_ONCE = tuple(frozenset(words.split("|")) for words in (_FROM, _DATE, _SUBJECT))
_LABELLED = re.compile(r"^[\s>*]{0,40}([^\W\d_][\w .'-]{0,24}?)\*{0,2}\s{0,12}[:：][*\s]{0,40}(\S.*)$")
_ORIGINAL = (
    r"pesan (?:asli|asal|terusan|yang diteruskan|diteruskan|semula|balasan|sebelumnya)|surel asli|e-?mail (?:asli|asal)|"
    r"(?:original|forwarded|replied|initial) (?:message|mail|e-?mail|appointment)|original|forwarded|diteruskan oleh.{0,40}|"
    r"ursprüngliche nachricht|oorspronkelijk bericht|mesej asal|message d'origine|mensaje original|mensagem original|"
    r"messaggio originale|ursprungligt meddelande|原始邮件|原邮件|回复的原邮件|转发邮件|原始郵件|begin forwarded message"
)
SEPARATOR = re.compile(
    rf"^[\s>*_]{{0,40}}[-–—=_]{{2,60}}\s{{0,8}}(?:{_ORIGINAL})\s{{0,8}}[-–—=_]{{2,60}}[\s*_]{{0,20}}$|"
    r"^[\s>]{0,40}(?:begin forwarded message|mulai pesan (?:yang )?diteruskan|awal pesan (?:yang )?diteruskan)\s{0,8}:\s*$",
    re.IGNORECASE,
)
FORWARDED = re.compile(r"forwarded|terusan|diteruskan", re.IGNORECASE)
_RULE = re.compile(r"^[\s>]{0,40}[_—=-]{5,}\s*$")
_FIELDS = 14


def is_field(line: str) -> bool:
    return _FIELD.match(line) is not None


def header_block(lines: Sequence[str], start: int) -> tuple[dict[str, str], int]:
    """The header fields that begin at `start`, lower-case name to value, and the index behind them."""
    fields: dict[str, str] = {}
    index = start
    while index < len(lines) and not lines[index].strip() and index < start + 2:
        index += 1
    while index < min(len(lines), start + _FIELDS):
        match = _FIELD.match(lines[index])
        if match:
            fields[match[1].lower()] = match[2].strip()
        elif not lines[index].strip() or not fields:
            break
        index += 1
    return fields, index


def is_of_a_mail(fields: dict[str, str]) -> bool:
    """Header fields of a mail; a Nota Dinas, too, begins with Kepada, Dari, Tanggal and Hal."""
    if len(fields) < 3 or not _SENDERS & set(fields):
        return False
    return bool(_MAIL_ONLY & set(fields)) or any("@" in value for value in fields.values())


def sender_of(fields: dict[str, str]) -> str:
    return next((fields[name] for name in fields if name in _SENDERS), "")


def block_above(lines: Sequence[str], end: int, names: Collection[str]) -> int:
    """How many lines directly above `end` are the header fields of a mail: known ones, or in whatever language those of
    our mail. Then they begin with a field that has our name or address (`names`), and at least two more follow.
    """
    top = end
    while top > 0 and end - top < _FIELDS and lines[top - 1].strip():
        top -= 1
    for index in range(end - 3, top - 1, -1):  # the fewest: what stands above them is the author's
        fields, behind = header_block(lines, index)
        known = behind == end and _FIELD.match(lines[index]) and is_of_a_mail(fields)
        if known or (_is_from(lines[index], names) and all(map(_is_header_line, lines[index:end]))):
            return end - _first_field(lines, top, index, set(fields))
    return 0


def _first_field(lines: Sequence[str], top: int, index: int, names: set[str]) -> int:
    """Where the block that has `names` from `index` on begins: with a reader, as Lotus Notes names them first, or a date
    that only a mail has. A mail has one date, one author and one subject, in one tongue: who says "From: what I see …"
    above a block that has them says it themselves.
    """
    while index > top and names:
        field = _FIELD.match(lines[index - 1])
        name = field[1].lower() if field else ""
        if field is None or any(name in once and once & names for once in _ONCE):
            break
        if "@" not in lines[index - 1] and not (name in _MAIL_ONLY and field[2][:1].isalnum()):
            break
        names.add(name)
        index -= 1
    return index


def _is_from(line: str, names: Collection[str]) -> bool:
    match = _LABELLED.match(line)
    said = match[2][:300].lower() if match else ""
    return bool(said) and any(name and name.lower() in said for name in names)


def _is_header_line(line: str) -> bool:
    return _LABELLED.match(line) is not None or "@" in line or line[:1].isspace()


def rules_above(lines: Sequence[str], end: int) -> int:
    """How many lines directly above `end` are separators, rules and blanks between them and what they open."""
    top = end
    while (
        top > 0
        and end - top < 4
        and (not lines[top - 1].strip() or SEPARATOR.match(lines[top - 1]) or _RULE.match(lines[top - 1]))
    ):
        top -= 1
    while top < end and not lines[top].strip():
        top += 1
    return end - top
