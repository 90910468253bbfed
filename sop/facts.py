"""What can reach an incident from outside: the facts `decide()` is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sop.addressee import NOBODY, Addressee
from sop.details import NO_DETAILS, Details
from sop.likeness import Similar
from sop.mail_key import MailKey
from sop.people import Person
from sop.report import NOTHING, NotApplied, Report


@dataclass(frozen=True, slots=True)
class Fact:
    """What can happen to an incident."""


@dataclass(frozen=True, slots=True)
class Reopening:
    """Who had the work on an ended incident begin again.

    Attributes:
        how: by which answer: "belum", "darurat", "ralat".
        at: aware; when it reached the office.
        text, mail: in which words, and which mail holds them.
    """

    how: str
    name: str
    at: datetime
    title: str = ""
    text: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Opened(Fact):
    """A report has come in and got its number."""

    channel: str
    received: datetime
    report: Report
    mail: str = ""
    like: tuple[Similar, ...] = ()
    """Open incidents that may be the same outage (`sop.likeness`)."""
    continues: str = ""
    """The ended incident whose outage it is, still or again."""
    reopened: Reopening | None = None
    """By whom, where it continues an ended incident."""
    archived: str = ""
    """SHA-256 of its mail, where that is entered in the ledger only together with this fact."""


ORAL = "lisan"
"""How `via` begins where somebody else wrote an answer down."""


@dataclass(frozen=True, slots=True)
class AnswerGiven(Fact):
    """A trusted person's clear answer to one visit of a stage."""

    stage: str
    visit: int
    decision: str
    person: Person
    text: str = ""
    details: Details = NO_DETAILS
    mail: str = ""
    via: str = "email"
    caution: str = ""
    """What the official is told along with the acknowledgement: written by an aide, by nobody who can be proved …"""
    received: datetime | None = None
    """When it came in (aware): who may answer is judged by that moment. None: now."""
    remark: str = ""
    """What it says besides: told to whoever holds the incident when the answer itself comes late."""
    together: bool = False
    """The mail answers several incidents at once: what became of each is told in one mail, and in none of this one."""


@dataclass(frozen=True, slots=True)
class AnswerProposed(Fact):
    """What looks like a trusted person's answer, but not beyond doubt: only their own OK decides. `reason`: to be read
    after "karena".
    """

    answer: AnswerGiven
    reason: str


@dataclass(frozen=True, slots=True)
class Remarked(Fact):
    """Words of an official whom nobody asked."""

    person: Person
    text: str
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Reassigned(Fact):
    """Whoever is told that a team is late gives the work to another. `people`: ids; `said`: as written."""

    stage: str
    visit: int
    person: Person
    people: tuple[str, ...]
    said: str
    text: str = ""
    mail: str = ""
    caution: str = ""
    """As of an answer."""


@dataclass(frozen=True, slots=True)
class AnswerUnclear(Fact):
    """A trusted person's answer that cannot be understood for certain."""

    stage: str
    visit: int
    person: Person
    text: str
    understood: str
    mail: str = ""
    received: datetime | None = None
    question: bool = False
    """It asks something instead of answering."""
    offers: tuple[str, ...] = ()
    """Words that are offered beyond the answers of the stage."""
    remark: str = ""
    """As of an answer."""
    together: bool = False
    """As of an answer."""


@dataclass(frozen=True, slots=True)
class AnswerWithdrawn(Fact):
    """Somebody takes back what they answered: RALAT or BATAL.

    Attributes:
        instead: what they say now; None leaves the question open.
        remark: as of an answer.
    """

    stage: str
    visit: int
    person: Person
    text: str
    mail: str = ""
    instead: AnswerGiven | None = None
    received: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Objected(Fact):
    """Somebody opposes or doubts what they answered, in answer to our note of it, and does not plainly take it back."""

    stage: str
    visit: int
    person: Person
    text: str
    mail: str = ""


@dataclass(frozen=True, slots=True)
class OrderAdded(Fact):
    """Somebody adds an order to what they answered, in answer to our note of it, and says nothing else.

    `directions`: the order, in their words; `caution`: as of an answer.
    """

    stage: str
    visit: int
    person: Person
    text: str
    directions: str
    mail: str = ""
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Delegated(Fact):
    """Somebody leaves a decision to another. `to`: ids of whom the directory knows by that name; `said`: as written."""

    stage: str
    visit: int
    person: Person
    to: tuple[str, ...]
    said: str
    text: str = ""
    mail: str = ""
    received: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class AwayNow(Fact):
    """A machine answers for somebody who is absent. `named`: ids of whom its text names as a substitute."""

    stage: str
    visit: int
    person: str
    named: tuple[str, ...] = ()
    mail: str = ""


@dataclass(frozen=True, slots=True)
class AnswerUntrusted(Fact):
    """An answer that may not count: wrong sender, forwarded, failed authentication."""

    stage: str
    sender: str
    reason: str
    text: str
    mail: str = ""
    named: str = ""
    """Id of the official whose name was used: told at the registered address."""


@dataclass(frozen=True, slots=True)
class FollowedUp(Fact):
    """A later mail of the OPD in the same matter. `report` has the fields that it answers."""

    sender: str
    text: str
    mail: str = ""
    report: Report = NOTHING
    not_over: bool = False
    """It says that the outage of the ended incident is not over, in the reporter's name and without proof."""


@dataclass(frozen=True, slots=True)
class ReadAgain(Fact):
    """What could not be read when the report came in has been read since.

    Attributes:
        report: fields that became known; they fill what is missing.
        better: fields that are said better now; they replace what is there.
    """

    report: Report = NOTHING
    better: Report = NOTHING


@dataclass(frozen=True, slots=True)
class CardCorrected(Fact):
    """Somebody who may mends the card (KOREKSI); whether they may is asked before.

    Attributes:
        report: the fields that are to stand on it.
        not_applied, via, like: as of `events.Corrected`.
        then: what the same mail says besides.
    """

    person: Person
    report: Report
    not_applied: tuple[NotApplied, ...] = ()
    mail: str = ""
    via: str = ""
    like: tuple[Similar, ...] | None = None
    then: Fact | None = None


@dataclass(frozen=True, slots=True)
class Undelivered(Fact):
    """A mail of ours did not reach somebody.

    Attributes:
        key, to, reason: which mail, which address, what the server said.
        mail: the bounce that told us of it; "" when the server refused at once.
        template, person, stage, visit, asks: what the mail was, as in `Outgoing`.
    """

    key: MailKey
    to: str
    reason: str
    mail: str = ""
    template: str = ""
    person: Addressee = NOBODY
    stage: str = ""
    visit: int = 0
    asks: bool = False


@dataclass(frozen=True, slots=True)
class LinkedTo(Fact):
    """Helpdesk says that this incident is the same outage as incident `to`, reported by `opd`."""

    to: str
    opd: str
    person: Person
    text: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class TookIn(Fact):
    """The other side of `LinkedTo`: incident `number`, its report and the mail it began with (`letter`)."""

    number: str
    report: Report
    letter: str
    person: Person
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Unlinked(Fact):
    """Helpdesk takes a link back."""

    person: Person
    text: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class LetGo(Fact):
    """The other side of `Unlinked`."""

    number: str
    person: Person
    mail: str = ""


@dataclass(frozen=True, slots=True)
class EndedWith(Fact):
    """The incident this one is linked to has ended."""

    outcome: str


@dataclass(frozen=True, slots=True)
class ContinuedAs(Fact):
    """The outage of this ended incident is worked on again, as incident `number`."""

    number: str
    mail: str = ""
    reopened: Reopening | None = None


@dataclass(frozen=True, slots=True)
class TimePassed(Fact):
    """Nothing came; only the clock went on.

    Attributes:
        reminded: ids of officials whom a reminder about another incident tells of this one, too.
    """

    reminded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PeopleChanged(Fact):
    """The directory names other people than before, or a mandate or a duty began or ended."""
