"""The word that our mail offers, written as it is offered.

A procedure may have decision words that the rules here do not know: of those nothing is understood but the word itself,
alone, or alone on the first line with nothing below it that could turn it. Everything else is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.replies.answer_clauses import bare_words
from parsers.replies.hesitation import doubt
from parsers.replies.nature import CONSENT, GIVING_BACK, KNOWN
from parsers.replies.slips import mended
from parsers.replies.telling_words import TURNING

AGAINST = re.compile("[❌👎🚫⛔✖🙅]")
WONDERS = re.compile("[🤔❓❔🙄😂🤣😏😒😆😜🤷😅]")


def as_offered(text: str, decision: str) -> bool:
    """Whether the word that our mail offers stands on the first line, alone, and the reasons below it, as we ask for.

    Then what stands below explains it in words of its own; nothing in it may turn it, but it need not be known.
    """
    first, _, below = text.strip().partition("\n")
    return _is_alone(first, decision) and bool(below.strip())


def begins_with_offer(text: str, accepted: Sequence[str]) -> bool:
    """Whether one of the words that our mail offers stands alone on the first line."""
    first = text.strip().partition("\n")[0]
    return any(_is_alone(first, word) for word in accepted)


def leads_with_offer(text: str, accepted: Sequence[str]) -> bool:
    """Whether one of the words that our mail offers comes first in it."""
    return any(re.match(rf"\W*{_spelt(word)}(?!\w)", text, re.IGNORECASE) for word in accepted)


def by_offer(text: str, accepted: Sequence[str]) -> str:
    """The decision word unknown to the rules that `text` consists of, but for reasons below it; "" if it is not beyond doubt."""
    unknown = [word for word in accepted if word not in KNOWN]
    said = next((word for word in unknown if _is_alone(text.strip().partition("\n")[0], word)), "")
    below = text.strip().partition("\n")[2]
    if not said or AGAINST.search(text) or WONDERS.search(text) or names_unknown(below, accepted):
        return ""
    words = mended(bare_words(below))
    turned = TURNING.search(words) or doubt(words) or CONSENT.search(words) or GIVING_BACK.search(words)
    return "" if below.strip() and turned else said


def names_unknown(text: str, accepted: Sequence[str]) -> bool:
    """Whether a decision word stands in it of which the rules do not know what it means."""
    return any(re.search(rf"\b{_spelt(word)}\b", text, re.IGNORECASE) for word in accepted if word not in KNOWN)


def _is_alone(line: str, decision: str) -> bool:
    return "?" not in line and re.fullmatch(rf"\W*{_spelt(decision)}\W*", line, re.IGNORECASE) is not None


def _spelt(decision: str) -> str:
    return r"[\s_-]+".join(re.escape(part) for part in decision.split("_"))
