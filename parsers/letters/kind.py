"""What kind of mail is it? Machine mail by its headers (RFC 3464, RFC 3834, RFC 8098), the rest by its words."""

from __future__ import annotations

import re

from parsers.letters import evidence
from parsers.letters.doubt import looks_like_trouble
from parsers.letters.lures import A_LURE, A_LURE_FROM_WITHIN, lure
from parsers.letters.symptoms import clauses, failure, has_symptom, has_topic, sentences
from parsers.letters.values import MailKind
from parsers.mails.message import Mail

INCIDENT_NUMBER = re.compile(r"\b(?!(?:CVE|INV|PO|SO|KB|SPK|RFQ|BAST|QUO|RFC)-)[A-Z]{2,5}-20\d\d-\d{3,6}\b")
"""Vulnerabilities, invoices and orders are numbered alike."""
_AUTO_SUBJECT = re.compile(
    r"^\s*(?:balasan otomatis|automatic reply|autoreply|auto-?reply|out of (?:the )?office|di luar kantor|jawaban otomatis)",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|system)|returned mail|"
    r"failure notice|tidak terkirim|gagal terkirim",
    re.IGNORECASE,
)
_BULK = re.compile(r"berhenti berlangganan|unsubscribe|lihat di (?:peramban|browser)", re.IGNORECASE)
_ANSWERED_BY_ITSELF = re.compile(
    r"(?:balasan|jawaban|pesan|respons?) (?:ini )?(?:\w+ ){0,3}?(?:otomatis|secara otomatis)|automat(?:ed|ic) (?:reply|response)|"
    r"(?:jangan|tidak|tanpa) (?:perlu )?(?:membalas|dibalas)|do not reply",
    re.IGNORECASE,
)
_OUR_MAIL_CAME = re.compile(
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
_INDONESIAN = re.compile(
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
OF_FOREIGN_TONGUE = 6
"""So much must speak for an incident where the words are not ours: other tongues have words that look like symptoms."""


def machine_kind(mail: Mail) -> MailKind | None:
    """Bounce, auto-reply and the like; None for mail that a person wrote."""
    types = set(mail.part_types)
    if mail.report_type == "delivery-status" or "message/delivery-status" in types:
        return MailKind.DELAY if _is_delay(mail) else MailKind.BOUNCE
    if mail.bounce is not None:
        return MailKind.DELAY if mail.bounce.only_late else MailKind.BOUNCE
    if mail.report_type == "disposition-notification" or "message/disposition-notification" in types:
        return MailKind.READ_RECEIPT
    from_daemon = re.match(r"(?:mailer-daemon|postmaster)@", mail.sender) is not None
    if mail.header("x-failed-recipients") or (
        (from_daemon or mail.header("return-path") == "<>") and _BOUNCE_SUBJECT.search(mail.subject)
    ):
        return MailKind.BOUNCE
    if "text/calendar" in types:
        return MailKind.CALENDAR
    auto = mail.header("auto-submitted").lower().partition(";")[0].strip()
    if (auto and auto != "no") or _AUTO_SUBJECT.match(mail.subject):
        return MailKind.AUTO_REPLY
    if any(mail.header(name) for name in ("x-autoreply", "x-autorespond", "x-autoresponse")):
        return MailKind.AUTO_REPLY
    if mail.header("precedence").lower() == "auto_reply":
        return MailKind.AUTO_REPLY
    return None


def human_kind(mail: Mail, regarding: str, text: str, *, official: bool) -> MailKind:
    """What a person wants. `official` = a numbered letter or an own office's address.

    What speaks for an outage, a request and news is weighed (`evidence.py`). In doubt it is an incident: Helpdesk can say
    no, nobody can say what was not shown.
    """
    for_incident = evidence.incident(regarding, text)
    if lure(mail, text) >= (A_LURE_FROM_WITHIN if official else A_LURE):
        return MailKind.SPAM
    if _BULK.search(text) or (is_list_mail(mail) and not (official and for_incident >= OF_FOREIGN_TONGUE)):
        return MailKind.OTHER
    if INCIDENT_NUMBER.search(mail.subject) or INCIDENT_NUMBER.search(text) or _asks_after_a_report(text, for_incident):
        return MailKind.FOLLOW_UP
    if _ANSWERED_BY_ITSELF.search(text) and _OUR_MAIL_CAME.search(text) and not official:
        return MailKind.AUTO_REPLY
    if evidence.all_is_well(text):
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


def _asks_after_a_report(text: str, for_incident: int) -> bool:
    """By the number of an earlier letter of theirs; or a bare question how far it is."""
    flowing = " ".join(text.split())
    numbered = _EARLIER_LETTER.search(flowing) is not None
    asks = _HOW_FAR.search(flowing) is not None
    about_failure = any(failure(clause) for clause in clauses(flowing)) or has_topic(flowing)
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
    ours, foreign = len(_INDONESIAN.findall(text)), len(_FOREIGN.findall(text))
    return ours > foreign and (_PLEA.search(text) is not None or has_symptom(text))


def _concerns_us(regarding: str, text: str, for_incident: int) -> bool:
    """Written in our language, or beyond doubt about a failing service."""
    said = f"{regarding}\n{text}"
    ours, foreign = len(_INDONESIAN.findall(said)), len(_FOREIGN.findall(said))
    if for_incident < BARE_SYMPTOM:
        return ours >= 3 and ours >= foreign
    at_home = ours >= 2 and ours * 2 >= foreign
    return at_home or foreign == 0 or evidence.incident(regarding, text, by_name=True) >= OF_FOREIGN_TONGUE


def is_list_mail(mail: Mail) -> bool:
    """Mail of a list or a bulk sender: never answered (RFC 3834 §2)."""
    return bool(
        mail.header("list-id")
        or mail.header("list-unsubscribe")
        or mail.header("precedence").lower() in ("bulk", "list", "junk")
    )


def _is_delay(mail: Mail) -> bool:
    status = b"\n".join(p.content for p in mail.attachments if p.mime_type == "message/delivery-status").lower()
    return b"action: delayed" in status and b"action: failed" not in status
