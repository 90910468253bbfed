"""A letter has arrived, or a later word on one we know (SOP step 1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers import no_emergency
from handlers.authenticity import failed_authentication
from handlers.came_in import came_in
from handlers.carry_out import AlsoWrite, carry_out, open_incident
from handlers.no_emergency import telling_known
from handlers.not_over import go_on, may_go_on, where_it_went_on
from handlers.ports import Ports
from handlers.settle_mail import put_off, settling
from handlers.strangers import is_nobody, must_not_be_answered
from parsers.letters.letter import read_letter
from parsers.letters.urgency import urgency_hint
from parsers.letters.values import Letter, MailKind
from parsers.mails.message import Mail
from parsers.readers.pool import Reading
from parsers.replies.answer import reply_text
from parsers.replies.service_back import says_not_back
from register import journal
from register.ledger import CollectedMail
from sop.facts import FollowedUp, Opened
from sop.likeness import NEAR, likely_same

LETTERS_STAY = timedelta(days=60)
"""How long a letter's number is looked for: afterwards it is another matter, or another year."""
NOT_OVER = "belum pulih"
SAID_BY_THE_FIRST = ("jenis", "hal", "ringkasan", "email", "rujukan")
"""What only the mail that an incident began with can say of it."""


def handle(ports: Ports, collected: CollectedMail, reading: Reading) -> tuple[str, str]:
    """Read a letter and open an incident, or show Helpdesk what is none. Returns what became of it, and the number."""
    mail, received = reading.mail, came_in(collected)
    letter = reading.ask(read_letter, reading.raw, ports.offices, received=received, opener=reading.opener)
    known = _known_matter(ports, mail, letter)
    if known:
        also = telling_known(ports, mail, letter, known, settling(collected, "susulan"))
        return follow_up(ports, collected, reading, known, also)
    if letter.kind is MailKind.INCIDENT or _may_be_one(letter):
        verdict = open_incident(ports, reported(ports, mail, letter, collected), settling(collected, "insiden"))
        return "insiden", verdict.incident.number if verdict else ""
    if letter.unread and ports.reads_scans and not reading.slow:
        return put_off(ports, collected), ""  # nothing is said to be no emergency before its pictures have been read
    return no_emergency.handle(ports, collected, mail, letter), ""


def follow_up(
    ports: Ports, collected: CollectedMail, reading: Reading, number: str, also: AlsoWrite | None = None
) -> tuple[str, str]:
    """A later mail of the OPD in a matter we know: recorded, and told to whoever is working on it.

    It may answer what our receipt asked for, or bring the formal letter after a telephone call.
    """
    mail, text = reading.mail, reading.ask(reply_text, reading.mail)
    incident = where_it_went_on(ports, number)
    number, reporter = incident.number, incident.report.get("email")
    fields: dict[str, object] = {}
    if mail.sender == reporter and not failed_authentication(mail, ports.authserv_id):  # a number is easily guessed
        if reading.ask(says_not_back, text) and may_go_on(ports, incident):
            return NOT_OVER, go_on(ports, incident, settling(collected, NOT_OVER))
        said = reading.ask(read_letter, reading.raw, ports.offices, received=came_in(collected)).as_report()
        fields = {name: value for name, value in said.items() if name not in SAID_BY_THE_FIRST}
    fact = FollowedUp(mail.sender, text or mail.subject, collected.id, fields)
    carry_out(ports, number, fact, also or settling(collected, "susulan"))
    return "susulan", number


def _known_matter(ports: Ports, mail: Mail, letter: Letter) -> str:
    """The incident a letter belongs to: the one it names by our number or by the number of an earlier letter; or the
    one that began with a letter of this very number from the same office (sent twice, or on paper after the mail).
    """
    if ports.directory().by_address(mail.sender):
        return ""
    since = ports.now() - LETTERS_STAY
    with ports.database.reading() as tx:
        if letter.kind is MailKind.FOLLOW_UP and letter.rujukan:
            if journal.read_incident(tx, letter.rujukan.value).seq:
                return letter.rujukan.value
            return journal.by_letter_number(tx, letter.rujukan.value, since, letter.opd.value)
        if letter.kind is MailKind.INCIDENT and letter.nomor and letter.opd:
            known = journal.by_letter_number(tx, letter.nomor.value, since, letter.opd.value, open_only=True)
            return known if known and _same_letter(journal.read_incident(tx, known).report, letter) else ""
    return ""


def _same_letter(report: Mapping[str, object], letter: Letter) -> bool:
    """An office that gives one number to two letters has reported two matters: neither may be hidden by the other."""
    return all(report.get(name, "") == getattr(letter, name).value for name in ("tanggal", "hal", "waktu_kejadian"))


def reported(ports: Ports, mail: Mail, letter: Letter, collected: CollectedMail) -> Opened:
    """The report that a letter makes, with the open incidents that may be the same outage."""
    report = letter.as_report() | {"belum_terbaca": list(letter.unread)}
    received = collected.collected_at
    same = like(ports, report, received)
    others = {other["opd"] for other in same} - {"", letter.opd.value}
    hint = urgency_hint(letter.sifat.value, letter.text, len(others), letter.layanan)
    address = str(report.get("email") or "")
    passed_on = address not in ("", mail.sender)  # a letter that somebody else, perhaps our own mailbox, forwarded
    if is_nobody(address, ports.address) if passed_on else must_not_be_answered(mail, ports.address):
        report["tanpa_balasan"] = address or "Pelapor tanpa alamat"
    report["kegentingan"] = {"tingkat": str(hint.level), "alasan": list(hint.reasons)}
    return Opened(letter.jenis.value or "email", received, report, collected.id, same)


def like(ports: Ports, report: Mapping[str, object], received: datetime) -> tuple[dict[str, str], ...]:
    """Open incidents that may be the same outage as `report`, received at `received`."""
    with ports.database.reading() as tx:
        return likely_same(report, received, journal.reported_since(tx, received - NEAR * 4))


def _may_be_one(letter: Letter) -> bool:
    """A letter whose only content could not be read is not thrown away: Helpdesk decides, original in hand."""
    return bool(letter.unread) and letter.kind in (MailKind.OTHER, MailKind.REQUEST) and len(letter.text) < 400
