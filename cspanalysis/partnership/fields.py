"""What the models of a partnership file share: their base, and fields read as our own words."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.comparison import Comparison

__all__ = [
    "AreaField",
    "ComparisonField",
    "Count",
    "Key",
    "MeasureField",
    "Part",
    "PeriodField",
    "Year",
]


class Part(BaseModel):
    """Hold a part of a partnership file: nothing unknown, nothing changed once read."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        str_min_length=1,
        arbitrary_types_allowed=True,
    )


def _area(text: object) -> Area:
    try:
        return text if isinstance(text, Area) else Area.named(str(text))
    except UsageError as error:
        raise ValueError(str(error)) from None


def _measure(text: object) -> Measure:
    try:
        return text if isinstance(text, Measure) else Measure.named(str(text))
    except UsageError as error:
        raise ValueError(str(error)) from None


def _period(text: object) -> Period:
    try:
        return text if isinstance(text, Period) else Period.parse(str(text))
    except UsageError as error:
        raise ValueError(str(error)) from None


def _comparison(text: object) -> Comparison:
    if isinstance(text, dict) and len(text) == 1:  # what YAML makes of "name: period"
        text = ": ".join(map(str, next(iter(text.items()))))
    try:
        return text if isinstance(text, Comparison) else Comparison.parse(str(text))
    except UsageError as error:
        raise ValueError(str(error)) from None


def _year(text: object) -> str:
    if not re.fullmatch(r"\d{4}(/\d{2})?", str(text)):
        raise ValueError(f"year '{text}': write 2023 or, for April to March, 2023/24")
    return str(text)


AreaField = Annotated[Area, BeforeValidator(_area)]
ComparisonField = Annotated[Comparison, BeforeValidator(_comparison)]
MeasureField = Annotated[Measure, BeforeValidator(_measure)]
PeriodField = Annotated[Period, BeforeValidator(_period)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A name for machines: lower case letters, digits and hyphens."""
Count = Annotated[int, Field(ge=0)]
Year = Annotated[str, BeforeValidator(_year)]
"""A year as publishers write it: 2023, or 2023/24 for April to March."""
