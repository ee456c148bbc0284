"""Decided: which counts of outcomes in a ward public pages keep back.

Of smaller places, and of what wards add up to, no page tells how many outcomes were decided in a
period. So each ward is worked out for itself, over all periods that pages of its family tell of:
what is told of a year and of three of its quarters tells the fourth.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from cspanalysis.disclosure.family import months_of, pieces
from cspanalysis.vocabulary import Period

__all__ = ["ALL", "hidden_outcomes", "spans_of"]

ALL = "all outcomes"
"""What the groups of a span add up to."""

Told = tuple[str, str]
"""A group of outcomes, and the months in which they were decided."""


def spans_of(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """Give the periods themselves and the pieces that they are sums of, each once.

    Examples
    --------
    >>> year, quarter = Period.parse("2023"), Period.parse("2023-10..2023-12")
    >>> [str(span) for span in spans_of((year, quarter))]
    ['2023-01..2023-09', '2023-01..2023-12', '2023-10..2023-12']
    """
    whole = (Period.of_months(period.start, period.end) for period in periods)
    return tuple(sorted({*chain(whole, pieces(periods))}))


def hidden_outcomes(
    counts: Mapping[Period, Mapping[str, int]], *, shown: tuple[Period, ...], threshold: int
) -> frozenset[Told]:
    """Choose which counts of outcomes to keep back, so that no small one can be worked out.

    Parameters
    ----------
    counts
        Outcomes by group in each span of `spans_of`; all have the same groups.
    shown
        The periods that pages may tell of; other spans are told nowhere.
    threshold
        Counts from 1 to below this are small.

    Returns
    -------
    frozenset
        Groups, and `ALL` for what they add up to, each with its months.

    Examples
    --------
    >>> year, first, last = map(Period.parse, ("2023", "2023-01..2023-09", "2023-10..2023-12"))
    >>> counts = {year: {"a": 40, "b": 60}, first: {"a": 37, "b": 43}, last: {"a": 3, "b": 17}}
    >>> hidden = hidden_outcomes(counts, shown=(year, last), threshold=5)
    >>> sorted(group for group, months in hidden if months == "2023-10..2023-12")
    ['a', 'b']
    """
    import pandas as pd

    from cspanalysis.methods import protect

    whole = {span: {**groups, ALL: sum(groups.values())} for span, groups in counts.items()}
    cells = [(group, span) for span, groups in whole.items() for group in groups]
    place = {cell: at for at, cell in enumerate(cells)}
    cut = [span for span in counts if span in pieces(counts)]
    sums = [
        {**{place[group, span]: 1 for group in groups}, place[ALL, span]: -1}
        for span, groups in counts.items()
    ]
    for span, groups in whole.items():
        inside = [one for one in cut if span.start <= one.start and one.end <= span.end]
        if inside != [span]:
            for group in groups:
                parts = {place[group, one]: 1 for one in inside}
                sums.append({**parts, place[group, span]: -1})
    told = {months_of(period) for period in shown}
    hidden = protect(
        pd.Series([whole[span][group] for group, span in cells]),
        sums=sums,
        threshold=threshold,
        unseen=[place[cell] for cell in cells if months_of(cell[1]) not in told],
    )
    return frozenset(
        (group, months_of(span)) for group, span in cells if hidden[place[group, span]]
    )
