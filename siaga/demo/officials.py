"""Simulated officials: they read their mailbox and answer on real protocols, quoting as real mail clients do."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from inbox.mailbox import Mailbox, Seen
from office.clock import Clock
from outbox.sender import Envelope, Sender
from parsers.mails.message import Mail, read_mail
from templates import phrasing


@dataclass(frozen=True, slots=True)
class Habit:
    """What an official answers to a mail whose subject has `subject` and, where given, `about` in it."""

    subject: str
    answers: tuple[str, ...]
    about: str = ""
    after: timedelta = timedelta(minutes=0.4)


Quoting = Callable[[str, Mail], str]


def gmail(answer: str, mail: Mail) -> str:
    """Gmail in Indonesian: the attribution wraps."""
    when = _when(mail, "{weekday}, {day} pukul {clock}")
    quoted = "\n".join(f"> {line}" for line in mail.plain.split("\n"))
    return f"{answer}\n\nPada {when} Siaga Darurat <{mail.sender}>\nmenulis:\n\n{quoted}\n"


def outlook(answer: str, mail: Mail) -> str:
    """Outlook in Indonesian: a rule and a header block, nothing marked."""
    when = _when(mail, "{weekday}, {day} {clock}")
    head = f"Dari: Siaga Darurat <{mail.sender}>\nDikirim: {when}\nKepada: {', '.join(mail.recipients)}\nSubjek: {mail.subject}"
    return f"{answer}\n\n{'_' * 32}\n{head}\n\n{mail.plain}\n"


def iphone(answer: str, mail: Mail) -> str:
    """Apple Mail on a phone, Indonesian."""
    when = _when(mail, "{day}, pukul {clock}")
    quoted = "\n".join(f"> {line}" for line in mail.plain.split("\n"))
    return (
        f"{answer}\n\nDikirim dari iPhone saya\n\n> Pada {when}, Siaga Darurat <{mail.sender}> menulis:\n> \n{quoted}\n"
    )


def zimbra(answer: str, mail: Mail) -> str:
    """Zimbra in Indonesian."""
    when = _when(mail, "{weekday}, {day} {clock}:00")
    head = f'Dari: "Siaga Darurat" <{mail.sender}>\nKepada: {", ".join(mail.recipients)}\nTerkirim: {when}\nPerihal: {mail.subject}'
    return f"{answer}\n\n----- Pesan Asli -----\n{head}\n\n{mail.plain}\n"


def _when(mail: Mail, pattern: str) -> str:
    sent = mail.date or datetime.now().astimezone()
    return pattern.format(
        weekday=phrasing.weekday(sent)[:3],
        day=phrasing.day(sent),
        clock=phrasing.clock(sent, phrasing.office_day(sent)),
    )


class Official:
    """One simulated person with a mailbox. Answers asking mails by habit; is silent where none fits."""

    def __init__(
        self,
        mailbox: Mailbox,
        sender: Sender,
        address: str,
        name: str,
        habits: Sequence[Habit],
        quoting: Quoting,
        clock: Clock,
    ) -> None:
        self.address, self.name, self.habits, self.quoting, self._clock = address, name, habits, quoting, clock
        self._mailbox, self._sender = mailbox, sender
        self._rung: queue.Queue[bool] = queue.Queue()
        self._stop = threading.Event()
        self._seen: set[int] = set()
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ring(self) -> None:
        """Their telephone buzzes: there is new mail."""
        self._rung.put(True)

    def stop(self) -> None:
        self._stop.set()
        self._rung.put(False)
        self._thread.join(5)
        self._mailbox.close()
        self._sender.close()

    def _live(self) -> None:
        while self._rung.get() and not self._stop.is_set():
            for found in self._mailbox.sweep(lambda _uidvalidity: Seen(beyond=frozenset(self._seen))):
                self._seen.add(found.uid)
                self._answer(read_mail(found.raw, ours=True))

    def _answer(self, mail: Mail) -> None:
        if "CARA MENJAWAB" not in mail.plain:
            return
        habit = next(
            (h for h in self.habits if h.subject in mail.subject and h.about in f"{mail.subject}\n{mail.plain}"), None
        )
        if habit is None:
            return
        for answer in habit.answers:
            if self._stop.wait(self._clock.real_seconds(habit.after)):
                return
            self._send(mail, answer)

    def _send(self, mail: Mail, answer: str) -> None:
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = f"{self.name} <{self.address}>", mail.sender
        message["Subject"] = f"Re: {mail.subject}"
        message["Date"] = format_datetime(self._clock.now().astimezone(phrasing.WIB))
        message["Message-ID"] = make_msgid(domain=self.address.partition("@")[2])
        message["In-Reply-To"] = f"<{mail.message_id}>"
        message["References"] = " ".join(f"<{reference}>" for reference in (*mail.references, mail.message_id))
        message.set_content(self.quoting(answer, mail))
        raw = message.as_bytes()
        self._sender.send(Envelope(mail.message_id, self.address, mail.sender, "", raw), before_dot=lambda: None)
        self._sender.close()
