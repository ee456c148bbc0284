"""Three reports to hold claims against: the two seed reports and one that is made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value, values_of
from cspanalysis.vocabulary import Area, Measure, Period

# Reports of one month, one quarter and one year, of the months below.
BY_MONTH = {"december": "2023-12", "quarter": "2023-10..2023-12", "year": "2023"}
# Made up, in the measures of data.police.uk: counts here, then in the force.
LIKE_BEDFORD: Mapping[str, tuple[int, int, int, int]] = {
    "all-crime": (18000, 19500, 50000, 51000),
    "violence-and-sexual-offences": (6000, 6050, 17000, 17100),
    "robbery": (200, 130, 400, 380),
    "burglary": (800, 820, 2500, 2450),
    "vehicle-crime": (1200, 1800, 3000, 3300),
    "bicycle-theft": (40, 38, 120, 125),
    "shoplifting": (1000, 2000, 3000, 4500),
    "drug-offences": (600, 610, 1500, 1480),
    "possession-of-weapons": (150, 160, 500, 520),
    "anti-social-behaviour": (4000, 2000, 9000, 7200),
}
# Counts of the year before both, here; the months begin in January 2021.
IN_2021: Mapping[str, int] = {
    "all-crime": 17000,
    "violence-and-sexual-offences": 5900,
    "robbery": 180,
    "burglary": 900,
    "vehicle-crime": 1900,
    "bicycle-theft": 35,
    "shoplifting": 1500,
    "drug-offences": 620,
    "possession-of-weapons": 140,
    "anti-social-behaviour": 3500,
}
# Months of four years in a row, made up; -1 is a month that is missing.
MONTHS: Mapping[str, tuple[int, ...]] = {
    "robbery": (
        *(22, 20, 14, 10, 12, 15, 18, 19, 17, 18, 16, 19),
        *(14, 12, 13, 15, 16, 14, 17, 18, 16, 15, 14, 16),
        *(15, 13, 14, 13, 14, 13, 15, 16, 14, 13, 12, 14),
        *(12, 11, 13, 12, 10, 9, 11, 12, 8, 9, 10, 7),
    ),
    "burglary": (
        *(75, 72, 60, 50, 55, 58, 62, 66, 70, 72, 74, 76),
        *(70, 68, 65, 66, 64, 67, 69, 72, 71, 73, 75, 80),
        *(78, 74, 70, 69, 68, 66, 65, -1, 67, 71, 72, 77),
        *(69, 66, 64, 70, 71, 63, 60, 62, 65, 68, 70, 66),
    ),
    "vehicle-crime": (
        *(150, 140, 90, 60, 70, 90, 110, 120, 125, 130, 128, 132),
        *(120, -1, 122, 125, 130, 128, 126, 131, 127, 124, 122, 119),
        *(110, 108, 112, 115, 109, 111, 113, 116, 112, 110, 107, 105),
        *(112, 109, 118, 114, 121, 110, 108, 106, 104, 101, 98, 100),
    ),
    "shoplifting": (
        *(90, 85, 60, 40, 45, 60, 70, 75, 78, 80, 82, 85),
        *(70, 68, 72, 75, 78, 80, 82, 80, 79, 81, 83, 86),
        *(88, 84, 92, 95, 97, 99, 101, 98, 100, 104, 108, 112),
        *(120, 118, 125, 130, 128, 135, 131, 140, 145, 151, 160, 172),
    ),
}
# What a report holds beside its changes: key, value, text, label.
FURTHER = (
    ("rank.all-crime.highest", 1, "one of three from the highest rate", "All crime: place"),
    ("rank.all-crime.lowest", 3, "three of three from the lowest rate", "All crime: place"),
    *(
        (f"concentration.{code}.{name}", value, text, f"{label}: small areas{tail}")
        for code, label, half, share in (
            ("shoplifting", "Shoplifting", 9, 7.2),
            ("robbery", "Robbery", 13, 10.4),
        )
        for name, value, text, tail in (
            ("holding_half", half, str(half), " that hold half"),
            ("places", 125, "125", ""),
            ("share", share, f"{share} %", " that hold half, share"),
        )
    ),
    ("area.residents", 213528, "213,528", "Area: residents, mid-2020"),
    ("area.small_areas", 125, "125", "Area: small areas"),
    (
        "area.most_deprived",
        44,
        "44",
        "Area: small areas in the most deprived fifth, 2025",
    ),
    (
        "target.violence.robbery.value",
        190,
        "190",
        "Serious violence: Robbery, target, at most, 2023",
    ),
    ("outlook.robbery.2024-01", 12, "12", "Robbery: outlook, January 2024"),
    (
        "trend.vehicle-crime.run",
        7,
        "7",
        "Vehicle crime: months in a row above the average",
    ),
    (
        "project.locks.homes-fitted-with-locks",
        214,
        "214",
        "Safer streets (example): homes fitted with locks",
    ),
)


@pytest.fixture(scope="session")
def reports(wycombe, wokingham) -> dict[str, tuple[tuple[Change, ...], Area, dict[str, Value]]]:
    """Changes, area and further values of each report, by name."""
    lines, comparison, force = wycombe
    seed = changes(lines, comparison=comparison, force=force)
    other = changes(wokingham[0], comparison=wokingham[1])
    made_up = like_bedford()
    further = {
        key: Value(key=key, value=value, text=text, label=label)
        for key, value, text, label in FURTHER
    }
    return {
        "wycombe": (seed, comparison.area, values_of(seed)),
        "wokingham": (other, wokingham[1].area, values_of(other)),
        "bedford-like": (made_up, Area.named("luton"), values_of(made_up) | further),
        **{name: of_months(period) for name, period in BY_MONTH.items()},
    }


@pytest.fixture
def by_month() -> pd.DataFrame:
    """The months of three years, each year spread as evenly as whole counts allow."""
    months = pd.date_range("2021-01-01", periods=36, freq="MS")
    years = {code: (IN_2021[code], counts[0], counts[1]) for code, counts in LIKE_BEDFORD.items()}
    return pd.DataFrame(
        {
            code: [n // 12 + (month < n % 12) for n in totals for month in range(12)]
            for code, totals in years.items()
        },
        index=months,
    )


@pytest.fixture
def held_months() -> pd.DataFrame:
    """The months of four years, some of them missing."""
    months = pd.date_range("2020-01-01", periods=48, freq="MS")
    return pd.DataFrame(MONTHS, index=months).replace(-1, float("nan"))


@pytest.fixture
def monthly(by_month, held_months) -> dict[str, pd.DataFrame]:
    """The months of each report that has them, by name."""
    return {"bedford-like": by_month, **dict.fromkeys(BY_MONTH, held_months)}


def of_months(period: str) -> tuple[tuple[Change, ...], Area, dict[str, Value]]:
    """Make a report of `MONTHS`."""
    span = Period.parse(period)
    comparison = Comparison(
        area=Area.named("luton"),
        period=span,
        baseline=span.baseline(),
        provenance=Provenance("Made up", "2024"),
    )
    lines = [
        Line(
            measure=Measure.named(code),
            before=_sum(counts, span.baseline()),
            after=_sum(counts, span),
        )
        for code, counts in MONTHS.items()
    ]
    found = changes(lines, comparison=comparison)
    return found, comparison.area, values_of(found)


def _sum(counts: Sequence[int], span: Period) -> int | None:
    months = [counts[12 * (day.year - 2020) + day.month - 1] for day in span.months]
    return None if -1 in months else sum(months)


def like_bedford() -> tuple[Change, ...]:
    span = Period.parse("2023")
    comparison = Comparison(
        area=Area.named("luton"),
        period=span,
        baseline=span.baseline(),
        provenance=Provenance("Made up", "2024"),
    )
    lines = [
        Line(measure=Measure.named(code), before=counts[0], after=counts[1])
        for code, counts in LIKE_BEDFORD.items()
    ]
    awaited = Measure.named("other-theft")
    lines.append(Line(measure=awaited, before=None, after=None, status="to be confirmed"))
    force = {
        code: ForceChange(
            name="Bedfordshire",
            percent_change=100 * (counts[3] / counts[2] - 1),
            before=counts[2],
            after=counts[3],
        )
        for code, counts in LIKE_BEDFORD.items()
    }
    return changes(lines, comparison=comparison, force=force)
