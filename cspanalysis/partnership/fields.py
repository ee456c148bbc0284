"""What the models of a partnership file share: their base, and fields read as our own words.

Whatever is marked ``edition: sensitive`` is known here and taken out by
`cspanalysis.partnership.editions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Self, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)

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


Place = tuple[str | int, ...]
"""Name of a field, with the number of an item of it."""


class Part(BaseModel):
    """Hold a part of a partnership file: nothing unknown, nothing changed once read.

    Any part may bear ``edition: sensitive``; any other value bears it as
    ``{value: ..., edition: sensitive}``.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        str_min_length=1,
        arbitrary_types_allowed=True,
    )

    _sensitive: bool = PrivateAttr(default=False)
    _held_back: frozenset[Place] = PrivateAttr(default=frozenset())

    @property
    def is_sensitive(self) -> bool:
        """Whether the part has no place in a public edition."""
        return self._sensitive

    def holds_back(self, *place: str | int) -> bool:
        """Tell whether a value has no place in a public edition: a field's, or an item's of it."""
        return place in self._held_back

    @model_validator(mode="wrap")
    @classmethod
    def _marked(cls, data: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(data, Mapping):
            return read(data)
        plain: dict[str, object] = {}
        marked: set[Place] = set()
        for name, value in data.items():
            if name != "edition":
                plain[name] = _unwrapped(value, (name,), marked)
                if (field := cls.model_fields.get(name)) and _is_number(field.annotation):
                    plain[name] = _as_words(plain[name])
        part = read(plain)
        part._sensitive = "edition" in data and _is_sensitive(data["edition"])
        part._held_back = frozenset(marked)
        return part


def _unwrapped(value: object, place: Place, marked: set[Place]) -> object:
    """Give a value without its edition, and note the place of one that is sensitive."""
    if isinstance(value, Mapping) and set(value) == {"value", "edition"}:
        if _is_sensitive(value["edition"]):
            marked.add(place)
        return value["value"]
    if isinstance(value, list | tuple) and len(place) == 1:
        return [_unwrapped(item, (*place, number), marked) for number, item in enumerate(value)]
    return value


def _is_number(kind: object) -> bool:
    """Tell whether a field holds numbers, alone or by name, and no yes or no."""
    if arguments := get_args(kind):
        return any(map(_is_number, arguments)) and bool not in arguments
    return kind in (int, float)


def _as_words(value: object) -> object:
    """Turn yes and no into words: Python takes them for 1 and 0."""
    if isinstance(value, Mapping):
        return {name: _as_words(held) for name, held in value.items()}
    return str(value).lower() if isinstance(value, bool) else value


def _is_sensitive(edition: object) -> bool:
    if edition not in ("public", "sensitive"):
        raise ValueError(f"edition '{edition}' is not known; write public or sensitive")
    return edition == "sensitive"


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
