"""Whether a machine wrote a mail: by its top level (RFC 3464, RFC 3834, RFC 8098); what else there is, its words tell.

What is attached and what stands in a footer decides nothing, and who reports an outage is heard whatever the headers say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.letters.invitation import accepts, invites, told_by_calendar
from parsers.letters.material import mail_text
from parsers.letters.symptoms import has_symptom
from parsers.letters.values import MailKind
from parsers.letters.wanted import INDONESIAN, OUR_MAIL_CAME, human_kind, some_trouble
from parsers.mails.absence import says_absent
from parsers.mails.headers import Automation, automation
from parsers.mails.message import Mail
from parsers.mails.notices import Notice, notice
from parsers.mails.quotes import own_words
from parsers.mails.reply_words import reply_text
from parsers.words.numbers import Numbers
from parsers.words.subjects import ANSWER

_AUTO_SUBJECT = re.compile(
    r"^\s*(?:balasan otomatis|automatic reply|auto(?:matische)? ?-?(?:reply|antwort)|out of (?:the )?office(?: auto-?reply)?|di luar kantor|jawaban otomatis)\s*(?::|$)",
    re.IGNORECASE,
)
_ECHOES = re.compile(
    rf"^\s*(?:balasan otomatis|automatic reply|auto-?reply|auto|out of (?:the )?office|di luar kantor|jawaban otomatis|{ANSWER}|fwd?)\s*:",
    re.IGNORECASE,
)
"""The rest of such a subject is that of the mail which is answered."""
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|system)|returned mail|"
    r"failure notice|tidak terkirim|gagal terkirim",
    re.IGNORECASE,
)
_ANSWERS = re.compile(rf"^\s*(?:{ANSWER})\s*:", re.IGNORECASE)
_DAEMON = re.compile(r"(?:mailer-daemon|mdaemon|mail\.delivery\.system)@", re.IGNORECASE)
_TO_WHOM_IT_RETURNS = re.compile(
    r"(?im)^.*\b(?:(?:pesan|surel|e-?mail|surat) (?:anda|saudara)|your (?:message|e-?mail)|penerima (?:berikut|atau grup)).*$"
)
_BY_NOTICE = {
    Notice.READ: MailKind.READ_RECEIPT,
    Notice.RECALL: MailKind.RECALL,
    Notice.REACTION: MailKind.REACTION,
}
_OF_ONES_OWN = re.compile(r"\b(?:kami|saya|kantor|mohon|tolong|pak|bu|min|awak|ambo)\b", re.IGNORECASE)
_WANTS_NOTHING = (MailKind.OTHER, MailKind.AUTO_REPLY, MailKind.SPAM)
WORDS_OF_OURS = 2


@dataclass(frozen=True, slots=True)
class MachineMail:
    """What a machine sent.

    Attributes:
        trouble: something in its words speaks of trouble; where no incident takes it up, a human looks at it at once.
    """

    kind: MailKind
    trouble: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What a mail is at first sight, before it is read.

    Attributes:
        machine: what a machine sent, None for all else.
        answers: it was looked at as an answer to a mail of ours.
    """

    machine: MachineMail | None
    answers: bool


def look_at(mail: Mail, answers: bool) -> Look:
    """Whether a machine sent it, and what is to be seen in that; to be handed on to whoever reads the mail.

    Of what answers a mail of ours (`answers`) all that came by itself is a machine's, and decides nothing; only a person's
    words that the rule of a mailbox passed on are theirs.
    """
    kind = machine_kind(mail, answers=answers)
    by_itself = automation(mail)
    if kind is None and answers and by_itself and not (by_itself is Automation.FORWARDED and reply_text(mail)):
        kind = MailKind.AUTO_REPLY
    machine = None if kind is None else MachineMail(kind, _of_trouble(mail, kind))
    return Look(machine, answers)


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
    if (told := notice(mail)) is not None:
        return _BY_NOTICE[told]
    if _is_auto_reply(mail, answers=answers):
        return MailKind.AUTO_REPLY
    return MailKind.CALENDAR if _is_invitation(mail, answers=answers) else None


def _server_report(mail: Mail) -> MailKind | None:
    """What a mail server or a mail reader reports in the form that is theirs."""
    is_report = mail.mime_type == "multipart/report"
    said = {mail.mime_type, *((f"message/{mail.report_type}", *mail.part_types) if is_report else ())}
    by_daemon = _DAEMON.match(mail.apparent_sender) is not None and _looks_like_bounce(mail)
    refused = is_report and mail.bounce is not None
    if "message/delivery-status" in said or refused or by_daemon or mail.header("x-failed-recipients"):
        return MailKind.DELAY if _is_delay(mail) else MailKind.BOUNCE
    return MailKind.READ_RECEIPT if "message/disposition-notification" in said else None


def _looks_like_bounce(mail: Mail) -> bool:
    """Whether a mail has come back in one of the older shapes: by who sent it and what it is called."""
    if mail.bounce is not None:
        return _DAEMON.match(mail.apparent_sender) is not None or not _ANSWERS.match(mail.subject)
    nobody = (
        mail.header("return-path") == "<>"
        or re.match(r"(?:mailer-daemon|postmaster)@", mail.apparent_sender) is not None
    )
    return nobody and (_BOUNCE_SUBJECT.search(mail.subject) is not None or "message/delivery-status" in mail.part_types)


def _is_auto_reply(mail: Mail, *, answers: bool) -> bool:
    """A responder's header, or a subject that says so, with words that do not report: of an absence, of a mail received."""
    replied = automation(mail) is Automation.REPLIED
    by_name = _AUTO_SUBJECT.match(mail.subject) is not None
    if not replied and not by_name:
        return False
    if answers and by_name:
        return True  # what calls itself automatic decides nothing
    said = _own(mail)
    about_itself = says_absent(mail.subject if by_name else "", said) or OUR_MAIL_CAME.search(said) is not None
    reports = _reports_outage(_own_subject(mail), said, mail)
    return about_itself or not reports if replied else about_itself and not reports


def _is_invitation(mail: Mail, *, answers: bool) -> bool:
    """A calendar's mail: the whole of it, or beside words that want nothing but that somebody comes."""
    if mail.mime_type == "text/calendar":
        return True
    beside = invites(mail)
    if not beside or (answers and _own(mail) and not any(map(accepts, beside))):
        return False
    return human_kind(mail, mail.subject, _own(mail), official=False, numbers=Numbers()) in _WANTS_NOTHING


def _tells_of_bounces(mail: Mail) -> bool:
    """Whether somebody reports, in our language, what a bounce is only shown for.

    Where no person is known to write from, it must be in words of one's own: a mail server speaks of "pesan Anda".
    """
    words = _TO_WHOM_IT_RETURNS.sub("", _own(mail))
    by_nobody = (
        not mail.apparent_sender or mail.header("return-path") == "<>" or mail.apparent_sender.startswith("postmaster@")
    )
    if by_nobody and not _OF_ONES_OWN.search(words):
        return False
    return _in_our_language(mail) and _reports_outage(mail.subject, words, mail)


def _in_our_language(mail: Mail) -> bool:
    """Whether somebody wrote it in Indonesian; what is pasted below may be a machine's."""
    return len(INDONESIAN.findall(f"{mail.subject}\n{_own(mail)}")) >= WORDS_OF_OURS


def _reports_outage(subject: str, text: str, mail: Mail) -> bool:
    return human_kind(mail, subject, text, official=False, numbers=Numbers()) is MailKind.INCIDENT


def _own_subject(mail: Mail) -> str:
    """The subject, unless it is that of the mail which is answered."""
    return "" if _ECHOES.match(mail.subject) or mail.in_reply_to else mail.subject


def _own(mail: Mail) -> str:
    """The outer words, without what is quoted below them."""
    return own_words(mail_text(mail), mail.sender_name)


def _is_delay(mail: Mail) -> bool:
    if mail.bounce is not None and "message/delivery-status" not in mail.part_types:
        return mail.bounce.only_late
    status = b"\n".join(p.content for p in mail.attachments if p.mime_type == "message/delivery-status").lower()
    return b"action: delayed" in status and b"action: failed" not in status


def _of_trouble(mail: Mail, kind: MailKind) -> bool:
    """A mail server always speaks of failure, a read receipt of nothing; the words of other machines may be a person's."""
    if kind is MailKind.CALENDAR:  # even in the sentence that asks somebody to come
        return has_symptom(f"{_own_subject(mail)}\n{_own(mail)}\n{told_by_calendar(mail)}")
    if kind is MailKind.BOUNCE:  # in no form of a mail server's, in our language: somebody may tell of one
        return (
            mail.mime_type != "multipart/report" and _in_our_language(mail) and some_trouble(mail.subject, _own(mail))
        )
    return kind is MailKind.AUTO_REPLY and some_trouble(_own_subject(mail), _own(mail))
