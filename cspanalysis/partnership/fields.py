"""What the models of a partnership file share: their base, and fields read as our own words.

Whatever is marked ``edition: sensitive`` is known here and taken out by
`cspanalysis.partnership.editions`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args

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
from cspanalysis.partnership.repeats import refuse_repeats
from cspanalysis.settings import RefusedAtError, one_value
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
    "by_name",
]


_Found = TypeVar("_Found")
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
        allow_inf_nan=False,
    )

    named_by: ClassVar[tuple[str, ...] | None] = ()
    """What tells one from another in a list; all of it where nothing is named. None where it tells
    itself what stands twice in it."""

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
                field = cls.model_fields.get(name)
                if field and _is_number(field.annotation):
                    plain[name] = _as_words(plain[name])
                if field and _is(dt.date, field.annotation):
                    _refuse_no_day(name, plain[name])
        part = read(plain)
        if cls.named_by is not None:
            refuse_repeats(part, cls.model_fields)
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


def _is(kind: type, annotation: object) -> bool:
    """Tell whether a field may hold a kind of value."""
    return annotation is kind or kind in get_args(annotation)


def _refuse_no_day(name: str, value: object) -> None:
    """Refuse a number where a day is meant: to pydantic 0 is the first of January 1970."""
    written = value if isinstance(value, str) else ""
    if isinstance(value, int | float) or re.fullmatch(r"[-+]?[\d._]+", written.strip()):
        raise RefusedAtError(f"'{value}' is no date; write one such as 2025-09-30", name)


def _as_words(value: object) -> object:
    """Turn yes and no into words: Python takes them for 1 and 0."""
    if isinstance(value, Mapping):
        return {name: _as_words(held) for name, held in value.items()}
    return str(value).lower() if isinstance(value, bool) else value


def _is_sensitive(edition: object) -> bool:
    if edition not in ("public", "sensitive"):
        raise ValueError(f"edition '{edition}' is not known; write public or sensitive")
    return edition == "sensitive"


def by_name(find: Callable[[str], _Found], value: object) -> _Found:
    """Find what a text names; what is no single text is refused for what it is."""
    if fault := one_value(value):
        raise ValueError(fault)
    try:
        return find(str(value))
    except UsageError as error:
        raise ValueError(str(error)) from None


def _area(text: object) -> Area:
    return text if isinstance(text, Area) else by_name(Area.named, text)


def _measure(text: object) -> Measure:
    return text if isinstance(text, Measure) else by_name(Measure.named, text)


def _period(text: object) -> Period:
    return text if isinstance(text, Period) else by_name(Period.parse, text)


def _comparison(text: object) -> Comparison:
    if isinstance(text, dict) and len(text) == 1:  # what YAML makes of "name: period"
        text = ": ".join(map(str, next(iter(text.items()))))
    return text if isinstance(text, Comparison) else by_name(Comparison.parse, text)


def _year(text: object) -> str:
    if fault := one_value(text):
        raise ValueError(fault)
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
