"""Mails that no honest client makes: broken ones, empty ones, ones with a subject without end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.year.witness import Kind
from tests.year.world.signatures import odd
from tests.year.world.written import Written


def broken(rng: Random, written: Written) -> Written:
    """The same letter, as a broken client sends it. Where nobody can read it any more, all that must come of it is that a
    human sees it, as of ROUTINE.
    """
    text = (written.text or written.words).replace("\n", "\r\n").encode("utf-8", "surrogatepass")
    readable, wreck = rng.choice(_BROKEN)
    headers, body = wreck(text)
    kind, about = (written.kind, written.about) if readable and written.text else (Kind.ROUTINE, None)
    return replace(
        written,
        kind=kind,
        about=about,
        text="",
        html="",
        attached=(),
        headers=(*written.headers, *headers),
        raw_body=b"\r\n" + body,
    )


_Wreck = tuple[tuple[tuple[str, str], ...], bytes]


def _unknown_charset(text: bytes) -> _Wreck:
    return (("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=x-unknown-9")), text


def _wrong_charset(text: bytes) -> _Wreck:
    """UTF-16 that says it is UTF-8."""
    return (("Content-Type", "text/plain; charset=utf-8"),), text.decode("utf-8", "replace").encode("utf-16")


def _raw_bytes(text: bytes) -> _Wreck:
    """Eight-bit rubbish after the words, without any header about it."""
    return (), text + b"\r\n\xff\xfe\x80\x81\x00\x9d\r\n"


def _no_boundary(text: bytes) -> _Wreck:
    return (("MIME-Version", "1.0"), ("Content-Type", "multipart/mixed")), text


def _never_closed(text: bytes) -> _Wreck:
    head = (("MIME-Version", "1.0"), ("Content-Type", 'multipart/mixed; boundary="xx"'))
    return head, b"--xx\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text


def _bad_base64(text: bytes) -> _Wreck:
    head = (("Content-Type", "text/plain; charset=utf-8"), ("Content-Transfer-Encoding", "base64"))
    return head, text


def _nested(text: bytes) -> _Wreck:
    """Thirty multiparts in one another."""
    deep = 30
    head = "".join(f'--b{at}\r\nContent-Type: multipart/mixed; boundary="b{at + 1}"\r\n\r\n' for at in range(deep))
    tail = "".join(f"--b{at}--\r\n" for at in range(deep, -1, -1))
    inner = f"--b{deep}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n".encode() + text + b"\r\n"
    return (("Content-Type", 'multipart/mixed; boundary="b0"'),), head.encode() + inner + tail.encode()


_BROKEN: tuple[tuple[bool, Callable[[bytes], _Wreck]], ...] = (
    (True, _unknown_charset),
    (False, _wrong_charset),
    (True, _raw_bytes),
    (True, _no_boundary),
    (True, _never_closed),
    (False, _bad_base64),
    (True, _nested),
)
"""Whether a person could still read it, and what is done to it."""


def empty(rng: Random) -> Written:
    """Nothing in it, or next to nothing."""
    text, subject = rng.choice(("", "\n\n\n", " \u200b ", ".")), rng.choice(("", "", "Re:", "(tanpa subjek)"))
    return Written(Kind.ROUTINE, subject, words=text.strip(), text=text)


def huge_subject(rng: Random, written: Written) -> Written:
    """The same with a subject of many thousand characters."""
    filling = rng.choice(("mohon segera ", "!" * 40, "darurat " * 4, odd(rng)))
    return replace(written, subject=(written.subject + " " + filling * 400)[:9000])
