"""Concentration, hot spots and the accuracy of maps."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspanalysis.errors import UsageError
from cspanalysis.methods.places import (
    concentration,
    generalised_gini,
    gini,
    hot_spots,
    prediction_accuracy_index,
)

counts = st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(any)
CASES = {
    "1,1,1,1": [1, 1, 1, 1],
    "sparse 3 crimes 10 places": [1, 1, 1] + [0] * 7,
    "20,10,5,3,2,1,1,0..0(93)": [20, 10, 5, 3, 2, 1, 1] + [0] * 93,
}


# -- Gini ----------------------------------------------------------------------------------------


@pytest.mark.shared_data
def test_gini_agrees_with_the_published_formula(shared: Path) -> None:
    reference = pd.read_csv(shared / "reference_values" / "gini.csv", comment="#")
    assert set(reference["case"]) == set(CASES)
    for row in reference.itertuples():
        found = CASES[str(row.case)]
        values = [
            gini(found), gini(found, unbiased=True),
            generalised_gini(found), generalised_gini(found, unbiased=True),
        ]  # fmt: skip
        expected = [row.gini, row.gini_unbiased, row.gen_gini, row.gen_gini_unbiased]
        np.testing.assert_allclose(values, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("found", "plain", "unbiased", "general", "general_unbiased"),
    [
        # sorted 0 1 3: 2 (1x0 + 2x1 + 3x3)/(3x4) - 4/3 = 1/2; more crimes than places
        ([3, 0, 1], 1 / 2, 3 / 4, 1 / 2, 3 / 4),
        # sorted 0 0 0 2: 2x8/(4x2) - 5/4 = 3/4; N/C = 2: 2 (3/4 - 1) + 1 = 1/2; min(N, C) = 2
        ([0, 2, 0, 0], 3 / 4, 1, 1 / 2, 1),
        ([7], 0, np.nan, 0, np.nan),
        ([0, 1, 0], 2 / 3, 1, 0, np.nan),
        ([0, 0], np.nan, np.nan, np.nan, np.nan),
    ],
)
def test_gini_by_hand(
    found: list[int], plain: float, unbiased: float, general: float, general_unbiased: float
) -> None:
    assert gini(found) == pytest.approx(plain, nan_ok=True)
    assert gini(found, unbiased=True) == pytest.approx(unbiased, nan_ok=True)
    assert generalised_gini(found) == pytest.approx(general, nan_ok=True)
    answer = generalised_gini(found, unbiased=True)
    assert answer == pytest.approx(general_unbiased, nan_ok=True)


@given(counts, st.integers(1, 9), st.randoms())
def test_gini_ignores_unit_order_and_copies(found: list[int], times: int, dice: Any) -> None:
    shuffled = found.copy()
    dice.shuffle(shuffled)
    assert gini([times * x for x in shuffled]) == pytest.approx(gini(found))
    assert gini(found * times) == pytest.approx(gini(found))


@given(counts)
def test_gini_stays_in_bounds(found: list[int]) -> None:
    assert 0 <= gini(found) < 1
    assert 0 <= generalised_gini(found) <= gini(found) + 1e-12
    assert gini(found, unbiased=True) <= 1 + 1e-12


@given(counts)
def test_a_crime_that_moves_to_the_busiest_place_concentrates(found: list[int]) -> None:
    moved = sorted(found)
    donor = next(i for i, x in enumerate(moved) if x)
    if donor < len(moved) - 1:
        moved[donor] -= 1
        moved[-1] += 1
        assert gini(moved) > gini(found)


def test_rates_have_a_gini_but_no_generalised_one() -> None:
    assert gini([0.5, 1.5]) == pytest.approx(0.25)
    with pytest.raises(ValueError, match="not a whole number"):
        generalised_gini([0.5, 1.5])


@pytest.mark.parametrize("wrong", [[1, np.nan], [1, -1], [], [[1, 2], [3, 4]], [1, np.inf]])
def test_gini_and_concentration_refuse_what_is_no_row_of_counts(wrong: Any) -> None:
    for method in (gini, concentration):
        with pytest.raises(ValueError, match="counts"):
            method(wrong)


# -- concentration -------------------------------------------------------------------------------


def test_concentration_by_hand() -> None:
    found = concentration([2, 0, 10, 1, 5, 2, 0, 0, 0, 0], shares=(0.25, 0.5, 0.51, 0.9, 1))
    assert found.shares["places"].tolist() == [1, 1, 2, 4, 5]
    assert found.shares["place_share"].tolist() == [0.1, 0.1, 0.2, 0.4, 0.5]
    assert found.shares["crime_share"].tolist() == [0.25, 0.5, 0.51, 0.9, 1]
    held = [0, 0.5, 0.75, 0.85, 0.95, 1, 1, 1, 1, 1, 1]
    np.testing.assert_allclose(found.curve["crime_share"], held)
    np.testing.assert_allclose(found.curve["place_share"], np.arange(11) / 10)


def test_share_reached_exactly_needs_no_further_place() -> None:
    tenths = concentration([1] * 10, shares=(0.1, 0.3, 0.6, 0.7))
    assert tenths.shares["places"].tolist() == [1, 3, 6, 7]
    assert concentration([1] * 4).shares["crime_share"].tolist() == [0.25, 0.5]


def test_nothing_counted_has_no_concentration() -> None:
    found = concentration([0, 0])
    assert found.shares[["places", "place_share"]].isna().all(axis=None)
    assert found.curve["crime_share"].tolist()[0] == 0
    assert found.curve["crime_share"].iloc[1:].isna().all()


@pytest.mark.parametrize("share", [0, -0.1, 1.1, 25])
def test_shares_are_shares(share: float) -> None:
    with pytest.raises(ValueError, match="above 0 up to 1"):
        concentration([1, 2], shares=(share,))


@given(counts)
def test_area_between_curve_and_diagonal_is_the_gini(found: list[int]) -> None:
    curve = concentration(found).curve
    area = np.trapezoid(curve["crime_share"], curve["place_share"])
    assert 2 * (area - 0.5) == pytest.approx(gini(found), abs=1e-12)


# -- accuracy of a map ---------------------------------------------------------------------------


def test_accuracy_agrees_with_ptools() -> None:
    found = prediction_accuracy_index([6, 3, 0], [3, 2, 1])
    assert found["pai"].tolist() == pytest.approx([2, 1.5, 1])
    assert found["pei"].tolist() == pytest.approx([1, 1, 1])


def test_accuracy_by_hand() -> None:
    # densities 4, 8, 1: the second place first. Shares of crime .3, .8, 1; of size .2, .6, 1
    found = prediction_accuracy_index([5, 3, 2], [8, 8, 2], size=[2, 1, 2])
    assert found.index.tolist() == [1, 0, 2]
    assert found["crime_share"].tolist() == pytest.approx([0.3, 0.8, 1])
    assert found["size_share"].tolist() == pytest.approx([0.2, 0.6, 1])
    assert found["pai"].tolist() == pytest.approx([1.5, 4 / 3, 1])
    # the best order is by density of what came: 3, 2.5, 1, which is the same
    assert found["pei"].tolist() == pytest.approx([1, 1, 1])
    worst = prediction_accuracy_index([5, 3, 2], [1, 0, 9], size=[2, 1, 2])
    assert worst["pai"].tolist() == pytest.approx([0.5, 0.7 / 0.8, 1])
    assert worst["pei"].tolist() == pytest.approx([0.5 / 1.5, 0.875 / (4 / 3), 1])


def test_accuracy_of_nothing_is_missing() -> None:
    assert prediction_accuracy_index([0, 0], [1, 2])["pai"].isna().all()


@pytest.mark.parametrize(
    ("observed", "predicted", "size", "words"),
    [
        ([1, 2], [1], None, "lengths differ"),
        ([1, 2], [1, 2], [1, 2, 3], "lengths differ"),
        ([1, 2], [1, 2], [1, 0], "size 0"),
        ([1, np.nan], [1, 2], None, "observed: nan at position 1 is missing"),
    ],
)
def test_accuracy_refuses(observed: Any, predicted: Any, size: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        prediction_accuracy_index(observed, predicted, size=size)


# -- hot spots -----------------------------------------------------------------------------------

POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
VALUES = np.array([2, 3, 3.2, 5, 8, 7])


def points() -> tuple[pd.DataFrame, Any]:
    geopandas = pytest.importorskip("geopandas")
    codes = list("abcdef")
    shapes = geopandas.GeoSeries(geopandas.points_from_xy(*zip(*POINTS, strict=True)), index=codes)
    return pd.DataFrame({"count": VALUES}, index=codes), shapes


def grid(side: int) -> Any:
    geopandas = pytest.importorskip("geopandas")
    from shapely.geometry import box

    return geopandas.GeoSeries([box(i, j, i + 1, j + 1) for i in range(side) for j in range(side)])


def test_getis_ord_agrees_with_pysal() -> None:
    frame, shapes = points()
    found = hot_spots(frame, shapes, distance=15, star=False, standardise=True)
    assert found["z"].loc["a"] == pytest.approx(-0.62074534, abs=1e-8)


def test_getis_ord_star_by_its_formula() -> None:
    frame, shapes = points()
    apart = np.linalg.norm(np.subtract.outer(POINTS, POINTS).diagonal(axis1=1, axis2=3), axis=2)
    near = (apart <= 15).astype(float)
    mean, spread = VALUES.mean(), np.sqrt((VALUES**2).mean() - VALUES.mean() ** 2)
    total = near.sum(1)
    z = (near @ VALUES - mean * total) / (spread * np.sqrt((6 * total - total**2) / 5))
    found = hot_spots(frame, shapes, distance=15)
    np.testing.assert_allclose(found["z"], z, rtol=1e-10)
    # z = 2.0242 is two-sided p = 0.0429; times 6 places over rank 1
    assert found["p_value"].loc["f"] == pytest.approx(0.042945, abs=1e-6)
    assert found["p_adjusted"].loc["f"] == pytest.approx(6 * 0.042945, abs=6e-6)
    assert (found["spot"] == "none").all()


def test_a_warm_corner_and_a_cold_one_are_found() -> None:
    values = np.full((10, 10), 20)
    values[:4, :4], values[6:, 6:] = 60, 0
    found = hot_spots(pd.DataFrame({"rate": values.ravel()}), grid(10), value="rate")
    spot = found["spot"].to_numpy().reshape(10, 10)
    assert (spot[:3, :3] == "hot").all()
    assert (spot[7:, 7:] == "cold").all()
    assert (spot[:4, 6:] == "none").all()
    strict = hot_spots(pd.DataFrame({"count": values.ravel()}), grid(10), false_discovery=1e-12)
    assert (strict["spot"] == "none").all()


def test_five_per_cent_of_false_alarms_is_put_up_with() -> None:
    counts = np.random.default_rng(6).poisson(20, 25)
    counts[[0, 1, 5, 6]] += 15
    frame = pd.DataFrame({"count": counts})
    usual = hot_spots(frame, grid(5))
    near = usual["p_adjusted"].between(0.05, 0.055)
    assert near.sum() == 1
    assert (usual["spot"][near] == "none").all()
    assert (hot_spots(frame, grid(5), false_discovery=0.055)["spot"][near] == "hot").all()


def test_order_of_the_shapes_does_not_matter() -> None:
    frame, shapes = points()
    pd.testing.assert_frame_equal(
        hot_spots(frame, shapes.iloc[::-1], distance=15), hot_spots(frame, shapes, distance=15)
    )


def test_place_without_neighbours() -> None:
    frame, shapes = points()
    alone = hot_spots(frame, shapes, distance=10.5, star=False)
    assert alone["z"].isna().tolist() == [False, False, True, True, False, False]
    assert (alone["spot"].loc[["c", "d"]] == "none").all()
    assert alone["p_adjusted"].notna().sum() == 4
    assert hot_spots(frame, shapes, distance=10.5)["z"].notna().all()


def test_values_all_alike_have_no_spots() -> None:
    frame, shapes = points()
    found = hot_spots(frame.assign(count=4), shapes, distance=15)
    assert found["z"].isna().all()
    assert (found["spot"] == "none").all()


def test_hot_spots_refuse() -> None:
    frame, shapes = points()
    for wrong, words in [
        (frame.rename(columns={"count": "n"}), "no column 'count'"),
        (frame.head(2), "at least three places"),
        (frame.rename(index={"b": "a"}), "each once"),
        (frame.rename(index={"b": "x"}), "no shape for 'x' and 0 others"),
        (frame.assign(count=-1), "negative"),
    ]:
        with pytest.raises(ValueError, match=words):
            hot_spots(wrong, shapes, distance=15)


def test_absent_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    frame, shapes = points()
    found = builtins.__import__

    def without_esda(name: str, *rest: Any, **options: Any) -> Any:
        if name.startswith("esda"):
            raise ImportError(name)
        return found(name, *rest, **options)

    monkeypatch.delitem(sys.modules, "esda.getisord", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_esda)
    with pytest.raises(UsageError, match=r"cspanalysis\[places\]"):
        hot_spots(frame, shapes, distance=15)
