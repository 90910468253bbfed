"""Makes the links in quoted words inert: what others wrote is shown, and nobody reaches anything by a tap on it.

Mail programs, PDF readers and the Prefect UI turn into a link whatever looks like one to them: so everything that could
be the name of a host gets its dots in brackets, "contoh[.]example", and every address of the web another scheme,
"hxxps://". People still read it. A list of top-level domains would be out of date and is not needed.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DOTS = ".\u3002\uff0e\uff61\u2024\ufe52"
_DOT = f"[{_DOTS}]"
"""The full stops that browsers take for one (UTS 46), and those that look like one."""
_MAY_LEAD = re.compile(rf"{_DOT}|:|\\\\")
"""What is in everything that a program would make a link of."""
_LEADS = re.compile(r"://|:\\|\\\\")
_BETWEEN = r"\s<>\"'“”‘’«»(),;\[\]{}|"
_CHUNK = re.compile(rf"(?<![^{_BETWEEN}])[^{_BETWEEN}{_DOTS}:\\]*+[{_DOTS}:\\][^{_BETWEEN}]*+")
"""What stands between spaces and such with something in it that may lead: most words are not looked at."""
_NAME = re.compile(rf"(?<![\w-])[\w-]++(?:{_DOT}[\w-]++)+")
_WEB = re.compile(r"(?i)(?<!\w)(h)tt(ps?:)")
_SCHEME = re.compile(r"(?i)(?<![\w+.-])(?!hxxps?:)([a-z][a-z0-9+.-]{1,30}):(?=//|\\\\)")
_BARE_SCHEME = re.compile(r"(?i)(?<!\w)(mailto|javascript|vbscript|file|callto|skype|data(?=:\w+/)):(?=\S)")
_SHARE = re.compile(r"\\\\(?=[\w.])")
"""Outlook opens "\\\\server\\share" and shows the stranger behind it who we are."""
_ADDRESS = re.compile(rf"(?:(?!mailto)\w+:)?[\w.+%-]+@[\w-]+(?:{_DOT}[\w-]+)+[.:!?*]*")
_TITLE = re.compile(r"[A-Z](?:\.[A-Z][A-Za-z]{0,4})+")
"""An academic degree: "S.Kom", "M.Si", "S.Tr.Kom"."""
_FILE = re.compile(
    r"(?i)docx?|xlsx?|pptx?|od[pst]|pdf|rtf|txt|csv|jpe?g|png|gif|tiff?|bmp|heic|webp|svg|eml|msg|p7s|ics|html?|xml|log|rar|typ|j2|toml"
)
"""What may end a file's name without brackets, for the eye's sake; no registry sells names that end so."""


def inert(text: str) -> str:
    """`text` with nothing in it that a program would make a link of. Twice is as good as once. Never raises.

    E-mail addresses, times, numbers of letters, degrees and the names of files stay as they are.
    """
    return _CHUNK.sub(_as_inert, text) if _MAY_LEAD.search(text) else text


def _as_inert(chunk: re.Match[str]) -> str:
    said = chunk[0]
    return _of_usual(said) if len(said) <= _USUAL else _without_link(said)


def _without_link(said: str) -> str:
    if not _MAY_LEAD.search(said) or _ADDRESS.fullmatch(said):
        return said
    leads = _LEADS.search(said) is not None
    said = _NAME.sub(lambda name: _without_dots(name, leads=leads), said)
    if ":" not in said and "\\\\" not in said:
        return said  # a number, an hour, the end of a sentence
    said = _SHARE.sub(r"[\\\\]", _BARE_SCHEME.sub(r"\1[:]", said))
    return _SCHEME.sub(r"\1[:]", _WEB.sub(r"\1xx\2", said))


_USUAL = 100
"""Characters; what is longer comes once, and is not worth keeping."""
_of_usual = lru_cache(maxsize=4096)(_without_link)
"""The same numbers, hours and addresses stand in mail after mail."""


def _without_dots(name: re.Match[str], *, leads: bool) -> str:
    """A name with its dots in brackets, if it may be a host's: it ends in letters, or in a name written in ASCII."""
    last = re.split(_DOT, name[0])[-1]
    if len(last) < 2 or not (last.isalpha() or last.lower().startswith("xn--")):
        return name[0]
    after = name.string[name.end() : name.end() + 2]
    has_path = after[:1] in ("/", "\\", "?", "#") if after else False
    if not (leads or has_path) and (_FILE.fullmatch(last) or (_TITLE.fullmatch(name[0]) and after[:1] != ":")):
        return name[0]
    return re.sub(_DOT, "[.]", name[0])


def inert_values(value: object) -> object:
    """The same for every text within lists and dictionaries."""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, dict):
        return {key: inert_values(inner) for key, inner in value.items()}
    return [inert_values(inner) for inner in value] if isinstance(value, list | tuple) else value
