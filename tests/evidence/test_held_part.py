from __future__ import annotations

from datetime import date

import pytest

from cspanalysis import Assessment
from cspanalysis.evidence.held_part import comparable_part
from cspanalysis.paths import shipped_store
from cspanalysis.store import Store
from cspanalysis.store.coverage import Coverage
from cspanalysis.vocabulary import Area, Period

LUTON = Area.named("luton")


@pytest.mark.parametrize(
    ("period", "baseline", "parts"),
    [
        # The shipped months begin in March 2021.
        ("2022", "2021", ("2022-03..2022-12", "2021-03..2021-12")),
        ("2023", "2021", ("2023-03..2023-12", "2021-03..2021-12")),
        ("FY2021", "FY2020", ("2022-03", "2021-03")),
        ("2024", "2023", None),
        ("2023", "2022", None),
        ("2023-04..2023-06", "2023-01..2023-03", None),
    ],
)
def test_the_longest_run_that_both_periods_hold(
    period: str, baseline: str, parts: tuple[str, str] | None
) -> None:
    found = comparable_part(Store.open(), LUTON, Period.parse(period), Period.parse(baseline))
    assert found == (tuple(map(Period.parse, parts)) if parts else None)


def test_of_equally_long_runs_the_latest_is_taken() -> None:
    rows = Coverage.read(shipped_store()).rows
    gone = rows["period_start"].isin([date(2023, 4, 1), date(2023, 8, 1), date(2022, 12, 1)])
    store = Store(Coverage(rows[~gone].reset_index(drop=True)))
    # January to March, May to July and September to November are left.
    assert comparable_part(store, LUTON, Period.parse("2023"), Period.parse("2022")) == (
        Period.parse("2023-09..2023-11"),
        Period.parse("2022-09..2022-11"),
    )


def test_a_report_of_a_year_with_a_gap_names_the_part_that_can_be_compared() -> None:
    shown = Assessment.open("luton", "2022").change_tables()
    assert "March to December 2022 can be compared with March to December 2021." in shown.text
    assert "2022-03..2022-12" in str(shown.records)
