"""Mail that only says where the letter can be looked at: a drive, Gmail's confidential mode, a service for sealed mail.

Nothing of that is ever opened: a link is a stranger's, and works for a while.
"""

from __future__ import annotations

import re

from parsers.mails.quotes import own_words

MOST_WORDS = 25
"""Beside a link: whoever says more says something."""
MOST_NOTICE = 250
"""Words of a notice that something is kept elsewhere."""
_LINK = re.compile(r"<?\bhttps?://([\w.-]{3,100})(?::\d{1,5})?(/[^\s<>\"]{0,2000})?>?", re.IGNORECASE)
_SHARES = re.compile(
    r"\b(?:drive|docs|cloud|awan|share|sharepoint|berbagi|files?|berkas|nextcloud|owncloud|dokumen|dropbox\w*|onedrive|1drv|wetransfer|mega|icloud|"
    r"mediafire|terabox\w*|4shared|sendspace|pcloud)\b|(?:^|\.)(?:we\.tl|box\.com|forms\.gle|goo\.gl)$",
    re.IGNORECASE,
)
_SHARED = re.compile(r"/(?:index\.php/)?s/\w{6,}|/file/d/|/folders/|[?&](?:usp=sharing|share|dl=\d)", re.IGNORECASE)
_CONFIDENTIAL = "confidential-mail.google.com"
_SEALED = re.compile(
    r"\b(?:mode (?:rahasia|konfidensial)|confidential mode|(?:protected|encrypted|secure|confidential|private) (?:e-?mail|mail|message)|"
    r"(?:pesan|surel|e-?mail) (?:terenkripsi|terlindungi|yang dilindungi|rahasia|aman|terproteksi))\b",
    re.IGNORECASE,
)
_SENT_YOU = re.compile(
    r"\b(?:sent you|has sent|you(?:'ve| have) received|mengirimi|(?:telah )?mengirim\w* (?:anda|saudara|kepada)|anda (?:telah )?menerima)\b",
    re.IGNORECASE,
)


def kept_elsewhere(text: str) -> str:
    """The host of a service that keeps the mail's words and only tells that there are some; "" for any other mail."""
    hosts = [match[1].lower() for match in _LINK.finditer(text)]
    if not hosts or len(text.split()) > MOST_NOTICE:
        return ""
    if _CONFIDENTIAL in hosts and _SEALED.search(text):
        return _CONFIDENTIAL
    return hosts[0] if _SEALED.search(text) and _SENT_YOU.search(text) else ""


def points_elsewhere(text: str) -> str:
    """The host where a letter is kept, of a text that is hardly more than the link to it; "" for any other text."""
    for match in _LINK.finditer(text):
        host = match[1].lower()
        if _SHARES.search(host) or _SHARED.search(match[2] or ""):
            return host if len(without_links(own_words(text) or text).split()) <= MOST_WORDS else ""
    return ""


def without_links(text: str) -> str:
    """The text without addresses in the web: their words are nobody's."""
    return _LINK.sub(" ", text)
