"""Which OPD writes: by letterhead, label, signature, the sender's address and the words of the letter.

Names are matched by alias with word boundaries; where the letterhead is damaged, fuzzily and only if beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from parsers.letters.values import NOTHING, Field

SURE_ENOUGH = 88
SHORTEST_WITH_SLIP, LONG_ENOUGH_FOR_TWO = 5, 12
"""Letters of a name in which one slip of the finger, or two, may be."""
_TRIVIAL = frozenset({"dan", "dinas", "badan", "biro", "provinsi", "sumatera", "barat"})
_TRIVIAL_TAIL = re.compile(r"\b(?:provinsi|prov|sumatera barat|sumbar)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Office:
    """One OPD: its canonical name, the short names by which it is called, and its addresses (lower case; "@domain" for
    all of a domain's).
    """

    name: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Offices:
    """All OPD of the province, ready to be looked up."""

    def __init__(self, offices: Iterable[Office], own: str = "") -> None:
        """`own` is the canonical name of the office that runs Siaga: letters to it name it on every page."""
        self.offices, self.own = tuple(offices), own
        self._patterns = [
            (len(_squeeze(alias)), office.name, re.compile(rf"(?<!\w){_loose(alias)}(?!\w)", re.IGNORECASE))
            for office in self.offices
            for alias in (office.name, *office.aliases)
        ]
        self._addresses = {address for office in self.offices for address in office.addresses}
        self._patterns.sort(key=lambda entry: -entry[0])
        self._tokens = sorted(
            ((_squeeze(alias), office.name) for office in self.offices for alias in (office.name, *office.aliases)),
            key=lambda entry: -len(entry[0]),
        )

    def find(self, places: Sequence[tuple[str, str, float]], sender: str) -> Field:
        """The OPD named in the first of `places` (source, text, sure) that names one, else by address."""
        for source, text, sure in places:
            if source == "alamat pengirim":
                name = self.by_address(sender)
            else:
                # Letters to us name us: in running text our own name says nothing about who writes.
                running = source in ("badan surat", "subjek", "tanda tangan")
                name = self.in_text(text, without=self.own if running else "")
                name = name or (self.in_letterhead(text) if source == "kop" else "")
            if name:
                return Field(name, source, sure)
        return NOTHING

    def in_text(self, text: str, without: str = "") -> str:
        """The office with the longest alias that occurs in `text`, or ""."""
        return next((n for _, n, pattern in self._patterns if n != without and pattern.search(text)), "")

    def named_in(self, text: str) -> tuple[tuple[str, ...], str]:
        """Every office that `text` names, in the order of the longest alias, and what stands there besides."""
        found = dict[str, None]()
        for _, name, pattern in self._patterns:
            if pattern.search(text):
                found[name] = None
                text = pattern.sub(" ", text)  # a longer name holds shorter ones: "Dinas Pendidikan dan Kebudayaan"
        return tuple(found), text

    def fitting(self, typed: str) -> tuple[str, ...]:
        """The offices that a name typed by hand can mean: none, one beyond doubt, or several among which to ask.

        By name or short name; else by slips of the finger; else by what is only part of a name.
        """
        named, _ = self.named_in(typed)
        if named:
            return named
        bare = _squeeze(_TRIVIAL_TAIL.sub("", typed))
        if len(bare) < SHORTEST_WITH_SLIP:
            return ()
        slips = 1 if len(bare) < LONG_ENOUGH_FOR_TWO else 2
        near = [name for token, name in self._tokens if DamerauLevenshtein.distance(bare, token) <= slips]
        if near:
            return tuple(dict.fromkeys(near))
        words = _own_words(typed)
        return tuple(o.name for o in self.offices if words and words <= _own_words(o.name))

    def in_letterhead(self, text: str) -> str:
        """A letterhead may be spaced out, wrapped or shortened: compare without blanks, then by likeness."""
        squeezed = _squeeze(text)
        for token, name in self._tokens:
            if len(token) >= 8 and token in squeezed:
                return name
        lines = [line for line in text.split("\n") if re.match(r"\s*(dinas|badan|biro|rsud|sekretariat)", line, re.I)]
        scored = [(fuzz.token_sort_ratio(line.lower(), o.name.lower()), o.name) for line in lines for o in self.offices]
        best = max(scored, default=(0, ""))
        if best[0] >= SURE_ENOUGH:
            return best[1]
        initials = [
            (fuzz.partial_token_set_ratio(line.lower(), o.name.lower()), _shared_words(line, o.name), o.name)
            for line in lines
            for o in self.offices
        ]
        likely = max(initials, key=lambda entry: (entry[1], entry[0]), default=(0, 0, ""))
        return likely[2] if likely[1] >= 3 else ""

    def knows(self, address: str) -> bool:
        """Whether the list itself names this address (lower case) or its domain; a likely name proves nothing."""
        local, at, domain = address.rpartition("@")
        return bool(local) and not {address, at + domain}.isdisjoint(self._addresses)

    def by_address(self, address: str) -> str:
        """By the host's labels ("@bappeda.…") and the parts of the local name ("dinsos.sumbar@…")."""
        local, _, host = address.partition("@")
        words = [*re.split(r"[._-]", host), *re.split(r"[._+-]", local), re.sub(r"[._-]", "", local)]
        by_token = dict(self._tokens)
        for word in words:
            if word in by_token:
                return by_token[word]
        for token, name in self._tokens:
            if len(token) >= 5 and any(word.startswith(token) for word in words):
                return name
        return ""


def _shared_words(line: str, name: str) -> int:
    return len(_own_words(line) & _own_words(name))


def _own_words(name: str) -> set[str]:
    """The words by which an office differs from others."""
    return set(re.findall(r"\w+", name.lower())) - _TRIVIAL


def _loose(alias: str) -> str:
    """The alias as a pattern that allows any blanks between its words."""
    return r"\s+".join(re.escape(word) for word in alias.split())


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
