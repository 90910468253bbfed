"""What mails in other people's mailboxes say of the journal, held against what it says now.

Whoever holds the machine and every key can write any journal; they cannot write what already stands elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.ports import Ports
from outbox import queue
from outbox.tokens import find_token, names_our_mail
from parsers.mails.witness import Line, Testimony, testimony
from readers.pool import CannotRead, Overloaded
from register.heads import printed
from register.history import History
from templates.phrasing import WIB

MOST_TOLD = 20
"""Lines of one kind; how many more there are is one more line."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Statement:
    """A line that bears witness, and where it stood. `ours`: the mail is, or says that it is, one of ours."""

    line: Line
    where: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Lines for people: what is wrong; what nobody can say any more; what others wrote that looks like ours.

    `agreed`: how many statements the journal bears out.
    """

    damage: tuple[str, ...]
    unprovable: tuple[str, ...]
    asides: tuple[str, ...]
    agreed: int


def hear(ports: Ports, files: Iterable[tuple[str, bytes]]) -> tuple[list[Statement], list[str]]:
    """The statements in mails or texts (name and bytes), each once; and what could not be read, a line each."""
    found, unread = dict[Line, Statement](), list[str]()
    for name, raw in files:
        try:
            said = ports.readers.again(testimony, raw)
        except (CannotRead, Overloaded) as error:
            unread.append(f"{name}: tidak terbaca ({error})")
            continue
        with ports.database.reading() as tx:
            for one in _statements(tx, ports.address, name, said):
                if one.line not in found or (one.ours and not found[one.line].ours):
                    found[one.line] = one
    return list(found.values()), unread


def in_own_mail(ports: Ports, mail: queue.QueuedMail, raw: bytes) -> list[Statement]:
    """What a mail of ours says in its foot. Raises: CannotRead, Overloaded."""
    if b"\nSidik " not in raw:
        return []
    lines = ports.readers.again(testimony, raw).lines
    return [Statement(line, f"surat keluar {mail.key}", ours=True) for line in lines if line.code == mail.token]


def _statements(tx: Connection, address: str, name: str, said: Testimony) -> list[Statement]:
    is_mail = bool(said.sender or said.message_id)
    from_us = said.sender == address and names_our_mail(said.message_id, address)
    own_code = find_token(said.message_id.partition("@")[0]) if from_us else ""
    who = f"{name} (dari {said.sender or '?'}, Message-ID {said.message_id or '?'})" if is_mail else name
    return [
        Statement(line, who, ours=from_us or not is_mail or queue.by_token(tx, line.code) is not None)
        for line in said.lines
        if not from_us or line.code == own_code
    ]


def compare(history: History, statements: Sequence[Statement]) -> Verdicts:
    """Hold every statement against the journal."""
    damage, unprovable, asides, agreed = list[str](), list[str](), list[str](), 0
    for one in statements:
        fault = _fault(history, one.line)
        if not fault:
            agreed += 1
        elif _lost(history, one.line):
            unprovable.append(f"saksi lebih baru daripada cadangan yang dipulihkan: {one.where}: {fault}")
        elif one.ours:
            damage.append(f"saksi tidak cocok: {one.where}: {fault}")
        else:
            asides.append(f"baris sidik di surat orang lain tidak cocok: {one.where}: {fault}")
    return Verdicts(_bounded(damage), _bounded(unprovable), _bounded(asides[:1], len(asides)), agreed)


def _fault(history: History, line: Line) -> str:
    """What the journal says otherwise, or ""."""
    if not line.incident:
        told = history.heads.get(line.head)
        about = f"sidik register no. {line.head} ({line.at})"
        if told is None:
            return f"{about} tidak ada lagi di jurnal"
        return "" if printed(told) == line.fingerprint else f"{about} lain; catatan sebelum itu telah diubah"
    length = history.lengths.get(line.incident)
    if length is None:
        return f"{line.incident} tidak ada lagi di jurnal"
    if line.seq > length:
        return f"{line.incident} tinggal {length} dari {line.seq} peristiwa ({line.at})"
    same = printed(history.hashes[line.incident, line.seq]) == line.fingerprint if line.seq else False
    return "" if same else f"{line.incident}: {line.seq} peristiwa pertamanya lain; telah diubah sejak {line.at}"


def _lost(history: History, line: Line) -> bool:
    """Whether the line was written in a time that a restored backup knows nothing of."""
    try:
        at = datetime.strptime(line.at, "%d-%m-%Y %H.%M").replace(tzinfo=WIB)
    except ValueError:
        return False
    return any((begin is None or at + MINUTE > begin) and at <= end for begin, end in history.lost)


def _bounded(lines: Sequence[str], count: int = 0) -> tuple[str, ...]:
    count = count or len(lines)
    told = tuple(lines[:MOST_TOLD])
    return (*told, f"… dan {count - len(told)} saksi lain") if count > len(told) else told
