"""In which order mails go out when there are more than may go at once: first to whoever must act, then the receipts.

The rest waits only while requests are due. These are few: an incident asks one office at a time, strangers open few of
them at once, and what is sent does not come back to the queue.
"""

from __future__ import annotations

from register.schema import REST
from sop.addressee import Addressee
from sop.mails import MailTemplate

ASKS, RECEIPT = 0, 1
LISTS = (
    MailTemplate.QUARANTINE,
    MailTemplate.OTHER_LETTER,
    MailTemplate.REPORTERS_WORD,
    MailTemplate.ASK_BACK_ABOUT_LETTER,
    MailTemplate.ASK_BACK_ABOUT_LIST,
    MailTemplate.LATE,
)
"""Ask for an order about what may be an emergency, or is late, although no clock runs for it."""
RECEIPTS = (MailTemplate.RECEIPT, MailTemplate.ALREADY_KNOWN, MailTemplate.ORDINARY_LETTER)


def lane(template: str, person: Addressee, *, asks: bool) -> int:
    """The lane of a mail to `person`: the lower, the sooner."""
    if asks or template in LISTS:
        return ASKS
    return RECEIPT if template in RECEIPTS and person.is_reporter else REST
