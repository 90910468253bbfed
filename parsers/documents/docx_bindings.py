"""Where a DOCX keeps the values of its bound content controls: its own XML parts (ISO/IEC 29500-1 §17.5.2.6)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ITEM_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_STORE = re.compile(r"customXml/item(\d{1,4})\.xml")
_OWN_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml",
    "{55AF091B-3C7A-41E3-B477-F2FDAA23CFDA}": "docProps/core.xml",
}
_PATH = re.compile(r"(?:/[\w.-]{0,60}:?[\w.-]{1,60}(?:\[\d{1,4}\])?){1,12}(?:/@[\w:.-]{1,60}|/text\(\))?")
"""A plain way to one element; anything else is no address but a program."""
_PREFIXES = re.compile(r"xmlns:(\w{1,40})=['\"]([^'\"]{1,300})['\"]")
MAX_STORES, MAX_STORE = 20, 2_000_000


@dataclass(frozen=True, slots=True)
class Bindings:
    """The XML parts by their identifier."""

    stores: Mapping[str, etree._Element]

    def value(self, binding: etree._Element) -> str:
        """What a `w:dataBinding` points to; "" where it points to nothing."""
        path = str(binding.get(f"{W}xpath", ""))
        store = self.stores.get(str(binding.get(f"{W}storeItemID", "")).upper())
        prefixes = dict(_PREFIXES.findall(str(binding.get(f"{W}prefixMappings", ""))))
        if store is None or not _PATH.fullmatch(path):
            return ""
        try:
            found = store.getroottree().xpath(path, namespaces=prefixes or None)
        except etree.LxmlError:
            return ""
        first = found[0] if isinstance(found, list) and found else ""
        text = "".join(map(str, first.itertext())) if isinstance(first, etree._Element) else str(first)
        return text.strip()[:20_000]


def bindings_of(package: zipfile.ZipFile) -> Bindings:
    """The parts that content controls may be bound to. Broken ones are left out."""
    names, stores = set(package.namelist()), dict[str, etree._Element]()
    for name in sorted(filter(_STORE.fullmatch, names))[:MAX_STORES]:
        number = name.removeprefix("customXml/item").removesuffix(".xml")
        properties = _root(package, names, f"customXml/itemProps{number}.xml")
        root = _root(package, names, name)
        if properties is not None and root is not None:
            stores[str(properties.get(_ITEM_ID, "")).upper()] = root
    for item, name in _OWN_PROPERTIES.items():
        root = _root(package, names, name)
        if root is not None:
            stores[item] = root
    return Bindings(stores)


def _root(package: zipfile.ZipFile, names: set[str], name: str) -> etree._Element | None:
    if name not in names or package.getinfo(name).file_size > MAX_STORE:
        return None
    try:
        return etree.fromstring(
            package.read(name), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except etree.LxmlError:
        return None
