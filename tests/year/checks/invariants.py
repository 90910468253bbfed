"""The names of what is held, each with what it means: a broken one is told by its name."""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn

from tests.year.witness import Broken


class Invariant(StrEnum):
    """What must hold. The value is how a breach is called; it stays the same from case to case."""

    # What came in (checks/incoming.py)
    NO_RECORD = "a mail without a record"
    """Every mail that arrived stands in the ledger."""
    RECORD_OF_NOTHING = "a record of no mail"
    """The ledger has no mail that nobody wrote."""
    STAYS_UNREAD = "a mail stays unread"
    """After a whole turn no mail waits to be acted on."""
    BROKE_READING = "a mail broke the reading"
    """No mail makes a handler fail."""
    NO_END = "a mail without an end"
    """It says of every mail what became of it."""
    NOT_TOLD_OF = "a mail that no event tells of"
    """What became a word in an incident stands in its story."""
    SILENT_END = "a mail ended in silence"
    """What no incident took up was shown to Helpdesk, by itself or in a list."""
    NEVER_LISTED = "set apart and never listed"
    """What was set apart is listed within a day."""
    EMERGENCY_LOST = "an emergency was not opened"
    """A letter that reports an emergency opens an incident, is a word in one, or is shown to Helpdesk."""

    # Who may decide (checks/authority.py)
    BY_NO_MAIL = "decided by no mail"
    """Every decision is traced to a mail that was written, or to what an admin wrote down."""
    BY_WRONG_MAIL = "decided by a mail that may not decide"
    """That mail is an answer, a retraction or an order, and genuine."""
    IN_ANOTHERS_NAME = "decided in another's name"
    """Whoever wrote it spoke for that person by a directory in force then."""
    MANDATE_OVER = "decided outside a mandate"
    """A deputy decides on the days of their mandate."""
    OF_ANOTHER_MATTER = "decided in another matter"
    """It was about that incident, stage and visit."""
    BY_ONE_NOT_ASKED = "decided by one who was not asked"
    """Nobody decides who was not asked in that visit when the mail came in."""
    WRONG_ROLE = "ordered by one who is not Helpdesk"
    """Links are made and undone, and ended work is begun again, by whoever may."""
    ONE_SIDED_LINK = "a link of one side"
    """A link stands in both incidents, and is undone in both."""
    MISREAD = "misread"
    """What is clear beyond doubt is not recorded as another decision."""

    # Step by step (checks/steps.py)
    STEP_SKIPPED = "a step was skipped"
    """A stage is begun only where the procedure leads to it."""
    STEP_TWICE = "a step was done twice"
    """Visits are counted, nobody is asked twice in one, no rung is taken twice, nothing goes on twice."""
    ENDED_WRONGLY = "ended as nobody said"
    """An incident ends by the answer that ends it, by its last rung, or with the one it is linked to."""
    AFTER_THE_END = "acted after the end"
    """What has ended, or is worked elsewhere, is acted on no more."""
    NOT_WAITING = "decided what does not wait"
    """Only the visit that waits is decided, asked about, extended, climbed."""
    UNKNOWN_DECISION = "a decision unknown to the stage"
    """The stage offers what was decided."""
    WRONG_EFFECT = "a decision of another effect"
    """What only reports or extends does not end the wait, and the other way round."""
    SYSTEM_DECIDED = "the system decided a deciding step"
    """The system goes on only where the ladder says so, as it says."""
    TOO_EARLY = "a rung before its time"
    """No rung is taken before it is due, but to pass by somebody who cannot be reached."""
    WRONG_RUNG = "a rung the ladder does not have"
    """The rung that was taken does what the procedure says of it."""
    RELEASED_NOBODY = "released one who was not asked"
    """Whoever is released was asked."""
    NOT_THEIRS = "taken back what somebody else decided"
    """Only the last answer is taken back, by whoever gave it."""

    # What goes out (checks/outgoing.py)
    ASKED_TWICE = "asked twice by mail"
    """One request a visit and person, and one more for each time they were released and asked anew."""
    SENT_TWICE = "sent twice"
    """A server takes a mail once (after a clock set forward: noted, no breach)."""
    SENT_UNKNOWN = "sent what was never queued"
    """Whatever goes out stands in the queue."""
    OUT_OF_ORDER = "out of order"
    """A reader gets the mails of one incident in their order."""
    MAIL_MISSING = "a decided mail is missing"
    """What an event says it caused stands in the queue."""
    CAUSELESS = "a mail that nothing caused"
    """Every mail of an incident is named by one of its events."""
    NOT_SENT = "said to be sent, and was not"
    """What counts as sent was taken by the server."""
    NEVER_SENT = "a mail was never sent"
    """In the end everything is sent, or Helpdesk has been told that it cannot be."""

    # Who is waited for (checks/waits.py)
    NOBODY_WAITS = "nobody waits for it"
    """What is open waits for somebody, here or where it is linked to."""
    NO_DEADLINE = "no deadline"
    """What waits has a next deadline."""
    WRONG_DEADLINE = "a wrong deadline"
    """It is the one that the ladder gives."""
    DEAD_DEADLINE = "a dead deadline"
    """It is acted on when it comes."""
    NOBODY_ASKED = "nobody is asked"
    """Somebody is asked who serves now, if there is anybody."""
    WAITS_FOR_ONE_WHO_LEFT = "one who left is waited for"
    """Whoever left, or whose mandate is over, is waited for no more."""
    ASKED_WITHOUT_MAIL = "asked without a mail"
    """Whoever is waited for was written to."""

    # Who knows (checks/reminding.py, checks/telling.py)
    NOT_REMINDED = "not reminded"
    """At each rung that reminds, whoever is asked gets a reminder, or has just been named this in another."""
    REMINDED_AT_NIGHT = "reminded in quiet hours"
    """Nobody is reminded in the quiet hours of their role."""
    REMINDED_FOR_NOTHING = "reminded of what does not wait"
    """A reminder comes of a rung, to somebody who is asked; so it is with whatever it names besides."""
    NOT_ESCALATED = "not escalated"
    """At a rung that escalates, deputies or the other role are asked."""
    NOT_INFORMED = "not informed of a delay"
    """At a rung that informs, those who hold the roles are told."""
    NO_RECEIPT = "no receipt"
    """The reporter gets a receipt."""
    NO_PROGRESS = "not told of the progress"
    """Progress, more time, and the beginning of the work are told as the procedure says."""
    NO_ACKNOWLEDGEMENT = "an answer was not acknowledged"
    """Whoever answered is told what was recorded."""
    NOT_TOLD_DECIDED = "not told that it is decided"
    """Whoever was asked beside them, or when the system went on, is told that it is decided."""
    NOT_TOLD_OF_END = "not told of the end"
    """Whoever is to know of the end does: its reporter, those of linked reports, the roles named."""
    NOT_TO_BE_WRITTEN_TO = "written to one who must not be"
    """No mail goes to a reporter whose report says that its address is not answered: a machine's, or a forged one."""

    # Clocks (checks/clocks.py)
    TIME_BACKWARDS = "time runs backwards"
    """Times of events only grow, but where the clock was set back and the story says so."""
    TIME_THAT_WAS_NOT = "a time that was not"
    """An event bears the time at which it was recorded."""
    STEP_CLOCK = "a step clock that cannot be"
    """A step is not answered before it began."""
    RECEIVED_TOO_SOON = "received before it was written"
    """The ledger has a mail no sooner than it was sent."""
    RECEIVED_OTHERWISE = "registered with another time"
    """The register has a report as received when the ledger does."""

    # The journal itself (checks/chain.py)
    CHAIN = "a broken chain"
    """Every event is chained to the one before by its hash, and its incident's row to the last."""
    ROW_DIFFERS = "the list says something else than the story"
    """An incident's row is what its events come to."""
    READINGS_DIFFER = "two readings differ"
    """The fold and the second reading of the same events agree."""

    # At the end (checks/ends.py)
    NO_OUTCOME = "no outcome"
    """In the end every incident has one."""
    OTHER_OUTCOME = "an outcome of its own"
    """What is linked ends as the incident it is linked to."""

    # What is drawn (checks/faces.py)
    FACES_DIFFER = "a face that differs"
    """Workbooks and papers drawn from nothing are those that were drawn along the way."""


def broken(name: Invariant, what: str) -> NoReturn:
    """Raises: Broken."""
    raise Broken(name.value, what)
