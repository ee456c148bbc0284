"""Figures that partners gave: which of their counts are kept back, over all periods at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cspanalysis.disclosure.rules import THRESHOLD
from cspanalysis.vocabulary import Period

__all__ = ["kept_back"]

Given = tuple[str, Period]
"""Code of a measure, period."""


def kept_back(
    counts: Mapping[Given, int],
    *,
    parents: Mapping[str, str] | None = None,
    threshold: int = THRESHOLD,
) -> frozenset[Given]:
    """Tell which counts a public edition keeps back, so that none tells of another.

    Small ones, and others where a period is the sum of shorter ones, or a measure of its parts.

    Parameters
    ----------
    counts
        All that a partner gave of an area, by measure and period.
    parents
        Of which measure a measure is part, by code.
    threshold
        Counts from 1 to below this are small.

    Examples
    --------
    >>> year = Period.parse("2023")
    >>> halves = [Period.parse("2023-01..2023-06"), Period.parse("2023-07..2023-12")]
    >>> given = {("fires", year): 30, ("fires", halves[0]): 27, ("fires", halves[1]): 3}
    >>> [str(period) for _, period in sorted(kept_back(given))]
    ['2023-01..2023-06', '2023-07..2023-12']
    """
    import pandas as pd

    from cspanalysis.methods import protect

    if not counts:
        return frozenset()
    given = sorted(counts)
    place = {one: at for at, one in enumerate(given)}
    sums = [
        {place[whole]: -1, **{place[part]: 1 for part in parts}}
        for whole, parts in (*_of_periods(given), *_of_parts(given, parents or {}))
        if counts[whole] == sum(counts[part] for part in parts)
    ]
    hidden = protect(pd.Series([counts[one] for one in given]), sums=sums, threshold=threshold)
    return frozenset(one for one, secret in zip(given, hidden, strict=True) if secret)


def _of_periods(given: Sequence[Given]) -> Iterator[tuple[Given, list[Given]]]:
    """Give each count with the counts of shorter periods that make up its own, without gaps."""
    for measure, whole in given:
        inside = sorted(
            span
            for code, span in given
            if code == measure and whole.start <= span.start and span.end <= whole.end
        )
        for length in {len(span.months) for span in inside if span != whole}:
            alike = [span for span in inside if len(span.months) == length]
            months = [month for span in alike for month in span.months]
            if tuple(months) == whole.months:
                yield (measure, whole), [(measure, span) for span in alike]


def _of_parts(
    given: Sequence[Given], parents: Mapping[str, str]
) -> Iterator[tuple[Given, list[Given]]]:
    for whole in given:
        parts = [one for one in given if one[1] == whole[1] and parents.get(one[0]) == whole[0]]
        if parts:
            yield whole, parts
