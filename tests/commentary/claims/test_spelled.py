"""The table of short forms: each row reads its own example."""

from __future__ import annotations

import pytest

from cspanalysis.commentary.claims.spelled import FORMS, spelled


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row[2])
def test_each_example_of_a_short_form_is_spelled_out(row) -> None:
    assert spelled(row[2]) == row[3]


@pytest.mark.parametrize(
    "text",
    ["In October 22 offences were recorded", "from 22-23 offences", "a quarter of all crime"],
)
def test_what_is_no_short_form_is_left_alone(text: str) -> None:
    assert spelled(text) == text
