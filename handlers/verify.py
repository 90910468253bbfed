"""Is everything still as it was written? The chain of every incident, every archived mail, every outgoing one."""

from __future__ import annotations

from handlers.ports import Ports
from outbox import queue
from register import journal, ledger
from register.archive import ArchiveDamaged


def find_damage(ports: Ports) -> list[str]:
    """One line for each thing that is missing or was changed outside Siaga; [] when all is whole."""
    with ports.database.reading() as tx:
        numbers = [summary.number for summary in journal.all_incidents(tx)]
        broken = [journal.broken_link(tx, number) for number in numbers]
        queued = {mail.key for mail in queue.everything(tx)}
        caused = [
            key
            for number in numbers
            for event in journal.read_events(tx, number)
            for key in event.data.get("surat", ())
        ]
        broken += [f"surat keluar {key} hilang dari kotak keluar" for key in caused if key not in queued]
        archived = [(f"surat masuk {mail.id[:12]}", mail.sha256) for mail in ledger.everything(tx)]
        archived += [(f"surat keluar {mail.key}", mail.sha256) for mail in queue.everything(tx)]
    damage = [line for line in broken if line]
    for name, sha256 in archived:
        try:
            ports.archive.get(sha256)
        except (ArchiveDamaged, OSError) as error:
            damage.append(f"{name}: {error}")
    return damage
