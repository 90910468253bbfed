"""What token servers answer, and whether that is for now or for good."""

from __future__ import annotations

from pathlib import Path

import pytest

from office.oauth_settings import OAuth
from office.token_faults import GrantRefused, TokenError, TokenRefused, TokenUnavailable
from tests.office.test_access_tokens import USER, tokens
from tests.servers import HOST, free_port
from tests.servers.token_house import SECRET, Answer, TokenHouse, refusal
from tests.town import ObedientClock


@pytest.mark.parametrize(
    ("answer", "fault", "said"),
    [
        (Answer(503, "<html>"), TokenUnavailable, "sedang sibuk"),
        (Answer(429, "{}"), TokenUnavailable, "sedang sibuk"),
        (refusal(400, "temporarily_unavailable"), TokenUnavailable, "tidak melayani"),
        (Answer(200, "<html>hotel wifi</html>"), TokenUnavailable, "bukan token"),
        (Answer(200, "[]"), TokenUnavailable, "bukan token"),
        (Answer(200, " " * 1_000_001), TokenUnavailable, "terlalu panjang"),
        (Answer(200, "\xff\x00"), TokenUnavailable, "bukan token"),
        (Answer(200, "[" * 100_000), TokenUnavailable, "bukan token"),
        (Answer(200, '{"access_token": "a", "expires_in": 1e999}'), TokenUnavailable, "bukan token"),
        (Answer(204), TokenRefused, "bukan token"),
        (refusal(400, "invalid_request", "\ud800\x1b[2J\r\nERROR"), TokenRefused, r"invalid_request: \[2J ERROR\)$"),
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


def test_an_address_where_nobody_listens_is_no_refusal(tmp_path: Path, clock: ObedientClock) -> None:
    login = OAuth("klien", f"http://{HOST}:{free_port()}/token", USER, SECRET)
    with pytest.raises(TokenUnavailable, match="tidak terhubung"):
        tokens(login, tmp_path, clock)()
