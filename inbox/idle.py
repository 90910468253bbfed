"""The doorbell: IDLE (RFC 2177) on an imapclient connection, without the faults of `idle_check()`."""

from __future__ import annotations

import select
import socket
import ssl

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from inbox.imap_answers import exists


def announced(client: IMAPClient) -> int:
    """How many mails the folder holds, if that was said since this was last asked: also in the answer to a FETCH, and
    servers say it once. 0 when nothing was announced.
    """
    return exists({"EXISTS": client._imap.untagged_responses.pop("EXISTS", [])})


def listen(client: IMAPClient, seconds: float, read_seconds: float) -> bool:
    """IDLE for at most `seconds`; True when the server said anything.

    Not `idle_check()`: that misses an EXISTS which arrives in the same segment as "+ idling", spins when the server
    hangs up, and gives up on half a line. Hence imaplib's internals, in this one file (imapclient is pinned).
    Leaving IDLE reads the server's answer with the read time-out: every call proves that the server is alive.
    """
    client.noop()  # what came since we last listened; some servers do not repeat it when IDLE begins
    if announced(client):
        return True
    connection, imap = client.socket(), client._imap
    tag = client._idle_tag = imap._command("IDLE")
    rang = False
    while imap._get_response() is not None:  # None is the continuation "+ idling"
        rang = True
        if imap.tagged_commands.get(tag):
            raise IMAPClientError("IDLE refused")
    try:
        rang = rang or _has_buffered(client, connection, read_seconds)
        if not rang:
            poll = select.poll()
            poll.register(connection.fileno(), select.POLLIN | select.POLLHUP)
            rang = bool(poll.poll(seconds * 1000))
    finally:
        _, said = client.idle_done()
    return rang or bool(said)


def _has_buffered(client: IMAPClient, connection: socket.socket, read_seconds: float) -> bool:
    """Whether bytes have left the socket already and wait in Python's or OpenSSL's buffer."""
    if isinstance(connection, ssl.SSLSocket) and connection.pending():
        return True
    stream = getattr(client._imap, "_file", None) or client._imap.file
    connection.setblocking(False)
    try:
        return bool(stream.peek(1))
    except (OSError, ValueError, TypeError):
        return False
    finally:
        connection.settimeout(read_seconds)
