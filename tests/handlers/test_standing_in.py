"""An official leaves a decision to the deputy, or is away: whoever may stand in is asked."""

from __future__ import annotations

from tests import cast
from tests.town import Town


def test_a_decision_left_to_the_deputy_reaches_the_deputy(place: Town) -> None:
    place.to_stage("disposisi")
    place.reply(cast.KABID, "Mohon disposisi", "Saya sedang rapat, mohon diputuskan oleh Plh. Kabid.")
    place.work(0.5)
    assert "dilimpahkan" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain
    place.reply(cast.SEKRETARIS, "Mohon disposisi", "DISPOSISI\n\nSegera tangani.")
    place.work(0.5)
    answer = place.incident().last_answer("disposisi")
    assert answer is not None and answer.capacity == "pelimpahan" and answer.title.startswith("Plh.")


def test_an_out_of_office_asks_the_substitute_at_once(place: Town) -> None:
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    place.write(
        cast.KABID,
        f"Balasan otomatis: {asked.subject}",
        f"Saya sedang dinas luar sampai Jumat. Keperluan mendesak: {cast.SEKRETARIS}.",
        Auto_Submitted="auto-replied",
        In_Reply_To=f"<{asked.message_id}>",
    )
    place.work()
    assert "tidak di tempat" in place.last(cast.SEKRETARIS, "Mohon disposisi").plain


def test_a_robot_that_only_acknowledges_receipt_escalates_nothing(place: Town) -> None:
    place.to_stage("disposisi")
    asked = place.last(cast.KABID, "Mohon disposisi")
    robot = {"Auto_Submitted": "auto-replied", "In_Reply_To": f"<{asked.message_id}>"}
    place.write(cast.KABID, f"Re: {asked.subject}", "Surel Anda telah kami terima. Terima kasih.", **robot)
    place.work()
    assert not place.inbox(cast.SEKRETARIS)
