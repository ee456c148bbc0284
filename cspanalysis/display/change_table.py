"""The table of changes: the heart of a report, one line a measure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element, identifier, joined_markup
from cspanalysis.display.change_record import PLACE, change_record, outcome_of
from cspanalysis.display.marks import RatioScale, Tone, Weight, hidden, verdict_mark
from cspanalysis.display.notes import Notes, words_of
from cspanalysis.display.prose import plain_table, scroll_box
from cspanalysis.findings.finding import MINIMUM_BASE, Change
from cspanalysis.findings.wording.caveats import shortfall_in_short
from cspanalysis.findings.wording.change_words import change_words_key, visible_text
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    SUPPRESSED,
    count_text,
    interval_text,
    rate_text,
    ratio_limits_text,
    signed_percent_text,
    signed_text,
)

__all__ = ["change_table", "tone_of"]

_SMALL_BASE = (
    f"Fewer than {MINIMUM_BASE} in the baseline period: in place of a percentage, the 95 % "
    "interval of the ratio of the later to the earlier count."
)
_SHORTHAND = (("[x]", "not available"), ("[z]", "not applicable"), (SUPPRESSED, "kept back"))
_OUTCOME_KINDS = {"break", "to be confirmed"}  # caveats that stand at the verdict
_TOLD_ELSEWHERE = _OUTCOME_KINDS | {"shortfall"}  # the last stands below the table, once
_FIGURE_SPACE, _POINT_SPACE = "\N{FIGURE SPACE}", "\N{THIN SPACE}"


def change_table(
    changes: Sequence[Change],
    *,
    caption: str,
    notes: Sequence[str] = (),
    force_name: str | None = None,
    places: Mapping[str, str] | None = None,
    beside: Sequence[Change] = (),
) -> Block:
    """Show changes as one table: counts, change, the force's change, interval, rate, verdict.

    Lines stand under their group and are indented under the line that they are part of. Columns
    that no line could fill are left out: the force, the rate and, where nothing could be compared,
    the change. A missing count reads "[x]", a comparison that does not apply "[z]", one that was
    refused "not comparable" with its reason as a note; below a base of `MINIMUM_BASE` the interval
    stands in place of the percentage.

    Parameters
    ----------
    changes
        The lines, in the order of the table. They share area, period and baseline.
    caption
        What the table shows.
    notes
        Sentences for the whole table, which may link; each line's caveats become numbered notes.
    force_name
        Name of the force for the head of its column; taken from the lines if not given.
    places
        Where each measure's rate stands among other areas, in words, by code of the measure.
    beside
        Lines of another table of the page: what its notes say of all lines is not said again.

    Raises
    ------
    ValueError
        If there are no lines.
    """
    if not changes:
        raise ValueError(f"the table '{caption}' has no lines; leave it out where nothing is known")
    prefix = identifier(caption)
    table = _Table(changes, Notes(prefix), _force_name(changes, force_name), places or {})
    bodies = joined_markup(table.body(group) for group in _groups(changes))
    markup = element(
        "table",
        element("caption", caption, id=f"{prefix}-caption"),
        table.head(),
        bodies,
        class_="changes",
    )
    said = _Table(beside, Notes(prefix), table.force_name, {}).general if beside else ()
    general = [*notes, *(note for note in table.general if note not in said)]
    html = scroll_box(markup, labelled_by=f"{prefix}-caption") + table.notes.aside(
        general, caption=caption
    )
    rows = [table.plain(change) for change in changes]
    text = plain_table(table.plain_head(), rows, caption=caption)
    listed = [f"{n}. {note}" for n, note in enumerate(table.notes.texts, start=1)]
    text = "\n".join([text, *map(words_of, general), *listed])
    told = [words_of(note) for note in (*notes, *table.shared)]
    recorded = change_record(changes, caption=caption, notes=told, places=places)
    return Block(element("div", html, class_="table-block"), text, recorded)


def tone_of(change: Change) -> Tone:
    """Tell whether what a change did is good news, bad news or neither.

    A measure that has no good direction, or that police activity drives, is neither.
    """
    if not change.stands_out or change.measure.good == "none" or change.measure.police_activity:
        return "neither"
    return "good" if change.verdict == change.measure.good else "bad"


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    plain: str
    head: Markup
    cell: Callable[[Change], object]


class _Table:
    """Hold what the cells of one table share: columns, scale, notes, depths."""

    def __init__(
        self,
        changes: Sequence[Change],
        notes: Notes,
        force_name: str,
        places: Mapping[str, str],
    ) -> None:
        self.changes, self.notes, self.force_name = changes, notes, force_name
        self.places = places
        self.compared = any(change.change is not None for change in changes)
        refused = {change.refused for change in changes}
        self.alike = not self.compared and len(refused) == 1 and all(refused)
        self.scale = RatioScale.spanning(
            [r for c in changes if _drawn(c) for r in (c.lower, c.upper) if r and _solid(c)]
        )
        self._totals = {change.measure.code for change in changes if change.total}
        short = shortfall_in_short(changes)
        self.shared = [*(refused if self.alike else ()), *_shared_caveats(changes)]
        self.shared += [short] if short else []
        self._usual = _usual_denominator(changes)
        self.columns = self._columns()

    def head(self) -> Markup:
        cells = (
            element("th", column.head, scope="col", class_=column.name) for column in self.columns
        )
        first = element("th", "Measure", scope="col", class_="measure")
        return element("thead", element("tr", first, *cells))

    def body(self, lines: Sequence[Change]) -> Markup:
        title = lines[0].measure.group
        alone = len(lines) == 1
        span = len(self.columns) + 1
        heading = element(
            "tr", element("th", title, scope="rowgroup", colspan=span, class_="group")
        )
        base = 0 if alone else 1
        rows = [self._row(change, base) for change in lines]
        return element("tbody", None if alone else heading, *rows)

    def plain(self, change: Change) -> list[str]:
        first = "  " * self._depth(change) + change.measure.label
        return [first, *(_plain(column.cell(change)) for column in self.columns)]

    def plain_head(self) -> list[str]:
        return ["Measure", *(column.plain for column in self.columns)]

    @property
    def general(self) -> list[str]:
        """What holds for all lines, and how the table is read."""
        return [*self.shared, *self._key()]

    def _key(self) -> list[str]:
        """Say how to read what the table draws and abbreviates."""
        if not self.compared:
            return self._shorthand()
        said = (
            "The drawn column shows the ratio of the later to the earlier count (dot) with its "
            "95 % interval (line) on a scale common to all lines"
        )
        marks = [
            f"{said}; the wedge above is {self.force_name}." if self._has_force else f"{said}."
        ]
        return [*marks, *change_words_key(self.changes), *self._shorthand()]

    def _shorthand(self) -> list[str]:
        cells = {cell for change in self.changes for cell in self.plain(change)}
        shorthand = [
            f"{mark} {meaning}"
            for mark, meaning in _SHORTHAND
            if any(mark in cell for cell in cells)
        ]
        return [f"{'; '.join(shorthand)}."] if shorthand else []

    @property
    def _has_force(self) -> bool:
        return any(change.force for change in self.changes)

    def _columns(self) -> list[_Column]:
        columns = self._counts() + (self._comparison() if self.compared else [])
        if self._usual is not None:
            columns.append(_column("rate", _rate_title(*self._usual), self._rate))
        if self.places:
            columns.append(_column("place", PLACE, self._place))
        if not self.alike:
            columns.append(_column("outcome", "Verdict", self._verdict))
        return columns

    def _counts(self) -> list[_Column]:
        first = self.changes[0]
        before = _column("count before", first.baseline.label, lambda c: _count(c, "before"))
        after = _column("count", first.period.label, lambda c: _count(c, "after"))
        held = [any(counts) for counts in _held(self.changes)]
        known = [one for one, some in zip((before, after), held, strict=True) if some]
        return known if not self.compared and known else [before, after]

    def _comparison(self) -> list[_Column]:
        columns = [
            _column("difference", "Change", _difference),
            _column("percent", "Change,\N{NO-BREAK SPACE}%", self._percent),
        ]
        if self._has_force:
            columns.append(
                _column(
                    "percent force", f"{self.force_name} change,\N{NO-BREAK SPACE}%", _force_percent
                )
            )
        head = joined_markup([hidden("Ratio and 95 % interval"), self.scale.axis()])
        return [*columns, _Column("drawn", "Ratio (95 % interval)", head, self._drawing)]

    def _place(self, change: Change) -> object:
        return self.places.get(change.measure.code) or _quiet(NOT_APPLICABLE)

    def _row(self, change: Change, base: int) -> Markup:
        depth = base + self._depth(change)
        caveats = [c.text for c in change.caveats if c.kind not in _TOLD_ELSEWHERE]
        caveats = [text for text in caveats if text not in self.shared]
        label = element(
            "th",
            change.measure.label,
            self.notes.marker(*caveats),
            scope="row",
            class_=f"depth-{depth}",
        )
        cells = [element("td", col.cell(change), class_=col.name) for col in self.columns]
        kinds = ["total"] if change.total and not change.measure.parent else []
        kinds += ["news"] if _weight(change) != "quiet" else []
        return element("tr", label, *cells, class_=" ".join(kinds) or None)

    def _depth(self, change: Change) -> int:
        """Count the lines of this table that the measure is part of, the whole left aside."""
        table = {c.measure.code: c.measure for c in self.changes}
        depth, measure = 0, change.measure
        while (parent := table.get(measure.parent)) and parent.group == measure.group:
            depth, measure = depth + 1, parent
        return depth

    def _percent(self, change: Change) -> object:
        if change.refused or (change.before == 0 and change.after is not None):
            return _quiet(NOT_APPLICABLE)
        if change.before is not None and change.before < MINIMUM_BASE and _drawn(change):
            said = ratio_limits_text(change.lower, change.upper)
            return element("span", "× ", said, self.notes.marker(_SMALL_BASE), class_="interval")
        return _aligned(_bare(signed_percent_text(change.percent_change)))

    def _drawing(self, change: Change) -> Markup:
        percent = change.force.percent_change if change.force else None
        force = None if percent is None or math.isnan(percent) else 1 + percent / 100
        values = (change.ratio, change.lower, change.upper) if _drawn(change) else (None,) * 3
        return self.scale.draw(*values, force=force, weight=_weight(change))

    def _rate(self, change: Change) -> object:
        rate = change.rate
        if rate is None:
            return _quiet(NOT_APPLICABLE)
        usual = (rate.per, rate.denominator) == self._usual
        note = "" if usual else f"Rate per {rate.per:,} {rate.denominator}."
        limits = interval_text(rate_text(rate.lower), rate_text(rate.upper))
        return joined_markup(
            [
                rate_text(rate.value),
                self.notes.marker(note),
                " ",
                element("span", limits, class_="limits"),
            ]
        )

    def _verdict(self, change: Change) -> object:
        reasons = [c.text for c in change.caveats if c.kind in _OUTCOME_KINDS]
        reasons = [text for text in reasons if text not in self.shared]
        reasons = [change.refused, *reasons] if change.refused else reasons
        mark = verdict_mark(outcome_of(change), tone=tone_of(change))
        visible = visible_text(change)
        if visible:
            mark += joined_markup([" ", element("span", visible, class_="limits")])
        return mark + self.notes.marker(*reasons)


def _column(name: str, title: str, cell: Callable[[Change], object]) -> _Column:
    return _Column(name, title, Markup("{}").format(title), cell)


def _held(changes: Sequence[Change]) -> tuple[list[bool], list[bool]]:
    """Tell of each line whether it has a count of the baseline period, and one of the period.

    A count that is kept back is one.
    """
    return (
        [c.before is not None or "before" in c.kept_back for c in changes],
        [c.after is not None or "after" in c.kept_back for c in changes],
    )


def _usual_denominator(changes: Sequence[Change]) -> tuple[int, str] | None:
    """Give what most rates are per: it stands in the head, the others in notes."""
    held = Counter((c.rate.per, c.rate.denominator) for c in changes if c.rate)
    return held.most_common(1)[0][0] if held else None


def _rate_title(per: int, denominator: str) -> str:
    return f"Rate per {per:,} {denominator} (95\N{NO-BREAK SPACE}% interval)"


def _shared_caveats(changes: Sequence[Change]) -> list[str]:
    """Find the caveats that every line bears: they are said once for the table."""
    held = [{caveat.text for caveat in change.caveats} for change in changes if not change.refused]
    if len(held) < 3:
        return []
    return [c.text for c in changes[0].caveats if all(c.text in texts for texts in held)]


def _groups(changes: Sequence[Change]) -> list[list[Change]]:
    return [list(lines) for _, lines in groupby(changes, key=lambda change: change.measure.group)]


def _force_name(changes: Sequence[Change], given: str | None) -> str:
    names = (change.force.name for change in changes if change.force)
    return given or next(names, "")


def _drawn(change: Change) -> bool:
    return not change.refused and None not in (change.ratio, change.lower, change.upper)


def _weight(change: Change) -> Weight:
    return "clear" if change.stands_out else "possible" if change.possible else "quiet"


def _solid(change: Change) -> bool:
    """Tell whether a line may stretch the scale: few events have wide limits that need not fit."""
    return (change.before or 0) >= MINIMUM_BASE


def _plain(cell: object) -> str:
    markup = joined_markup([cell]).replace("</sup><sup>", "")
    return Markup(markup.replace("<sup>", " (").replace("</sup>", ")")).striptags()  # noqa: S704 # nosec B704


def _count(change: Change, which: Literal["before", "after"]) -> object:
    before = which == "before"
    count, period = (change.before, change.baseline) if before else (change.after, change.period)
    if which in change.kept_back:
        return _quiet(SUPPRESSED)
    if count is None and not change.measure.recorded_in(period):
        return _quiet(NOT_APPLICABLE)
    return _quiet(count_text(count)) if count is None else count_text(count)


def _difference(change: Change) -> object:
    if change.refused:
        return _quiet(NOT_APPLICABLE)
    return signed_text(change.change) if change.change is not None else _quiet(count_text(None))


def _force_percent(change: Change) -> object:
    percent = change.force.percent_change if change.force else None
    return _aligned(_bare(signed_percent_text(percent)))


def _bare(percent: str) -> str:
    return percent.removesuffix("\N{NO-BREAK SPACE}%")


def _aligned(number: str) -> object:
    """Pad a number without decimals, so that decimal points stand under one another."""
    if not number[-1:].isdigit():
        return _quiet(number)
    return number if "." in number else f"{number}{_POINT_SPACE}{_FIGURE_SPACE}"


def _quiet(text: str) -> Markup:
    return element("span", text, class_="quiet")
