"""Counts what stands in the readers' mailboxes against what the outbox says was sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from inbox.identity import message_id
from outbox.queue import QueuedMail

_POSTFIX_ID = re.compile(rb"\(Postfix\)[^;]*?\bid (\w+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Copies:
    """One line each: key and recipient of a mail.

    Attributes:
        lost: not in its reader's mailbox.
        doubled: there more than once because Siaga sent it more than once: the copies have different queue ids.
        doubled_by_server: Postfix or Dovecot delivered one message twice, killed between delivery and noting it.
        strange: in a mailbox and not in the outbox.
    """

    lost: list[str]
    doubled: list[str]
    doubled_by_server: list[str]
    strange: list[str]


def count_copies(mailbox: Callable[[str], list[bytes]], addresses: Iterable[str], sent: Sequence[QueuedMail]) -> Copies:
    """`mailbox` gives the raw mails of an address."""
    found: dict[tuple[str, str], list[bytes]] = {}
    for address in addresses:
        for raw in mailbox(address):
            found.setdefault((address, message_id(raw)), []).append(_queue_id(raw))
    copies = Copies([], [], [], [])
    for mail in sent:
        ids = found.pop((mail.recipient, mail.message_id), [])
        line = f"{mail.key} an {mail.recipient} (attempts {mail.attempts}, {mail.reply}): {b' '.join(ids).decode()}"
        if not ids:
            copies.lost.append(line)
        elif len(set(ids)) > 1:
            copies.doubled.append(line)
        elif len(ids) > 1:
            copies.doubled_by_server.append(line)
    copies.strange.extend(f"{own_id} in {address}" for address, own_id in found)
    return copies


def _queue_id(raw: bytes) -> bytes:
    """Under which name Postfix had the mail in its queue."""
    match = _POSTFIX_ID.search(raw[:4000])
    return match[1] if match else b""
