"""Long runs to feed the readers with, and the entries of `parsers/` to feed: found by walking the package, not listed.

A run is a short text that is said over and over. Runs come from three places: characters that mails are made of, the
words of the patterns, and, the sharpest, each part of a pattern that may repeat without end, with what leads to it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import random
import re
import re._constants as op
import re._parser as sre
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from types import ModuleType
from typing import Any

import parsers
from parsers.words.dates import WIB

UNITS = (
    " ",
    "\t",
    "\n",
    "\r\n",
    "\xa0",
    " \n",
    "\n\n \t",
    ">",
    "> ",
    "\n>",
    ">\n",
    '"',
    "'",
    "“",
    "1",
    "12 ",
    "1.",
    "1/",
    "1-1-",
    "1:1 ",
    "0",
    ".",
    ". ",
    ",",
    ", ",
    "-",
    "--\n",
    "- ",
    "- \n",
    "-\n* \n",
    "–",
    "_",
    "#",
    "# ",
    "#a\n",
    "*",
    "**",
    "(",
    ")",
    "()",
    "[",
    "]",
    "[] ",
    "<",
    "<a ",
    "<a href=http://",
    "<div>",
    "<!--",
    "=",
    "=?",
    "=?a?q?a?= ",
    "@",
    "a@",
    "a@b ",
    "<@>",
    ":",
    ": ",
    "a: ",
    "/",
    "/ ",
    "?",
    "? ",
    "!",
    ";",
    "|",
    "| ",
    "a",
    "A",
    "a ",
    "A ",
    "Ab ",
    "ab ",
    "Ab, ",
    "Ab.",
    "Ab\n",
    "aB1",
    "a.",
    "a-",
    "a\n",
    "A\n",
    "é",
    "🙏",
    "$",
    "${",
    "\\",
    "\u200b",
    "\x0b",
    "\u2028",
)
_OPERATIONS = {
    "compile",
    "search",
    "match",
    "fullmatch",
    "sub",
    "split",
    "finditer",
    "findall",
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_OF_PICTURES = ("ocr", "picture", "scan", "sheet", "sheet_ink")
"""Modules that read pixels: no text comes into them."""
Tree = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A public function: `module` without "parsers.", and what to call it with."""

    module: str
    name: str
    function: Callable[..., object]
    takes: dict[str, Any]


def modules() -> Iterator[tuple[str, ModuleType]]:
    """The modules that read text."""
    for found in pkgutil.walk_packages(parsers.__path__, "parsers."):
        if not found.ispkg and found.name.rpartition(".")[2] not in _OF_PICTURES:
            yield found.name.removeprefix("parsers."), importlib.import_module(found.name)


def entries() -> Iterator[Entry]:
    """Every public function of `parsers/`, with the parameters that must be given."""
    for name, module in modules():
        for function_name, function in vars(module).items():
            if function_name.startswith("_") or not inspect.isfunction(function):
                continue
            if function.__module__ == module.__name__:
                hints = typing.get_type_hints(function)
                needed = [
                    each.name for each in inspect.signature(function).parameters.values() if each.default is each.empty
                ]
                yield Entry(name, function_name, function, {each: hints[each] for each in needed})


def patterns(module: ModuleType) -> list[re.Pattern[str]]:
    """The patterns of a module: compiled ones, however they are kept, and those written where they are used."""
    found: dict[str, re.Pattern[str]] = {}

    def keep(value: object) -> None:
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            found[value.pattern] = value
        elif isinstance(value, dict):
            keep(list(value.values()))
        elif isinstance(value, list | tuple):
            for each in value:
                keep(each)

    keep([value for name, value in vars(module).items() if not name.startswith("__")])
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _OPERATIONS:
            first = node.args[0] if node.args else None
            in_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if in_re and isinstance(first, ast.Constant) and isinstance(first.value, str):
                keep(re.compile(first.value))
    return list(found.values())


def only_matched(module: ModuleType) -> set[str]:
    """The patterns, by their text, that a module asks about the beginning of a text alone."""
    used: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    named = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    found = {str(one.pattern) for name, one in named.items() if used.get(name, set()) in ({"match"}, {"fullmatch"})}
    written = [node for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Call)]
    for call in written:
        in_place = isinstance(call.func, ast.Attribute) and call.func.attr in ("match", "fullmatch") and call.args
        if in_place and isinstance(call.args[0], ast.Constant):
            found.add(str(call.args[0].value))
    return found


def words(pattern: re.Pattern[str]) -> set[str]:
    """The words of a pattern, and what stands together between two bars."""
    return set(re.findall(r"[a-z][a-z /'-]*", re.sub(r"\\[a-zA-Z]", "|", pattern.pattern), re.IGNORECASE))


def two_readings(pattern: re.Pattern[str]) -> list[str]:
    """What a repeated part of a pattern can read in two ways, so that a run of it takes twice as long for each more."""
    found = []
    for part in _endless(list(sre.parse(pattern.pattern, pattern.flags))):
        held = part[0] is op.POSSESSIVE_REPEAT or _keeps(part[1][2])
        said = {one for one in _all_said(part[1][2]) if one} if not held else set()
        for one in said:
            ways = [1, *[0] * len(one)]
            for end in range(1, len(one) + 1):
                ways[end] = sum(ways[at] for at in range(max(0, end - 40), end) if one[at:end] in said)
            if ways[-1] > 1:
                found.append(one)
    return found


def _keeps(tree: Tree) -> bool:
    """Whether a part of it gives nothing back once it has read."""
    return any(
        kind in (op.POSSESSIVE_REPEAT, op.ATOMIC_GROUP) or any(map(_keeps, _inside(kind, value)))
        for kind, value in tree
    )


def _all_said(tree: Tree, most: int = 400) -> list[str]:
    """What a tree matches, each repeated part once or not at all, each class by its letters."""
    said = [""]
    for kind, value in tree:
        if kind is op.LITERAL:
            more = [chr(value)]
        elif kind is op.IN:
            more = [chr(code) for which, code in value if which is op.LITERAL] or ["\x02"]
            more += [" "] if (op.CATEGORY, op.CATEGORY_SPACE) in value else []
        elif kind in _REPEATS:
            more = ([""] if value[0] == 0 else []) + _all_said(value[2], most)
        elif kind is op.BRANCH or kind is op.SUBPATTERN or kind is op.ATOMIC_GROUP:
            more = [one for inner in _inside(kind, value) for one in _all_said(inner, most)]
        else:
            more = ["\x02"] if kind in (op.ANY, op.NOT_LITERAL) else [""]
        said = [before + after for before in said for after in more[:most]][: 3 * most]
    return said


def _inside(kind: Any, value: Any) -> list[Tree]:
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind in _REPEATS:
        return [value[2]]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is op.ATOMIC_GROUP else []


def walked_into(pattern: re.Pattern[str], chance: random.Random) -> Iterator[Callable[[int], str]]:
    """For each part of a pattern that repeats without end: texts of any length that lead into it, and stay in it."""
    tree = list(sre.parse(pattern.pattern, pattern.flags))
    for part in _endless(tree):
        yield partial(_drawn, tree, part, chance.random())
        yield partial(_over_and_over, tree, part, chance.random())


def _drawn(tree: Tree, part: Any, seed: float, length: int) -> str:
    """What leads to a part, once, and then the part without end."""
    return _said(_up_to(tree, part), random.Random(seed), part, length) + "\x01"


def _over_and_over(tree: Tree, part: Any, seed: float, length: int) -> str:
    """What leads to a part, and a little of it, over and over."""
    chance = random.Random(seed)
    once = _said(_up_to(tree, part), chance, part, chance.choice((1, 8, 16))) + chance.choice(" \n")
    return once * max(1, length // len(once))


def repeated(unit: str) -> Callable[[int], str]:
    """Texts of any length that say one thing over and over."""
    return lambda length: unit * max(1, length // len(unit))


def _endless(tree: Tree) -> Iterator[Any]:
    for item in tree:
        if item[0] in _REPEATS and item[1][1] > 60:
            yield item
        for inner in _inside(*item):
            yield from _endless(inner)


def _holds(tree: Tree, part: Any) -> bool:
    return any(item is part or any(_holds(inner, part) for inner in _inside(*item)) for item in tree)


def _up_to(tree: Tree, part: Any) -> Tree:
    end = next(index for index, item in enumerate(tree) if item is part or _holds([item], part))
    return tree[: end + 1]


def _said(tree: Tree, chance: random.Random, part: Any, length: int) -> str:
    """A text that the tree matches, `part` drawn out to `length`."""
    said = ""
    for item in tree:
        kind, value = item
        if kind is op.LITERAL:
            said += chr(value)
        elif kind is op.ANY or kind is op.NOT_LITERAL:
            said += chance.choice("a 1")
        elif kind is op.IN:
            said += _one_of(value, chance)
        elif kind is op.BRANCH:
            said += _said(
                chance.choice([way for way in value[1] if _holds(way, part)] or value[1]), chance, part, length
            )
        elif item is part:
            said += _drawn_out(value[2], chance, length)
        elif kind in _REPEATS:
            least, most, body = value
            times = 1 if _holds(body, part) else max(least, min(most, chance.choice((least, least + 1))))
            said += "".join(_said(body, chance, part, length) for _ in range(times))
        elif kind is op.SUBPATTERN or kind is op.ATOMIC_GROUP or (kind is op.ASSERT and value[0] > 0):
            said += _said(_inside(kind, value)[0], chance, part, length)
    return said


def _drawn_out(body: Tree, chance: random.Random, length: int) -> str:
    same, said = chance.random() < 0.5, _said(body, chance, None, 1) or " "
    if same:
        return said * max(1, length // len(said))
    while len(said) < length:
        said += _said(body, chance, None, 1) or " "
    return said


def _one_of(choices: Tree, chance: random.Random) -> str:
    """A character of a class, or one that is not in it."""
    if choices[0][0] is op.NEGATE:
        allowed = [one for one in "a 1-.,\nA" if not any(_is_in(one, *choice) for choice in choices[1:])]
        return chance.choice(allowed or ["~"])
    candidates = [chr(value) for kind, value in choices if kind is op.LITERAL]
    candidates += [chr(chance.randint(*value)) for kind, value in choices if kind is op.RANGE]
    candidates += [
        one for kind, value in choices if kind is op.CATEGORY for one in "a1 -\n" if _is_in(one, kind, value)
    ]
    return chance.choice(candidates)


def _is_in(one: str, kind: Any, value: Any) -> bool:
    if kind is op.LITERAL:
        return ord(one) == value
    if kind is op.RANGE:
        return value[0] <= ord(one) <= value[1]
    sign = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w"}
    sign |= {op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_NOT_SPACE: r"\S", op.CATEGORY_NOT_WORD: r"\W"}
    return re.match(sign[value], one) is not None


NOON = datetime(2026, 2, 3, 12, 0, tzinfo=WIB)
DAY = date(2026, 2, 3)
