"""Tokens for mail, from a real token server: asked for once, kept for ourselves alone, renewed in time, never told."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

import pytest

from office.access_tokens import AccessTokens
from office.oauth_settings import OAuth
from office.token_faults import TokenRefused
from tests.servers import DOMAIN
from tests.servers.token_house import SECRET, TokenHouse, kept_files
from tests.town import ObedientClock

USER = f"darurat@{DOMAIN}"


def tokens(login: OAuth, folder: Path, clock: ObedientClock) -> AccessTokens:
    return AccessTokens(login, folder, clock.now)


@pytest.mark.parametrize("flow", ["klien", "penyegar"])
def test_a_token_is_asked_for_once_and_renewed_before_it_ends(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock, flow: str
) -> None:
    token = tokens(house.login(USER, flow=flow), tmp_path, clock)
    first = token()
    clock.forward(minutes=54)
    assert token() == first and len(house.asked) == 1
    clock.forward(minutes=2)
    second = token()
    assert second != first and house.whose[second] == USER and len(house.asked) == 2


def test_a_token_that_lives_for_a_minute_is_not_asked_for_at_every_login(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    house.seconds = 60
    token = tokens(house.login(USER), tmp_path, clock)
    assert token() == token()
    clock.forward(seconds=50)
    token()
    assert len(house.asked) == 2


def test_a_token_whose_life_nobody_tells_is_believed_in_for_minutes_only(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    house.seconds = 0
    token = tokens(house.login(USER), tmp_path, clock)
    assert token() == token()
    clock.forward(minutes=10)
    token()
    assert len(house.asked) == 2


@pytest.mark.parametrize("seconds", [-5, 10**30])
def test_an_absurd_life_of_a_token_is_no_fault(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock, seconds: int
) -> None:
    house.seconds = seconds
    token = tokens(house.login(USER), tmp_path, clock)
    assert token() in house.whose
    clock.forward(days=8)
    assert token() in house.whose and len(house.asked) == 2


def test_a_refused_token_is_replaced_once_for_all_who_had_it(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    token = tokens(house.login(USER), tmp_path, clock)
    old = token()
    house.expire_all()
    new = token(old)
    assert new != old and token(old) == new and token() == new
    assert len(house.asked) == 2


def test_many_who_ask_at_once_in_several_processes_make_one_request(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    house.slow = 0.1
    login = house.login(USER, flow="penyegar")
    desks = [tokens(login, tmp_path, clock) for _ in range(2)]  # each with locks of its own, as two processes have
    got: list[str] = []
    threads = [threading.Thread(target=lambda desk=desk: got.append(desk())) for desk in desks * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8 and len(set(got)) == 1 and len(house.asked) == 1


def test_a_rotated_refresh_token_outlives_a_restart(rotating: TokenHouse, tmp_path: Path, clock: ObedientClock) -> None:
    login = rotating.login(USER, flow="penyegar")
    for _ in range(3):
        tokens(login, tmp_path, clock)()
        clock.forward(hours=2)
    used = [form["refresh_token"] for form in rotating.asked]
    assert used[0] == login.refresh_token and len(set(used)) == 3


def test_a_new_refresh_token_in_the_settings_takes_the_place_of_the_kept_one(
    rotating: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    tokens(rotating.login(USER, flow="penyegar"), tmp_path, clock)()
    renewed = rotating.login(USER, flow="penyegar")
    tokens(renewed, tmp_path, clock)()
    assert rotating.asked[-1]["refresh_token"] == renewed.refresh_token


def test_when_the_kept_refresh_token_is_no_good_the_one_in_the_settings_is_tried(
    rotating: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    login = rotating.login(USER, flow="penyegar")
    tokens(login, tmp_path, clock)()
    rotating.refresh = {login.refresh_token: USER}
    clock.forward(hours=2)
    assert tokens(login, tmp_path, clock)() in rotating.whose


def test_a_disk_that_is_full_costs_no_rotated_refresh_token(
    rotating: TokenHouse, tmp_path: Path, clock: ObedientClock, caplog: pytest.LogCaptureFixture
) -> None:
    token = tokens(rotating.login(USER, flow="penyegar"), tmp_path, clock)
    (tmp_path / "oauth2.json").mkdir()  # nothing can be written there
    first = token()
    assert "tidak dapat disimpan" in caplog.text and token() == first
    (tmp_path / "oauth2.json").rmdir()
    clock.forward(hours=2)
    token()
    assert len({form["refresh_token"] for form in rotating.asked}) == len(rotating.asked) == 2
    assert next(iter(rotating.refresh)) in kept_files(tmp_path)["oauth2.json"]


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        '"x"',
        '{"untuk": 1}',
        "\x00\xff",
        '{"untuk": "PURPOSE", "token": 7}',
    ],
    ids=repr,
)
def test_a_damaged_file_is_replaced(house: TokenHouse, tmp_path: Path, clock: ObedientClock, damage: str) -> None:
    token = tokens(house.login(USER), tmp_path, clock)
    token()
    damage = damage.replace("PURPOSE", token._file.purpose)
    (tmp_path / "oauth2.json").write_bytes(damage.encode("latin-1"))
    assert token() == token() and len(house.asked) == 2


def test_a_file_that_cannot_be_read_is_replaced(house: TokenHouse, tmp_path: Path, clock: ObedientClock) -> None:
    (tmp_path / "oauth2.json").symlink_to(tmp_path / "oauth2.json")  # to itself: root too cannot open it
    token = tokens(house.login(USER), tmp_path, clock)
    assert token() == token() and len(house.asked) == 1


def test_only_we_may_read_the_file(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock, caplog: pytest.LogCaptureFixture
) -> None:
    token, path = tokens(house.login(USER), tmp_path, clock), tmp_path / "oauth2.json"
    token()
    assert path.stat().st_mode & 0o777 == 0o600 and set(kept_files(tmp_path)) == {"oauth2.json", "oauth2.lock"}
    path.chmod(0o644)
    token()
    assert path.stat().st_mode & 0o777 == 0o600 and "terbuka bagi pengguna lain" in caplog.text
    assert len(house.asked) == 1


@pytest.mark.skipif(os.getuid() != 0, reason="only root writes for others")
def test_what_root_writes_in_passing_belongs_to_whose_folder_it_is(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    os.chown(tmp_path, 65534, 65534)
    tokens(house.login(USER), tmp_path, clock)()
    assert {path.stat().st_uid for path in tmp_path.iterdir()} == {65534} and len(kept_files(tmp_path)) == 2


def test_another_process_may_have_written_a_newer_one_than_could_be_written_here(
    rotating: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    login = rotating.login(USER, flow="penyegar")
    here, there = tokens(login, tmp_path, clock), tokens(login, tmp_path, clock)
    (tmp_path / "oauth2.json").mkdir()
    here()
    (tmp_path / "oauth2.json").rmdir()
    rotating.refresh[login.refresh_token] = USER
    clock.forward(hours=2)
    newer = there()
    assert here() == newer


def test_a_secret_is_told_to_nobody(
    rotating: TokenHouse, tmp_path: Path, clock: ObedientClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    login = rotating.login(USER, flow="penyegar")
    token = tokens(login, tmp_path, clock)
    access = token()
    rotating.refresh.clear()
    clock.forward(hours=2)
    with pytest.raises(TokenRefused) as fault:  # this server quotes the refresh token in its refusal
        token()
    said = caplog.text + str(fault.value) + repr(login) + repr(token._file.read())
    kept = token._file.read()
    assert kept is not None
    for secret in (SECRET, login.refresh_token, kept.refresh, access):
        assert secret and secret not in said


def test_a_moment_in_the_file_without_a_zone_is_damage(house: TokenHouse, tmp_path: Path, clock: ObedientClock) -> None:
    token, path = tokens(house.login(USER), tmp_path, clock), tmp_path / "oauth2.json"
    token()
    path.write_text(path.read_text(encoding="utf-8").replace("+00:00", ""), encoding="utf-8")
    token()
    assert len(house.asked) == 2
