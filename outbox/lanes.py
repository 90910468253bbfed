"""In which order mails go out when there are more than may go at once: first to whoever must act, then the receipts.

The rest waits only while requests are due. These are few: an incident asks one office at a time, strangers open few of
them at once, and what is sent does not come back to the queue.
"""

from __future__ import annotations

from sop.procedure import is_reporter

ASKS, RECEIPT, REST = 0, 1, 2
LISTS = ("karantina", "surat_lain", "kabar_pelapor", "perjelas_surat", "perjelas_karantina", "kabar_terlambat")
"""Ask for an order about what may be an emergency, or is late, although no clock runs for it."""
RECEIPTS = ("tanda_terima", "sudah_tercatat", "surat_biasa")


def lane(template: str, person: str, *, asks: bool) -> int:
    """The lane of a mail to `person` (id): the lower, the sooner."""
    if asks or template in LISTS:
        return ASKS
    return RECEIPT if template in RECEIPTS and is_reporter(person) else REST
