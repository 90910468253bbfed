"""How a life is to be: how long, how busy, with which faults. A seed and a plan are all that a life depends on."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from random import Random


@dataclass(frozen=True, slots=True)
class Plan:
    """Attributes:
    days: of the world, before the fair days in which every incident must come to its end.
    letters: of the offices on a working day.
    storms, storm_letters: how many outages meet very many offices at once, and how many letters each brings.
    strays: mails a day of whoever else writes.
    oral: a day, reports by telephone, and answers that an admin notes.
    floods: how often one sender writes very often.
    edits: how often a week the directory is edited.
    faults: whether machines fail.
    crash_every: operations between two crashes, on average; 0 for none.
    crash_at: the process dies at just this operation, counted from the first; 0 for at none.
    desks: how many processes work on the one journal.
    paint_hours: between two drawings of workbook and papers.
    real_papers: papers are printed.
    new_procedure: in the middle the procedure gets a new version.
    silent: roles that answer nothing.
    """

    days: float = 7.0
    letters: float = 8.0
    storms: int = 1
    storm_letters: int = 30
    strays: float = 6.0
    oral: float = 1.0
    floods: int = 1
    edits: float = 4.0
    faults: bool = True
    crash_every: int = 20_000
    crash_at: int = 0
    desks: int = 1
    paint_hours: float = 24.0
    real_papers: bool = False
    new_procedure: bool = False
    silent: tuple[str, ...] = ()

    def as_options(self, usual: Plan) -> str:
        """What tells this plan from another, as `tests.year.run` takes it: "letters=2.5 desks=2"."""
        return " ".join(
            f"{field.name}={','.join(value) if isinstance(value, tuple) else value}"
            for field in fields(self)
            if (value := getattr(self, field.name)) != getattr(usual, field.name)
        )

    def with_options(self, options: list[str]) -> Plan:
        """As `as_options` writes them. Raises: ValueError for what is no option."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        said: dict[str, object] = {}
        for option in options:
            name, _, text = option.partition("=")
            if name not in known:
                raise ValueError(f"{name} is none of {', '.join(known)}")
            said[name] = _value(known[name], text)
        return replace(self, **said)  # type: ignore[arg-type]


def drawn(seed: int, days: float) -> Plan:
    """The plan of one of very many lives: each has something of its own."""
    rng = Random(f"{seed} plan")
    return Plan(
        days=days,
        letters=rng.choice((4.0, 8.0, 16.0)),
        storms=rng.choice((0, 1, 1, 2)) if days >= 2 else rng.choice((0, 0, 1)),
        storm_letters=rng.choice((8, 30)),
        strays=rng.choice((3.0, 8.0, 20.0)),
        oral=rng.choice((0.0, 1.0, 4.0)),
        floods=rng.choice((0, 1)),
        edits=rng.choice((2.0, 10.0, 60.0)),
        faults=rng.random() < 0.85,
        crash_every=rng.choice((0, 500, 3_000, 20_000)),
        desks=rng.choice((1, 1, 1, 2)),
        paint_hours=rng.choice((6.0, 24.0)),
        real_papers=rng.random() < 0.05,
        new_procedure=rng.random() < 0.3,
        silent=rng.choice(((), (), (), (), ("kabid",), ("helpdesk",), ("koordinator", "kadis"), ("tim_teknis",))),
    )


def _value(now: object, text: str) -> object:
    if isinstance(now, bool):
        return text == "True"
    if isinstance(now, tuple):
        return tuple(text.split(",")) if text else ()
    return type(now)(text)  # type: ignore[call-arg]
