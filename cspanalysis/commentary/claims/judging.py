"""How one statement of one measure is judged: what kind of figure it is, then its basis.

What may be of another kind, place or span is not held against the change of the measure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from cspanalysis.commentary.claims.areas import is_among_others, rank_of_others, rule_on_rate_of
from cspanalysis.commentary.claims.averages import average_of, rule_on_average
from cspanalysis.commentary.claims.basis import on_basis
from cspanalysis.commentary.claims.figures import (
    is_of_a_part,
    is_of_a_target,
    is_rate,
    is_than_elsewhere,
)
from cspanalysis.commentary.claims.history import History
from cspanalysis.commentary.claims.marked import Marked
from cspanalysis.commentary.claims.marks import Reader
from cspanalysis.commentary.claims.matter import (
    NO_COUNT,
    NOT_A_RATE,
    OF_A_PART,
    Ruling,
)
from cspanalysis.commentary.claims.otherwise import Said, otherwise
from cspanalysis.commentary.claims.place_and_time import Place, Time, place_of, span_of, time_of
from cspanalysis.commentary.claims.quantities import (
    rule_on_largest,
    rule_on_superlative,
)
from cspanalysis.commentary.claims.rulings import CAUSE, rule_on
from cspanalysis.commentary.claims.shares import (
    rule_on_points,
)
from cspanalysis.commentary.claims.signals import OTHER_BASE, RATE, SHARE
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.commentary.claims.targets import (
    rule_beside_target,
    rule_on_target,
    rule_on_target_itself,
)
from cspanalysis.commentary.claims.tracing import Tracer
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.vocabulary import Area

__all__ = ["Judge"]


@dataclass(slots=True)
class Judge:
    """Hold what statements are held against.

    Parameters
    ----------
    changes, extra, history
        The lines of the assessment, its further values by key, and its counts further back.
    reader, tracer
        Know the names of areas, and the recorded values.
    chance_said
        Whether the sentence that is read says itself that chance may explain a change.
    """

    changes: Sequence[Change]
    extra: Mapping[str, Value]
    reader: Reader
    tracer: Tracer
    history: History
    chance_said: bool = False

    def __call__(self, statement: Statement, marked: Marked, change: Change) -> Ruling:
        """Judge a statement of one measure."""
        if statement.kind == "cause":
            return CAUSE
        if statement.kind == "target":
            held = (place_of(statement, marked), time_of(statement, marked)) == ("here", "period")
            return rule_on_target(statement, change, self.extra, own=held)
        if is_rate(statement, marked):
            if OTHER_BASE.search(marked.text, statement.start, statement.end + 60):
                return OF_A_PART
            name = self.reader.place_of_a_rate(marked, statement.start, statement.end)
            if place_of(statement, marked) == "force":
                name = Area.named(change.area.force or change.area).name
            of_theirs = rule_on_rate_of(statement, name, change, self.extra)
            placed = re.match(r"\s*(?:in|for|across)\b", marked.text[statement.end :])
            is_own = change.rate is not None and statement.numbers[0].fits(change.rate.value)
            if of_theirs and (placed or not is_own):
                return of_theirs
            if statement.kind != "rate" and len(statement.numbers) == 1:
                statement = replace(statement, kind="rate")
        fine = statement.kind == "count" and any(n.step < 0.5 for n in statement.numbers)
        if fine and average_of(statement, marked) is None:
            return self.tracer.told(statement, marked, {change.measure.code}) or NO_COUNT
        if told := rule_beside_target(statement, marked, change, self.extra):
            return told
        if is_of_a_target(statement, marked):
            return rule_on_target_itself(statement, change, self.extra) or OF_A_PART
        if is_of_a_part(statement, marked, marked.named):
            return OF_A_PART
        if (
            is_than_elsewhere(statement, marked)
            or (statement.kind == "group" and not RATE.search(marked.text))
            or (statement.kind == "superlative" and is_among_others(statement, marked))
        ):
            return NOT_A_RATE
        if statement.kind in {"among", "rank"} and (
            wrong := rank_of_others(statement, marked, change, self.extra)
        ):
            return wrong
        if statement.kind == "points":
            based = on_basis(statement, marked, change, self.history)
            own = SHARE.search(marked.text) and based is None
            return rule_on_points(statement, change, self.changes) if own else OF_A_PART
        if statement.kind == "largest":
            return rule_on_largest(change, self.changes)
        if statement.kind == "superlative":
            judge = partial(self._read, statement, marked)
            return rule_on_superlative(statement, [change], self.changes, judge)
        return self._read(statement, marked, change)

    def _read(self, statement: Statement, marked: Marked, change: Change) -> Ruling:
        """Judge a statement of one measure: contradicted only if it is so in no other reading."""
        based = on_basis(statement, marked, change, self.history)
        if average := average_of(statement, marked):
            ruling = rule_on_average(statement, average, marked, change, self.history)
        elif isinstance(based, Ruling):
            ruling = based
        elif based is not None:
            ruling = self._on_basis(statement, marked, based)
        else:
            ruling = self._own(statement, marked, change)
        if ruling.verdict != "contradicted":
            return ruling
        said = Said(
            statement,
            marked,
            change,
            self.history,
            based if isinstance(based, Change) else None,
            anew=lambda other: self._read(statement, other, change),
            on=lambda other: self._on_basis(statement, marked, other),
            at=lambda **at: self._own(statement, marked, change, **at),
        )
        others = (one for one in otherwise(said) if one.verdict != "contradicted")
        return next(others, ruling)

    def _own(
        self,
        statement: Statement,
        marked: Marked,
        change: Change,
        *,
        place: Place | None = None,
        time: Time | None = None,
    ) -> Ruling:
        """Judge a statement by the report's own two periods, or as its own words say when."""
        span = span_of(statement, marked, within=change.period)
        longer = span is not None and len(span.months) > len(change.period.months)
        if time is None:
            time = "other" if longer and statement.kind == "count" else time_of(statement, marked)
        return rule_on(
            statement,
            change,
            place=place or place_of(statement, marked),
            time=time,
            span=span,
            extra=self.extra,
            history=self.history,
            chance_said=self.chance_said,
        )

    def _on_basis(self, statement: Statement, marked: Marked, change: Change) -> Ruling:
        """Judge a statement by the change between the spans that it compares."""
        ruling = rule_on(
            statement,
            change,
            place=place_of(statement, marked),
            time="baseline" if statement.kind == "count" else "period",
            extra=self.extra,
            history=self.history,
        )
        weak = statement.kind in {"change", "multiple", "range"} and ruling.verdict == "supported"
        verdict = "as recorded" if weak else ruling.verdict
        return replace(ruling, verdict=verdict, rule="basis", held_against=None)
