"""Tallies: sums by month and by place, kept for as long as the file is as it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.errors import StoreError
from cspanalysis.store.kept import Kept, write_table
from cspanalysis.store.tallies import Tally, by_month, by_place, joined

LUTON, BEDFORD = "E01015693", "E01017453"
JANUARY, MAY = date(2013, 1, 1), date(2013, 5, 1)
Row = tuple[str | None, date, str, int]
ROWS: list[Row] = [
    (LUTON, JANUARY, "burglary", 2),
    (LUTON, JANUARY, "anti-social-behaviour", 7),
    (LUTON, MAY, "burglary", 3),
    (BEDFORD, JANUARY, "violent-crime", 5),
    (None, MAY, "burglary", 11),
    (LUTON, MAY, "unheard-of", 99),
]


def _kept(folder: Path, rows: Sequence[Row], name: str = "rows") -> Kept:
    columns = [*zip(*sorted(rows, key=lambda row: row[0] or ""), strict=True)]
    types = (pa.string(), pa.date32(), pa.string(), pa.int64())
    names = ("area_code", "period_start", "measure", "count")
    arrays = [pa.array(held, kind) for held, kind in zip(columns, types, strict=True)]
    path = folder / f"{name}.parquet"
    return Kept(path, write_table(path, pa.table(dict(zip(names, arrays, strict=True)))), "input")


def _told(tally: Tally, *measures: str) -> dict[object, list[int]]:
    table = tally.table(measures, np.zeros(len(tally.keys), dtype=bool))
    return {key: row.tolist() for key, row in table.iterrows()}


def test_a_file_by_month_over_some_areas_and_over_all_rows(tmp_path: Path) -> None:
    kept = _kept(tmp_path, ROWS)
    inside = by_month(kept, frozenset({LUTON}))
    assert _told(inside, "burglary", "all-crime") == {JANUARY: [2, 2], MAY: [3, 3]}
    whole = by_month(kept, None)
    assert _told(whole, "burglary", "all-crime") == {JANUARY: [2, 7], MAY: [14, 14]}
    assert "violent-crime" in whole.measures
    assert "violent-crime" not in inside.measures


def test_months_of_a_file_by_place(tmp_path: Path) -> None:
    tally = by_place(_kept(tmp_path, ROWS), frozenset({JANUARY}))
    assert _told(tally, "all-crime") == {LUTON: [2], BEDFORD: [5]}
    over = pd.Series(["a ward"] * len(tally.keys))
    assert _told(tally.summed(over, pd.Index(["a ward", "another"])), "all-crime") == {
        "a ward": [7],
        "another": [0],
    }


def test_keys_that_are_not_held_are_nought_and_missing_ones_without_value(tmp_path: Path) -> None:
    asked = [MAY, date(2014, 1, 1), JANUARY]
    tally = by_month(_kept(tmp_path, ROWS), frozenset({LUTON})).among(asked)
    table = tally.table(["burglary"], np.array([False, False, True]))
    assert table["burglary"].tolist() == [3, 0, pd.NA]
    assert joined([]).among(asked).counts.sum() == 0


def test_another_file_in_its_place_is_added_up_anew(tmp_path: Path) -> None:
    assert _told(by_month(_kept(tmp_path, ROWS), None), "burglary")[JANUARY] == [2]
    changed = [(LUTON, JANUARY, "burglary", 4), *ROWS[1:]]
    assert _told(by_month(_kept(tmp_path, changed), None), "burglary")[JANUARY] == [4]


def test_a_file_that_was_damaged_since_is_refused(tmp_path: Path) -> None:
    kept = _kept(tmp_path, ROWS)
    by_month(kept, None)
    by_place(kept, frozenset({JANUARY}))
    raw = bytearray(kept.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    kept.path.write_bytes(raw)
    with pytest.raises(StoreError, match="damaged"):
        by_month(kept, None)
    with pytest.raises(StoreError, match="damaged"):
        by_place(kept, frozenset({JANUARY}))


MONTHS = [JANUARY, MAY, date(2013, 6, 1)]
HELD = st.lists(
    st.tuples(
        st.sampled_from([LUTON, BEDFORD, None]),
        st.sampled_from(MONTHS),
        st.sampled_from(["burglary", "robbery", "violent-crime", "anti-social-behaviour"]),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=30,
)


@given(HELD, HELD)
def test_parts_come_to_the_whole(
    tmp_path_factory: pytest.TempPathFactory, first: list[Row], second: list[Row]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    parts = [_kept(folder, first, "first"), _kept(folder, second, "second")]
    whole = _kept(folder, [*first, *second], "whole")
    for codes in (None, frozenset({LUTON})):
        added = joined([by_month(part, codes) for part in parts]).among(MONTHS)
        assert (added.counts == by_month(whole, codes).among(MONTHS).counts).all()
    places = by_place(whole, frozenset(MONTHS))
    located = sum(count for code, _, _, count in [*first, *second] if code)
    assert places.counts.sum() == located
