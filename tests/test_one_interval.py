"""A count has one interval, on whichever page of the default plan it stands."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from tests import golden

Count = tuple[str, str, str]


def _intervals(told: dict[str, Any]) -> Iterator[tuple[Count, tuple[float, float]]]:
    """Give the intervals of counts and rates, as shares of what they are of.

    A rate is its count over a number of residents, which an interval doesn't know: as shares the
    two are alike.
    """
    own, period = told["cover"]["area"]["slug"], told["cover"]["period"]["slug"]
    for figure in told["figures"]:
        match figure["id"].split("."):
            case ["change", measure, "rate"]:
                area = own
            case ["rate", measure, area]:
                pass
            case ["target", _, measure, "count"]:
                area = own
            case _:
                continue
        if figure["interval"] and figure["value"]:
            low, high = (round(end / figure["value"], 6) for end in figure["interval"])
            yield (area, measure, period), (low, high)


def test_no_two_pages_print_different_intervals_for_one_count() -> None:
    if "CSPANALYSIS_OUTPUTS" not in os.environ:
        pytest.skip("CSPANALYSIS_OUTPUTS names no folder that the default plan was published to")
    found: defaultdict[Count, list[tuple[float, float]]] = defaultdict(list)
    for path in golden.outputs().glob("*/*/*.figures.json"):
        for count, interval in _intervals(json.loads(path.read_text(encoding="utf-8"))):
            found[count].append(interval)
    assert sum(len(told) > 1 for told in found.values()) > 50
    assert {count: told for count, told in found.items() if len(set(told)) > 1} == {}
