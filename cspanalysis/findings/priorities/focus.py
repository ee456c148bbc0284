"""Focus: the priority that a profile is about, found by its key or by a measure's code."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from cspanalysis.errors import UsageError
from cspanalysis.findings.priorities.priorities import PriorityFinding, Sources
from cspanalysis.partnership import Partnership
from cspanalysis.partnership.work import Priority
from cspanalysis.vocabulary import Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = ["Focus", "focus_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Hold what a profile looks at closely.

    Parameters
    ----------
    key, title
        Its name for machines and for readers.
    priority
        What the partnership says of it; None for a measure that is no priority.
    measures
        Its measures, the leading one first.
    parts
        Parts of the leading measure, as recorded in the period.
    """

    key: str
    title: str
    priority: Priority | None
    measures: tuple[Measure, ...]
    parts: tuple[Measure, ...] = ()

    def found(self, sources: Sources) -> PriorityFinding:
        """Gather what the figures say of it, parts of the leading measure included."""
        held = [m for m in self.measures if m.code in sources.changes]
        leading = held[0].code if held else ""
        shown = dict.fromkeys([*held, *(m for m in self.parts if m.code in sources.changes)])
        return PriorityFinding(
            key=self.key,
            title=self.title,
            priority=self.priority,
            changes=tuple(sources.changes[measure.code] for measure in shown),
            missing=tuple(
                m for m in self.measures if m not in held and m.code not in sources.indicators
            ),
            indicators=tuple(
                sources.indicators[m.code] for m in self.measures if m.code in sources.indicators
            ),
            trend=sources.trends.get(leading),
            standing=sources.standings.get(leading),
            pattern=sources.patterns.get(leading),
        )


def focus_of(text: str, *, partnership: Partnership | None, period: Period) -> Focus:
    """Find what a profile is about.

    Parameters
    ----------
    text
        Key of a priority of the partnership's file, or code or name of a measure.
    partnership
        What the partnership says of itself; None where it has no file.
    period
        When; a measure has the parts that were recorded then.

    Raises
    ------
    UsageError
        If it is neither; the nearest names are given.

    Examples
    --------
    >>> span = Period.parse("2023")
    >>> focus_of("burglary", partnership=None, period=span).title
    'Burglary'
    >>> focus_of("burglery", partnership=None, period=span)
    Traceback (most recent call last):
        ...
    cspanalysis.errors.UsageError: priority 'burglery' is not known; did you mean burglary? ...
    """
    priority = partnership.priority(text) if partnership else None
    if priority is not None:
        measures = tuple(aim.measure for aim in priority.measures)
        return Focus(
            key=priority.key,
            title=priority.title,
            priority=priority,
            measures=measures,
            parts=_parts(measures, period),
        )
    try:
        measure = Measure.named(text)
    except UsageError:
        raise UsageError(_unknown(text, partnership)) from None
    return Focus(
        key=measure.code,
        title=measure.label,
        priority=None,
        measures=(measure,),
        parts=_parts((measure,), period),
    )


def _parts(measures: tuple[Measure, ...], period: Period) -> tuple[Measure, ...]:
    """Give the parts of the leading measure; all crime is no measure to take apart here."""
    if not measures or measures[0].code == "all-crime":
        return ()
    return MeasureTable.shipped().parts(measures[0].code, period)


def _unknown(text: str, partnership: Partnership | None) -> str:
    keys = [priority.key for priority in partnership.priorities] if partnership else []
    words = {*keys, *(measure.code for measure in MeasureTable.shipped())}
    near = get_close_matches(text, sorted(words), n=2)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    known = f"Its priorities are {', '.join(keys)}" if keys else "It has recorded no priorities"
    return (
        f"priority '{text}' is not known; {hint}{known}; a measure's code, such as burglary, will "
        "do as well"
    )
