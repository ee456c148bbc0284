"""Caveats of a report, each said once."""

from __future__ import annotations

from cspanalysis.findings import Caveat, Change
from cspanalysis.findings.caveats import gathered
from cspanalysis.vocabulary import Area, Measure, Period

EVERYWHERE = Caveat("location", "Some records carry no location.")
SMALL = Caveat("small numbers", "Counts this small vary a lot from chance alone.")


def change(code: str, *caveats: Caveat) -> Change:
    period = Period.parse("2019")
    return Change(
        measure=Measure.named(code),
        area=Area("E22000010", "Luton", "csp"),
        period=period,
        baseline=period.baseline(),
        before=1,
        after=2,
        caveats=caveats,
    )


def test_what_bears_on_all_is_said_as_it_is_and_the_rest_with_names() -> None:
    found = gathered(
        [
            change("robbery", SMALL, EVERYWHERE),
            change("arson", SMALL, EVERYWHERE),
            change("shoplifting", EVERYWHERE),
        ]
    )
    assert found == (
        EVERYWHERE,
        Caveat(
            "small numbers",
            "Counts this small vary a lot from chance alone. This bears on robbery and arson.",
        ),
    )


def test_no_lines_have_no_caveats() -> None:
    assert gathered([]) == ()
