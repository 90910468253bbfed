"""How well the house reads: no breach, and still worth counting."""

from __future__ import annotations

from dataclasses import dataclass

from tests.year.checks.chronicle import Chronicle
from tests.year.checks.rows import MailIn
from tests.year.checks.second_reading import rules
from tests.year.witness import Kind, Said

ASKED_BACK = "jawaban belum jelas"


@dataclass(slots=True)
class Meaning:
    """What each kind of mail became, and what was clear and not understood."""

    told: Chronicle

    def after_turn(self, *, whole: bool) -> None:
        for mail in self.told.rows.settled:
            said = self.told.truth.said.get(mail.id)
            if said is not None:
                self._note(said, mail)

    def at_the_end(self) -> None:
        self.after_turn(whole=True)

    def _note(self, said: Said, mail: MailIn) -> None:
        became = mail.became or mail.state
        self.told.notes.note(f"{said.kind} became {became}", f"{said.label} {said.words[:80]!r} of {said.sender}")
        stage = rules().stages.get(said.stage)
        clear = said.kind is Kind.ANSWER and said.genuine and stage is not None and said.label in stage.decisions
        if clear and became == ASKED_BACK:
            self.told.notes.note("clear and not understood", f"{said.stage} {said.label} {said.words!r}")
