"""Sentences of the kinds that reports print, held against published counts by month."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.commentary.claims import check_claims
from cspanalysis.commentary.claims.comparisons import COMPARISONS, SPANS
from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance, Rate
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value, values_of
from cspanalysis.vocabulary import Area, Measure, Period

OWN = (
    *("in_reports.csv", "quarterly.csv", "quarterly_held.csv", "quarterly_more.csv"),
    "quarterly_elsewhere.csv",
)
OPENED = (
    "opened.csv",
    "opened_last.csv",
    "opened_fresh.csv",
    "blind_opened.csv",
    "rounds_opened.csv",
)
BRIEFED = (
    *("briefed.csv", "briefed_more.csv", "briefed_last.csv", "blind_elsewhere.csv"),
    *("rounds_elsewhere.csv", "london.csv", "of_something_else.csv", "kinds_elsewhere.csv"),
)
RATES = {  # as printed in the reports of Luton and Bedford for 2023
    "luton": {"all-crime": 77.6, "violence-and-sexual-offences": 30.9, "burglary": 3.5},
    "bedford": {"all-crime": 71.6},
    "central-bedfordshire": {"all-crime": 50.1},
    "bedfordshire-force": {"all-crime": 68.2},
}
PLACES = {"luton": (1, 3), "bedford": (2, 2)}  # from the highest and from the lowest rate
WORDS = ("one", "two", "three")
TARGETS = {  # of the example partnerships' plans, for the period of the report
    ("luton", "2023"): {"robbery": 231.3, "burglary": 825.6},
    ("bedford", "2023"): {"robbery": 134.1, "shoplifting": 862.6},
    ("bedford", "2023-Q3"): {"robbery": 44.1},
}


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


def further(area: str, period: str) -> Iterator[Value]:
    """Rates, places and targets that a report holds beside its changes."""
    for code, target in TARGETS.get((area, period), {}).items():
        label = f"A priority: {Measure.named(code).label}, target, at most, {period}"
        key, text = f"target.plan.{code}.value", f"{target:.0f}"
        yield Value(key=key, value=target, text=text, label=label)
    if (area, period) not in TARGETS or period != "2023":
        return
    for slug, rates in RATES.items():
        label = f"All crime: rate in {Area.named(slug).label}, 2023"
        rate = rates["all-crime"]
        yield Value(key=f"rate.all-crime.{slug}", value=rate, text=str(rate), label=label)
    for end, place in zip(("highest", "lowest"), PLACES[area], strict=True):
        text = f"{WORDS[place - 1]} of three counted from the {end} rate"
        yield Value(key=f"rank.all-crime.{end}", value=place, text=text, label="All crime: place")


def _rate(value: float) -> Rate:
    lower, upper = 0.9 * value, 1.1 * value
    return Rate(value=value, lower=lower, upper=upper, per=1000, denominator="residents")


def with_force(table: pd.DataFrame, change: Change, period: str) -> Change:
    """Set the force's change and the printed rate beside a change of Bedfordshire."""
    months = table[
        (table["area"] == "bedfordshire-force") & (table["measure"] == change.measure.code)
    ].set_index("month")["count"]
    months.index = pd.to_datetime(months.index)
    before, after = (total(months, span) for span in (change.baseline, change.period))
    if before is None or after is None:
        return change
    percent = 100 * (after / before - 1)
    force = ForceChange(name="Bedfordshire", percent_change=percent, before=before, after=after)
    value = RATES[change.area.slug].get(change.measure.code) if period == "2023" else None
    rate = None if value is None else _rate(value)
    return replace(change, force=force, rate=rate)


@pytest.fixture(scope="module")
def table(shared: Path) -> pd.DataFrame:
    """Counts of Bedfordshire as shipped, and of areas of Northumbria, Gwent and London."""
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


@pytest.mark.shared_data
@pytest.mark.parametrize("name", BRIEFED)
def test_what_people_write_is_judged_by_its_basis(
    table: pd.DataFrame, reports: Mapping[str, tuple[tuple[Change, ...], Area, object]], name: str
) -> None:
    open_: dict[tuple[str, str], tuple[tuple[Change, ...], pd.DataFrame | None]] = {
        ("wycombe", "seed"): (reports["wycombe"][0], None)
    }
    off = []
    for row in rows(Path(__file__).parent / name):
        area, period = row["area"], row["period"]
        if (area, period) not in open_:
            found, months = held(table, area, period)
            if area in RATES:
                found = tuple(with_force(table, change, period) for change in found)
            open_[area, period] = found, months
        found, months = open_[area, period]
        values = values_of(found) | {value.key: value for value in further(area, period)}
        claims = check_claims(
            row["sentence"], found, area=found[0].area, extra_values=values, monthly=months
        )
        if not is_told(row["expected"], {claim.verdict for claim in claims}):
            off.append((row["sentence"], [(c.words, c.verdict, c.reason) for c in claims]))
    assert off == []


def is_told(expected: str, verdicts: set[str]) -> bool:
    """Tell whether no true one is contradicted or without a claim, and every false one caught."""
    if expected == "contradicted":
        return "contradicted" in verdicts
    untraced = expected.startswith("not traceable")
    return "contradicted" not in verdicts and (untraced or bool(verdicts))


@pytest.mark.parametrize("name", OPENED)
def test_what_is_said_of_a_report_as_it_opens(name: str) -> None:
    open_: dict[tuple[str, str], Assessment] = {}
    off = []
    for row in rows(Path(__file__).parent / name):
        key = row["area"], row["period"]
        if key not in open_:
            open_[key] = Assessment.open(*key)
        claims = open_[key].check(row["sentence"])
        verdicts = {claim.verdict for claim in claims}
        if not is_told(row["expected"], verdicts) or (
            row["expected"] == "not traceable" and "supported" in verdicts
        ):
            off.append((row["sentence"], [(c.words, c.verdict, c.reason) for c in claims]))
    assert off == []


@pytest.mark.parametrize("row", [*COMPARISONS, *SPANS], ids=lambda row: row.examples[0])
def test_each_example_of_a_comparison_is_read_as_one(row) -> None:
    for example in row.examples:
        assert row.pattern.search(example), example
