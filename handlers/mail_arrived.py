"""A mail has arrived: find out what it is to us, and hand it to whom it concerns.

An answer to a mail of ours, a later word of the OPD, a machine's message, or a new letter.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from handlers import letter_arrived, list_answered, machine_mail_arrived, order_arrived, reply_arrived, status_asked
from handlers.mail_withheld import tell_of_withheld
from handlers.meaning.which_incident import Belongs, How, of_bounce, of_later_mail, of_mail
from handlers.ports import Ports
from handlers.too_often.copies import original_of, settle_copy
from handlers.too_often.flood import MAY_BE_URGENT, is_flood, keep_back, too_many_unreadable
from handlers.trust.acquainted import is_official
from handlers.what_became import begun, not_counted, set_apart, set_aside, settled
from host.logs import about, also_about
from outbox import queue
from outbox.tokens import names_our_mail
from parsers.letters.kind import Look, look_at
from parsers.letters.values import MailKind
from parsers.mails.headers import as_written, automation
from parsers.mails.message import Mail
from parsers.mails.notices import withheld
from readers.pool import CannotRead, Interrupted, Overloaded, Reading
from register import ledger
from register.archive import ArchiveDamaged
from register.database import Conflict, JournalUnavailable
from register.ledger import CollectedMail

log = logging.getLogger(__name__)
MOST_BEGUN = 25
"""So often a mail is begun that nobody lives to finish: a desk may be killed now and then, not always by this mail."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a mail."""

    mail: str
    became: str
    incident: str = ""


def act_on_mail(ports: Ports, collected: CollectedMail, *, slow: bool = False) -> Handled:
    """Act on one archived mail. A mail that breaks us stops only itself: a human gets it.

    `slow`: pictures are read, too; else what needs that is left to `read_again`.
    Raises: Interrupted when the desk is closing; OSError, JournalUnavailable, Conflict. Then the mail stays as it is.
    """
    with about(collected.id):
        return _act_safely(ports, collected, slow=slow)


def _act_safely(ports: Ports, collected: CollectedMail, *, slow: bool) -> Handled:
    attempts = begun(ports, collected)
    try:
        if attempts > MOST_BEGUN:
            raise CannotRead("berulang kali terhenti ketika membaca surat ini")
        raw = ports.archive.get(collected.sha256)
        try:
            with ports.readers.open(raw, slow=slow) as reading:
                return _act(ports, collected, reading)
        except Overloaded:  # it may have been a moment's
            with ports.readers.open(raw, slow=slow) as reading:
                return _act(ports, collected, reading)
    except (OSError, JournalUnavailable, Conflict, Interrupted) as error:
        not_counted(ports, collected, error)
        raise  # the disk or the database is in trouble, or the desk is closing: the mail is not to blame, and stays new
    except Overloaded as error:
        log.warning("surat %s dibaca nanti: %s", collected.id[:12], error)
        return Handled(collected.id, collected.state.value)
    except (CannotRead, ArchiveDamaged) as error:
        log.warning("surat %s tidak terbaca: %s", collected.id[:12], error)
        if too_many_unreadable(ports, collected):
            return Handled(collected.id, set_apart(ports, collected, MAY_BE_URGENT))
        return Handled(collected.id, set_aside(ports, collected, str(error), for_good=True))
    except Exception as error:
        log.exception("surat %s tidak dapat diproses", collected.id[:12])
        return Handled(collected.id, set_aside(ports, collected, f"{type(error).__name__}: {error}"))


def _act(ports: Ports, collected: CollectedMail, reading: Reading) -> Handled:
    mail = reading.mail
    belongs = of_mail(ports, reading)
    asked = belongs.asked
    also_about(belongs.incident)
    if _is_our_own(ports, mail, belongs):
        return Handled(collected.id, settled(ports, collected, ledger.OWN_COPY))
    look = reading.ask(look_at, mail, asked is not None)
    machine = look.machine
    if bounce := machine is not None and machine.kind is MailKind.BOUNCE:
        belongs = of_bounce(ports, reading, belongs)
    may_flood = machine is None or (bounce and belongs.how is not How.CAME_BACK)
    if may_flood and collected.state is ledger.State.NEW and _of_flood(ports, collected, reading, belongs):
        kept = keep_back(ports, collected, reading, look, asked)
        if kept:
            return Handled(collected.id, kept)
    if (stand_in := reading.ask(withheld, mail)) is not None:
        return Handled(collected.id, tell_of_withheld(ports, collected, stand_in))
    if machine is not None:
        return _handled(collected, machine_mail_arrived.handle(ports, collected, reading, machine, belongs))
    return _act_on_word(ports, collected, reading, look, belongs)


def _act_on_word(ports: Ports, collected: CollectedMail, reading: Reading, look: Look, belongs: Belongs) -> Handled:
    """What a person wrote: once more the same, an answer, an order, a later word, or a letter."""
    mail, asked = reading.mail, belongs.asked
    orders = asked is not None and not belongs.incident  # whoever orders twice is told that it has been done
    if collected.state is ledger.State.NEW and not orders and (first := original_of(ports, collected, reading)):
        return _handled(collected, settle_copy(ports, collected, first))
    if (answered := status_asked.handle(ports, collected, reading, belongs)) is not None:
        return _handled(collected, answered)
    if asked is not None and not asked.person.is_reporter:
        if belongs.incident:
            return _handled(collected, reply_arrived.handle(ports, collected, reading, asked, belongs.how))
        if (told := list_answered.handle(ports, collected, reading, asked)) is not None:
            return _handled(collected, told)
        if (person := order_arrived.ordered_by(ports, collected, mail, asked)) is not None:
            return _handled(collected, order_arrived.handle(ports, collected, reading, asked, person))
    if not belongs.incident:
        belongs = of_later_mail(ports, reading, belongs)
        also_about(belongs.incident)
    if belongs.incident:
        return _handled(collected, letter_arrived.follow_up(ports, collected, reading, belongs))
    return _handled(collected, letter_arrived.handle(ports, collected, reading, look, asked))


def _of_flood(ports: Ports, collected: CollectedMail, reading: Reading, belongs: Belongs) -> bool:
    """Whether its sender has written too often; a stranger who sends our code back is no reader of ours."""
    mail, shown = as_written(reading.mail, ports.address), belongs.proven
    has_token = shown is not None and (
        mail.sender == shown.recipient.lower() or is_official(ports.directory(), mail.sender)
    )
    return is_flood(ports, collected, mail, has_token=has_token)


def _handled(collected: CollectedMail, result: tuple[str, str]) -> Handled:
    return Handled(collected.id, *result)


def _is_our_own(ports: Ports, mail: Mail, belongs: Belongs) -> bool:
    """Whether a mail that we sent has come back to us through a list or a mailbox that forwards everything."""
    if as_written(mail, ports.address).sender != ports.address:
        return False
    if names_our_mail(mail.message_id, ports.address):
        return True
    if not automation(mail) and not mail.header("x-auto-response-suppress"):
        return False  # a person writes from our own address
    with ports.database.reading() as tx:
        return belongs.asked is not None or bool(queue.by_message_ids(tx, [mail.message_id]))
