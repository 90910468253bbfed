"""Whether somebody says that they were understood rightly: OK, betul, 👍, and nothing that turns it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.mails.message import Mail
from parsers.mails.notices import reaction
from parsers.replies.handling_report import without_empty_fields
from parsers.replies.offered import begins_with_offer
from parsers.words.word_set import word_set

_RIGHT = word_set("ok oke okay okey okeh benar betul bener btul sesuai correct yup yes setuju sip")
_YES = word_set("ya iya y yaa iyaa ye")
"""May also be an answer of its own, where the question accepts YA."""
_BESIDE = word_set(
    "itu ini dari saya jawaban surel email memang sudah adalah sendiri yang siap tersebut tadi pak bu bapak ibu mas "
    "mbak bos min admin sekali terima kasih terimakasih trims tks thanks makasih mohon silakan dilaksanakan "
    "dilanjutkan lanjut lanjutkan laksanakan demikian maksud nya dan"
)
_SIGNS = re.compile("[👍👌✅✔]")
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
        return True  # thanks alone are thanks, also for a warning
    return bool(set(words) & _YES) and ("ya" not in accepted or proposed == "ya")


def is_answer_of_its_own(text: str, accepted: Sequence[str]) -> bool:
    """Whether `text` answers the question itself, and not only ours whether it was theirs: with one of the `accepted`
    words at its beginning ("TUGASKAN Tim Aplikasi"); YA and TIDAK, which may mean either, alone on the first line with
    reasons below.
    """
    first, _, below = text.strip().partition("\n")
    either = [word for word in accepted if word in ("ya", "tidak")]
    if begins_with_offer(first, either):
        return len(re.findall(r"\w{2,}", without_empty_fields(below))) > 1
    plain = "|".join(re.escape(word).replace("_", r"[\s_-]+") for word in accepted if word not in either)
    return bool(plain) and re.match(rf"\W{{0,4}}(?:{plain})\b", first, re.IGNORECASE) is not None
