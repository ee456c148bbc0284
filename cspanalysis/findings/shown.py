"""Findings as a person meets them in a cell: one as its sentence, several as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, TypeVar

from cspanalysis.blocks.block import element
from cspanalysis.blocks.lab import worn
from cspanalysis.findings.changes.patterns import Pattern
from cspanalysis.findings.changes.trends import signals
from cspanalysis.findings.finding import MINIMUM_BASE, Change, Level, Trend, sentence_of
from cspanalysis.findings.wording.change_words import visible_text
from cspanalysis.findings.wording.numbers import (
    count_text,
    in_period,
    interval_text,
    period_text,
    rate_text,
    signed_percent_text,
)
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ByKey", "Findings"]

T = TypeVar("T")
_MOST_LINES = 16
_NAMED = 3


class Findings(tuple[T, ...]):
    """Hold findings of one kind: a tuple that shows itself as a table.

    Examples
    --------
    >>> from cspanalysis import Assessment
    >>> changes = Assessment.open("wycombe", "2017-04..2017-06").changes
    >>> changes.to_frame()["after"]["robbery"]
    np.int64(17)
    """

    __slots__ = ()

    def to_frame(self) -> pd.DataFrame:
        """Give the findings as a frame: a row each, by measure, every column of one type."""
        import pandas as pd

        rows = [_row(finding) for finding in self]
        names = rows[0] if rows else ()
        frame = pd.DataFrame({name: _column([row[name] for row in rows]) for name in names})
        return frame.set_index("measure") if rows else frame

    def __repr__(self) -> str:
        lines = [str(sentence_of(finding)) for finding in self[:_MOST_LINES]]
        if more := len(self) - len(lines):
            lines.append(f"... and {more} more; all of them: .to_frame()")
        return "\n".join(lines) or "Nothing was found."

    def _repr_html_(self) -> str:
        if not self:
            return str(element("p", repr(self)))
        rows = [_shown_row(finding) for finding in self]
        heads = [element("th", name, scope="col") for name in rows[0]]
        body = (_html_row(row) for row in rows)
        head = element("thead", element("tr", *heads))
        caption = element("caption", f"{type(self[0]).__name__}s")
        table = element("table", caption, head, element("tbody", *body), class_="findings")
        return worn(str(element("div", table, class_="scroll")))


class ByKey(dict[str, T]):
    """Hold what is found by its key: a dict that shows how much it holds, and how one asks.

    Examples
    --------
    >>> ByKey({"change.robbery.count": 17, "change.robbery.ratio": 2.1})
    <2 by key: ['change.robbery.count'] and ['change.robbery.ratio']>
    >>> ByKey(a=1, b=2, c=3, d=4)
    <4 by key, such as ['a'], ['b'] and ['c']>
    """

    def __repr__(self) -> str:
        some = joined([f"[{key!r}]" for key in [*self][:_NAMED]])
        such = ", such as" if len(self) > _NAMED else ":" if self else ""
        return f"<{len(self)} by key{such} {some}".rstrip() + ">"


@sentence_of.register
def _(finding: Change) -> str:
    phrase = finding.measure.phrase
    if finding.before is None or finding.after is None or finding.refused:
        why = finding.refused or "A count is missing."
        return f"{sentence(phrase)} can't be compared with {period_text(finding.baseline)}. {why}"
    counts = (
        f"{count_text(finding.before)} {in_period(finding.baseline)}, "
        f"{count_text(finding.after)} {in_period(finding.period)}"
    )
    size = ""
    if finding.before >= MINIMUM_BASE and finding.percent_change is not None:
        size = f" ({signed_percent_text(finding.percent_change)})"
    if finding.verdict is None or finding.verdict == "can't tell":
        return f"There is no clear change in {phrase}: {counts}{size}.{_visible(finding)}"
    verb = "are" if finding.measure.plural else "is"
    clearly = "clearly " if finding.stands_out else ""
    return f"{sentence(phrase)} {verb} {clearly}{finding.verdict}: {counts}{size}."


def _visible(change: Change) -> str:
    """Say how large a change would have shown, where one can't tell."""
    seen = visible_text(change).strip("()")
    return f" What would have shown: {seen.replace(', ', ' or ')}." if seen else ""


@sentence_of.register
def _(finding: Trend) -> str:
    if said := signals([finding]):
        return said[0]
    verb = "were" if finding.measure.plural else "was"
    month = f"{finding.chart.index[-1]:%B %Y}"
    return f"{sentence(finding.measure.phrase)} {verb} within the usual range in {month}."


@sentence_of.register
def _(finding: Level) -> str:
    rate = finding.rate
    limits = interval_text(rate_text(rate.lower), rate_text(rate.upper))
    return (
        f"{finding.area.name} had {rate_text(rate.value)} per {rate.per:,} {rate.unit} "
        f"({limits}) of {finding.measure.phrase} in {finding.period.label}."
    )


@sentence_of.register
def _(finding: Pattern) -> str:
    parts = [part.sentence for part in (finding.season, finding.concentration) if part]
    if finding.outlook:
        ranges = [f"{text} in {month}" for month, text in finding.outlook.ranges().items()]
        parts.append(f"Four times in five the next months bring {joined(ranges)}.")
    text = " ".join(filter(None, parts))
    return text or f"No pattern shows in {finding.measure.phrase}."


def _row(finding: Any) -> Mapping[str, Any]:
    """Give the values of a finding by the name of their column."""
    measure = {"measure": finding.measure.code}
    match finding:
        case Change():
            values = (
                *("before", "after", "percent_change", "lower", "upper", "p_adjusted"),
                *("verdict", "refused"),
            )
            spans = {"period": str(finding.period), "baseline": str(finding.baseline)}
            return measure | spans | {name: getattr(finding, name) for name in values}
        case Level():
            rate = {n: getattr(finding.rate, n) for n in ("value", "lower", "upper", "per")}
            where = {"area": finding.area.code, "name": finding.area.name}
            return measure | where | {"count": finding.count} | rate
        case Trend():
            last = finding.chart.iloc[-1]
            limits = {n: float(last[n]) for n in ("value", "mean", "lower", "upper")}
            when = {"month": f"{finding.chart.index[-1]:%Y-%m}", "unit": finding.unit}
            return measure | when | limits | {"variation": finding.variation}
        case Pattern():
            held, season = finding.concentration, finding.season
            return measure | {
                "high_months": joined([str(m) for m in season.high]) if season else None,
                "low_months": joined([str(m) for m in season.low]) if season else None,
                "places": held.places if held else None,
                "holding_half": held.holding_half if held else None,
                "outlook": "; ".join(f"{m}: {t}" for m, t in finding.outlook.ranges().items())
                if finding.outlook
                else None,
            }
    return measure | {"finding": repr(finding)}


def _shown_row(finding: Any) -> dict[str, str]:
    """Give what a table in a cell shows of a finding: the name, and its sentence."""
    named = finding.area.name if isinstance(finding, Level) else finding.measure.label
    return {"Finding": named, "In words": sentence_of(finding)}


def _html_row(row: Mapping[str, str]) -> object:
    first, *rest = row.values()
    return element("tr", element("th", first, scope="row"), *(element("td", t) for t in rest))


def _column(values: Sequence[Any]) -> Any:
    """Set values out as a column of one type; None is missing."""
    import pandas as pd

    known = [value for value in values if value is not None]
    whole = bool(known) and all(isinstance(value, Integral) for value in known)
    number = bool(known) and all(isinstance(value, Real) for value in known)
    return pd.array(values, dtype="Int64" if whole else "Float64" if number else "string")
