"""Whose mail came back: the addresses a bounce speaks of, in a report (RFC 3464) or in one of the many older shapes.

The shapes are known to flufl.bounce; but it finds addresses in ordinary mail too, so it is asked only where something else
already speaks for a bounce: who wrote it, or what it is called.
"""

from __future__ import annotations

import email
import email.policy
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass

from flufl.bounce import all_failures

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # what it stumbles over is our affair
MAX_SCANNED = 500_000
MAX_LINES, MAX_LINE = 2000, 998
"""What is longer is no line of a server's (RFC 5322 §2.1.1); some of the shapes take its square."""
_ADDRESS = re.compile(r"[\w.+=~-]+(?:@[\w-]+(?:\.[\w.-]+)*)")
_DAEMON = re.compile(
    r"\"?(?:mailer-?daemon|mdaemon|postmaster|mail\.delivery\.system|system administrator|mail delivery subsystem)\b|.*\bmail_service@",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|non-?deliver|deliver\w{0,12} (?:status|fail|has failed|problem|warning|error|delay)|fail\w{0,12} (?:mail|delivery|notice)|"
    r"mail (?:fail|delivery)|(?:not|could not|cannot) be delivered|returned mail|returning to sender|user unknown|error during delivery|"
    r"rejected mail|(?:message|mail)\b.{0,40}\bdelayed|tidak (?:terkirim|sampai)|gagal (?:terkirim|dikirim)",
    re.IGNORECASE,
)
_CONVERSATION = re.compile(r"\s*(?:re|fwd?|bls|tr|wg)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce says.

    Attributes:
        addresses: lower-case addr-specs that were not reached, sorted.
        only_late: the server is still trying.
    """

    addresses: tuple[str, ...]
    only_late: bool


def read_bounce(raw: bytes, sender: str, subject: str, return_path: str, report_type: str) -> Bounce | None:
    """The bounce that a mail is, or None. Never raises."""
    if not _speaks_for_one(sender, subject, return_path, report_type):
        return None
    # Only addresses are looked for, and a server names them before it quotes the mail.
    lines = raw[:MAX_SCANNED].split(b"\n", MAX_LINES)[:MAX_LINES]
    start = b"\n".join(line[:MAX_LINE] for line in lines)
    plain = bytes(byte if byte < 128 else 63 for byte in start)
    try:
        message = email.message_from_bytes(plain, policy=email.policy.compat32)
        if "@" not in str(message.get("from", "")):
            del message["From"]
            message["From"] = "mailer-daemon@invalid"
        late, failed = all_failures(message)
    except Exception:  # noqa: BLE001  a library of heuristics on hostile text: whatever it raises means "I don't know"
        return None
    addresses = _addresses(failed) or _addresses(late)
    return Bounce(addresses, not _addresses(failed)) if addresses else None


def _speaks_for_one(sender: str, subject: str, return_path: str, report_type: str) -> bool:
    if report_type == "delivery-status" or not sender or _DAEMON.match(sender):
        return True
    if return_path.strip() == "<>" or _DAEMON.match(return_path.strip("<> ")):
        return True
    return _SUBJECT.search(subject) is not None and _CONVERSATION.match(subject) is None


def _addresses(found: Iterable[bytes]) -> tuple[str, ...]:
    texts = (item.decode("ascii", "replace").strip().lower() for item in found)
    return tuple(sorted({text for text in texts if _ADDRESS.fullmatch(text)}))
