"""Small changes to a room's code, as Cosmic Ray makes them, of which its tests should notice each."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

OPERATORS = (
    *("AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd"),
    *("ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_USub_UAdd", "NumberReplacer"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop", "ExceptionReplacer"),
    *("ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq"),
    *("ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is"),
    *("ReplaceComparisonOperator_Lt_LtE", "ReplaceComparisonOperator_LtE_Lt"),
    *("ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_GtE_Gt"),
    *("ReplaceComparisonOperator_Lt_GtE", "ReplaceComparisonOperator_GtE_Lt"),
    *("ReplaceComparisonOperator_LtE_Gt", "ReplaceComparisonOperator_Gt_LtE"),
    *("ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add", "ReplaceBinaryOperator_Mul_Div"),
    *("ReplaceBinaryOperator_BitOr_BitAnd", "ReplaceBinaryOperator_BitAnd_BitOr"),
)
"""What a slip of the hand might do. Left out: what no interpreter takes (a date shifted left by a span), decorators
(without theirs the modules cannot be imported), and names in each other's place.
"""
DECLARES = ("register/schema.py",)
"""Says what the migrations have made; no statement reads it for anything else than names."""
LOOKS = ("register/cells.py", "register/workbook.py")
"""Numbers here are widths and colours: a human sees them, no test does."""
PROBE = "_ran_"
"""Where a function that was called is noted: a builtin of that name, if there is one (children of a test have none)."""
Place = tuple[tuple[int, int], tuple[int, int]]
"""From (line, column) to (line, column); lines begin at 1, columns at 0."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change.

    Attributes:
        occurrence: which of the places in the file where the operator has something to do.
        function: in which line the innermost function around it begins, its decorators included; 0 outside of all.
    """

    file: str
    operator: str
    occurrence: int
    line: int
    function: int

    def into(self, source: str) -> str:
        """`source` of the file with the change in it."""
        operator = importlib.import_module("cosmic_ray.plugins").get_operator(f"core/{self.operator}")()
        changed = importlib.import_module("cosmic_ray.mutating").mutate_code(source, operator, self.occurrence)
        assert isinstance(changed, str)
        return changed


def sample(mutations: list[Mutation], size: int, seed: int) -> list[Mutation]:
    """`size` of them, by chance, the same for the same seed: the first of them are a sample, too."""
    shuffled = list(mutations)
    Random(seed).shuffle(shuffled)
    return shuffled[:size]


def mutations_of(root: Path, room: str) -> list[Mutation]:
    """Every change that the operators can make in a room, its sub-packages not included, in a lasting order."""
    found = list[Mutation]()
    for path in sorted((root / room).glob("*.py")):
        file = path.relative_to(root).as_posix()
        if file not in DECLARES:
            found += (one for one in _of_file(path, file) if file not in LOOKS or one.operator != "NumberReplacer")
    return found


def with_probes(source: str, file: str) -> str:
    """`source` of `file`, each function of which notes that it was called, by file and first line."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            call = f"vars(__import__('builtins')).get({PROBE!r}, id)(({file!r}, {_first_line(node)}))"
            node.body[:0] = ast.parse(call).body
    return ast.unparse(tree)


def _of_file(path: Path, file: str) -> Iterator[Mutation]:
    source = path.read_text(encoding="utf-8")
    tree = importlib.import_module("cosmic_ray.ast").get_ast(source)
    said, functions = _unread(source), _functions(source)
    for name in OPERATORS:
        operator = importlib.import_module("cosmic_ray.plugins").get_operator(f"core/{name}")()
        places = [place for node in _nodes(tree) for place in operator.mutation_positions(node)]
        for occurrence, (start, end) in enumerate(places):
            if not any(first <= start and end <= last for first, last in said):
                around = max((first for first, last in functions if first <= start[0] <= last), default=0)
                yield Mutation(file, name, occurrence, start[0], around)


def _nodes(node: Any) -> Iterator[Any]:
    """In the order in which Cosmic Ray counts occurrences."""
    yield node
    for child in getattr(node, "children", ()):
        yield from _nodes(child)


def _unread(source: str) -> list[Place]:
    """Where types and decorators stand: of types nothing is read when the program runs."""
    found = list[ast.expr | None]()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.AnnAssign() | ast.arg():
                found.append(node.annotation)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                found += [node.returns, *node.decorator_list]
            case ast.ClassDef():
                found += node.decorator_list
    return [
        ((node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset))
        for node in found
        if node is not None
    ]


def _functions(source: str) -> list[tuple[int, int]]:
    """The first and the last line of each function."""
    return [
        (_first_line(node), node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])
