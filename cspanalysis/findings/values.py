"""Values: every computed number that a report prints, by key, with its text for readers.

One list serves headline figures, placeholders in commentary and the checking of claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cspanalysis.findings.finding import Change, Level
from cspanalysis.findings.wording.numbers import (
    TO_BE_CONFIRMED,
    count_text,
    number_word,
    percent_text,
    rate_text,
    ratio_text,
)
from cspanalysis.vocabulary.measure import MeasureTable

__all__ = [
    "LEFT_OUT",
    "MISSING",
    "Value",
    "hangs_on_months",
    "key_of",
    "ranks_of",
    "rates_of",
    "tally_of",
    "values_of",
]

MISSING = "not available"
"""How a sentence says that there is no number."""
LEFT_OUT = "suppressed"
"""How it says that a number is left out, for somebody could be told from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Hold one computed value under its key.

    Parameters
    ----------
    key
        Name for machines and placeholders, such as ``change.robbery.count``.
    value
        The number as it is; None where there is none.
    text
        How people read it: "2,433", "4.4 %", "not available" or "to be confirmed".
    unit
        What it counts or is measured in.
    lower, upper
        Limits of its 95 % interval, where it has one.
    verdict
        "higher", "lower" or "no clear change" where the value belongs to a tested change.
    label
        What the number is, as a reader would say it.
    source
        Who gave it and when; empty for the source of the report.
    """

    key: str
    value: float | None
    text: str
    unit: str = ""
    lower: float | None = None
    upper: float | None = None
    verdict: str = ""
    label: str = ""
    source: str = ""


_LABELS = {
    "count": "{measure}: count, {period}",
    "baseline_count": "{measure}: count, {baseline}",
    "ratio": "{measure}: ratio of {period} to {baseline}",
    "percent_change": "{measure}: change on {baseline}",
    "rate": "{measure}: rate, {period}",
    "force_percent_change": "{measure}: change on {baseline} in the police force area",
    "as_recorded": "{measure}: change on {baseline} as recorded, where months are short",
    "put_back": "{measure}: change on {baseline} with what is missing put back",
}


_OF_MONTHS = re.compile(
    r"(?:concentration\.(?P<a>[\w-]+)\.(?:holding_half|places|share)"
    r"|(?:outlook|usual)\.(?P<b>[\w-]+)\.[\w.-]+"
    r"|(?:rate|rank|where|comparators)\.(?P<c>[\w-]+)\.[\w-]+(?:\.\w+)?"
    r"|trend\.(?P<d>[\w-]+)\.position)"
)
_OF_ALL = frozenset(
    ["area.share_of_crime", "location.without", "location.baseline_without", "location.shift"]
)


def hangs_on_months(key: str) -> bool:
    """Tell whether a report has a value of this key only where the months for it are held.

    Examples
    --------
    >>> hangs_on_months("concentration.robbery.places"), hangs_on_months("area.residents")
    (True, False)
    """
    if key in _OF_ALL:
        return True
    found = _OF_MONTHS.fullmatch(key)
    known = {measure.code for measure in MeasureTable.shipped()}
    return found is not None and bool(known & {*found.groups()})


def key_of(change: Change, name: str) -> str:
    """Give the key of one value of a change."""
    return f"change.{change.measure.code}.{name}"


def values_of(changes: Sequence[Change]) -> dict[str, Value]:
    """Give every value of some changes by its key.

    Each measure has ``count``, ``baseline_count``, ``ratio``, ``percent_change``, ``rate`` and
    ``force_percent_change`` under ``change.<measure>.``. One that is missing, or that belongs to
    a comparison that was not made, has no number and says so in words. Where months are short
    there are ``as_recorded`` and ``put_back``: the percentages without and with what they lack.

    Examples
    --------
    >>> from datetime import date
    >>> from cspanalysis.vocabulary import Area, Measure, Period
    >>> span = Period.parse("2023")
    >>> robbery = Change(
    ...     measure=Measure.named("robbery"),
    ...     area=Area.named("luton"),
    ...     period=span,
    ...     baseline=span.baseline(),
    ...     before=None,
    ...     after=1234,
    ... )
    >>> found = values_of([robbery])
    >>> found["change.robbery.count"].text, found["change.robbery.baseline_count"].text
    ('1,234', 'not available')
    """
    return {value.key: value for change in changes for value in _values(change)}


def tally_of(changes: Sequence[Change], *, prefix: str = "measures") -> dict[str, Value]:
    """Give how many measures of a table were compared, and with which result.

    The keys are ``measures.compared`` and ``measures.clear`` (totals left out),
    ``measures.unclear`` (totals but all crime included) and ``measures.apart`` (those that moved
    differently from the force).
    """
    tested = [c for c in changes if c.p_value is not None and not c.total]
    lines = [c for c in changes if c.measure.code != "all-crime"]
    numbers = {
        "compared": (len(tested), "measures compared"),
        "clear": (sum(c.stands_out for c in tested), "measures with a clear change"),
        "unclear": (
            sum(c.quiet for c in lines),
            "measures without a clear change",
        ),
        "apart": (
            sum(c.force is not None and c.force.gap in {"above", "below"} for c in lines),
            "measures that moved differently from the force",
        ),
    }
    return {
        f"{prefix}.{name}": Value(
            key=f"{prefix}.{name}", value=number, text=count_text(number), unit="count", label=label
        )
        for name, (number, label) in numbers.items()
    }


def ranks_of(found: Sequence[Level]) -> dict[str, Value]:
    """Give the place of the area that an assessment is about among the areas beside it.

    Areas are ranked by rate; a police force area among them is left out. The keys are
    ``rank.<measure>.highest`` and ``rank.<measure>.lowest`` (1 is the highest and the lowest
    rate). Areas with the same rate share the better place. Empty without such an area, or where
    nothing stands beside it.
    """
    own = next((level for level in found if level.emphasis), None)
    others = [level for level in found if level.area.kind != "force" and level is not own]
    if own is None or not others:
        return {}
    above = sum(level.rate.value > own.rate.value for level in others)
    below = sum(level.rate.value < own.rate.value for level in others)
    return {
        value.key: value
        for value in (
            _rank(own, "highest", above + 1, len(others) + 1),
            _rank(own, "lowest", below + 1, len(others) + 1),
        )
    }


def rates_of(found: Sequence[Level]) -> dict[str, Value]:
    """Give the rate of each area that is set beside others, under ``rate.<measure>.<area>``."""
    return {
        value.key: value
        for level in found
        for value in (
            Value(
                key=f"rate.{level.measure.code}.{level.area.slug}",
                value=level.rate.value,
                text=rate_text(level.rate.value),
                unit=f"per {level.rate.per:,} {level.rate.denominator}",
                lower=level.rate.lower,
                upper=level.rate.upper,
                label=f"{level.measure.label}: rate in {level.area.label}, {level.period.label}",
            ),
        )
    }


def _rank(own: Level, end: str, place: int, areas: int) -> Value:
    return Value(
        key=f"rank.{own.measure.code}.{end}",
        value=place,
        text=f"{number_word(place)} of {number_word(areas)} counted from the {end} rate",
        unit="place",
        label=f"{own.measure.label}: place from the {end} rate, {own.period.label}",
    )


def _values(change: Change) -> Iterator[Value]:
    limits = change.lower, change.upper
    compared = None if change.refused else change.percent_change
    percents = _percent(change.lower), _percent(change.upper)
    yield _value(change, "count", change.after, count_text(change.after), "count")
    yield _value(change, "baseline_count", change.before, count_text(change.before), "count")
    yield _value(change, "ratio", change.ratio, ratio_text(change.ratio), "ratio", limits)
    yield _value(change, "percent_change", compared, percent_text(compared), "%", percents)
    yield _rate_value(change)
    force = change.force.percent_change if change.force else None
    yield _value(change, "force_percent_change", force, percent_text(force), "%")
    for name, reading in zip(("as_recorded", "put_back"), change.readings or (), strict=False):
        yield _value(change, name, reading, percent_text(reading), "%")


def _rate_value(change: Change) -> Value:
    rate = change.rate
    if rate is None:
        return _value(change, "rate", None, "", "")
    unit = f"per {rate.per:,} {rate.denominator}"
    return _value(change, "rate", rate.value, rate_text(rate.value), unit, (rate.lower, rate.upper))


def _value(
    change: Change,
    name: str,
    value: float | None,
    text: str,
    unit: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> Value:
    label = _LABELS[name].format(
        measure=change.measure.label, period=change.period.label, baseline=change.baseline.label
    )
    return Value(
        key=key_of(change, name),
        value=value,
        text=_absence(change, name) if value is None else text,
        unit=unit,
        lower=limits[0],
        upper=limits[1],
        verdict=change.verdict or "",
        label=label,
    )


def _absence(change: Change, name: str) -> str:
    if _hidden(change, name):
        return LEFT_OUT
    awaited = change.status == TO_BE_CONFIRMED and name != "force_percent_change"
    return TO_BE_CONFIRMED if awaited else MISSING


def _hidden(change: Change, name: str) -> bool:
    """Tell whether a value is missing for a count that is kept back."""
    if name in {"count", "rate"}:
        return "after" in change.kept_back
    if name == "baseline_count":
        return "before" in change.kept_back
    return bool(change.kept_back) and name != "force_percent_change"


def _percent(limit: float | None) -> float | None:
    return None if limit is None else 100 * (limit - 1)
