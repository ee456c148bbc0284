"""Jobs leave nothing behind in the process that runs them; `benchmarks.leaks` runs many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.leaks.jobs import held_after
from cspanalysis.production.warm import works_here


@pytest.mark.slow
@pytest.mark.skipif(not works_here(), reason="kernels can't be forked on this system")
def test_files_threads_and_processes_do_not_grow(tmp_path: Path) -> None:
    first, *_, last = held_after(40, tmp_path)
    assert (first.jobs, last.jobs) == (10, 40)
    for what in ("files", "threads", "processes", "template_files"):
        assert getattr(last, what) <= getattr(first, what), what
    assert first.processes == last.processes == 1  # the template
