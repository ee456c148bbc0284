"""The periods of a family: those of every planned report of it, with their baselines."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.disclosure.periods import planned_periods
from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Area

PLAN = """
reports:
  - {notebook: performance-report, areas: [luton, bedford], periods: [2023]}
  - {notebook: performance-report, areas: [e05014747], periods: [2023-10..2023-12]}
  - {notebook: a, areas: [bedford], periods: [2019]}
  - {notebook: b, areas: [luton], periods: [FY2022], parameters: {baseline: '2021-04'}}
  - {notebook: c, areas: [nowhere, luton], periods: [someday]}
"""


def test_wards_and_partnership_share_their_periods(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yml"
    plan.write_text(PLAN, encoding="utf-8")
    found = planned_periods(Area.named("luton"), plan=plan)
    assert [str(period) for period in found] == [
        "2021-04",
        "2022",
        "FY2022",
        "2022-10..2022-12",
        "2023",
        "2023-10..2023-12",
    ]
    assert planned_periods(Area.named("E01015695"), plan=plan) == found
    assert planned_periods(Area.named("bedfordshire-force"), plan=plan) == ()


def test_without_a_plan_there_are_none_and_a_broken_one_is_told(tmp_path: Path) -> None:
    assert planned_periods(Area.named("luton"), plan=tmp_path / "plan.yml") == ()
    broken = tmp_path / "broken.yml"
    broken.write_text("reports: 3\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"broken\.yml"):
        planned_periods(Area.named("luton"), plan=broken)


def test_seasons_of_a_plan_are_among_its_periods(tmp_path: Path) -> None:
    """What is hidden must be worked out over all that is published."""
    plan = tmp_path / "plan.yml"
    plan.write_text("reports:\n  - {notebook: report, areas: [luton], periods: [summer 2022]}\n")
    found = planned_periods(Area.named("luton"), plan=plan)
    assert [str(period) for period in found] == ["2021-06..2021-08", "2022-06..2022-08"]
