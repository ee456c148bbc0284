"""Sentences of the kinds that reports print, held against published counts by month."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis.commentary.claims import check_claims
from cspanalysis.commentary.claims.comparisons import COMPARISONS, SPANS
from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import values_of
from cspanalysis.vocabulary import Area, Measure, Period

OWN = (
    *("in_reports.csv", "quarterly.csv", "quarterly_held.csv", "quarterly_more.csv"),
    "quarterly_elsewhere.csv",
)
FINE = {"supported", "as recorded"}


def rows(path: Path) -> Iterator[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def held(table: pd.DataFrame, area: str, period: str) -> tuple[tuple[Change, ...], pd.DataFrame]:
    """Changes and months of one area, as a report holds them."""
    months = table[table["area"] == area].pivot_table(
        index="month", columns="measure", values="count"
    )
    months.index = pd.to_datetime(months.index)
    span = Period.parse(period)
    lines = [
        Line(
            measure=Measure.named(str(code)),
            before=total(months[code], span.baseline()),
            after=total(months[code], span),
        )
        for code in months.columns
    ]
    comparison = Comparison(
        area=Area.named(area),
        period=span,
        baseline=span.baseline(),
        provenance=Provenance("data.police.uk", "2026"),
    )
    return changes(lines, comparison=comparison), months


def total(counts: pd.Series, span: Period) -> int | None:
    known = counts.loc[str(span.start) : str(span.end)].dropna()
    return int(known.sum()) if len(known) == len(span.months) else None


@pytest.fixture(scope="module")
def table(shared: Path) -> pd.DataFrame:
    """Counts of Bedfordshire as shipped, and of areas of Northumbria and Gwent."""
    first = pd.read_csv(
        shared / "reference_values" / "monthly_counts_bedfordshire.csv", comment="#"
    )
    wide = pd.read_csv(Path(__file__).parent / "months_elsewhere.csv", comment="#")
    return pd.concat([first, wide.melt(["area", "month"], var_name="measure", value_name="count")])


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["claims_in_reports.csv", *OWN])
def test_no_true_sentence_is_contradicted_and_every_false_one_is(
    shared: Path, table: pd.DataFrame, reports, name: str
) -> None:
    reference = shared / "reference_values"
    open_: dict[tuple[str, str], tuple[tuple[Change, ...], pd.DataFrame | None]] = {
        (seed, "seed"): (reports[seed][0], None) for seed in ("wycombe", "wokingham")
    }
    off = []
    for row in rows((Path(__file__).parent if name in OWN else reference) / name):
        key = row["area"], row["period"]
        if key not in open_:
            open_[key] = held(table, *key)
        found, months = open_[key]
        claims = check_claims(
            row["sentence"],
            found,
            area=found[0].area,
            extra_values=values_of(found),
            monthly=months,
        )
        verdicts = {claim.verdict for claim in claims}
        if not is_right(row["expected"], verdicts):
            off.append((row["sentence"], row["expected"], [(c.words, c.verdict) for c in claims]))
    assert off == []


def is_right(expected: str, verdicts: set[str]) -> bool:
    """Tell whether a sentence got what was expected of it; a rate may have no residents here."""
    if expected == "contradicted":
        return "contradicted" in verdicts
    if expected == "not traceable":
        return verdicts == {"not traceable"}
    if expected == "by rate":
        return bool(verdicts) and "contradicted" not in verdicts
    if expected == "not traceable or recorded":  # the direction is told, its cause is not
        return "not traceable" in verdicts and verdicts <= {"not traceable", *FINE}
    if expected == "contradicted or supported":
        return bool(verdicts & {"contradicted", "supported"})
    if expected == "supported":
        return verdicts == {"supported"}
    return bool(verdicts) and verdicts <= FINE


@pytest.mark.parametrize("row", [*COMPARISONS, *SPANS], ids=lambda row: row.examples[0])
def test_each_example_of_a_comparison_is_read_as_one(row) -> None:
    for example in row.examples:
        assert row.pattern.search(example), example
