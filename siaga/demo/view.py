"""What the demonstration shows in the terminal: each mail as it passes, and how far each incident has come."""

from __future__ import annotations

import threading
from email.utils import parseaddr

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from parsers.mails.message import Mail


class View:
    """Prints one line a mail. On a terminal, bars over the SOP's steps stand below the lines."""

    def __init__(self, steps: int, *, live: bool) -> None:
        self.console = Console(highlight=False)
        self._steps = steps
        self._bars: dict[str, TaskID] = {}
        self._shown: dict[str, tuple[int, str]] = {}
        self._lock = threading.Lock()
        self._progress = Progress(
            TextColumn("[bold]{task.fields[number]}"),
            BarColumn(bar_width=24),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TextColumn("{task.fields[standing]}"),
            console=self.console,
        )
        self._live = live and self.console.is_terminal

    def __enter__(self) -> View:
        if self._live:
            self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._live:
            self._progress.stop()

    def say(self, text: str) -> None:
        with self._lock:
            self.console.print(text, soft_wrap=True)

    def mail(self, clock: str, mail: Mail, recipient: str, from_office: bool) -> None:
        sender = parseaddr(mail.sender)[1].partition("@")[0]
        arrow, colour = ("→", "cyan") if from_office else ("←", "green")
        who = recipient.partition("@")[0] if from_office else sender
        subject = mail.subject.replace("[", "\\[")
        self.say(f"[dim]{clock}[/] [{colour}]{arrow} {who:<13}[/] {subject[:100]}")

    def step(self, number: str, completed: int, standing: str) -> None:
        """Show how far an incident is; prints a line only where something changed and no bar can show it."""
        if self._shown.get(number) == (completed, standing):
            return
        self._shown[number] = (completed, standing)
        if self._live:
            if number not in self._bars:
                self._bars[number] = self._progress.add_task("", total=self._steps, number=number, standing=standing)
            self._progress.update(self._bars[number], completed=completed, standing=standing)
        else:
            bar = "█" * completed + "░" * (self._steps - completed)
            self.say(f"      [bold]{number}[/] {bar} {completed}/{self._steps} {standing}")
