"""What kind of mail is it? Machine mail by its top level (RFC 3464, RFC 3834, RFC 8098), the rest by its words.

What is attached and what stands in a footer decides nothing, and who reports an outage is heard whatever the headers say.
"""

from __future__ import annotations

import re

from parsers.letters import evidence
from parsers.letters.doubt import looks_like_trouble
from parsers.letters.lures import A_LURE, A_LURE_FROM_WITHIN, lure
from parsers.letters.material import mail_text
from parsers.letters.symptoms import clauses, failure, has_symptom, has_topic, sentences
from parsers.letters.trial import only_tries
from parsers.letters.values import MailKind
from parsers.mails.headers import Automation, automation, is_list_mail
from parsers.mails.message import Mail
from parsers.mails.quotes import own_words
from parsers.numbers import Numbers
from parsers.replies.absence import says_absent

_AUTO_SUBJECT = re.compile(
    r"^\s*(?:balasan otomatis|automatic reply|auto(?:matische)? ?-?(?:reply|antwort)|out of (?:the )?office(?: auto-?reply)?|di luar kantor|jawaban otomatis)\s*(?::|$)",
    re.IGNORECASE,
)
_ECHOES = re.compile(
    r"^\s*(?:balasan otomatis|automatic reply|auto-?reply|auto|out of (?:the )?office|di luar kantor|jawaban otomatis|re|bls|balas(?:an)?|fwd?)\s*:",
    re.IGNORECASE,
)
"""The rest of such a subject is that of the mail which is answered."""
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|system)|returned mail|"
    r"failure notice|tidak terkirim|gagal terkirim",
    re.IGNORECASE,
)
_DAEMON = re.compile(r"(?:mailer-daemon|mdaemon|mail\.delivery\.system)@", re.IGNORECASE)
_BULK = re.compile(
    r"(?im)^.*(?:berhenti berlangganan|unsubscribe|lihat di (?:peramban|browser)|berlangganan grup|you are subscribed).*$"
)
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
_TO_WHOM_IT_RETURNS = re.compile(
    r"(?im)^.*\b(?:(?:pesan|surel|e-?mail|surat) (?:anda|saudara)|your (?:message|e-?mail)|penerima (?:berikut|atau grup)).*$"
)
_OF_ONES_OWN = re.compile(r"\b(?:kami|saya|kantor|mohon|tolong|pak|bu|min|awak|ambo)\b", re.IGNORECASE)
_ITIP = re.compile(rb"(?im)^METHOD:(?!PUBLISH)")
_MEETS = re.compile(
    r"\b(?:hadir\w*|menghadiri|(?:meng|di)undang\w*|undangan|rapat|rakor|meeting|zoom|acara|agenda)\b", re.IGNORECASE
)
_ATTENDS = re.compile(rb"(?im)^METHOD:(?:REPLY|COUNTER|REFRESH|DECLINECOUNTER)")
"""RFC 5546: what a calendar sends when somebody taps "Terima"; it accepts a meeting and nothing else."""
_OWN_LETTER = r"(?:surat|laporan|nota dinas|nodin|pengaduan|tiket|lapor)\s+(?:\w+\s+){0,2}?(?:kami|saya|ambo|terdahulu|sebelumnya|dinas|badan|biro|rsud)\b"
_NUMBERED = r"\b(?:nomor|no)\b\.?\s*:?\s*[\w.-]*\s?/[\w./ -]*\d"
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
    r"(?:mohon|dapat|bisa|silakan|silahkan) (?:\w+ )?(?:ditutup|di-?close)|(?:laporan|tiket|insiden)\w* (?:\w+ ){0,4}?(?:ditutup|di-?close)",
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
_WANTS_NOTHING = (MailKind.OTHER, MailKind.AUTO_REPLY, MailKind.SPAM)
BARE_SYMPTOM = 2
FROM_A_LIST = 4
WORDS_OF_OURS = 2
OF_FOREIGN_TONGUE = 6
"""So much must speak for an incident where the words are not ours: other tongues have words that look like symptoms."""


def machine_kind(mail: Mail, *, answers: bool = False) -> MailKind | None:
    """What the top level of a mail shows to be a machine's: bounce, auto-reply and the like. None for all else.

    None, too, where its words report an outage, unless a mail server speaks in the form that is its own.

    Args:
        answers: it answers a mail of ours: then words that stand beside an invitation are the answer.
    """
    report = _server_report(mail)
    if report is not None:
        return report
    if _looks_like_bounce(mail) and not _tells_of_bounces(mail):
        return MailKind.DELAY if mail.bounce and mail.bounce.only_late else MailKind.BOUNCE
    if _is_auto_reply(mail):
        return MailKind.AUTO_REPLY
    return MailKind.CALENDAR if _is_invitation(mail, answers=answers) else None


def own_trouble(mail: Mail) -> bool:
    """Whether the words of a machine's mail have some sign of trouble in them: then a human looks at it at once."""
    subject = "" if _ECHOES.match(mail.subject) or mail.in_reply_to else mail.subject
    return some_trouble(subject, _besides_inviting(mail, _own(mail)))


def some_trouble(regarding: str, text: str) -> bool:
    """Whether more speaks for something failing now than for news about it."""
    text = _BULK.sub("", text)
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
    text = _besides_inviting(mail, _BULK.sub("", whole))
    for_incident = evidence.incident(regarding, text)
    if lure(mail, text) >= (A_LURE_FROM_WITHIN if official else A_LURE):
        return MailKind.SPAM
    if not official and (_BULK.search(whole) or is_list_mail(mail)) and not _own_report(text, for_incident):
        return MailKind.OTHER
    if numbers.within(mail.subject) or numbers.within(text) or _asks_after_a_report(text, for_incident):
        return MailKind.FOLLOW_UP
    if _ANSWERED_BY_ITSELF.search(text) and _OUR_MAIL_CAME.search(text) and not official:
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


def _own_report(text: str, for_incident: int) -> bool:
    """What comes through a list from somebody we do not know is news, unless it is about a failure of their own."""
    return for_incident >= FROM_A_LIST and evidence.urges(text)


def _server_report(mail: Mail) -> MailKind | None:
    """What a mail server or a mail reader reports in the form that is theirs."""
    is_report = mail.mime_type == "multipart/report"
    said = {mail.mime_type, *((f"message/{mail.report_type}", *mail.part_types) if is_report else ())}
    by_daemon = _DAEMON.match(mail.sender) is not None and _looks_like_bounce(mail)
    refused = is_report and mail.bounce is not None
    if "message/delivery-status" in said or refused or by_daemon or mail.header("x-failed-recipients"):
        return MailKind.DELAY if _is_delay(mail) else MailKind.BOUNCE
    return MailKind.READ_RECEIPT if "message/disposition-notification" in said else None


def _looks_like_bounce(mail: Mail) -> bool:
    """Whether a mail has come back in one of the older shapes: by who sent it and what it is called."""
    if mail.bounce is not None:
        return True
    nobody = mail.header("return-path") == "<>" or re.match(r"(?:mailer-daemon|postmaster)@", mail.sender) is not None
    return nobody and (_BOUNCE_SUBJECT.search(mail.subject) is not None or "message/delivery-status" in mail.part_types)


def _is_auto_reply(mail: Mail) -> bool:
    """A responder's header, or a subject that says so, with words that do not report: of an absence, of a mail received."""
    replied = automation(mail) is Automation.REPLIED
    if not replied and not _AUTO_SUBJECT.match(mail.subject):
        return False
    said = _own(mail)
    about_itself = says_absent(
        mail.subject if _AUTO_SUBJECT.match(mail.subject) else "", said
    ) or _OUR_MAIL_CAME.search(said)
    reports = _reports_outage("" if _ECHOES.match(mail.subject) or mail.in_reply_to else mail.subject, mail)
    return (bool(about_itself) or not reports) if replied else (bool(about_itself) and not reports)


def _is_invitation(mail: Mail, *, answers: bool) -> bool:
    """A calendar's mail: the whole of it, or beside words that want nothing but that somebody comes."""
    if mail.mime_type == "text/calendar":
        return True
    beside = _invites(mail)
    if not beside or (answers and _own(mail) and not any(_ATTENDS.search(said) for said in beside)):
        return False
    return human_kind(mail, mail.subject, _own(mail), official=False, numbers=Numbers()) in _WANTS_NOTHING


def _invites(mail: Mail) -> list[bytes]:
    """What a calendar says beside the words of a mail (RFC 5546); a file that somebody attached is no such thing."""
    beside = [part for part in mail.attachments if part.mime_type == "text/calendar" and not part.attached]
    return [part.content for part in beside if _ITIP.search(part.content)]


def _besides_inviting(mail: Mail, text: str) -> str:
    """What an invitation says besides that somebody is asked to come, and to what; all of `text` where it is none."""
    if not _invites(mail):
        return text
    return "\n".join(clause for clause in clauses(text) if not _MEETS.search(clause))


def _tells_of_bounces(mail: Mail) -> bool:
    """Whether somebody reports, in our language, what a bounce is only shown for.

    Where no person is known to write from, it must be in words of one's own: a mail server speaks of "pesan Anda".
    """
    words = _TO_WHOM_IT_RETURNS.sub("", _own(mail))
    by_nobody = not mail.sender or mail.header("return-path") == "<>" or mail.sender.startswith("postmaster@")
    if by_nobody and not _OF_ONES_OWN.search(words):
        return False
    kind = human_kind(mail, mail.subject, words, official=False, numbers=Numbers())
    return kind is MailKind.INCIDENT and in_our_language(mail)


def in_our_language(mail: Mail) -> bool:
    """Whether somebody wrote it in Indonesian; what is pasted below may be a machine's."""
    return len(_INDONESIAN.findall(f"{mail.subject}\n{_own(mail)}")) >= WORDS_OF_OURS


def _reports_outage(subject: str, mail: Mail) -> bool:
    return human_kind(mail, subject, _own(mail), official=False, numbers=Numbers()) is MailKind.INCIDENT


def _own(mail: Mail) -> str:
    """The outer words, without what is quoted below them."""
    return own_words(mail_text(mail), mail.sender_name)


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


def _is_delay(mail: Mail) -> bool:
    if mail.bounce is not None and "message/delivery-status" not in mail.part_types:
        return mail.bounce.only_late
    status = b"\n".join(p.content for p in mail.attachments if p.mime_type == "message/delivery-status").lower()
    return b"action: delayed" in status and b"action: failed" not in status
