"""The lint over the words of pages: each kind found, and what reads right left alone."""

from __future__ import annotations

import pytest

from tests.second_area.words import found_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "City of London's rate of all crime was below that of City of London as a whole",
            "compared with itself",
        ),
        ("The one busiest small areas hold half of it.", "one thing told as several"),
        ("Zero of 6 small areas are among them.", "none of"),
        ("They hold 100\u00a0% of burglary.", "for 'all'"),
        ("The change is nan %.", "not a number"),
        ("The ratio is 1.21, or 1.05 to 1.40: chance alone can explain it.", "called chance"),
        ("All crime was 744 per 1,000 residents.", "without a caveat"),
    ],
)
def test_each_kind_is_found(text: str, kind: str) -> None:
    (line,) = found_in(text)
    assert kind in line


@pytest.mark.parametrize(
    "text",
    [
        "Luton's rate of all crime was above that of Bedfordshire as a whole.",
        "The one small area holds half. None of 6 small areas is. All of it. In Nantwich.",
        "The ratio is 1.02, or 0.85 to 1.20: chance alone can explain it.",
        "The ratio is 1.21, or 1.05 to 1.40: more than chance gives.",
        "All crime was 744 per 1,000 residents: many more people come here than live here.",
        "City of London, December 2018 to February 2019 against December 2017 to February 2018.",
        "All crime was 88.3 per 1,000 residents.",
        "Rates in November 2021 to March 2022 per 1,000 residents, mid-2022.",
    ],
)
def test_what_reads_right_is_left_alone(text: str) -> None:
    assert found_in(text) == []
