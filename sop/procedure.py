"""The procedure as values: steps of the SOP, the stages in which somebody is waited for, and their ladders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

REPORTER = "pelapor"
"""Whoever reported: the OPD's PIC. Everybody else is a role of the procedure."""

DEPUTY = "wakil"
"""In a ladder: the Plh/Plt of whoever is waited for."""


class Effect(StrEnum):
    """What a valid answer does."""

    ADVANCE = "lanjut"
    CLOSE = "tutup"
    RETURN = "kembali"
    RECORD = "catat"
    EXTEND = "perpanjang"


class RungAction(StrEnum):
    """What happens when a stage has not been answered in time."""

    REMIND = "ingatkan"
    ESCALATE = "alihkan"
    INFORM = "kabari"
    AUTOMATIC = "otomatis"


@dataclass(frozen=True, slots=True)
class Notification:
    """A mail that only informs: template name, and to whom it goes (roles, or `REPORTER`)."""

    template: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer a stage accepts. `target` is a stage (advance, return) or an outcome (close)."""

    decision: str
    effect: Effect
    target: str = ""
    inform: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder: `after` counts from the start of the stage; `repeat` only on the last rung."""

    after: timedelta
    action: RungAction
    to: tuple[str, ...] = ()
    reply: Reply | None = None
    repeat: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One wait for one role. `label` is how people call it."""

    name: str
    label: str
    step: int
    role: str
    template: str
    allowance: timedelta
    replies: tuple[Reply, ...]
    ladder: tuple[Rung, ...]
    copy_to: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    on_start: tuple[Notification, ...] = ()
    assigned: bool = False

    def reply(self, decision: str) -> Reply | None:
        return next((reply for reply in self.replies if reply.decision == decision), None)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the SOP's table."""

    number: int
    activity: str
    short: str
    roles: tuple[str, ...]
    requisites: tuple[str, ...]
    allowance: timedelta
    output: str
    stages: tuple[Stage, ...] = ()
    mails: tuple[Notification, ...] = ()


@dataclass(frozen=True, slots=True)
class Afterwards:
    """An answer that still counts when an incident has ended: `decision` in `stage` makes the end `outcome`."""

    stage: str
    decision: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an incident can end. `afterwards`: what may still come, and what it makes of the end."""

    name: str
    label: str
    mails: tuple[Notification, ...] = ()
    afterwards: tuple[Afterwards, ...] = ()

    def after(self, stage: str, decision: str) -> Afterwards | None:
        """What an answer that comes after this end still does, if anything."""
        return next((one for one in self.afterwards if (one.stage, one.decision) == (stage, decision)), None)


@dataclass(frozen=True, slots=True)
class NotBack:
    """What happens when the reporter says after the end that the outage is not over.

    Attributes:
        within: so long after the end it is worked on again.
        outcomes: the ends after which it may be.
        inform: roles that are told.
    """

    within: timedelta
    outcomes: tuple[str, ...]
    inform: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    """A whole SOP. `text` is the file it was read from, which an incident pins (DESIGN: decision 3).

    Attributes:
        merge_reminders: reminders to one person that fall within so long of each other are one mail; zero: never.
        not_back: None where the reporter has no last word.
        directions: roles that are told at once of what an official orders beside an answer.
    """

    code: str
    name: str
    version: int
    basis: str
    prefix: str
    roles: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]
    text: str = ""
    merge_reminders: timedelta = timedelta()
    not_back: NotBack | None = None
    directions: tuple[str, ...] = ()

    def stages(self) -> Iterator[Stage]:
        for step in self.steps:
            yield from step.stages

    def stage(self, name: str) -> Stage:
        for stage in self.stages():
            if stage.name == name:
                return stage
        raise KeyError(f"procedure {self.code} has no stage {name!r}")

    def assigns(self, stage: Stage) -> tuple[str, ...]:
        """The decisions that name a team for `stage`, where it waits for an assigned one."""
        if not stage.assigned:
            return ()
        replies = (reply for other in self.stages() for reply in other.replies)
        return tuple(dict.fromkeys(reply.decision for reply in replies if reply.target == stage.name))

    def first_stage(self) -> Stage:
        return next(self.stages())

    def step(self, number: int) -> Step:
        return next(step for step in self.steps if step.number == number)

    def outcome(self, name: str) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.name == name)

    def role_label(self, role: str) -> str:
        return "PIC/OPD" if role == REPORTER else dict(self.roles).get(role, role)

    def templates(self) -> set[str]:
        """Every mail the procedure can ask for: each must exist in `templates/mail`."""
        names = {stage.template for stage in self.stages()}
        for step in self.steps:
            names |= {mail.template for mail in step.mails}
            names |= {mail.template for stage in step.stages for mail in stage.on_start}
        return names | {mail.template for outcome in self.outcomes for mail in outcome.mails}
