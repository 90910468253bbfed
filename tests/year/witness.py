"""What is true of the world, whatever the house makes of it: who wrote what and meant what. The checks judge by it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import Engine

from sop.people import Directory


class Kind(StrEnum):
    """What a mail to the office is, in truth."""

    LETTER = "letter"
    """Reports an emergency: an incident must come of it, or it must be a later word on one."""
    ROUTINE = "routine"
    """A letter about something else: request, invitation, question."""
    ANSWER = "answer"
    """From somebody who was asked, in an answer to the mail that asked."""
    RETRACTION = "retraction"
    """RALAT, BATAL, or the same in other words, of somebody who has answered."""
    ORDER = "order"
    """Of Helpdesk, about a letter that was set apart or a link: DARURAT, ABAIKAN, PISAHKAN, GABUNG."""
    COURTESY = "courtesy"
    """An official's reply to a mail that asks for nothing; decides nothing."""
    AWAY = "away"
    """A machine's reply: out of office."""
    THANKS = "thanks"
    ADDS = "adds"
    """More about an outage, from whoever reported it."""
    NOT_OVER = "not over"
    """BELUM: the reporter says after the end that it goes on."""
    BOUNCE = "bounce"
    DELAY = "delay"
    """A server says that a mail of ours has not reached its reader yet, and that it goes on trying."""
    RECEIPT = "receipt"
    """A read receipt."""
    FORGED = "forged"
    """In an official's name, of somebody else; the receiving server says so."""
    STRANGER = "stranger"
    """Somebody nobody here knows, with a number or a token that is not theirs."""
    FORWARDED = "forwarded"
    """An official's request, sent on by somebody who was not asked."""
    LIST = "list"
    SPAM = "spam"
    LOOP = "loop"
    """Our own mail, come back, or a machine that answers machines."""
    FLOOD = "flood"
    """One of very many of one sender."""


DECIDES = frozenset({Kind.ANSWER, Kind.RETRACTION, Kind.ORDER})
"""Mails that may decide something; no other does, whatever it says."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a mail says of one of the incidents that it answers together; `label` and `group` as of `Said`."""

    label: str
    group: str
    stage: str
    visit: int


@dataclass(slots=True)
class Said:
    """A mail to the office, and what it truly means.

    Attributes:
        sender: the address it comes from, or claims to come from, in lower case.
        at: when it was sent (aware, by the world's true clock).
        genuine: the sender is who the mail says; the receiving server's DMARC verdict agrees.
        words: the text as its author wrote it.
        label: the decision that a careful secretary would note (`ya`, `teruskan`, …); "" where there is none, a
            trailing "?" where asking back is right, too; "-" where only asking back is right.
        group: which question the words answer (`analisis`, `penerusan`, …); "" where none.
        incident, stage, visit: what the mail it answers was about; "" and 0 where nothing.
        person: the code of whoever truly wrote, as the directory has them; "" for outsiders.
        asked_of: the code of whoever the answered mail was addressed to.
        arrived: how often it came in.
        together: by incident what it says of each, where it answers a reminder that named several.
    """

    kind: Kind
    sender: str
    at: datetime
    genuine: bool = True
    words: str = ""
    label: str = ""
    group: str = ""
    incident: str = ""
    stage: str = ""
    visit: int = 0
    person: str = ""
    asked_of: str = ""
    arrived: int = 0
    together: dict[str, Part] = field(default_factory=dict)

    def of(self, incident: str) -> Part:
        """What it says of this incident; of one that it does not answer, what it says of its own."""
        own = Part(self.label, self.group, self.stage, self.visit) if incident == self.incident else None
        return self.together.get(incident) or own or Part("", "", "", 0)


class Answer(StrEnum):
    """What came of offering a mail to the server."""

    LATER = "later"
    """4yz: passing trouble."""
    NEVER = "never"
    """5yz: refused for good."""
    DOT = "dot"
    """The final dot came next: it was taken, or nobody knows."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A mail of ours was offered to the server, when work had been broken off `interruptions` times."""

    message_id: str
    answer: Answer
    interruptions: int


@dataclass(frozen=True, slots=True)
class InForce:
    """A directory, and since when (aware, the world's true clock) the file says so."""

    since: datetime
    directory: Directory


@dataclass(slots=True)
class Truth:
    """What the world keeps account of.

    Attributes:
        said: every mail to the office by its identity (`inbox.identity.mail_identity`).
        directories: oldest first.
        taken: how often the server took a mail of ours to one recipient, by Message-ID.
        handed_over: the Message-IDs in the order in which the server took them.
        offers: what was offered to it, and how it answered, in that order.
        set_back, set_forward: whether the machine's clock ever jumped so.
    """

    said: dict[str, Said] = field(default_factory=dict)
    directories: list[InForce] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    handed_over: list[str] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    set_back: bool = False
    set_forward: bool = False


class Scene(Protocol):
    """What a check can look at: the truth, and what lasts of the house when its process dies."""

    truth: Truth

    @property
    def engine(self) -> Engine:
        """Where the journal is."""

    @property
    def interruptions(self) -> int:
        """How often the work of a desk has been broken off, or another has taken its turn in between."""

    def now(self) -> datetime:
        """What the machine's clock says (aware)."""

    def true_now(self) -> datetime:
        """What time it really is (aware)."""

    def archived(self, sha256: str) -> bytes:
        """Bytes of the archive. Raises: KeyError."""

    def follows(self) -> bool:
        """Whether the house has taken notice of who serves now."""

    def mail_waits(self) -> bool:
        """Whether mail stands in a mailbox that the house has not looked at yet."""


class Check(Protocol):
    """One family of invariants; keeps in memory what it has seen, and looks only at what is new."""

    def after_turn(self, *, whole: bool) -> None:
        """Look. `whole`: the turn was ended neither by a crash nor by a fault. Raises: Broken."""

    def at_the_end(self) -> None:
        """Look once more, when all faults have stopped and every incident should have ended. Raises: Broken."""


class Broken(AssertionError):
    """An invariant does not hold. `name` says which, in a few words that stay the same from case to case."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name = name


@dataclass(slots=True)
class Notes:
    """What is no breach and still worth counting, each with one example."""

    count: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, name: str, example: str) -> None:
        self.count[name] += 1
        self.examples.setdefault(name, example)
