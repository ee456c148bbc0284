"""The reading of one text: its sentences in turn, with what was spoken of before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cspanalysis.commentary.claims.areas import is_among_others
from cspanalysis.commentary.claims.averages import average_lost
from cspanalysis.commentary.claims.basis import span_named
from cspanalysis.commentary.claims.binding import (
    Bound,
    Found,
    bind,
    distributed,
    excepted,
    is_of_the_one,
    is_why,
)
from cspanalysis.commentary.claims.claim import Claim
from cspanalysis.commentary.claims.figures import is_bare_rate, is_rate
from cspanalysis.commentary.claims.history import History
from cspanalysis.commentary.claims.judging import Judge
from cspanalysis.commentary.claims.marked import Marked, Named
from cspanalysis.commentary.claims.marks import Reader
from cspanalysis.commentary.claims.matter import (
    NO_MEASURE,
    NOT_HELD,
    OF_PEOPLE,
    Ruling,
    claim_of,
    not_read,
)
from cspanalysis.commentary.claims.place_and_time import place_of, time_of
from cspanalysis.commentary.claims.quantities import (
    rule_on_alone,
    rule_on_exceptions,
    rule_on_more,
    rule_on_scope,
    rule_on_sum,
    rule_on_superlative,
)
from cspanalysis.commentary.claims.rulings import CAUSE, rule_on
from cspanalysis.commentary.claims.sentences import Sentence
from cspanalysis.commentary.claims.shares import (
    Share,
    is_joint,
    rule_on_part,
    rule_on_share,
    shares,
)
from cspanalysis.commentary.claims.signals import (
    ALL_CRIME,
    DROPPED,
    HEADING,
    IN_IT,
    MOVES,
    OF_OFFENCES,
    OF_ONE,
    OF_THE_AREA,
    OFFENCES,
    OPINION,
    POSSIBLY,
    THAT_IS,
    THE_AVERAGE,
    TOGETHER,
)
from cspanalysis.commentary.claims.statements import Statement, statements
from cspanalysis.commentary.claims.tables import Cell, cells
from cspanalysis.commentary.claims.tracing import Tracer
from cspanalysis.commentary.claims.unread import unread
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.composites import composites

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Checker"]


class Checker:
    """Hold what is known while a text is read: its subject and the measures spoken of."""

    def __init__(
        self,
        changes: Sequence[Change],
        area: Area,
        extra: Mapping[str, Value],
        monthly: pd.DataFrame | None,
    ) -> None:
        wider = {one.measure for one in composites()}  # sums of lines are no lines beside them
        self._changes = tuple(change for change in changes if change.measure not in wider)
        self._extra = extra
        self._by_code = {change.measure.code: change for change in changes}
        self._reader = Reader(changes, area)
        self._tracer = Tracer(extra, self._reader)
        self._history = History(monthly)
        self._judge = Judge(self._changes, extra, self._reader, self._tracer, self._history)
        self._subject: tuple[Named, ...] = ()
        self._heading: tuple[Named, ...] = ()
        self._earlier: tuple[Named, ...] = ()
        self._spoken: list[Change] = []
        self._paragraph = -1
        self._span: Period | None = None
        self._unit = ""
        self._moved = self._begun = False

    def claims(self, read: Iterator[Sentence]) -> Iterator[Claim]:
        """Yield the claims of sentences."""
        for sentence in read:
            if sentence.paragraph != self._paragraph:
                self._paragraph, self._earlier, self._spoken = sentence.paragraph, self._subject, []
                self._subject = ()
                self._span, self._unit = None, ""
            yield from self._of_sentence(sentence)

    def claims_of_tables(self, text: str, first_line: int) -> Iterator[Claim]:
        """Yield the claims of the tables of a text."""
        for cell in cells(text, self._reader):
            change = next((self._by_code[c] for c in cell.codes if c in self._by_code), None)
            ruling = NOT_HELD if change is None else self._of_cell(cell, change)
            sentence = Sentence(cell.text, first_line + cell.line, -1, cited=False)
            code = change.measure.code if change else cell.codes[0]
            yield claim_of(sentence, code, cell.statement.words, ruling)

    def _of_cell(self, cell: Cell, change: Change) -> Ruling:
        said, place, time = cell.statement, cell.place, cell.time
        if said.kind == "share":
            return rule_on_share(said, change, self._changes, place=place, time=time)
        return rule_on(
            said,
            change,
            place=place,
            time=time,
            span=cell.span,
            extra=self._extra,
            history=self._history,
        )

    def _of_sentence(self, sentence: Sentence) -> Iterator[Claim]:
        marked = self._reader.mark(sentence.text, subject=self._subject)
        if HEADING.fullmatch(sentence.text):
            self._begun = True
            measures = [n for n in marked.named if n.codes]
            self._heading = tuple(measures) if len(measures) == 1 else ()
        marked.before, marked.goes_on = self._span, bool(THAT_IS.match(sentence.text))
        marked.unit = self._unit
        judged: list[tuple[Statement, str, str, Ruling]] = []
        for share in list(shares(marked)):
            code, ruling = self._of_share(share, marked)
            ruling = self._tracer.retraced(ruling, share.statement, marked, code)
            judged.append((share.statement, code, share.statement.words, ruling))
        stated = list(statements(marked))
        said = any(s.kind == "chance" for s in stated)
        self._judge.chance_said = said or POSSIBLY.search(sentence.text) is not None
        self._moved = any(s.kind not in {"cause", "number"} for s in stated)
        found = [Found(s, self._bind(s, marked)) for s in stated]
        for item in distributed(found, marked):
            judged += ((item.statement, *told) for told in self._rulings(item, marked))
        unsure = {c for s, c, _, r in judged if s.kind == "certain" and r.verdict != "supported"}
        causes = [statement for statement in stated if statement.kind == "cause"]
        for statement, code, words, ruling in judged:
            if ruling.verdict in {"supported", "as recorded"} and any(
                is_why(statement, cause, marked) for cause in causes
            ):
                continue
            if code in unsure and ruling.verdict == "supported":
                ruling = replace(ruling, verdict="as recorded")  # "rose significantly, by 12 %"
            if ruling.verdict == "supported" and statement.kind == "count":
                lost = average_lost(statement, stated, marked)
                ruling = not_read(lost, ruling) if lost else ruling
            told = ruling.verdict in {"supported", "as recorded"} and ruling.rule != "value"
            if told and OPINION.search(sentence.text):
                ruling = OF_PEOPLE
            if ruling.verdict == "contradicted":
                left = unread(statement, marked, rule=ruling.rule, months=self._reader.months)
                left = "the quotation" if sentence.quoted else left
                ruling = not_read(left, ruling) if left else ruling
            yield claim_of(sentence, code, words, ruling)
        self._span = self._span_said(found, marked) or self._span
        self._unit = marked.averages[-1].unit if marked.averages else ""
        self._follow(found, marked)

    def _of_share(self, share: Share, marked: Marked) -> tuple[str, Ruling]:
        if share.part is None or not share.part.codes or is_joint(share, marked):
            return "", NO_MEASURE
        line = self._change(share.part)
        if line is None:
            return share.part.codes[0], NOT_HELD
        return line.measure.code, rule_on_part(share, marked, line, self._changes, self._history)

    def _bind(self, statement: Statement, marked: Marked) -> Bound:
        whole = statement.kind in OF_THE_AREA
        carried = self._subject or (self._heading if OFFENCES.match(marked.text) else ())
        if THE_AVERAGE.match(marked.blanked):
            carried = carried or self._earlier or self._heading
        bound = bind(statement, marked, carried=carried, whole=whole)
        spoken = bound.named or self._spoken or self._heading
        return Bound((ALL_CRIME,)) if not spoken and is_bare_rate(statement, marked) else bound

    def _rulings(self, found: Found, marked: Marked) -> Iterator[tuple[str, str, Ruling]]:
        statement, bound = found.statement, found.bound
        if bound.all_measures:
            for change in self._changes:
                if change.force is not None:
                    ruling = self._judge(statement, marked, change)
                    yield change.measure.code, statement.words, ruling
        elif (several := self._of_several(statement, bound, marked)) is not None:
            yield "", statement.words, several
        elif bound.named:
            for named in bound.named:
                yield from self._of_named(named, statement, marked)
        elif statement.kind == "cause" and self._moved and marked.named:
            yield "", statement.words, CAUSE
        elif wrong := self._of_the_only(statement, marked):
            yield wrong
        elif statement.kind not in DROPPED:
            yield "", statement.words, self._of_unbound(statement, marked)

    def _of_several(self, statement: Statement, bound: Bound, marked: Marked) -> Ruling | None:
        """Judge what measures have together, do alone, or one has more of than another."""
        changes = [self._change(named) for named in bound.named]
        if statement.kind == "alone" or (statement.kind == "superlative" and bound.named[1:]):
            named = [change for change in changes if change is not None]
            judge = partial(self._judge, replace(statement, kind="direction"), marked)
            if len(named) < len(bound.named) or is_among_others(statement, marked):
                return NOT_HELD
            rule = rule_on_alone if statement.kind == "alone" else rule_on_superlative
            return rule(statement, named, self._changes, judge)
        together = statement.kind == "count" and bool(TOGETHER.search(marked.text))
        if len(bound.named) > 1 and statement.kind == "count" and not together:
            together = rule_on_sum(statement, changes).verdict == "supported"
        if len(bound.named) < 2 or not (together or statement.kind == "outnumbers"):
            return None
        if (place_of(statement, marked), time_of(statement, marked)) != ("here", "period"):
            return NOT_HELD
        return (rule_on_sum if together else rule_on_more)(statement, changes)

    def _of_named(
        self, named: Named, statement: Statement, marked: Marked
    ) -> Iterator[tuple[str, str, Ruling]]:
        if named.scope is not None:
            yield from self._of_scope(named, statement, marked)
            return
        change = self._change(named)
        code = named.codes[0] if change is None else change.measure.code
        ruling = NOT_HELD if change is None else self._judge(statement, marked, change)
        yield code, statement.words, self._tracer.retraced(ruling, statement, marked, code)

    def _of_scope(
        self, named: Named, statement: Statement, marked: Marked
    ) -> Iterator[tuple[str, str, Ruling]]:
        apart = [c for n in excepted(marked) if (c := self._change(n))]
        words = f"{marked.text[named.start : named.end]} {statement.words}"
        judge = partial(self._judge, statement, marked)
        assert named.scope is not None  # noqa: S101 # nosec B101 - asked before
        spoken = [*self._spoken, *self._named_in(marked, before=named.start)]
        ruling = rule_on_scope(
            named.scope, statement, self._changes, judge, named=spoken, excepted=apart
        )
        yield "", words, ruling
        for one in excepted(marked):
            if self._change(one) is None and one.codes:
                yield one.codes[0], words, NOT_HELD
        if apart:
            for change, of_one in rule_on_exceptions(self._changes, judge, apart):
                yield change.measure.code, words, of_one

    def _of_the_only(self, statement: Statement, marked: Marked) -> tuple[str, str, Ruling] | None:
        """Judge "a rise was achieved in robbery" by the one measure named, to its wrong alone."""
        lines = [self._change(n) for n in marked.named]
        if statement.kind not in MOVES or marked.strange or len(set(lines)) != 1 or not lines[0]:
            return None
        between = marked.blanked[statement.end : max(marked.named[0].start, statement.end)]
        if not IN_IT.search(between):
            return None
        ruling = self._judge(statement, marked, lines[0])
        if ruling.verdict != "contradicted":
            return None
        return lines[0].measure.code, statement.words, ruling

    def _of_unbound(self, statement: Statement, marked: Marked) -> Ruling:
        """Look for the numbers of a statement that is bound to no measure among the values."""
        named = [n for n in marked.named if n.codes] or list(self._subject)
        if not named and OF_OFFENCES.search(marked.named_only):
            named = list(self._heading) or ([] if self._begun else [ALL_CRIME])
        measures = {code for one in named for code in one.codes}
        alone = len({n.codes for n in named}) == 1 and not marked.strange
        said = not any(n.codes for n in marked.named) and OF_OFFENCES.search(marked.named_only)
        change = self._change(named[0]) if alone else None
        of_one = is_rate(statement, marked) or is_of_the_one(statement, marked, carried=bool(said))
        if alone and of_one:
            return self._judge(statement, marked, change) if change else NOT_HELD
        if statement.kind in OF_ONE and alone:
            ruling = self._judge(statement, marked, change) if change else NO_MEASURE
            # A count that is not right may be of something else.
            if said or ruling.verdict == "supported" or statement.kind != "count":
                return ruling
        return self._tracer.told(statement, marked, measures) or NO_MEASURE

    def _change(self, named: Named) -> Change | None:
        return next((self._by_code[c] for c in named.codes if c in self._by_code), None)

    def _named_in(self, marked: Marked, *, before: int) -> list[Change]:
        return [c for n in marked.named if n.end <= before and (c := self._change(n))]

    def _span_said(self, found: Sequence[Found], marked: Marked) -> Period | None:
        """Give the span that the last number of a sentence is of, where it is no whole report's."""
        period = self._reader.period
        numbers = [item.statement for item in found if item.statement.numbers]
        return span_named(numbers[-1], marked, period) if period and numbers else None

    def _follow(self, found: Sequence[Found], marked: Marked) -> None:
        """Remember what was spoken of, for "That is ..." and "three other measures"."""
        self._begun = True
        self._spoken += self._named_in(marked, before=len(marked.text))
        measures = [n for n in marked.named if n.codes]
        codes = {n.codes for n in measures}
        bound = [n for item in found for n in item.bound.named]
        if self._subject and any(n in self._subject for n in bound):
            return
        if bound and not measures:
            self._subject = tuple(bound[:1])
        elif len(codes) == 1:
            self._subject = (measures[0],)
        elif measures or not any(item.bound.named for item in found):
            self._subject = ()
