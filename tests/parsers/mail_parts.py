"""Mails put together by hand, part by part: what no library would write, senders do."""

from __future__ import annotations

from base64 import encodebytes


def leaf(head: str, body: str | bytes) -> bytes:
    """One part: its header fields, and its content as it stands."""
    return head.encode() + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())


def plain(body: str, more: str = "") -> bytes:
    return leaf(f"Content-Type: text/plain; charset=utf-8{more}\r\nContent-Transfer-Encoding: 8bit", body)


def html(body: str, more: str = "") -> bytes:
    return leaf(f"Content-Type: text/html; charset=utf-8{more}\r\nContent-Transfer-Encoding: 8bit", body)


def file(mime_type: str, content: bytes, more: str = "") -> bytes:
    return leaf(f"Content-Type: {mime_type}\r\nContent-Transfer-Encoding: base64{more}", encodebytes(content))


def parts(kind: str, *inside: bytes, boundary: str = "") -> bytes:
    """A multipart of this kind ("mixed", "alternative" …)."""
    mark = (boundary or f"={kind}=").encode()
    body = b"".join(b"--" + mark + b"\r\n" + one + b"\r\n" for one in inside)
    return leaf(f'Content-Type: multipart/{kind}; boundary="{mark.decode()}"', body + b"--" + mark + b"--\r\n")


def mail(part: bytes, subject: str = "Re: permintaan", sender: str = "Rahma Dewi <rahma@contoh.example>") -> bytes:
    return (
        f"From: {sender}\r\nTo: darurat@contoh.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n".encode() + part
    )


def der(tag: int, *contents: bytes, endless: bool = False) -> bytes:
    """One element of BER; `endless` writes it without its length (X.690 §8.1.3.6)."""
    body = b"".join(contents)
    if endless:
        return bytes([tag, 0x80]) + body + b"\0\0"
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


SIGNED, ENVELOPED, DATA = (bytes.fromhex(f"2a864886f70d0107{last}") for last in ("02", "03", "01"))


def signed(content: bytes, *, endless: bool = False) -> bytes:
    """A CMS signed-data object around `content`, without any signature: nobody asks for it."""
    if endless:
        pieces = [der(0x04, content[at : at + 40]) for at in range(0, len(content), 40)]
        octets = der(0x24, *pieces, endless=True)
    else:
        octets = der(0x04, content)
    enclosed = der(0x30, der(0x06, DATA), der(0xA0, octets, endless=endless), endless=endless)
    inner = der(0x30, der(0x02, b"\1"), der(0x31), enclosed, der(0x31), endless=endless)
    return der(0x30, der(0x06, SIGNED), der(0xA0, inner, endless=endless), endless=endless)


def encrypted() -> bytes:
    return der(0x30, der(0x06, ENVELOPED), der(0xA0, der(0x30, der(0x02, b"\0"), der(0x31, bytes(40)))))
