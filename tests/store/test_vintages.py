from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.errors import StoreError
from cspanalysis.methods import revision
from cspanalysis.sources.police_uk import CRIME_TYPES
from cspanalysis.store import Store, ingest
from cspanalysis.store.vintages import revised
from cspanalysis.vocabulary import Area, Measure, Period
from tests.store.test_real_data import BEDFORDSHIRE, EARLIER, rows_of

MONTHS = pd.to_datetime(["2021-05", "2021-06", "2021-07"])


def table(*counts: int | None) -> pd.DataFrame:
    return pd.DataFrame({"robbery": counts}, index=MONTHS, dtype="Int64")


def test_a_change_splits_into_revision_new_and_withdrawn() -> None:
    found = revised(table(9, 4, None), table(None, 5, 7))
    assert found.measures.loc["robbery"].to_dict() == {
        "earlier": 13, "later": 12, "revision": 1, "new": 7, "withdrawn": 9,
    }  # fmt: skip
    assert found.months.loc[(MONTHS[1], "robbery")].to_dict() == {
        "earlier": 4, "later": 5, "change": 1,
    }  # fmt: skip


@pytest.mark.shared_data
def test_the_two_vintages_of_bedfordshire_are_told_apart(shared: Path, tmp_path: Path) -> None:
    ingest([shared / EARLIER, shared / BEDFORDSHIRE], into=tmp_path)
    store, force = Store.open(tmp_path), Area.named("bedfordshire-force")
    summer = Period.parse("2021-05..2021-09")
    found = store.revision(force, summer, "2021-08", "2023-12")
    counted = [Counter(), Counter()]
    for counter, name in zip(counted, (EARLIER, BEDFORDSHIRE), strict=True):
        for row in rows_of(shared / name):
            if "2021-05" <= row["Month"] <= "2021-09":
                counter[row["Crime type"], row["Month"] == "2021-09"] += 1
    before, after = counted
    for name in CRIME_TYPES:
        row = found.measures.loc[Measure.named(name).code]
        assert row["revision"] == after[name, False] - before[name, False], name
        assert row["new"] == after[name, True], name
        assert row["withdrawn"] == 0
    total = found.measures.loc["all-crime"]
    assert total["later"] - total["earlier"] == total["revision"] + total["new"]
    assert total["revision"] < 0 < total["new"]


@pytest.mark.shared_data
def test_the_split_agrees_with_the_method(shared: Path, tmp_path: Path) -> None:
    ingest([shared / EARLIER, shared / BEDFORDSHIRE], into=tmp_path)
    store, luton = Store.open(tmp_path), Area.named("luton")
    summer = Period.parse("2021-05..2021-09")
    known = [store.monthly(luton, months=summer, as_of=day) for day in ("2021-08", "2023-12")]
    by_method = revision(*(table["burglary"].dropna().astype(float) for table in known))
    found = store.revision(luton, summer, "2021-08", "2023-12").measures.loc["burglary"]
    assert found["revision"] == by_method.loc["revision", "change"]
    assert found["new"] == by_method.loc["new", "change"]
    with pytest.raises(StoreError, match="nothing of it was known by 2020-01"):
        store.revision(luton, summer, "2020-01", "2023-12")
