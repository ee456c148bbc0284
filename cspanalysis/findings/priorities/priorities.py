"""Priorities: what the figures say of each thing that a partnership puts first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.changes.indicators import Indicator, told
from cspanalysis.findings.changes.patterns import Pattern
from cspanalysis.findings.changes.steps import sentences_of_drawn
from cspanalysis.findings.changes.trends import signals
from cspanalysis.findings.finding import Change, Trend
from cspanalysis.findings.places.comparators import Standing
from cspanalysis.findings.priorities.harm import Harm
from cspanalysis.findings.priorities.target_words import target_in_short
from cspanalysis.findings.priorities.targets import TargetFinding
from cspanalysis.findings.values import Value
from cspanalysis.findings.wording.change_words import message, shown_from
from cspanalysis.findings.wording.numbers import (
    change_limits_text,
    count_text,
    in_period,
    interval_text,
    number_word,
    period_text,
    rate_text,
)
from cspanalysis.findings.wording.sentences import counted, plural
from cspanalysis.partnership import Partnership
from cspanalysis.partnership.law import themes
from cspanalysis.partnership.work import Priority
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.listed import joined

__all__ = ["MOST_PROPOSED", "PriorityFinding", "Sources", "priority_findings", "proposed"]

MOST_PROPOSED = 3
"""How many measures the figures alone put forward where a partnership has named no priority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Hold the findings of a report by measure code, to pick a priority's from.

    Parameters
    ----------
    changes, trends, standings, patterns
        Findings by code of their measure.
    harm
        Harm of what was recorded; None where no measure has a weight.
    targets
        Measures of priorities held against their targets.
    indicators
        Figures that partners gave in the template.
    """

    changes: Mapping[str, Change]
    trends: Mapping[str, Trend]
    standings: Mapping[str, Standing]
    patterns: Mapping[str, Pattern]
    harm: Harm | None = None
    targets: Sequence[TargetFinding] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityFinding:
    """Hold what the figures say of one priority.

    Parameters
    ----------
    key, title
        Its name for machines and for readers.
    priority
        What the partnership says of it; None where the figures alone put it forward.
    changes
        Changes of its measures that have figures, the leading one first.
    missing
        Its measures without figures.
    indicators
        Those of its measures that partners gave figures of.
    trend, standing, pattern
        Of the leading measure; None where there is too little to go by.
    harm
        Harm of what was recorded, of all measures; None where none has a weight.
    targets
        Its measures held against their targets.
    """

    key: str
    title: str
    priority: Priority | None
    changes: tuple[Change, ...]
    missing: tuple[Measure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    trend: Trend | None = None
    standing: Standing | None = None
    pattern: Pattern | None = None
    harm: Harm | None = None
    targets: tuple[TargetFinding, ...] = ()

    @property
    def leading(self) -> Change | None:
        """Change of the leading measure; None where no measure has figures."""
        return self.changes[0] if self.changes else None

    @property
    def recorded(self) -> str:
        """Say how much of the leading measure there was."""
        change = self.leading
        if change is None:
            return self._nothing()
        if change.after is None:
            verb = "were" if change.measure.plural else "was"
            when = in_period(change.period)
            return f"How much {change.measure.phrase} {verb} recorded {when} is not known."
        return f"{_counted(change)} {in_period(change.period)}."

    @property
    def level(self) -> str:
        """Say how much of the leading measure there was, with its rate and interval."""
        change = self.leading
        if change is None or change.rate is None or not change.after:
            return self.recorded
        limits = interval_text(rate_text(change.rate.lower), rate_text(change.rate.upper))
        rate = f"{rate_text(change.rate.value)} per {change.rate.per:,} {change.rate.unit}"
        return f"{self.recorded.rstrip('.')}, or {rate} ({limits})."

    @property
    def change(self) -> str:
        """Say whether the leading measure changed by more than chance gives."""
        change = self.leading
        if change is None:
            return ""
        if change.refused or change.before is None:
            told = f"That can't be compared with {period_text(change.baseline)}. {change.refused}"
            return told.strip()
        before = f"{in_period(change.baseline)} ({count_text(change.before)})"
        if change.possible:
            return f"That is {change.verdict} than {before}{_between(change)}."
        if change.verdict == "steady":
            return f"That is steady on the count {before}."
        if not change.stands_out:
            return f"The count {before} can't be told from it.{_would_show(change)}"
        return f"That is clearly {change.verdict} than {before}{_between(change)}."

    @property
    def real(self) -> str:
        """Say in short whether the leading measure changed, and what would have shown."""
        change = self.leading
        if change is None or change.refused or change.before is None or change.after is None:
            return f"{self.recorded} {self.change}".strip()
        told = change.stands_out or change.possible
        said = f"{message(change)}{_between(change) if told else ''}."
        unsure = change.verdict == "can't tell" and shown_from(change)
        return f"{said} So whether that is real can't be told." if unsure else said

    @property
    def months(self) -> str:
        """Say what the control chart of the leading measure signals at its last month."""
        if self.trend is None:
            return "There are too few months or counts for a control chart."
        found = signals((self.trend,))
        if found:
            return found[0]
        if self.trend.variation == "none":
            return f"Its average since {self.trend.newest:%B %Y} is not firm yet."
        earlier = int((self.trend.chart["meaning"].dropna() != "common").sum())
        month = f"{self.trend.chart.index[-1]:%B %Y}"
        if not earlier:
            return f"No month up to {month} was unusual."
        verb = "month shows" if earlier == 1 else "months show"
        return f"{month} was as usual; {number_word(earlier)} earlier {verb} a signal."

    @property
    def months_title(self) -> str:
        """Write the title of the control chart: its finding."""
        if self.trend is None or _signals(self.trend):
            return self.months.rstrip(".")
        if stepped := sentences_of_drawn((self.trend,)):
            return re.split(r" \(|\. ", stepped[-1])[0].rstrip(".")
        verb = "were" if self.trend.measure.plural else "was"
        what, month = _sentence(self.trend.measure.phrase), f"{self.trend.chart.index[-1]:%B %Y}"
        if self.trend.variation == "none":
            since = f"{self.trend.newest:%B %Y}"
            return f"{what}: too few months since {since} to say what is usual"
        return f"{what} {verb} within the usual range in {month}"

    @property
    def target_text(self) -> str:
        """Say what its targets want, and what can be said of them; nothing where none is set."""
        return " ".join(target_in_short(t) for t in self.targets if t.target is not None)

    @property
    def line(self) -> str:
        """Say in one line what a board member needs beside its verdict: level, standing, signal."""
        change = self.leading
        if change is None:
            return self._given_in_short() or "None are held yet."
        rate = f" ({_per(change.rate)})" if change.rate else ""
        number, phrase = count_text(change.after), change.measure.phrase
        records = f"{plural('record', change.after or 0)} of {phrase}"
        level = "recorded" if phrase.lower() == self.title.lower() else records
        level = phrase if change.measure.by_partners and change.measure.plural else level
        known = change.after is not None
        parts = [f"{number} {level}{rate}" if known else "number not known"]
        # Beside the verdict "not comparable", to say so again would say it twice.
        if change.before is not None and not change.refused:
            parts.append(f"after {count_text(change.before)} {in_period(change.baseline)}")
        parts += ["with a signal in its months"] if _signals(self.trend) else []
        beside = f" The rate is {self.standing.place}." if self.standing else ""
        return f"{_sentence(', '.join(parts))}.{beside}"

    def values(self) -> Iterator[Value]:
        """Give its values for machines: those of its standing."""
        if self.standing is not None:
            yield from self.standing.values()

    def _nothing(self) -> str:
        names = joined([measure.phrase for measure in self.missing], word="or")
        lacks = f"No figures of {names} are held for this period." if names else ""
        given = self._given()
        if not lacks and not given:
            return "No measure is named for it, so no figure can be shown."
        return " ".join(filter(None, (lacks, given)))

    def _given(self) -> str:
        """Say what partners gave on it, in the template or beside the priority."""
        number = len(self.priority.figures) if self.priority else 0
        stand = "stands" if number == 1 else "stand"
        said = [f"Partners' figures: {told(self.indicators)}."] if self.indicators else []
        if number:
            said.append(_sentence(f"{counted(number, 'figure')} that partners gave {stand} below."))
        return " ".join(said)

    def _given_in_short(self) -> str:
        """Say what partners gave on it, where the figures beside the priority are not shown."""
        number = len(self.priority.figures) if self.priority else 0
        said = [f"Partners' figures: {told(self.indicators)}."] if self.indicators else []
        said += [f"Partners gave {counted(number, 'figure')} on it."] if number else []
        return " ".join(said)


def priority_findings(
    partnership: Partnership | None, found: Sources
) -> tuple[PriorityFinding, ...]:
    """Gather what the figures say of each priority of a partnership, in its order.

    Where it has named none, the figures put some forward (see `proposed`).
    """
    if partnership is None or not partnership.priorities:
        return proposed(found)
    return tuple(
        _gathered(p.key, p.title, p, [aim.measure for aim in p.measures], found)
        for p in partnership.priorities
    )


def proposed(found: Sources) -> tuple[PriorityFinding, ...]:
    """Put measures forward by figures alone, the most notable first.

    A clear rise comes first, then a signal of concern in the months, then a rate above the
    middle of the comparators, then the greater count. Totals, measures that follow what police
    do, those with no good direction, and those of partners that no theme of the law names are left
    aside.
    """
    named = {measure.code for theme in themes() for measure in theme.measures}
    open_to = [
        change
        for code, change in found.changes.items()
        if not change.total and change.measure.good == "lower" and change.after
        if not change.measure.by_partners or code in named
    ]
    ranked = sorted(open_to, key=lambda change: _notability(change, found), reverse=True)
    return tuple(
        _gathered(c.measure.code, c.measure.label, None, [c.measure], found)
        for c in ranked[:MOST_PROPOSED]
    )


def _per(rate: Rate) -> str:
    """Write a rate in short; what its residents leave out goes with it."""
    unit = f" {rate.unit}" if rate.many_come else ""
    return f"{rate_text(rate.value)} per {rate.per:,}{unit}"


def _gathered(
    key: str,
    title: str,
    priority: Priority | None,
    measures: Sequence[Measure],
    found: Sources,
) -> PriorityFinding:
    held = [m for m in measures if m.code in found.changes]
    leading = held[0].code if held else ""
    return PriorityFinding(
        key=key,
        title=title,
        priority=priority,
        changes=tuple(found.changes[measure.code] for measure in held),
        missing=tuple(m for m in measures if m not in held and m.code not in found.indicators),
        indicators=tuple(
            found.indicators[m.code]
            for m in measures
            if m.code in found.indicators and m.code not in found.changes
        ),
        trend=found.trends.get(leading),
        standing=found.standings.get(leading),
        pattern=found.patterns.get(leading),
        harm=found.harm,
        targets=tuple(t for t in found.targets if priority and t.priority.key == key),
    )


def _notability(change: Change, found: Sources) -> tuple[bool, bool, bool, int]:
    code = change.measure.code
    trend, standing = found.trends.get(code), found.standings.get(code)
    return (
        change.verdict == "higher",
        trend is not None and trend.variation == "concern",
        standing is not None and standing.against_median == "above",
        change.after or 0,
    )


def _signals(trend: Trend | None) -> bool:
    return trend is not None and trend.signalled


def _counted(change: Change) -> str:
    """Say how many there were: recorded so many times by the police, or so many of a partner."""
    count, measure = change.after or 0, change.measure
    if measure.by_partners and measure.plural:
        return f"There were {count_text(count) if count else 'no'} {measure.phrase}"
    times = "once" if count == 1 else "twice" if count == 2 else f"{count_text(count)} times"
    told = f"recorded {times}" if count else "not recorded"
    return f"{_sentence(measure.phrase)} {'were' if measure.plural else 'was'} {told}"


def _between(change: Change) -> str:
    if change.lower is None or change.upper is None:
        return ""
    limits = change_limits_text(change.lower, change.upper)
    return f"; allowing for chance, the change lies in {limits}"


def _would_show(change: Change) -> str:
    shown = shown_from(change)
    return f" Only {shown} would have shown." if shown else ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
