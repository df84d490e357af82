"""A progress bar on standard error, once something takes longer than a second and a person is looking."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

_PATIENCE = 1.0  # seconds


class Waiting:
    """Used with ``with``; ``step`` is told how many of how many are done."""

    def __init__(self, title: str, total: int) -> None:
        self.title = title
        self.total = total
        self.started = 0.0
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Waiting:
        self.started = time.monotonic()
        return self

    def step(self, done: int, total: int) -> None:
        """Tells how far it is; shows the bar once it is worth it."""
        if self.bar is None:
            if time.monotonic() - self.started < _PATIENCE or not sys.stderr.isatty():
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            rate = TextColumn("{task.fields[rate]}")
            parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
            self.bar = Progress(*parts, console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task(self.title, total=total, rate="")
        rate_text = f"{done / max(time.monotonic() - self.started, 0.001):,.0f}/s"
        self.bar.update(self.task, completed=done, rate=rate_text)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
