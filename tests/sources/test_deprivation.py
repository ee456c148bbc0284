from __future__ import annotations

import csv
import gzip
import json
import math
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.errors import SourceError, UsageError
from cspanalysis.paths import reference
from cspanalysis.sources.deprivation import deprivation_table
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area

LUTON = Area.named("luton")


@pytest.mark.shared_data
@pytest.mark.parametrize("year", [2019, 2025])
def test_every_lsoa_of_luton_has_its_published_rank(shared: Path, year: int) -> None:
    vintage = {2019: "11", 2025: "21"}[year]
    name = f"imd{year}_england_lsoa{vintage}.csv.gz"
    with gzip.open(shared / "data/deprivation" / name, "rt", encoding="utf-8") as file:
        given = {row[f"lsoa{vintage}_code"]: row for row in csv.DictReader(file)}
    held = Store.open().people.deprivation(LUTON, year=year)
    assert 115 < len(held) < 140
    for code, row in held.iterrows():
        assert row["rank"] == int(given[code]["IMD_rank"])
        assert row["decile"] == int(given[code]["IMD_decile"])
        assert row["crime_decile"] == int(given[code]["Crime_decile"])


def test_scores_are_there_for_2025_and_wales_has_none_of_that_year() -> None:
    store = Store.open()
    assert store.people.deprivation(LUTON)["score"].between(0, 100).all()
    assert store.people.deprivation(LUTON, year=2019)["score"].isna().all()
    assert store.people.deprivation(Area.named("cardiff")).empty
    with pytest.raises(UsageError, match="2019, 2025"):
        store.people.deprivation(LUTON, year=2015)


@pytest.mark.shared_data
def test_wales_is_ranked_by_its_own_scores(shared: Path) -> None:
    path = shared / "data/wales/wimd-2019-index-and-domain-scores.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        scores = {row["lsoa"]: float(row["WIMD 2019"]) for row in csv.DictReader(file)}
    held = Store.open().people.deprivation(Area.named("newport"), year=2019)
    assert len(held) == 95
    for code, row in held.iterrows():
        higher = sum(other > scores[str(code)] for other in scores.values())
        assert row["rank"] == higher + 1
        assert row["decile"] == math.ceil((higher + 1) * 10 / 1909)
    first = Store.open().people.deprivation(Area.named("denbighshire-lad"), year=2019)
    assert first.loc["W01000240", ["rank", "decile", "crime_decile"]].tolist() == [1, 1, 1]


def test_a_table_without_its_column_is_refused(tmp_path: Path) -> None:
    columns = ["lsoa11_code", "IMD_rank", "IMD_decile"]
    frame = pd.DataFrame([["E01000001", 1, 1]], columns=columns)
    frame.to_csv(tmp_path / "imd2019_england_lsoa11.csv.gz", index=False)
    with pytest.raises(SourceError) as caught:
        deprivation_table(tmp_path, wales=tmp_path)
    assert caught.value.column == "Crime_decile"


def test_shapes_lie_in_britain_and_bear_codes() -> None:
    held = json.loads(gzip.decompress(reference("shapes/lad.geojson.gz").read_bytes()))
    codes = [feature["properties"]["code"] for feature in held["features"]]
    assert "E06000032" in codes
    assert codes == sorted(codes)
    assert abs(len(codes) - 361) <= 5
    for feature in held["features"]:
        for longitude, latitude in points(feature["geometry"]["coordinates"]):
            assert -9 < longitude < 2.5
            assert 49 < latitude < 61.5


def points(held: list):
    if isinstance(held[0], float):
        yield held
        return
    for part in held:
        yield from points(part)
