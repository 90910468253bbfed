"""When the offices work: hours, weekends, national holidays and cuti bersama of 2026 to 2028, in WIB.

Office hours are those of Perpres 21/2023 (37.5 hours a week). The holidays of 2026 follow the joint decree of three
ministers of September 2025 (SKB 1497/2025, 2/2025, 5/2025) as far as it is known here; for 2027 and 2028 they are the fixed
days of Keppres 8/2024 and the movable ones by calculation, for no decree stands yet. A day more or less changes nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

WIB = timezone(timedelta(hours=7))
OPENS, CLOSES, CLOSES_ON_FRIDAY = time(7, 30), time(16, 0), time(16, 30)
_FIXED = {
    (1, 1): "Tahun Baru",
    (5, 1): "Hari Buruh",
    (6, 1): "Hari Lahir Pancasila",
    (8, 17): "Kemerdekaan",
    (12, 25): "Natal",
}
_MOVABLE = {
    2026: {
        (1, 16): "Isra Mikraj",
        (2, 17): "Imlek",
        (3, 19): "Nyepi",
        (3, 21): "Idulfitri",
        (3, 22): "Idulfitri",
        (4, 3): "Wafat Yesus Kristus",
        (4, 5): "Paskah",
        (5, 14): "Kenaikan Yesus Kristus",
        (5, 27): "Iduladha",
        (5, 31): "Waisak",
        (6, 16): "Tahun Baru Islam",
        (8, 25): "Maulid Nabi",
    },
    2027: {
        (1, 5): "Isra Mikraj",
        (2, 6): "Imlek",
        (3, 8): "Nyepi",
        (3, 10): "Idulfitri",
        (3, 11): "Idulfitri",
        (3, 26): "Wafat Yesus Kristus",
        (3, 28): "Paskah",
        (5, 6): "Kenaikan Yesus Kristus",
        (5, 17): "Iduladha",
        (5, 20): "Waisak",
        (6, 6): "Tahun Baru Islam",
        (8, 15): "Maulid Nabi",
        (12, 25): "Isra Mikraj",
    },
    2028: {
        (1, 26): "Imlek",
        (2, 26): "Idulfitri",
        (2, 27): "Idulfitri",
        (3, 26): "Nyepi",
        (4, 14): "Wafat Yesus Kristus",
        (4, 16): "Paskah",
        (5, 5): "Iduladha",
        (5, 9): "Waisak",
        (5, 25): "Kenaikan Yesus Kristus; Tahun Baru Islam",
        (8, 3): "Maulid Nabi",
        (12, 14): "Isra Mikraj",
    },
}
_CUTI_BERSAMA = {
    2026: ((2, 16), (3, 18), (3, 20), (3, 23), (3, 24), (5, 15), (5, 28), (12, 24)),
    2027: ((2, 5), (3, 9), (3, 12), (3, 15), (3, 16), (5, 7), (5, 18), (12, 24)),
    2028: ((1, 27), (2, 25), (2, 28), (2, 29), (3, 1), (5, 26), (12, 26)),
}
_NAMES = {
    date(year, month, day): name
    for year, movable in _MOVABLE.items()
    for (month, day), name in (_FIXED | movable).items()
} | {date(year, *day): "Cuti Bersama" for year, days in _CUTI_BERSAMA.items() for day in days}


def holiday(day: date) -> str:
    """What keeps the offices closed on a day, weekends aside; "" for a working day, and for years nobody has listed."""
    return _NAMES.get(day, "")


def is_working(moment: datetime) -> bool:
    """Whether the offices are open at an aware moment."""
    local = moment.astimezone(WIB)
    if local.weekday() > 4 or local.date() in _NAMES:
        return False
    closes = CLOSES_ON_FRIDAY if local.weekday() == 4 else CLOSES
    return OPENS <= local.time() < closes


def next_working(moment: datetime) -> datetime:
    """`moment` itself while the offices are open, else when they next open (aware, WIB)."""
    local = moment.astimezone(WIB)
    if is_working(local):
        return local
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while day.weekday() > 4 or day in _NAMES:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, WIB)
