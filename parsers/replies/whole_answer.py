"""What a mail answers, from all of it: its author's words, an official's words that an aide passes on, a word put into
the subject, or the sheet that it encloses and only points to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from parsers.documents.opening import Opener
from parsers.mails.message import Mail
from parsers.mails.our_mail import OurMail
from parsers.mails.reply_words import added_to_subject, forwarded_words, marked_words, reply_text
from parsers.replies.answer import Answer, read_answer
from parsers.replies.card_corrections import CardLine, card_corrections, corrects_another
from parsers.replies.card_or_answer import CARD_OR_ANSWER, HOW_TO
from parsers.replies.elsewhere import names_another_incident
from parsers.replies.filled_sheet import FilledSheet, points_to_attachment, read_filled_sheet
from parsers.replies.handling_report import read_report
from parsers.replies.no_answer import why_unreadable
from parsers.replies.particulars import of_report
from parsers.words.numbers import Numbers

OF_ANOTHER = "surel ini menyebut insiden lain; kirim KOREKSI sebagai balasan surel insiden yang dimaksud"
BEHIND_MARKS = "kata di belakang tanda kutip, yang belum tentu kata Saudara sendiri"
_SHOWN = 600
"""Characters of words that may correct a card, or not."""
_MARKED = 20
"""Lines behind marks that are looked at."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked.

    Attributes:
        accepted: the decisions that answer it.
        incident: the number it was about.
        subject: of our mail.
        passed_on_for: addresses whose forwarded words count: of the officials whose aide the author is.
        sent: aware; what relative times in the answer count from.
        numbers: what our numbers look like; None: like `incident`.
        ours: our mails that the answer may quote; none of their words are its author's.
        card: by what the card calls a field (lower case), the field.
    """

    accepted: Sequence[str]
    incident: str
    sent: datetime
    subject: str = ""
    passed_on_for: Collection[str] = ()
    numbers: Numbers | None = None
    ours: Sequence[OurMail] = ()
    card: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """Attributes:
    text: the author's own words, or the official's that were passed on.
    words: what was read as the answer; the text, if there was one, without corrections of the card.
    answer: what it decides.
    slow: a sheet could not be read at once, because it is a picture; it takes an opener that reads pictures.
    corrections: of the card.
    """

    text: str
    words: str
    answer: Answer
    slow: bool = False
    corrections: tuple[CardLine, ...] = ()

    @property
    def corrects(self) -> bool:
        """Whether it corrects the card; a sentence that only calls something wrong does not."""
        return any(not line.stated for line in self.corrections)


def read_whole_answer(mail: Mail, question: Question, opener: Opener) -> WholeAnswer:
    """What `mail` answers to `question`. Never raises for what the mail is."""
    text, words = _words(mail, question)
    if unreadable := why_unreadable(mail, text):
        return WholeAnswer(text, words, Answer("", text, unreadable))
    corrections, rest = card_corrections(words, question.card)
    if _of_another(words, question):
        corrections = tuple(line if line.doubt else replace(line, doubt=OF_ANOTHER) for line in corrections)
    words = rest
    if corrections and not re.search(r"\w", words):
        return WholeAnswer(text, "", Answer("", text), corrections=corrections)
    whole = _read_whole(mail, question, opener, text, words)
    if whole.answer.understood == CARD_OR_ANSWER:
        asked = CardLine(" ".join(whole.words.split())[:_SHOWN], "", "", "", HOW_TO)
        return replace(whole, words="", corrections=(*(line for line in corrections if not line.stated), asked))
    return replace(whole, corrections=corrections)


def _of_another(words: str, question: Question) -> bool:
    """Whether what corrects a card may be about another incident's."""
    numbers = question.numbers or Numbers.like(question.incident)
    return corrects_another(words, question.incident) or names_another_incident(words, question.incident, numbers)


def _read_whole(mail: Mail, question: Question, opener: Opener, text: str, words: str) -> WholeAnswer:
    answer = _read(words, question)
    if answer.decision or answer.kind or not points_to_attachment(text):
        return _behind_marks(mail, text, answer, question) or WholeAnswer(text, words, answer)
    sheet, slow = read_filled_sheet(mail, opener, question.numbers or Numbers.like(question.incident))
    return WholeAnswer(text, words, _from_sheet(sheet, answer, question), slow)


def _read(words: str, question: Question) -> Answer:
    return read_answer(words, question.accepted, question.sent, question.incident, question.numbers)


def _behind_marks(mail: Mail, text: str, answer: Answer, question: Question) -> WholeAnswer | None:
    """What to ask back where the answer, or one that contradicts it, may stand behind marks above the quote of our mail."""
    if question.passed_on_for:  # an aide passes on what an official wrote: somebody else's mail is above the quote
        return None
    marked = marked_words(mail, question.ours)[:_MARKED]
    theirs = _read("\n".join(said for said, is_ours in marked if not is_ours), question).decision
    if not marked or answer.kind or (answer.decision and theirs in ("", answer.decision)):
        return None
    shown = "\n".join([*(f"> {said}" for said, _ in marked), *([f"\n{text}"] if text else [])])
    understood = answer.understood if text and not answer.decision else BEHIND_MARKS
    return WholeAnswer(shown, shown, Answer("", shown, understood))


def _words(mail: Mail, question: Question) -> tuple[str, str]:
    """The author's own words, and the words that decide."""
    text = reply_text(mail, question.ours)
    address, said = forwarded_words(mail, question.ours)
    if said and address in question.passed_on_for:
        return said, said
    if not re.search(r"\w", text):
        return text, added_to_subject(mail.subject, question.subject)
    return text, text


def _from_sheet(sheet: FilledSheet | None, bare: Answer, question: Question) -> Answer:
    if sheet is None or (question.incident and sheet.incidents and sheet.incidents != (question.incident,)):
        return bare
    if sheet.record and "laporan" in question.accepted:
        report = read_report(sheet.record, question.sent)
        return Answer("laporan", bare.text, details=of_report(report)) if report.actions else bare
    if not sheet.words:
        return bare
    read = read_answer(sheet.words, question.accepted, question.sent, question.incident, question.numbers)
    return replace(read, details=replace(read.details, assigned_to=sheet.assigned_to or read.details.assigned_to))
