"""A text about another year, or another area, makes one doubt what it is held against."""

from __future__ import annotations

import pytest

from cspanalysis import Area, Period
from cspanalysis.command.texts.hints import hints


def told(text: str, *, area: str = "luton", period: str = "2023") -> str:
    return " ".join(hints(text, area=Area.named(area), period=Period.parse(period)))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("# Luton in 2023\n\nIn 2022 it was 3. In 2022 and 2022 it rose.", "2023"),
        ("# Report of 9 February 2024\n\n2023, 2022, 2023, 2022, 2023", "2023"),
        ("# Quarter 4 of 2024/25\n\n2024 2024 2024 2024 2025", "2025-01..2025-03"),
        ("Crime rose by 2022.5 to 2,022 and 20,221, or 2022 %.", "2023"),
        ("No year at all.", "2023"),
    ],
)
def test_a_text_of_its_own_year_is_not_doubted(text: str, period: str) -> None:
    assert told(text, period=period) == ""


@pytest.mark.parametrize(
    ("text", "period", "named"),
    [
        ("# A review of 2022\n\nIn 2021 it was 3, in 2022 4.", "2021", "2022 2 times, 2021 1 time"),
        ("It was 3 in 2022. In 2022 it rose. So 2022 ended.", "2023", "2022 3 times, 2023 0 times"),
        ("# In 2015\n\nIt rose.", "FY2022", "2015 1 time, 2022 0 times, 2023 0 times"),
    ],
)
def test_a_text_of_another_year_is_doubted(text: str, period: str, named: str) -> None:
    assert told(text, period=period) == f"The text names {named}: is --period {period} its own?"


def test_a_text_of_another_area_is_doubted() -> None:
    text = "Bedford grew. In Bedford 3 were. Bedford's board met. Luton did not."
    asked = "is --area luton its own?"
    assert told(text) == f"The text names Bedford 3 times, Luton 1 time: {asked}"
    assert told(text, area="bedford") == ""


def test_an_area_beside_others_is_not_doubted() -> None:
    assert told("Luton, Luton and Luton beside Bedford, Bedford, Bedford and Bedford.") == ""
