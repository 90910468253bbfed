"""An official has answered one of our mails: who is it really, and what follows?"""

from __future__ import annotations

from dataclasses import replace

from handlers import letter_arrived, several_answered
from handlers.card_corrected import with_corrections
from handlers.carry_out import AlsoWrite, carry_out, carry_out_together
from handlers.letter_arrived import follow_up, open_as_ordered
from handlers.meaning.asked_together import answers_what_is_open, asks_of_several, only_nods_to_all, said_together
from handlers.meaning.going_on import by_official, go_on, may_be_corrected, may_be_ordered
from handlers.meaning.objection import nods, noted, says_the_same, takes_back
from handlers.meaning.our_mails import said_by_author
from handlers.meaning.reply import Reply
from handlers.meaning.what_it_decides import REFUSED, TAKEN_BACK, UNCLEAR, facts_of, unclear
from handlers.meaning.which_incident import Belongs, How
from handlers.no_emergency import show_helpdesk
from handlers.ports import Ports
from handlers.several_answered import only_one
from handlers.telling.helpdesk import word_to_writer
from handlers.too_often.flood import FLOOD
from handlers.trust.doubtful import stage_answered, who_may_answer, why_not_meant
from handlers.trust.may_be_answered import must_not_be_answered
from handlers.trust.ruling import rule, shown_by
from handlers.what_became import put_off, queueing, set_apart, settled, settling
from outbox.matter import Reader
from outbox.queue import QueuedMail
from parsers.letters.later_word import reports_outage
from parsers.letters.values import MailKind
from parsers.mails.headers import automation
from parsers.mails.message import Mail
from parsers.replies.courtesy import is_courtesy
from parsers.replies.offered import begins_with_offer
from parsers.replies.whole_answer import WholeAnswer, read_whole_answer
from readers.pool import Reading
from register import journal, ledger
from register.ledger import CollectedMail
from sop.addressee import Addressee
from sop.facts import AnswerUntrusted
from sop.mail_key import MailKey
from sop.mails import MailTemplate
from sop.people import Person

MOST_REFUSED = 200
"""Answers that may not count, in one incident; what follows is set apart, or its story would be theirs."""
STRANGER = Addressee("asing")
GOES_ON, COURTESY = "dibuka lagi", "ucapan"
OF_WHICH_CARD = "KOREKSI dalam jawaban atas beberapa insiden; mohon dikirim sebagai balasan surel insiden itu sendiri"


def handle(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail, how: How) -> tuple[str, str]:
    """Carry the answer into the incident. Returns what became of the mail, and the incident's number.

    `how`: how it is known that our mail `asked` is what it answers.
    """
    reply = _reply(ports, collected, reading, asked, how)
    person = reply.ruling.person
    if person is None:
        return _refused(reply), asked.incident
    whole = reading.ask(read_whole_answer, reading.mail, reply.question(), reading.opener)
    if whole.slow and ports.reads_scans and not reading.opener.reads_pictures:
        return put_off(ports, collected), asked.incident
    if automation(reading.mail) and not whole.answer.decision:
        # Asked back, a mailbox that forwards everything would ask us again.
        return show_helpdesk(ports, collected, reading.mail, str(MailKind.AUTO_REPLY)), ""
    if _needs_nothing(reply, person, whole):
        return settled(ports, collected, COURTESY, asked.incident), asked.incident
    accepted = reply.accepted(reply.stage)
    reply = replace(reply, doubt=why_not_meant(ports, reading, reply.ruling, whole.text, accepted))
    if (together := said_together(reply, person, whole)) is not None:
        if (one := only_one(reply, person, together)) is None:
            return several_answered.handle(reply, person, together)
        reply, whole = one
    if whole.corrects and asks_of_several(reply):
        fact = unclear(reply, person, whole.text, OF_WHICH_CARD)
        carry_out(ports, asked.incident, fact, settling(collected, UNCLEAR), seen=reply.standing)
        return UNCLEAR, asked.incident
    if not whole.corrects and (done := _ordered(reply, person, whole)) is not None:
        return done
    if not whole.corrects and _reports(reply, whole):
        if how.proves:
            return follow_up(ports, collected, reading, Belongs(reply.incident.number, how, asked))
        return letter_arrived.handle(ports, collected, reading)  # a new mail that only bears an old number
    facts, became = with_corrections(reply, person, whole, *facts_of(reply, person, whole))
    carry_out_together(ports, facts, settling(collected, became), seen=reply.standing)
    return became, reply.incident.number


def _reply(ports: Ports, collected: CollectedMail, reading: Reading, asked: QueuedMail, how: How) -> Reply:
    with ports.database.reading() as tx:
        standing = journal.read_standing(tx, asked.incident)
    stage, visit = stage_answered(asked, standing.incident)
    may_answer = who_may_answer(asked, standing.incident, stage, visit)
    shown = shown_by(ports, collected, reading.mail, asked, has_token=how.proves, may_answer=may_answer)
    ruling = rule(shown, ports.directory())
    return Reply(ports, collected, reading, asked, standing, stage, visit, ruling)


def _ordered(reply: Reply, person: Person, whole: WholeAnswer) -> tuple[str, str] | None:
    """Helpdesk says what a later mail is, or that an ended incident goes on; only a mail that proves itself may."""
    ports, collected, incident = reply.ports, reply.collected, reply.incident
    if reply.ruling.doubt:
        return None
    word = _word_shown(reply, person) if whole.answer.kind == "darurat" else None
    if word is not None and word.incident == incident.number:
        ordered = by_official("darurat", person, whole.text, collected)
        return GOES_ON, open_as_ordered(ports, collected, reply.standing, word, ordered)
    if word is not None:
        said = f"surat itu sudah dicatat sebagai {word.incident}"
        fact = unclear(reply, person, whole.text, said)
        carry_out(ports, incident.number, fact, settling(collected, UNCLEAR), seen=reply.standing)
        return UNCLEAR, reply.asked.incident
    if whole.answer.kind == "darurat" and may_be_ordered(incident, reply.procedure, person):
        by = by_official("darurat", person, whole.text, collected)
        return GOES_ON, go_on(ports, reply.standing, settling(collected, GOES_ON), by)
    if takes_back(reply, person, whole) and may_be_corrected(incident, reply.procedure, person):
        by = by_official("ralat", person, whole.text, collected)
        return TAKEN_BACK, go_on(ports, reply.standing, settling(collected, TAKEN_BACK), by)
    return None


def _needs_nothing(reply: Reply, person: Person, whole: WholeAnswer) -> bool:
    """Thanks for a mail that asked nothing, or a yes to our note of an answer."""
    if reply.asked.template == MailTemplate.CONFIRMATION or nods(reply, person, whole):
        return False  # an OK to what was asked
    if reply.offered_late(whole.answer.decision):
        return False
    if not reply.asked.asks and reply.reading.ask(is_courtesy, whole.text):
        return not answers_what_is_open(reply, person, whole)
    if only_nods_to_all(reply, person, whole):
        return True
    return says_the_same(reply, person, whole)


def _reports(reply: Reply, whole: WholeAnswer) -> bool:
    """Whether an official who is not waited for tells of an outage, in an old thread or with an old number."""
    if _is_about_our_note(reply) or reply.takes(whole.answer.decision):
        return False
    if reply.waits or whole.answer.kind or reply.names_a_team(whole.text, whole.answer.decision):
        return False
    if reply.reading.ask(begins_with_offer, whole.words, reply.accepted(reply.stage)):
        return False  # an answer that comes late, with its reasons
    return reply.reading.ask(reports_outage, reply.mail, whole.text, reply.asked.subject)


def _is_about_our_note(reply: Reply) -> bool:
    """Whether it answers our note of its author's answer while the incident goes on."""
    person = reply.ruling.person
    return person is not None and not reply.incident.outcome and noted(reply, person) is not None


def _word_shown(reply: Reply, person: Person) -> CollectedMail | None:
    """The later mail of a reporter that our mail showed to Helpdesk, unless they are being asked something else."""
    current, helpdesk = reply.incident.current, reply.procedure.first_stage().role
    if reply.asked.template != MailTemplate.REPORTERS_WORD or person.role != helpdesk:
        return None
    if current is not None and current.may_answer(person.id):
        return None
    with reply.ports.database.reading() as tx:
        return ledger.by_prefix(tx, reply.asked.key.ref)


def _refused(reply: Reply) -> str:
    """It may not count: recorded, shown to Helpdesk and to whoever's name was used."""
    ports, ruling = reply.ports, reply.ruling
    if len(reply.incident.refused) >= MOST_REFUSED:
        return set_apart(ports, reply.collected, FLOOD, reply.mail.apparent_sender)
    text = said_by_author(ports, reply.reading, reply.asked)
    sender = reply.mail.apparent_sender
    fact = AnswerUntrusted(reply.stage, sender, ruling.reason, text, reply.collected.id, ruling.named)
    also = settling(reply.collected, REFUSED)
    if ruling.write_to_stranger:
        also = _telling_stranger(ports, reply.mail, also)
    carry_out(ports, reply.incident.number, fact, also, seen=reply.standing)
    return REFUSED


def _telling_stranger(ports: Ports, mail: Mail, also: AlsoWrite) -> AlsoWrite:
    """`also`, and in the same transaction one word to the sender that nothing was carried out: once ever."""
    if must_not_be_answered(mail, ports.address):
        return also
    key = MailKey.to_stranger(mail.sender)
    draft = word_to_writer(ports, Reader(STRANGER, "", "", mail.sender), key, MailTemplate.STRANGERS_ANSWER, {}, "")
    return queueing(ports, [draft], also)
