"""Several OPD report one outage: one incident is worked, the others are linked to it and end with it.

A link is two facts, one in each incident, written in one transaction; either can be followed back from the other.
"""

from __future__ import annotations

from sop.beside import by
from sop.events import Kind
from sop.facts import EndedWith, LetGo, LinkedTo, TookIn, Unlinked
from sop.verdict import Drafting


class Linking(Drafting):
    """What linking means to the incident that is worked, and to the one that is not worked any more."""

    def linking(self, fact: LinkedTo | TookIn | Unlinked | LetGo | EndedWith) -> bool:
        """Returns whether the incident must be worked again from its first stage."""
        match fact:
            case LinkedTo():
                self.link(fact)
            case TookIn():
                self.take_in(fact)
            case Unlinked():
                return self.unlink(fact)
            case LetGo():
                self.let_go(fact)
            case EndedWith():
                self.end_with(fact)
        return False

    def link(self, fact: LinkedTo) -> None:
        """This incident is worked as part of `fact.to` from now on: nobody is waited for in it."""
        if self.incident.outcome or self.incident.linked_to or self.incident.joined:
            return
        visit = self.incident.current
        self.record(Kind.LINKED, to=fact.to, text=fact.text, mail=fact.mail, **by(fact.person))
        extra = {"induk": fact.to, "opd_induk": fact.opd}
        for person in self.reporters():
            self.tell(person, "digabung", "digabung", fact.mail, extra=extra)
        self.tell(fact.person.id, "gabung_dicatat", "gabung-dicatat", fact.mail, extra=extra)
        for asked in dict.fromkeys(asked.person for asked in visit.asked) if visit else ():
            if asked != fact.person.id:
                self.tell(asked, "gabung_dicatat", "gabung-dikabarkan", fact.mail, extra=extra)

    def unlink(self, fact: Unlinked) -> bool:
        """The link was wrong. True when this incident must be worked again by itself."""
        if self.incident.outcome or not self.incident.linked_to:
            return False
        extra = {"induk": self.incident.linked_to}
        self.record(Kind.UNLINKED, to=self.incident.linked_to, text=fact.text, mail=fact.mail, **by(fact.person))
        for person in self.reporters():
            self.tell(person, "dipisahkan", "dipisahkan", fact.mail, extra=extra)
        return True

    def take_in(self, fact: TookIn) -> None:
        """Another report is worked as part of this incident; its reporter gets what ours gets."""
        if self.incident.outcome or self.incident.linked_to:
            return  # what were linked to it would never be worked
        if any(other.number == fact.number for other in self.incident.joined):
            return
        kept = {name: fact.report.get(name) or "" for name in ("opd", "hal", "pengirim", "jabatan", "email", "lokasi")}
        self.record(
            Kind.TOOK_IN, incident=fact.number, report=kept, letter=fact.letter, mail=fact.mail, **by(fact.person)
        )
        extra = {"nomor_lain": fact.number, "opd_lain": kept["opd"], "hal_lain": kept["hal"]}
        self.tell_whoever_works("ada_gabungan", "gabungan", fact.mail, extra)

    def let_go(self, fact: LetGo) -> None:
        """A report that was linked by mistake is worked by itself again."""
        if any(other.number == fact.number for other in self.incident.joined):
            self.record(Kind.LET_GO, incident=fact.number, mail=fact.mail, **by(fact.person))

    def end_with(self, fact: EndedWith) -> None:
        """The incident this one is linked to has ended; its letters told our reporter already."""
        if self.incident.linked_to and not self.incident.outcome:
            self.record(Kind.CLOSED, outcome=fact.outcome, with_incident=self.incident.linked_to)
