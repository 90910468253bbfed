"""The officials: each has habits, drawn once. They read what stands in their mailbox, and answer in their own time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from outbox.queue import QueuedMail
from sop.mails import MailTemplate
from tests.year.witness import Kind, Part, Said
from tests.year.world.agenda import Agenda
from tests.year.world.answers import (
    GROUP_OF_STAGE,
    Answer,
    by_aide,
    dictated,
    pick,
    pick_clear,
    plain,
    to_another_question,
)
from tests.year.world.besides import absence, courtesy, order, retraction
from tests.year.world.calendar import is_working
from tests.year.world.files import Files
from tests.year.world.post import Post
from tests.year.world.quotes import quoted
from tests.year.world.together import OFFERED, AnsweredTogether, OneAsked, answered_together, each_by_itself
from tests.year.world.written import Written

MOST_ANSWERS = 3
"""To one visit of one stage; whoever is asked back for ever gives up."""
ASKS_BACK = (MailTemplate.UNCLEAR_ANSWER, MailTemplate.ASK_BACK)
SAYS_NO = {"analisis": ("tidak", "TIDAK\n\nHanya satu komputer."), "disposisi": ("tidak", "TIDAK\n\nAnalisis ulang.")}
SENDS_BACK = {"disposisi": "KEMBALIKAN\n\nLengkapi analisisnya.", "pelaporan": "KEMBALIKAN\n\nLengkapi laporannya."}
MORE_TIME = ("MINTA WAKTU 30 menit", "MINTA WAKTU 45 menit\n\nMenunggu alat.", "MINTA WAKTU 2 jam")
PROGRESS = ("PROGRES\n\nTim sudah di lokasi.", "PROGRES: kabel sedang disambung", "PROGRES\n\nMenunggu PLN.")
OF_A_LETTER = {
    MailTemplate.OTHER_LETTER: (("darurat", 0.3), ("abaikan", 0.2)),
    MailTemplate.ASK_BACK_ABOUT_LETTER: (("darurat", 0.4), ("abaikan", 0.3)),
    MailTemplate.REPORTERS_WORD: (("darurat", 0.1),),
    MailTemplate.LINK_RECORDED: (("pisahkan", 0.2),),
    MailTemplate.JOINED: (("pisahkan", 0.2),),
}
"""What Helpdesk orders about letters and links, and how often."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody is. Shares of all mails that ask.

    Attributes:
        never: not answered at all: telephone without signal, mail unread.
        minutes: how long an answer takes at the desk, on average.
        at_night: how often one is at hand outside office hours.
        own_words: answers in other words than the offered ones.
    """

    never: float
    minutes: float
    at_night: float
    own_words: float

    @classmethod
    def drawn(cls, rng: Random) -> Habit:
        return cls(
            rng.choice((0.03, 0.1, 0.2)),
            rng.choice((0.5, 1.0, 2.0, 5.0)),
            rng.choice((0.2, 0.5, 0.9)),
            rng.choice((0.2, 0.4, 0.6)),
        )


class Officials:
    """Attributes:
    fair: everybody answers soon, once, in the offered word.
    silent: roles of which nobody answers anything, as long as the days are not fair.
    """

    def __init__(self, rng: Random, agenda: Agenda, post: Post, files: Files) -> None:
        self.rng, self.agenda, self.post, self.files = rng, agenda, post, files
        self.fair = False
        self.silent: tuple[str, ...] = ()
        self._habits: dict[str, Habit] = {}
        self._answered: Counter[tuple[str, str, int, str]] = Counter()

    def read(self, mail: QueuedMail, raw: bytes) -> None:
        """Somebody opens a mail of ours."""
        person = str(mail.person)
        if mail.asks and mail.incident and mail.stage in GROUP_OF_STAGE:
            self._asked(mail, raw)
        elif self.fair:
            return
        elif orders := OF_A_LETTER.get(MailTemplate(mail.template)) if person.startswith("helpdesk") else None:
            self._orders(mail, orders)
        elif mail.template == MailTemplate.CONFIRMATION:
            self._later(mail, lambda: self._answer(mail, Answer("", "BUKAN, itu bukan dari saya.", ""), Kind.COURTESY))
        elif mail.incident and self.rng.random() < 0.03:
            self._later(mail, lambda: self._unasked(mail))

    def _unasked(self, mail: QueuedMail) -> None:
        """A mail that only informs is thanked for, or answered as if it had asked: that must decide nothing, whoever it is."""
        stage = self.files.waits_at(mail.incident)
        words = plain(GROUP_OF_STAGE[stage], self.rng) if stage and self.rng.random() < 0.6 else courtesy(self.rng)
        self._answer(mail, Answer("", words.words, ""), Kind.COURTESY)

    def come_back(self) -> None:
        """The fair days begin: everybody answers what still waits for them."""
        self.fair = True
        for mail in self.files.waiting_requests():
            self._later(mail, lambda mail=mail: self._if_it_still_waits(mail))  # type: ignore[misc]

    # One mail --------------------------------------------------------------------------------------------------------

    def _asked(self, mail: QueuedMail, raw: bytes) -> None:
        rng, habit = self.rng, self._habit(mail.recipient)
        if self.fair:
            self._later(mail, lambda: self._if_it_still_waits(mail))
            return
        if (asked := self._asked_at_once(mail)) and rng.random() < 0.6:
            if rng.random() >= habit.never and self.files.role_of(mail.recipient) not in self.silent:
                said = answered_together(asked, rng)
                self._later(mail, lambda: self._answer_together(mail, asked, said))
            return
        which = (mail.incident, mail.stage, mail.visit, mail.recipient)
        unheard = rng.random() < habit.never or self.files.role_of(mail.recipient) in self.silent
        done_with = bool(self._answered[which]) and mail.template not in ASKS_BACK and rng.random() < 0.9
        if unheard or done_with or self._answered[which] >= MOST_ANSWERS:
            return
        self._answered[which] += 1
        group = GROUP_OF_STAGE[mail.stage]
        if rng.random() < 0.04:
            self.agenda.after(rng.uniform(3, 40), lambda: self._away(mail))
            return
        if group == "penanganan":
            self._work(mail)
            return
        answer = self._means(mail, group, habit)
        self._later(mail, lambda: self._answer(mail, answer, raw=raw))
        self._second_thought(mail, group, habit)

    def _means(self, mail: QueuedMail, group: str, habit: Habit) -> Answer:
        """What somebody answers who was asked about `group`, and in which words."""
        rng = self.rng
        if group == "analisis" and (others := self.files.likely_same(mail.incident)) and rng.random() < 0.4:
            return order(rng, "gabung", others[0])
        if group in SAYS_NO and rng.random() < 0.08:
            return Answer(*SAYS_NO[group], group)
        if group in SENDS_BACK and rng.random() < 0.04:
            return Answer("kembalikan", SENDS_BACK[group], group)
        if rng.random() > habit.own_words:
            return plain(group, rng)
        if rng.random() < 0.03:
            return to_another_question(rng, group)
        answer = pick(rng, group) if rng.random() < 0.4 else pick_clear(rng, group)
        return dictated(answer) if rng.random() < 0.05 else answer

    def _second_thought(self, mail: QueuedMail, group: str, habit: Habit) -> None:
        """Once more, perhaps otherwise; or taken back."""
        rng = self.rng
        draw = rng.random()
        if draw < 0.03:
            again = self._means(mail, group, habit)
            self._later(mail, lambda: self._answer(mail, again), times=2)
        elif draw < 0.06:
            instead = pick_clear(rng, group) if rng.random() < 0.4 else None
            self._later(mail, lambda: self._answer(mail, retraction(rng, instead, group), Kind.RETRACTION), times=2)

    def _work(self, mail: QueuedMail) -> None:
        """The team goes there, tells how it goes, and reports."""
        rng = self.rng
        if mail.template == MailTemplate.REMINDER and rng.random() < 0.5:
            return
        minutes = rng.uniform(5, 25)
        if rng.random() < 0.4:
            said = (
                pick(rng, "penanganan") if rng.random() < 0.3 else Answer("progres", rng.choice(PROGRESS), "penanganan")
            )
            self.agenda.after(60 * minutes, lambda: self._answer(mail, said))
        if rng.random() < 0.15:
            more = Answer("minta_waktu", rng.choice(MORE_TIME), "penanganan")
            self.agenda.after(60 * minutes * 1.5, lambda: self._answer(mail, more))
        report = plain("penanganan", rng) if rng.random() < 0.7 else pick(rng, "penanganan")
        self.agenda.after(60 * minutes * rng.uniform(2, 4), lambda: self._answer(mail, report))

    def _orders(self, mail: QueuedMail, orders: tuple[tuple[str, float], ...]) -> None:
        draw = self.rng.random()
        for word, often in orders:
            draw -= often
            if draw < 0:
                linked = self.files.linked_with(mail.incident) if word == "pisahkan" else ""
                if word != "pisahkan" or linked:
                    said = order(self.rng, word, linked)
                    self._later(mail, lambda said=said: self._answer(mail, said, Kind.ORDER))  # type: ignore[misc]
                return

    def _if_it_still_waits(self, mail: QueuedMail) -> None:
        if asked := self._asked_at_once(mail):
            self._answer_together(mail, asked, each_by_itself(asked))
        elif self.files.waits_for(mail):
            self._answer(mail, plain(GROUP_OF_STAGE[mail.stage]))

    def _asked_at_once(self, mail: QueuedMail) -> list[OneAsked]:
        """What a reminder names, where that is more than one incident and none of them is a team's report."""
        asked = self.files.asked_together(mail) if mail.template == MailTemplate.REMINDER else []
        return asked if all(one.group in OFFERED for one in asked) else []

    # Writing ---------------------------------------------------------------------------------------------------------

    def _answer(self, mail: QueuedMail, answer: Answer, kind: Kind = Kind.ANSWER, *, raw: bytes = b"") -> None:
        rng, sender = self.rng, mail.recipient
        aide = "" if self.fair or kind is not Kind.ANSWER or rng.random() > 0.08 else self.files.aide_of(sender)
        if aide:
            answer = by_aide(rng, answer, "Bapak/Ibu", sender)
        subject, reply_to, text = f"Re: {mail.subject}", mail.message_id, answer.words
        way = 0.0 if self.fair else rng.random()
        if way > 0.95 and kind is Kind.ANSWER:  # tapped on a button: a new mail with number and token
            first, reply_to = answer.words.split("\n")[0][:40], ""
            subject = f"[{mail.incident}] {first} ({mail.token})"
        elif way > 0.6:
            text = quoted(
                rng, text, self.files.text_of(raw) if raw else "", f"Siaga <{mail.sender}>", self.agenda.clock.true
            )
        said = self._said(mail, kind, answer)
        said.sender = aide or sender
        self.post.write(said, Written(kind, subject, words=answer.words, text=text), reply_to=reply_to)

    def _answer_together(self, mail: QueuedMail, asked: list[OneAsked], answer: AnsweredTogether) -> None:
        said = self._said(mail, Kind.ANSWER, Answer(answer.labels.get(mail.incident, ""), answer.words, asked[0].group))
        said.together = {
            one.number: Part(answer.labels.get(one.number, ""), one.group, one.stage, one.visit) for one in asked
        }
        written = Written(Kind.ANSWER, f"Re: {mail.subject}", words=answer.words, text=answer.words)
        self.post.write(said, written, reply_to=mail.message_id)

    def _away(self, mail: QueuedMail) -> None:
        stand_in = "sekretaris@contoh.example" if self.rng.random() < 0.4 else ""
        written = absence(self.rng, mail.subject, stand_in)
        self.post.write(self._said(mail, Kind.AWAY, Answer("-", written.words, "")), written, reply_to=mail.message_id)

    def _said(self, mail: QueuedMail, kind: Kind, answer: Answer) -> Said:
        return Said(
            kind,
            mail.recipient,
            self.agenda.clock.true,
            words=answer.words,
            label=answer.label,
            group=answer.group,
            incident=mail.incident,
            stage=mail.stage,
            visit=mail.visit,
            person=self.files.code_of(mail.recipient),
            asked_of=str(mail.person),
        )

    # Time ------------------------------------------------------------------------------------------------------------

    def _later(self, mail: QueuedMail, what: Callable[[], None], *, times: float = 1.0) -> None:
        self.agenda.after(times * self._pause(mail.recipient), what)

    def _pause(self, address: str) -> float:
        """How long somebody takes, in seconds."""
        rng, habit = self.rng, self._habit(address)
        if self.fair:
            return rng.uniform(15, 60)
        wait = 5 + rng.expovariate(1 / (60 * habit.minutes))
        if not is_working(self.agenda.clock.true) and rng.random() > habit.at_night:
            wait += rng.uniform(1800, 6 * 3600)
        return wait

    def _habit(self, address: str) -> Habit:
        if address not in self._habits:
            self._habits[address] = Habit.drawn(self.rng)
        return self._habits[address]
