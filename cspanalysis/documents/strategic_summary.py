"""The one page of a strategic assessment that a board member can use alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.findings.finding import Change
from cspanalysis.findings.trends import signals
from cspanalysis.findings.words import count_text, joined, number_word

if TYPE_CHECKING:
    from cspanalysis.display import Block
    from cspanalysis.documents.strategic import StrategicAssessment

__all__ = ["MOST_ASKED", "strategic_summary"]

MOST_ASKED = 5
"""A board that is asked more than so many things on one page reads none of them."""


def strategic_summary(report: StrategicAssessment) -> Block:
    """Show the summary: levels, the changes that matter, those that don't, priorities, the asks."""
    return display.own_page(
        display.heading("Summary on one page", level=2),
        report.headlines(),
        display.points(
            {
                "What matters": _matters(report),
                "What does not": _does_not(report),
                "Against others": _against_others(report),
            }
        ),
        display.heading("The priorities", level=3),
        display.points({finding.title: finding.line for finding in report.priority_findings}),
        display.heading("What the board is asked", level=3),
        display.bullets(*_asked(report)),
    )


def _matters(report: StrategicAssessment) -> str:
    clear = [c for c in report.changes if c.stands_out and not c.total]
    said = [f"{_capital(c.measure.phrase)}: {c.verdict}, {_counts(c)}." for c in clear]
    said += list(signals(report.trends))
    return " ".join(said) or "No measure changed clearly, and no control chart signals."


def _does_not(report: StrategicAssessment) -> str:
    quiet = [c for c in report.changes if c.verdict == "no clear change" and not c.total]
    if not quiet:
        return ""
    many = len(quiet) == sum(c.verdict is not None and not c.total for c in report.changes)
    first = (
        f"{'All' if many else 'The other'} {number_word(len(quiet))} measures show no clear change"
    )
    large = sorted(quiet, key=lambda c: -abs(c.percent_change or 0))[:2]
    shown = [f"{c.measure.phrase} ({_counts(c)})" for c in large if c.percent_change is not None]
    return f"{first}, not even {joined(shown, word='or')}." if shown else f"{first}."


def _against_others(report: StrategicAssessment) -> str:
    total = report.standings.get("all-crime")
    return total.sentence if total else ""


def _asked(report: StrategicAssessment) -> list[str]:
    found = report.partnership.recommendations if report.partnership else ()
    if not found:
        return [
            "To choose its priorities: the matrix and the emerging issues are there to help.",
            "To say which partners will supply the data that is missing.",
        ]
    more = len(found) - MOST_ASKED
    rest = [f"To consider {number_word(more)} more, under Recommendations."] if more > 0 else []
    return [*(f"{r.text.rstrip('.')} ({r.owner})." for r in found[:MOST_ASKED]), *rest]


def _counts(change: Change) -> str:
    return f"{count_text(change.before)} to {count_text(change.after)}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
