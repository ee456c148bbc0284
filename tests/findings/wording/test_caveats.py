"""Caveats of a report, each said once."""

from __future__ import annotations

from dataclasses import replace

from cspanalysis.evidence.figures import Caveat, Rate
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.caveats import gathered
from cspanalysis.findings.wording.phrasing import size_text
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


def test_a_rate_that_residents_do_not_explain_carries_a_caveat() -> None:
    """A rule on the numbers: more than 200 a year per 1,000 residents, whatever the period."""
    assert "many more people come here" in _of_rates(744.0, "2023")
    assert "many more people come here" in _of_rates(141.0, "2018-12..2019-02")
    assert "many more people come here" not in _of_rates(141.0, "2023")
    assert _of_rates(88.0, "2023") == "Rates are per 1,000 residents, not of the period itself."


def test_residents_of_the_middle_of_the_period_are_its_own() -> None:
    """The middle of 2022 lies in 2022 and in the year to March 2023, not in its last quarter."""
    named = "residents, mid-2022"
    assert _of_rates(88.0, "2022", named) == ""
    assert _of_rates(88.0, "FY2022", named) == ""
    assert _of_rates(88.0, "2022-Q4", named).startswith("Rates are per 1,000 residents, mid-2022")
    assert _of_rates(744.0, "2022", named).startswith("More than 200 crimes a year")


def _of_rates(value: float, period: str, denominator: str = "residents") -> str:
    rate = Rate(value=value, lower=value, upper=value, per=1000, denominator=denominator)
    line = replace(change("all-crime"), rate=rate, period=Period.parse(period))
    return " ".join(caveat.text for caveat in gathered([line]))


def test_a_rise_to_a_multiple_does_not_read_as_at_most() -> None:
    tripled = replace(change("robbery"), before=80, after=248, percent_change=210.0)
    assert size_text(tripled, up=True) == "3.1-fold"
    assert size_text(tripled, by=True) == "to 3.1 times as many"
