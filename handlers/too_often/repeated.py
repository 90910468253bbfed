"""A sender says the same again and again: a machine that answers our mails without saying that it is one.

A ticket system behind an official's address, a vacation responder that knows no threads: each mail of ours brings one
of theirs, each of theirs would bring one of ours. What our own mails say is taken out of it; what is left is the
machine's own, and always the same. Three times it is heard; then it is listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.meaning.our_mails import read_ours
from handlers.ports import Ports
from handlers.too_often.flood import list_at_once
from handlers.what_became import set_apart
from outbox import queue
from outbox.queue import QueuedMail
from outbox.tokens import find_token
from parsers.letters.later_word import read_later_word
from parsers.letters.material import mail_text
from parsers.mails.headers import as_written
from parsers.mails.message import Mail
from parsers.mails.reply_words import reply_text
from readers.pool import Reading
from register.ledger import CollectedMail
from register.recent import SPAN
from register.recent_words import KEPT, Words, digest, words_in
from sop.decide import CLOCKS_MAY_DIFFER

REPEATED = "berulang"
MOST_ALIKE = 3
"""People repeat themselves, too; but not in the same words, and by the fourth time Helpdesk has read them thrice."""
MOST_LOOKED_AT, MOST_ECHOED = 100, 3
IN_NO_TIME = timedelta(minutes=2)
RECOGNISED, SHORTEST = 40, 12
"""By so many characters a subject of ours is recognised within another; one shorter than that may be anybody's."""


def keep_repeated(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail | None) -> str:
    """Set a mail apart that says what its sender has said three times. Returns what became of it; "" for all else.

    Who speaks of trouble is listed at once, and is a machine only if it echoes us, or answers us in no time and in the
    same words but for numbers, or says the very same: people who report one outage after the other are heard.
    """
    mail = as_written(reading.mail, ports.address)
    lately = _sent_lately(ports, collected)
    echoed = _echoed(ports, reading, asked, lately)
    own = reading.ask(reply_text, reading.mail, read_ours(ports, [row.sha256 for row in echoed]))
    words = _words(mail, own, echoed)
    who = _family(mail.sender) if echoed else mail.sender
    said, at = ports.recent.words, collected.received
    alike = said.alike(who, collected.id, words, at, KEPT)
    what = digest(words.said if echoed else words.exact)
    if echoed or any(row.recipient.lower() == mail.sender and _in_no_time(row, at) for row in lately):
        machine = said.alike(f"{who} seketika", collected.id, words, at, SPAN)
    else:
        machine = ports.recent.count(f"persis {who} {what}", collected.id, at)
    if alike <= MOST_ALIKE:
        return ""
    if not _speaks_of_trouble(ports, collected, reading, own, echoed):
        return set_apart(ports, collected, REPEATED, mail.sender)
    if machine <= MOST_ALIKE:
        return ""
    if ports.recent.count(f"berulang {who} {what}", collected.id, at) == 1:
        return list_at_once(ports, collected, mail, what)
    return set_apart(ports, collected, REPEATED, mail.sender)


def _sent_lately(ports: Ports, collected: CollectedMail) -> list[QueuedMail]:
    with ports.database.reading() as tx:
        return queue.sent_lately(tx, collected.received - SPAN, MOST_LOOKED_AT)


def _in_no_time(ours: QueuedMail, received: datetime) -> bool:
    """Whether a mail that was `received` came so soon after one of ours that it was hardly written by hand."""
    return ours.dot_at is not None and received - IN_NO_TIME <= ours.dot_at <= received + CLOCKS_MAY_DIFFER


def only_echoes(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail | None) -> bool:
    """Whether what a mail reports are our own words come back: a report made of these would be ours."""
    echoed = _echoed(ports, reading, asked, _sent_lately(ports, collected))
    if not echoed:
        return False
    own = reading.ask(reply_text, reading.mail, read_ours(ports, [row.sha256 for row in echoed]))
    return not _speaks_of_trouble(ports, collected, reading, own, echoed)


def _echoed(ports: Ports, reading: Reading, asked: QueuedMail | None, lately: Sequence[QueuedMail]) -> list[QueuedMail]:
    """Our mails that come back in this one: by their token, quoted or not, or by a subject of those sent `lately`."""
    mail = reading.mail
    text = _squeezed(f"{mail.subject}\n{mail.plain or reading.ask(mail_text, mail)}")
    token = find_token(text)
    with ports.database.reading() as tx:
        quoted = queue.by_token(tx, token) if token else None
    named = [row for row in lately if (mark := _mark(row)) and mark in text]
    return list({row.id: row for row in (asked, quoted, *named) if row}.values())[:MOST_ECHOED]


def _words(mail: Mail, own: str, echoed: Sequence[QueuedMail]) -> Words:
    """The words that are the sender's own, and what is enclosed but our mail itself."""
    subject = _squeezed(mail.subject)
    starts = [at for row in echoed if (mark := _mark(row)) and (at := subject.find(mark)) >= 0]
    head = subject[: min(starts, default=len(subject))]
    files = [part.content for part in mail.attachments if not part.mime_type.startswith("message/")]
    return words_in(f"{head}\n{own}", files)


def _mark(row: QueuedMail) -> str:
    subject = _squeezed(row.subject)
    return subject[:RECOGNISED] if len(subject) >= SHORTEST else ""


def _squeezed(text: str) -> str:
    return " ".join(text.lower().split())


def _family(sender: str) -> str:
    """A ticket system may give each ticket an address of its own: "bantuan+1234@…" """
    local, _, host = sender.partition("@")
    return f"{re.sub(r'[+].*|[^a-z]', '', local)}@{host}"


def _speaks_of_trouble(
    ports: Ports, collected: CollectedMail, reading: Reading, own: str, echoed: Sequence[QueuedMail]
) -> bool:
    earlier = "\n".join(row.subject for row in echoed)
    word = reading.ask(
        read_later_word,
        reading.mail,
        own,
        earlier,
        ports.address,
        ports.offices,
        received=collected.received,
        opener=reading.opener,
    )
    return word.fails or bool(word.letter.unread) or (word.letter.trouble and not echoed)
