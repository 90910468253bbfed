"""Writes compound files (MS-CFB) and Outlook's mails in them (MS-OXMSG): no sample of a real one is at hand."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime

Storage = dict[str, "bytes | Storage"]
"""Name to stream or storage."""
SECTOR, CUTOFF, END, FREE, FAT_SECTOR, NONE = 512, 4096, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = NONE
    right: int = NONE
    start: int = END


@dataclass
class _Sectors:
    data: bytearray = field(default_factory=bytearray)
    fat: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Where the chain of sectors begins."""
        if not content:
            return END
        start, count = len(self.fat), -(-len(content) // SECTOR)
        self.fat += [*range(start + 1, start + count), END]
        self.data += content.ljust(count * SECTOR, b"\0")
        return start


def compound_file(root: Storage) -> bytes:
    """A version 3 compound file; streams are padded past the size below which a mini stream would be needed."""
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, root)
    sectors = _Sectors()
    mini, mini_fat = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != 2 or not entry.content:
            continue
        if len(entry.content) >= CUTOFF:
            entry.start = sectors.add(entry.content)
        else:
            entry.start, count = len(mini_fat), -(-len(entry.content) // 64)
            mini_fat += [*range(entry.start + 1, entry.start + count), END]
            mini += entry.content.ljust(count * 64, b"\0")
    entries[0].content, entries[0].start = bytes(mini), sectors.add(bytes(mini))
    mini_start = sectors.add(_words(mini_fat))
    directory = sectors.add(b"".join(map(_record, entries)))
    fat_start, fat_count = len(sectors.fat), 1
    while (len(sectors.fat) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    table = _words(sectors.fat + [FAT_SECTOR] * fat_count)
    places = [fat_start + number for number in range(fat_count)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fat_count, directory, 0, CUTOFF, mini_start, bool(mini_fat), END, 0)
    head += b"".join(struct.pack("<I", place) for place in (places + [FREE] * 109)[:109])
    return head + bytes(sectors.data) + table.ljust(fat_count * SECTOR, b"\xff")


def _add(entries: list[_Entry], parent: int, storage: Storage) -> None:
    last = NONE
    for name, content in sorted(storage.items(), key=lambda item: (len(item[0]), item[0].upper())):
        index = len(entries)
        if last == NONE:
            entries[parent].child = index
        else:
            entries[last].right = index
        last = index
        if isinstance(content, bytes):
            entries.append(_Entry(name, 2, content))
        else:
            entries.append(_Entry(name, 1))
            _add(entries, index, content)


def _record(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    said = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, entry.kind, 1)
    said += struct.pack("<III", NONE, entry.right, entry.child) + bytes(36)
    return said + struct.pack("<IQ", entry.start, len(entry.content))


def _words(numbers: list[int]) -> bytes:
    packed = struct.pack(f"<{len(numbers)}I", *numbers)
    return packed + b"\xff" * (-len(packed) % SECTOR)


def outlook_message(
    sender: str, subject: str, body: str, *attachments: tuple[str, bytes | Storage], html: str = "", head: int = 32
) -> Storage:
    """What stands in a .msg; an attachment that is a storage is a mail itself (made with `head=24`)."""
    name, _, address = sender.rpartition(" ")
    texts = {0x0037: subject, 0x0C1A: name, 0x5D01: address.strip("<>"), 0x001A: "IPM.Note", 0x1000: body}
    streams = {(pid, 0x001F): text.encode("utf-16-le") for pid, text in texts.items() if text}
    if html:
        streams[0x1013, 0x0102] = html.encode("utf-8")
    fixed = {(0x340D, 0x0003): 0x00040000, (0x3FDE, 0x0003): 65001}
    fixed[0x0039, 0x0040] = (int(datetime(2026, 11, 23, 2, 0, tzinfo=UTC).timestamp()) + 11644473600) * 10**7
    storage = _properties(streams, fixed, bytes(head))
    for number, (file, content) in enumerate(attachments):
        streams = {(0x3707, 0x001F): file.encode("utf-16-le")}
        if isinstance(content, bytes):
            attached = _properties({**streams, (0x3701, 0x0102): content}, {(0x3705, 0x0003): 1}, bytes(8))
        else:
            attached = _properties(streams, {(0x3705, 0x0003): 5}, bytes(8)) | {"__substg1.0_3701000D": content}
        storage[f"__attach_version1.0_#{number:08X}"] = attached
    return storage


def _properties(streams: dict[tuple[int, int], bytes], fixed: dict[tuple[int, int], int], head: bytes) -> Storage:
    table = head
    for (pid, kind), value in fixed.items():
        table += struct.pack("<HHIQ", kind, pid, 6, value)
    for (pid, kind), content in streams.items():
        table += struct.pack("<HHIII", kind, pid, 6, len(content), 0)
    named: Storage = {f"__substg1.0_{pid:04X}{kind:04X}": content for (pid, kind), content in streams.items()}
    return {"__properties_version1.0": table, **named}


def word_document(text: str, *, locked: bool = False) -> bytes:
    """A .doc of one piece of 8-bit text, as Word 97 wrote it (MS-DOC): header, text, and where the text stands."""
    content = (text.replace("\n", "\r") + "\r").encode("cp1252")
    start = 1024
    header = bytearray(start)
    flags = 0x0200 | (0x0100 if locked else 0)
    struct.pack_into("<HHHHHH", header, 0, 0xA5EC, 0x00C1, 0, 0x0409, 0, flags)
    struct.pack_into("<II", header, 0x18, start, start + len(content))
    struct.pack_into("<HHH", header, 32, 14, 0, 0)
    struct.pack_into("<i", header, 0x4C, len(content))
    pieces = struct.pack("<II", 0, len(content)) + struct.pack("<HIH", 0, 0x40000000 | start * 2, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", header, 0x1A2, 0, len(table))
    stream = bytes(header) + content
    return compound_file({"WordDocument": stream.ljust(CUTOFF, b"\0"), "1Table": table.ljust(CUTOFF, b"\0")})
