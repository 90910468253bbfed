"""Who may be answered by a machine: no list, no machine, nobody without a name, and not we ourselves."""

from __future__ import annotations

import re

from parsers.letters.values import MailKind
from parsers.mails.headers import automation, is_list_mail, is_of_list_at
from parsers.mails.message import Mail

_NOBODY = re.compile(
    r"(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|owner-.*|.*-(?:bounces|request))[+@]"
)


def must_not_be_answered(mail: Mail, own: str, kind: MailKind | None = None) -> bool:
    """Lists, machines, the nameless and ourselves get no automatic answer (RFC 3834 §2). `kind`: what it was read as.

    A list that is only how our own address hands mail on is no list to whoever wrote to that address.
    """
    from_machine = kind is not None and kind.from_machine
    return from_machine or is_nobody(mail.sender, own) or came_by_itself(mail, own)


def came_by_itself(mail: Mail, own: str) -> bool:
    """Whether no person sent it to us: a machine did, or a list of others."""
    return bool(automation(mail)) or (is_list_mail(mail) and not is_of_list_at(mail, own))


def is_nobody(address: str, own: str) -> bool:
    """Whether no person reads what is sent to `address` (lower case), or it is our own."""
    return not address or address == own or _NOBODY.match(address) is not None
