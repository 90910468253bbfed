"""What a mail template speaks of that nobody fills in, read from its source: in a branch that is not taken, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import Environment, Undefined, nodes

_OPEN = object()
"""What may be anything here: a value of another letter, whatever a filter makes, what the template sets itself."""
Scope = Mapping[str, object]


def assigned(tree: nodes.Template) -> set[str]:
    """The names that a template sets itself, loops included."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}


def unknown_attributes(environment: Environment, tree: nodes.Template, values: Scope) -> list[tuple[int, str]]:
    """Line and name of each attribute that one of `values` should have; an item of a list stands for all of them. What
    the template itself asks after ("is defined", "default") is none.
    """
    own = assigned(tree)
    asked: list[nodes.Expr | None] = [
        test.node for test in tree.find_all(nodes.Test) if test.name in ("defined", "undefined")
    ]
    asked += [filtered.node for filtered in tree.find_all(nodes.Filter) if filtered.name in ("default", "d")]
    found = _missing(environment, tree, {name: value for name, value in values.items() if name not in own})
    return [(node.lineno, node.attr) for node in found if node not in asked]


def _missing(environment: Environment, node: nodes.Node, scope: Scope) -> Iterator[nodes.Getattr]:
    if isinstance(node, nodes.For):
        yield from _missing(environment, node.iter, scope)
        inside = {**scope, **_bound(node.target, _value(environment, node.iter, scope))}
        for child in (*filter(None, (node.test,)), *node.body):
            yield from _missing(environment, child, inside)
        for child in node.else_:
            yield from _missing(environment, child, scope)
        return
    if isinstance(node, nodes.Getattr):
        owner = _value(environment, node.node, scope)
        if owner is not _OPEN and isinstance(environment.getattr(owner, node.attr), Undefined):
            yield node
    for child in node.iter_child_nodes():
        yield from _missing(environment, child, scope)


def _bound(target: nodes.Node, many: object) -> Scope:
    """What a loop over `many` names."""
    if not isinstance(target, nodes.Name):
        return {name.name: _OPEN for name in target.find_all(nodes.Name)}
    return {target.name: many[0] if isinstance(many, Sequence) and not isinstance(many, str) and many else _OPEN}


def _value(environment: Environment, node: nodes.Node, scope: Scope) -> object:
    """What stands there. Nothing, and what is kept by keys, may be something else in another letter."""
    match node:
        case nodes.Name():
            found = scope.get(node.name, _OPEN)
        case nodes.Getattr():
            owner = _value(environment, node.node, scope)
            found = _OPEN if owner is _OPEN else environment.getattr(owner, node.attr)
        case nodes.Getitem(arg=nodes.Const() as key):
            owner = _value(environment, node.node, scope)
            found = _OPEN if owner is _OPEN else environment.getitem(owner, key.value)
        case _:
            return _OPEN
    return _OPEN if found is None or isinstance(found, Undefined | Mapping) else found
