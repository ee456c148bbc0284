"""A small soak: good reports are published, bad ones recorded; `benchmarks.soak` runs many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.soak import jobs
from cspanalysis.production.warm import works_here


@pytest.mark.slow
@pytest.mark.skipif(not works_here(), reason="kernels can't be forked on this system")
def test_every_good_report_is_published_and_every_fault_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "EVERY", 4)
    kinds = {name: what for name, what in jobs.FAULTS.items() if name != "CellTimeoutError"}
    monkeypatch.setattr(jobs, "FAULTS", kinds)  # that one waits for its time to be over
    (found,) = jobs.soaked(20, tmp_path)
    assert (found.good, found.published) == (15, 15)
    assert (found.bad, found.recorded) == (5, 5)
    assert found.wrong == 0
    assert found.held.processes == 1  # the template
