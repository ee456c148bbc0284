"""Fields of a partnership file that are read as our own words."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from cspanalysis.partnership.fields import ComparisonField
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.comparison import Comparison


def test_a_comparison_is_its_words_or_what_yaml_makes_of_a_name_and_a_period() -> None:
    read = TypeAdapter(ComparisonField).validate_python
    before = Comparison("before the pandemic", Period.parse("FY2019"))
    assert read("rolling 12 months") == Comparison("rolling 12 months")
    assert read("before the pandemic: FY2019") == before
    assert read({"before the pandemic": "FY2019"}) == before
    with pytest.raises(ValidationError, match="comparison 'sometime' is not known"):
        read("sometime")
