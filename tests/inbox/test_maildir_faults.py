"""What others do to a Maildir while it is read: they move, replace, take away, and forbid."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from inbox import maildir
from inbox.mailbox import FoundMail, MailboxRefused, MailWithheld, Seen, nothing_seen
from tests.inbox.places import MaildirPlace


def mail(number: int) -> bytes:
    return f"From: a@contoh.example\r\nTo: b\r\nMessage-ID: <{number}@x>\r\n\r\nsurat {number}\r\n".encode()


@pytest.fixture
def place(tmp_path: Path) -> MaildirPlace:
    built = MaildirPlace(tmp_path / "Maildir")
    for part in ("tmp", "new", "cur"):
        (built.folder / part).mkdir(parents=True)
    return built


def files(place: MaildirPlace, part: str = "new") -> list[Path]:
    return sorted((place.folder / part).iterdir())


def to_cur(place: MaildirPlace, path: Path, flags: str = "S") -> Path:
    return path.rename(place.folder / "cur" / f"{path.name}:2,{flags}")


def test_a_mail_that_a_mail_program_opens_is_the_same_mail(place: MaildirPlace) -> None:
    mailbox = place.mailbox()
    place.put(mail(1))
    [first] = mailbox.sweep(nothing_seen)
    moved = to_cur(place, files(place)[0])
    assert list(mailbox.sweep(lambda _: Seen(upto=first.uid))) == []
    moved.rename(moved.with_name(moved.name.replace(":2,S", ":2,RS")))
    assert list(mailbox.sweep(lambda _: Seen(upto=first.uid))) == [] and not mailbox.wait(0.1)


def test_a_mail_that_is_moved_during_a_sweep_still_comes_once(place: MaildirPlace) -> None:
    place.put(mail(1))
    place.put(mail(2))
    found, sweep = list[FoundMail](), place.mailbox().sweep(nothing_seen)
    found.append(next(sweep))
    for path in files(place):
        to_cur(place, path)
    found += sweep
    assert [one.raw for one in found] == [mail(1), mail(2)]


def test_a_mail_that_is_taken_away_during_a_sweep_is_no_fault(place: MaildirPlace) -> None:
    place.put(mail(1))
    place.put(mail(2))
    sweep = place.mailbox().sweep(nothing_seen)
    next(sweep)
    files(place)[1].unlink()
    assert list(sweep) == []


def test_half_a_mail_is_not_there_yet(place: MaildirPlace) -> None:
    (place.folder / "tmp" / "1700000000.M9P7.contoh").write_bytes(mail(1)[:20])
    (place.folder / "new" / ".nfs000000001").write_bytes(b"x")
    mailbox = place.mailbox()
    assert list(mailbox.sweep(nothing_seen)) == [] and not mailbox.wait(0.1)


def test_a_name_that_is_used_again_is_another_mail(place: MaildirPlace) -> None:
    mailbox = place.mailbox()
    place.put(mail(1))
    [first] = mailbox.sweep(nothing_seen)
    [path] = files(place)
    path.unlink()
    path.write_bytes(mail(22))
    [second] = mailbox.sweep(lambda _: Seen(upto=first.uid))
    assert second.raw == mail(22) and second.uid > first.uid


def test_a_mail_that_may_not_be_read_is_told_and_holds_up_no_other(place: MaildirPlace) -> None:
    for number in (1, 3):
        place.put(mail(number))
    (place.folder / "new" / "1700000000.M9P7.contoh").mkdir()  # root may read every file, but no folder as one
    found = list[FoundMail]()
    with pytest.raises(MailWithheld) as fault:
        found.extend(place.mailbox().sweep(nothing_seen))
    sweep = place.mailbox().sweep(nothing_seen)
    assert {next(sweep).raw, next(sweep).raw} == {mail(1), mail(3)} and len(fault.value.uids) == 1


def test_while_nothing_is_put_into_it_a_maildir_is_not_read_again_and_again(
    place: MaildirPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put(mail(1))
    mailbox, looks = place.mailbox(), list[Path]()
    list(mailbox.sweep(nothing_seen))
    real = maildir._standing
    monkeypatch.setattr(maildir, "_standing", lambda part: looks.append(part) or real(part))
    monkeypatch.setattr(maildir, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(maildir, "SETTLED_SECONDS", 0.0)
    assert not mailbox.wait(0.3) and len(looks) == 2, "new and cur, once"
    place.put(mail(2))
    assert mailbox.wait(20)


def test_a_folder_whose_time_stands_still_is_not_believed_for_long(
    place: MaildirPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maildir, "SETTLED_SECONDS", 0.0)
    monkeypatch.setattr(maildir, "BELIEVED_SECONDS", 0.3)
    os.utime(place.folder / "new", (1, 1))
    mailbox = place.mailbox()
    assert list(mailbox.sweep(nothing_seen)) == []
    place.put(mail(1))
    os.utime(place.folder / "new", (1, 1))  # as a file server whose clock is wrong might have it
    assert mailbox.wait(20)


def test_a_maildir_that_goes_and_comes_again_keeps_its_numbers(place: MaildirPlace) -> None:
    mailbox = place.mailbox()
    place.put(mail(1))
    before = list(mailbox.sweep(nothing_seen))
    away = place.folder.rename(place.folder.with_name("lepas"))
    for use in (lambda: list(mailbox.sweep(nothing_seen)), lambda: mailbox.wait(0.1)):
        with pytest.raises(MailboxRefused, match="bukan Maildir"):
            use()
    away.rename(place.folder)
    assert list(mailbox.sweep(nothing_seen)) == before
