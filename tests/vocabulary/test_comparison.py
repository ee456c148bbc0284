"""Comparisons: how they are written, and what they set beside what."""

from __future__ import annotations

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.comparison import KINDS, Comparison


@pytest.mark.parametrize(
    ("name", "period", "label"),
    [
        ("year before", "2023-07..2023-09", "2023-07..2023-09 2022-07..2022-09"),
        ("period before", "2023-01..2023-03", "2023-01..2023-03 2022-10..2022-12"),
        ("period before", "2023", "2023-01..2023-12 2022-01..2022-12"),
        ("rolling 12 months", "2023-01..2023-03", "2022-04..2023-03 2021-04..2022-03"),
        ("financial year to date", "2023-01..2023-03", "2022-04..2023-03 2021-04..2022-03"),
        ("financial year to date", "2023-04", "2023-04 2022-04"),
        ("Mean of  three years", "2023-02", "2023-02 2022-02 2021-02 2020-02"),
        ("Before the pandemic: FY2019", "2023", "2023-01..2023-12 2019-04..2020-03"),
    ],
)
def test_what_is_set_beside_what(name: str, period: str, label: str) -> None:
    spans = Comparison.parse(name).spans(Period.parse(period))
    sides = [(p.start, p.end) for p in (spans.period, *spans.baselines)]
    assert sides == [(p.start, p.end) for p in map(Period.parse, label.split())]


def test_labels_and_seasons() -> None:
    quarter = Period.parse("2023-07..2023-09")
    spans = {name: Comparison(name).spans(quarter) for name in KINDS}
    assert [name for name, one in spans.items() if not one.same_season] == ["period before"]
    assert spans["mean of three years"].label == (
        "July to September 2023 against the mean of the same months in 3 years, July to September "
        "2020 to July to September 2022"
    )


@pytest.mark.parametrize("text", ["last year", "", ": FY2019", "before:", "before: soon"])
def test_what_is_no_comparison_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Comparison.parse(text)


def test_a_baseline_must_lie_before_the_period() -> None:
    with pytest.raises(UsageError, match="comparison 'now': 2023 does not end before 2023-06"):
        Comparison.parse("now: 2023").spans(Period.parse("2023-06"))
