"""What tests share with the demonstration, which is played on it: its mail houses, and its letter with a PDF.

Nothing else in `tests/` imports `siaga.demo`, but what tests the demonstration itself. What only tests ask of a house
stands here: its faults, and what it was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from siaga.demo import exchange_house, house
from siaga.demo.exchange_answers import NS, TYPES, Answers, Element, fault, folder_id, good, whole
from siaga.demo.exchange_boxes import FOLDERS, Box
from siaga.demo.exchange_house import Handler, Server
from siaga.demo.house import HOST, NAME, Delivered, Postman
from siaga.demo.letters import network_letter
from siaga.demo.posts import MaildirFolder, exchange_server

__all__ = [
    "HOST",
    "NAME",
    "ExchangeHouse",
    "MailHouse",
    "MaildirFolder",
    "Postman",
    "cut_after",
    "cut_before",
    "exchange_server",
    "network_letter",
    "throttled",
    "unavailable_after",
]


class MailHouse(house.MailHouse):
    """The in-process house, with the face of a `tests.town.House`."""

    smtp_login = True
    """Senders log in with their own name."""
    delivers_at_once = True
    """What was taken stands in the mailbox."""


CarryOut = Callable[[], object]
Fault = Callable[[Handler, CarryOut], None]
"""What happens instead of an answer: gets the HTTP handler, and what carries out what was asked."""


class ExchangeHouse(exchange_house.ExchangeHouse):
    """The imitated Exchange, which counts what it is asked and goes wrong when it is told to."""

    def __init__(
        self,
        users: Mapping[str, str],
        on_delivery: Delivered = lambda user, raw: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(users, on_delivery, now)
        self.calls: Counter[str] = Counter()
        """Operation → how often it was asked for."""
        self.faults: dict[str, list[Fault]] = {}
        """Operation → what happens instead of an answer, once each."""
        self.damaged: set[str] = set()
        """Items that are listed, but not handed over."""
        self.shared: set[tuple[str, str]] = set()
        """Mailbox, and who else may open it."""

    def server(self, handler: type[Handler]) -> Server:
        return HangingUp((HOST, self.port), handler)

    def handler(self) -> type[Handler]:
        return FaultyHandler

    def box_for(self, login: str, password: str, mailbox: str) -> Box | None:
        own = super().box_for(login, password, "")
        if own is not None and (mailbox.lower(), own.user) in self.shared:
            return self.boxes[mailbox.lower()]
        return super().box_for(login, password, mailbox)

    def inbox(self, user: str) -> list[bytes]:
        return [item.raw for item in self.boxes[user.lower()].in_folder("F-inbox")]

    def sent(self, user: str) -> list[bytes]:
        return [item.raw for item in self.boxes[user.lower()].in_folder("F-sentitems")]


class HangingUp(Server):
    """Once closed, every line is cut."""

    def __init__(self, *arguments: Any) -> None:
        self._lines: set[Any] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._lines.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for line in list(self._lines):
            super().shutdown_request(line)


class FaultyHandler(Handler):
    """Answers, unless something else is to happen."""

    house: ExchangeHouse

    def answer(self, operation: str, asked: Element, box: Box) -> None:
        self.house.calls[operation] += 1
        waiting = self.house.faults.get(operation)
        if waiting:
            waiting.pop(0)(self, lambda: self.answers(box).to(asked))
        else:
            super().answer(operation, asked, box)

    def answers(self, box: Box) -> Answers:
        return FaultyAnswers(box, self.house)


class FaultyAnswers(Answers):
    """Hands over no damaged item; knows folders that a user made."""

    folders = {
        **FOLDERS,
        "own-1": ("Surat", "msgfolderroot"),
        "own-2": ("Darurat", "own-1"),
        "own-3": ("Darurat", "inbox"),
    }

    def __init__(self, box: Box, house: ExchangeHouse) -> None:
        super().__init__(box, house.carry)
        self._damaged = house.damaged

    def handed_over(self, name: str) -> str:
        if name in self._damaged:
            return fault("GetItem", "ErrorCorruptData", "<m:Items/>")
        return super().handed_over(name)

    def FindFolder(self, request: Element) -> str:  # noqa: N802
        parent = folder_id(request.find("m:ParentFolderIds", NS)[0])
        wanted = request.find(".//t:Constant", NS)
        below = [f"F-{name}" for name, (_, above) in self.folders.items() if f"F-{above}" == parent]
        if wanted is not None:
            below = [folder for folder in below if self.folders[folder[2:]][0] == wanted.get("Value")]
        return good(
            "FindFolder",
            f'<m:RootFolder IndexedPagingOffset="{len(below)}" TotalItemsInView="{len(below)}" '
            f'IncludesLastItemInRange="true"><t:Folders>{"".join(map(self.described, below))}</t:Folders></m:RootFolder>',
        )


def unavailable_after(handler: Handler, carry_out: CarryOut) -> None:
    """The mail is taken, and a proxy before the server answers 503."""
    carry_out()
    handler.send_response(503)
    handler.send_header("Connection", "close")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def cut_after(handler: Handler, carry_out: CarryOut) -> None:
    carry_out()
    cut_before(handler, carry_out)


def cut_before(handler: Handler, _carry_out: CarryOut) -> None:
    handler.close_connection = True
    handler.connection.shutdown(2)


def throttled(milliseconds: int) -> Fault:
    """A SOAP fault as Exchange throttles: with how long to stay away."""
    errors = "http://schemas.microsoft.com/exchange/services/2006/errors"
    detail = (
        f'<detail><e:ResponseCode xmlns:e="{errors}">ErrorServerBusy</e:ResponseCode><e:Message xmlns:e="{errors}">The '
        f'server cannot service this request right now.</e:Message><t:MessageXml xmlns:t="{TYPES}"><t:Value '
        f'Name="BackOffMilliseconds">{milliseconds}</t:Value></t:MessageXml></detail>'
    )
    said = f"<s:Fault><faultcode>a:ErrorServerBusy</faultcode><faultstring>busy</faultstring>{detail}</s:Fault>"
    return lambda handler, _carry_out: handler.reply(whole(said), 500)
