"""Small counts stay hidden, and nobody can work them out."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.errors import PublicationError
from cspanalysis.methods.disclosure import suppress
from cspanalysis.methods.disclosure_audit import audit


def frame(rows: list[list[Any]], *, totals: bool = False) -> pd.DataFrame:
    """A table with rows a, b, ... and columns p, q, ...; the last ones are totals if asked."""
    tall, wide = len(rows), len(rows[0])
    index = [*"abcdefgh"[: tall - totals], *["Total"] * totals]
    columns = [*"pqrstuvw"[: wide - totals], *["Total"] * totals]
    return pd.DataFrame(rows, index=index, columns=columns)


tables = st.integers(1, 5).flatmap(
    lambda wide: st.lists(
        st.lists(st.one_of(st.integers(0, 8), st.integers(0, 200)), min_size=wide, max_size=wide),
        min_size=1,
        max_size=6,
    )
)

# -- suppression ---------------------------------------------------------------------------------


def test_a_table_without_small_counts_gains_totals_only() -> None:
    found = suppress(frame([[5, 10], [0, 7]]))
    assert found.to_numpy().tolist() == [[5, 10, 15], [0, 7, 7], [5, 17, 22]]
    assert (found.dtypes == "Int64").all()
    assert found.index.tolist() == ["a", "b", "Total"]
    assert found.columns.tolist() == ["p", "q", "Total"]


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_small_is_from_one_to_below_the_threshold(count: int, hidden: bool) -> None:
    found = suppress(frame([[count, 50, 60], [70, 80, 90], [65, 75, 85]]))
    assert (found.iloc[0, 0] is pd.NA) == hidden
    assert found.isna().sum().sum() == (4 if hidden else 0)
    higher = suppress(frame([[count + 5, 50], [70, 80]]), threshold=10)
    assert (higher.iloc[0, 0] is pd.NA) == (count < 5)


def test_the_cheapest_rectangle_is_taken() -> None:
    # mates of a/p: the smallest that leave a span of five are a/q, b/p and b/q
    found = suppress(frame([[3, 20, 40], [25, 9, 60], [90, 80, 70]]))
    hidden = {
        (row, column) for row in found.index for column in found if pd.isna(found.loc[row, column])
    }
    assert hidden == {("a", "p"), ("a", "q"), ("b", "p"), ("b", "q")}


def test_a_rectangle_too_narrow_is_passed_over() -> None:
    # 1 can fall by 1 and rise by as much as its mates hold: with a mate of 3 the span is 4
    rows = [[1, 3, 40], [3, 9, 60], [90, 80, 70]]
    found = suppress(frame(rows))
    assert audit(found)["safe"].all()
    rows = [[None, None, 40, 44], [None, None, 60, 72], [90, 80, 70, 240], [94, 92, 170, 356]]
    narrow = frame(rows, totals=True)
    assert not audit(narrow, strict=False)["safe"].any()


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        # a/p, a/Total and Total/p are small: with them only the corner 11 need be hidden
        ([[2, 0], [0, 9]], ["-0-", "099", "-9-"]),
        # every small count has a mate among the small ones: no zero is hidden
        ([[0, 3], [0, 1]], ["0--", "0--", "0--"]),
        # b/p and Total/p: 6 and 6 cost 2 (2.45 + 1) = 6.9, 9 and 9 cost 2 (3 + 1) = 8
        ([[0, 0], [3, 6]], ["000", "--9", "--9"]),
        # b/r first: 9, 16 and 25 cost 3 + 4 + 5 + 3 = 15, 16 and 90 cost 4 + 9.49 + 2 = 15.49
        ([[9, 3, 16], [25, 90, 2]], ["---+", "---+", "++++"]),
        # a/T is hidden: 81 and 117 cost 10 + 11.8 = 21.8, 85 and 121 cost 10.2 + 12 = 22.2
        ([[4, 0], [81, 36]], ["-0-", "-+-", "+++"]),
        # b/p can rise by 5, as far as a/p can fall, and cannot fall: a span of 5 is enough
        ([[5, 0], [4, 9]], ["--5", "--+", "99+"]),
        # a/q can rise by 5 and fall by 4: a span of 9, at less than any total costs
        ([[7, 4], [9, 5]], ["--+", "--+", "+9+"]),
        # b/p can rise by 3 beside a/p and b/q, but a/q cannot fall: totals are hidden instead
        ([[3, 0], [2, 3]], ["-0-", "---", "--8"]),
        # the ones first: b/q with 3, 1 and the corner 12, which then serve b/p with Total/p too
        ([[9, 0], [2, 1]], ["909", "---", "---"]),
    ],
)
def test_what_is_hidden_costs_least(rows: list[list[int]], shown: list[str]) -> None:
    # a dash is a hidden count, a digit the count shown, a plus a shown count of two or more digits
    found = suppress(frame(rows))
    words = found.astype(object).map(
        lambda value: "-" if value is pd.NA else "+" if value > 9 else f"{value}"
    )
    assert words.sum(axis=1).tolist() == shown


def test_names_of_both_axes_stay() -> None:
    table = frame([[5, 10], [0, 7]]).rename_axis(index="ward", columns="offence")
    found = suppress(table)
    assert (found.index.name, found.columns.name) == ("ward", "offence")


def test_a_threshold_and_a_rounding_of_one_change_nothing() -> None:
    found = suppress(frame([[1, 2], [0, 3]]), threshold=1, round_to=1)
    assert found.to_numpy().tolist() == [[1, 2, 3], [0, 3, 3], [1, 5, 6]]


def test_small_totals_are_hidden_too() -> None:
    found = suppress(frame([[3, 0], [100, 90]]))
    assert pd.isna(found.loc["a", "Total"])
    assert pd.isna(found.loc["a", "p"])
    assert audit(found)["safe"].all()


def test_one_row_or_column_is_protected_with_its_totals() -> None:
    for rows in ([[3, 50, 60]], [[3], [50], [60]], [[2]]):
        assert audit(suppress(frame(rows)))["safe"].all()


def test_rounding_goes_to_the_nearest_multiple() -> None:
    found = suppress(frame([[12, 13], [0, 97]]), round_to=5)
    assert found.to_numpy().tolist() == [[10, 15, 25], [0, 95, 95], [10, 110, 120]]
    assert suppress(frame([[15, 14]]), round_to=10).iloc[0].tolist() == [20, 10, 30]


@settings(deadline=None, max_examples=60)
@given(tables, st.sampled_from([3, 5, 10]))
def test_what_is_suppressed_passes_the_audit(rows: list[list[int]], threshold: int) -> None:
    found = suppress(frame(rows), threshold=threshold)
    report = audit(found, threshold=threshold)
    whole = np.array(rows, dtype=float)
    whole = np.vstack([whole, whole.sum(axis=0)])
    whole = np.column_stack([whole, whole.sum(axis=1)])
    shown = found.astype(float).to_numpy()
    small = (whole > 0) & (whole < threshold)
    assert np.isnan(shown[small]).all()
    assert (shown == whole)[~np.isnan(shown)].all()
    assert len(report) == np.isnan(shown).sum()
    truth = whole[np.isnan(shown)]
    assert (report["lower"] <= truth).all()
    assert (report["upper"] >= truth).all()


@settings(deadline=None, max_examples=25)
@given(tables)
def test_what_is_rounded_passes_the_audit(rows: list[list[int]]) -> None:
    assert audit(suppress(frame(rows), round_to=5), round_to=5)["safe"].all()


@pytest.mark.parametrize(
    ("table", "options", "words"),
    [
        (frame([[1, -1]]), {}, "table: -1 at position 1 is negative"),
        (frame([[1, 0.5]]), {}, "table: 0.5 at position 1 is not a whole number"),
        (frame([[1, None]]), {}, "table: nan at position 1 is missing"),
        (frame([[1, 2]]), {"threshold": 0}, "threshold: 0 is below 1; give a whole number from 1"),
        (frame([[1, 2]]), {"round_to": 0}, "round_to: 0 is below 1"),
        (frame([[1, 2]]), {"total": "p"}, "table: a column .*, or is named 'p'; rename it$"),
        (frame([[1, 2]]), {"total": "a"}, "table: a row .*, or is named 'a'; rename it$"),
        (pd.DataFrame([[1], [2]], index=["a", "a"]), {}, "table: a row stands there twice"),
        (pd.DataFrame([[1, 2]], columns=["p", "p"]), {}, "table: a column stands there twice"),
        (pd.DataFrame(), {}, "table: empty; give at least one value"),
    ],
)
def test_suppress_refuses(table: pd.DataFrame, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=f"^{words}"):
        suppress(table, **options)


# -- audit ---------------------------------------------------------------------------------------


def test_a_single_hidden_count_is_worked_out() -> None:
    table = frame([[None, 40, 43], [20, 9, 29], [23, 49, 72]], totals=True)
    found = audit(table, strict=False)
    assert found[["row", "column", "lower", "upper", "width"]].to_numpy().tolist() == [
        ["a", "p", 3, 3, 0]
    ]
    with pytest.raises(PublicationError, match=r"row 'a', column 'p' is 3 to 3.*Suppress more"):
        audit(table)


def test_span_decides_at_the_threshold() -> None:
    # a/p + a/q = 5 and so on: every hidden count is 0 to 5, a span of 5
    table = frame([[None, None, 5], [None, None, 95], [50, 50, 100]], totals=True)
    assert audit(table, threshold=5)["width"].tolist() == [5, 5, 5, 5]
    assert not audit(table, threshold=6, strict=False)["safe"].any()


def test_hidden_total_without_limit() -> None:
    table = frame([[None, None], [None, None]], totals=True)
    found = audit(table)
    assert found["lower"].tolist() == [0] * 4
    assert np.isinf(found["upper"]).all()


def brute_force(table: pd.DataFrame, most: int) -> dict[tuple[str, str], tuple[int, int]]:
    """Try every count from 0 to ``most`` in each hidden cell."""
    values = table.to_numpy(dtype=float)
    hidden = np.argwhere(np.isnan(values))
    tried = np.array(list(itertools.product(range(most + 1), repeat=len(hidden))), dtype=float)
    filled = np.broadcast_to(values, (len(tried), *values.shape)).copy()
    filled[:, hidden[:, 0], hidden[:, 1]] = tried
    fits = (filled[:, :, :-1].sum(2) == filled[:, :, -1]).all(1)
    fits &= (filled[:, :-1].sum(1) == filled[:, -1]).all(1)
    left = tried[fits]
    names = [(table.index[row], table.columns[column]) for row, column in hidden]
    return {name: (left[:, i].min(), left[:, i].max()) for i, name in enumerate(names)}


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=3, max_size=3),
    st.lists(st.integers(0, 8), min_size=4, max_size=5, unique=True),
)
def test_bounds_are_those_of_every_possible_table(rows: list[list[int]], hide: list[int]) -> None:
    whole = np.array(rows, dtype=float)
    whole = np.vstack([whole, whole.sum(axis=0)])
    whole = np.column_stack([whole, whole.sum(axis=1)])
    for cell in hide:
        whole[cell // 3, cell % 3] = np.nan
    table = frame(whole.tolist(), totals=True)
    expected = brute_force(table, most=12)
    for line in audit(table, strict=False).itertuples():
        assert (line.lower, line.upper) == expected[line.row, line.column]


def test_one_edition_gives_away_what_another_hides() -> None:
    hidden = frame([[None, None, 43], [None, None, 29], [23, 49, 72]], totals=True)
    assert audit(hidden)["safe"].all()
    other = frame([[3, 40, 43], [20, 9, 29], [23, 49, 72]], totals=True)
    found = audit(hidden, other, strict=False)
    assert found["width"].tolist() == [0, 0, 0, 0]
    assert found["lower"].tolist() == [3, 40, 20, 9]
    with pytest.raises(PublicationError):
        audit(hidden, other)


def test_difference_of_two_totals_gives_a_row_away() -> None:
    # with row c and without it: the totals differ by the row, 2 and 6
    hidden = frame([[10, 20, 30], [None, None, 9], [None, None, 8], [16, 31, 47]], totals=True)
    assert audit(hidden)["safe"].all()
    without = frame([[10, 20, 30], [None, None, 9], [14, 25, 39]], totals=True)
    assert audit(without, strict=False)["safe"].tolist() == [False, False]
    both = audit(hidden, without, strict=False)
    assert both.set_index(["row", "column"]).loc[("c", "p"), "lower"] == 2
    assert both["width"].tolist() == [0, 0, 0, 0]


def test_rounded_cells_stand_for_what_rounds_to_them() -> None:
    # 10 stands for 8 to 12, 45 for 43 to 47: the hidden one is 31 to 39
    table = frame([[None, 10, 45], [35, 10, 45]], totals=True)
    found = audit(table, round_to=5, strict=False)
    assert found[["lower", "upper"]].to_numpy().tolist() == [[33, 37]]
    row = frame([[None, 10, 45], [None, 10, 45]], totals=True)
    assert audit(row, round_to=5)[["lower", "upper"]].to_numpy().tolist() == [[31, 39], [31, 39]]
    even = frame([[None, 10, 50], [None, 10, 50]], totals=True)
    # tens: 10 stands for 5 to 14, 50 for 45 to 54
    assert audit(even, round_to=10)["lower"].tolist() == [31, 31]
    assert audit(even, round_to=10)["upper"].tolist() == [49, 49]


def limits(found: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    """Smallest and largest count by row and column."""
    return {
        (line.row, line.column): (line.lower, line.upper) for line in found.itertuples(index=False)
    }


def test_several_sums_together_give_a_count_away() -> None:
    # rows a and b less columns p and q leave b/r: (5 + 12) - (6 + 5) = 6; one sum alone gives 1 to
    # 12. With y = a/p: a/q = 5 - y, b/p = 6 - y, b/q = y; with x = c/r: d/r = 16 - x,
    # c/s = 15 - x, d/s = x - 2
    table = frame(
        [
            [None, None, 10, 10, 25],
            [None, None, None, 10, 22],
            [10, 10, None, None, 35],
            [10, 10, None, None, 34],
            [26, 25, 32, 33, 116],
        ],
        totals=True,
    )
    found = audit(table, strict=False)
    assert limits(found) == {
        ("a", "p"): (0, 5), ("a", "q"): (0, 5),
        ("b", "p"): (1, 6), ("b", "q"): (0, 5), ("b", "r"): (6, 6),
        ("c", "r"): (2, 15), ("c", "s"): (0, 13), ("d", "r"): (1, 14), ("d", "s"): (0, 13),
    }  # fmt: skip
    assert found.loc[~found["safe"], ["row", "column"]].to_numpy().tolist() == [["b", "r"]]


def test_bounds_between_whole_counts_move_inwards() -> None:
    # the rows two by two add up to 3 to 7 (published as 5); so twice a is at most 7 + 7 - 3 = 11,
    # and twice the sum of the three is 9 to 21
    pairs = [
        pd.DataFrame(
            [[None, None], [None, None], [5, 5]], index=[*two, "Total"], columns=["p", "Total"]
        )
        for two in ("ab", "bc", "ac")
    ]
    whole = frame([[None, None]] * 4, totals=True)
    found = limits(audit(whole, *pairs, round_to=5))
    expected = {"a": (0, 5), "b": (0, 5), "c": (0, 5), "Total": (5, 10)}
    assert found == {
        (row, column): ends for row, ends in expected.items() for column in ("p", "Total")
    }


def test_rounded_to_nothing_stands_for_none_to_two() -> None:
    table = frame([[None, 0, 5], [None, 0, 5]], totals=True)
    assert limits(audit(table, round_to=5, strict=False))["a", "p"] == (1, 7)


def test_an_audit_of_nothing_hidden_is_empty() -> None:
    found = audit(frame([[1, 2, 3], [1, 2, 3]], totals=True))
    assert found.columns.tolist() == ["row", "column", "lower", "upper", "width", "safe"]
    assert found.empty


def test_totals_may_have_another_label() -> None:
    table = frame([[None, None, 9], [None, None, 9], [9, 9, 18]], totals=True)
    table = table.rename(index={"Total": "All"}, columns={"Total": "All"})
    table.loc["a", "All"] = table.loc["b", "All"] = None
    found = audit(table, total="All")
    assert found["column"].tolist() == ["p", "q", "All"] * 2
    # 0 to 9 in each cell, 0 to 18 in each row
    assert found["upper"].tolist() == [9, 9, 18] * 2


def test_the_first_three_pinned_counts_are_named() -> None:
    # each stands alone in its row
    table = frame([[None, 9], [None, 8], [None, 7], [None, 6], [30, 30]], totals=True)
    with pytest.raises(PublicationError) as raised:
        audit(table, threshold=3)
    assert str(raised.value) == (
        "table: 4 suppressed counts can be worked out to less than 3: "
        "row 'a', column 'p' is 9 to 9; row 'b', column 'p' is 8 to 8; "
        "row 'c', column 'p' is 7 to 7. Suppress more, or round"
    )


def test_a_span_of_the_default_threshold_is_safe() -> None:
    five = frame([[None, None, 5], [None, None, 95], [50, 50, 100]], totals=True)
    assert audit(five)["safe"].all()
    four = frame([[None, None, 4], [None, None, 96], [50, 50, 100]], totals=True)
    with pytest.raises(PublicationError, match=r"4 suppressed .* column 'p' is 0 to 4"):
        audit(four)


@pytest.mark.parametrize(
    ("editions", "words"),
    [
        ([frame([[1, 2], [1, 2]])], "edition 1: last row must be 'Total', each label once$"),
        ([pd.DataFrame()], "edition 1: last row must be 'Total'"),
        (
            [
                frame([[1, 1], [1, 1]], totals=True),
                pd.DataFrame([[1], [1]], index=["a", "Total"], columns=["p"]),
            ],
            "edition 2: last column must be 'Total'",
        ),
        (
            [pd.DataFrame([[1], [1], [2]], index=["a", "a", "Total"], columns=["Total"])],
            "edition 1: last row .* each label once",
        ),
        (
            [frame([[0.5, 0.5], [0.5, 0.5]], totals=True)],
            "edition 1: 0.5 at position 0 is not a wh",
        ),
        (
            [frame([[1, 2, 4], [1, 2, 4]], totals=True)],
            "^what is published contradicts itself: were counts revised in between",
        ),
        (
            [
                frame([[1, 2, 3], [1, 2, 3]], totals=True),
                frame([[2, 2, 4], [2, 2, 4]], totals=True),
            ],
            "contradicts itself",
        ),
        (  # a and b hide 500 + 501, p and q 501 + 501; c, d, r and s are one off the other way
            [
                frame(
                    [
                        [None, None, 0, 0, 500],
                        [None, None, 0, 0, 501],
                        [0, 0, None, None, 501],
                        [0, 0, None, None, 501],
                        [501, 501, 500, 501, 2003],
                    ],
                    totals=True,
                )
            ],
            r"^what is published contradicts itself: were counts revised\?$",
        ),
        ([frame([[None, 9, 3], [None, 9, 3]], totals=True)], "contradicts itself"),
    ],
)
def test_audit_refuses(editions: list[pd.DataFrame], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        audit(*editions)


def test_a_table_of_thirty_by_fifteen_in_two_seconds() -> None:
    import time

    rng = np.random.default_rng(2)
    counts = rng.negative_binomial(1, 1 / 4, (30, 15))
    table = pd.DataFrame(counts, index=range(30), columns=[f"c{i}" for i in range(15)])
    published = suppress(table)
    assert published.isna().sum().sum() > 200
    start = time.process_time()
    audit(published)
    assert time.process_time() - start < 2


def test_a_bound_of_nothing_is_zero_without_a_sign():
    table = pd.DataFrame({"theft": [1, 0, 0, 0], "drugs": [2, 2, 0, 7], "arson": [0, 3, 0, 0]})
    found = audit(suppress(table))
    assert (found["lower"] == 0).any()
    assert not np.signbit(found["lower"]).any()
