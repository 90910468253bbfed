"""What an eventful run of the office produces is what it produced before."""

from __future__ import annotations

from pathlib import Path

from scripts.recorded_run import MANIFEST, manifest, record

HOW = (
    "run `python -m scripts.recorded_run OUT` here and at the commit before, then `diff -r`; "
    "when the change is meant, `python -m scripts.recorded_run --renew`"
)


def test_a_recorded_run_comes_to_the_same(tmp_path: Path) -> None:
    record(tmp_path)
    before = set(MANIFEST.read_text(encoding="utf-8").splitlines())
    differ = sorted({line.partition("  ")[2] for line in before ^ set(manifest(tmp_path).splitlines())})
    assert not differ, f"{', '.join(differ)}: {HOW}"
