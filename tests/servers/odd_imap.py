"""An IMAP server that answers as the oddest ones do: each answer can be put in its place by a test."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"
_COMMAND = re.compile(rb"(\S+) (UID )?(\w+) ?(.*?)\r?\n", re.IGNORECASE | re.DOTALL)


class HangUp(Exception):
    """The server cuts the line here."""


@dataclass
class OddImap:
    """One folder with `mails` (UID to bytes). The answers are templates: `{seq}`, `{uid}`, `{size}`, `{taken}`; b"%MAIL%" is
    the mail's bytes.
    """

    mails: dict[int, bytes]
    select: bytes = (
        b"* FLAGS (\\Seen)\r\n* {exists} EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 99] ok\r\n"
    )
    fetch: bytes = b'* {seq} FETCH (UID {uid} INTERNALDATE "{taken}" BODY[] {{{size}}}\r\n%MAIL%)\r\n'
    fetch_of: dict[int, bytes | None] = field(default_factory=dict)
    """An answer of its own for a UID; None cuts the line."""
    taken: str = "23-Nov-2026 09:00:00 +0700"
    search: Callable[[list[int]], bytes] = lambda uids: b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids) + b"\r\n"
    logins: int = 0
    asked: list[bytes] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[int]:
        """The port it listens on."""
        with socket.create_server((HOST, 0)) as listener:
            open_lines: list[socket.socket] = []
            thread = threading.Thread(target=self._accept, args=(listener, open_lines), daemon=True)
            thread.start()
            try:
                yield listener.getsockname()[1]
            finally:
                with suppress(OSError):
                    listener.shutdown(socket.SHUT_RDWR)
                for line in open_lines:
                    with suppress(OSError):
                        line.shutdown(socket.SHUT_RDWR)
                thread.join(5)

    def _accept(self, listener: socket.socket, open_lines: list[socket.socket]) -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                open_lines.append(line)
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, line.makefile("rwb") as stream, suppress(OSError, HangUp, ValueError):
            stream.write(b"* OK [CAPABILITY IMAP4rev1] odd\r\n")
            stream.flush()
            while said := stream.readline():
                match = _COMMAND.fullmatch(said)
                assert match, said
                self.asked.append(said)
                answer = self._answer(match[3].upper().decode(), match[4])
                stream.write(answer + match[1] + b" OK done\r\n")
                stream.flush()
                if match[3].upper() == b"LOGOUT":
                    break

    def _answer(self, command: str, rest: bytes) -> bytes:
        match command:
            case "CAPABILITY":
                return b"* CAPABILITY IMAP4rev1\r\n"
            case "LOGIN":
                self.logins += 1
                return b""
            case "SELECT":
                return self.select.replace(b"{exists}", b"%d" % len(self.mails))
            case "SEARCH":
                return self.search(self._searched(rest))
            case "FETCH":
                return b"".join(self._fetched(int(uid), rest) for uid in rest.split(b" ")[0].split(b","))
            case _:
                return b""

    def _searched(self, rest: bytes) -> list[int]:
        uids = sorted(self.mails)
        for number, (word, value) in enumerate(re.findall(rb"(UID )?(\d+:(?:\d+|\*)|\d+)", rest)):
            first, _, last = value.partition(b":")
            if word:
                low = int(first)
                uids = [uid for uid in uids if uid >= low] or (uids[-1:] if last == b"*" else [])
            elif number == 0:
                places = sorted(self.mails)
                uids = places[int(first) - 1 : None if last == b"*" else int(last or first)]
        return uids

    def _fetched(self, uid: int, rest: bytes) -> bytes:
        if uid not in self.mails:
            return b""
        form = self.fetch_of.get(uid, self.fetch)
        mail = self.mails[uid]
        if b"HEADER" in rest.upper():
            head = mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            if form is None:
                form = b"* {seq} FETCH (UID {uid} RFC822.SIZE %SIZE% BODY[HEADER.FIELDS (FROM SUBJECT DATE)] {{{size}}}\r\n%MAIL%)\r\n"
                form, mail = form.replace(b"%SIZE%", b"%d" % len(mail)), head
        if form is None:
            raise HangUp
        said = form.decode("latin-1").format(
            seq=sorted(self.mails).index(uid) + 1, uid=uid, size=len(mail), taken=self.taken
        )
        return said.encode("latin-1").replace(b"%MAIL%", mail)
