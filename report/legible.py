"""Which characters the fonts of the papers have, and what stands for those they have not.

A paper with PDF/A and PDF/UA may show no character that is in no font: Typst refuses to make it. So every value of
every paper passes through here. What the fonts have is read from the fonts themselves.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from templates.characters import plain

FONTS = Path(__file__).with_name("fonts")
_ORDINARY = frozenset(map(chr, range(0x20, 0x7F))) | {"\n"}
_JOINERS = "\u200c\u200d"
_AS_EMOJI = "\ufe0f"
_SKINS = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_HINTS = _JOINERS + _AS_EMOJI
"""Say how others are written and have no form of their own."""
_CIRCLE = "\u25cc"
"""Carries an accent that stands alone."""
_FORMLESS = ("BN", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
"""Classes of the bidirectional algorithm (UAX 9) whose format characters have no form."""
_MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
_MISSING = "U+"
_LONGEST = 32
"""Characters in one cluster; what is longer is no writing."""


class Legible:
    """What the fonts of one folder can show. They are read when the first character out of the ordinary comes by."""

    def __init__(self, fonts: Path) -> None:
        self._folder = fonts
        self._fonts_of = lru_cache(8192)(self._look_up)

    def __call__(self, value: Any) -> Any:
        """`value`, and all text within it, with "[U+1F9FF]" for what no font has. Other values stay as they are."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, dict):
            return {key: self(inner) for key, inner in value.items()}
        return [self(inner) for inner in value] if isinstance(value, list | tuple) else value

    def _text(self, text: str) -> str:
        if _ORDINARY.issuperset(text):
            return text
        # Macs write accents apart from their letters: fonts rather have the two as one.
        composed = unicodedata.normalize("NFC", plain(text)).replace("\t", " ")
        shown = (part for cluster in _clusters(composed) for part in self._shown(cluster) if part)
        runs = groupby(shown, lambda part: part.startswith(_MISSING) and len(part) > len(_MISSING))
        return "".join(f"[{' '.join(run)}]" if missing else "".join(run) for missing, run in runs)

    def _shown(self, cluster: str) -> list[str]:
        """As much of a cluster as one font has, then what stands for the rest: no accent fits from another."""
        if len(cluster) == 1 and not _attaches(cluster):
            return [self._alone(cluster)]
        signs = [sign for sign in cluster.lstrip(_HINTS) if not _has_no_form(sign)]
        if signs and _attaches(signs[0]):
            signs.insert(0, _CIRCLE)
        fonts, whole = set(self._fonts_of(signs[0])) if signs else set(), ""
        rest = list[str]()
        for sign in signs:
            those = fonts if sign == _AS_EMOJI else fonts.intersection(self._fonts_of(sign))
            if those and not rest:
                fonts, whole = those, whole + sign
            elif sign not in _HINTS:
                rest.append(_code(sign) if _attaches(sign) else self._alone(sign))
        return [whole.rstrip(_HINTS if rest else ""), *rest]

    def _alone(self, sign: str) -> str:
        """A character with nothing attached: itself, "" when it has no form, or its code."""
        if sign == "\n":
            return sign
        if _has_no_form(sign):
            return ""
        if unicodedata.category(sign) == "Zs":
            # Ogham's is a line, and no space to Typst.
            return sign if self._fonts_of(sign) and sign != "\u1680" else " "
        return sign if self._fonts_of(sign) else _code(sign)

    def _look_up(self, sign: str) -> tuple[str, ...]:
        """The fonts that have a character. PDF/A takes no private ones, though a font may have them."""
        if unicodedata.category(sign) == "Co":
            return ()
        return tuple(name for name, having in self._coverage if ord(sign) in having)

    @cached_property
    def _coverage(self) -> list[tuple[str, frozenset[int]]]:
        """Each family with the characters that all of its weights have: any text may be printed bold."""
        families: dict[str, frozenset[int]] = {}
        for path in sorted(self._folder.glob("*.ttf")):
            family, characters = path.stem.partition("-")[0], characters_of(path.read_bytes())
            families[family] = families.get(family, characters) & characters
        return list(families.items())


def _clusters(text: str) -> Iterator[str]:
    """What is written as one: a character with its accents, an emoji with what is joined to it."""
    cluster = ""
    for sign in text:
        joined = _attaches(sign) or (cluster[-1:] == "\u200d" and unicodedata.category(sign) in ("So", "Cn"))
        if cluster and (not joined or cluster == "\n" or len(cluster) == _LONGEST):
            yield cluster
            cluster = ""
        cluster += sign
    if cluster:
        yield cluster


def _code(sign: str) -> str:
    return f"{_MISSING}{ord(sign):04X}"


@lru_cache(8192)
def _attaches(sign: str) -> bool:
    """Whether it is written onto what stands before it."""
    return sign >= "\x80" and (sign in _HINTS or sign in _SKINS or unicodedata.category(sign)[0] == "M")


@lru_cache(8192)
def _has_no_form(sign: str) -> bool:
    if sign in _HINTS:
        return False
    if "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef":  # which of two forms: ours has but one
        return True
    if unicodedata.category(sign) != "Cf":
        return False
    return unicodedata.bidirectional(sign) in _FORMLESS or sign in _MARKS_OF_DIRECTION


def characters_of(font: bytes) -> frozenset[int]:
    """The characters in a font's table `cmap`, of format 12 (OpenType).

    Raises: ValueError where there is none.
    """
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            return _of_cmap(font, start)
    raise ValueError("a font without a table of its characters")


def _of_cmap(font: bytes, start: int) -> frozenset[int]:
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 8 + 8 * index)[0]
        if struct.unpack_from(">H", font, at)[0] == 12:
            groups = struct.unpack_from(">I", font, at + 12)[0]
            found = (struct.unpack_from(">II", font, at + 16 + 12 * group) for group in range(groups))
            return frozenset(code for first, last in found for code in range(first, last + 1))
    raise ValueError("a font whose characters are not in format 12")
