"""What a letter wants, by its words: whether it reports an outage, asks for something, or only tells.

A form, a scanner or a monitor is read like a person; only what speaks for nothing else is called automatic.
"""

from __future__ import annotations

import re

from parsers.letters import evidence
from parsers.letters.doubt import looks_like_trouble
from parsers.letters.invitation import besides_inviting
from parsers.letters.lures import A_LURE, A_LURE_FROM_WITHIN, lure
from parsers.letters.symptoms import failure, has_symptom, has_topic, sentences, statements
from parsers.letters.trial import only_tries
from parsers.letters.values import MailKind
from parsers.mails.headers import automation, is_list_mail
from parsers.mails.message import Mail
from parsers.words.numbers import Numbers

_BULK = re.compile(
    r"berhenti berlangganan|unsubscribe|lihat di (?:peramban|browser)|berlangganan grup|you are subscribed",
    re.IGNORECASE,
)
_ANSWERED_BY_ITSELF = re.compile(
    r"(?:balasan|jawaban|pesan|respons?) (?:ini )?(?:\w+ ){0,3}?(?:otomatis|secara otomatis)|automat(?:ed|ic) (?:reply|response)|"
    r"(?:jangan|tidak|tanpa) (?:perlu )?(?:membalas|dibalas)|do not reply",
    re.IGNORECASE,
)
OUR_MAIL_CAME = re.compile(
    r"(?:telah|sudah) (?:kami|saya) terima|terima\s?kasih (?:telah|sudah|atas) (?:\w+ )?(?:menghubungi|pesan|e-?mail|surel|surat)|"
    r"akan (?:segera )?(?:kami )?(?:proses|diproses|balas|tindak ?lanjuti)|sedang (?:cuti|dinas luar|tidak berada)|out of (?:the )?office|has been received",
    re.IGNORECASE,
)
_OWN_LETTER = r"(?:surat|laporan|nota dinas|nodin|pengaduan|tiket|lapor)\s+(?:\w+\s+){0,2}?(?:kami|saya|ambo|terdahulu|sebelumnya|dinas|badan|biro|rsud)\b"
_NUMBERED = r"\b(?:nomor|no)\b\.?\s?:?\s?[\w.-]{0,40}\s?/[\w./ -]{0,80}\d"
_EARLIER_LETTER = re.compile(rf"{_OWN_LETTER}[^\n;]{{0,60}}?{_NUMBERED}", re.IGNORECASE)
_ON_ITS_WAY = re.compile(
    r"\b(?:menindak\s?lanjuti|menyusul|menyusuli|menyambung|susulan|terkait|perihal|merujuk|menanyakan|sehubungan dengan|mengacu)\b",
    re.IGNORECASE,
)
_HOW_FAR = re.compile(
    r"(?:bagaimana|gimana|sejauh mana|menanyakan|mohon (?:info\w*|kabar|update\w*)|minta (?:info\w*|kabar|update\w*)|update|tanya)\s+(?:\S+\s+){0,3}?"
    r"(?:perkembangan|progres\w*|kelanjutan|tindak ?lanjut|status|kabar)\w*|belum (?:ada|mendapat|dapat|menerima|di) ?(?:\w+ )?(?:tindak ?lanjut\w*|tanggap\w*|respons?|kabar|jawab\w*|balas\w*|kejelasan)|"
    r"belum (?:ada |juga |satu ?pun )*(?:petugas|teknisi|tim|orang|yang)\b(?: \w+){0,3}? (?:datang|turun|ke)|(?:mohon|minta) (?:kepastian|kejelasan)|"
    r"(?:bagaimana|gimana|baa) (?:kabar|kaba|hasil|kelanjutan|lanjutan|nasib)\w*|(?:sampai|sudah) (?:sampai )?(?:di ?)?mana|kapan (?:\S+ ){0,3}?(?:selesai|ditangani|diperbaiki|datang|normal)|"
    r"(?:mohon|dapat|bisa|silakan|silahkan) (?:\w+ )?(?:ditutup|di-?close)|(?:laporan|tiket|insiden)\w{0,12} (?:\w+ ){0,4}?(?:ditutup|di-?close)",
    re.IGNORECASE,
)
INDONESIAN = re.compile(
    r"\b(?:yang|yg|dan|tidak|tdk|gak|nggak|ndak|indak|bisa|sejak|dari|kami|mohon|tolong|sudah|sdh|di|pada|kantor|dengan|dgn|pak|bu|min|"
    r"ambo|awak|saya|mati|gangguan|lagi|sampai|belum|untuk|ini|itu|tadi|semua|total|segera|bantu|bantuannya|lapor|kacau|putus|rusak)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:the|and|is|are|was|of|to|for|with|this|that|you|your|have|from|not|it|der|die|und|ist|das|nicht|le|la|les|et|est|pour|que|il|che)\b",
    re.IGNORECASE,
)
_PLEA = re.compile(r"\b(?:tolong|mohon (?:segera|atensi|bantu\w*))\b", re.IGNORECASE)
_ANSWERS = re.compile(r"\s*(?:re|bls|balasan)\s*:", re.IGNORECASE)
BARE_SYMPTOM = 2
FROM_A_LIST = 4
OF_FOREIGN_TONGUE = 6
"""So much must speak for an incident where the words are not ours: other tongues have words that look like symptoms."""


def some_trouble(regarding: str, text: str) -> bool:
    """Whether more speaks for something failing now than for news about it."""
    text = _without_footer(text)
    for_incident = evidence.incident(regarding, text)
    return bool(for_incident) and for_incident >= evidence.news(regarding, text)


def human_kind(mail: Mail, regarding: str, text: str, *, official: bool, numbers: Numbers) -> MailKind:
    """What a person wants, or a form, a scanner, a monitor says. `official` = a numbered letter or an own office's address.

    What speaks for an outage, a request and news is weighed (`evidence.py`). In doubt it is an incident: Helpdesk can say
    no, nobody can say what was not shown.
    """
    kind = _wanted(mail, regarding, text, official=official, numbers=numbers)
    return MailKind.AUTO_REPLY if kind is MailKind.OTHER and automation(mail) else kind


def _wanted(mail: Mail, regarding: str, whole: str, *, official: bool, numbers: Numbers) -> MailKind:
    text = besides_inviting(mail, _without_footer(whole))
    for_incident = evidence.incident(regarding, text)
    if lure(mail, text) >= (A_LURE_FROM_WITHIN if official else A_LURE):
        return MailKind.SPAM
    if not official and (_BULK.search(whole) or is_list_mail(mail)) and not _own_report(text, for_incident):
        return MailKind.OTHER
    if numbers.within(mail.subject) or numbers.within(text) or _asks_after_a_report(text, for_incident):
        return MailKind.FOLLOW_UP
    if _ANSWERED_BY_ITSELF.search(text) and OUR_MAIL_CAME.search(text) and not official:
        return MailKind.AUTO_REPLY
    if evidence.all_is_well(text) or only_tries(regarding, text):
        return MailKind.OTHER
    # What an answer is headed says what it answers.
    heads = "" if _ANSWERS.match(mail.subject) else regarding
    for_wish, for_news = evidence.wish(regarding, text), evidence.news(heads, text)
    if (
        for_incident
        and for_incident >= max(for_wish, for_news)
        and (official or _concerns_us(regarding, text, for_incident))
    ):
        return MailKind.INCIDENT
    if for_wish > for_news and for_wish > 1:
        return MailKind.REQUEST
    in_doubt = (official or _pleads_with_us(text)) and not for_news and not for_wish
    return MailKind.INCIDENT if in_doubt and looks_like_trouble(regarding, text) else MailKind.OTHER


def _without_footer(text: str) -> str:
    """Without the sentences that say how to leave a list; they say nothing about the letter above them."""
    if not _BULK.search(text):
        return text
    return "\n".join(said for said in re.split(r"(?<=[.!?])\s|\n", text) if not _BULK.search(said))


def _own_report(text: str, for_incident: int) -> bool:
    """What comes through a list from somebody we do not know is news, unless it is about a failure of their own."""
    return for_incident >= FROM_A_LIST and evidence.urges(text)


def _asks_after_a_report(text: str, for_incident: int) -> bool:
    """By the number of an earlier letter of theirs; or a bare question how far it is."""
    flowing = " ".join(text.split())
    numbered = _EARLIER_LETTER.search(flowing) is not None
    asks = _HOW_FAR.search(flowing) is not None
    about_failure = any(failure(statement) for statement in statements(flowing)) or has_topic(flowing)
    if numbered:
        return asks or (about_failure and _ON_ITS_WAY.search(flowing) is not None)
    if not asks or re.search(_OWN_LETTER, flowing, re.IGNORECASE) is None:
        return False
    # The question itself speaks of the failure; what else is said may be a new one.
    rest = [
        one for one in sentences(text) if not _HOW_FAR.search(one) and not re.search(_OWN_LETTER, one, re.IGNORECASE)
    ]
    return not for_incident or not any(map(has_symptom, rest))


def _pleads_with_us(text: str) -> bool:
    """A bare "tolong" of a few words, or words of ours with a failure in them, from an address we do not know."""
    ours, foreign = len(INDONESIAN.findall(text)), len(_FOREIGN.findall(text))
    return ours > foreign and (_PLEA.search(text) is not None or has_symptom(text))


def _concerns_us(regarding: str, text: str, for_incident: int) -> bool:
    """Written in our language, or beyond doubt about a failing service."""
    said = f"{regarding}\n{text}"
    ours, foreign = len(INDONESIAN.findall(said)), len(_FOREIGN.findall(said))
    if for_incident < BARE_SYMPTOM:
        return ours >= 3 and ours >= foreign
    at_home = ours >= 2 and ours * 2 >= foreign
    return at_home or foreign == 0 or evidence.incident(regarding, text, by_name=True) >= OF_FOREIGN_TONGUE
