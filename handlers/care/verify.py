"""Is everything still as it was written? The chain of every incident, the heads over all of them, what outbox, ledger
and counters name, every archived mail; and what mails that have gone out bear witness to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from handlers.care.witnesses import Statement, compare, hear, in_own_mail
from handlers.ports import Ports
from outbox import queue
from readers.pool import CannotRead, Overloaded
from register import journal, ledger
from register.archive import ArchiveDamaged
from register.history import History, tell_anew


@dataclass(frozen=True, slots=True)
class Findings:
    """Lines for people.

    Attributes:
        damage: one line for each thing that is missing or was changed outside Siaga.
        unprovable: what can neither be borne out nor denied: it is younger than a backup that was restored, or unread.
        asides: lines in other people's mails that look like ours and do not agree; anybody can write such a line.
        agreed: how many statements of witnesses the journal bears out.
    """

    damage: tuple[str, ...]
    unprovable: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    agreed: int = 0


def examine(ports: Ports, files: Iterable[tuple[str, bytes]] = ()) -> Findings:
    """Look at everything. `files`: mails, or texts saved from mails, that stood elsewhere (name and bytes)."""
    heard, unread = hear(ports, files)
    own, lost = _archived(ports)
    with ports.database.reading() as tx:
        history = tell_anew(tx, {(one.line.incident, one.line.seq) for one in (*own, *heard) if one.line.incident})
        damage = [*history.damage, *_gone(tx, history), *_uncaused(tx, history), *lost]
    said, by_us = compare(history, heard), compare(history, own)
    damage += [*by_us.damage, *said.damage]
    return Findings(tuple(damage), (*by_us.unprovable, *said.unprovable, *unread), said.asides, said.agreed)


def _archived(ports: Ports) -> tuple[list[Statement], list[str]]:
    """What our own mails say of the journal; and which mails are not in the archive as they were."""
    statements, lost = list[Statement](), list[str]()
    with ports.database.reading() as tx:
        incoming, outgoing = ledger.everything(tx), queue.everything(tx)
    for mail in incoming:
        try:
            ports.archive.get(mail.sha256)
        except (ArchiveDamaged, OSError) as error:
            lost.append(f"surat masuk {mail.id[:12]}: {error}")
    for sent in outgoing:
        try:
            statements += in_own_mail(ports, sent, ports.archive.get(sent.sha256))
        except (ArchiveDamaged, OSError, CannotRead, Overloaded) as error:
            lost.append(f"surat keluar {sent.key}: {error}")
    return statements, lost


def _gone(tx: Connection, history: History) -> list[str]:
    """Incidents that something names and that are not there."""
    named: dict[str, list[str]] = {}
    outgoing = Counter(mail.incident for mail in queue.everything(tx))
    incoming = Counter(mail.incident for mail in ledger.everything(tx))
    for number, count in outgoing.items():
        named.setdefault(number, []).append(f"{count} surat keluar")
    for number, count in incoming.items():
        named.setdefault(number, []).append(f"{count} surat masuk")
    for numbers, what in ((journal.given_numbers(tx), "urutan nomor"), (history.named, "sidik register")):
        for number in numbers:
            named.setdefault(number, []).append(what)
    return [
        f"{number}: insiden hilang dari jurnal; masih disebut {_listed(by)}"
        for number, by in sorted(named.items())
        if number and number not in history.lengths
    ]


def _listed(names: Sequence[str]) -> str:
    return " dan ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _uncaused(tx: Connection, history: History) -> list[str]:
    """Mails that events name and the outbox has lost, and mails of an incident that none of its events names."""
    queued = {str(mail.key): mail.incident for mail in queue.everything(tx)}
    lost = [f"surat keluar {key} hilang dari kotak keluar" for key in sorted(history.mails - queued.keys())]
    return lost + [
        f"surat keluar {key} tidak disebut peristiwa mana pun dari {incident}; peristiwanya hilang"
        for key, incident in queued.items()
        if incident in history.lengths and key not in history.mails
    ]
