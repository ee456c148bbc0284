"""The figures of a change, one by one, for machines: the values that it has, with their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cspanalysis.display.change_table import tone_of
from cspanalysis.display.cover import Headline
from cspanalysis.evidence.figures import Caveat
from cspanalysis.findings.finding import Change
from cspanalysis.findings.summary.headline import change_words
from cspanalysis.findings.values import LEFT_OUT, Value, values_of
from cspanalysis.findings.wording.change_words import message
from cspanalysis.findings.wording.numbers import NOT_AVAILABLE, SUPPRESSED, count_text
from cspanalysis.findings.wording.sentences import cited

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["change_figures", "headline_of", "value_figures"]

_ALWAYS = "count"
_MONTHS_DRAWN = 24


def change_figures(change: Change, *, source: str) -> Iterator[Headline]:
    """Give every figure that a report prints of one change.

    Parameters
    ----------
    change
        The change.
    source
        Where its counts came from, if it does not say itself.

    Yields
    ------
    Headline
        The values of `findings.values.values_of` that there are. A missing count is given as
        well, as ``[x]``: that it is missing is news. The percentage and the ratio carry the
        95 % interval of the change, the rate its own.
    """
    for value in values_of([change]).values():
        if value.value is not None or value.key.endswith(_ALWAYS):
            yield _figure(value, change.caveats, cited(change.provenance) or source)


def headline_of(change: Change, *, source: str, monthly: pd.DataFrame | None = None) -> Headline:
    """Give a change as a headline figure, with the last two years of its months drawn small.

    Parameters
    ----------
    change
        The change.
    source
        Where its counts came from, if it does not say itself.
    monthly
        Counts by month, one column a measure; None for no drawing.
    """
    return Headline(
        id=f"headline.{change.measure.code}",
        label=change.measure.label,
        value=change.after,
        text=SUPPRESSED if "after" in change.kept_back else count_text(change.after),
        change_text=change_words(change),
        verdict=change.verdict or "",
        message="" if change.kept_back else message(change),
        tone=tone_of(change),
        caveats=change.caveats,
        source=cited(change.provenance) or source,
        spark=_last_months(change, monthly),
    )


def _last_months(change: Change, monthly: pd.DataFrame | None) -> tuple[float | None, ...]:
    import pandas as pd

    if monthly is None or change.measure.code not in monthly:
        return ()
    last = monthly[change.measure.code].tail(_MONTHS_DRAWN)
    return tuple(None if pd.isna(value) else float(value) for value in last)


def value_figures(values: Iterable[Value], *, source: str) -> Iterator[Headline]:
    """Give further values of a report, such as those of its patterns, as figures."""
    return (_figure(value, (), source) for value in values)


def _figure(value: Value, caveats: tuple[Caveat, ...], source: str) -> Headline:
    return Headline(
        id=value.key,
        label=value.label,
        value=value.value,
        text=value.text if value.value is not None else _gap(value),
        unit=value.unit,
        verdict=value.verdict,
        lower=value.lower,
        upper=value.upper,
        caveats=caveats,
        source=value.source or source,
    )


def _gap(value: Value) -> str:
    return SUPPRESSED if value.text == LEFT_OUT else NOT_AVAILABLE
