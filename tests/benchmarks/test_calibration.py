"""The benchmark of false alarms and power: a small run of its parts, and how results are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.calibration.__main__ import main, with_parts
from benchmarks.calibration.judgements import ranks, targets, wards
from benchmarks.calibration.levels import watch_found
from benchmarks.calibration.reports import Cell, measured


def test_a_report_in_which_much_doubled_says_so() -> None:
    lines = measured(Cell("Poisson", 12, 2.0), 4, np.random.default_rng(1))
    large = lines[(lines["truth"] == 2.0) & (lines["size"] >= 300)]
    assert (large["word"] == "higher").all()
    still = lines[lines["truth"] == 1.0]
    assert still["word"].isin(["higher", "lower"]).mean() <= 0.1


def test_a_rise_of_thirty_per_cent_is_mostly_found_by_the_watch() -> None:
    found = watch_found(1, np.random.default_rng(2)).set_index("noise")
    assert found.loc["Poisson"].item() >= 0.9


def test_chances_of_standing_first_are_kept() -> None:
    found = ranks(40, np.random.default_rng(3))
    gap = (found["said on average"] - found["first"]).abs()
    assert gap.iloc[0] < 0.02
    assert gap.max() < 0.3


def test_targets_are_met_where_the_level_lies_far_below() -> None:
    found = targets(4, np.random.default_rng(4)).set_index(
        ["true level to the target", "counts a year"]
    )
    assert found.loc[("100%", "1,000"), "met"] < 0.06
    assert found.loc[("80%", "1,000"), "met"] > 0.8


def test_wards_that_stay_are_seldom_told() -> None:
    found = wards(20, np.random.default_rng(5)).set_index("change")
    assert found.loc[1.0, "reports with a clear word of what stayed"] <= 0.15
    assert found.loc[2.0, "clear"] > 0.3


def test_parts_of_results_are_replaced_and_the_others_kept() -> None:
    text = with_parts("", {"charts": "old", "words": "kept"})
    text = with_parts(text, {"charts": "new"})
    assert text.index("kept") < text.index("new")
    assert "old" not in text
    assert with_parts(text, {}) == text


def test_a_part_says_how_it_was_written(tmp_path: Path) -> None:
    results = tmp_path / "RESULTS.md"
    main(["charts", "--reports", "2", "--seed", "7", "--results", str(results)])
    told = results.read_text(encoding="utf-8")
    assert "python -m benchmarks.calibration charts --reports 2 --seed 7" in told
