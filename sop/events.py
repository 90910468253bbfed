"""What can happen to an incident. Events are facts: appended, never changed.

Each kind of event has a type that says what it holds; its fields are named as the journal keeps them
(`sop/event_codec.py`). A field with a default may be missing in journals of before it was noted; one that may be None
is only written where there is something to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sop.codec import Json
from sop.details import NO_DETAILS, Details
from sop.facts import Reopening
from sop.likeness import Similar
from sop.report import NOTHING, NotApplied, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What an event says. `kind`: its name in the journal; `others`: what another version of ours wrote besides."""

    kind: ClassVar[str]
    others: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByOfficial(Data):
    """An official said it. `person`: id; `mail`: id of the mail that holds their words."""

    person: str = ""
    name: str = ""
    title: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Reported(Data):
    """A report came in.

    Attributes:
        received: aware; when it came in.
        procedure, version: by which it is worked.
        like: open incidents that may be the same outage.
        continues: the ended incident whose outage it is, and `reopened` who had it begin again.
    """

    kind = "reported"
    channel: str
    received: datetime
    report: Report
    procedure: str
    version: int
    mail: str = ""
    like: tuple[Similar, ...] | None = None
    continues: str | None = None
    reopened: Reopening | None = None


@dataclass(frozen=True, slots=True)
class FollowedUp(Data):
    """A later mail of the OPD in the same matter.

    Attributes:
        report: what became known by it.
        reporter_asked: they are asked if it is theirs.
    """

    kind = "followed_up"
    mail: str = ""
    sender: str = ""
    text: str = ""
    report: Report = NOTHING
    reporter_asked: bool | None = None


@dataclass(frozen=True, slots=True)
class Enriched(Data):
    """What became known when what was attached could be read at last."""

    kind = "enriched"
    report: Report


@dataclass(frozen=True, slots=True)
class Corrected(ByOfficial):
    """Somebody who may has mended the card.

    Attributes:
        report: what was said of the card; `before`: what stood there in these fields.
        not_applied: what was said besides and could not be carried out.
        via: by which way it was entered, where not by a mail; then `person` is "", and `name` whoever entered it.
        like: open incidents that may be the same outage, now that more is known.
    """

    kind = "corrected"
    report: Report = NOTHING
    before: Report = NOTHING
    not_applied: tuple[NotApplied, ...] = ()
    via: str | None = None
    like: tuple[Similar, ...] | None = None


@dataclass(frozen=True, slots=True)
class StageStarted(Data):
    """`visit`: 1, 2, … for the same stage; `note`: why it came back, if it did."""

    kind = "stage_started"
    stage: str
    visit: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked(Data):
    """From now on `person` (id) may answer this visit.

    Attributes:
        title: as it stands under a paper; so is `nip`, and the surat perintah of a deputy (`mandate`).
    """

    kind = "asked"
    stage: str
    visit: int
    person: str
    name: str
    title: str
    role: str
    capacity: str
    reason: str = ""
    nip: str | None = None
    mandate: str | None = None


@dataclass(frozen=True, slots=True)
class Released(Data):
    """Somebody is no longer waited for."""

    kind = "released"
    stage: str
    visit: int
    person: str
    role: str = ""
    reason: str = ""


class Held(StrEnum):
    """Why a rung that writes to people wrote to nobody."""

    QUIET = "jam_tenang"
    """Nobody is reminded in the quiet hours of their role."""
    TOLD_WITH_ANOTHER = "bersama_lain"
    """A reminder of another incident, of a moment before, had told them."""
    NOBODY = "tidak_ada"


@dataclass(frozen=True, slots=True)
class LadderClimbed(Data):
    """`rung`: its index; `times`: for a repeating rung; `action`: a `RungAction`.

    `held`: why nobody was written to, where nobody was; a `Held`.
    """

    kind = "ladder_climbed"
    stage: str
    visit: int
    rung: int
    times: int
    action: str
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Words(ByOfficial):
    """Words of an official on a visit of a stage."""

    stage: str
    visit: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answer(Words):
    """A valid answer. `via`: "email", or who wrote it down; `caution`: what its author is told along with it.

    `together`: the same mail answers other incidents as well, and its author is told of all of them at once.
    """

    decision: str = ""
    capacity: str = ""
    details: Details = NO_DETAILS
    via: str = ""
    caution: str = ""
    together: bool | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Answered(Answer):
    """It ended the visit. `received`: when it came in (aware), where it had to wait for the desk."""

    kind = "answered"
    received: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded(Answer):
    """It leaves the stage waiting (progress)."""

    kind = "recorded"


@dataclass(frozen=True, slots=True)
class Extended(Answer):
    """The stage got more time."""

    kind = "extended"
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Proposed(Words):
    """It looks like an answer; its author's OK to the mail `key` makes it one."""

    kind = "proposed"
    decision: str = ""
    details: Details = NO_DETAILS
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredAfterEnd(Answer):
    """It came when the incident had ended, and counts: the end is `outcome` because of it.

    Attributes:
        with_incident: where this one ended together with another, that other one; then nobody answered here.
    """

    kind = "answered_after_end"
    outcome: str = ""
    with_incident: str | None = None


@dataclass(frozen=True, slots=True)
class Late(Words):
    """An answer to what has been decided already. Words that decided nothing have a `decision` too, and no more.

    Attributes:
        remark: what of it is told to whoever holds the incident now.
    """

    kind = "late"
    decision: str = ""
    capacity: str | None = None
    details: Details | None = None
    via: str | None = None
    caution: str | None = None
    remark: str | None = None
    together: bool | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Reassigned(Words):
    """Another team takes over from a silent one: `people` (ids), `said` as written."""

    kind = "reassigned"
    people: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Unclear(Words):
    """An answer that could not be understood for certain. `remark`: what of it was told others all the same."""

    kind = "unclear"
    understood: str = ""
    question: bool = False
    remark: str | None = None
    together: bool | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Withdrawn(Words):
    """An answer that had been given is taken back."""

    kind = "withdrawn"


@dataclass(frozen=True, slots=True)
class Objected(Words):
    """Whoever answered speaks against what was recorded, or doubts it, but does not take it back."""

    kind = "objected"


@dataclass(frozen=True, slots=True)
class OrderAdded(Words):
    """Whoever answered adds an order, `directions`, which leaves the answer as it is. `caution`: as of `Answer`."""

    kind = "order_added"
    directions: str = ""
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Delegated(Words):
    """A decision is left to somebody else: `to` (ids), `said` as written."""

    kind = "delegated"
    to: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Remarked(ByOfficial):
    """Words of an official who is not asked; they decide nothing."""

    kind = "remarked"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Away(ByOfficial):
    """A machine answered for somebody who is absent."""

    kind = "away"
    stage: str
    visit: int


@dataclass(frozen=True, slots=True)
class Untrusted(Data):
    """An answer by somebody who may not give it. `named`: id of the official in whose name."""

    kind = "untrusted"
    stage: str
    sender: str
    reason: str = ""
    text: str = ""
    mail: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class SystemActed(Data):
    """The end of the ladder was reached and the system went on by itself."""

    kind = "system_acted"
    stage: str
    visit: int
    decision: str


@dataclass(frozen=True, slots=True)
class Undelivered(Data):
    """The mail `key` could not be delivered to the address `to`; `asks`: whether it asked for an answer."""

    kind = "undelivered"
    key: str
    to: str
    reason: str
    mail: str = ""
    person: str = ""
    stage: str = ""
    visit: int = 0
    asks: bool = False


@dataclass(frozen=True, slots=True)
class ClockSetBack(Data):
    """The machine's clock has been set back by about `seconds`; what lies ahead of it now began earlier."""

    kind = "clock_set_back"
    seconds: float


@dataclass(frozen=True, slots=True)
class Linked(ByOfficial):
    """It is the same outage as incident `to`, and is worked there."""

    kind = "linked"
    to: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unlinked(ByOfficial):
    """The link to `to` was wrong."""

    kind = "unlinked"
    to: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TookIn(ByOfficial):
    """The other side of `Linked`. `report`: opd, hal, pengirim, jabatan, email, lokasi; `letter`: its mail."""

    kind = "took_in"
    incident: str
    report: Report
    letter: str = ""


@dataclass(frozen=True, slots=True)
class LetGo(ByOfficial):
    """The other side of `Unlinked`."""

    kind = "let_go"
    incident: str


@dataclass(frozen=True, slots=True)
class Continued(Data):
    """The outage was not over; it is worked on as `incident`."""

    kind = "continued"
    incident: str
    mail: str = ""
    reopened: Reopening | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role, as they stand under a paper."""

    role: str
    person: str
    name: str
    title: str
    nip: str | None = None


@dataclass(frozen=True, slots=True)
class Closed(Data):
    """It has ended.

    Attributes:
        with_incident: where it ended together with the one it was linked to.
        holders: of roles in which nobody was ever asked: they may stand on its papers too.
    """

    kind = "closed"
    outcome: str
    with_incident: str | None = None
    holders: tuple[Holder, ...] | None = None


KINDS: Mapping[str, type[Data]] = {
    said.kind: said
    for said in list(vars().values())
    if isinstance(said, type) and issubclass(said, Data) and hasattr(said, "kind")
}
"""What an event can say, by the name of its kind."""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact about one incident.

    Attributes:
        seq: 1, 2, 3, … within the incident.
        at: aware; when it was recorded.
        mails: keys of the mails that it and those recorded with it brought about.
        also_reminded: of each reminder among them, which other incidents it named, with the number of their newest
            event then.
    """

    seq: int
    at: datetime
    data: Data
    mails: tuple[str, ...] = ()
    also_reminded: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an event needs an aware time")

    @property
    def kind(self) -> str:
        return self.data.kind
