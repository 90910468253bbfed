"""What the imitated Exchange answers to each operation that `exchangelib` uses. A reading of EWS, not Exchange itself."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from email import message_from_bytes, policy
from email.utils import getaddresses
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from siaga.demo.exchange_boxes import FOLDERS, Box, Item

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
NS = {"s": SOAP, "m": MESSAGES, "t": TYPES}
HEAD = (
    f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header><t:ServerVersionInfo xmlns:t="{TYPES}" '
    'MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507" MinorBuildNumber="6" Version="V2017_07_11"/></s:Header>'
    f'<s:Body xmlns:m="{MESSAGES}" xmlns:t="{TYPES}">'
)
FOOT = "</s:Body></s:Envelope>"
Element = Any
OnSend = Callable[[bytes, list[str]], bool]


def whole(inner: str) -> bytes:
    return (HEAD + inner + FOOT).encode()


def good(operation: str, part: str) -> str:
    return _response(operation, success(operation, part))


def bad(operation: str, code: str, extra: str = "") -> str:
    return _response(operation, fault(operation, code, extra))


def success(operation: str, part: str) -> str:
    """One response message of an answer: what was done."""
    return (
        f'<m:{operation}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{part}'
        f"</m:{operation}ResponseMessage>"
    )


def fault(operation: str, code: str, extra: str = "") -> str:
    """One response message of an answer: what could not be done."""
    return (
        f'<m:{operation}ResponseMessage ResponseClass="Error"><m:MessageText>{code}</m:MessageText>'
        f"<m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>{extra}"
        f"</m:{operation}ResponseMessage>"
    )


def _response(operation: str, messages: str) -> str:
    return f"<m:{operation}Response><m:ResponseMessages>{messages}</m:ResponseMessages></m:{operation}Response>"


class Answers:
    """One mailbox's answers; a method in capitals bears the name of an operation."""

    folders: Mapping[str, tuple[str, str]] = FOLDERS

    def __init__(self, box: Box, on_send: OnSend) -> None:
        self.box, self.on_send = box, on_send

    def to(self, request: Element) -> str:
        operation = etree.QName(request).localname
        answer = getattr(self, operation, None)
        return answer(request) if answer else bad(operation, "ErrorInvalidOperation")

    def GetFolder(self, request: Element) -> str:  # noqa: N802
        told = ""
        for asked in request.find("m:FolderIds", NS):
            folder = folder_id(asked)
            if folder[2:] in self.folders:
                told += success("GetFolder", f"<m:Folders>{self.described(folder)}</m:Folders>")
            else:
                told += fault("GetFolder", "ErrorFolderNotFound")
        return _response("GetFolder", told)

    def SyncFolderItems(self, request: Element) -> str:  # noqa: N802
        folder = folder_id(request.find("m:SyncFolderId", NS)[0])
        state = request.findtext("m:SyncState", namespaces=NS) or ""
        most = int(request.findtext("m:MaxChangesReturned", namespaces=NS))
        boot, _, position = base64.b64decode(state).decode().partition("|")
        if state and boot != self.box.boot:
            extra = "<m:SyncState/><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange>"
            return bad("SyncFolderItems", "ErrorInvalidSyncStateData", extra)
        with self.box.changed:
            news = [(n, kind, name) for n, (place, kind, name) in enumerate(self.box.log, 1) if place == folder]
        news = [new for new in news if new[0] > int(position or 0)]
        page, last = news[:most], len(news) <= most
        changes = ""
        for _, kind, name in page:
            item = self.box.items.get(name)
            if kind == "Delete":
                changes += f'<t:Delete><t:ItemId Id="{name}" ChangeKey="1"/></t:Delete>'
            elif item is not None:
                changes += f"<t:Create>{_item(item)}</t:Create>"
        new = base64.b64encode(f"{self.box.boot}|{page[-1][0] if page else position or 0}".encode()).decode()
        return good(
            "SyncFolderItems",
            f"<m:SyncState>{new}</m:SyncState><m:IncludesLastItemInRange>{str(last).lower()}"
            f"</m:IncludesLastItemInRange><m:Changes>{changes}</m:Changes>",
        )

    def GetItem(self, request: Element) -> str:  # noqa: N802
        named = [asked.get("Id") for asked in request.find("m:ItemIds", NS)]
        return _response("GetItem", "".join(self.handed_over(name) for name in named))

    def handed_over(self, name: str) -> str:
        """The item of this id, or that there is none."""
        item = self.box.items.get(name)
        if item is None:
            return fault("GetItem", "ErrorItemNotFound", "<m:Items/>")
        return success("GetItem", f"<m:Items>{_item(item, whole=True)}</m:Items>")

    def FindItem(self, request: Element) -> str:  # noqa: N802
        items: Iterable[Item] = self.box.in_folder(folder_id(request.find("m:ParentFolderIds", NS)[0]))
        for equal in request.iterfind(".//m:Restriction//t:IsEqualTo", NS):
            if equal.find("t:FieldURI", NS).get("FieldURI") == "message:InternetMessageId":
                value = equal.find(".//t:Constant", NS).get("Value")
                items = [item for item in items if _header(item.raw, "Message-ID") == value]
        found = list(items)
        return good(
            "FindItem",
            f'<m:RootFolder IndexedPagingOffset="{len(found)}" TotalItemsInView="{len(found)}" '
            f'IncludesLastItemInRange="true"><t:Items>{"".join(map(_item, found))}</t:Items></m:RootFolder>',
        )

    def CreateItem(self, request: Element) -> str:  # noqa: N802
        disposition = request.get("MessageDisposition")
        for message in request.find("m:Items", NS):
            raw = base64.b64decode(message.findtext("t:MimeContent", namespaces=NS) or "")
            if disposition != "SaveOnly" and not self.on_send(without_bcc(raw), readers(raw)):
                return bad("CreateItem", "ErrorInvalidRecipients", "<m:Items/>")
            if disposition != "SendOnly":
                kept = request.find("m:SavedItemFolderId", NS)
                self.box.add(folder_id(kept[0]) if kept is not None else "F-sentitems", raw)
        return good("CreateItem", "<m:Items/>")

    def Unsubscribe(self, _request: Element) -> str:  # noqa: N802
        return good("Unsubscribe", "")

    def described(self, folder: str) -> str:
        name, above = self.folders[folder[2:]]
        count = len(self.box.in_folder(folder))
        parent = f'<t:ParentFolderId Id="F-{above}" ChangeKey="1"/>' if above else ""
        return (
            f'<t:Folder><t:FolderId Id="{folder}" ChangeKey="1"/>{parent}<t:FolderClass>IPF.Note</t:FolderClass>'
            f"<t:DisplayName>{escape(name)}</t:DisplayName><t:TotalCount>{count}</t:TotalCount>"
            f"<t:ChildFolderCount>0</t:ChildFolderCount><t:UnreadCount>0</t:UnreadCount></t:Folder>"
        )


def readers(raw: bytes) -> list[str]:
    """Whom Exchange writes to: all who are named in the mail."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    named = [str(value) for name in ("To", "Cc", "Bcc") for value in mail.get_all(name, [])]
    return list(dict.fromkeys(address.lower() for _, address in getaddresses(named) if address))


def without_bcc(raw: bytes) -> bytes:
    head, blank, body = raw.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"bcc:")]
    return b"\r\n".join(lines) + blank + body


def folder_id(element: Element) -> str:
    name = str(element.get("Id"))
    return f"F-{name}" if etree.QName(element).localname == "DistinguishedFolderId" else name


def _header(raw: bytes, name: str) -> str:
    return str(message_from_bytes(raw.partition(b"\r\n\r\n")[0], policy=policy.compat32)[name] or "").strip()


def _item(item: Item, whole: bool = False) -> str:
    content = base64.b64encode(item.raw).decode() if whole else ""
    mime = f'<t:MimeContent CharacterSet="UTF-8">{content}</t:MimeContent>' if whole else ""
    return (
        f'<t:Message>{mime}<t:ItemId Id={quoteattr(item.id)} ChangeKey="1"/><t:ItemClass>IPM.Note</t:ItemClass>'
        f"<t:DateTimeReceived>{item.received:%Y-%m-%dT%H:%M:%SZ}</t:DateTimeReceived></t:Message>"
    )
