"""What servers write before a mail on its way: trace headers (RFC 5321 §4.4), and nothing else."""

from __future__ import annotations

TRACE = (b"return-path", b"delivered-to", b"received", b"x-original-to", b"authentication-results")


def without_trace(raw: bytes) -> bytes:
    """The mail as it was handed over: the first header that is no trace header begins it."""
    rest, tracing = raw, True
    while tracing and rest:
        line, _, after = rest.partition(b"\n")
        folded, name = line[:1] in b" \t" and line != b"", line.partition(b":")[0].lower()
        tracing = folded or name in TRACE
        rest = after if tracing else rest
    return rest
