"""What our own receiving server says about whether a mail's sender is genuine."""

from __future__ import annotations

import re

from parsers.message import Mail


def failed_authentication(mail: Mail, authserv_id: str) -> bool:
    """What our own receiving server says (RFC 8601); what others wrote into the mail proves nothing."""
    if not authserv_id:
        return False
    for value in mail.headers.get("authentication-results", ()):
        if value.partition(";")[0].strip().lower().split(" ")[0] == authserv_id.lower():
            return re.search(r"\bdmarc\s*=\s*fail", value, re.IGNORECASE) is not None
    return False
