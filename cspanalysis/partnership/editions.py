"""Editions: a partnership file without what has no place in a public edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cspanalysis.partnership.differences import gone_with
from cspanalysis.partnership.event import Event
from cspanalysis.partnership.fields import Part
from cspanalysis.partnership.partnership import Partnership
from cspanalysis.partnership.supplied_figure import SuppliedFigure
from cspanalysis.vocabulary import Measure

__all__ = ["HeldBack", "held_back"]

P = TypeVar("P", bound=Part)
_MAY_LACK = {"owner"}
"""Needed texts without which the rest of an entry still says something."""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Hold what a public edition leaves out of a partnership file.

    Parameters
    ----------
    public
        The file without it; None where the file as a whole is sensitive.
    priorities
        Keys of the priorities that are left out.
    measures
        Measures that are left out of every sentence and table; see `gone_with` too.
    fields
        Keys of the file of which something is left out.
    """

    public: Partnership | None
    priorities: frozenset[str] = frozenset()
    measures: frozenset[Measure] = frozenset()
    fields: frozenset[str] = frozenset()


def held_back(whole: Partnership) -> HeldBack:
    """Take out of a partnership file what is marked ``edition: sensitive``, and small figures.

    What names a priority, an objective, an output or a measure that is left out goes with it. So
    does a measure by which a total would tell another that is left out. An entry that loses
    something it needs goes as a whole, but for its owner.
    """
    keys = frozenset(p.key for p in whole.priorities if p.is_sensitive) | {
        p.key for number, p in enumerate(whole.priorities) if whole.holds_back("priorities", number)
    }
    marked = frozenset(_measures(whole))
    aims = {aim.measure for priority in whole.priorities for aim in priority.measures}
    measures = marked | gone_with(marked, needed=aims)
    public = _Public(keys, measures, frozenset(_words(whole)), whole.disclosure.threshold).of(whole)
    fields = {
        name
        for name in type(whole).model_fields
        if getattr(whole, name) != getattr(public, name, None)
    }
    fields |= {"disclosure"} if whole.disclosure.measures else set()
    return HeldBack(public, keys, measures, frozenset(fields))


def _measures(whole: Partnership) -> list[Measure]:
    """Give the measures that are marked: on their own, by the rules, or as a priority's."""
    found = [
        one.measure
        for number, one in enumerate(whole.measures)
        if one.is_sensitive or whole.holds_back("measures", number)
    ]
    found += whole.disclosure.measures
    for priority in whole.priorities:
        found += [
            aim.measure
            for number, aim in enumerate(priority.measures)
            if aim.is_sensitive or priority.holds_back("measures", number)
        ]
    return found


def _words(whole: Partnership) -> list[str]:
    """Give objectives, outputs and criteria that are left out, by which others may call them."""
    found: list[str] = []
    if plan := whole.police_plan:
        every = plan.is_sensitive or whole.holds_back("police_plan")
        every = every or plan.holds_back("objectives")
        found += [
            text
            for number, text in enumerate(plan.objectives)
            if every or plan.holds_back("objectives", number)
        ]
    for project in whole.projects:
        found += [
            output.what
            for number, output in enumerate(project.outputs)
            if output.is_sensitive or project.holds_back("outputs", number)
        ]
    criteria = whole.matrix.criteria if whole.matrix else ()
    return [*found, *(one.key for one in criteria if one.is_sensitive)]


@dataclass(frozen=True, slots=True)
class _Public:
    """Hold what is left out, by name, and take it out of parts."""

    priorities: frozenset[str]
    measures: frozenset[Measure]
    words: frozenset[str]
    threshold: int

    def of(self, part: P) -> P | None:
        """Give a part without what is left out; None where nothing of use is left."""
        if part.is_sensitive or self._is_named(part):
            return None
        kept: dict[str, object] = {}
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            left = None if part.holds_back(name) else self._left(part, name, value)
            if (left is None and value is not None) or left == () != value:
                if field.is_required() and name not in _MAY_LACK:
                    return None
                empty = field.get_default(call_default_factory=True)
                left = "" if field.is_required() else empty
            kept[name] = left
        found = part.model_copy(update=kept)
        return found.without_small(self.threshold) if isinstance(found, SuppliedFigure) else found

    def _left(self, part: Part, name: str, value: object) -> object:
        if isinstance(value, Part):
            return self.of(value)
        if isinstance(value, Mapping):
            return self._lines(value)
        if isinstance(value, tuple):
            items = [item for n, item in enumerate(value) if not part.holds_back(name, n)]
            return self._items(items)
        return None if isinstance(value, str) and value in self.words else value

    def _lines(self, lines: Mapping[str, object]) -> dict[str, object]:
        left = {
            key: self.of(value) if isinstance(value, Part) else value
            for key, value in lines.items()
            if key not in self.words
        }
        return {key: value for key, value in left.items() if value is not None}

    def _items(self, items: Sequence[object]) -> tuple[object, ...]:
        left = [self.of(item) if isinstance(item, Part) else item for item in items]
        return tuple(
            item
            for item in left
            if item is not None and not (isinstance(item, str) and item in self.words)
        )

    def _is_named(self, part: Part) -> bool:
        """Tell whether a part is on a priority or a measure that is left out."""
        priority, measure = getattr(part, "priority", None), getattr(part, "measure", None)
        named = part.measures if isinstance(part, Event) else (measure,)
        return priority in self.priorities or any(
            isinstance(one, Measure) and one in self.measures for one in named
        )
