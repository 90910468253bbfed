"""Which services are reported as failing: a category's noun and a symptom in the same statement, or in the one before."""

from __future__ import annotations

import re

from parsers.letters.service_nouns import CATEGORIES, hinted, named
from parsers.letters.symptoms import fails, failure, half_sentences, is_working, sentences, statements

_IMPACT = re.compile(
    r"\b(?:akibatnya|sehingga|maka|menghambat|dampak(?:nya)?|impact|mengakibatkan|so that|imbasnya|jadi|untuk|padahal)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"\b(?:karena|krn|dikarenakan|akibat|disebabkan|due to|because)\b", re.IGNORECASE)
_UNABLE = re.compile(r"\b(?:tidak|tdk|tak|ndak|gak?|nggak|belum|blm)\s+(?:bisa|bs|dapat|dpt)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:sejak|semenjak|setelah|pasca|usai|sesudah)\b", re.IGNORECASE)
"""What stands behind is when it began."""
_ACCESS = frozenset({"jaringan", "listrik"})
"""What everything else is reached through: where it fails, what cannot be reached is impact."""


def failing_services(subject: str, body: str, labelled: str = "") -> tuple[str, ...]:
    """The categories reported as failing, in the order of `CATEGORIES`.

    `labelled` is what a form says under "Layanan": there each item counts by itself.
    """
    if labelled:
        items = re.split(r"[+,;/]|\bdan\b|\bserta\b", labelled)
        found = {name for item in items for name in named(re.split(r"\b(?:ke|di|pada)\b", item, maxsplit=1)[0])}
        if found:
            return _ordered(found)
    title = (named(subject) or hinted(subject)) if failure(subject) else set()
    first_hand = _first_hand(body)
    if not title and not first_hand:  # nothing stands beside a symptom: what the letter is about
        return _ordered(
            named(subject) or hinted(subject) or next(filter(None, map(_spoken_of, statements(body))), set())
        )
    found = title | first_hand
    if title & _ACCESS and "aplikasi" in found - title:
        found.discard("aplikasi")
    return _ordered(found)


def named_services(text: str) -> tuple[str, ...]:
    """The categories that are spoken of at all: what a request is about."""
    return _ordered(named(text))


def reported_services(text: str) -> tuple[str, ...]:
    """The categories that `text` itself says fail: not what only suffers from it, nor what it is about besides."""
    return _ordered(_first_hand(text))


def spoken_of(text: str) -> tuple[str, ...]:
    """The categories of which `text` speaks without saying that they work."""
    return _ordered({name for statement in statements(text) for name in _spoken_of(statement)})


def _first_hand(body: str) -> set[str]:
    found: set[str] = set()
    about: set[str] = set()  # what the sentence before was about: "it" in this one
    for sentence in sentences(body):
        spoken: set[str] = set()
        reached = False  # through what has failed in this sentence
        for statement in half_sentences(sentence):
            if not fails(statement):
                spoken = _spoken_of(statement) or spoken
                continue
            if _IMPACT.match(statement.strip()):
                continue
            cause = _CAUSE.split(statement, maxsplit=1)
            reported = cause[1] if len(cause) > 1 and named(cause[1]) & _ACCESS else cause[0]
            before = _AFTER.split(reported, maxsplit=1)[0]
            own = named(before) or named(reported)
            if reached and own == {"aplikasi"} and _UNABLE.search(reported):
                continue  # what cannot be reached any more is impact
            found |= own or spoken or (set() if found else about or hinted(reported))
            spoken = own or spoken
            reached = reached or bool(own & _ACCESS)
        about = spoken or about
    return found


def _spoken_of(statement: str) -> set[str]:
    return set() if is_working(statement) else named(statement)


def _ordered(found: set[str]) -> tuple[str, ...]:
    kept = found - {"lainnya"} or found
    return tuple(name for name in CATEGORIES if name in kept)
