"""Who may read what: `siapa_membaca.yaml`. Whatever is wrong with it is told with its line."""

from __future__ import annotations

from functools import lru_cache

import templates
from office.toml_file import SettingsError
from sop.who_reads import TABLED, Audience, Share, WhoReads
from sop.yaml_lines import Node, Problems, read_yaml

TABLE = templates.FOLDER / "siapa_membaca.yaml"


def read_who_reads() -> WhoReads:
    """Read and check the table. Raises: SettingsError."""
    try:
        text = TABLE.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([f"{TABLE} tidak dapat dibaca: {error}"]) from error
    return parse_who_reads(text, TABLE.name)


@lru_cache(maxsize=2)
def parse_who_reads(text: str, file: str) -> WhoReads:
    """The table in the text of a file called `file`. Raises: SettingsError."""
    problems = Problems(file)
    root = read_yaml(text, problems)
    if problems.lines:
        raise SettingsError(problems.lines)
    root.only("peristiwa", "kartu")
    table = WhoReads(_rows(root.child("peristiwa")), _rows(root.child("kartu")))
    if problems.lines:
        raise SettingsError(problems.lines)
    return table


def _rows(node: Node) -> dict[str, dict[Audience, Share]]:
    found = {}
    for name in node.items:
        said = node.words(name)
        if len(said) != len(TABLED) or set(said) - set(Share):
            columns, shares = ", ".join(TABLED), ", ".join(Share)
            node.problem(f"`{name}` harus memuat {len(TABLED)} kata ({columns}), masing-masing {shares}", name)
            continue
        found[name] = {audience: Share(word) for audience, word in zip(TABLED, said, strict=True)}
    return found
