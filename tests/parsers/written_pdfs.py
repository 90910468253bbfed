"""A PDF of one page by hand: printed words, form fields, notes, and words typed over it."""

from __future__ import annotations

from collections.abc import Sequence

Printed = tuple[float, float, str]
"""Left and baseline in points, and the words."""


def _string(text: str) -> str:
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


def field(left: float, bottom: float, value: str, *, name: str = "f", width: float = 300, more: str = "") -> str:
    rect = f"[{left} {bottom} {left + width} {bottom + 14}]"
    return f"/Subtype /Widget /FT /Tx /T {_string(name)} /V {_string(value)} /F 4 /Rect {rect} {more}"


def area(left: float, bottom: float, value: str, height: float) -> str:
    """A field of many lines."""
    rect = f"[{left} {bottom} {left + 400} {bottom + height}]"
    return f"/Subtype /Widget /FT /Tx /Ff 4096 /T (isi) /V {_string(value)} /F 4 /Rect {rect}"


def choice(left: float, bottom: float, value: str, options: Sequence[tuple[str, str]]) -> str:
    """A list to choose from; of each option its value and the words that are shown."""
    listed = " ".join(f"[{_string(own)} {_string(shown)}]" for own, shown in options)
    rect = f"[{left} {bottom} {left + 200} {bottom + 14}]"
    return f"/Subtype /Widget /FT /Ch /Ff 131072 /T (pilih) /V {_string(value)} /Opt [{listed}] /F 4 /Rect {rect}"


def box(left: float, bottom: float, name: str, *, ticked: bool, said: str = "") -> str:
    tip = f"/TU {_string(said)}" if said else ""
    state = "/Ya" if ticked else "/Off"
    rect = f"[{left} {bottom} {left + 12} {bottom + 12}]"
    empty = "<< /N << /Ya << >> /Off << >> >> >>"
    return f"/Subtype /Widget /FT /Btn /T {_string(name)} {tip} /V {state} /AS {state} /AP {empty} /F 4 /Rect {rect}"


def note(kind: str, text: str, left: float = 60, bottom: float = 600, *, flags: int = 4) -> str:
    """An annotation with words: "FreeText", "Text", "Stamp" …"""
    rect = f"[{left} {bottom} {left + 300} {bottom + 14}]"
    return f"/Subtype /{kind} /Contents {_string(text)} /DA (/F1 11 Tf) /F {flags} /Rect {rect}"


def pdf(printed: Sequence[Printed] = (), onto: Sequence[str] = (), *, picture: bool = False, xfa: str = "") -> bytes:
    """The file; `picture` fills the page with a grey picture, as a scan does."""
    words = "".join(f"BT /F1 11 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, text in printed)
    drawn = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n" if picture else ""
    numbers = [6 + index for index in range(len(onto))]
    refs = " ".join(f"{number} 0 R" for number in numbers)
    fields = " ".join(f"{number} 0 R" for number, text in zip(numbers, onto, strict=True) if "/FT" in text)
    last = 6 + len(onto)
    form = (
        f"/AcroForm << /Fields [{fields}] {f'/XFA [(datasets) {last} 0 R]' if xfa else ''} >>" if fields or xfa else ""
    )
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {form} {'/NeedsRendering true' if xfa else ''} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R /Annots [{refs}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(drawn + words)} >>\nstream\n{drawn + words}\nendstream",
        *(f"<< /Type /Annot /P 3 0 R {text} >>" for text in onto),
        *([f"<< /Length {len(xfa)} >>\nstream\n{xfa}\nendstream"] if xfa else []),
    ]
    content, places = b"%PDF-1.7\n", list[int]()
    for number, text in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010d} 00000 n \n" for place in places
    )
    return (
        content
        + f"{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF".encode()
    )
