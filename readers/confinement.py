"""What a process that reads strangers' bytes may still do: think. It has no network, and no file to write to.

Limits of the process (setrlimit) hold everywhere. On Linux no socket can be opened (seccomp); where the kernel has
Landlock (5.13), no file can be removed or replaced, and only programs, libraries and fonts can be read.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import struct
import sys
import tempfile
from pathlib import Path

import parsers
from readers.limits import Limits

FILES = 64
"""File descriptors: libraries open files when they are first used, programs want pipes."""
MOST_WRITTEN = 40_000_000
NOBODY = 65534
"""Linux and most others give this number, of user and group, to nobody."""
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same number on every architecture
_NO_NEW_PRIVS = 38
_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many kinds of access to files each version of Landlock knows."""
_SET_SECCOMP, _FILTER, _NOT_ALLOWED = 22, 2, 0x00050000 | errno.EACCES
_OURS = (Path(parsers.__file__).resolve().parent, Path(__file__).resolve().parent)
"""The rooms of ours that run in a child: beside them may lie what is no child's business."""
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""How the kernel names the architecture, and the number of socket(2) there."""


def confine(limits: Limits, *, files: bool) -> None:
    """Take from this process what reading does not need. `files`: it runs programs such as OCR."""
    writable = [Path(tempfile.gettempdir())]  # found out by writing there
    _lower(resource.RLIMIT_AS, limits.memory, limits.memory)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    _lower(resource.RLIMIT_CORE, 0, 0)
    _lower(resource.RLIMIT_FSIZE, MOST_WRITTEN if files else 0, MOST_WRITTEN)
    _lower(resource.RLIMIT_NOFILE, FILES, FILES)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            _without_sockets(libc)
            _landlock(libc, writable)


def be_nobody() -> None:
    """Where the desk is root's: become a user who owns nothing, for good. Not where the libraries are root's alone:
    then nothing could be read, and what `confine` takes away must do.
    """
    if os.geteuid() != 0:
        return
    needed = _needed()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    can_read = all(os.access(place, os.R_OK | os.X_OK, effective_ids=True) for place in needed)
    os.seteuid(0)
    os.setegid(0)
    if can_read:
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _lower(kind: int, soft: int, hard: int) -> None:
    had = resource.getrlimit(kind)[1]
    if had != resource.RLIM_INFINITY:
        soft, hard = min(soft, had), min(hard, had)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (soft, hard))


def _without_sockets(libc: ctypes.CDLL) -> None:
    """socket(2) is refused, whatever program runs here afterwards; pipes and the line to the desk stay."""
    if platform.machine() not in _SOCKET:
        return
    architecture, number = _SOCKET[platform.machine()]
    steps = (  # a program for the kernel: code, where to go on if true and if false, operand
        (0x20, 0, 0, 4),  # load the architecture
        (0x15, 0, 3, architecture),
        (0x20, 0, 0, 0),  # load the number of the call
        (0x15, 0, 1, number),
        (0x06, 0, 0, _NOT_ALLOWED),
        (0x06, 0, 0, 0x7FFF0000),  # allow
    )
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    header = struct.pack("@HP", len(steps), ctypes.addressof(program))
    libc.prctl(_SET_SECCOMP, _FILTER, header, 0, 0)


def _landlock(libc: ctypes.CDLL, writable: list[Path]) -> None:
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return
    everything = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    handle = libc.syscall(_CREATE_RULESET, struct.pack("Q", everything), ctypes.c_size_t(8), 0)
    if handle < 0:
        return
    try:
        for place in writable:
            _allow(libc, handle, place, everything)
        _allow(libc, handle, Path(os.devnull), _READ_FILE | _WRITE_FILE)
        for place in _readable():
            _allow(libc, handle, place, _EXECUTE | _READ_FILE | _READ_DIR)
        libc.syscall(_RESTRICT_SELF, handle, 0)
    finally:
        os.close(handle)


def _needed() -> list[Path]:
    """Where a child may have to import from."""
    return [place for place in (*_OURS, *map(Path, sys.path)) if place.is_dir()]


def _readable() -> list[Path]:
    """Where programs, libraries, fonts and our own code are; not the office's settings, nor its mail."""
    system = [
        Path(name) for name in ("/usr", "/lib", "/lib64", "/bin", "/etc", "/proc", "/dev", "/sys", "/opt", "/nix")
    ]
    libraries = [Path(place) for place in sys.path if place and Path(place) != _OURS[0].parent]
    return [*system, Path(sys.prefix), Path(sys.base_prefix), *libraries, *_OURS]


def _allow(libc: ctypes.CDLL, handle: int, place: Path, rights: int) -> None:
    try:
        beneath = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        libc.syscall(_ADD_RULE, handle, _PATH_BENEATH, struct.pack("=Qi", rights, beneath), 0)
    finally:
        os.close(beneath)
