"""The demonstration: the main promise, on a real Prefect server and every kind of mailbox."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

OTHERS = [pytest.param(kind, marks=pytest.mark.chaos) for kind in ("exchange", "maildir")]


@pytest.mark.parametrize("mailbox", ["imap", *OTHERS])
def test_the_demonstration_leads_three_incidents_through_the_sop(
    tmp_path: Path, give_prefect_database: Callable[[Path], None], mailbox: str
) -> None:
    out = tmp_path / "hasil"
    give_prefect_database(out / "prefect")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from siaga.cli import main; main()",
            "demo",
            "--headless",
            "--pace",
            "2",
            "--mailbox",
            mailbox,
            "--out",
            str(out),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert sorted(row["outcome"] for row in summary["incidents"]) == ["bukan_darurat", "selesai", "selesai"]
    assert {row["channel"] for row in summary["incidents"]} == {"surat", "email", "telepon"}
    first = summary["incidents"][0]
    assert [step["step"] for step in first["steps"]] == list(range(1, 9))
    assert all(step["started"] and step["answered"] and step["by"] for step in first["steps"])
    assert any("Elmiwati" in name for name in first["steps"][3]["by"]), "the deputy did not answer for the silent Kabid"
    assert load_workbook(summary["workbook"])["Register"].max_row == 2 + 3
    assert len(list((out / "surat").glob("*.eml"))) == summary["mails_out"] + summary["mails_in"]
    assert len(summary["runs"]) == 3 and all(summary["runs"].values())
    for paper in summary["papers"]:
        assert Path(paper).read_bytes().startswith(b"%PDF")
