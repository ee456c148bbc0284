"""The benchmark of false alarms and power: a small run of its parts, and how results are kept."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from benchmarks.calibration.__main__ import PARTS, RESULTS, main, with_parts
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
    found = watch_found(1, np.random.default_rng(2)).to_dict("records")
    assert found[0]["noise"] == "Poisson"
    assert found[0]["found within six months"] >= 0.9


def test_chances_of_standing_first_are_kept() -> None:
    found = ranks(40, np.random.default_rng(3))
    gap = (found["said on average"] - found["first"]).abs()
    assert gap.iloc[0] < 0.02
    assert gap.max() < 0.3


def test_targets_are_met_where_the_level_lies_far_below() -> None:
    found = targets(4, np.random.default_rng(4)).to_dict("records")
    met = {(row["true level to the target"], row["counts a year"]): row["met"] for row in found}
    assert met["100%", "1,000"] < 0.06
    assert met["80%", "1,000"] > 0.8


def test_wards_that_stay_are_seldom_told() -> None:
    found = {row["change"]: row for row in wards(20, np.random.default_rng(5)).to_dict("records")}
    assert found[1.0]["reports with a clear word of what stayed"] <= 0.15
    assert found[2.0]["clear"] > 0.3


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


def test_every_part_was_measured() -> None:
    told = RESULTS.read_text(encoding="utf-8")
    assert re.findall(r"<!-- (\w+) -->", told) == list(PARTS)
    for name in PARTS:
        assert f"Written by `python -m benchmarks.calibration {name} --reports" in told


def rows(*, part: str, table: int, only: str = "") -> list[dict[str, str]]:
    """Give the lines of a table of the results, by the titles of its columns."""
    told = RESULTS.read_text(encoding="utf-8").split(f"<!-- {part} -->")[1].split("<!-- ")[0]
    found = re.findall(r"(?:^\|.*\|\n)+", told, flags=re.MULTILINE)[table].splitlines()
    titles, _, *lines = ([cell.strip() for cell in line.split("|")[1:-1]] for line in found)
    return [dict(zip(titles, line, strict=True)) for line in lines if only in line or not only]


def span(found: list[dict[str, str]], title: str) -> str:
    """Write the least and the largest share of a column: "2 to 5"."""
    shares = [float(row[title].rstrip("%")) for row in found]
    low, high = f"{min(shares):.0f}", f"{max(shares):.0f}"
    return low if low == high else f"{low} to {high}"


def test_the_readme_says_what_was_measured() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    null = rows(part="words", table=0)
    usual = [row for row in null if "log-AR" not in row["noise"]]
    wandering = [row for row in null if "log-AR" in row["noise"] and row["months"] == "12"]
    clear = "reports with a clear word"
    real = span(rows(part="bootstrap", table=0), clear)
    assert (
        f"{span(usual, clear)} in 100 hold a clear word ({span(wandering, clear)} where levels "
        f"wander slowly, {real} where months are drawn from real ones)"
    ) in readme
    third = [row for row in rows(part="words", table=1) if row["change"] == "1.33"]
    large, small = (
        span([row for row in third if row["lines of"] == size], "clear")
        for size in ("1,000", "5 to 50")
    )
    assert (
        f"on 1,000 a year gets a clear word {large} times in 100, one on 5 to 50 a year {small} "
        "times"
    ) in readme
    alarms = span(rows(part="watch", table=0), "lines with an alarm")
    found = span(rows(part="watch", table=1), "found within six months")
    assert f"raises an alarm on {alarms} in 100 lines" in readme
    assert f"within six months {found} times in 100" in readme
