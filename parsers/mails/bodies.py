"""Which leaves of a mail are its text, and in which form of it the author's words stand.

A text part beside an HTML part should say the same. Often it says nothing: "your program cannot show HTML", a line of the
telephone's maker, the quote alone. Then the HTML is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from parsers.documents.dimensions import dimensions
from parsers.mails.html import html_to_text, reply_markup
from parsers.mails.parts import Part, text_of
from parsers.mails.quotes import own_words

PLAIN, HTML = "text/plain", "text/html"
NO_LETTERS = (".log", ".csv", ".json", ".xml", ".ics", ".vcf")
MOST_COMPARED, MOST_MARKUP = 20_000, 300_000
"""Characters of text and of HTML in which it shows whether two parts say the same."""
SAME, OTHER = 0.9, 0.35
"""Of the words of one form, how many stand in the other when both say the same, and when they do not."""
LOGO_SIDE = 600
"""Pixels: what is smaller on one side is no photo of a page."""
_HTML = re.compile(
    r"\b(?:html|mime|multipart|browser|peramban|(?:e-?mail|mail|surel)[- ](?:client|reader|program|app)\w*|"
    r"(?:klien|program|aplikasi|pembaca) (?:e-?mail|surel|pesan)|(?:versi|version) (?:daring|web|online))\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"<?\b(?:https?://|mailto:)\S{1,2000}|\[cid:[^\]\n]{1,200}\]")
"""What a text part writes out, and HTML only points to."""
_PICTURE = re.compile(r"\bcid:([^\s\"'<>()]{1,200})")
_LETTER = re.compile(r"\w")
_OF_FORM = re.compile(
    rf"{_HTML.pattern}|\b(?:format|versi|version|view|display|support|compatible|enable|lihat|di?lihat|melihat|buka|dibuka|membuka|tampil\w*|"
    r"ditampilkan|menampilkan|dukung|mendukung|didukung|kompatibel)\b",
    re.IGNORECASE,
)
"""Of how a mail is shown, not of what it says."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Attributes:
    plain: the text; "" where only the HTML says what the author said.
    html: the markup, "" where there is none.
    differ: each says something that the other does not.
    """

    plain: str
    html: str
    differ: bool = False


def text_parts(parts: Sequence[Part]) -> list[Part]:
    """The leaves that are the mail's text, in order. A name makes no file of the only text that there is."""
    texts = [part for part in parts if part.mime_type in (PLAIN, HTML)]
    bare = [part for part in texts if not part.attached]
    if not any(_says_something(part) for part in bare):
        named = [part for part in texts if part.attached and not part.filename.lower().endswith(NO_LETTERS)]
        return named[:1] or bare
    first = parts[0]
    if first in texts and first.attached and first.disposition == "inline":
        return [first, *bare]
    return bare


def bodies(parts: Sequence[Part], author: str) -> Bodies:
    """The text and the HTML of a mail's text parts. `author` is the sender's display name: a signature says nothing."""
    blocks: dict[tuple[int, int], list[Part]] = {}
    for number, part in enumerate(parts):
        blocks.setdefault((part.alternative, 0 if part.alternative else number), []).append(part)
    said: list[Bodies] = []
    for block in blocks.values():
        plain = "\n".join(text_of(part) for part in block if part.mime_type != HTML)
        html = "\n".join(text_of(part) for part in block if part.mime_type == HTML)
        said.append(_telling(plain, html, author) if plain.strip() and html.strip() else Bodies(plain, html))
    html = "\n".join(one.html for one in said if one.html)
    differ = any(one.differ for one in said)
    if not any(one.plain.strip() for one in said):
        return Bodies("", html, differ)
    texts, known = list[str](), set[str]()
    for one in said:
        is_plain = bool(one.plain.strip())
        text = one.plain if is_plain or not one.html else html_to_text(one.html, quote_marks=True)
        words = _words(text)
        if is_plain or not texts or _share(words, known) < SAME:
            texts.append(text)
        known |= words
    return Bodies("\n".join(texts), html, differ)


def both_forms(parts: Sequence[Part]) -> Bodies:
    """The text and the HTML as they stand: of a mail of our own both are known to be whole."""
    plain, html = ("\n".join(text_of(part) for part in parts if part.mime_type == form) for form in (PLAIN, HTML))
    return Bodies(plain, html)


def with_pictures_shown(parts: Sequence[Part], html: str) -> tuple[Part, ...]:
    """The parts, with the pictures marked that belong into the text; a photo that is only sent along does not."""
    if not any(part.mime_type.startswith("image/") for part in parts):
        return tuple(parts)
    named = {unquote(name) for name in _PICTURE.findall(html.lower())}

    def is_shown(part: Part) -> bool:
        if not part.mime_type.startswith("image/"):
            return False
        if part.content_id.lower() in named:
            return True
        ornament = part.content_id or not part.attached
        return bool(ornament) and part.disposition != "attachment" and min(dimensions(part.content)) < LOGO_SIDE

    return tuple(replace(part, shown=True) if is_shown(part) else part for part in parts)


def _telling(plain: str, html: str, author: str) -> Bodies:
    """Two forms of one text: which of them tells it, or both where each says something of its own."""
    markup = html[:MOST_MARKUP]
    said = own_words(plain[:MOST_COMPARED], author)
    told = own_words(html_to_text(reply_markup(markup))[:MOST_COMPARED], author)
    if not _words(told):
        return Bodies(plain, html)
    ours = _words(_LINK.sub(" ", said))
    if not _words(said):
        return Bodies("", html)
    if _share(ours, _words(html_to_text(markup))) <= OTHER:
        if _is_about_form(said):
            return Bodies("", html)
        return Bodies(f"{said}\n\n{html_to_text(html, quote_marks=True)}", html)
    if _words(told) <= _words(plain):
        return Bodies(plain, html)
    return Bodies("", html) if _share(ours, _words(told)) >= SAME else Bodies(plain, html, differ=True)


def _is_about_form(text: str) -> bool:
    sentences = [sentence for sentence in re.split(r"[.!?\n]", text) if re.search(r"\w", sentence)]
    return _HTML.search(text) is not None and all(map(_OF_FORM.search, sentences))


def _says_something(part: Part) -> bool:
    text = text_of(part)
    return _LETTER.search(html_to_text(text) if part.mime_type == HTML else text) is not None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _share(some: set[str], others: set[str]) -> float:
    """How many of `some` are among `others`; of nothing all are."""
    return len(some & others) / len(some) if some else 1.0
