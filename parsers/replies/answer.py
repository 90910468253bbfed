"""What an official's answer decides, given the answers that the question accepts.

The exact words offered in our mails come first; everyday Indonesian is understood where it is beyond doubt. A doubt
(`hesitation.py`) always wins, and what belongs elsewhere (`elsewhere.py`) decides nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from parsers.replies.accounted import accounted
from parsers.replies.answer_clauses import bare_words, said_in_greeting
from parsers.replies.answer_words import GOES_BACK, by_keyword, by_meaning, is_underway, tells_of_work, tidy
from parsers.replies.card_or_answer import CARD_OR_ANSWER, instead_of, may_mean_card
from parsers.replies.deadlines import deadline
from parsers.replies.elsewhere import names_another_incident, sent_elsewhere
from parsers.replies.finished import is_finished
from parsers.replies.handling_report import read_report, without_empty_fields
from parsers.replies.hesitation import doubt
from parsers.replies.more_time import more_time
from parsers.replies.offered import by_offer, leads_with_offer, names_unknown
from parsers.replies.orders import assignee, can_be_sent, instructions, timed_words
from parsers.replies.particulars import NOTHING_BESIDES, Particulars, of_report
from parsers.replies.polarity import Polarity, polarity
from parsers.replies.stated import stated
from parsers.replies.word_groups import SIGN
from parsers.words.numbers import Numbers
from parsers.words.wrapped import unwrapped

MAX_ANSWER = 20_000
"""Characters: whoever writes more has pasted something, and long text makes some patterns slow."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood.

    Attributes:
        decision: one of the accepted words, or "" when it is not beyond doubt.
        text: the author's own words, without the keyword line; lines that his client wrapped are whole.
        understood: for the corrective mail, what it looked like; formal Indonesian, a noun phrase.
        details: what it says besides.
        kind: delegasi, gabung, darurat or ralat when the answer asks for something that is settled elsewhere; then
            `decision` is "".
    """

    decision: str
    text: str
    understood: str = ""
    details: Particulars = NOTHING_BESIDES
    kind: str = ""


def read_answer(
    text: str, accepted: Sequence[str], sent: datetime, incident: str = "", numbers: Numbers | None = None
) -> Answer:
    """What `text` (own words only) decides.

    Args:
        sent: aware; what relative times count from.
        incident: the number that was asked about; words about another one decide nothing.
        numbers: what our numbers look like; None: like `incident`.
    """
    text = unwrapped(text.strip())
    if len(text) > MAX_ANSWER:
        return Answer("", text, "jawaban yang terlalu panjang untuk dibaca otomatis")
    numbers = numbers or Numbers.like(incident)
    if (elsewhere := _elsewhere(text, accepted, sent, incident, numbers)) is not None:
        return elsewhere
    if names_another_incident(text, incident, numbers):
        return Answer("", text, "jawaban untuk insiden lain")
    decision, rest = _decided(text, accepted, sent)
    if decision and polarity(said_in_greeting(text)) is (Polarity.YES if decision in GOES_BACK else Polarity.NO):
        return Answer("", text, understood="sapaan yang memuat keputusan lain")
    if not decision:
        return Answer("", text, understood=_guess(text) or ("jawaban yang sebagian isinya belum jelas" if rest else ""))
    if decision == "tugaskan":
        named = assignee(text) or assignee(f"Tugaskan {rest}")
        if not can_be_sent(named):
            return Answer("", text, understood="penugasan, tetapi tim atau petugasnya tidak disebut")
        return Answer(decision, tidy(rest) or text, details=replace(_orders(text, sent), assignee=named))
    if decision == "minta_waktu":
        asked = more_time(text, sent)
        if not asked.minutes:
            return Answer("", text, asked.understood)
        return Answer(
            decision,
            text,
            details=Particulars(minutes=asked.minutes, until=asked.until.isoformat() if asked.until else ""),
        )
    if decision == "laporan":
        return _reported(text, rest, accepted, sent)
    if decision == "progres":
        return Answer(decision, tidy(rest))
    return Answer(decision, tidy(rest), details=replace(_orders(text, sent), assigned_to=assignee(text)))


def _elsewhere(text: str, accepted: Sequence[str], sent: datetime, incident: str, numbers: Numbers) -> Answer | None:
    """What decides nothing here: it is settled elsewhere, or seems to take an answer back and may mean the card."""
    other = sent_elsewhere(
        text,
        incident,
        numbers,
        may_say_emergency="ya" in accepted,
        passes_on=bool({"teruskan", "diterima"} & set(accepted)),
    )
    if other is None or ("laporan" in accepted and other.kind == "delegasi"):
        return None
    if other.kind == "ralat":
        said = instead_of(text, other.details.instead)
        decides = SIGN.match(said) is not None and bool(_decided(said, accepted, sent)[0])
        if may_mean_card(text, answers=decides or leads_with_offer(said, accepted)):
            return Answer("", text, CARD_OR_ANSWER)
    return Answer("", text, other.understood, other.details, other.kind)


def _reported(text: str, rest: str, accepted: Sequence[str], sent: datetime) -> Answer:
    """A report that is finished; one with something still open is progress, or asked back."""
    filled = without_empty_fields(rest or text)
    report = read_report(filled, sent)
    if not report.is_report and len(filled.split()) < 4:
        return Answer("", text, understood="laporan tanpa isi")
    if report.status == "proses" and "progres" in accepted and is_underway(text):
        return Answer("progres", tidy(rest) or text)
    if report.status in ("selesai", "proses") and not is_finished(text):
        if "progres" in accepted and is_underway(text):
            return Answer("progres", tidy(rest) or text)
        return Answer("", text, "laporan, tetapi penanganannya tampak belum selesai seluruhnya")
    return Answer("laporan", tidy(rest) or text, details=of_report(report))


def _decided(text: str, accepted: Sequence[str], sent: datetime) -> tuple[str, str]:
    """The decision and what was said besides it; ("", the text) if something in it speaks against what was read out of it."""
    if offered := by_offer(text, accepted):
        return offered, text.strip().partition("\n")[2]
    if names_unknown(text, accepted):
        return "", text
    decision, rest = by_keyword(text, accepted)
    if not decision:
        decision, rest = by_meaning(text, accepted, sent) or stated(text, accepted), text
    if not decision:
        return "", ""
    if decision in ("laporan", "progres"):
        return (decision, rest) if tells_of_work(text, decision, sent) else ("", text)
    return (decision, rest) if accounted(text, decision) else ("", text)


def _orders(text: str, sent: datetime) -> Particulars:
    """Instructions and deadline, where there are any."""
    return Particulars(instructions=instructions(text), deadline=deadline(timed_words(text), sent))


def _guess(text: str) -> str:
    """What it looks like, in a noun phrase that a corrective mail can quote."""
    if not text:
        return "surel tanpa jawaban"
    reason = doubt(bare_words(text))
    if reason:
        return reason
    signs = {Polarity.YES: "persetujuan", Polarity.NO: "penolakan"}
    return signs.get(polarity(text), "")
