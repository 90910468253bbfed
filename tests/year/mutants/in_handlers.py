"""Faults in what is done: whose mail counts, what is written together, what is read, listed, told and passed over."""

from __future__ import annotations

from tests.year.mutants.fault import Planted

IN_HANDLERS = (
    Planted(
        "the server's word that a sender is forged is not heard",
        "anybody decides in the Kabid's name",
        "handlers/trust/ruling.py",
        "    if shown.authenticity is Authenticity.FAIL:\n",
        "    if False:\n",
    ),
    Planted(
        "an answer to a mail that asked for nothing decides",
        '"Baik, teruskan" under a notice becomes a decision that its author never took',
        "handlers/meaning/what_it_decides.py",
        '    if doubt := reply.doubt or ("" if reply.asked.asks or reply.offered_late(answer.decision) else NO_QUESTION):\n',
        "    if doubt := reply.doubt:\n",
    ),
    Planted(
        "whoever says nothing clear is taken to agree",
        "a question of an official becomes their decision",
        "handlers/meaning/what_it_decides.py",
        "    if not answer.decision:\n        return unclear(",
        "    if not answer.decision and reply.accepted(reply.stage):\n"
        "        answer = replace(answer, decision=reply.accepted(reply.stage)[0])\n"
        "    if not answer.decision:\n        return unclear(",
    ),
    Planted(
        "only the first mail of a decision is queued",
        "the step is entered, and of those who should be asked all but one never hear of it",
        "handlers/carry_out.py",
        "                for mail in done.written:\n",
        "                for mail in done.written[:1]:\n",
    ),
    Planted(
        "the mail is settled in a transaction of its own",
        "a power cut between the two leaves an answer that is done with and did nothing",
        "handlers/carry_out.py",
        "            doubtful = journal.restored_lately(tx, now)\n",
        "        with ports.database.writing() as tx:\n            doubtful = journal.restored_lately(tx, now)\n",
    ),
    Planted(
        "mails are queued in a transaction of their own",
        "a power cut between the two leaves a step that nobody was asked for",
        "handlers/carry_out.py",
        "                for mail in done.written:\n                    queue.put(tx, mail.draft, now, doubtful=doubtful)\n",
        "        with ports.database.writing() as tx:\n            for done in prepared:\n"
        "                for mail in done.written:\n                    queue.put(tx, mail.draft, now, doubtful=doubtful)\n",
    ),
    Planted(
        "the deadline is that of the state before",
        "every ladder runs by the clock of the step that was left",
        "handlers/carry_out.py",
        "    deadline = next_deadline(procedure, verdict.incident)\n",
        "    deadline = next_deadline(procedure, before)\n",
    ),
    Planted(
        "of the reports that were linked the first does not end with the incident",
        "a linked incident stays open for ever, with nobody to close it",
        "handlers/carry_out.py",
        "EndedWith(after.outcome)) for other in after.joined]\n",
        "EndedWith(after.outcome)) for other in after.joined[1:]]\n",
    ),
    Planted(
        "an ended incident does not learn that it goes on in another",
        "every further BELUM opens one more incident about the same outage",
        "handlers/carry_out.py",
        "            if ended:\n                matters.append(",
        "            if False:\n                matters.append(",
    ),
    Planted(
        "BELUM is heard only when it comes too late",
        "the reporter's last word within the day counts for nothing",
        "handlers/meaning/going_on.py",
        "    return received - incident.closed <= rule.within\n",
        "    return received - incident.closed > rule.within\n",
    ),
    Planted(
        "of the deadlines that are due the oldest is passed over",
        "the incident that has waited longest is never reminded of",
        "handlers/deadline_passed.py",
        "    for number in (*ahead, *due):\n",
        "    for number in (*ahead, *due[1:]):\n",
    ),
    Planted(
        "the directory is followed only when the desk starts",
        "until somebody restarts the desk, requests wait for those who have left",
        "handlers/directory_changed.py",
        "    if ports.followed == serving:\n",
        "    if ports.followed is not None:\n",
    ),
    Planted(
        "a reminder counts for whatever has happened since",
        "whoever was asked anew a moment later is not reminded when their own time is over",
        "handlers/telling/reminders.py",
        "            if named_by(event, reminder.key).get(incident.number) == incident.seq\n",
        "            if incident.number in named_by(event, reminder.key)\n",
    ),
    Planted(
        "a refusal for good is told to nobody",
        "the request never reached its reader, and the desk keeps that to itself",
        "handlers/send_mail.py",
        "    for mail in refused:\n",
        "    for mail in refused[:0]:\n",
    ),
    Planted(
        "a bounce is filed without a word",
        "a request that came back is waited for as if it had been read",
        "handlers/machine_mail_arrived.py",
        "    carry_out(ports, bounced.incident, undelivered(bounced, said, collected.id), settling(collected, str(kind)))\n",
        "    set_apart(ports, collected, str(kind), said)\n",
    ),
    Planted(
        "a mail that the full disk did not take is passed over",
        "an emergency that came while the disk was full is not looked at for a day",
        "handlers/collect_mail.py",
        "    sha256 = ports.archive.put(found.raw)\n",
        "    try:\n        sha256 = ports.archive.put(found.raw)\n    except OSError:\n        return False\n",
    ),
    Planted(
        "the watermark is one too high",
        "the next mail of every mailbox is not seen until the whole folder is looked at again",
        "handlers/collect_mail.py",
        "uidvalidity, known, newest, ports.now())\n",
        "uidvalidity, known, newest + 1, ports.now())\n",
    ),
    Planted(
        "a letter that Helpdesk calls an emergency is not given its incident",
        "DARURAT twice opens two incidents, and what belongs to the letter finds neither",
        "handlers/order_arrived.py",
        "        return ledger.give_incident(tx, about.id, number) and settle(tx, number)\n",
        "        return settle(tx, number)\n",
    ),
    Planted(
        "a letter that is read as no emergency is shown to nobody",
        "what was misread is lost in silence",
        "handlers/no_emergency.py",
        "    drafts = [*shown_to_helpdesk(ports, collected, mail, kind), *also]\n",
        "    drafts = [*also]\n",
    ),
    Planted(
        "the list of the morning is never sent",
        "a letter among the spam is never found",
        "handlers/rounds/lists.py",
        "    if apart:\n",
        "    if False:\n",
    ),
)
