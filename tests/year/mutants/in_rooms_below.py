"""Faults in what the handlers stand on: the queue, the journal, the ledger, the identity of a mail, the directory."""

from __future__ import annotations

from tests.year.mutants.fault import Planted

IN_OUTBOX = (
    Planted(
        "mails of one incident overtake each other",
        "a reader is told that it has been decided before they are asked",
        "outbox/queue.py",
        "    _earlier.c.state.in_(OPEN),\n",
        "    _earlier.c.state.in_([]),\n",
    ),
    Planted(
        "the archive copy does not settle a doubt",
        "officials get one request twice, and answer one of them",
        "outbox/deliver.py",
        "        if sent:\n",
        "        if False:\n",
    ),
    Planted(
        "the final dot is not noted before it is sent",
        "a desk that dies in that moment sends the same mail again",
        "outbox/deliver.py",
        "before_dot=lambda: self._dot(mail))\n",
        "before_dot=lambda: None)\n",
    ),
    Planted(
        "a mail in doubt is taken as sent",
        "a request that never left is waited for",
        "outbox/deliver.py",
        "            return self._later(mail, State.DOT, str(error), now + DOUBT_LOOK, dot_at=dotted)\n",
        "            return self._note(mail, State.SENT, str(error), sent_at=now)\n",
    ),
    Planted(
        "nobody waits for the archive copy",
        "whatever is in doubt goes out twice",
        "outbox/deliver.py",
        "        if due <= now:\n            return None\n",
        "        if True:\n            return None\n",
    ),
    Planted(
        "a server's passing trouble is taken for a refusal",
        "one busy moment of the server, and a request is never sent",
        "outbox/deliver.py",
        "            return self._later(mail, _as_before(mail), str(error), now + self._pause(mail.attempts))\n",
        "            return self._note(mail, State.FAILED, str(error))\n",
    ),
    Planted(
        "a refusal for good is tried again for ever",
        "what follows for the same reader is held back for ever, and nobody is told",
        "outbox/deliver.py",
        "            return self._note(mail, State.FAILED, str(error))\n",
        "            return self._later(mail, _as_before(mail), str(error), now + self._pause(mail.attempts))\n",
    ),
)

IN_REGISTER = (
    Planted(
        "the next deadline is not written",
        "no ladder is ever climbed: whoever is silent is waited for without end",
        "register/journal.py",
        '        "next_deadline": deadline,\n',
        "",
    ),
    Planted(
        "an event is not chained to the one before it",
        "somebody can take an event out of the record, and nothing shows it",
        "register/journal.py",
        "        head = link(head, before.number, event, data)\n        links.append(\n",
        "        head = link(GENESIS, before.number, event, data)\n        links.append(\n",
    ),
    Planted(
        "a clock that was set back by hours is not noticed",
        "deadlines sleep as long as the clock was wrong",
        "register/journal.py",
        '    return sorted(tx.execute(_AHEAD, {"ahead": now + CLOCKS_MAY_DIFFER}).scalars())\n',
        '    return sorted(tx.execute(_AHEAD, {"ahead": now + timedelta(days=30)}).scalars())\n',
    ),
    Planted(
        "the list of incidents is a step behind the story",
        "who looks at the list sees a stage that is over, and reminders name the wrong one",
        "register/journal.py",
        '        "stage": after.current.stage if after.current else "",\n',
        '        "stage": before.current.stage if before.current else "",\n',
    ),
    Planted(
        "a desk takes the leases of others and cannot renew its own",
        "mail is collected, and nobody acts on it",
        "register/leases.py",
        '    (leases.c.owner == bindparam("by"))\n',
        '    (leases.c.owner != bindparam("by"))\n',
    ),
)
"""No fault in what two writers do to each other at one moment: in a single thread that moment never comes, and a fault
there would be the same program.
"""

IN_INBOX = (
    Planted(
        "mails of the same words are one mail",
        'the second "YA" of the day, to another incident and of another official, is never heard',
        "inbox/identity.py",
        '    return hashlib.sha256(b"\\n".join(origin) + b"\\n\\n" + body.rstrip()).hexdigest()\n',
        "    return hashlib.sha256(body.rstrip()).hexdigest()\n",
    ),
    Planted(
        "the watermark of a mailbox outlives its UIDVALIDITY",
        "after the mailbox was moved to another server new mail bears low numbers, and is not looked at",
        "register/ledger.py",
        '        table.c.uidvalidity == bindparam("uidvalidity"),\n',
        '        table.c.uidvalidity <= bindparam("uidvalidity"),\n',
    ),
)

IN_OFFICE = (
    Planted(
        "a changed directory is not read again",
        "a Plh who has a mandate is not asked, and whoever has left is",
        "office/people.py",
        "        if stamp != self._stamp:\n",
        "        if False:\n",
    ),
)
