"""A file is written whole or not at all, on a real disk that is full and by processes that are killed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from host.files import LEFT_FOR_DEAD, PRIVATE, try_out, write_whole, written_whole

WHOLE = {"in a crowded folder": {"crowded": True}, "elsewhere": {"crowded": False}}
each_way = pytest.mark.parametrize("how", WHOLE.values(), ids=WHOLE)
OLD, NEW = b"lama", b"baru" * 5_000


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def in_a_process(code: str, path: Path) -> int:
    """The exit code of a process that does `code`; a number below 0: it was killed."""
    head = (
        "import os, resource, signal, sys; from pathlib import Path; from host.files import *; path = Path(sys.argv[1])"
    )
    return subprocess.run([sys.executable, "-c", f"{head}\n{code}", str(path)], check=False).returncode


@each_way
def test_what_is_there_is_replaced_and_nothing_else_is_left(tmp_path: Path, how: dict[str, bool]) -> None:
    path = tmp_path / "register.xlsx"
    for content in (OLD, NEW):
        write_whole(path, content, **how)
        assert path.read_bytes() == content and names(tmp_path) == [path.name]


@each_way
def test_a_full_disk_leaves_the_old_file_whole_and_no_draft(tmp_path: Path, how: dict[str, bool]) -> None:
    path = tmp_path / "naskah.pdf"
    path.write_bytes(OLD)
    code = f"""
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    write_whole(path, {NEW!r}, **{how})
except OSError:
    sys.exit(28)
"""
    assert in_a_process(code, path) == 28
    assert path.read_bytes() == OLD and names(tmp_path) == [path.name]


def test_whoever_fails_while_writing_leaves_the_old_file_whole_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "cadangan.tar"
    path.write_bytes(OLD)
    with pytest.raises(LookupError), written_whole(path) as file:
        file.write(NEW)
        raise LookupError
    assert path.read_bytes() == OLD and names(tmp_path) == [path.name]


def test_the_last_look_comes_when_all_is_written_and_may_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(OLD)
    seen = []

    def look() -> None:
        (draft,) = tmp_path.glob(".register.xlsx.*")
        seen.append((path.read_bytes(), draft.read_bytes()))
        raise LookupError

    with pytest.raises(LookupError), written_whole(path, last=look) as file:
        file.write(NEW)
    assert seen == [(OLD, NEW)] and path.read_bytes() == OLD and names(tmp_path) == [path.name]


def test_the_draft_of_a_killed_writer_is_swept_by_a_later_one_and_a_living_one_s_is_not(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(OLD)
    code = """
with written_whole(path, mode=0o644) as file:
    file.write(b"x" * 1_000_000)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert in_a_process(code, path) < 0
    assert path.read_bytes() == OLD and len(names(tmp_path)) == 2
    (left,) = tmp_path.glob(".*")
    write_whole(path, NEW, mode=PRIVATE)
    assert len(names(tmp_path)) == 2, "it might still be written"
    os.utime(left, (left.stat().st_mtime - 2 * LEFT_FOR_DEAD,) * 2)
    write_whole(path, NEW, mode=PRIVATE)
    assert path.read_bytes() == NEW and names(tmp_path) == [path.name]
    assert path.stat().st_mode & 0o777 == PRIVATE


def test_it_is_private_from_the_first_byte_on(tmp_path: Path) -> None:
    path = tmp_path / "sandi"
    with written_whole(path, mode=PRIVATE) as file:
        assert os.fstat(file.fileno()).st_mode & 0o777 == PRIVATE
    assert path.stat().st_mode & 0o777 == PRIVATE


@each_way
def test_what_is_only_new_never_replaces_anything(tmp_path: Path, how: dict[str, bool]) -> None:
    path = tmp_path / "sandi"
    write_whole(path, OLD, only_new=True, **how)
    with pytest.raises(FileExistsError):
        write_whole(path, NEW, only_new=True, **how)
    assert path.read_bytes() == OLD and names(tmp_path) == [path.name]


def test_many_write_one_file_at_once_and_it_is_always_whole(tmp_path: Path) -> None:
    path, contents = tmp_path / "abcdef.eml", [bytes([65 + number]) * 100_000 for number in range(8)]
    threads = [threading.Thread(target=write_whole, args=(path, one)) for one in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() in contents and names(tmp_path) == [path.name]


def test_a_disk_is_tried_out_without_a_trace(tmp_path: Path) -> None:
    try_out(tmp_path / "arsip", 65_536)
    assert names(tmp_path / "arsip") == []
    code = """
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    try_out(path, 65_536)
except OSError:
    sys.exit(28)
"""
    assert in_a_process(code, tmp_path / "arsip") == 28
    assert names(tmp_path / "arsip") == []


def test_a_share_without_hard_links_keeps_what_is_there_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "sandi"
    write_whole(path, OLD, only_new=True)
    with pytest.raises(FileExistsError):
        write_whole(path, NEW, only_new=True)
    assert path.read_bytes() == OLD and names(tmp_path) == [path.name]


def test_two_writers_of_one_file_do_not_meet_in_one_draft(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with written_whole(path) as one:
        one.write(OLD)
        with written_whole(path) as other:
            other.write(NEW[: len(NEW) // 2])
            other.flush()
        assert path.read_bytes() == NEW[: len(NEW) // 2]
    assert path.read_bytes() == OLD and names(tmp_path) == [path.name]
