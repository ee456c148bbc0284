"""Targets: how far a partnership's figures are from what its plan wants them to come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cspanalysis.evidence.figures import Caveat, Provenance
from cspanalysis.findings.priorities.target_power import Power
from cspanalysis.findings.values import MISSING, Value
from cspanalysis.findings.wording.numbers import (
    count_text,
    day_text,
    in_period,
    percent_text,
)
from cspanalysis.findings.wording.sentences import cited
from cspanalysis.partnership.work import Aim, Priority, Target
from cspanalysis.vocabulary import Area, Measure, Period

__all__ = [
    "CANNOT_BE_SAID",
    "ON_THE_WAY",
    "WITHIN_CHANCE",
    "Status",
    "TargetFinding",
    "Way",
    "amount_text",
    "target_values",
    "way_of",
    "yearly_of",
]

Status = Literal[
    "met",
    "not met",
    "within chance of the target",
    "cannot be said",
    "not yet due, reached",
    "not yet due, not reached",
    "not yet due, within chance",
    "not yet due, no figure",
    "watched",
]
Way = Literal["at most", "at least"]
WITHIN_CHANCE: Status = "within chance of the target"
CANNOT_BE_SAID: Status = "cannot be said"
ON_THE_WAY: Mapping[Status, Status] = {
    "met": "not yet due, reached",
    "not met": "not yet due, not reached",
    WITHIN_CHANCE: "not yet due, within chance",
    CANNOT_BE_SAID: "not yet due, no figure",
}
"""What is said before the day by which a target is due, in place of what is said from then on."""

_SMALL = 9.95
"""Amounts below it are written with a decimal."""
_CLEAR = "more than chance alone would give"
_NEAR = "so near that chance can put it on either side"
_ACTIVITY = "It counts police activity, so meeting the target is not less harm."
_MORE = ("fewer", "more")
_NO_DIRECTION = "A rise or a fall of it can be good or bad news, so the target alone says little."


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFinding:
    """Hold one measure of a priority against what it is to come to.

    Parameters
    ----------
    priority, aim
        Where the partnership file says it.
    area, period
        Where and when.
    baseline
        Months that the target starts from: the same months of the year as the period's.
    before, after
        Counts in those months and in the period; None where missing.
    value
        What the count of the period is to come to; None where that can't be said.
    lower, upper
        Limits of the 95 % interval of the count's mean.
    power
        The change that it asks for beside the smallest one that would show; None where it asks for
        none of a count that is known.
    reason
        Why the count can't be held against the target; empty where it can.
    assurance
        Whether the months as they run meet the target: ``consistently_meets``, ``hit_or_miss``,
        ``consistently_fails`` or ``none``.
    variation
        Icon of the last month of the measure's control chart, as `trends.variation_code` names
        it; ``none`` without a chart.
    caveats
        What changes the reading.
    provenance
        Where the counts came from.
    """

    priority: Priority
    aim: Aim
    area: Area
    period: Period
    baseline: Period
    before: int | None = None
    after: int | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    power: Power | None = None
    reason: str = ""
    assurance: str = "none"
    variation: str = "none"
    caveats: tuple[Caveat, ...] = ()
    provenance: Provenance | None = None

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return self.aim.measure

    @property
    def target(self) -> Target | None:
        """What it is to come to; None where it is only watched."""
        return self.aim.target

    @property
    def way(self) -> Way:
        """Whether the count is to be at most or at least the target's value."""
        return way_of(self.aim)

    @property
    def distance(self) -> float | None:
        """Count less value: above 0 the count is higher than the value."""
        if self.after is None or self.value is None or self.reason:
            return None
        return self.after - self.value

    @property
    def reached(self) -> bool | None:
        """Whether the count itself is on the right side of the value, chance left aside."""
        if self.distance is None:
            return None
        return self.distance <= 0 if self.way == "at most" else self.distance >= 0

    @property
    def status(self) -> Status:
        """What can honestly be said.

        ``met`` and ``not met`` only where the 95 % interval of the count leaves out the value; a
        target of none at all is met by a count of 0. Where the day by which it is due is still to
        come, neither is said, but how things stand on the way (`ON_THE_WAY`).
        """
        if self.target is None:
            return "watched"
        held = self._held
        return ON_THE_WAY[held] if self.passed is False else held

    @property
    def _held(self) -> Status:
        """How the count stands to the value, whenever that is due."""
        if self.distance is None or self.lower is None or self.upper is None:
            return CANNOT_BE_SAID
        assert self.value is not None  # noqa: S101 # nosec B101 - else there is no distance
        if self.lower <= self.value <= self.upper and not self.value == self.after == 0:
            return WITHIN_CHANCE
        return "met" if self.reached else "not met"

    @property
    def passed(self) -> bool | None:
        """Whether the day by which it is due lies within the period or before; None without one."""
        return None if self.aim.by is None else self.aim.by <= self.period.end

    @property
    def known(self) -> bool:
        """Whether there is a count to hold against a target."""
        return self.target is not None and self._held != CANNOT_BE_SAID

    @property
    def due(self) -> str:
        """Say by when it was due, as of the end of the period; empty without a day that passed."""
        if self.aim.by is None or not self.passed:
            return ""
        return f"It was due by {day_text(self.aim.by.isoformat())}."

    @property
    def remark(self) -> str:
        """Say what meeting the target does not mean; empty where it means what it says."""
        if not self.known:
            return ""
        if self.measure.police_activity:
            return _ACTIVITY
        return _NO_DIRECTION if self.measure.good == "none" else ""

    @property
    def unseen(self) -> str:
        """Say that a change as small as it asks for would not show; empty where it would."""
        return self.power.sentence(self.period) if self.power else ""

    @property
    def wanted(self) -> str:
        """Write the target: its value in the period and how that comes about."""
        if self.target is None:
            return "no target"
        made = _made_of(self)
        if self.value is None:
            return made
        value = f"{self.way} {amount_text(self.value)}"
        return f"{value} ({made})" if made else value

    @property
    def share(self) -> str:
        """Write what the target starts from, in few words: "10 % fewer", "1,500 a year"."""
        if self.target is None:
            return ""
        if self.target.change is None:
            yearly = yearly_of(self.target)
            return "" if yearly in (None, self.value) else f"{amount_text(yearly or 0)} a year"
        if self.target.change == 0:
            return "no more" if self.way == "at most" else "no fewer"
        return f"{percent_text(abs(self.target.change))} {_MORE[self.target.change > 0]}"

    @property
    def gap(self) -> str:
        """Write how far the count is from the target: "24 above"; empty where that is unknown."""
        if self.distance is None:
            return ""
        if self.distance == 0:
            return "on the target"
        side = "above" if self.distance > 0 else "below"
        far, value = abs(self.distance), self.value or 0
        if value < _SMALL:
            return f"{amount_text(far)} {side}"
        return f"{count_text(round(far))} {side}" if far >= 1 else f"just {side}"

    @property
    def sentence(self) -> str:
        """Say in a few sentences where the measure stands."""
        due = self.due if self.target else ""
        parts = (_counted(self), _judged(self), self.unseen, due, self.remark)
        return " ".join(filter(None, parts))

    def values(self) -> tuple[Value, ...]:
        """Give what was found, by the key that placeholders in commentary name.

        ``baseline_count``, ``count``, ``value`` and ``distance`` under
        ``target.<priority>.<measure>.``; the status stands as their verdict.
        """
        limits = (self.lower, self.upper)
        return (
            _value(self, "baseline_count", self.before, f"count, {self.baseline.label}"),
            _value(self, "count", self.after, f"count, {self.period.label}", limits),
            _value(self, "value", self.value, f"target, {self.way}, {self.period.label}"),
            _value(self, "distance", self.distance, "count less target"),
            *self._wanted_change(),
        )

    def _wanted_change(self) -> Iterator[Value]:
        """Give the change in percent that the target asks for, where it asks for one."""
        if self.target is not None and self.target.change:
            wanted = _value(self, "wanted", self.target.change, "target in percent")
            yield replace(wanted, text=percent_text(self.target.change), unit="%")


def way_of(aim: Aim) -> Way:
    """Tell whether an aim wants at most or at least so many.

    A change of 0 % keeps a measure where it is: from rising, unless more of it is good.
    """
    target = aim.target
    if target is None or target.change is None:
        return "at least" if target is not None and target.at_least is not None else "at most"
    if target.change == 0:
        return "at least" if aim.measure.good == "higher" else "at most"
    return "at most" if target.change < 0 else "at least"


def yearly_of(target: Target) -> float | None:
    """Give the count in twelve months that a target names; None where it names a change."""
    return target.at_least if target.at_most is None else target.at_most


def amount_text(amount: float) -> str:
    """Write a count or a part of one: one decimal below ten where it is not whole.

    Examples
    --------
    >>> amount_text(782.1), amount_text(4.5), amount_text(4.0)
    ('782', '4.5', '4')
    """
    if abs(amount) >= _SMALL:
        return count_text(amount)
    return f"{amount:.1f}".removesuffix(".0").replace("-", "\N{MINUS SIGN}")


def target_values(found: Sequence[TargetFinding]) -> dict[str, Value]:
    """Give the values of several targets by their keys."""
    return {value.key: value for finding in found for value in finding.values()}


def _made_of(found: TargetFinding) -> str:
    """Say how the value comes about: from the baseline, or as a share of a year."""
    target = found.target
    assert target is not None  # noqa: S101 # nosec B101 - asked only where there is one
    if target.change is None:
        yearly = yearly_of(target)
        if yearly is None or found.value == yearly:
            return ""
        return f"{amount_text(yearly)} in twelve months, its share by days"
    than = f"{found.share} than"
    return (
        f"{than} {in_period(found.baseline)}"
        if found.before is None
        else f"{than} the {_from(found)}"
    )


def _from(found: TargetFinding) -> str:
    when = in_period(found.baseline)
    return f"{count_text(found.before)} {when}"


def _counted(found: TargetFinding) -> str:
    name = f"{found.measure.phrase[:1].upper()}{found.measure.phrase[1:]}"
    number = "no count" if found.after is None else count_text(found.after)
    counted = f"{name}: {number} {in_period(found.period)}"
    if found.target is None:
        before = "" if found.before is None else f", against {_from(found)}"
        return f"{counted}{before}; it is watched and has no target."
    if found.aim.by is None or found.passed:
        return f"{counted}, target {found.wanted}."
    wanted = f"{found.wanted[:1].upper()}{found.wanted[1:]}"
    return f"{counted}. {wanted} is wanted by {day_text(found.aim.by.isoformat())}: not yet due."


def _judged(found: TargetFinding) -> str:
    where = f"{found.gap} that" if found.distance else found.gap
    match found.status:
        case "met":
            return f"The target is met, by {_CLEAR}."
        case "not met":
            return f"The target is not met: the count is {found.gap} it, {_CLEAR}."
        case "within chance of the target":
            at = f"{found.gap} the target" if found.distance else found.gap
            return f"That is {at}, {_NEAR}."
        case "cannot be said":
            return f"Whether the target is met can't be said. {found.reason}".strip()
        case "not yet due, reached":
            return f"The count is {where} already, by {_CLEAR}."
        case "not yet due, not reached":
            return f"The count is still {where}, {_CLEAR}."
        case "not yet due, within chance":
            return f"The count is {where}, {_NEAR}."
        case "not yet due, no figure":
            return f"How it stands can't be said. {found.reason}".strip()
        case _:
            return ""


def _value(
    found: TargetFinding,
    name: str,
    number: float | None,
    label: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> Value:
    missing = number is None
    return Value(
        key=f"target.{found.priority.key}.{found.measure.code}.{name}",
        value=number,
        text=MISSING if number is None else amount_text(number),
        unit="count",
        lower=None if missing else limits[0],
        upper=None if missing else limits[1],
        verdict=found.status,
        label=f"{found.priority.title}: {found.measure.label}, {label}",
        source=cited(found.provenance),
    )
