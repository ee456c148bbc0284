"""The section of a strategic assessment on one priority."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.finding import Caveat, Change
from cspanalysis.findings.patterns import Outlook, Season
from cspanalysis.findings.priorities import PriorityFinding
from cspanalysis.findings.supplied import supplied
from cspanalysis.findings.trends import trends_subtitle
from cspanalysis.findings.where import Where
from cspanalysis.findings.why import Explanation
from cspanalysis.findings.words import count_text, day_text, in_period, joined
from cspanalysis.partnership.law import theme

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block

__all__ = ["priority_section"]


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

    It says what the priority is, how much, since when, where it stands, why and what next.

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
        display.paragraphs(_about(finding), _found(finding)),
    )
    rest = display.together(
        display.points(_points(finding, said, where)),
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


def _found(finding: PriorityFinding) -> str:
    beside = finding.standing.sentence if finding.standing else ""
    months = finding.months if finding.changes else ""
    said = (finding.level, finding.change, months, beside)
    return " ".join(filter(None, said))


def _figures(finding: PriorityFinding, source: str, where: Where | None) -> Block:
    """Draw months and comparators, with the map beside them where there is one."""
    charts = [_months(finding, source), _beside(finding, source)]
    if where is None:
        return display.side_by_side(*charts)
    drawn = display.place_map(where, source=source, narrow=True)
    if "<figure" in drawn.html:
        return display.side_by_side(display.together(*charts), drawn)
    return display.together(display.side_by_side(*charts), drawn)  # it says why there is no map


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
        subtitle=trends_subtitle([finding.trend]),
        source=source,
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


def _points(
    finding: PriorityFinding, said: Collection[Caveat], where: Where | None
) -> dict[str, str]:
    leading, pattern = finding.leading, finding.pattern
    if leading is None:
        return {"To do": _actions(finding), "Not known": _gaps(finding)}
    return {
        "Its other measures": _others(finding),
        "When": _season_text(pattern.season if pattern else None),
        "Where": " ".join(where.sentences) if where else "No places are known of these figures.",
        "Harm": finding.harm_text,
        "What next": _outlook_text(pattern.outlook if pattern else None),
        "Target": finding.target_text,
        "Bear in mind": " ".join(c.text for c in leading.caveats if c not in said),
        "To do": _actions(finding),
        "Not known": _gaps(finding),
    }


def _others(finding: PriorityFinding) -> str:
    told = [f"{c.measure.phrase} ({_outcome(c)})" for c in finding.changes[1:]]
    absent = [f"{measure.phrase} (no figures held)" for measure in finding.missing]
    text = joined([*told, *absent])
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _outcome(change: Change) -> str:
    if change.before is None and change.after is not None:
        return f"{count_text(change.after)}, with no count before to compare"
    counts = f"{count_text(change.before)} to {count_text(change.after)}"
    return f"{counts}, {change.verdict}" if change.verdict else "not comparable"


def _season_text(season: Season | None) -> str:
    if season is None:
        return "There are too few years or counts to know its season."
    return season.sentence or "No month of the year stands out."


def _outlook_text(outlook: Outlook | None) -> str:
    if outlook is None:
        return "There are too few months to look ahead."
    ranges = [f"{count} in {month}" for month, count in outlook.ranges().items()]
    return f"If things go on as before, four times in five it will be {joined(ranges)}."


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


def _gaps(finding: PriorityFinding) -> str:
    if finding.priority is None or not finding.priority.gaps:
        return ""
    return " ".join(f"{gap.rstrip('.')}." for gap in finding.priority.gaps)
