"""A letter has arrived, or a later word on one we know (SOP step 1)."""

from __future__ import annotations

from handlers.authenticity import failed_authentication
from handlers.carry_out import carry_out, open_incident
from handlers.ports import Ports
from handlers.settle_mail import settled, settling, tell_helpdesk
from parsers.answer import reply_text
from parsers.kind import is_list_mail
from parsers.letter import read_letter
from parsers.message import Mail
from parsers.values import Letter, MailKind
from register import journal
from register.ledger import CollectedMail
from sop.facts import FollowedUp, Opened

SAID_BY_THE_FIRST = ("jenis", "hal", "ringkasan", "email", "rujukan")
"""What only the mail that an incident began with can say of it."""


def handle(ports: Ports, collected: CollectedMail, raw: bytes, mail: Mail) -> tuple[str, str]:
    """Read a letter and open an incident, or show Helpdesk what is none. Returns what became of it, and the number."""
    letter = read_letter(raw, ports.offices)
    if letter.kind is MailKind.INCIDENT or _may_be_one(letter):
        report = letter.as_report() | {"belum_terbaca": list(letter.unread)}
        fact = Opened(letter.jenis.value or "email", collected.collected_at, report, collected.id)
        verdict = open_incident(ports, fact, settling(collected, "insiden"))
        return "insiden", verdict.incident.number if verdict else ""
    if letter.kind is MailKind.FOLLOW_UP and letter.rujukan:
        with ports.database.reading() as tx:
            known = journal.read_incident(tx, letter.rujukan.value)
        if known.seq and not ports.directory().by_address(mail.sender):
            return follow_up(ports, collected, raw, mail, known.number)
    if letter.kind is MailKind.SPAM or is_list_mail(mail):
        return settled(ports, collected, str(letter.kind)), ""
    extra = {
        "pengirim": mail.sender or "tanpa alamat pengirim",
        "jenis": str(letter.kind),
        "subjek_surat": mail.subject,
    }
    return tell_helpdesk(ports, collected, "surat_lain", str(letter.kind), extra), ""


def follow_up(ports: Ports, collected: CollectedMail, raw: bytes, mail: Mail, number: str) -> tuple[str, str]:
    """A later mail of the OPD in a matter we know: recorded, and told to whoever is working on it.

    It may answer what our receipt asked for, or bring the formal letter after a telephone call.
    """
    with ports.database.reading() as tx:
        reporter = journal.read_incident(tx, number).report.get("email")
    fields: dict[str, object] = {}
    if mail.sender == reporter and not failed_authentication(mail, ports.authserv_id):  # a number is easily guessed
        said = read_letter(raw, ports.offices).as_report()
        fields = {name: value for name, value in said.items() if name not in SAID_BY_THE_FIRST}
    fact = FollowedUp(mail.sender, reply_text(mail) or mail.subject, collected.id, fields)
    carry_out(ports, number, fact, settling(collected, "susulan"))
    return "susulan", number


def _may_be_one(letter: Letter) -> bool:
    """A letter whose only content could not be read is not thrown away: Helpdesk decides, original in hand."""
    return bool(letter.unread) and letter.kind in (MailKind.OTHER, MailKind.REQUEST) and len(letter.text) < 400
