"""Harm of counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.methods.harm_index import harm, harm_ratio, harm_total


def table(**changes: Any) -> pd.DataFrame:
    rows = {"measure": ["robbery", "shoplifting", "arson"], "weight": [746, 13, 185]}
    return pd.DataFrame(rows | {"table": "worked example", "version": "2016"} | changes)


COUNTS = pd.Series({"shoplifting": 200, "robbery": 17})


def test_harm_by_hand() -> None:
    found = harm(COUNTS, table())
    assert found.index.tolist() == ["robbery", "shoplifting"]
    assert found["harm"].tolist() == [12682, 2600]
    assert found["weight"].tolist() == [746, 13]
    assert found["share"].tolist() == pytest.approx([12682 / 15282, 2600 / 15282])
    assert found["count_share"].tolist() == pytest.approx([17 / 217, 200 / 217])
    assert set(found["table"]) == {"worked example"}
    assert set(found["version"]) == {"2016"}
    assert not found["example"].any()


def test_total_by_hand() -> None:
    found = harm_total(COUNTS, table()).iloc[0]
    half = 1.959964 * np.sqrt(746**2 * 17 + 13**2 * 200)
    assert found["total"] == 15282
    assert found["lower"] == pytest.approx(15282 - half, rel=1e-7)
    assert found["upper"] == pytest.approx(15282 + half, rel=1e-7)
    wide = harm_total(COUNTS, table(), confidence=0.998).iloc[0]
    assert wide["upper"] - 15282 == pytest.approx(half * 3.090232 / 1.959964, rel=1e-6)
    assert found["version"] == "2016"


def test_lower_limit_stops_at_zero() -> None:
    assert harm_total(pd.Series({"robbery": 1}), table())["lower"].tolist() == [0]


def test_example_weights_stay_marked() -> None:
    assert harm(COUNTS, table(example=True))["example"].all()
    assert harm_total(COUNTS, table(example=True))["example"].all()


def test_shipped_table_is_marked_as_an_example() -> None:
    file = Path(__file__).parents[2] / "data" / "reference" / "harm-weights-example.csv"
    shipped = pd.read_csv(file, comment="#")
    found = harm(COUNTS, shipped)
    assert found["harm"].to_dict() == {"robbery": 17 * 365, "shoplifting": 200 * 1}
    assert found["example"].all()
    assert found["table"].str.startswith("Example").all()


def test_the_frame_says_which_table_weighed_it():
    found = harm(
        pd.Series({"theft": 1, "fraud": 2, "arson": 2}),
        pd.DataFrame(
            {"measure": ["arson", "fraud", "theft"], "weight": [1.0, 1.0, 2.0], "table": "own",
             "version": "3", "example": [False, True, False]},
            index=[7, 8, 9],
        ),
    )  # fmt: skip
    assert found.index.name == "measure"
    assert list(found.index) == ["theft", "fraud", "arson"]  # equal harm stays in order
    assert found[["table", "version"]].drop_duplicates().to_numpy().tolist() == [["own", "3"]]
    assert found["example"].tolist() == [True] * 3


def test_a_missing_count_leaves_the_total_and_its_limits_open():
    weights = pd.DataFrame(
        {"measure": ["theft", "arson"], "weight": [2.0, 3.0], "table": "own", "version": "1"}
    )
    row = harm_total(pd.Series({"theft": 4, "arson": None}), weights)
    assert row.index.tolist() == [0]
    assert row[["total", "lower", "upper"]].isna().all(axis=None)
    nothing = harm(pd.Series({"theft": 0, "arson": 0}), weights)
    assert nothing["share"].isna().all()
    assert not nothing["example"].any()
    tenth = harm(pd.Series({"theft": 1, "arson": 0}), weights.assign(weight=0.1))
    assert tenth["share"].tolist() == [1, 0]


@pytest.mark.shared_data
def test_shipped_weights_are_the_published_ones(shared: Path) -> None:
    file = Path(__file__).parents[2] / "data" / "reference" / "harm-weights-example.csv"
    shipped = pd.read_csv(file, comment="#")
    rows = pd.read_csv(shared / "reference_values" / "harm_weights.csv", comment="#")
    rows = rows[rows["index"] == "CCHI_2026_SUBGROUP_MEDIAN"]
    published = rows.set_index("offence_or_subgroup")["weight"]
    for row in shipped.itertuples():
        for subgroup in row.subgroup.removesuffix(" (the same)").split("; "):
            assert published[subgroup] == row.weight, row.measure


def test_ratio_by_hand() -> None:
    before, after = COUNTS, pd.Series({"robbery": 34, "shoplifting": 100})
    row = harm_ratio(before, after, table(), exposure_before=365, exposure_after=366).iloc[0]
    totals = 17 * 746 + 200 * 13, 34 * 746 + 100 * 13
    ratio = totals[1] / 366 / (totals[0] / 365)
    spread = sum(
        (746**2 * r + 13**2 * s) / total**2
        for (r, s), total in zip(((17, 200), (34, 100)), totals, strict=True)
    )
    assert (row["before"], row["after"]) == totals
    assert row["ratio"] == pytest.approx(ratio)
    assert row["lower"] == pytest.approx(ratio * np.exp(-1.959964 * np.sqrt(spread)), rel=1e-6)
    wide = harm_ratio(before, after, table(), dispersion=4).iloc[0]
    plain = harm_ratio(before, after, table()).iloc[0]
    assert np.log(wide["upper"] / wide["ratio"]) == pytest.approx(
        2 * np.log(plain["upper"] / plain["ratio"])
    )


def test_ratio_of_nothing_is_missing_and_what_is_off_is_refused() -> None:
    nothing = pd.Series({"robbery": 0, "shoplifting": 0})
    assert harm_ratio(nothing, COUNTS, table())[["ratio", "p_value"]].isna().all(axis=None)
    assert harm_ratio(COUNTS, nothing, table())[["ratio", "p_value"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="measures differ"):
        harm_ratio(COUNTS, COUNTS.iloc[:1], table())
    with pytest.raises(ValueError, match="dispersion: below 1"):
        harm_ratio(COUNTS, COUNTS, table(), dispersion=0.5)


@settings(max_examples=25, deadline=None)
@given(count=st.integers(1, 5000), grown=st.integers(1, 5000))
def test_one_measure_moves_as_its_counts(count: int, grown: int) -> None:
    row = harm_ratio(pd.Series({"arson": count}), pd.Series({"arson": grown}), table()).iloc[0]
    assert row["ratio"] == pytest.approx(grown / count)
    assert row["lower"] <= row["ratio"] <= row["upper"]


def test_nothing_counted_and_missing_counts() -> None:
    nothing = harm(COUNTS * 0, table())
    assert nothing["harm"].tolist() == [0, 0]
    assert nothing[["share", "count_share"]].isna().all(axis=None)
    assert harm_total(COUNTS * 0, table())["total"].tolist() == [0]
    holed = COUNTS.astype(float)
    holed["robbery"] = np.nan
    found = harm(holed, table())
    assert found["harm"].loc["shoplifting"] == 2600
    assert found["share"].isna().all()
    assert harm_total(holed, table())[["total", "lower", "upper"]].isna().all(axis=None)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 9))
def test_harm_scales_with_weights_and_shares_do_not(one: int, other: int, times: int) -> None:
    counts = pd.Series({"robbery": one, "arson": other})
    once, scaled = harm(counts, table()), harm(counts, table(weight=[746 * times, 13, 185 * times]))
    assert scaled["harm"].sum() == pytest.approx(times * once["harm"].sum())
    pd.testing.assert_series_equal(once["share"], scaled["share"])


@pytest.mark.parametrize(
    ("counts", "weights", "words"),
    [
        (COUNTS, table().drop(columns="version"), "no column 'version'"),
        (COUNTS, table(version=["1", "1", "2"]), "more than one table or version"),
        (COUNTS, table(table=["a", "b", "b"]), "more than one table or version"),
        (COUNTS, table(measure=["robbery", "robbery", "shoplifting"]), "'robbery' stands there"),
        (pd.Series({"fraud": 1, "treason": 2}), table(), "none for fraud, treason"),
        (COUNTS, table(weight=[-1, 1, 1]), "negative"),
        (COUNTS, table(weight=[np.nan, 1, 1]), "missing"),
        (pd.Series([1, 2], index=["arson", "arson"]), table(), "counts: a measure stands there"),
        (COUNTS + 0.5, table(), "not a whole number"),
    ],
)
def test_harm_refuses(counts: pd.Series, weights: pd.DataFrame, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        harm(counts, weights)
