"""The bounds of text that enters the readers, kept once where it is decoded, so that none of them is asked for more.

What no person writes is brought to a measure that no letter reaches: a run of one character or of blanks, the same line
over and over. No word is lost by that. A text beyond `MAX_CHARACTERS` or `MAX_LINES` is cut at its end, and whoever
cuts it says so.
"""

from __future__ import annotations

import re
from itertools import groupby, islice

MAX_CHARACTERS, MAX_LINES = 100_000, 5000
"""Of the text of one mail or document: forty pages."""
MAX_RUN = 200
"""Of one character, or of blanks: rules and the dots of a form are as long as a line, columns as wide as a sheet."""
MAX_ALIKE = 50
"""Lines below each other that say the same, or nothing."""
_BLANKS = re.compile(rf"(?<![^\S\n])([^\S\n]{{{MAX_RUN}}})[^\S\n]++")
_ONE_CHARACTER = re.compile(rf"(\S)(?<!\1\1)(\1{{{MAX_RUN - 1}}})\1++")


def in_shape(text: str) -> str:
    """`text` without runs as nobody writes them."""
    text = _ONE_CHARACTER.sub(r"\1\2", _BLANKS.sub(r"\1", text))
    alike = groupby(text.split("\n"), key=str.strip)
    return "\n".join(line for _, lines in alike for line in islice(lines, MAX_ALIKE))


def bounded_text(text: str) -> tuple[str, bool]:
    """`text` in shape and no longer than it may be, and whether its end was cut off."""
    shaped = in_shape(text)
    kept = "\n".join(islice(shaped[:MAX_CHARACTERS].split("\n"), MAX_LINES))
    return kept, len(kept) < len(shaped)
