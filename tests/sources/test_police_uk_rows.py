from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.errors import SourceError
from cspanalysis.sources.files import Input
from cspanalysis.sources.police_uk import read_months
from cspanalysis.sources.police_uk_files import force_files
from cspanalysis.sources.police_uk_rows import KIND, grouped

LUTON = "E01015693"
few = st.none() | st.sampled_from(["x", "y", ""])
points = st.none() | st.sampled_from([-0.5, 0.0, 52.25])


@given(st.lists(st.tuples(few, points, few), min_size=1, max_size=40))
def test_rows_are_counted_as_one_would_by_hand(rows: list[tuple]) -> None:
    names = ("a", "b", "c")
    types = (pa.string(), pa.float64(), pa.string())
    columns = {
        name: pa.array(values, kind)
        for name, values, kind in zip(names, zip(*rows, strict=True), types, strict=True)
    }
    counted = grouped(columns | {"c": columns["c"].cast(KIND)})
    assert counted.column_names == [*names, "count"]
    held = {tuple(row[n] for n in names): row["count"] for row in counted.to_pylist()}
    assert held == Counter(rows)
    assert len(held) == len(counted)


def test_a_short_file_after_a_long_one_holds_its_own_rows_alone(
    tmp_path: Path, write_zip, street_text
) -> None:
    """Files are read into the same memory, one after the other."""
    numbers = [300, 1, 200, 2, 100, 3]
    texts = {
        f"2021-0{n}-bedfordshire-street.csv": street_text([(f"2021-0{n}", LUTON, "Burglary")] * k)
        for n, k in enumerate(numbers, start=1)
    }
    with Input(write_zip(tmp_path / "a.zip", texts)) as source:
        read = list(read_months(force_files(source)[0], {}))
    assert [month.rows for month in read] == numbers
    assert [month.counts["count"].to_pylist() for month in read] == [[n] for n in numbers]
    assert len({month.sha256 for month in read}) == len(numbers)


def test_a_file_larger_than_any_month_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "2021-03-kent-street.csv"
    with path.open("wb") as file:
        file.truncate(400_000_000)
    with (
        Input(path) as source,
        pytest.raises(SourceError, match="no month of a force"),
    ):
        list(read_months(force_files(source)[0], {}))


def test_what_was_pasted_into_a_column_of_kinds_is_read_as_typed(
    tmp_path: Path, street_text
) -> None:
    text = street_text([("2021-03", "E01017540", "Other theft")] * 2)
    path = tmp_path / "2021-03-bedfordshire-street.csv"
    path.write_text(text.replace("Other theft", "Other\N{NO-BREAK SPACE}theft", 1), "utf-8")
    with Input(path) as source:
        files, _ = force_files(source)
        month = next(iter(read_months(files, {})))
    assert [row["crime_type"] for row in month.counts.to_pylist()] == ["Other theft"]
    assert month.counts["count"].to_pylist() == [2]


def test_a_month_as_excel_saves_it_and_a_name_without_a_month_are_told(
    tmp_path: Path, street_text
) -> None:
    text = street_text([("2021-03", "E01017540", "Other theft")])
    path = tmp_path / "2021-03-bedfordshire-street.csv"
    path.write_text(text.replace("2021-03", "Mar-21"), "utf-8")
    with Input(path) as source, pytest.raises(SourceError, match="not as Excel saves it"):
        next(iter(read_months(force_files(source)[0], {})))
    path.rename(tmp_path / "march.csv")
    with (
        Input(tmp_path / "march.csv") as source,
        pytest.raises(SourceError, match="does not say which month"),
    ):
        force_files(source)
