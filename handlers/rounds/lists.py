"""What was not acted on is listed for Helpdesk; nothing ends in silence. Spam and newsletters, what machines wrote and
the rest of a flood stand in the list of the morning; what of all that may be an emergency is listed at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from handlers.care.heads import last_morning, office_line
from handlers.ports import Ports
from handlers.telling.helpdesk import helpdesk, word_to
from handlers.too_often.flood import MAY_BE_URGENT
from outbox import queue
from parsers.letters.values import MailKind
from readers.pool import CannotRead, Overloaded
from register import ledger
from register.archive import ArchiveDamaged
from register.database import Conflict
from register.ledger import CollectedMail
from sop.addressee import Addressee
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.verdict import ListedMail, Said
from templates import phrasing

MOST = 200
"""Lines; the rest follows with the next list."""
RENEWED = timedelta(minutes=5)
"""So long after a list at once no other is sent: the most that a storm of letters can bring is twelve mails an hour."""
OFFICIALS = "para pejabat"
"""Their read receipts say nothing but that our mails were opened."""


def list_set_apart(ports: Ports) -> int:
    """Send Helpdesk the list of what was set apart before seven this morning; then the list at once, if it is time for
    one. Returns how many mails they name.
    """
    now = ports.now()
    with ports.database.reading() as tx:
        apart = ledger.quarantined(tx, last_morning(now), now)
        urgent = ledger.set_apart_as(tx, MAY_BE_URGENT)
    if apart:
        return _send(ports, _lines(ports, apart)) + list_at_once(ports)  # which names what this one had no room for
    return _list_urgent(ports, urgent)


def list_at_once(ports: Ports) -> int:
    """Send Helpdesk the list of what was set apart and may be an emergency, unless they have just had one.

    Returns how many mails it names.
    """
    with ports.database.reading() as tx:
        urgent = ledger.set_apart_as(tx, MAY_BE_URGENT)
    return _list_urgent(ports, urgent)


def _list_urgent(ports: Ports, apart: Sequence[CollectedMail]) -> int:
    if not apart or not ports.recent.rested("daftar segera", ports.now(), RENEWED):
        return 0
    return _send(ports, _lines(ports, apart), urgent=True)


def _send(ports: Ports, lines: Sequence[_Line], *, urgent: bool = False) -> int:
    mails = [mail for line in lines for mail in line.mails]
    listed = tuple(_row(ports, line) for line in lines)
    extra: dict[str, Said] = {"daftar": listed, "jumlah": len(mails), "segera": urgent}
    with ports.database.reading() as tx:
        witness = office_line(tx)
    drafts = []
    for person in helpdesk(ports):
        key = MailKey.general(mails[0].id, "karantina", Addressee(person.id))
        drafts.append(word_to(ports, person, key, MailTemplate.QUARANTINE, extra, witness))
    try:
        with ports.database.writing() as tx:
            if ledger.listed(tx, [mail.id for mail in mails]) != len(mails):
                raise Conflict("listed by another desk")
            for draft in drafts:
                queue.put(tx, draft, ports.now())
    except Conflict:
        return 0
    return len(mails)


@dataclass(frozen=True, slots=True)
class _Line:
    """What one line of the list is about. `who` is the sender of all of them; "" where the mail itself says it."""

    who: str
    mails: list[CollectedMail] = field(default_factory=list)


def _lines(ports: Ports, apart: Sequence[CollectedMail]) -> list[_Line]:
    """What hides no letter is one line for each sender and kind: nobody reads three hundred lines of read receipts.

    Whoever fills the fewest lines stands first, so that no flood pushes others out of sight.
    """
    lines: dict[tuple[str, str], _Line] = {}
    for mail in apart:
        about = mail.note
        if mail.became == MailKind.READ_RECEIPT and ports.directory().by_address(about):
            about = OFFICIALS
        who = about.rpartition(" #")[0] if mail.became == MAY_BE_URGENT else about
        key = (mail.became, about) if about else (mail.id, "")
        lines.setdefault(key, _Line(who)).mails.append(mail)
    of_one = Counter(line.who for line in lines.values())
    return sorted(lines.values(), key=lambda line: of_one[line.who])[:MOST]


def _row(ports: Ports, line: _Line) -> ListedMail:
    """What Helpdesk needs to recognise a letter: no link and no file of it, it may bite."""
    first = line.mails[0]
    try:
        mail = ports.readers.mail(ports.archive.get(first.sha256))
        sender, subject = mail.apparent_sender or "tanpa alamat pengirim", mail.subject or "tanpa subjek"
    except ArchiveDamaged:
        sender, subject = "arsip rusak", ""
    except (CannotRead, Overloaded):
        sender, subject = "tidak terbaca", ""
    if len(line.mails) > 1:
        subject = f"{len(line.mails)} surel, yang pertama: {subject}"
    return ListedMail(
        kode=first.id[:8],
        pengirim=(line.who or sender)[:120],
        subjek=subject[:160],
        jam=phrasing.clock(first.collected_at, phrasing.office_day(ports.now())),
        jenis=phrasing.LISTED_AS.get(first.became, first.became),
    )
