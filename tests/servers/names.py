"""A DNS server on loopback that knows a few texts, stays silent about some names, and counts what it is asked."""

from __future__ import annotations

import socket
import threading

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset

from tests.servers import HOST


class NameServer:
    """Speaks UDP. `texts` and `silent` may be changed while it runs; names are without the last dot."""

    def __init__(self) -> None:
        self.texts: dict[str, list[bytes]] = {}
        self.silent: set[str] = set()
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> NameServer:
        self._socket.bind((HOST, 0))
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.sendto(b"", self._socket.getsockname())  # wakes it up to see that it is over
        self._thread.join()
        self._socket.close()

    def resolver(self) -> dns.resolver.Resolver:
        """Asks this server and no other."""
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = [HOST], self._socket.getsockname()[1]
        resolver.use_edns(0, 0, 8192)
        return resolver

    def _serve(self) -> None:
        while True:
            wire, peer = self._socket.recvfrom(4096)
            if not wire:
                return
            try:
                query = dns.message.from_wire(wire)
            except dns.exception.DNSException:
                continue
            name = query.question[0].name.to_text(omit_final_dot=True).lower()
            self.asked.append(name)
            if name not in self.silent:
                self._socket.sendto(self._answer(query, name).to_wire(), peer)

    def _answer(self, query: dns.message.Message, name: str) -> dns.message.Message:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        texts = self.texts.get(name)
        if texts is None:
            response.set_rcode(dns.rcode.NXDOMAIN)
        else:
            response.answer.append(
                dns.rrset.from_text_list(query.question[0].name, 300, "IN", "TXT", [_quoted(text) for text in texts])
            )
        return response


def _quoted(text: bytes) -> str:
    """In strings of at most 255 bytes, as zone files have them."""
    return " ".join(f'"{text[start : start + 255].decode()}"' for start in range(0, len(text) or 1, 255))
