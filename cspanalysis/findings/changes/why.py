"""Why: competing explanations of a change, each with what the data say for or against it.

Nothing here names a cause. What can be computed is computed; what only people can know is left
to them, visibly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cspanalysis.evidence.comparability import Comparison, break_text, flagged_breaks
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import (
    count_text,
    number_word,
    percent_text,
    signed_percent_text,
)

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.vocabulary import Break

__all__ = ["FEW_PLACES", "Explanation", "explanations"]

Weight = Literal["fits", "does not fit", "can't tell", "for people to judge"]

FEW_PLACES = 5
"""How many small areas count as few."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Hold one explanation of a change and what speaks for or against it.

    Parameters
    ----------
    name
        The explanation, as a reader would say it.
    weight
        Whether the evidence fits it.
    evidence
        What the data say, one or two sentences.
    confidence
        How sure that is: ``high``, ``moderate`` or ``low``; empty where people must judge.
    """

    name: str
    weight: Weight
    evidence: str
    confidence: Literal["high", "moderate", "low", ""] = ""


def explanations(
    change: Change,
    *,
    monthly: pd.Series | None = None,
    places: tuple[pd.Series, pd.Series] | None = None,
    located: tuple[float, float] | None = None,
) -> tuple[Explanation, ...]:
    """List the competing explanations of a change that chance does not explain.

    Parameters
    ----------
    change
        The change.
    monthly
        Counts by month (index of Timestamps), both periods included.
    places
        Counts of each small area in the baseline period and in the period, on one index.
    located
        Share of the force's rows that carry a location, in the baseline period and in the period.

    Returns
    -------
    tuple of Explanation
        Computed ones first, those for people last.
    """
    found = (
        _recording(change),
        _restrictions(change),
        _police_activity(change),
        _location(change, located),
        _one_off(change, monthly),
        _few_places(change, places),
        _everywhere(change),
    )
    return (*(e for e in found if e is not None), *_for_people(change))


def _recording(change: Change) -> Explanation:
    breaks = [b for b in _breaks(change) if b.until is None]
    name = "It is recorded differently"
    if not breaks:
        text = "No change in recording between the two periods is known for this measure."
        return Explanation(name, "does not fit", text, "moderate")
    text = " ".join(map(break_text, breaks))
    explains = {b.explains(change.ratio or 1.0) for b in breaks}
    if True in explains:
        return Explanation(name, "fits", text, "moderate")
    if None in explains:
        unsaid = f"{text} Which way that alone would move the count is not known."
        return Explanation(name, "can't tell", unsaid, "low")
    way = "rose" if _sign(change) > 0 else "fell"
    against = f"{text} The count {way} in spite of that."
    return Explanation(name, "does not fit", against, "moderate")


def _restrictions(change: Change) -> Explanation | None:
    """Tell of times when daily life was another."""
    told = [break_text(b) for b in _breaks(change) if b.until]
    if not told:
        return None
    return Explanation("Daily life was different", "fits", " ".join(told), "moderate")


def _breaks(change: Change) -> Sequence[Break]:
    return flagged_breaks(change.measure, _compared(change))


def _police_activity(change: Change) -> Explanation | None:
    if not change.measure.police_activity:
        return None
    return Explanation("Police do more or less", "fits", change.measure.reading, "high")


def _location(change: Change, located: tuple[float, float] | None) -> Explanation | None:
    if located is None or change.ratio is None:
        return None
    shift = located[1] / located[0]
    name = "More or fewer records carry a location"
    moves = signed_percent_text(100 * (shift - 1))
    alone = "moves no count" if moves == percent_text(0) else f"would move a count by {moves}"
    text = (
        f"{percent_text(100 * (1 - located[1]))} of the force's records carry no location, against "
        f"{percent_text(100 * (1 - located[0]))} before. That alone {alone}; this one moved by "
        f"{signed_percent_text(100 * (change.ratio - 1))}."
    )
    same_way = (shift - 1) * (change.ratio - 1) > 0
    large = same_way and abs(shift - 1) >= 0.5 * abs(change.ratio - 1)
    return Explanation(name, "fits" if large else "does not fit", text, "high")


def _one_off(change: Change, monthly: pd.Series | None) -> Explanation | None:
    """Tell whether one pair of months makes most of the difference."""
    differences = _by_month(change, monthly)
    if len(differences) < 3 or not change.change:
        return None
    month, most = max(differences.items(), key=lambda item: item[1] * _sign(change))
    share = most / change.change
    name = "A single month stands out"
    text = (
        f"{month} alone accounts for {count_text(abs(most))} of the "
        f"{count_text(abs(change.change))} {_more_or_fewer(change)}."
    )
    return Explanation(name, "fits" if share > 0.5 else "does not fit", text, "moderate")


def _by_month(change: Change, monthly: pd.Series | None) -> dict[str, int]:
    import pandas as pd

    if monthly is None or len(change.period.months) != len(change.baseline.months):
        return {}
    pairs = zip(change.period.months, change.baseline.months, strict=True)
    return {
        f"{month:%B %Y}": int(monthly[pd.Timestamp(month)] - monthly[pd.Timestamp(earlier)])
        for month, earlier in pairs
    }


def _few_places(change: Change, places: tuple[pd.Series, pd.Series] | None) -> Explanation | None:
    """Tell whether the change stays clear without the few small areas that moved most."""
    from cspanalysis.methods import compare

    if places is None or change.change in {None, 0}:
        return None
    known = places[0].notna() & places[1].notna()
    before, after = (counts[known] for counts in places)
    moved = ((after - before) * _sign(change)).sort_values(ascending=False)
    few = moved.index[:FEW_PLACES]
    rest_before, rest_after = int(before.drop(few).sum()), int(after.drop(few).sum())
    rest = compare(
        rest_before,
        rest_after,
        exposure_before=change.baseline.days,
        exposure_after=change.period.days,
        dispersion=change.dispersion,
        freedom=change.freedom,
    ).iloc[0]
    clear = rest["p_value"] < 0.05 and (rest["ratio"] - 1) * _sign(change) > 0
    text = (
        f"Without the {number_word(len(few))} small areas (of {count_text(len(before))}) that "
        f"moved most, the rest went from {count_text(rest_before)} to {count_text(rest_after)}: "
        f"{'still a clear change' if clear else 'no clear change'}."
    )
    return Explanation(
        "It happens in a few places", "does not fit" if clear else "fits", text, "moderate"
    )


def _everywhere(change: Change) -> Explanation | None:
    force = change.force
    if force is None or force.gap is None:
        return None
    moved = signed_percent_text(force.percent_change)
    if force.gap == "no clear difference":
        text = f"{force.name} as a whole moved by {moved}; {change.area.name} can't be told apart."
        return Explanation("It happens across the force", "fits", text, "moderate")
    text = f"{force.name} as a whole moved by {moved}: {change.area.name} lies {force.gap} that."
    return Explanation("It happens across the force", "does not fit", text, "moderate")


def _for_people(change: Change) -> Sequence[Explanation]:
    open_questions = {
        "More or fewer people or targets": (
            "How many visitors, vehicles or shops there were in each of the periods is not held."
        ),
        "People report more or less": "Surveys and partners' figures could tell.",
        "More or less crime is committed": "What is left if nothing above explains the change.",
    }
    if change.measure.police_activity:
        open_questions.pop("People report more or less")
    return [Explanation(name, "for people to judge", text) for name, text in open_questions.items()]


def _sign(change: Change) -> int:
    return 1 if (change.change or 0) > 0 else -1


def _more_or_fewer(change: Change) -> str:
    return "more" if _sign(change) > 0 else "fewer"


def _compared(change: Change) -> Comparison:
    return Comparison(
        area=change.area,
        period=change.period,
        baseline=change.baseline,
        provenance=change.provenance or Provenance("", ""),
    )
