"""The table of targets: counts, what they are to come to, and what can be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element, identifier, joined_markup
from cspanalysis.display.icons import assurance_mark, status_mark, variation_mark
from cspanalysis.display.marks import Tone
from cspanalysis.display.notes import Notes, shorthand_note
from cspanalysis.display.prose import plain_table, scroll_box
from cspanalysis.display.recorded_table import Column, Row, table_record
from cspanalysis.findings.priorities.targets import TargetFinding, amount_text
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    count_text,
    interval_text,
    period_text,
)

__all__ = ["target_table"]

_NOTES = (
    "The interval beside a count is its 95 % interval. Met and not met are said only where it "
    "leaves the target out; the target itself is taken as a fixed number.",
    "Assurance holds the usual range of the months against the target: within it the target is "
    "hit or missed by chance, whatever the last figure.",
    "Not yet due: the day lies after the figures, so the status says how things stand on the way.",
    "Would show: the smallest change that the figures of one period would show (four times in "
    "five), where the target asks for less. Such a count swings by that much by itself, so one "
    "good period will prove little.",
)


def target_table(found: Sequence[TargetFinding], *, caption: str) -> Block:
    """Show targets as one table, a line a measure, under the priority that it belongs to.

    Parameters
    ----------
    found
        The targets, those of a priority together.
    caption
        What the table says.

    Raises
    ------
    ValueError
        If there are no targets.
    """
    if not found:
        raise ValueError(f"the table '{caption}' has no lines; leave it out where no target is set")
    prefix = identifier(caption)
    table = _Table(found, Notes(prefix))
    bodies = joined_markup(
        table.body(list(lines)) for _, lines in groupby(found, key=lambda f: f.priority.key)
    )
    markup = element(
        "table",
        element("caption", caption, id=f"{prefix}-caption"),
        table.head(),
        bodies,
        class_="targets",
    )
    general = [*_general(found), *filter(None, [shorthand_note(bodies.striptags())])]
    html = scroll_box(markup, labelled_by=f"{prefix}-caption")
    html += table.notes.aside(general, caption=caption)
    text = "\n".join([table.plain(caption), *(finding.sentence for finding in found)])
    return Block(element("div", html, class_="table-block"), text, _record(found, caption, general))


@dataclass(frozen=True, slots=True)
class _Shown:
    name: str
    head: str
    cell: Callable[[TargetFinding], object]


class _Table:
    """Hold what the cells of one table share: its columns and notes."""

    def __init__(self, found: Sequence[TargetFinding], notes: Notes) -> None:
        self.found, self.notes = found, notes
        self._start = _common_start(found)
        self.columns = [
            _Shown("count number", self._start or "Baseline", self._baseline),
            _Shown("target", "Target", self._target),
            _Shown("count number", found[0].period.label, _count),
            _Shown("status", "Status", self._status),
            _Shown("due", "Due", _due),
            _Shown("chart", "Control chart", _chart),
        ]
        wanted = {"Due": any(map(_due, found)), "Control chart": any(map(_chart, found))}
        self.columns = [c for c in self.columns if wanted.get(c.head, True)]

    def head(self) -> Markup:
        first = element("th", "Measure", scope="col", class_="measure")
        cells = (element("th", c.head, scope="col", class_=c.name) for c in self.columns)
        return element("thead", element("tr", first, *cells))

    def body(self, lines: Sequence[TargetFinding]) -> Markup:
        span = len(self.columns) + 1
        group = element(
            "th", lines[0].priority.title, scope="rowgroup", colspan=span, class_="group"
        )
        return element("tbody", element("tr", group), *map(self._row, lines))

    def plain(self, caption: str) -> str:
        rows = [[f.measure.label, *(_plain(c.cell(f)) for c in self.columns)] for f in self.found]
        return plain_table(["Measure", *(c.head for c in self.columns)], rows, caption=caption)

    def _row(self, found: TargetFinding) -> Markup:
        first = element("th", found.measure.label, scope="row", class_="measure depth-1")
        return element(
            "tr", first, *(element("td", c.cell(found), class_=c.name) for c in self.columns)
        )

    def _baseline(self, found: TargetFinding) -> object:
        if found.before is None:
            relative = found.target is not None and found.target.change is not None
            return _quiet(NOT_AVAILABLE if relative else NOT_APPLICABLE)
        other = found.baseline.label != self._start
        note = f"Count of {period_text(found.baseline)}." if other else ""
        return joined_markup([count_text(found.before), self.notes.marker(note)])

    def _target(self, found: TargetFinding) -> object:
        if found.target is None:
            return _quiet("none")
        if found.value is None:
            return found.share
        asks = "; ".join(filter(None, (found.share, _would_show(found))))
        return joined_markup([f"{found.way} {amount_text(found.value)}", _small(asks)])

    def _status(self, found: TargetFinding) -> object:
        notes = [] if found.known or found.target is None else [found.reason]
        mark = status_mark(found.status, tone=_tone(found))
        gap = found.gap if found.known else ""
        return joined_markup([mark, self.notes.marker(*notes, found.remark), _small(gap)])


def _would_show(found: TargetFinding) -> str:
    """Write the smallest change that would show beside a target that asks for less."""
    if found.power is None or found.power.enough:
        return ""
    return f"would show: {found.power.size or 'no fall'}"


def _count(found: TargetFinding) -> object:
    if found.after is None:
        return _quiet(count_text(None))
    if found.lower is None or found.upper is None:
        return count_text(found.after)
    limits = interval_text(amount_text(found.lower), amount_text(found.upper))
    return joined_markup([count_text(found.after), _small(limits)])


def _due(found: TargetFinding) -> object:
    if found.aim.by is None:
        return Markup()
    day = f"{found.aim.by.day} {found.aim.by:%b %Y}"
    return joined_markup([day, _small("passed" if found.passed else "to come")])


def _chart(found: TargetFinding) -> object:
    marks = [variation_mark(found.variation), assurance_mark(found.assurance)]
    return joined_markup([mark for mark in marks if mark], element("br"))


def _tone(found: TargetFinding) -> Tone:
    if found.remark:
        return "neither"
    return "good" if found.status == "met" else "bad"


def _general(found: Sequence[TargetFinding]) -> list[str]:
    limits, assured, ahead, shows = _NOTES
    charted = any(finding.assurance != "none" for finding in found)
    early = any(finding.passed is False for finding in found if finding.target)
    unseen = any(map(_would_show, found))
    said = ((assured, charted), (ahead, early), (shows, unseen))
    return [limits, *(note for note, wanted in said if wanted)]


def _common_start(found: Sequence[TargetFinding]) -> str:
    """Name the baseline where all lines that have a count there share it."""
    labels = {f.baseline.label for f in found if f.before is not None}
    return labels.pop() if len(labels) == 1 else ""


def _small(text: str) -> Markup:
    """Write a few words small on a line of their own."""
    return element("br") + element("span", text, class_="interval") if text else Markup()


def _quiet(text: str) -> Markup:
    return element("span", text, class_="quiet")


def _plain(cell: object) -> str:
    return Markup(joined_markup([cell]).replace("<br>", ", ")).striptags()  # noqa: S704 # nosec B704


def _smallest(found: TargetFinding) -> object:
    return (found.power and found.power.visible) or NOT_APPLICABLE


def _record(
    found: Sequence[TargetFinding], caption: str, notes: Sequence[str]
) -> Mapping[str, Any]:
    columns: list[tuple[Column, Callable[[TargetFinding], object]]] = [
        (Column("Measure"), lambda f: f.measure.label),
        (Column("Priority"), lambda f: f.priority.title),
        (Column("Baseline"), lambda f: f.baseline.label),
        (Column("Count, baseline"), lambda f: f.before),
        (Column("Way"), lambda f: f.way if f.target else NOT_APPLICABLE),
        (Column("Target", 1), lambda f: f.value if f.target else NOT_APPLICABLE),
        (Column("Smallest change that would show, as a ratio", 2), _smallest),
        (Column(f"Count, {found[0].period.label}"), lambda f: f.after),
        (Column("Lower 95 % limit", 1), lambda f: f.lower),
        (Column("Upper 95 % limit", 1), lambda f: f.upper),
        (Column("Count less target", 1), lambda f: f.distance),
        (Column("Status"), lambda f: f.status),
        (Column("Due"), lambda f: f.aim.by.isoformat() if f.aim.by else NOT_APPLICABLE),
        (Column("Variation"), lambda f: f.variation.replace("_", " ")),
        (Column("Assurance"), lambda f: f.assurance.replace("_", " ")),
    ]
    rows = (
        Row([value(f) for _, value in columns], list(filter(None, (f.reason, f.remark, f.unseen))))
        for f in found
    )
    return table_record(caption, [column for column, _ in columns], rows, notes=notes)
