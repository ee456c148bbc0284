"""The two seed reports as lines, typed from their tables (data/published holds them for users)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.evidence.noise import borrowed
from cspanalysis.vocabulary import Area, Measure, Period

WYCOMBE: Mapping[str, tuple[int | None, int | None, float | None]] = {
    "all-crime": (2330, 2433, 15),
    "violence-against-the-person": (526, 528, 8),
    "sexual-offences": (70, 71, 13),
    "robbery": (8, 17, 51),
    "burglary-dwelling": (73, None, None),
    "burglary-non-dwelling": (123, None, None),
    "residential-burglary-dwelling": (None, 56, None),
    "burglary-sheds-garages": (None, 74, None),
    "burglary-business-and-community": (None, 69, None),
    "theft-of-vehicle": (58, 47, 27),
    "theft-from-vehicle": (127, 130, 27),
    "shoplifting": (315, 334, 16),
    "arson": (21, 15, -11),
    "criminal-damage": (301, 331, 7),
    "drug-offences": (93, 96, -5),
    "public-order": (82, 89, 11),
}
WOKINGHAM: Mapping[str, tuple[int | None, int | None]] = {
    "all-crime": (6858, 7504),
    "residential-burglary": (340, 320),
    "burglary-sheds-garages": (177, 140),
    "violence-with-injury": (592, 644),
    "drug-possession": (128, 191),
    "criminal-damage": (938, 1016),
    "asb-council-housing": (158, 144),
    "theft-of-vehicle": (141, 208),
    "theft-from-vehicle": (404, 534),
    "racially-or-religiously-aggravated": (68, 83),
    "anti-social-behaviour": (None, None),
}


def lent(before: int | None, after: int | None, months: int) -> dict[str, Any]:
    """Give the borrowed noise of two counts that were published without their months."""
    noise = borrowed(before, after, months=months)
    return {
        "dispersion": noise.comparison,
        "freedom": noise.freedom,
        "period_noise": noise.period,
        "borrowed": True,
    }


@pytest.fixture(scope="session")
def wycombe() -> tuple[list[Line], Comparison, dict[str, ForceChange]]:
    period = Period.parse("2017-04..2017-06")
    comparison = Comparison(
        area=Area("E22000318", "Wycombe", "csp", "E23000029"),
        period=period,
        baseline=period.baseline(),
        provenance=Provenance("Report to the commission", "2017"),
    )
    lines = [
        Line(measure=Measure.named(code), before=before, after=after, **lent(before, after, 3))
        for code, (before, after, _) in WYCOMBE.items()
    ]
    force = {
        code: ForceChange(name="Thames Valley", percent_change=percent)
        for code, (_, _, percent) in WYCOMBE.items()
        if percent is not None
    }
    return lines, comparison, force


@pytest.fixture(scope="session")
def wokingham() -> tuple[list[Line], Comparison]:
    period = Period.parse("2019")
    comparison = Comparison(
        area=Area("E22000317", "Wokingham", "csp", "E23000029"),
        period=period,
        baseline=period.baseline(),
        provenance=Provenance("Annual report", "2020"),
    )
    lines = [
        Line(
            measure=Measure.named(code),
            before=before,
            after=after,
            status="final" if before else "to be confirmed",
            **lent(before, after, 12),
        )
        for code, (before, after) in WOKINGHAM.items()
    ]
    return lines, comparison
