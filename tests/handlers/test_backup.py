"""A backup taken while the desk works, put back on an empty machine."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest

from handlers.care.back_up import back_up, restore
from handlers.care.verify import examine
from handlers.rounds.whole_round import work_once
from register import backup
from tests import cast
from tests.cast import DINKES
from tests.town import JOURNEY, Town, empty_journal, town

PEOPLE = (*cast.OFFICIALS, DINKES)


def save(place: Town, target: Path) -> Path:
    back_up(place.office, target, {"pejabat.yaml": place.folder / "pejabat.yaml"})
    return target


def rebuilt(place: Town, folder: Path, *, journal_url: str = "") -> Town:
    """The same office on a new machine: same mailbox, empty journal and archive."""
    town = Town(folder, place.house, journal_url=journal_url)
    town.clock.time = place.clock.time
    return town


def finish(town: Town, stage: str) -> None:
    names = [name for name, *_ in JOURNEY]
    for _, address, subject, text in JOURNEY[names.index(stage) :]:
        town.reply(address, subject, text)
        town.work(1)


def doubled(town: Town) -> dict[str, int]:
    """Mails that somebody got more than once, by Message-ID."""
    counts = Counter((person, mail.message_id) for person in PEOPLE for mail in town.inbox(person))
    return {f"{person}: {message_id}": count for (person, message_id), count in counts.items() if count > 1}


def test_open_incidents_go_on_from_a_backup(place: Town, tmp_path: Path) -> None:
    place.to_stage("disposisi")
    saved = save(place, tmp_path / "cadangan.tar")
    heir = rebuilt(place, tmp_path / "baru")
    restore(heir.office, saved)
    heir.restart()
    assert examine(heir.office).damage == ()
    assert heir.incident() == place.incident()
    finish(heir, "disposisi")
    assert heir.incident().outcome == "selesai" and doubled(heir) == {}
    heir.office.close()


@pytest.mark.parametrize("journal", ["sqlite", "postgresql"])
def test_every_backup_taken_while_the_desk_works_is_whole(
    tmp_path: Path, journal: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if journal == "postgresql" else ""
    with town(tmp_path / "kantor", journal_url=url) as place:
        empty_journal(place.office.database)
        place.restart()
        for number in range(6):
            place.write(cast.SAMSAT, f"Internet mati {number}", f"Internet kantor ke-{number} mati sejak tadi pagi.")
        desk = threading.Thread(target=work_once, args=(place.office,))
        desk.start()
        saved = []
        while desk.is_alive() or not saved:
            saved.append(save(place, tmp_path / f"cadangan-{len(saved)}.tar"))
        desk.join()
        assert len(place.numbers()) == 6
        for number, file in enumerate(saved[:: max(1, len(saved) // 5)]):
            heir = rebuilt(place, tmp_path / f"baru-{number}")
            restore(heir.office, file)
            assert examine(heir.office).damage == ()
            heir.office.close()


def test_an_older_backup_sends_nothing_again_that_the_archive_shows_as_sent(place: Town, tmp_path: Path) -> None:
    place.to_stage("analisis")
    saved = save(place, tmp_path / "cadangan.tar")
    for _, address, subject, text in JOURNEY[:4]:  # a day's work the backup knows nothing of
        place.reply(address, subject, text)
        place.work(1)
    before = {person: len(place.inbox(person)) for person in PEOPLE}
    heir = rebuilt(place, tmp_path / "baru")
    restore(heir.office, saved)
    heir.restart()
    for _ in range(3):
        heir.work(1)
    assert [visit.stage for visit in heir.incident().visits] == [visit.stage for visit in place.incident().visits]
    assert {person: len(heir.inbox(person)) for person in PEOPLE} == before
    heir.office.close()


def test_from_sqlite_to_postgresql(place: Town, tmp_path: Path, postgres_url: str) -> None:
    place.to_stage("disposisi")
    saved = save(place, tmp_path / "cadangan.tar")
    heir = rebuilt(place, tmp_path / "baru", journal_url=postgres_url)
    empty_journal(heir.office.database)
    restore(heir.office, saved)
    heir.restart()
    assert examine(heir.office).damage == ()
    finish(heir, "disposisi")
    assert heir.incident().outcome == "selesai" and doubled(heir) == {}
    heir.office.close()


def test_a_backup_goes_into_an_empty_journal_only(place: Town, tmp_path: Path) -> None:
    place.to_stage("analisis")
    saved = save(place, tmp_path / "cadangan.tar")
    with pytest.raises(backup.NotEmpty, match="tidak kosong"):
        restore(place.office, saved)
    assert examine(place.office).damage == ()


def test_half_a_backup_restores_nothing(place: Town, tmp_path: Path) -> None:
    place.to_stage("analisis")
    saved = save(place, tmp_path / "cadangan.tar")
    saved.write_bytes(saved.read_bytes()[:3000])
    heir = rebuilt(place, tmp_path / "baru")
    with pytest.raises(backup.BackupDamaged):
        restore(heir.office, saved)
    assert heir.numbers() == []
    heir.office.close()


@pytest.mark.parametrize("damage", ["changed", "missing", "empty"])
def test_one_lost_mail_blocks_no_backup_and_the_last_whole_one_stays(place: Town, tmp_path: Path, damage: str) -> None:
    place.to_stage("analisis")
    saved = tmp_path / "cadangan.tar"
    whole = back_up(place.office, saved, {})
    before = saved.read_bytes()
    lost = next(place.office.archive.folder.rglob("*.eml"))
    lost.write_bytes(b"palsu" if damage == "changed" else b"")
    if damage == "missing":
        lost.unlink()
    for _ in range(2):  # the second one must not push the whole one out
        now = back_up(place.office, saved, {})
        assert (now.mails, len(now.missing)) == (whole.mails - 1, 1) and lost.stem[:12] in now.missing[0]
    assert saved.with_name("cadangan.tar.utuh").read_bytes() == before
    heir = rebuilt(place, tmp_path / "baru")
    assert restore(heir.office, saved).missing == now.missing
    heir.restart()
    assert heir.incident() == place.incident()
    assert len(examine(heir.office).damage) == 1
    heir.office.close()
