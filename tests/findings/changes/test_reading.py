"""How evidence is to be read: what bears on all lines of an area."""

from __future__ import annotations

from pathlib import Path

from cspanalysis.findings.changes.reading import _shift_text, read
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period


def test_a_council_younger_than_its_figures_has_its_caveat_once(
    tmp_path: Path, write_zip, street_text
) -> None:
    somerset = Area.named("somerset")
    months = [f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    rows = [("E01029152", "Burglary")] * 40
    members = {
        f"{month}/{month}-avon-and-somerset-street.csv": street_text(
            [(month, lsoa, kind) for lsoa, kind in rows]
        )
        for month in months
    }
    ingest([write_zip(tmp_path / "a.zip", members)], into=tmp_path / "s")
    store = Store.open(tmp_path / "s")
    for text, times in (("2023", 1), ("FY2022", 1), ("FY2024-Q1", 0)):
        span = Period.parse(text)
        found = read(store, area=somerset, period=span, baseline=span.baseline())
        told = [c.text for c in found.comparison.caveats if "stood in place of Somerset" in c.text]
        assert len(told) == times, text


def test_what_a_percentage_would_read_by_is_told_in_points() -> None:
    assert [_shift_text(ratio) for ratio in (1.0073, 0.99, 1.00001)] == [
        "Allowing for that, changes would read about 0.7 percentage points higher.",
        "Allowing for that, changes would read about 1 percentage point lower.",
        "The share is the same in both, so changes read as they are.",
    ]
