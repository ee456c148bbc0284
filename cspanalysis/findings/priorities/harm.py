"""Harm: how grave what was recorded was, where its measures have a weight.

A total of harm says less than it seems to: a few grave offences lead it, and categories that mix
grave and lesser offences have no single weight. So it always says what it covers, and stands
beside the counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cspanalysis.evidence.figures import Caveat, Provenance, Verdict
from cspanalysis.findings.values import MISSING, Value
from cspanalysis.findings.wording.numbers import (
    count_text,
    in_period,
    number_word,
    percent_text,
    period_text,
    ratio_limits_text,
    ratio_text,
)
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.listed import joined

__all__ = ["Harm", "HarmChange", "HarmLine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmLine:
    """Hold the harm of one measure.

    Parameters
    ----------
    measure
        What was counted.
    count, weight, harm
        The count of the period, what one is weighed with, and their product.
    share, count_share
        Share of the harm and of the counts that were weighed, in percent; None where all are 0.
    """

    measure: Measure
    count: int
    weight: float
    harm: float
    share: float | None
    count_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmChange:
    """Hold the harm of the period against that of the baseline period.

    Parameters
    ----------
    measures
        The weighed measures that can be compared; the totals are of these alone.
    before, after
        Totals of harm.
    ratio, lower, upper
        Their ratio by day and its 95 % interval.
    verdict
        "higher", "lower" or "no clear change".
    """

    measures: tuple[Measure, ...]
    before: float
    after: float
    ratio: float
    lower: float
    upper: float
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Hold the harm of what was recorded in a period, as far as there are weights.

    Parameters
    ----------
    area, period, baseline
        Where and when.
    lines
        The weighed measures, most harm first.
    total, lower, upper
        Total of harm and its 95 % interval.
    unit
        What the weights count, such as "days".
    without_weight, police_activity
        Measures that were left out: those without a weight, and those that show what the police
        do rather than what people suffer.
    coverage
        Share of recorded crime that was weighed, in percent; None without a count of all crime.
    change
        Against the baseline period; None where nothing can be compared.
    example
        Whether the weights are an illustration and no index.
    provenance
        Where the counts and the weights came from.
    graver
        Measures without a weight that hold offences graver than any that was weighed; where there
        are some, no measure is said to lead the harm.
    """

    area: Area
    period: Period
    baseline: Period
    lines: tuple[HarmLine, ...]
    total: float
    lower: float
    upper: float
    unit: str
    without_weight: tuple[Measure, ...]
    police_activity: tuple[Measure, ...]
    coverage: float | None
    change: HarmChange | None
    example: bool
    provenance: Provenance
    graver: tuple[Measure, ...] = ()

    def __repr__(self) -> str:
        weighed = f"{len(self.lines)} of {self.measures} measures weighed"
        return f"<Harm: {self.area.label}, {self.baseline} to {self.period}, {weighed}>"

    @property
    def unranked(self) -> str:
        """Say why no measure is said to lead the harm; empty where one is."""
        if not self.graver:
            return ""
        return (
            f"The gravest offences are among those without a weight ({_listed(self.graver)}), so "
            "measures are not ranked by harm."
        )

    @property
    def measures(self) -> int:
        """How many measures of crime were recorded, weighed or not."""
        return len(self.lines) + len(self.without_weight) + len(self.police_activity)

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What changes the reading: what the total covers, and an example of weights."""
        found = [Caveat("note", self.cover_text)]
        if self.police_activity:
            names = joined([m.phrase for m in self.police_activity])
            found.append(Caveat("police activity", f"Left out as police activity: {names}."))
        if self.example:
            text = "The weights are an example, not an index to publish from."
            found.append(Caveat("note", text))
        return tuple(found)

    @property
    def cover_text(self) -> str:
        """Say which part of the records the total covers."""
        part = "" if self.coverage is None else f", {percent_text(self.coverage)} of recorded crime"
        number = f"{number_word(len(self.lines))} of {number_word(self.measures)} measures"
        text = f"Harm is weighed for {number}{part}."
        if self.without_weight:
            text += f" There is no weight for {_listed(self.without_weight)}."
        return text

    def sentences(self) -> tuple[str, ...]:
        """Say how much harm, from what, and against the baseline period."""
        weighed = (
            f"What was weighed comes to {count_text(self.total)} {self.unit} of harm "
            f"{in_period(self.period)}."
        )
        return (self.cover_text, " ".join(filter(None, (weighed, self._most()))), self._changed())

    def _most(self) -> str:
        top = self.lines[0]
        if top.share is None or self.graver:
            return self.unranked
        verb = "make" if top.measure.plural else "makes"
        return (
            f"{top.measure.label} {verb} up {percent_text(top.share)} of this harm and "
            f"{percent_text(top.count_share)} of the offences weighed."
        )

    def _changed(self) -> str:
        before = period_text(self.baseline)
        if self.change is None:
            return (
                f"The harm can't be set against that of {before}: none of it can be "
                "compared, or too few grave offences were recorded to tell a change from chance."
            )
        change = self.change
        only = ""
        if len(change.measures) < len(self.lines):
            number = f"{number_word(len(change.measures))} of these measures"
            only = f"For the {number} that can be compared, "
        limits = ratio_limits_text(change.lower, change.upper)
        verdict = {
            "higher": "more than chance gives",
            "lower": "less than chance gives",
            "steady": "steady",
        }.get(change.verdict, "no clear change")
        text = (
            f"{only}the harm is {ratio_text(change.ratio)} times that of {before}, "
            f"or {limits} allowing for chance: {verdict}."
        )
        return text[:1].upper() + text[1:]

    def values(self) -> Iterator[Value]:
        """Give its values by key: ``harm.total``, ``harm.<measure>.share`` and so on."""
        when = self.period.label
        yield Value(
            key="harm.total",
            value=self.total,
            text=count_text(self.total),
            unit=self.unit,
            lower=self.lower,
            upper=self.upper,
            label=f"Harm of what was weighed, {when}",
        )
        for key, number, what in (
            ("harm.weighed", len(self.lines), "Measures that were weighed by harm"),
            ("harm.measures", self.measures, "Measures of crime, weighed or not"),
        ):
            text = count_text(number)
            yield Value(key=key, value=number, text=text, unit="count", label=f"{what}, {when}")
        yield _percent_value("harm.coverage", self.coverage, f"Crime that was weighed, {when}")
        for line in self.lines:
            key, of = f"harm.{line.measure.code}", f"{line.measure.label}: share of"
            yield _percent_value(f"{key}.share", line.share, f"{of} the harm, {when}")
            counts = f"{of} the offences that were weighed, {when}"
            yield _percent_value(f"{key}.count_share", line.count_share, counts)
        change = self.change
        yield Value(
            key="harm.ratio",
            value=change.ratio if change else None,
            text=ratio_text(change.ratio) if change else MISSING,
            unit="ratio",
            lower=change.lower if change else None,
            upper=change.upper if change else None,
            verdict=change.verdict if change else "",
            label=f"Harm: ratio of {when} to {self.baseline.label}",
        )


def _listed(measures: Sequence[Measure]) -> str:
    """List measures some of which hold an "and" themselves."""
    names = [measure.phrase for measure in measures]
    plain = len(names) < 2 or not any(" and " in name for name in names)
    return joined(names) if plain else f"{', '.join(names[:-1])}, and {names[-1]}"


def _percent_value(key: str, percent: float | None, label: str) -> Value:
    text = MISSING if percent is None else percent_text(percent)
    return Value(key=key, value=percent, text=text, unit="%", label=label)
