"""Reading children: what overruns, dies or misbehaves harms one mail at most, and the desk goes on."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.documents.document import Document, Reason
from parsers.mails.message import Mail, read_mail
from readers.limits import Limits
from readers.pool import CannotRead, Interrupted, Overloaded, Readers, Reading
from readers.wire import Gone, loaded_warily

LIMITS = Limits(wall_seconds=6.0, document_seconds=0.5, cpu_seconds=60, memory=1 << 30)
MAIL = b"From: Rina <samsat@contoh.example>\r\nSubject: Internet mati\r\n\r\nSejak pukul 08.00.\r\n"


@pytest.fixture
def readers() -> Iterator[Readers]:
    pool = Readers(LIMITS, LIMITS)
    yield pool
    pool.close()


# What a child is made to do here; nothing in the parsers does anything of the kind.
BUSY = "__import__('collections').deque(iter(int, 1), maxlen=0)"
IDLE = "__import__('time').sleep(60)"
DIES = "__import__('os').kill(__import__('os').getpid(), 9)"
FILLS_MEMORY = "len([b'x' * 1_000_000 for _ in range(5000)])"
PID = "__import__('os').getpid()"
OPENS_DOCUMENTS = f"""[
    (o, setattr(o, 'read_document', lambda kind, content, programs, reads_pictures: (
        ({BUSY}) if content == b'berat' else ({DIES}) if content == b'mati' else o.Document(text=content.decode())
    )), [opener.open(content, 'plain') for content in contents])[2]
    for o in [__import__('parsers.documents.opening', fromlist=['opening'])]
][0]"""


def opened(reading: Reading, contents: list[bytes]) -> list[Document]:
    """Opens documents, of which b"berat" never ends and b"mati" kills."""
    found: list[Document] = reading.ask(eval, OPENS_DOCUMENTS, {"contents": contents, "opener": reading.opener})
    return found


def test_a_mail_is_read_as_if_it_had_been_read_here(readers: Readers) -> None:
    with readers.open(MAIL) as reading:
        assert reading.mail == read_mail(MAIL)
        assert reading.ask(bytes.count, reading.raw, b"\n") == 4


def test_each_mail_has_a_child_of_its_own(readers: Readers) -> None:
    with readers.open(MAIL) as one, readers.open(MAIL) as other:
        assert one.ask(eval, PID) == one.ask(eval, PID) != other.ask(eval, PID)


def test_what_overruns_is_given_up_and_the_next_mail_is_read(readers: Readers) -> None:
    with readers.open(MAIL) as reading, pytest.raises(CannotRead, match="tidak selesai dibaca"):
        reading.ask(eval, BUSY)
    with readers.open(MAIL) as reading:
        assert reading.mail.subject == "Internet mati"


def test_a_machine_that_gives_no_time_is_not_the_mails_fault(readers: Readers) -> None:
    with readers.open(MAIL) as reading, pytest.raises(Overloaded):
        reading.ask(eval, IDLE)


def test_the_budget_is_one_for_everything_that_is_asked(readers: Readers) -> None:
    with readers.open(MAIL) as reading:
        reading.ask(time.sleep, 3.5)
        with pytest.raises((CannotRead, Overloaded)):
            reading.ask(time.sleep, 3.5)


@pytest.mark.parametrize("deed", [DIES, FILLS_MEMORY, "nothing_of_this_name"])
def test_what_kills_the_child_is_one_mails_fault(readers: Readers, deed: str) -> None:
    with readers.open(MAIL) as reading, pytest.raises(CannotRead):
        reading.ask(eval, deed)
    with readers.open(MAIL) as reading:
        assert reading.mail.subject == "Internet mati"


@pytest.mark.parametrize("heavy", [b"berat", b"mati"])
def test_a_document_that_is_too_much_is_left_out_and_the_others_are_read(readers: Readers, heavy: bytes) -> None:
    with readers.open(MAIL) as reading:
        one, two, three = opened(reading, [b"Surat satu.", heavy, b"Surat tiga."])
    assert (one.text, three.text) == ("Surat satu.", "Surat tiga.")
    assert two.reason in (Reason.TOO_LARGE, Reason.BROKEN) and two.problem


def test_where_the_documents_use_up_all_there_was_the_mail_itself_is_read(readers: Readers) -> None:
    with readers.open(MAIL) as reading:
        assert [document.text for document in opened(reading, [b"mati", b"berat", b"Surat tiga."])][2] == "Surat tiga."
        reading.ask(time.sleep, 0.1)
        assert reading.mail.subject == "Internet mati"


def test_a_server_that_is_killed_is_started_again_and_no_mail_is_blamed(readers: Readers) -> None:
    with readers.open(MAIL) as reading:
        assert reading.ask(eval, PID)
        for _ in range(3):
            os.kill(readers._server.pid, signal.SIGKILL)
            assert reading.ask(bytes.count, reading.raw, b"\n") == 4


def test_a_child_that_dies_once_is_no_fault_of_its_mails(readers: Readers) -> None:
    with readers.open(MAIL) as reading:
        assert reading.ask(read_mail, reading.raw).subject == "Internet mati"
        os.kill(int(str(reading.ask(eval, PID))), signal.SIGKILL)  # by whoever runs out of memory, say
        assert reading.ask(read_mail, reading.raw).subject == "Internet mati"


def test_children_die_with_the_desk() -> None:
    code = (
        "import os\nfrom readers.pool import Readers\nreaders = Readers()\nreading = readers.open(b'')\n"
        "print(reading.ask(eval, \"__import__('os').getpid()\"), readers._server.pid, flush=True)\nos.kill(os.getpid(), 9)"
    )
    root = Path(__file__).resolve().parents[2]
    said = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False).stdout
    assert len(said.split()) == 2 and all(_ends(int(number)) for number in said.split())


def _ends(number: int) -> bool:
    for _ in range(200):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_closing_the_desk_waits_for_no_mail(readers: Readers) -> None:
    patient = Readers(Limits(600.0, 600.0, 600, 1 << 30))
    told: list[BaseException] = []

    def wait() -> None:
        try:
            with patient.open(MAIL) as reading:
                reading.mail  # noqa: B018
                reading.ask(eval, BUSY)
        except BaseException as error:  # noqa: BLE001
            told.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    while not patient._open:
        time.sleep(0.01)
    patient.interrupt()
    thread.join(30)
    assert [type(error) for error in told] == [Interrupted]
    with patient.open(MAIL) as reading, pytest.raises(Interrupted):
        reading.mail  # noqa: B018
    assert patient.mail(MAIL).subject == "Internet mati", "what was begun can be finished"
    patient.close()


def _tried(reading: Reading, deed: str) -> str:
    """ "done", or the name of what was raised."""
    try:
        reading.ask(eval, deed)
    except CannotRead as error:
        return str(error).partition(":")[0]
    return "done"


def test_a_child_sees_no_secret_and_can_neither_connect_nor_write(
    readers: Readers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIAGA_SANDI", "rahasia")
    settings = Path(__file__).resolve().parents[2] / "pyproject.toml"
    locked = Path("/sys/kernel/security/lsm")
    with readers.open(MAIL) as reading:
        assert not reading.ask(eval, "__import__('os').environ.get('SIAGA_SANDI')")
        assert _tried(reading, "__import__('socket').socket()") == "PermissionError"
        assert _tried(reading, f"open({str(tmp_path / 'baru')!r}, 'wb', buffering=0).write(b'x')") != "done"
        if sys.platform == "linux" and "landlock" in (locked.read_text() if locked.exists() else ""):
            assert _tried(reading, f"open({str(settings)!r}).read()") == "PermissionError"
            assert _tried(reading, f"__import__('os').unlink({str(settings)!r})") == "PermissionError"
    assert settings.exists()


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


class ByName:
    """An attribute taken by its name, as some versions of Python pickle members of enumerations."""

    def __init__(self, owner: object, name: str) -> None:
        self.owner, self.name = owner, name

    def __reduce__(self) -> tuple[object, ...]:
        return getattr, (self.owner, self.name)


def test_a_member_of_an_enumeration_may_be_named_and_nothing_else() -> None:
    assert loaded_warily(pickle.dumps(ByName(Reason, "LOCKED"))) is Reason.LOCKED
    for owner, name in ((Reason, "__class__"), (Reason, "mro"), (Mail, "header"), (Reason.LOCKED, "name")):
        with pytest.raises(Gone):
            loaded_warily(pickle.dumps(ByName(owner, name)))


@pytest.mark.parametrize("said", [pickle.dumps(Evil()), pickle.dumps(os.path.join), b"", b"\x80\x05cos\nsystem\n."])
def test_what_a_child_says_is_data_and_nothing_else(said: bytes) -> None:
    with pytest.raises(Gone):
        loaded_warily(said)


def test_values_of_the_parsers_and_of_the_calendar_pass() -> None:
    mail = read_mail(MAIL)
    assert isinstance(loaded_warily(pickle.dumps(mail)), Mail)
    assert loaded_warily(pickle.dumps(Reason.LOCKED)) is Reason.LOCKED


def test_the_last_mails_are_remembered_and_the_memory_is_bounded(readers: Readers) -> None:
    first = readers.mail(MAIL)
    assert readers.mail(MAIL) is first
    for number in range(40):
        readers.mail(MAIL + b"%d" % number)
    assert len(readers._seen) <= 16
