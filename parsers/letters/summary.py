"""The event and its effect in a few sentences: a letter without its head, salutation and closing."""

from __future__ import annotations

import re

from parsers.letters.symptoms import NO_ABBREVIATION, SENTENCE_END, failure

MAX_SUMMARY = 600
MORE = " …"
"""Ends a summary of a letter that says more."""
_SENTENCE = re.compile(rf"{NO_ABBREVIATION}[.!?…][\"”’)]*(?=\s)")
_CLAUSE = re.compile(r"[;:,](?=\s)")
_LABEL_LINE = re.compile(
    r"^\s*(?:nomor|no|sifat|lampiran|lamp|hal|perihal|tanggal|tgl|yth|kepada|kpd|dari|tembusan|penerima|dicatat oleh|cc)\b\.?\s*(?:[:\t]|\.\s).*$|"
    r"^\s*(?:tembusan|di\b|tempat|padang|yth|kepada|nip\b|pemerintah provinsi|jalan |jl\.|telp|laman|pos-?el).*$",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^\s*(?:dengan hormat|assalam\w*|selamat (?:pagi|siang|sore|malam)|terima\s?kasih|demikian|atas (?:perhatian|bantuan|kerja)|hormat kami|"
    r"salam|wassalam|dear|best regards|regards|bapak/ibu|bpk/ibu|halo|yth)\b.*$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"^\s*(?:yth|kepada|dear|halo)\b[^,:\n]{0,60}[,:]\s*", re.IGNORECASE)


def summary(hal: str, text: str) -> str:
    """The event and its effect in at most 600 characters: the letter without head, salutation and closing.

    It ends with a sentence, and with "…" where there is more.
    """
    lines = [line.strip() for line in _without_closing(text).split("\n")]
    kept = [_ADDRESSED.sub("", line) for line in lines if _tells(line)]
    flowing = _most_telling(" ".join(" ".join(kept).split()))
    return shortened(flowing) or hal[:MAX_SUMMARY]


def shortened(text: str, longest: int = MAX_SUMMARY) -> str:
    """`text` in at most `longest` characters: as many whole sentences as that holds, else a clause or words of one.

    Ends with "…" where something is left out.
    """
    if len(text) <= longest:
        return text
    room = text[: longest - len(MORE) + 1]
    for ends in (_SENTENCE, _CLAUSE):
        found = [end.end() for end in ends.finditer(room) if end.end() >= longest // 3]
        if found:
            return room[: found[-1]].rstrip(" ,;:") + MORE
    words = room[: room.rfind(" ")] if " " in room else room[:-1]
    return words.rstrip() + MORE


def _tells(line: str) -> bool:
    """Whether a line belongs to the event. What says that something fails does, whatever it begins with."""
    if len(line) > len(_ADDRESSED.sub("", line)) > 40:
        return True  # the letter goes on in the line of the salutation
    if len(line) <= 3 or (_LABEL_LINE.match(line) and not (len(line) > 60 and failure(line))):
        return False
    return failure(line) != "" or (
        not (_COURTESY.match(line) and len(line) < 90) and (len(line) > 60 or not line.isupper())
    )


def _most_telling(flowing: str) -> str:
    """A long letter without the sentences that lead up to the event."""
    if len(flowing) <= MAX_SUMMARY:
        return flowing
    parts = SENTENCE_END.split(flowing)
    first = next((number for number, part in enumerate(parts) if failure(part)), 0)
    return ". ".join(parts[first:])


def _without_closing(text: str) -> str:
    """From the salutation on, and without the signature block: who writes and signs stands in fields of its own."""
    # Many go on in the same line: "Dengan hormat, kami laporkan bahwa …".
    salutation = re.search(r"(?im)^[^\w\n]*+(?:dengan hormat|assalamu\S*(?:\s+wr\.?\s*wb)?)\b[\s.,:]*", text)
    body = text[salutation.end() :] if salutation else text
    closes = (
        r"a\.?\s?n\.?\s|u\.?\s?b\.?\s|hormat kami|plt\.|plh\.|nip\b|(?:terima\s?kasih|tks|salam|wassalam\S*)[^\w\n]*+$"
    )
    signed = re.search(rf"(?im)^[^\w\n]*+(?:{closes})", body)
    kept = body[: signed.start()] if signed else body
    return kept if len(kept.strip()) > 40 else text
