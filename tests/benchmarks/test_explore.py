"""The benchmark of the analyst's room, run small."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.explore.__main__ import BARS, asked, made, taken_in
from cspanalysis.vocabulary import Area, Period

pytest.importorskip("anywidget")
pytestmark = pytest.mark.slow


def test_a_made_force_is_taken_in_and_asked(tmp_path: Path) -> None:
    months = Period.parse("2022-01..2023-12")
    archive = made(tmp_path / "made.zip", Area.named("bedfordshire-force"), months, mean=0.1)
    data = taken_in(archive, tmp_path / "data")
    told = {name: (clock, busy) for name, clock, busy in asked(data, "luton", "2023")}
    assert set(BARS) < set(told)
    assert all(clock > 0 and busy > 0 for clock, busy in told.values())
