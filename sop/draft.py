"""One verdict as it is drawn up: what is recorded, who is asked and who is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from sop import events
from sop.addressee import Addressee
from sop.facts import AnswerGiven
from sop.fold import fold
from sop.incident import Incident, Visit
from sop.mail_key import MailKey, short_ref
from sop.mails import MailTemplate
from sop.people import WIB, Capacity, Directory, Person
from sop.procedure import REPORTER, Notification, Procedure, Reply, Stage
from sop.verdict import Outgoing, Said, Verdict

ASSIGN = "tugaskan_tim"
"""An offer with a team named; it stands for the stage's own answer."""


class Draft:
    """Draws up one verdict. Every event is applied at once, so that what follows sees it."""

    def __init__(self, procedure: Procedure, incident: Incident, directory: Directory, now: datetime) -> None:
        self.procedure, self.incident, self.directory, self.now = procedure, incident, directory, now
        self.events: list[events.Event] = []
        self.mails: list[Outgoing] = []

    def verdict(self) -> Verdict:
        return Verdict(self.incident, tuple(self.events), tuple(self.mails))

    def record(self, data: events.Data) -> None:
        event = events.Event(self.incident.seq + 1, self.now, data)
        self.events.append(event)
        self.incident = fold(self.incident.number, [event], self.incident)

    def ask(self, stage: Stage, people: tuple[Person, ...], capacity: Capacity, reason: str) -> None:
        """Ask those of `people` who have not been asked in this visit."""
        visit = self.incident.visits[-1]
        for person in dict.fromkeys(people):
            if visit.may_answer(person.id):
                continue
            self.record_asked(stage, visit.number, person, capacity.value, reason)
            back = sum(one.person == person.id for one in visit.released)  # whoever comes back is asked anew
            self.mails.append(
                Outgoing(
                    key=self.key(stage, visit.number, person.id, *([f"lagi-{back}"] if back else [])),
                    template=stage.template,
                    person=Addressee(person.id),
                    stage=stage.name,
                    visit=visit.number,
                    asks=True,
                    attachments=stage.attachments,
                    extra={"alasan": reason, "catatan": visit.note},
                    offers=self.teams_offered(stage),
                )
            )

    def record_asked(self, stage: Stage, visit: int, person: Person, capacity: str, reason: str) -> None:
        """From now on `person` may answer this visit."""
        official = (person.id, person.name, person.signature_title, person.role)
        papers = (person.nip or None, person.mandate or None)
        self.record(events.Asked(stage.name, visit, *official, capacity, reason, *papers))

    def record_closed(self, outcome: str, with_incident: str | None = None) -> None:
        """It has ended; of the roles in which nobody was asked it is noted who held them."""
        holders = []
        for role, _ in self.procedure.roles:
            if not self.incident.asked_in(role):
                first = self.directory.holders(role)[:1]
                holders += [
                    events.Holder(role, one.id, one.name, one.signature_title, one.nip or None) for one in first
                ]
        self.record(events.Closed(outcome, with_incident, tuple(holders) or None))

    def ask_again(self, stage: Stage, visit: Visit, person: str, times: int) -> None:
        self.mails.append(
            Outgoing(
                key=self.key(stage, visit.number, f"ingat-{visit.rungs + 1}-{times}", person),
                template=MailTemplate.REMINDER,
                person=Addressee(person),
                stage=stage.name,
                visit=visit.number,
                asks=True,
                offers=self.teams_offered(stage),
            )
        )

    def teams_offered(self, stage: Stage) -> tuple[str, ...]:
        """Where a stage assigns a team: each team of the directory as an answer of its own, so that a tap is enough."""
        targets = [reply.target for reply in stage.replies]
        assigned = [other for other in self.procedure.stages() if other.name in targets and other.assigned]
        return tuple(offer for other in assigned for offer in self.teams_for(other))

    def teams_for(self, stage: Stage, but: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Each team that could work in an assigned stage, as an offer; not those of which somebody is in `but`."""
        people = self.directory.holders(stage.role)
        busy = {person.unit for person in people if person.id in but}
        units = dict.fromkeys(person.unit for person in people if person.unit and person.unit not in busy)
        return tuple(f"{ASSIGN} Tim {unit[:1].upper()}{unit[1:]}" for unit in units)

    def copy(self, stage: Stage, visit: int, person: Person) -> None:
        self.mails.append(
            Outgoing(
                key=self.key(stage, visit, "tembusan", person.id),
                template=MailTemplate.COPY,
                person=Addressee(person.id),
                stage=stage.name,
                visit=visit,
                attachments=stage.attachments,
            )
        )

    def inform(
        self,
        notifications: tuple[Notification, ...],
        place: tuple[str, ...],
        stage: Stage | None = None,
        offers: tuple[str, ...] = (),
    ) -> None:
        """Mails that only inform, upon coming to `place`. `offers`: words that the reporters may answer with."""
        for told in notifications:
            for role in told.to:
                for person in self.addressees(role):
                    self.mails.append(
                        Outgoing(
                            key=MailKey.informing(self.incident.number, place, told.template, person),
                            template=told.template,
                            person=person,
                            stage=stage.name if stage else "",
                            visit=self.incident.visits[-1].number if stage else 0,
                            offers=offers if person.is_reporter else (),
                        )
                    )

    def relay(self, visit: Visit, reply: Reply, fact: AnswerGiven) -> None:
        extra = {
            "teks": fact.text,
            "dari": f"{fact.person.name}, {fact.person.signature_title}",
            "keputusan": fact.decision,
        }
        for role in reply.inform:
            for person in self.addressees(role):
                self.tell(person, MailTemplate.PROGRESS, fact.decision, fact.mail, visit=visit, extra=extra)

    def addressees(self, role: str) -> list[Addressee]:
        """Who is written to where the procedure names `role` (or `REPORTER`)."""
        if role == REPORTER:
            return self.reporters()
        return [Addressee(person.id) for person in self.directory.holders(role)]

    def reporters(self) -> list[Addressee]:
        """Whoever reported this outage: the first, and those whose reports were linked to it."""
        return [Addressee.reporter(), *(Addressee.reporter(other.incident) for other in self.incident.joined)]

    def tell_helpdesk(
        self, template: MailTemplate, what: str, ref: str, *, stage: str = "", extra: Mapping[str, Said], but: str = ""
    ) -> None:
        """Everybody who holds the role that sees everything odd, `but` one who is told otherwise."""
        people = [person for person in self.directory.holders(self.helpdesk()) if person.id != but]
        for person in people:
            self.tell(Addressee(person.id), template, what, ref, stage=stage, extra=extra)

    def tell_whoever_works(
        self,
        template: MailTemplate,
        what: str,
        ref: str,
        extra: Mapping[str, Said],
        offers: tuple[str, ...] = (),
        author: str = "",
        attachments: tuple[str, ...] = (),
    ) -> list[str]:
        """Whoever is asked now, and Helpdesk, to whom `offers` are made; not the `author`. Returns their ids."""
        stage = self.incident.current.stage if self.incident.current else ""
        told = {asked.person for asked in self.incident.current.asked} if self.incident.current else set()
        helpdesk = {person.id for person in self.directory.holders(self.helpdesk())}
        people = sorted((told | helpdesk) - {author})
        for person in people:
            offered = offers if person in helpdesk else ()
            self.tell(
                Addressee(person),
                template,
                what,
                ref,
                stage=stage,
                extra=extra,
                offers=offered,
                attachments=attachments,
            )
        return people

    def tell_the_others(self, visit: Visit, answered: Person) -> None:
        """First to act wins; whoever was asked beside them must not go on believing that they are waited for."""
        for person in dict.fromkeys(asked.person for asked in visit.asked):
            if person != answered.id:
                self.tell(Addressee(person), MailTemplate.ALREADY_DECIDED, "diputuskan", "", visit=visit)

    def tell(
        self,
        person: Addressee,
        template: MailTemplate,
        what: str,
        ref: str | MailKey,
        *,
        stage: str = "",
        visit: Visit | None = None,
        extra: Mapping[str, Said] | None = None,
        offers: tuple[str, ...] = (),
        attachments: tuple[str, ...] = (),
    ) -> None:
        """A word about `visit`, else about `stage` (name), else about the incident; `ref`: what brought it about."""
        stage, number = (visit.stage, visit.number) if visit else (stage, 0)
        parts = (what, short_ref(ref, self.incident.seq), str(person))
        in_stage = self.procedure.stage(stage) if stage else None
        self.mails.append(
            Outgoing(
                key=self.key(in_stage, number, *parts)
                if in_stage
                else MailKey.of_incident(self.incident.number, *parts),
                template=template,
                person=person,
                stage=stage,
                visit=number,
                attachments=attachments,
                extra=dict(extra or {}),
                offers=offers,
            )
        )

    def key(self, stage: Stage, visit: int, *what: str) -> MailKey:
        """What a mail about a visit of a stage is for."""
        return MailKey.of_visit(self.incident.number, stage.step, stage.name, visit, *what)

    def helpdesk(self) -> str:
        """The role that sees everything odd: the one that is waited for first."""
        return self.procedure.first_stage().role

    def today(self) -> date:
        """Deputies act on days of the office."""
        return self.now.astimezone(WIB).date()


class By(TypedDict):
    """Whose words an event holds, as it says it."""

    person: str
    name: str
    title: str
    mail: str


def by(person: Person, mail: str) -> By:
    return By(person=person.id, name=person.name, title=person.signature_title, mail=mail)
