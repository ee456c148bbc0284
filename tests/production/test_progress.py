"""Progress, as a terminal and as a log file see it."""

from __future__ import annotations

from io import StringIO

from cspanalysis.production.progress import Progress
from cspanalysis.production.run import Event

WHY = {"name": "ValueError", "message": "no counts", "cell": 4}
TROUBLE = "OSError: the index could not be written: disk full"
EVENTS = [
    Event("run-started", detail={"jobs": 2, "outputs": "outputs"}),
    Event("started", "luton/2023/report"),
    Event("started", "bedford/2023/report"),
    Event("published", "luton/2023/report", {"duration": 2.04}),
    Event("failed", "bedford/2023/report", {"duration": 1.0, "exception": WHY}),
    Event("run-finished", detail={"published": 1, "failed": 1, "trouble": TROUBLE}),
]


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: StringIO) -> str:
    progress = Progress(stream)
    for event in EVENTS:
        progress(event)
    return stream.getvalue()


def test_log_file_gets_one_line_a_job() -> None:
    assert shown(StringIO()).splitlines() == [
        "published luton/2023/report in 2.0 s (1 of 2)",
        "failed bedford/2023/report: ValueError: no counts (cell 4)",
        "done: 1 published, 1 failed",
        "trouble: OSError: the index could not be written: disk full",
    ]


def test_terminal_gets_one_bar_that_names_what_runs() -> None:
    text = shown(Terminal())
    assert "luton/2023/report, bedford/2023/report:   0%" in text
    assert "bedford/2023/report:  50%" in text
    assert "100%" in text
    assert "published luton" not in text
    assert "failed bedford/2023/report: ValueError: no counts (cell 4)\n" in text


def test_run_that_was_stopped_says_so() -> None:
    stream = StringIO()
    Progress(stream)(Event("run-stopped", detail={"published": 3, "failed": 0}))
    assert stream.getvalue() == "stopped: 3 published, 0 failed\n"
