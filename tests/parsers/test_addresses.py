"""Address fields as people and programs write them: which mailboxes they name, and which one is beyond doubt."""

from __future__ import annotations

import pytest

from parsers.fields.addresses import MAX_ADDRESS, MOST, address_of, mailboxes
from parsers.mails.author import author_of
from parsers.mails.message import read_mail

NAMED: dict[str, list[tuple[str, str]]] = {
    "": [],
    "a@x.example": [("", "a@x.example")],
    "<A@X.Example>": [("", "a@x.example")],
    "Budi <a@x.example>": [("Budi", "a@x.example")],
    "a@x.example (Budi Santoso)": [("Budi Santoso", "a@x.example")],
    '"Putra, S.Kom." <a@x.example>': [("Putra, S.Kom.", "a@x.example")],
    '"Budi \\"Pak\\" S" <a@x.example>': [('Budi "Pak" S', "a@x.example")],
    "Marlina, Rina S.E. <a@x.example>": [("Marlina, Rina S.E.", "a@x.example")],
    "Rina, S.E., M.M. <a@x.example>, b@x.example": [("Rina, S.E., M.M.", "a@x.example"), ("", "b@x.example")],
    "a@x.example, B <b@x.example>; c@x.example": [("", "a@x.example"), ("B", "b@x.example"), ("", "c@x.example")],
    "Dinas: a@x.example, B <b@x.example>;, c@x.example": [
        ("", "a@x.example"),
        ("B", "b@x.example"),
        ("", "c@x.example"),
    ],
    "undisclosed-recipients:;": [],
    "<@relay.example,@lain.example:a@x.example>": [("", "a@x.example")],
    "Pete(A wonderful \\) chap) <pete(his account)@silly.test(his host)>": [("Pete", "pete@silly.test")],
    "(ini (bertingkat) sekali) a@x.example": [("ini (bertingkat) sekali", "a@x.example")],
    "a @ x . example": [("", "a@x.example")],
    "mailto:a@x.example": [("", "a@x.example")],
    "<mailto:a@x.example>": [("", "a@x.example")],
    "Big Bug bb@bug.example": [("Big Bug", "bb@bug.example")],
    "a@x.example b@x.example": [("", "a@x.example"), ("", "b@x.example")],
    '"Budi <a@x.example>': [("Budi", "a@x.example")],
    "Budi (Kabid <a@x.example>": [("Budi  Kabid", "a@x.example")],
    "Budi <a@x.example": [("Budi", "a@x.example")],
    "Budi <a@x.example, b@x.example": [("Budi", "a@x.example"), ("", "b@x.example")],
    "=?utf-8?q?J=C3=B6hn?= =?utf-8?q?_Doe?= <a@x.example>": [("Jöhn Doe", "a@x.example")],
    "=?UTF-8?Q?Budi_(Kabid),_S.E.?= <a@x.example>": [("Budi (Kabid), S.E.", "a@x.example")],
    '"=?utf-8?q?Budi?=" <a@x.example>': [("Budi", "a@x.example")],
    "Jöhn <jdöe@mächine.example>": [("Jöhn", "jdöe@mächine.example")],
    '"System Administrator"@x.example': [("", '"system administrator"@x.example')],
    "kabid@[192.0.2.1]": [("", "kabid@[192.0.2.1]")],
    "=?utf-8?q?a=40x=2Eexample?=": [],
    "=?utf-8?q?a?=@x.example": [],
    "MAILER DAEMON <>": [],
    "foo": [],
    "a@@x.example": [],
    "a@x..example": [],
}
PLAIN = (
    "a@x.example",
    "A@X.Example",
    "<a@x.example>",
    " Budi <a@x.example> ",
    "\tBudi Santoso < a@x.example >",
    '"Budi Santoso" <a@x.example>',
    '"a@x.example" <a@x.example>',
    '"Putra, S.Kom." <a@x.example>',
    '"Budi \\"Pak\\" S" <a@x.example>',
    "Yuliandri Putra, S.Kom., M.T. <a@x.example>",
    "[Eksternal] Budi <a@x.example>",
    "Dinas Kesehatan (Padang) <a@x.example>",
    "Budi <a@x.example> (Kabid)",
    "a@x.example (Budi Santoso)",
    "=?utf-8?q?J=C3=B6hn?= =?utf-8?q?_Doe?= <a@x.example>",
    "Jöhn <a@x.example>",
    "J\udcf6hn <a@x.example>",
)


@pytest.mark.parametrize("value", NAMED)
def test_what_an_address_field_names(value: str) -> None:
    assert [(one.name, one.address) for one in mailboxes([value])] == NAMED[value]


@pytest.mark.parametrize("value", PLAIN)
def test_an_ordinary_from_is_beyond_doubt(value: str) -> None:
    author = author_of(b"From: x\r\n\r\n", [value])
    assert author is not None and author.address == "a@x.example"


@pytest.mark.parametrize("value", [value for value, named in NAMED.items() if len(named) != 1])
def test_none_or_several_are_nobodys(value: str) -> None:
    assert author_of(b"From: x\r\n\r\n", [value]) is None


def test_a_letter_of_nobodys_is_read_with_whom_it_seems_to_be_from() -> None:
    mail = read_mail(b"From: Rina <a@x.example>, b@x.example\r\nSubject: Internet mati\r\n\r\nTolong.\r\n")
    assert (mail.sender, mail.apparent_sender, mail.sender_name) == ("", "a@x.example", "Rina")
    assert (mail.subject, mail.plain.strip()) == ("Internet mati", "Tolong.")


def test_an_address_is_as_long_as_a_server_takes() -> None:
    fits = "a@" + "b" * (MAX_ADDRESS - 10) + ".example"
    assert address_of(fits) == fits and address_of(f"a{fits}") == ""
    assert address_of("a@" + "ä" * 130 + ".example") == ""  # bytes count


def test_letters_that_become_others_are_kept_apart() -> None:
    assert address_of("jdo\u0308e@x.example") == "jd\u00f6e@x.example"
    for odd in (
        "a\u00ad@x.example",
        "a\u200b@x.example",
        "a\u202e@x.example",
        "a\x00@x.example",
        "a\uff20x.example",
        "\udcff@x.example",
    ):
        assert address_of(odd) == ""


def test_of_a_list_without_end_the_first_are_read() -> None:
    found = mailboxes([f"Nama {number} <a{number}@x.example>" for number in range(20_000)])
    assert len(found) == 20
    found = mailboxes([",".join(f"a{number}@x.id" for number in range(20_000))])
    assert len(found) == MOST
    assert mailboxes(['"(' * 30_000]) == [] and mailboxes(["<" * 60_000 + "a@x.example"])[-1].address == "a@x.example"
