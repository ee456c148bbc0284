"""Progress of a run, for the people who wait for it."""

from __future__ import annotations

import sys
from typing import Never, TextIO

from tqdm import tqdm

from cspanalysis.production.execution import Failure
from cspanalysis.production.results import Event

__all__ = ["Progress"]


class Progress:
    """Show what a run is doing: one bar on a terminal, one line a job elsewhere.

    Parameters
    ----------
    stream
        Where to write; standard error by default.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._running: dict[str, None] = {}
        self._done = self._jobs = 0
        self._bar: tqdm[Never] | None = None

    def __call__(self, event: Event) -> None:
        """Show an event of the run."""
        match event.kind:
            case "run-started":
                self._begin(int(event.detail["jobs"]))
            case "started":
                self._running[event.job] = None
                self._refresh()
            case "published" | "failed":
                self._running.pop(event.job, None)
                self._end_job(event)
            case "run-finished" | "run-stopped":
                self._end(event)

    def _begin(self, jobs: int) -> None:
        self._jobs = jobs
        if self._stream.isatty():
            self._bar = tqdm(total=jobs, unit="report", file=self._stream, dynamic_ncols=True)

    def _refresh(self) -> None:
        if self._bar is not None:
            self._bar.set_description_str(", ".join(self._running) or "finishing")

    def _end_job(self, event: Event) -> None:
        self._done += 1
        seconds = f"{event.detail['duration']:.1f} s"
        if event.kind == "failed":
            self._say(f"failed {event.job}: {Failure(**event.detail['exception'])}")
        elif self._bar is None:
            self._say(f"published {event.job} in {seconds} ({self._done} of {self._jobs})")
        if self._bar is not None:
            self._bar.update()
            self._refresh()

    def _end(self, event: Event) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        word = "stopped" if event.kind == "run-stopped" else "done"
        detail = event.detail
        skipped = f", {detail['skipped']} unchanged" if detail.get("skipped") else ""
        counts = f"{detail['published']} published, {detail['failed']} failed{skipped}"
        self._say(f"{word}: {counts}")
        if "trouble" in detail:
            self._say(f"trouble: {detail['trouble']}")

    def _say(self, line: str) -> None:
        if self._bar is not None:
            self._bar.write(line, file=self._stream)
        else:
            self._stream.write(f"{line}\n")
            self._stream.flush()
