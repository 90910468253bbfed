"""Header fields as clients write them, also the broken ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.fields.encoded_words import decode_words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Re: TEST =?utf-8?B?44OG44K544OI?=", "Re: TEST テスト"),
        ("=?utf-8?Q?Gangguan_=E2=9C=94?= (123)", "Gangguan ✔ (123)"),
        ("=?utf-8?Q?Gang?= \r\n =?utf-8?Q?guan?=", "Gangguan"),
        ("=?iso-8859-1?Q?Fr=F6sche?=", "Frösche"),
        ("=?iso-8859-1?Q?Frösche?=", "Frösche"),
        ("=?utf-7?Q?Fr+APY-sche?=", "Frösche"),
        ("=?utf-8*id?Q?Pemadaman?=", "Pemadaman"),
        ("=?utf-8?Q?dua kata?=", "dua kata"),
        ("=?tidak-ada?Q?a=E9b?=", "aéb"),
        ("a =?b c", "a =?b c"),
    ],
)
def test_words_say_what_was_meant(written: str, meant: str) -> None:
    assert decode_words(written) == meant


def test_a_character_split_over_two_words_is_one_character() -> None:
    assert decode_words("=?utf-8?Q?=E2=9C?= =?utf-8?Q?=94?=") == "✔"


@given(st.text(alphabet="=?utf-8QqBb_*ABCz/+ \r\n\xe9\udc80", max_size=80))
def test_nothing_raises(text: str) -> None:
    assert isinstance(decode_words(text), str)
