"""The picture on the first page: the months that carry the finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.changes.trends import trends_subtitle, trends_title
from cspanalysis.findings.finding import Trend
from cspanalysis.findings.summary.headline import chosen
from cspanalysis.findings.wording.numbers import in_period
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["lead_chart"]

_PANELS = 2


def lead_chart(facts: Facts) -> Block | None:
    """Draw the months of what the report opens with; None where there are no months to chart.

    First come measures that changed or possibly did, then those in which a chart signals, then
    all crime.
    """
    led = _led(facts)[:_PANELS]
    if not led:
        return None
    return display.control_charts(
        led,
        title=_title(facts, led),
        subtitle=trends_subtitle(led),
        source=facts.source,
        tall=True,
    )


def _title(facts: Facts, led: Sequence[Trend]) -> str:
    """Say what the charts are there for: the words of the changes, else the signals."""
    words: dict[str, list[str]] = {}
    verdicts = {c.measure: c.verdict for c in facts.changes if c.stands_out or c.possible}
    for measure in (trend.measure for trend in led if trend.measure in verdicts):
        words.setdefault(str(verdicts[measure]), []).append(measure.phrase)
    if words:
        news = joined([f"{joined(names)} {word}" for word, names in words.items()])
        return sentence(f"{news} than {in_period(facts.baseline)}")
    if any(trend.variation != "common" for trend in led):
        return trends_title(led)
    return sentence(f"{joined([trend.measure.phrase for trend in led])}, month by month")


def _led(facts: Facts) -> list[Trend]:
    drawn = {trend.measure: trend for trend in facts.trends}
    ranked = chosen(facts.changes, number=len(facts.changes), harm=facts.harm)
    news = [c.measure for c in ranked if (c.stands_out or c.possible) and not c.total]
    signals = [trend.measure for trend in facts.trends if trend.variation != "common"]
    order = dict.fromkeys([*news, *signals, *(c.measure for c in ranked)])
    return [drawn[measure] for measure in order if measure in drawn]
