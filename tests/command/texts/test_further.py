"""Figures of wards and of the area's people are read where a sentence names the very thing."""

from __future__ import annotations

import re

import pytest

from cspanalysis import Assessment, StrategicAssessment
from cspanalysis.command.texts.further import with_further
from cspanalysis.commentary.claims import Claim


@pytest.fixture(scope="module")
def report() -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.fixture(scope="module")
def held() -> dict[str, str]:
    values = StrategicAssessment.open("luton", "2023").facts.values
    ward = re.compile(r"Vehicle crime: (.+) ward, (2022|2023)")
    found = {
        f"{named[1]} {named[2]}": value.text
        for value in values.values()
        if (named := ward.fullmatch(value.label))
    }
    return found | {
        "deprived": values["area.most_deprived_share"].text.replace("\N{NO-BREAK SPACE}", "")
    }


def verdicts(report: Assessment, *said: str) -> list[str]:
    text = "\n\n".join(said)
    found: dict[str, list[Claim]] = {}
    for claim in with_further(report.check(text), text, report):
        found.setdefault(claim.text, []).append(claim)
    return [found[one][0].verdict for one in said]


def test_a_figure_of_the_ward_that_is_named_is_supported(
    report: Assessment, held: dict[str, str]
) -> None:
    now, before, other = held["Central 2023"], held["Central 2022"], held["South 2023"]
    assert len({now, before, other}) == 3
    assert (
        verdicts(
            report,
            f"Central ward recorded {now} vehicle crimes.",
            f"In 2022 Central ward recorded {before} vehicle crimes.",
            f"Some {held['deprived']} of wards are in the most deprived fifth.",
        )
        == ["supported"] * 3
    )


def test_a_figure_of_something_else_stays_not_traceable(
    report: Assessment, held: dict[str, str]
) -> None:
    now, before, other = held["Central 2023"], held["Central 2022"], held["South 2023"]
    assert (
        verdicts(
            report,
            f"Central ward recorded {other} vehicle crimes.",  # of another ward
            f"Central ward recorded {before} vehicle crimes.",  # of another year
            f"In 2022 Central ward recorded {now} vehicle crimes.",
            f"Central ward recorded {now} burglaries.",  # of another measure
            f"Central ward recorded {now} vehicle crimes, more than South.",
            "Central ward recorded 806 burglaries.",  # of all wards
            f"Some {held['deprived']} of wards are in the most deprived tenth.",
        )
        == ["not traceable"] * 7
    )
