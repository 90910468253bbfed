"""Somebody who holds the machine, the journal and every key rewrites what has happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, update

from handlers.care.back_up import back_up, restore
from handlers.care.verify import Findings, examine
from inbox.imap import ImapMailbox
from inbox.mailbox import nothing_seen
from register import heads, journal
from register.schema import counters, events, faces, head_states, incidents, mails, outbox
from register.schema import heads as heads_table
from sop.event_codec import event_of
from tests import cast
from tests.attacks import some
from tests.cast import DINKES
from tests.doubles import HOST
from tests.siaga.test_commands import run
from tests.town import JOURNEY, Town

NUMBER = "DKL-2026-0001"


def kept(place: Town, *people: str) -> list[tuple[str, bytes]]:
    """What stands in people's mailboxes, where no admin of the office can write."""
    found = []
    for person in people or (cast.HELPDESK, DINKES):
        box = ImapMailbox(HOST, place.house.imap_port, person, cast.PASSWORD, security="tanpa")
        found += [(f"{person} {mail.uid}", mail.raw) for mail in box.sweep(nothing_seen)]
        box.close()
    return found


def finish(place: Town, first: str = "penerimaan") -> None:
    if not place.numbers():
        place.to_stage(first)
    names = [name for name, *_ in JOURNEY]
    for _, address, subject, text in JOURNEY[names.index(first) :]:
        place.reply(address, subject, text)
        place.work(1)
    assert place.incident().outcome == "selesai"


def lived(place: Town) -> list[tuple[str, bytes]]:
    """One incident has ended, another one goes on, and a morning has come: gives what people kept."""
    finish(place)
    place.write(
        cast.SAMSAT, "Internet mati total", "Internet kantor Samsat mati sejak pukul 08.00, pelayanan berhenti."
    )
    place.work(1)
    place.work(24 * 60)
    assert len(place.numbers()) == 2
    return kept(place)


def rechain(tx: Connection, number: str) -> None:
    """Make an incident's chain hold again, whatever its events say now."""
    head, seq = journal.GENESIS, 0
    for row in tx.execute(select(events).where(events.c.incident == number).order_by(events.c.seq)).all():
        head, seq = journal.link(head, number, event_of(row.seq, row.at, row.kind, row.data), row.data), row.seq
        here = (events.c.incident == number, events.c.seq == row.seq)
        tx.execute(update(events).where(*here).values(hash=head))
    tx.execute(update(incidents).where(incidents.c.number == number).values(head=head, seq=seq))


def reforge_heads(tx: Connection) -> None:
    """Make every head agree with the journal as it has become."""
    before = heads.FIRST
    for head in heads.all_heads(tx):
        states = []
        for number, state in list(heads.states_of(tx)):
            if number != head.seq:
                continue
            here = (events.c.incident == state.incident, events.c.seq <= state.seq)
            row = tx.execute(select(events).where(*here).order_by(events.c.seq.desc()).limit(1)).one_or_none()
            named = (head_states.c.head == head.seq, head_states.c.incident == state.incident)
            if row is None:
                tx.execute(delete(head_states).where(*named))
                continue
            states.append(heads.State(state.incident, row.seq, row.hash))
            tx.execute(update(head_states).where(*named).values(seq=row.seq, hash=row.hash))
        before = heads.summed(before, head.seq, head.at, head.incidents, head.note, states)
        tx.execute(update(heads_table).where(heads_table.c.seq == head.seq).values(hash=before))


def edit(tx: Connection) -> None:
    row = tx.execute(select(events).where(events.c.incident == NUMBER, events.c.data.contains("FO putus"))).first()
    assert row is not None
    here = (events.c.incident == NUMBER, events.c.seq == row.seq)
    tx.execute(update(events).where(*here).values(data=row.data.replace("FO putus", "listrik padam")))
    rechain(tx, NUMBER)


def cut_off(tx: Connection) -> None:
    last = tx.execute(select(func.max(events.c.seq)).where(events.c.incident == NUMBER)).scalar_one()
    tx.execute(delete(events).where(events.c.incident == NUMBER, events.c.seq > last - 4))
    rechain(tx, NUMBER)


def move_in_time(tx: Connection) -> None:
    row = tx.execute(select(events).where(events.c.incident == NUMBER, events.c.seq == 3)).one()
    here = (events.c.incident == NUMBER, events.c.seq == 3)
    tx.execute(update(events).where(*here).values(at=row.at - timedelta(minutes=10)))
    rechain(tx, NUMBER)


def delete_incident(tx: Connection) -> None:
    tx.execute(delete(events).where(events.c.incident == NUMBER))
    tx.execute(delete(incidents).where(incidents.c.number == NUMBER))


def delete_without_trace(tx: Connection) -> None:
    delete_incident(tx)
    for table in (outbox, mails, faces, head_states):
        tx.execute(delete(table).where(table.c.incident == NUMBER))
    tx.execute(delete(counters))


def no_notices(tx: Connection) -> None:
    """The archived closing notices would bear witness."""
    rows = tx.execute(select(outbox.c.key).where(outbox.c.incident == NUMBER)).scalars().all()
    keys = {json.dumps(key) for key in rows}
    for row in tx.execute(select(events).where(events.c.incident == NUMBER)).all():
        if any(key in row.data for key in keys):
            data = {name: value for name, value in json.loads(row.data).items() if name != "surat"}
            here = (events.c.incident == NUMBER, events.c.seq == row.seq)
            said = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            tx.execute(update(events).where(*here).values(data=said))
    tx.execute(delete(outbox).where((outbox.c.incident == NUMBER) | (outbox.c.template == "sidik_register")))
    rechain(tx, NUMBER)


def drop_heads(tx: Connection) -> None:
    tx.execute(delete(head_states))
    tx.execute(delete(heads_table))


DEEDS = (edit, cut_off, move_in_time, delete_incident, delete_without_trace)


def do(place: Town, *deeds: Callable[[Connection], None]) -> None:
    with place.office.database.engine.connect() as tx:
        tx.exec_driver_sql("PRAGMA foreign_keys=OFF")
        for deed in deeds:
            deed(tx)
        tx.commit()


def verified(place: Town, witnesses: list[tuple[str, bytes]]) -> Findings:
    return examine(place.office, witnesses)


def test_an_honest_journal_agrees_with_every_mail_that_people_kept(place: Town) -> None:
    said = verified(place, lived(place))
    assert (said.damage, said.unprovable, said.asides) == ((), (), ())
    assert said.agreed >= 3  # the closing notices' own heads, the heads of the register, the morning's


def test_the_days_head_goes_out_each_morning_on_which_there_is_something_new(place: Town) -> None:
    finish(place)
    spam(place, "Kabar bulanan")
    place.work(1)
    place.work(24 * 60)
    assert "Sidik register" in place.last(cast.HELPDESK, "Daftar karantina").plain
    place.write(
        cast.SAMSAT, "Internet mati total", "Internet kantor Samsat mati sejak pukul 08.00, pelayanan berhenti."
    )
    place.work(1)
    place.work(24 * 60)
    assert "Sidik register" in place.last(cast.HELPDESK, "Sidik register harian").plain
    place.work(60)
    before = len(place.inbox(cast.HELPDESK))
    place.reply(cast.HELPDESK, "Mohon analisis", "TIDAK\n\nHanya satu komputer.")
    place.work(1)
    place.work(24 * 60)
    place.work(1)
    assert [mail.subject for mail in place.inbox(cast.HELPDESK)[before:]].count("Sidik register harian: 2 insiden") == 1
    place.work(24 * 60)
    assert [mail.subject for mail in place.inbox(cast.HELPDESK)[before:]].count("Sidik register harian: 2 insiden") == 1


@pytest.mark.parametrize("deed", some(reversed(DEEDS)))
def test_what_is_rewritten_is_found_even_if_all_there_is_agrees_with_it(
    place: Town, deed: Callable[[Connection], None]
) -> None:
    witnesses = lived(place)
    do(place, deed, *((no_notices,) if deed is not delete_without_trace else ()), reforge_heads)
    said = verified(place, witnesses)
    assert any("saksi tidak cocok" in line for line in said.damage), said


@pytest.mark.parametrize("deed", some(reversed(DEEDS)))
def test_what_is_rewritten_is_found_even_if_no_head_is_left(place: Town, deed: Callable[[Connection], None]) -> None:
    witnesses = lived(place)
    do(place, deed, drop_heads)
    assert any("saksi tidak cocok" in line and "tidak ada lagi" in line for line in verified(place, witnesses).damage)


@pytest.mark.parametrize("deed", some(reversed(DEEDS)))
def test_who_only_mends_the_chain_is_found_without_any_witness(place: Town, deed: Callable[[Connection], None]) -> None:
    lived(place)
    assert examine(place.office).damage == ()
    do(place, deed)
    assert any(NUMBER in line or "sidik register" in line for line in examine(place.office).damage)


@pytest.mark.parametrize("deed", some([edit, cut_off, move_in_time], 1))
def test_the_archived_closing_notices_bear_witness_too(place: Town, deed: Callable[[Connection], None]) -> None:
    lived(place)
    do(place, deed, reforge_heads)
    assert any("surat keluar" in line and NUMBER in line for line in examine(place.office).damage)


def test_a_doctored_head_is_found_and_so_is_one_that_is_taken_away(place: Town) -> None:
    lived(place)
    with place.office.database.reading() as tx:
        count = len(heads.all_heads(tx))
    assert count >= 2
    do(place, lambda tx: tx.execute(update(heads_table).where(heads_table.c.seq == 1).values(incidents=9)))
    assert "sidik register no. 1 diubah setelah dicatat" in examine(place.office).damage
    do(place, lambda tx: tx.execute(delete(heads_table).where(heads_table.c.seq == 1)))
    assert "sidik register no. 1 hilang" in examine(place.office).damage


def test_an_incident_that_is_gone_is_named_with_all_that_still_names_it(place: Town) -> None:
    lived(place)
    do(place, delete_incident)
    line = next(line for line in examine(place.office).damage if line.startswith(f"{NUMBER}: insiden hilang"))
    assert all(name in line for name in ("surat keluar", "surat masuk", "urutan nomor", "sidik register"))


def test_a_mail_whose_event_was_cut_off_tells_of_it(place: Town) -> None:
    place.to_stage("disposisi")
    do(place, cut_off)
    assert any("tidak disebut peristiwa mana pun" in line for line in examine(place.office).damage)


def spam(place: Town, subject: str) -> None:
    text = "Unduh majalah kami. Berhenti berlangganan di sini."
    place.write(cast.SAMSAT, subject, text, claimed_sender="promo@lotre.example", List_Id="<a.b>")


def test_the_first_heads_of_an_old_journal_are_small_writes(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.care.heads.PORTION", 2)
    for number in range(5):
        place.write(cast.SAMSAT, f"Internet mati {number}", f"Internet kantor ke-{number} mati sejak tadi pagi.")
    place.work()
    with place.office.database.reading() as tx:
        assert heads.newest(tx) is None
    place.work(1)
    with place.office.database.reading() as tx:
        assert [head.seq for head in heads.all_heads(tx)] == [1, 2, 3]
        assert sorted(state.incident for _, state in heads.states_of(tx)) == place.numbers()
    assert examine(place.office).damage == ()


def quoted(raw: str) -> str:
    return "".join(f"> {line}\n" for line in raw.splitlines())


def test_a_witness_speaks_however_the_mail_was_passed_on(place: Town, tmp_path: Path) -> None:
    finish(place)
    notice = place.last(DINKES, "Penanganan selesai")
    raw = next(raw for _, raw in kept(place, DINKES) if notice.message_id.encode() in raw)
    reply, forwarded = EmailMessage(policy=SMTP), EmailMessage(policy=SMTP)
    for mail in (reply, forwarded):
        mail["From"], mail["To"], mail["Subject"] = DINKES, cast.HELPDESK, "Re: penutupan"
    wrapped = quoted(quoted(notice.plain.replace(": ", ":\n")))
    reply.set_content(f"Terima kasih.\n\n{wrapped}", cte="base64")
    forwarded.set_content("Terlampir.")
    forwarded.add_attachment(message_from_bytes(raw, policy=SMTP))
    only_html = EmailMessage(policy=SMTP)
    only_html["From"] = cast.HELPDESK
    only_html.set_content(notice.html, subtype="html", cte="base64")
    texts = {
        "asli.eml": raw,
        "balasan.eml": reply.as_bytes(),
        "terusan.eml": forwarded.as_bytes(),
        "html.eml": only_html.as_bytes(),
        "salinan.txt": notice.plain.encode(),
    }
    for name, content in texts.items():
        assert verified(place, [(name, content)]).agreed >= 1, name
    do(place, edit)
    for name, content in texts.items():
        assert any("saksi tidak cocok" in line for line in verified(place, [(name, content)]).damage), name


@pytest.mark.parametrize("claims", ["stranger", "quoted", "in our subject"])
def test_a_made_up_line_of_a_stranger_is_no_alarm(place: Town, claims: str) -> None:
    finish(place)
    line = f"Kode surel: abcde-fghij-klmn\nSidik {NUMBER}/2, 23-11-2026 09.14: a2b3c4d-e5f6g7h-i2j3k4-l5m6n7"
    if claims == "in our subject":
        spam(place, f"Kabar {' '.join(line.split())}")
        place.work()
    else:
        said_by = line if claims == "stranger" else quoted(line)
        place.write(cast.SAMSAT, "Re: Penanganan selesai", said_by, claimed_sender="luar@contoh.example")
    place.work(24 * 60)
    if claims == "in our subject":
        assert "a2b3c4d-e5f6g7h" in place.last(cast.HELPDESK, "Daftar karantina").plain
    said = verified(place, kept(place, cast.HELPDESK, cast.OFFICE))
    assert said.damage == () and said.agreed
    assert len(said.asides) == 1  # the stranger's own mail, in the office's mailbox


def test_many_made_up_lines_are_one_line(place: Town) -> None:
    finish(place)
    forged = [
        (
            f"{n}",
            f"From: x{n}@luar.example\n\nKode surel: abcde-fghij-klmn\nSidik register {n}, 23-11-2026 09.14: "
            "a2b3c4d-e5f6g7h-i2j3k4-l5m6n7\n".encode(),
        )
        for n in range(50, 90)
    ]
    said = verified(place, forged)
    assert said.damage == () and len(said.asides) == 2 and "39 saksi lain" in said.asides[1]


@pytest.mark.chaos
def test_after_a_restore_what_is_younger_than_the_backup_is_said_to_be(place: Town, tmp_path: Path) -> None:
    place.to_stage("disposisi")
    place.work(20)
    saved = tmp_path / "cadangan.tar"
    back_up(place.office, saved, {})
    finish(place, "disposisi")
    witnesses = kept(place)
    assert verified(place, witnesses).agreed
    heir = Town(tmp_path / "baru", place.house)
    heir.clock.time = place.clock.time + timedelta(minutes=5)
    restore(heir.office, saved)
    heir.restart()
    said = verified(heir, witnesses)
    assert said.damage == () and said.unprovable
    assert all("lebih baru daripada cadangan" in line for line in said.unprovable)
    heir.work(1)
    heir.work(24 * 60)
    assert verified(heir, kept(heir, cast.HELPDESK)).damage == ()
    heir.office.close()


def test_a_restore_excuses_nothing_that_is_older_than_the_backup(place: Town, tmp_path: Path) -> None:
    witnesses = lived(place)
    saved = tmp_path / "cadangan.tar"
    do(place, edit, no_notices, reforge_heads)
    place.work(1)
    back_up(place.office, saved, {})
    heir = Town(tmp_path / "baru", place.house)
    heir.clock.time = place.clock.time + timedelta(days=1)
    restore(heir.office, saved)
    assert any("saksi tidak cocok" in line for line in verified(heir, witnesses).damage)
    heir.office.close()


def test_the_command_reads_mailboxes_files_mbox_and_folders(place: Town, tmp_path: Path) -> None:
    witnesses = lived(place)
    folder = tmp_path / "Maildir" / "cur"
    folder.mkdir(parents=True)
    for number, (_, raw) in enumerate(witnesses):
        (folder / f"{number}.host:2,S").write_bytes(raw)
    box = tmp_path / "arsip.mbox"
    unix = [raw.replace(b"\r\n", b"\n") for _, raw in witnesses]
    box.write_bytes(b"".join(b"From x@y Mon Nov 23 09:00:00 2026\n" + raw + b"\n" for raw in unix))
    config = ("--config", place.settings_file)
    assert "Jurnal dan arsip utuh." in run("verify", *config)
    said = json.loads(run("verify", "--json", *config, "--saksi", "kotak_surat", tmp_path / "Maildir", box))
    assert said["damage"] == said["unprovable"] == [] and said["agreed"] >= 2
    (tmp_path / "kosong.txt").write_text("tidak ada apa-apa", encoding="utf-8")
    assert "tidak ada baris" in run("verify", *config, "--saksi", tmp_path / "kosong.txt", code=3)
    assert "tidak ada" in run("verify", *config, "--saksi", tmp_path / "entah.eml", code=1)
    do(place, edit, no_notices, reforge_heads)
    assert "utuh" in run("verify", *config)
    assert "saksi tidak cocok" in run("verify", *config, "--saksi", box, tmp_path / "kosong.txt", code=1)
