"""Chance has few doors: which modules may touch time, randomness, threads, sockets and processes, and why (ADR 33)."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = sorted(path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")
PURE = ("parsers", "sop")
"""Have no door at all."""


@dataclass(frozen=True, slots=True)
class Door:
    """What passes a door: modules by their first names, `a.b` of any module, and calls by name.

    Attributes:
        instead: what a module does that is not listed.
        through: the modules that may use it, and why.
    """

    modules: frozenset[str]
    names: frozenset[str]
    instead: str
    through: dict[str, str]

    def has(self, name: str) -> bool:
        return name in self.names or any(name.startswith(begun[:-1]) for begun in self.names if begun.endswith("*"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DOORS = {
    "time": Door(
        _words("time sched"),
        _words("datetime.now datetime.utcnow datetime.today date.today localtime formatdate func.now os.times"),
        "ask the clock: `ports.now()`, `office.clock.running()`, `office.clock.real_seconds()`",
        {
            "office/clock.py": "is the clock",
            "office/dkim_keys.py": "adapter: how long a key from the DNS is good",
            "office/signatures.py": "adapter: how long the DNS is waited for",
            "office/token_endpoint.py": "adapter: how long an answer may take",
            "inbox/exchange.py": "adapter: how long the server wants to be left alone",
            "inbox/imap.py": "adapter: how long a login that was refused rests",
            "inbox/maildir.py": "adapter: whether a folder has settled",
            "outbox/exchange.py": "adapter: how long the server wants to be left alone",
            "readers/pool.py": "the budget of reading, in real seconds",
            "readers/wire.py": "the budget of reading, in real seconds",
            "flows/prefect_server.py": "adapter: how long the server may take to start and stop",
            "flows/rest.py": "adapter: pauses of a busy server",
            "flows/worker.py": "heartbeats, and what is due by the server's clock",
            "siaga/commands/desk.py": "waits until the next mail may go",
            "siaga/demo/exchange_boxes.py": "plays a server",
            "siaga/demo/exchange_house.py": "plays a server",
            "siaga/demo/house.py": "plays a server",
            "siaga/demo/officials.py": "plays people",
            "siaga/demo/run.py": "waits for people who are played",
        },
    ),
    "chance": Door(
        _words("random secrets uuid"),
        _words(
            "os.urandom os.getrandom make_msgid MIMEMultipart make_mixed make_alternative make_related add_attachment "
            "add_alternative add_related _make_boundary np.random numpy.random"
        ),
        "take it from the port: `ports.new_name()`, `office.chance`; and give a multipart mail its boundary",
        {
            "office/chance.py": "is chance",
            "office/prefect_login.py": "a password of the server's, which no mail meets",
            "host/files.py": "names of drafts, gone when the file is there",
            "outbox/compose.py": "makes multipart mails, and their boundaries of the Message-ID",
            "parsers/documents/msg.py": "makes a multipart mail, and its boundaries of the depth",
            "readers/server.py": "names a line to the reading server",
            "flows/rest.py": "names a client to the server",
            "siaga/demo/exchange_boxes.py": "plays a server",
            "siaga/demo/letters.py": "plays people",
            "siaga/demo/officials.py": "plays people",
        },
    ),
    "threads": Door(
        _words("threading concurrent multiprocessing asyncio queue _thread"),
        frozenset(),
        "leave it to the desk's threads (`flows/desk.py`)",
        {
            "flows/desk.py": "has the desk's threads",
            "flows/here.py": "one office, whichever thread asks first",
            "flows/rest.py": "one client for each thread",
            "flows/worker.py": "runs what an admin starts",
            "office/access_tokens.py": "one thread asks for a token",
            "office/build.py": "one thread collects mail",
            "office/dkim_keys.py": "keys that all threads share",
            "office/exchange_account.py": "a library that stands one thread only",
            "office/knocker.py": "services that may hang",
            "inbox/maildir.py": "wakes who waits when the mailbox closes",
            "inbox/streaming.py": "listens to a server that calls",
            "outbox/deliver.py": "one thread sends",
            "readers/pool.py": "children that all threads share",
            "readers/server.py": "one server that all threads share",
            "register/recent.py": "counts that all threads share",
            "register/recent_words.py": "counts that all threads share",
            "siaga/demo/exchange_boxes.py": "plays a server",
            "siaga/demo/exchange_house.py": "plays a server",
            "siaga/demo/house.py": "plays a server",
            "siaga/demo/officials.py": "plays people",
            "siaga/demo/run.py": "runs desk, servers and people side by side",
            "siaga/demo/view.py": "is written to by all of them",
        },
    ),
    "sockets": Door(
        _words(
            "socket ssl socketserver select selectors http imaplib imapclient smtplib poplib ftplib httpx requests "
            "urllib3 exchangelib dns aiosmtpd pymap pysasl apprise"
        ),
        _words("urllib.request"),
        "go through a port: `Mailbox`, `Sender`, `SentProof`, or the adapter that is there",
        {
            "inbox/exchange.py": "adapter: EWS",
            "inbox/idle.py": "adapter: IMAP",
            "inbox/imap.py": "adapter: IMAP",
            "inbox/imap_answers.py": "adapter: IMAP",
            "inbox/xoauth2.py": "adapter: IMAP",
            "outbox/exchange.py": "adapter: EWS",
            "outbox/exchange_copies.py": "adapter: EWS",
            "outbox/sent_copies.py": "adapter: IMAP",
            "outbox/smtp.py": "adapter: SMTP",
            "outbox/xoauth2.py": "adapter: SMTP and IMAP",
            "office/dkim_keys.py": "adapter: DNS",
            "office/exchange_account.py": "adapter: EWS",
            "office/knocker.py": "adapter: whatever apprise reaches",
            "office/mail_servers.py": "makes the adapters",
            "office/token_endpoint.py": "adapter: HTTP",
            "readers/child.py": "the line to the desk",
            "readers/pool.py": "the line to a child",
            "readers/server.py": "the line to the reading server",
            "readers/wire.py": "what goes over these lines",
            "flows/case_painter.py": "knows the errors of the Prefect API's adapter",
            "flows/knocking.py": "adapter: the Prefect API",
            "flows/prefect_server.py": "adapter: the Prefect API",
            "flows/prefect_side.py": "adapter: the Prefect API",
            "flows/rest.py": "adapter: the Prefect API",
            "flows/worker.py": "adapter: the Prefect API",
            "siaga/prefect_checkup.py": "looks whether a port is taken",
            "siaga/demo/exchange_house.py": "plays a server",
            "siaga/demo/house.py": "plays a server",
        },
    ),
    "processes": Door(
        _words("subprocess signal pty"),
        _words(
            "os.fork* os.kill* os.system os.popen os._exit os.setsid os.wait* os.exec* os.posix_spawn* os.spawn* os.abort"
        ),
        "let `readers/` read in its children, and `flows/prefect_server.py` keep the server",
        {
            "readers/child.py": "is a child",
            "readers/programs.py": "runs catdoc and Tesseract in a reading child",
            "readers/server.py": "starts the reading server",
            "flows/prefect_server.py": "starts the Prefect server",
            "siaga/commands/desk.py": "is told to close",
            "siaga/commands/setup.py": "is told to close",
        },
    ),
}


def touched(source: str) -> set[str]:
    """The doors that a module's source goes through."""
    modules, names = _mentioned(source)
    return {name for name, door in DOORS.items() if modules & door.modules or any(map(door.has, names))}


def _mentioned(source: str) -> tuple[set[str], set[str]]:
    """First names of the modules that are imported from; and all names."""
    tree = ast.parse(source)
    modules, names = _imported(tree)
    return modules, names | _named(tree, _other_names(tree))


def _other_names(tree: ast.Module) -> dict[str, str]:
    """What is imported under a name of the module's own: that name → the last part of the real one."""
    taken = (alias for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names)
    return {alias.asname: alias.name.rpartition(".")[2] for alias in taken if alias.asname}


def _imported(tree: ast.Module) -> tuple[set[str], set[str]]:
    """First names of the modules that are imported from; and all names, in full and as they are used.

    A type that holds what somebody else has made (UUID) is no chance.
    """
    modules, names = set[str](), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            taken = {alias.name for alias in node.names}
            if (node.module, taken) != ("uuid", {"UUID"}):
                modules.add(node.module.partition(".")[0])
                names |= {node.module} | taken | {f"{node.module}.{name}" for name in taken}
    return modules, names


def _named(tree: ast.Module, real: dict[str, str]) -> set[str]:
    """Names and attributes as they are used: `now`, `datetime.now`, and `datetime.now` of `datetime.datetime.now`; with
    their `real` names, and as `getattr` asks for them.
    """
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(real.get(node.id, node.id))
        elif isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            found |= {node.attr, f"{real.get(owner, owner)}.{node.attr}"}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
            owner, name = (getattr(part, "id", getattr(part, "value", "")) for part in node.args[:2])
            found.add(f"{real.get(owner, owner)}.{name}")
    return found


def touching(door: str) -> set[str]:
    paths = [path for room in ROOMS for path in room.rglob("*.py") if "versions" not in path.parts]
    return {str(path.relative_to(ROOT)) for path in paths if door in touched(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", DOORS)
def test_only_the_listed_modules_go_through_a_door(name: str) -> None:
    door, found = DOORS[name], touching(name)
    new, gone = sorted(found - door.through.keys()), sorted(door.through.keys() - found)
    assert not new, (
        f"{', '.join(new)}: no door for {name}. Rather {door.instead}. An adapter is listed, with its reason"
    )
    assert not gone, f"{', '.join(gone)}: no longer touches {name}; take it off the list"


def test_the_pure_rooms_have_no_door() -> None:
    own = {"parsers/documents/msg.py"}  # says its boundaries itself: nothing is left to chance
    through = {(name, module) for name, door in DOORS.items() for module in door.through if module not in own}
    assert not {one for one in through if one[1].startswith(PURE)}


def test_the_pure_rooms_read_no_file_and_no_environment() -> None:
    modules, names = {"tempfile", "shutil", "fileinput"}, {"environ", "getenv", "read_text", "read_bytes"}
    names |= {
        "write_text",
        "write_bytes",
        "os.open",
        "io.open",
        "Path.open",
        "os.scandir",
        "os.listdir",
        "Path.cwd",
        "iterdir",
    }
    touching = set[str]()
    for path in (path for room in PURE for path in (ROOT / room).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        imported, named = _mentioned(source)
        calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
        opens = any(isinstance(called, ast.Name) and called.id == "open" for called in calls)
        if imported & modules or named & names or opens:
            touching.add(str(path.relative_to(ROOT)))
    assert touching == {"sop/load.py"}  # reads the procedure file


def test_modules_are_loaded_by_name_in_few_places() -> None:
    """What is loaded by name passes no door that can be seen."""
    paths = [path for room in ROOMS for path in room.rglob("*.py") if "versions" not in path.parts]
    found = {
        path for path in paths if re.search(r"import_module|__import__|import \*", path.read_text(encoding="utf-8"))
    }
    assert {str(path.relative_to(ROOT)) for path in found} == {
        "flows/deployments.py",
        "parsers/documents/reader.py",
        "readers/child.py",
        "readers/wire.py",
    }


@pytest.mark.parametrize(
    ("source", "doors"),
    [
        ("import time", {"time"}),
        ("from datetime import UTC, datetime\nat = datetime.now(UTC)", {"time"}),
        ("import datetime\nat = datetime.datetime.now()", {"time"}),
        ("import datetime\nat = datetime.date.today()", {"time"}),
        ("from datetime import datetime, time\nat = datetime(2026, 11, 23)\nnoon = time(12)", set()),
        ("clock.now()\nself.office.now()", set()),
        ("from email.utils import formatdate, make_msgid", {"time", "chance"}),
        ("from uuid import UUID", set()),
        ("from uuid import UUID, uuid4", {"chance"}),
        ("import uuid", {"chance"}),
        ("from register.schema import secrets", set()),
        ("from secrets import token_hex", {"chance"}),
        ("import os\nos.urandom(4)", {"chance"}),
        ("from os import urandom", {"chance"}),
        ("message.add_attachment(b'')", {"chance"}),
        ("from outbox import queue", set()),
        ("import queue", {"threads"}),
        ("from concurrent.futures import ThreadPoolExecutor", {"threads"}),
        ("def f():\n    import socket", {"sockets"}),
        ("from urllib.parse import quote", set()),
        ("from urllib.request import urlopen", {"sockets"}),
        ("import urllib.request", {"sockets"}),
        ("import os\nos.kill(1, 9)", {"processes"}),
        ("from os import fork", {"processes"}),
        ("import os\nos.replace('a', 'b')", set()),
        ("from datetime import datetime as dt\nat = dt.now()", {"time"}),
        ("from datetime import date as d\nat = d.today()", {"time"}),
        ("import os as o\no.urandom(4)", {"chance"}),
        ("import os\ngetattr(os, 'urandom')(4)", {"chance"}),
        ("import os\nos.spawnlp(os.P_WAIT, 'ls', 'ls')", {"processes"}),
        ("import numpy as np\nnp.random.random()", {"chance"}),
        ("import urllib3", {"sockets"}),
    ],
)
def test_whatever_goes_through_a_door_is_seen(source: str, doors: set[str]) -> None:
    assert touched(source) == doors
