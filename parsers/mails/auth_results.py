"""What one Authentication-Results field says (RFC 8601); the sealed one of a chain, too (RFC 8617). Never raises.

Read as it stands in the mail: words that are decoded, unquoted or taken out of a comment could say anything, also
"dmarc=pass".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.fields.comments import comment_end

MAX_FIELD, MAX_DOMAIN = 20_000, 254
_QUOTED = r'"(?:[^"\\]++|\\.)*"'
_OUTSIDE = re.compile(rf'{_QUOTED}|[^"()]++|.', re.DOTALL)
_TOKEN = re.compile(rf"{_QUOTED}|[^\s\";]++|;|\s++|.", re.DOTALL)
_VALUE = rf"(?:{_QUOTED}|[^\s\";]++)+"
_SERVER = re.compile(rf"\s*+({_QUOTED}|[^\s\";=]++)(?:\s++(\d++))?\s*+", re.DOTALL)
_PAIR = re.compile(
    rf"\s*+([A-Za-z0-9][\w-]*+(?:\s*+\.\s*+[\w-]++)*)(?:\s*+/\s*+(\d++))?\s*+=\s*+({_VALUE})(?!\S)", re.DOTALL
)
_INSTANCE = re.compile(r"^\s*+i\s*+=\s*+\d++\s*+;")
_FAILS = re.compile(r"\bdmarc\s*=\s*(?:fail|permerror)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """One resinfo: `method` and `result` in lower case, properties ("header.from", value) in order."""

    method: str
    result: str
    reason: str = ""
    properties: tuple[tuple[str, str], ...] = ()

    def said(self, name: str) -> list[str]:
        return [value for found, value in self.properties if found == name]


@dataclass(frozen=True, slots=True)
class AuthResults:
    """Attributes:
    server: authserv-id in lower case; "" where a server leaves it out.
    results: what was understood, in order.
    sound: whether all of the field was understood; nothing good follows from one that was not.
    fails: whether it says that DMARC failed; of one that was not understood its bare words are enough.
    """

    server: str
    results: tuple[Result, ...]
    sound: bool
    fails: bool

    def passes_dmarc(self) -> Result | None:
        """The one result that says so; None where there is none, or another one beside it."""
        said = [result for result in self.results if result.method == "dmarc"]
        return said[0] if self.sound and len(said) == 1 and said[0].result == "pass" else None


def read_results(value: str) -> AuthResults:
    """What the field says. `value`: as it stands in the mail, unfolded, not decoded."""
    bare, closed = _without_comments(value[:MAX_FIELD])
    first, *parts = _parts(bare)
    server, understood = "", True
    if "=" in re.sub(_QUOTED, "", first):  # Office 365 begins with its first result
        parts = [first, *parts]
    else:
        said = _SERVER.fullmatch(first)
        understood = said is not None and said[2] in (None, "1")
        server = _unquoted(said[1]).lower() if said else ""
    results = [_result(part) for part in parts if part.strip() and part.strip().lower() != "none"]
    known = tuple(result for result in results if result is not None)
    sound = closed and understood and len(known) == len(results) and len(value) <= MAX_FIELD
    fails = any(one.method == "dmarc" and one.result in ("fail", "permerror") for one in known)
    return AuthResults(server, known, sound, fails or (not sound and _FAILS.search(value) is not None))


def read_sealed_results(value: str) -> AuthResults:
    """What a field of an ARC chain says, behind its number in the chain."""
    return read_results(_INSTANCE.sub("", value[:MAX_FIELD]))


def names_domain(result: Result, domain: str) -> bool | None:
    """Whether the one header.from of a result is `domain`; None where nothing can be told by it.

    Some servers name the domain above: that speaks neither for nor against the author.
    """
    named = [_ascii(value.rpartition("@")[2]) for value in result.said("header.from")]
    domain = _ascii(domain)
    if len(named) != 1 or not named[0] or not domain:
        return None
    if named[0] == domain:
        return True
    return None if domain.endswith(f".{named[0]}") else False


def _ascii(domain: str) -> str:
    """A domain as the DNS has it, to be compared: lower case, its other letters in Punycode."""
    lower = domain.strip().lower() if len(domain) <= MAX_DOMAIN else ""
    try:
        return lower if lower.isascii() else lower.encode("idna").decode("ascii")
    except UnicodeError:
        return lower


def _without_comments(value: str) -> tuple[str, bool]:
    """The field with a blank for each comment, and whether all comments and quoted strings end."""
    kept: list[str] = []
    at = 0
    while at < len(value):
        if value[at] == "(":
            end = comment_end(value, at)
            if end < 0:
                return "".join(kept), False
            kept.append(" ")
            at = end
            continue
        match = _OUTSIDE.match(value, at)
        if match is None or match[0] in ('"', ")"):
            return "".join(kept), False
        kept.append(match[0])
        at = match.end()
    return "".join(kept), True


def _parts(bare: str) -> list[str]:
    """What stands between semicolons outside quoted strings."""
    parts: list[list[str]] = [[]]
    for token in _TOKEN.finditer(bare):
        if token[0] == ";":
            parts.append([])
        else:
            parts[-1].append(token[0])
    return ["".join(part) for part in parts]


def _result(part: str) -> Result | None:
    pairs = list(_pairs(part.strip()))
    if not pairs or None in pairs:
        return None
    (method, version, result), *others = [pair for pair in pairs if pair is not None]
    if "." in method or version not in ("", "1") or any(version for _, version, _ in others):
        return None
    reason = next((value for name, _, value in others if name == "reason"), "")
    properties = tuple((name, value) for name, _, value in others if name != "reason")
    return Result(method, result.lower(), reason, properties)


def _pairs(part: str) -> Iterator[tuple[str, str, str] | None]:
    """Name in lower case, version and value of each pair; None at the end where something else stands."""
    at = 0
    while at < len(part):
        pair = _PAIR.match(part, at)
        if pair is None:
            yield None
            return
        yield re.sub(r"\s", "", pair[1]).lower(), pair[2] or "", _unquoted(pair[3])
        at = pair.end()


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value[:1] == '"' == value[-1:] and len(value) > 1 else value
