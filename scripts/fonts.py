"""Make the fonts of the papers (`report/fonts`) from the packages they come in: `python -m scripts.fonts FOLDER`.

FOLDER holds the unpacked packages of `SOURCES`, each in a folder of its name (`npm pack`, `apt-get download`). Needs
fonttools, which nothing else here does. What is made: no hints, no names of glyphs, one table of characters (format 12,
which `templates/characters.py` reads), and of the big fonts only the characters that `WANTED` names.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "report/fonts"
NPM = "@expo-google-fonts"
DEBIAN = "fonts-noto-core 20201225-1"
SOURCES = {
    "LibertinusSerif-Regular": f"{NPM}/libertinus-serif 0.4.0",
    "LibertinusSerif-Bold": f"{NPM}/libertinus-serif 0.4.0",
    "NotoEmoji-Regular": f"{NPM}/noto-emoji 0.4.7",
    "NotoNaskhArabic-Regular": f"{NPM}/noto-naskh-arabic 0.4.5",
    "NotoSansSC-Regular": f"{NPM}/noto-sans-sc 0.4.3",
    "NotoSansKR-Regular": f"{NPM}/noto-sans-kr 0.4.3",
    "NotoSansMath-Regular": f"{NPM}/noto-sans-math 0.4.2",
    "NotoSansSymbols-Regular": f"{NPM}/noto-sans-symbols 0.4.1",
    "NotoSansSymbols2-Regular": f"{NPM}/noto-sans-symbols-2 0.4.1",
    **{
        f"NotoSans{script}-Regular": DEBIAN
        for script in (
            *("Javanese", "Balinese", "Sundanese", "Batak", "Buginese", "Rejang"),
            *("Thai", "Lao", "Khmer", "Myanmar", "Devanagari", "Tamil"),
        )
    },
}
"""Font → the package it comes in, with its version. All under the SIL Open Font License 1.1."""


def _of_charset(name: str, leads: range) -> set[int]:
    """The characters of a double-byte character set whose first byte is one of `leads`."""
    pairs = (bytes((lead, trail)).decode(name, "ignore") for lead in leads for trail in range(0x40, 0xFF))
    return {ord(text) for text in pairs if len(text) == 1}


WANTED = {
    # What the national standards count as everyday: GB 2312, JIS X 0208, Big5 level 1,
    # with letters in circles and of full width; KS X 1001 for Hangul.
    "NotoSansSC-Regular": (
        _of_charset("gb2312", range(0xA1, 0xF8))
        | _of_charset("shift_jis", range(0x81, 0xEB))
        | _of_charset("big5", range(0xA4, 0xC7))
        | set(range(0x3200, 0x3400))
        | set(range(0xFF00, 0xFFF0))
    )
    - set(range(0x2000)),
    "NotoSansKR-Regular": {code for code in _of_charset("euc_kr", range(0xA1, 0xFE)) if 0x3130 <= code <= 0xD7A3},
}


def make(folder: Path) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont, newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    for name, package in SOURCES.items():
        font = TTFont(_find(folder / package.split(" ")[0], name))
        options = subset.Options(hinting=False, glyph_names=False, notdef_outline=True, layout_features=["*"])
        options.drop_tables += ["STAT", "DSIG", "vhea", "vmtx", "BASE", "meta"]
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        if name in WANTED:
            options.layout_features = []
        characters = set(font.getBestCmap())
        worker = subset.Subsetter(options)
        worker.populate(unicodes=characters & WANTED.get(name, characters))
        worker.subset(font)
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, font.getBestCmap()
        font["cmap"] = newTable("cmap")
        font["cmap"].tableVersion, font["cmap"].tables = 0, [table]
        font["head"].modified = font["head"].created  # made again, the same bytes
        font.recalcTimestamp = False
        font.save(TARGET / f"{name}.ttf")


def _find(package: Path, name: str) -> Path:
    """Packages name their files `NotoEmoji-Regular.ttf` or `NotoEmoji_400Regular.ttf`."""
    family, _, weight = name.partition("-")
    wanted = {f"{name}.ttf", *(f"{family}_{number}{weight}.ttf" for number in (400, 700))}
    return next(path for path in sorted(package.rglob("*.ttf")) if path.name in wanted)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
