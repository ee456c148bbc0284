"""Numbers that partners gave: what a public edition keeps back of small ones."""

from __future__ import annotations

from typing import Any

import pytest

from cspanalysis.display import supplied_table
from cspanalysis.findings.work.supplied import supplied
from cspanalysis.partnership.editions import held_back
from cspanalysis.partnership.partnership import Partnership
from cspanalysis.partnership.supplied_figure import SuppliedFigure


def figure(**given: Any) -> SuppliedFigure:
    return SuppliedFigure(key="repeats", what="repeat cases", source="MARAC", **given)


@pytest.mark.parametrize(
    ("given", "number", "of"),
    [
        ({"number": 27, "of": 107}, 27, 107),
        ({"number": 0, "of": 107}, 0, 107),
        ({"number": 3, "of": 107}, None, 107),
        ({"number": 104, "of": 107}, None, 107),  # the three others are told by it
        ({"number": 0, "of": 4}, None, None),
        ({"number": 3}, None, None),
        ({"number": 107, "of": 107}, 107, 107),
    ],
)
def test_a_number_that_is_small_or_leaves_few_is_kept_back(
    given: dict[str, int], number: int | None, of: int | None
) -> None:
    found = figure(**given).without_small(5)
    assert (found.number, found.of) == (number, of)
    assert found.kept_back == (None if number is not None else 5)


def test_a_share_of_few_is_kept_back_as_their_number_is() -> None:
    assert figure(share=3.0, of=100).without_small(5).share is None
    assert figure(share=8.0, of=100).without_small(5).share == 8
    assert figure(share=8.0, of=100).without_small(10).kept_back == 10
    assert figure(share=3.0).without_small(5).share == 3  # of how many nobody says


def test_a_public_edition_says_that_it_is_kept_back_and_tells_it_nowhere() -> None:
    priority = {
        "key": "homes", "title": "Homes", "theme": "crime-and-disorder", "owner": "Head",
        "figures": [
            {"key": "repeats", "what": "repeat cases", "source": "MARAC", "number": 7, "of": 107}
        ],
    }  # fmt: skip
    file = {"area": "luton", "name": "Luton", "disclosure": {"threshold": 10}}
    whole = Partnership.model_validate({**file, "priorities": [priority]})
    public = held_back(whole).public
    assert public is not None
    found = supplied(public.priorities[0].figures)
    assert [value.key for one in found for value in one.values()] == ["supplied.repeats.of"]
    (records,) = supplied_table(found).records.values()
    (row,) = (row for shown in records["tables"] for row in shown["rows"])
    assert row["cells"] == ["Repeat cases", "[c]", "107", "[c]"]
    assert "[c]: kept back. Counts from 1 to 9 could point at people." in str(records)
    assert supplied(whole.priorities[0].figures)[0].number == 7
