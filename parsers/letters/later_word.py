"""What a later mail in a thread says by itself, as if it had come alone: nothing of what it quotes, nor of our subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from parsers.documents.opening import Opener
from parsers.letters.evidence import all_is_well
from parsers.letters.letter import read_decoded
from parsers.letters.offices import Offices
from parsers.letters.service_nouns import NAMED, system_names
from parsers.letters.services import reported_services, spoken_of
from parsers.letters.symptoms import fails, statements
from parsers.letters.values import Field, Letter
from parsers.mails.forwarded import forwarded_original
from parsers.mails.html import html_to_text
from parsers.mails.message import Mail
from parsers.mails.quotes import quote_start, without_quotes
from parsers.words.subjects import ANSWER, FORWARD, as_subject

_ANSWERS = re.compile(rf"\s*(?:(?:{ANSWER}|aw|sv)\s*:\s*)+", re.IGNORECASE)
_FORWARDS = re.compile(rf"\s*(?:{FORWARD}|tr)\s*:", re.IGNORECASE)
_OUR_MARKS = re.compile(
    r"\[[A-Z]{2,5}-\d{4}-\d{1,7}\]|\b[A-Z]{2,5}-20\d\d-\d{3,6}\b|\([a-z2-7]{5}-[a-z2-7]{5}-[a-z2-7]{4}\)"
)
_THANKS_FOR = re.compile(
    r"(?:terima ?kasih|makasih|trims|thanks|apresiasi)\b[^.;\n]{0,60}?\b(?:atas|untuk|for|telah|sudah|sdh|penanganan\w*|bantuan\w*)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:di|pada|dari|dalam) (?:ruang\w*|rak|rack|gedung|lemari) (?:server|data|noc|panel)\b", re.IGNORECASE
)
"""A room that is named for what stands in it: where it fails, not what."""
_NOTHING_WRONG = re.compile(
    r"\b(?:belum|tidak|tdk|tak|tanpa)(?: lagi| pernah)? (?:ada|ditemukan|terjadi|menemukan|mengalami)(?: \w{1,20})? (?:kendala|masalah|gangguan|keluhan|error|hambatan)\w*",
    re.IGNORECASE,
)
_AS_A_TOPIC = re.compile(
    r"\b(?:penyebab(?:nya)?|sebab|kronologi(?:nya)?|penanganan|penyelesaian|perbaikan|tindak lanjut|pasca|setelah|selama|berita acara|rekap\w*)"
    r"(?: (?:dari|atas|terhadap|terkait|laporan|kejadian))? (?:gangguan|kendala|masalah|kerusakan|pemadaman|putusnya|matinya|insiden)[^.,;\n]{0,80}",
    re.IGNORECASE,
)
"""The outage that was is spoken of, not one that is."""


@dataclass(frozen=True, slots=True)
class LaterWord:
    """What the author says now.

    Attributes:
        fails: something does not work now. `services`: the categories that fail by these words; `names`: the systems they
            call by name, in lower case.
        enclosed: a letter came with it.
        letter: the mail as a letter of its own.
    """

    fails: bool
    services: frozenset[str]
    names: frozenset[str]
    enclosed: bool
    letter: Letter


def read_later_word(
    mail: Mail,
    words: str,
    earlier: str,
    own: str,
    offices: Offices,
    *,
    received: datetime,
    opener: Opener,
) -> LaterWord:
    """`words` are the author's own in the body, `earlier` the subjects used so far, `own` our address. Never raises."""
    passed_on = _passed_on(mail, own)
    subject = _new_subject(mail.subject, earlier)
    hal = subject or _first_failing(words)
    body = mail.plain if passed_on else _above_the_quote(mail, words)
    alone = replace(mail, subject=mail.subject if passed_on else hal, plain=body, html="")
    letter = read_decoded(alone, offices, opener, received=received)
    enclosed = letter.attachments > 0 and letter.text.strip() != body.strip()
    if not subject and letter.hal.source == "subjek":
        letter = replace(letter, hal=Field(letter.hal.value, "badan surat", 0.6))
    said = "\n".join(part for part in (subject, words, letter.text if enclosed or passed_on else "") if part)
    failing = "\n".join(_failing(said))
    services = frozenset(reported_services(_WITHIN.sub(" ", said))) if failing else frozenset[str]()
    names = system_names(failing) if services & set(NAMED) else frozenset[str]()
    return LaterWord(bool(failing), services, names, enclosed, letter)


def reports_outage(mail: Mail, words: str, earlier: str) -> bool:
    """Whether the author says that something does not work now: in `words`, their own, or in what they put into the
    subject that `earlier` did not have.
    """
    return bool(_failing(f"{_new_subject(mail.subject, earlier)}\n{words}"))


def matter_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The service categories and the systems by name that a report speaks of, whether failing or suffering from it."""
    return frozenset(spoken_of(text)), system_names(text)


def _failing(text: str) -> list[str]:
    """The statements that say that something does not work now."""
    text = _NOTHING_WRONG.sub(" ", text[:MOST])
    if all_is_well(text):
        return []
    told = [_AS_A_TOPIC.sub(" ", said) for said in statements(text) if not _THANKS_FOR.search(said)]
    return [said for said in told if fails(said)]


MOST = 20_000
"""Characters of a mail that are looked through."""


def _first_failing(words: str) -> str:
    """The first statement of a failure, cut to the length of a subject at a word."""
    return as_subject(" ".join(next(iter(_failing(words)), "").split()))


def _new_subject(subject: str, earlier: str) -> str:
    """What the author wrote into the subject that did not stand there before."""
    bare = _ANSWERS.sub("", _OUR_MARKS.sub(" ", subject)).strip()
    known = set(re.findall(r"\w+", earlier.lower()))
    added = [word for word in bare.split() if not set(re.findall(r"\w+", word.lower())) <= known]
    if not added:
        return ""
    return " ".join(added) if _ANSWERS.match(subject) else " ".join(bare.split())


def _above_the_quote(mail: Mail, words: str) -> str:
    """The body without the quoted mail, its signature kept."""
    text = mail.plain if mail.plain.strip() else html_to_text(mail.html)
    kept = without_quotes(text)
    return words if kept == text and quote_start(text.split("\n")) is not None else kept


def _passed_on(mail: Mail, own: str) -> bool:
    """Whether somebody else's mail is handed on: then that one counts, unless it is one of ours."""
    if not _FORWARDS.match(mail.subject):
        return False
    original = forwarded_original(mail.plain, handed_on=True)
    return original is not None and original.sender != own
