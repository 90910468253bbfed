"""The other side of the line: one warm server, which forks a child for each mail.

The server has imported all that reading needs, so a child costs a fork. It serves one mail, limited and confined, until
the desk hangs up. Whoever dies is not missed: nothing is kept here.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import pkgutil
import select
import signal
import socket
import struct
import sys

import parsers
from parsers.documents.opening import Opener
from parsers.letters.letter import read_letter
from parsers.letters.offices import Offices
from parsers.mails.message import Mail, read_mail
from readers.confinement import be_nobody, confine
from readers.limits import Limits
from readers.programs import SystemPrograms
from readers.wire import Gone, dumped, loaded, receive, send

ORDER = struct.Struct(">cQ")
OPEN, KILL = b"O", b"K"
RESULT, FAULT, OPENS = "hasil", "galat", "membuka"
RAW, MAIL, OPENER = "raw", "mail", "opener"
_DIES_WITH_PARENT = 1
_SAMPLE = b"""From: postmaster@contoh.example
Subject: Internet mati
Date: Mon, 23 Nov 2026 09:00:00 +0700
Content-Type: text/html; charset=iso-8859-2

<p>Internet kantor kami mati sejak pukul 08.00.</p><p>[bapak@contoh.example]: 550 5.1.1</p>
"""


def serve(orders: socket.socket) -> None:
    """The server's whole life: fork a child for each line that the desk hands over, until the desk is gone."""
    _import_everything()
    children: dict[int, int] = {}  # by the number that the desk gave the mail
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the desk, which finishes what it has begun
    while True:
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                children = {number: pid for number, pid in children.items() if pid != ended}
        if not select.select([orders], [], [], 5.0)[0]:
            continue
        order, lines, _, _ = socket.recv_fds(orders, ORDER.size, 1)
        if not order:
            break
        kind, number = ORDER.unpack(order)
        if kind == OPEN:
            pid = os.fork()
            if pid == 0:
                _live(orders, lines[0])
            children[number] = pid
            os.close(lines[0])
        elif number in children:  # a child of ours that has not been waited for: the pid is still its own
            _kill(children[number])
    for pid in children.values():
        _kill(pid)


def _kill(pid: int) -> None:
    for send_signal in (os.killpg, os.kill):  # OCR has children of its own
        with contextlib.suppress(ProcessLookupError, PermissionError):
            send_signal(pid, signal.SIGKILL)


def _live(orders: socket.socket, descriptor: int) -> None:
    """A child's whole life; it ends the process."""
    try:
        be_nobody()
        _die_with_parent()  # who becomes somebody else is no longer told of a parent's death
        os.setsid()
        orders.close()
        with socket.socket(fileno=descriptor) as line, contextlib.suppress(Gone):
            _read_one_mail(line)
    finally:
        os._exit(0)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def _read_one_mail(line: socket.socket) -> None:
    limits, slow, left_out = loaded(receive(line), _unnamed)
    raw = receive(line)
    assert isinstance(limits, Limits)
    confine(limits, files=slow)
    opener = Opener(SystemPrograms(), slow, left_out, opens=lambda digest: send(line, dumped((OPENS, digest))))
    send(line, dumped((RESULT, os.getpid())))
    mail: Mail | None = None

    def named(name: str) -> object:
        nonlocal mail
        if name == RAW:
            return raw
        if name == OPENER:
            return opener
        mail = mail or read_mail(raw)
        return mail

    while True:
        order = receive(line)
        try:
            function, args, kwargs = loaded(order, named)
            value = function(*args, **kwargs)
            if function is read_mail and args[0] is raw:
                mail = value
            said = dumped((RESULT, value))
        except BaseException as error:  # noqa: BLE001  the desk must hear of it, whatever it is
            said = dumped((FAULT, f"{type(error).__name__}: {str(error)[:300]}"))
        send(line, said)


def _unnamed(name: str) -> object:
    raise Gone(name)


def _import_everything() -> None:
    """What reading needs is imported once, here: a child costs a fork."""
    heavy = ("cv2", "numpy")  # OCR's: the child that needs them takes seconds anyway
    sys.modules.update(dict.fromkeys(heavy))  # type: ignore[arg-type]
    for module in pkgutil.walk_packages(parsers.__path__, "parsers."):
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)
    for name in heavy:
        del sys.modules[name]
    read_letter(_SAMPLE, Offices([]), opener=Opener(SystemPrograms()))
    read_mail(_SAMPLE.replace(b"Internet", b"Undelivered"))  # libraries import more when they are first used
