"""The figures of a change, one by one, for machines and for placeholders in commentary."""

from __future__ import annotations

from collections.abc import Iterator

from cspanalysis.display.cover import Headline
from cspanalysis.findings.finding import Change
from cspanalysis.findings.words import count_text, percent_text, rate_text, ratio_text

__all__ = ["change_figures"]


def change_figures(change: Change, *, source: str) -> Iterator[Headline]:
    """Give every figure that a report prints of one change.

    Parameters
    ----------
    change
        The change.
    source
        Where its counts came from.

    Yields
    ------
    Headline
        ``change.<measure>.count``, ``.baseline_count``, ``.percent_change``, ``.ratio``,
        ``.rate`` and ``.force_percent_change``, those that there are. The percentage and the
        ratio carry the 95 % interval of the change, the rate its own.
    """
    yield _figure(change, "count", change.after, count_text(change.after), "count", source)
    yield _figure(
        change, "baseline_count", change.before, count_text(change.before), "count", source
    )
    if change.ratio is not None:
        limits = change.lower, change.upper
        yield _figure(
            change, "ratio", change.ratio, ratio_text(change.ratio), "ratio", source, limits
        )
    if change.percent_change is not None and not change.refused:
        limits = _percent(change.lower), _percent(change.upper)
        text = percent_text(change.percent_change)
        yield _figure(change, "percent_change", change.percent_change, text, "%", source, limits)
    if change.rate is not None:
        unit = f"per {change.rate.per:,} {change.rate.denominator}"
        limits = change.rate.lower, change.rate.upper
        text = rate_text(change.rate.value)
        yield _figure(change, "rate", change.rate.value, text, unit, source, limits)
    if change.force is not None and change.force.percent_change is not None:
        text = percent_text(change.force.percent_change)
        percent = change.force.percent_change
        yield _figure(change, "force_percent_change", percent, text, "%", source)


_LABELS = {
    "count": "{measure}: count, {period}",
    "baseline_count": "{measure}: count, {baseline}",
    "ratio": "{measure}: ratio of {period} to {baseline}",
    "percent_change": "{measure}: change on {baseline}",
    "rate": "{measure}: rate, {period}",
    "force_percent_change": "{measure}: change on {baseline} in the police force area",
}


def _figure(
    change: Change,
    name: str,
    value: float | None,
    text: str,
    unit: str,
    source: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> Headline:
    label = _LABELS[name].format(
        measure=change.measure.label, period=change.period.label, baseline=change.baseline.label
    )
    return Headline(
        id=f"change.{change.measure.code}.{name}",
        label=label,
        value=value,
        text=text,
        unit=unit,
        verdict=change.verdict or "",
        lower=limits[0],
        upper=limits[1],
        caveats=change.caveats,
        source=source,
    )


def _percent(limit: float | None) -> float | None:
    return None if limit is None else 100 * (limit - 1)
