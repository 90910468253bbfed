"""What the header fields of a mail say about how it came to be: by itself, through a list, in somebody else's name."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from parsers.fields.addresses import mailboxes
from parsers.mails.message import Mail

_RESPONDERS = ("x-autoreply", "x-autorespond", "x-autoresponse")
_WRITTEN_BY = ("x-original-from", "x-google-original-from", "x-original-sender", "reply-to")
"""Where a list that puts itself into From leaves who wrote, the surest first."""
_VIA = re.compile(r"\s(?:via|melalui)\s", re.IGNORECASE)
"""As in "'Rina Marlina' via Forum OPD"."""


class Automation(StrEnum):
    """Why a mail came without anybody sending it (RFC 3834 §5)."""

    NONE = ""
    REPLIED = "auto-replied"
    """In answer to another mail: a vacation, an acknowledgement."""
    FORWARDED = "auto-forwarded"
    """By a rule of a mailbox; a person may have written what it passes on."""
    GENERATED = "auto-generated"
    """By a form, a scanner, a monitor, a job, or whatever else calls itself automatic."""


def automation(mail: Mail) -> Automation:
    """Whether a machine sent the mail, by its own word. Such a mail is never answered; what it says may matter all the same."""
    said = mail.header("auto-submitted").lower().partition(";")[0].partition("(")[0].strip()
    if said in (Automation.REPLIED, Automation.FORWARDED):
        return Automation(said)
    if any(mail.header(name) for name in _RESPONDERS) or mail.header("precedence").lower() == "auto_reply":
        return Automation.REPLIED
    return Automation.GENERATED if said and said != "no" else Automation.NONE


def is_list_mail(mail: Mail) -> bool:
    """Mail of a list or a bulk sender: never answered (RFC 3834 §2)."""
    return bool(
        mail.header("list-id")
        or mail.header("list-unsubscribe")
        or mail.header("precedence").lower() in ("bulk", "list", "junk")
    )


def is_of_list_at(mail: Mail, address: str) -> bool:
    """Whether the list that handed the mail on is the one at `address`: whoever wrote to it wrote to `address`."""
    return bool(address) and address.replace("@", ".") in re.findall(r"[\w.-]+", mail.header("list-id").lower())


def as_written(mail: Mail, own: str = "") -> Mail:
    """The mail with whoever wrote it as its sender, where a list, or a form in our name, stands in its From.

    For reading letters only: what the fields of a list say proves nothing about who decides.

    Args:
        own: our own address, lower case.
    """
    if not _stands_in(mail, own):
        return mail
    for one in mailboxes([value for field in _WRITTEN_BY for value in mail.undecoded.get(field, ())[:1]]):
        if one.address not in (mail.sender, own):
            name = one.name or _before_via(mail.sender_name)
            return replace(mail, sender=one.address, sender_name=name, apparent_sender=one.address)
    return mail


def _stands_in(mail: Mail, own: str) -> bool:
    """Whether From is not the author's address but that of a list, or our own."""
    if not mail.sender:
        return False
    if mail.sender == own or is_of_list_at(mail, mail.sender):
        return True
    if f"mailto:{mail.sender}>" in mail.header("list-post").lower():
        return True
    named_elsewhere = any(mail.header(field) for field in _WRITTEN_BY[:3])
    return named_elsewhere and _VIA.search(mail.sender_name) is not None


def _before_via(name: str) -> str:
    match = _VIA.search(name)
    return name[: match.start()].strip(" '\"") if match else ""
