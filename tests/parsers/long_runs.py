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
from types import ModuleType
from typing import Any

import parsers
from parsers.dates import WIB

UNITS = (
    " ", "\t", "\n", "\r\n", "\xa0", " \n", "\n\n \t", ">", "> ", "\n>", ">\n", '"', "'", "“", "1", "12 ", "1.", "1/", "1-1-", "1:1 ", "0",
    ".", ". ", ",", ", ", "-", "--\n", "- ", "- \n", "-\n* \n", "–", "_", "#", "# ", "#a\n", "*", "**", "(", ")", "()", "[", "]", "[] ", "<", "<a ",
    "<a href=http://", "<div>", "<!--", "=", "=?", "=?a?q?a?= ", "@", "a@", "a@b ", "<@>", ":", ": ", "a: ", "/", "/ ", "?", "? ", "!", ";", "|", "| ",
    "a", "A", "a ", "A ", "Ab ", "ab ", "Ab, ", "Ab.", "Ab\n", "aB1", "a.", "a-", "a\n", "A\n", "é", "🙏", "$", "${", "\\", "\u200b", "\x0b", "\u2028",
)  # fmt: skip
_OPERATIONS = {"compile", "search", "match", "fullmatch", "sub", "split", "finditer", "findall"}
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
                    each.name
                    for each in inspect.signature(function).parameters.values()
                    if each.default is each.empty or each.name == "opener"
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


def words(pattern: re.Pattern[str]) -> set[str]:
    """The literal words of a pattern."""
    return {word for word in _literals(sre.parse(pattern.pattern, pattern.flags)) if word.strip()}


def _literals(tree: Tree) -> Iterator[str]:
    word = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            word += chr(value)
            continue
        yield word
        word = ""
        for inner in _inside(kind, value):
            yield from _literals(inner)
    yield word


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
        seed = chance.random()
        yield lambda length, part=part, seed=seed: _said(_up_to(tree, part), random.Random(seed), part, length) + "\x01"
        once = _said(_up_to(tree, part), random.Random(seed), part, chance.choice((1, 8, 16))) + chance.choice(" \n")
        yield repeated(once)


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
