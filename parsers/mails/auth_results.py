"""What one Authentication-Results field says (RFC 8601); the sealed one of a chain, too (RFC 8617)."""

from __future__ import annotations

import re

_NOISE = re.compile(r'\([^()]*\)|"[^"]*"')
"""Comments and quoted words may hold anything, also "dmarc=pass"."""
_FROM = re.compile(r"\bheader\.from\s*=\s*\"?(?:[^\s;\"@]*@)?([\w.-]+)")


def bare(value: str) -> str:
    """The field in lower case and on one line, without comments and quoted words."""
    for _ in range(10):  # comments nest
        value, before = _NOISE.sub(" ", value), value
        if value == before:
            break
    return " ".join(value.lower().split())


def domains_named(field: str) -> list[str]:
    """The domains of the From field that a bare field speaks of."""
    return _FROM.findall(field)


def belongs(domain: str, name: str) -> bool:
    """Whether what is said of `name` holds for `domain`."""
    name = name.strip(".")
    return domain == name or domain.endswith(f".{name}")


def passes_dmarc(field: str, domain: str) -> bool:
    """Whether a bare field says, once and beyond doubt, that mail of `domain` is genuine."""
    said = [part for part in map(str.strip, field.split(";")) if re.match(r"dmarc\b", part)]
    if len(said) != 1 or not re.match(r"dmarc\s*=\s*pass\b", said[0]):
        return False
    named = domains_named(said[0])
    return bool(named) and all(belongs(domain, name) for name in named)
