"""The figures of a change, one by one, for machines: the values that it has, with their source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cspanalysis.display.cover import Headline
from cspanalysis.findings.finding import Caveat, Change
from cspanalysis.findings.values import Value, values_of
from cspanalysis.findings.words import NOT_AVAILABLE

__all__ = ["change_figures", "value_figures"]

_ALWAYS = "count"


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
        The values of `findings.values.values_of` that there are. A missing count is given as
        well, as ``[x]``: that it is missing is news. The percentage and the ratio carry the
        95 % interval of the change, the rate its own.
    """
    for value in values_of([change]).values():
        if value.value is not None or value.key.endswith(_ALWAYS):
            yield _figure(value, change.caveats, source)


def value_figures(values: Iterable[Value], *, source: str) -> Iterator[Headline]:
    """Give further values of a report, such as those of its patterns, as figures."""
    return (_figure(value, (), source) for value in values)


def _figure(value: Value, caveats: tuple[Caveat, ...], source: str) -> Headline:
    return Headline(
        id=value.key,
        label=value.label,
        value=value.value,
        text=NOT_AVAILABLE if value.value is None else value.text,
        unit=value.unit,
        verdict=value.verdict,
        lower=value.lower,
        upper=value.upper,
        caveats=caveats,
        source=source,
    )
