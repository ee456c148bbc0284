"""The section of a strategic assessment on one priority."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.evidence.figures import Caveat
from cspanalysis.findings.changes.trends import trend_subtitle
from cspanalysis.findings.changes.why import Explanation
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.places.where_words import in_short
from cspanalysis.findings.priorities.priorities import PriorityFinding
from cspanalysis.findings.wording.numbers import count_text, day_text, in_period
from cspanalysis.findings.work.supplied import supplied, supplied_title
from cspanalysis.partnership.law import theme
from cspanalysis.reports.sections.where import NOT_ALL_HELD
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block

__all__ = ["priority_section"]

_BEARING = ("shortfall", "police activity")
"""Caveats that bear on whether a change is real; the others stand below the table of changes."""


def priority_section(
    finding: PriorityFinding,
    *,
    source: str,
    said: Collection[Caveat] = (),
    reasons: Mapping[Change, Sequence[Explanation]],
    where: Where | None = None,
    words: Block | None = None,
) -> tuple[Block, Block, Block]:
    """Give one priority as opening, figures and rest (see `display.parts`).

    It says what the priority is, whether its change is real, beside whom, where, what is wanted
    and what comes next. Season, outlook and harm of all measures stand in tables of the report,
    and what is not known under a heading of its own.

    Parameters
    ----------
    finding
        What the figures say of the priority.
    source
        Where its counts came from.
    said
        Caveats that bear on every measure of the report, which says them elsewhere.
    reasons
        Explanations of those of its changes that chance does not explain.
    where
        Where its leading measure was recorded; None where that is not known.
    words
        What people wrote on it.
    """
    opening = display.together(
        display.heading(finding.title, listed=True),
        display.paragraphs(_about(finding), "" if finding.leading else _recorded(finding)),
    )
    rest = display.together(
        display.answers(_answers(finding, said, where)),
        display.explanation_table(reasons) if reasons else None,
        _supplied(finding),
        words,
    )
    return opening, _figures(finding, source, where), rest


def _about(finding: PriorityFinding) -> str:
    """Say what the partnership says of it: why it is a priority, its theme and its owner."""
    priority = finding.priority
    if priority is None:
        return ""
    why = f"{priority.why} " if priority.why else ""
    owner = f" Owner: {priority.owner}." if priority.owner else ""
    return f"{why}Theme of the law: {theme(priority.theme).title.lower()}.{owner}"


def _figures(finding: PriorityFinding, source: str, where: Where | None) -> Block:
    """Draw the months, with the map beside them, or the comparators where there is none."""
    drawn = None if where is None else display.place_map(where, source=source, narrow=True)
    if drawn is not None and "<figure" in drawn.html:
        return display.side_by_side(_months(finding, source), drawn)
    charts = display.side_by_side(_months(finding, source), _beside(finding, source))
    return display.together(charts, drawn)  # it says why there is no map


def _recorded(finding: PriorityFinding) -> str:
    """Say what is held of it, with a link to the table of what partners gave."""
    given = finding.priority.figures if finding.priority else ()
    if not given:
        return finding.recorded
    caption = supplied_title(supplied(given), on=finding.title)
    return display.pointing(finding.recorded, "below", caption=caption)


def _supplied(finding: PriorityFinding) -> Block | None:
    """List the numbers on it that partners gave, if any."""
    given = finding.priority.figures if finding.priority else ()
    return display.supplied_table(supplied(given), on=finding.title) if given else None


def _months(finding: PriorityFinding, source: str) -> Block | None:
    if finding.trend is None:
        return None
    return display.control_charts(
        [finding.trend],
        title=finding.months_title,
        subtitle=trend_subtitle(finding.trend),
        source=source,
        tall=True,
        known=True,
    )


def _beside(finding: PriorityFinding, source: str) -> Block | None:
    standing = finding.standing
    if standing is None:
        return None
    own = standing.own
    return display.rate_comparison(
        standing.levels,
        title=standing.title,
        subtitle=f"Rates {in_period(own.period)} per {own.rate.per:,} {own.rate.denominator}.",
        source=source,
    )


def _answers(
    finding: PriorityFinding, said: Collection[Caveat], where: Where | None
) -> dict[str, str]:
    """Answer what a member asks; what charts and the table of changes say is not said again."""
    leading = finding.leading
    if leading is None:
        return {"Target": finding.target_text, "Next": _actions(finding)}
    return {
        "Is it real?": _real(finding, said),
        "Beside others": finding.standing.sentence if finding.standing else "",
        "Where": in_short(where) if where else _nowhere(leading),
        "Target": finding.target_text,
        "Next": _actions(finding),
    }


def _real(finding: PriorityFinding, said: Collection[Caveat]) -> str:
    """Say whether the count changed, and what of the data or the police can make it seem so."""
    leading = finding.leading
    held = leading.caveats if leading else ()
    bearing = (c.text for c in held if c.kind in _BEARING and c not in said)
    undrawn = finding.months if finding.trend is None else ""
    told = (finding.real, undrawn, *bearing, _others(finding))
    return " ".join(filter(None, told))


def _nowhere(leading: Change) -> str:
    if leading.after is None and leading.refused:
        return NOT_ALL_HELD.format(leading.period.label)
    return "No places are known of these figures."


def _others(finding: PriorityFinding) -> str:
    told = [f"{c.measure.phrase} ({_outcome(c)})" for c in finding.changes[1:]]
    absent = [f"{measure.phrase} (no figures held)" for measure in finding.missing]
    text = joined([*told, *absent])
    return f"Its other measures: {text}." if text else ""


def _outcome(change: Change) -> str:
    if change.before is None and change.after is not None:
        return f"{count_text(change.after)}, with no count before to compare"
    counts = f"{count_text(change.before)} to {count_text(change.after)}"
    return f"{counts}, {change.verdict}" if change.verdict else "not comparable"


def _actions(finding: PriorityFinding) -> str:
    """Say what is to be done, by whom and when, or since when it is overdue at the period's end."""
    said, on = [], finding.leading.period.end if finding.leading else None
    for planned in finding.priority.actions if finding.priority else ():
        who = ", ".join(filter(None, (planned.owner, _due(planned.due, on))))
        said.append(f"{planned.action.rstrip('.')}{f' ({who})' if who else ''}.")
    return " ".join(said)


def _due(day: date | None, on: date | None) -> str:
    if day is None:
        return ""
    late = on is not None and day <= on
    return f"{'overdue since' if late else 'by'} {day_text(day.isoformat())}"
