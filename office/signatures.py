"""Whether a mail's own signatures prove its sender, for offices whose receiving server vouches for nothing.

A DKIM signature (RFC 6376) of the sender's domain proves it, and so does a trusted forwarder's sealed word that the
mail was genuine when it came to them (ARC, RFC 8617). Nothing here ever speaks against a mail.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import dkim

from office.dkim_keys import DkimKeys
from office.signed_mail import SignedMail, Tags, take_apart
from parsers.mails.auth_results import names_domain, read_sealed_results

log = logging.getLogger(__name__)
_SILENT = logging.Logger("dkimpy")
"""What the library has to say about forged mails helps nobody."""
_SILENT.disabled = True
PATIENCE = 3.0
"""Seconds in all for which the DNS is waited for, a mail."""
MOST_TRIED, MOST_SETS = 5, 5
"""Signatures that are looked up, a mail; links of a chain."""
_DOMAIN = re.compile(rb"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


class Signatures:
    """Fulfils `handlers.ports.Ports.signatures`."""

    def __init__(
        self, sealers: frozenset[str], keys: DkimKeys, clock: Callable[[], datetime], patience: float = PATIENCE
    ) -> None:
        """`sealers`: domains whose word on a mail they passed on is believed.

        `clock` tells the present moment, aware; `patience` is in seconds.
        """
        self.keys, self.patience = keys, patience
        self._sealers, self._clock = sealers, clock

    def __call__(self, raw: bytes, sender: str) -> bool:
        """Whether signatures prove that the mail `raw` is that of `sender` (lower-case address). Never raises."""
        try:
            mail = take_apart(raw, sender)
            return mail is not None and bool(self._proof(mail))
        except Exception:
            log.info("tanda tangan surel dari %s tidak dapat diperiksa", sender, exc_info=True)
            return False

    def _proof(self, mail: SignedMail) -> str:
        """Who proves it: the domain of a signature, or of a seal; "" for nobody."""
        until = time.monotonic() + self.patience

        def key(name: bytes, timeout: float = 0) -> bytes | None:
            return self.keys(name.decode("ascii", "replace"), until - time.monotonic())

        return self._signed(mail, key) or self._sealed(mail, key)

    def _signed(self, mail: SignedMail, key: Callable[..., bytes | None]) -> str:
        tried = 0
        for index, tags in enumerate(mail.tags_of(b"dkim-signature")):
            if tags is None or not self._to_be_believed(mail, tags):
                continue
            domain = tags.get(b"d", b"").lower()
            if (
                not _aligned(domain, mail.domain.encode())
                or tags.get(b"i", b"@" + domain).lower().rpartition(b"@")[2] != domain
            ):
                continue
            tried += 1
            if tried > MOST_TRIED:
                break
            relaxed = tags.get(b"c", b"").strip().lower().endswith(b"/relaxed")
            verifier = _loaded(dkim.DKIM(logger=_SILENT), mail, mail.even_body if relaxed else mail.body)
            if _holds(partial(verifier.verify, idx=index, dnsfunc=key)):
                return domain.decode()
        return ""

    def _sealed(self, mail: SignedMail, key: Callable[..., bytes | None]) -> str:
        """The trusted forwarder who found the mail genuine, if everybody who has had it since is trusted too.

        A later forwarder may change a mail and seal it anew.
        """
        sets = mail.names[b"arc-seal"]
        every = [mail.tags_of(name) for name in (b"arc-seal", b"arc-message-signature")]
        if not 0 < sets <= MOST_SETS or mail.names[b"arc-authentication-results"] != sets or len(every[1]) != sets:
            return ""
        last = [next((tags for tags in kind if tags and tags.get(b"i") == b"%d" % sets), None) for kind in every]
        seal, signature = last
        if any(None in kind for kind in every) or seal is None or signature is None:
            return ""
        canon = signature.get(b"c", b"relaxed/relaxed")
        if (
            not self._trusts(seal.get(b"d", b""))
            or canon != b"relaxed/relaxed"
            or not self._to_be_believed(mail, signature)
        ):
            return ""
        chain = _loaded(dkim.ARC(logger=_SILENT), mail, mail.even_body)
        verdict, found, _ = chain.verify(dnsfunc=key)
        if verdict != dkim.CV_Pass:
            return ""
        for one in found:  # the last one first
            if not self._trusts(one["as-domain"]):
                break
            said = read_sealed_results(one["aar-value"].decode("ascii", "replace")).passes_dmarc()
            if said is not None and names_domain(said, mail.domain):
                return str(one["as-domain"].decode())
        return ""

    def _to_be_believed(self, mail: SignedMail, tags: Tags) -> bool:
        """Whether it would prove enough, and still does."""
        expires = tags.get(b"x")
        lasting = expires is None or (expires.isdigit() and int(expires[:20]) > self._clock().timestamp())
        return tags.get(b"a") == b"rsa-sha256" and lasting and mail.covered_by(tags)

    def _trusts(self, domain: bytes) -> bool:
        return domain.decode("ascii", "replace").lower() in self._sealers


def _aligned(signer: bytes, author: bytes) -> bool:
    """Whether the one may speak for the other: the same domain, or one of them within the other (RFC 7489 §3.1).

    Two domains below a third are no kin to us: which domains are public ("go.id") would take a list to know.
    """
    if not _DOMAIN.fullmatch(signer):
        return False
    return signer == author or signer.endswith(b"." + author) or author.endswith(b"." + signer)


def _loaded(verifier: Any, mail: SignedMail, body: bytes) -> Any:
    """A verifier of the library with the mail in it: to take it apart again would cost as much as to verify it."""
    verifier.headers, verifier.body = mail.fields, body
    return verifier


def _holds(verify: Callable[[], bool]) -> bool:
    """One signature that breaks the library must not keep us from trying the next."""
    try:
        return verify() is True
    except Exception:
        log.debug("tanda tangan tidak dapat diperiksa", exc_info=True)
        return False
