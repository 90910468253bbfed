"""Tokens for mail, from a real token server: asked for once, kept for ourselves alone, renewed in time, never told."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from office.access_tokens import AccessTokens
from office.oauth_settings import OAuth
from office.token_endpoint import GrantRefused, TokenError, TokenRefused, TokenUnavailable
from tests.servers import DOMAIN, HOST, free_port
from tests.servers.token_house import SECRET, Answer, TokenHouse, kept_files, refusal
from tests.town import ObedientClock

USER = f"darurat@{DOMAIN}"


@pytest.fixture
def clock() -> ObedientClock:
    return ObedientClock()


@pytest.fixture
def house() -> Iterator[TokenHouse]:
    with TokenHouse() as built:
        yield built


@pytest.fixture
def rotating() -> Iterator[TokenHouse]:
    with TokenHouse(rotates=True) as built:
        yield built


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
    (tmp_path / "oauth2.baru").mkdir()  # nothing can be written there
    first = token()
    assert "tidak dapat disimpan" in caplog.text and token() == first
    (tmp_path / "oauth2.baru").rmdir()
    clock.forward(hours=2)
    token()
    assert len({form["refresh_token"] for form in rotating.asked}) == len(rotating.asked) == 2
    assert next(iter(rotating.refresh)) in kept_files(tmp_path)["oauth2.json"]


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '"x"', '{"untuk": 1}', "\x00\xff", '{"untuk": "PURPOSE", "token": 7}'], ids=repr
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


@pytest.mark.parametrize(
    ("answer", "fault", "said"),
    [
        (Answer(503, "<html>"), TokenUnavailable, "sedang sibuk"),
        (Answer(429, "{}"), TokenUnavailable, "sedang sibuk"),
        (refusal(400, "temporarily_unavailable"), TokenUnavailable, "tidak melayani"),
        (Answer(200, "<html>hotel wifi</html>"), TokenUnavailable, "bukan token"),
        (Answer(200, "[]"), TokenUnavailable, "bukan token"),
        (Answer(200, '{"access_token": "a\\r\\nb"}'), TokenUnavailable, "bukan token"),
        (Answer(200, '{"access_token": "a\\u0001auth=b"}'), TokenUnavailable, "bukan token"),
        (Answer(200, '{"access_token": 5}'), TokenUnavailable, "bukan token"),
        (Answer(200, '{"access_token": "a", "expires_in": "soon"}'), TokenUnavailable, "bukan token"),
        (Answer(404, "<html>"), TokenRefused, "alamat_token"),
        (Answer(302, "", {"Location": "http://127.0.0.1:1/"}), TokenRefused, "alamat_token"),
        (refusal(400, "invalid_grant", "AADSTS700082: expired"), GrantRefused, "izin OAuth2 dicabut"),
        (refusal(401, "invalid_client", "AADSTS7000222"), TokenRefused, "masa berlakunya.*AADSTS7000222"),
        (refusal(400, "invalid_scope"), TokenRefused, "cakupan"),
        (refusal(400, "interaction_required", "AADSTS50076"), TokenRefused, "AADSTS50076"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_answer_has_its_meaning(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock, answer: Answer, fault: type[TokenError], said: str
) -> None:
    house.faults = [answer]
    with pytest.raises(TokenError, match=said) as raised:
        tokens(house.login(USER, flow="penyegar"), tmp_path, clock)()
    assert type(raised.value) is fault


def test_an_endpoint_that_is_away_is_told_and_a_token_that_is_still_good_is_used(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    token = tokens(house.login(USER), tmp_path, clock)
    first = token()
    house.stop()
    clock.forward(minutes=57)
    assert token() == first, "three minutes are left of it"
    with pytest.raises(TokenUnavailable, match="tidak terhubung"):
        token(first)
    clock.forward(minutes=5)
    with pytest.raises(TokenUnavailable, match="tidak terhubung"):
        token()
    house.start()
    assert token() != first


def test_whoever_refuses_us_is_left_alone_for_a_while(house: TokenHouse, tmp_path: Path, clock: ObedientClock) -> None:
    token = tokens(house.login(USER, secret="salah"), tmp_path, clock)
    for _ in range(3):
        with pytest.raises(TokenRefused, match="AADSTS7000215"):
            token()
    assert len(house.asked) == 1
    clock.forward(seconds=60)
    with pytest.raises(TokenRefused):
        token()
    assert len(house.asked) == 2


def test_a_busy_endpoint_is_left_alone_as_long_as_it_says(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    house.faults = [Answer(429, "", {"Retry-After": "120"})]
    token = tokens(house.login(USER), tmp_path, clock)
    for _ in range(2):
        with pytest.raises(TokenUnavailable):
            token()
    assert len(house.asked) == 1
    clock.forward(seconds=121)
    token()


def test_a_clock_that_is_set_back_makes_no_rest_endless(
    house: TokenHouse, tmp_path: Path, clock: ObedientClock
) -> None:
    house.faults = [Answer(429, "", {"Retry-After": "120"})]
    token = tokens(house.login(USER), tmp_path, clock)
    with pytest.raises(TokenUnavailable):
        token()
    clock.forward(days=-1)
    token()


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


def test_an_address_where_nobody_listens_is_no_refusal(tmp_path: Path, clock: ObedientClock) -> None:
    login = OAuth("klien", f"http://{HOST}:{free_port()}/token", USER, SECRET)
    with pytest.raises(TokenUnavailable, match="tidak terhubung"):
        tokens(login, tmp_path, clock)()


def test_a_moment_in_the_file_without_a_zone_is_damage(house: TokenHouse, tmp_path: Path, clock: ObedientClock) -> None:
    token, path = tokens(house.login(USER), tmp_path, clock), tmp_path / "oauth2.json"
    token()
    path.write_text(path.read_text(encoding="utf-8").replace("+00:00", ""), encoding="utf-8")
    token()
    assert len(house.asked) == 2
