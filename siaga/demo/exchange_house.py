"""An imitated Exchange on loopback: EWS over HTTP with Basic authentication."""

from __future__ import annotations

import base64
import itertools
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lxml import etree

from siaga.demo.exchange_answers import NS, Answers, Element, bad, good, whole
from siaga.demo.exchange_boxes import Box
from siaga.demo.house import HOST, Delivered

_BEAT_SECONDS = 5.0


class ExchangeHouse:
    """Mailboxes for `users` (address → password)."""

    def __init__(
        self,
        users: Mapping[str, str],
        on_delivery: Delivered = lambda user, raw: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`on_delivery` is told of every mail that has been put into somebody's inbox; `now` is when that is."""
        self.now = now
        self.boxes = {user.lower(): Box(user.lower(), password) for user, password in users.items()}
        self._on_delivery = on_delivery
        self._subscriptions: dict[str, tuple[Box, str, int]] = {}
        self._ids = itertools.count(1)
        self._stopping = threading.Event()
        self._http: Server | None = None
        self.port = 0

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self.port}/EWS/Exchange.asmx"

    def __enter__(self) -> ExchangeHouse:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        """At the same port as before."""
        self._stopping.clear()
        self._http = self.server(type("Handler", (self.handler(),), {"house": self}))
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.02,), name="exchange house", daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        http, self._http = self._http, None
        for box in self.boxes.values():
            with box.changed:
                box.changed.notify_all()
        if http is not None:
            http.shutdown()
            http.server_close()

    def server(self, handler: type[Handler]) -> Server:
        """What listens."""
        return Server((HOST, self.port), handler)

    def handler(self) -> type[Handler]:
        """What answers by HTTP."""
        return Handler

    def deliver(self, user: str, raw: bytes, folder: str = "inbox") -> None:
        self.boxes[user.lower()].add(f"F-{folder}", raw, self.now())
        self._on_delivery(user.lower(), raw)

    def carry(self, raw: bytes, readers: list[str]) -> bool:
        """Whether there was anybody to deliver to."""
        if any(reader not in self.boxes for reader in readers) or not readers:
            return False
        for reader in readers:
            self.deliver(reader, raw)
        return True

    def box_for(self, login: str, password: str, mailbox: str) -> Box | None:
        """The mailbox that is asked for, if this login may open it."""
        own = self.boxes.get(login.lower())
        if own is None or own.password != password:
            return None
        return own if self.boxes.get(mailbox.lower(), own) is own else None

    def subscribe(self, box: Box, folder: str) -> str:
        name = f"S-{next(self._ids)}"
        self._subscriptions[name] = (box, folder, len(box.log))
        return good("Subscribe", f"<m:SubscriptionId>{name}</m:SubscriptionId>")

    def stream(self, name: str, minutes: int, put: Callable[[str], None]) -> None:
        """Tell of every change until the time is over or the house closes."""
        if name not in self._subscriptions:
            put(bad("GetStreamingEvents", "ErrorSubscriptionNotFound"))
            return
        box, folder, position = self._subscriptions[name]
        put(good("GetStreamingEvents", "<m:ConnectionStatus>OK</m:ConnectionStatus>"))
        end = time.monotonic() + minutes * 60
        while time.monotonic() < end and not self._stopping.is_set():
            with box.changed:
                if len(box.log) == position and not self._stopping.is_set():
                    box.changed.wait(_BEAT_SECONDS)
                news, position = box.log[position:], len(box.log)
            self._subscriptions[name] = (box, folder, position)
            told = "".join(_event(kind, item, where) for where, kind, item in news if where == folder)
            put(
                good(
                    "GetStreamingEvents",
                    f"<m:Notifications><m:Notification><t:SubscriptionId>{name}</t:SubscriptionId>"
                    f"{told or '<t:StatusEvent/>'}</m:Notification></m:Notifications>",
                )
            )
        put(good("GetStreamingEvents", "<m:ConnectionStatus>Closed</m:ConnectionStatus>"))


def _event(kind: str, item: str, folder: str) -> str:
    name = "NewMailEvent" if kind == "Create" else "DeletedEvent"
    return (
        f"<t:{name}><t:TimeStamp>2026-11-23T02:00:00Z</t:TimeStamp>"
        f'<t:ItemId Id="{item}" ChangeKey="1"/><t:ParentFolderId Id="{folder}" ChangeKey="1"/></t:{name}>'
    )


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    """One line of a client."""

    house: ExchangeHouse
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request: Any = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        operation_element = request.find("s:Body", NS)[0]
        operation = etree.QName(operation_element).localname
        asked = next((e.text or "" for e in request.iter("{*}EmailAddress")), "") if operation != "CreateItem" else ""
        box = self._box(asked or self.headers.get("X-AnchorMailbox", ""))
        if box is None:
            self.reply(b"", 401)
            return
        self.answer(operation, operation_element, box)

    def answer(self, operation: str, asked: Element, box: Box) -> None:
        if operation == "Subscribe":
            folder = asked.find(".//t:FolderIds", NS)[0]
            name = str(folder.get("Id"))
            self.reply(whole(self.house.subscribe(box, name if name.startswith("F-") else f"F-{name}")))
        elif operation == "GetStreamingEvents":
            self._stream(asked)
        else:
            self.reply(whole(self.answers(box).to(asked)))

    def answers(self, box: Box) -> Answers:
        return Answers(box, self.house.carry)

    def reply(self, content: bytes, status: int = 200) -> None:
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="EWS"')
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _box(self, mailbox: str) -> Box | None:
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        user, _, password = base64.b64decode(given).decode("utf-8", "replace").partition(":")
        return self.house.box_for(user, password, mailbox)

    def _stream(self, request: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

        def put(inner: str) -> None:
            content = whole(inner)
            self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
            self.wfile.flush()

        name = request.findtext(".//t:SubscriptionId", namespaces=NS) or ""
        self.house.stream(name, int(request.findtext("m:ConnectionTimeout", namespaces=NS)), put)
        self.wfile.write(b"0\r\n\r\n")
