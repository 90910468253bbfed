"""The public keys that domains publish for their signatures: from the DNS, kept for a while, and only good ones."""

from __future__ import annotations

import base64
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import dns.exception
import dns.name
import dns.resolver
from dkim.crypto import UnparsableKeyError, parse_public_key
from dkim.util import InvalidTagValueList, parse_tag_value

LEAST_KEPT, MOST_KEPT, SILENCE_KEPT = 60.0, 3600.0, 60.0
"""Seconds: what the DNS says is kept as long as it says, within these bounds; that it did not answer, for a minute."""
MOST_NAMES = 500
MOST_LETTERS = 2000
"""Of a record; the key of 4096 bits has 736."""
SMALLEST, LARGEST = 1024, 4096
"""Bits of an RSA key: smaller ones are forged (RFC 8301), larger ones only cost us time."""
LARGEST_EXPONENT = 1 << 32
_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})+")


@dataclass(frozen=True, slots=True)
class _Kept:
    record: bytes | None
    until: float


class DkimKeys:
    """Looks keys up. Safe for several threads."""

    def __init__(self, resolver: dns.resolver.Resolver, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.resolver, self._monotonic = resolver, monotonic
        self._kept: dict[str, _Kept] = {}
        self._lock = threading.Lock()

    def __call__(self, name: str, seconds: float) -> bytes | None:
        """The key record of `name` ("s1._domainkey.dinas.example"); None if it has no good one, or none is known.

        Waits at most `seconds`; with none left, only what is kept is known.
        """
        now, name = self._monotonic(), name.lower().rstrip(".")
        with self._lock:
            kept = self._kept.get(name)
        if kept is not None and now < kept.until:
            return kept.record
        if seconds <= 0 or not _NAME.fullmatch(name):
            return None
        record, lasts = self._asked(name, seconds)
        with self._lock:
            self._kept.pop(name, None)
            while len(self._kept) >= MOST_NAMES:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = _Kept(record, self._monotonic() + lasts)
        return record

    def answers(self, domain: str, seconds: float) -> bool:
        """Whether the DNS answers at all, be it that there is nothing."""
        try:
            self.resolver.resolve(dns.name.from_text(f"{domain}."), "TXT", lifetime=seconds, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return True
        except (dns.exception.DNSException, OSError, ValueError):
            return False
        return True

    def _asked(self, name: str, seconds: float) -> tuple[bytes | None, float]:
        """The record, and for how many seconds that may be relied upon."""
        try:
            answer = self.resolver.resolve(dns.name.from_text(f"{name}."), "TXT", lifetime=seconds, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None, LEAST_KEPT
        except (dns.exception.DNSException, OSError, ValueError):
            return None, SILENCE_KEPT
        texts = [b"".join(text.strings) for text in answer]
        good = [text for text in texts if good_key(text)]
        ttl = float(answer.rrset.ttl) if answer.rrset is not None else LEAST_KEPT
        return (good[0] if len(texts) == 1 and good else None), min(max(ttl, LEAST_KEPT), MOST_KEPT)


def good_key(record: bytes) -> bool:
    """Whether a record holds an RSA key to be relied upon for mail: no test, not withdrawn, neither small nor huge."""
    if len(record) > MOST_LETTERS:
        return False
    try:
        tags = parse_tag_value(record)
        key = parse_public_key(base64.b64decode(re.sub(rb"\s", b"", tags[b"p"]), validate=True))
    except (InvalidTagValueList, UnparsableKeyError, KeyError, IndexError, ValueError, TypeError, AssertionError):
        return False
    hashes, services, flags = (_words(tags.get(name, b"")) for name in (b"h", b"s", b"t"))
    return (
        tags.get(b"v", b"DKIM1") == b"DKIM1"
        and tags.get(b"k", b"rsa") == b"rsa"
        and (not hashes or b"sha256" in hashes)
        and (not services or bool({b"*", b"email"} & services))
        and b"y" not in flags
        and SMALLEST <= key["modulus"].bit_length() <= LARGEST
        and 3 <= key["publicExponent"] <= LARGEST_EXPONENT
    )


def system_resolver() -> dns.resolver.Resolver:
    """Asks whom this machine asks. Without any name server it never gets an answer."""
    resolver = dns.resolver.Resolver(configure=False)
    try:
        system = dns.resolver.get_default_resolver()
    except (dns.exception.DNSException, OSError):
        return resolver
    resolver.nameservers, resolver.port = system.nameservers, system.port
    resolver.use_edns(0, 0, 1232)
    return resolver


def _words(tag: bytes) -> set[bytes]:
    return {word.strip().lower() for word in tag.split(b":") if word.strip()}
