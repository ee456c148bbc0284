"""Repeats: what stands twice in a list of a partnership file, where once is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cspanalysis.settings import RefusedAtError
from cspanalysis.vocabulary import Area, Measure

__all__ = ["refuse_repeats"]


def refuse_repeats(part: BaseModel, fields: Mapping[str, FieldInfo]) -> None:
    """Refuse a part with a list in which the same is written twice.

    A partner who stands there twice would be counted twice, and an action that is done and late
    would be both. What names an item is said by its own model (`named_by`).

    Raises
    ------
    RefusedAtError
        With the place of the second, and that of the first.
    """
    for name, field in fields.items():
        if getattr(field.annotation, "__args__", ())[1:] == (...,):
            _refuse(name, getattr(part, name))


def _refuse(name: str, items: Sequence[Any]) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for at, item in enumerate(items):
        before = first.setdefault(_identity(item), at)
        if before != at:
            raise RefusedAtError(
                f"{_named(item)} stands in this list twice; take one out, or tell them apart",
                *(name, at),
                also=(name, before),
            )


def _identity(item: Any) -> tuple[Any, ...]:
    """Give what an item is told by: the values that name it, without case or needless space."""
    if not isinstance(item, BaseModel):
        return (_plain(item),)
    names = getattr(item, "named_by", ()) or tuple(type(item).model_fields)
    return tuple(_plain(getattr(item, name)) for name in names)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split()).casefold()
    if isinstance(value, Area | Measure):
        return value.code
    return str(value) if isinstance(value, BaseModel | dict | tuple) else value


def _named(item: Any) -> str:
    names = getattr(item, "named_by", ())
    value = getattr(item, names[0]) if names else item
    if isinstance(value, Area | Measure):
        return f"'{value.code if isinstance(value, Measure) else value.slug}'"
    return "the same" if isinstance(value, BaseModel) else f"'{value}'"
