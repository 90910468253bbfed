"""Whether somebody says that they were understood rightly: OK, betul, 👍, and nothing that turns it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.mails.message import Mail
from parsers.mails.notices import reaction

_RIGHT = frozenset(
    [
        "ok",
        "oke",
        "okay",
        "okey",
        "okeh",
        "benar",
        "betul",
        "bener",
        "btul",
        "sesuai",
        "correct",
        "yup",
        "yes",
        "setuju",
        "sip",
    ]
)
_YES = frozenset(["ya", "iya", "y", "yaa", "iyaa", "ye"])
"""May also be an answer of its own, where the question accepts YA."""
_BESIDE = frozenset(
    [
        "itu",
        "ini",
        "dari",
        "saya",
        "jawaban",
        "surel",
        "email",
        "memang",
        "sudah",
        "adalah",
        "sendiri",
        "yang",
        "tersebut",
        "tadi",
        "pak",
        "bu",
        "bapak",
        "ibu",
        "min",
        "admin",
        "terima",
        "kasih",
        "terimakasih",
        "trims",
        "tks",
        "makasih",
        "mohon",
        "silakan",
        "dilaksanakan",
        "dilanjutkan",
        "lanjut",
        "lanjutkan",
        "laksanakan",
        "demikian",
        "maksud",
        "nya",
        "dan",
    ]
)
_SIGNS = re.compile("[👍👌✅✔🙏]")
_AGAINST = re.compile(r"[?❌👎🚫⛔✖🙅🤔❓❔]")
LONGEST = 12


def confirms(mail: Mail, text: str, author: str, proposed: str, accepted: Sequence[str]) -> bool:
    """Whether `text`, the words that `author` (a name and a title) writes in `mail`, confirms that their answer is
    `proposed`, one of the `accepted` words. A sign of assent does, too.

    "Ya" where YA itself is an answer, and another one was proposed, may mean either: it confirms nothing.
    """
    text = reaction(mail) or text
    words = re.findall(r"\w+", text.lower())
    signs = _SIGNS.search(text) is not None
    known = _RIGHT | _YES | _BESIDE | set(re.findall(r"\w+", author.lower()))
    if _AGAINST.search(text) or len(words) > LONGEST or set(words) - known:
        return False
    if set(words) & _RIGHT or (signs and not set(words) & _YES):
        return True
    return bool(set(words) & _YES) and ("ya" not in accepted or proposed == "ya")
