"""Three reports to hold claims against: the two seed reports and one that is made up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cspanalysis.findings import Change, Comparison, ForceChange, Line, Provenance, changes
from cspanalysis.findings.values import Value
from cspanalysis.vocabulary import Area, Measure, Period

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


@pytest.fixture
def reports(wycombe, wokingham) -> dict[str, tuple[tuple[Change, ...], Area, dict[str, Value]]]:
    """Changes, area and further values of each report, by name."""
    lines, comparison, force = wycombe
    seed = changes(lines, comparison=comparison, force=force)
    other = changes(wokingham[0], comparison=wokingham[1])
    ranks = {
        f"rank.all-crime.{end}": Value(
            key=f"rank.all-crime.{end}", value=place, text=f"{place} of three from the {end} rate"
        )
        for end, place in (("highest", 1), ("lowest", 3))
    }
    return {
        "wycombe": (seed, comparison.area, {}),
        "wokingham": (other, wokingham[1].area, {}),
        "bedford-like": (like_bedford(), Area.named("luton"), ranks),
    }


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
