"""Writes into `docs/mailboxes.md` what the test suites prove of each mailbox adapter, by the names of the tests.

Nothing is run: pytest collects the suites and names every test with its parameters; a parameter or a file says which
adapter it is about. A test that fails fails `make test`.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs/mailboxes.md"
BEGIN, END = "<!-- begin: make adapters -->\n", "<!-- end: make adapters -->"
WITH_TOKENS = "IMAP and SMTP by token"
ADAPTERS = ("IMAP", "SMTP", WITH_TOKENS, "Exchange, reading", "Exchange, sending", "Maildir")
COLUMNS = ("contract", "faults", "crashes", "the whole procedure")


@dataclass(frozen=True)
class Suite:
    """Tests of one file (or folder), and what they are about.

    Attributes:
        adapters: parameter (the beginning of one) → adapters; "" is what a test without any such parameter is about.
    """

    path: str
    column: str
    adapters: dict[str, tuple[str, ...]]


_IN = {
    "dovecot token": ("IMAP", WITH_TOKENS),
    "pymap": ("IMAP",),
    "dovecot": ("IMAP",),
    "exchange": ("Exchange, reading",),
    "maildir": ("Maildir",),
}
_OUT = {
    "postfix starttls login token": ("SMTP", WITH_TOKENS),
    "house": ("SMTP",),
    "postfix": ("SMTP",),
    "exchange": ("Exchange, sending",),
}
_BOTH = {
    "imap": ("IMAP", "SMTP"),
    "exchange smtp": ("Exchange, reading", "SMTP"),
    "exchange": ("Exchange, reading", "Exchange, sending"),
    "maildir": ("Maildir", "SMTP"),
}
_IMAP_AND_SMTP = ("IMAP", "SMTP")
SUITES = (
    Suite("tests/inbox/test_mailbox_contract.py", "contract", {**_IN, "": ("IMAP",)}),
    Suite("tests/outbox/test_sender_contract.py", "contract", {**_OUT, "": ("SMTP",)}),
    Suite("tests/inbox/test_imap_faults.py", "faults", {"": ("IMAP",)}),
    Suite("tests/inbox/test_uidvalidity.py", "faults", {"": ("IMAP",)}),
    Suite("tests/office/test_login_by_token.py", "faults", {"": (WITH_TOKENS,)}),
    Suite("tests/office/test_token_faults.py", "faults", {"": (WITH_TOKENS,)}),
    Suite("tests/inbox/test_exchange_faults.py", "faults", {"": ("Exchange, reading",)}),
    Suite("tests/inbox/test_maildir_faults.py", "faults", {"": ("Maildir",)}),
    Suite("tests/outbox/test_maildir_copies.py", "faults", {"": ("Maildir",)}),
    Suite("tests/outbox/test_exchange_copies.py", "faults", {"": ("Exchange, reading",)}),
    Suite("tests/outbox/test_smtp_faults.py", "faults", {"": ("SMTP",)}),
    Suite("tests/outbox/test_postfix_faults.py", "faults", {"": ("SMTP",)}),
    Suite("tests/outbox/test_exchange_faults.py", "faults", {"": ("Exchange, sending",)}),
    Suite("tests/crashes", "crashes", {**_BOTH, "": _IMAP_AND_SMTP}),
    Suite("tests/siaga/test_demo.py", "the whole procedure", {**_BOTH, "": _IMAP_AND_SMTP}),
    Suite("tests/siaga/test_demo_posts.py", "the whole procedure", {**_BOTH, "": ()}),
    Suite("tests/flows/test_desk_on_exchange_and_maildir.py", "faults", {**_BOTH, "": _BOTH["exchange"]}),
    Suite("tests/siaga/test_pulling_the_plug.py", "crashes", {"": _IMAP_AND_SMTP}),
)
_ITEM = re.compile(r"(?P<file>[\w/]+\.py)::test_(?P<name>\w+)(?:\[(?P<parameters>.*)\])?")


class Collected:
    """A pytest plugin: every test's id, and whether only `make chaos` runs it."""

    def __init__(self) -> None:
        self.tests: dict[str, bool] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.tests = {item.nodeid: item.get_closest_marker("chaos") is not None for item in session.items}


def table(tests: dict[str, bool]) -> str:
    """The table as Markdown: a row for each adapter, in each cell the names of its tests."""
    cells: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    for test, only_in_chaos in tests.items():
        match = _ITEM.fullmatch(test)
        assert match is not None
        suite = next(suite for suite in SUITES if match["file"].startswith(suite.path))
        name = match["name"].replace("_", " ")
        for adapter in _about(suite, match["parameters"] or ""):
            cell = cells[adapter, suite.column]
            cell[name] = cell.get(name, True) and only_in_chaos
    lines = [f"| adapter | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    for adapter in ADAPTERS:
        told = ("<br>".join(_shown(*item) for item in sorted(cells[adapter, column].items())) for column in COLUMNS)
        lines.append(f"| **{adapter}** | {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def _about(suite: Suite, parameters: str) -> tuple[str, ...]:
    """The longest word that the parameters hold decides: "exchange smtp" is not "exchange"."""
    known = [word for word in suite.adapters if word and re.search(rf"(^|-){word}( |-|$)", parameters)]
    return suite.adapters[max(known, key=len, default="")]


def _shown(name: str, chaos: bool) -> str:
    return f"*{name}*" if chaos else name


def with_table(document: str, written: str) -> str:
    """The document with the table in its place."""
    before, _, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{BEGIN}{written}{end}{after}"


def main() -> int:
    """Write the document, or with --print only show how it should be: pytest collects but once in a process."""
    collected = Collected()
    options = ["--collect-only", "-q", "-p", "no:cacheprovider", "-m", "chaos or not chaos", f"--rootdir={ROOT}"]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = pytest.main([*options, *(str(ROOT / suite.path) for suite in SUITES)], plugins=[collected])
    if code != 0:
        sys.stderr.write(said.getvalue())
        return 1
    document = with_table(DOCUMENT.read_text(encoding="utf-8"), table(collected.tests))
    if "--print" in sys.argv:
        sys.stdout.write(document)
    else:
        DOCUMENT.write_text(document, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
