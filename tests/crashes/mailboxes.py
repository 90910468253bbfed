"""What stands in the in-process mail house, taken out and put into another one: same mails, UIDs and UIDVALIDITY."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymap.parsing.message import AppendMessage
from pymap.parsing.specials import FetchRequirement

from tests.doubles import MailHouse, Postman


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One INBOX."""

    uidvalidity: int
    mails: tuple[tuple[datetime, bytes], ...]


Mailboxes = dict[str, Mailbox]


def mailboxes_of(house: MailHouse) -> Mailboxes:
    async def copy() -> Mailboxes:
        return {user: await _copied(await _inbox(house, user)) for user in house.users}

    return _in_house(house, copy())


def fill(house: MailHouse, mailboxes: Mailboxes) -> None:
    """`house` must be new: its mailboxes are empty, and the first mail gets the UID it had before."""

    async def put() -> None:
        for user, kept in mailboxes.items():
            inbox = await _inbox(house, user)
            inbox._uid_validity = kept.uidvalidity
            for received, raw in kept.mails:
                await inbox.append(AppendMessage(raw, received, frozenset()))

    _in_house(house, put())


async def _copied(inbox: Any) -> Mailbox:
    mails = [(message.internal_date, await _raw(message)) async for message in inbox.messages()]
    return Mailbox(inbox.uid_validity, tuple(mails))


async def _raw(message: Any) -> bytes:
    return bytes(await message.load_content(FetchRequirement.CONTENT))


async def _inbox(house: MailHouse, user: str) -> Any:
    identity = await house._backend.login.authorize(Postman(user), user)
    async with identity.new_session() as session:
        return await session.mailbox_set.get_mailbox("INBOX")


def _in_house(house: MailHouse, work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run_coroutine_threadsafe(work, house._loop).result(30)
