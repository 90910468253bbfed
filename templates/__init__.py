"""Every word an official reads: mails, papers, and the sentences of the story. Staff may edit these files."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
