"""What is known of an incident, as a value."""

from __future__ import annotations

from sop.codec import from_data, object_of
from sop.report import NOTHING, Origin, Report, Urgency

SAID = Report(hal="Internet mati", lokasi="", layanan=(), asal={"hal": Origin("subjek", 0.9)})


def test_what_is_not_said_is_not_kept_and_what_is_said_to_be_nothing_is() -> None:
    assert object_of(NOTHING) == {} and NOTHING.said() == ()
    assert object_of(SAID) == {"hal": "Internet mati", "lokasi": "", "layanan": [], "asal": {"hal": ["subjek", 0.9]}}
    assert from_data(Report, object_of(SAID)) == SAID
    assert [name for name in SAID.said() if SAID.knows(name)] == ["hal", "asal"]


def test_a_later_word_stands_and_what_it_does_not_speak_of_stays() -> None:
    known = SAID.updated(Report(lokasi="Lantai 2", kegentingan=Urgency("tinggi", ("Segera",))))
    assert (known.hal, known.lokasi, known.layanan) == ("Internet mati", "Lantai 2", ())
    assert known.updated(Report(lokasi="")).lokasi == ""
    assert known.updated(NOTHING) == known


def test_one_may_take_some_of_its_fields_and_leave_others() -> None:
    assert SAID.only(("hal", "sifat")) == Report(hal="Internet mati")
    assert SAID.without(("hal", "asal")) == Report(lokasi="", layanan=())


def test_what_another_version_knew_is_carried_along() -> None:
    known = from_data(Report, {"hal": "Listrik", "warna": ["biru"]})
    later = known.updated(from_data(Report, {"suhu": 3})).without(("hal",))
    assert object_of(later) == {"warna": ["biru"], "suhu": 3}
    assert later.knows("warna") and not later.knows("bentuk")
