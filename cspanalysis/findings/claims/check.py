"""Check the claims of a text: each held against the values of the assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cspanalysis.findings.claims.binding import (
    Bound,
    bind,
    excepted,
    is_of_a_part,
    place_of,
    time_of,
)
from cspanalysis.findings.claims.claim import Claim, HeldAgainst
from cspanalysis.findings.claims.marks import Marked, Named, Reader
from cspanalysis.findings.claims.matter import Ruling
from cspanalysis.findings.claims.quantities import (
    rule_on_exceptions,
    rule_on_scope,
    rule_on_superlative,
)
from cspanalysis.findings.claims.rulings import rule_on
from cspanalysis.findings.claims.sentences import Sentence, sentences
from cspanalysis.findings.claims.shares import Share, rule_on_share, shares
from cspanalysis.findings.claims.statements import Statement, statements
from cspanalysis.findings.claims.tables import Cell, cells
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.vocabulary import Area

__all__ = ["check_claims"]

_OF_THE_AREA = frozenset({"follows", "gap", "performs"})
_DROPPED = frozenset(
    {"certain", "chance", "improved", "nothing clear", "same number", "superlative"}
)
_NO_MEASURE = Ruling(
    "not traceable",
    "no measure named",
    "The assessment has no value that this speaks of. Name the measure, or give a source.",
)
_OF_A_PART = Ruling(
    "not traceable",
    "part of a measure",
    "This speaks of a part of the measure, or of a target, which the assessment does not hold.",
)
_NOT_HELD = Ruling("not traceable", "no figure", "The assessment has no figure of this measure.")


def check_claims(
    text: str,
    changes: Sequence[Change],
    *,
    area: Area,
    extra_values: Mapping[str, Value] | None = None,
    first_line: int = 1,
) -> tuple[Claim, ...]:
    """Find the claims of a text and hold each against the assessment.

    A claim of several measures comes out once for each of them. What is stated as a plan or a
    condition is no claim, and neither are dates, references, sums of money and the like. Where
    it is not plain what a number speaks of, the claim is "not traceable" and not judged. A cell
    of a table is a claim where its row names a measure.

    Parameters
    ----------
    text
        Markdown with its placeholders filled.
    changes
        The lines of the assessment's table.
    area
        The area that the text is about.
    extra_values
        Further values, such as those of `findings.values.ranks_of`.
    first_line
        Number of the text's first line in its file.

    Returns
    -------
    tuple of Claim
        In the order of the text.

    Examples
    --------
    >>> from cspanalysis import Area, Measure, Period
    >>> span = Period.parse("2023")
    >>> robbery = Change(
    ...     measure=Measure.named("robbery"),
    ...     area=Area.named("luton"),
    ...     period=span,
    ...     baseline=span.baseline(),
    ...     before=8,
    ...     after=17,
    ...     percent_change=112.5,
    ...     verdict="no clear change",
    ... )
    >>> text = "Robbery went from 8 to 17. Robbery rose."
    >>> for claim in check_claims(text, [robbery], area=robbery.area):
    ...     print(claim.words, "-", claim.verdict, "-", claim.rule)
    from 8 to 17 - supported - counts
    rose - contradicted - chance explains it
    """
    checker = _Checker(tuple(changes), area, extra_values or {})
    found = [
        *checker.claims(sentences(text, first_line=first_line)),
        *checker.claims_of_tables(text, first_line),
    ]
    return tuple(sorted(found, key=lambda claim: claim.line))


@dataclass(slots=True)
class _Found:
    """Hold a statement with what it is about."""

    statement: Statement
    bound: Bound


class _Checker:
    """Hold what is known while a text is read: its subject and the measures spoken of."""

    def __init__(self, changes: Sequence[Change], area: Area, extra: Mapping[str, Value]) -> None:
        self._changes, self._extra = changes, extra
        self._by_code = {change.measure.code: change for change in changes}
        self._reader = Reader(changes, area)
        self._subject: tuple[Named, ...] = ()
        self._spoken: list[Change] = []
        self._paragraph = -1
        self._chance_said = False

    def claims(self, read: Iterator[Sentence]) -> Iterator[Claim]:
        for sentence in read:
            if sentence.paragraph != self._paragraph:
                self._paragraph, self._subject, self._spoken = sentence.paragraph, (), []
            yield from self._of_sentence(sentence)

    def claims_of_tables(self, text: str, first_line: int) -> Iterator[Claim]:
        for cell in cells(text, self._reader):
            change = next((self._by_code[c] for c in cell.codes if c in self._by_code), None)
            ruling = _NOT_HELD if change is None else self._of_cell(cell, change)
            sentence = Sentence(cell.text, first_line + cell.line, -1, cited=False)
            code = change.measure.code if change else cell.codes[0]
            yield _claim(sentence, code, cell.statement.words, ruling)

    def _of_cell(self, cell: Cell, change: Change) -> Ruling:
        if cell.statement.kind == "share":
            return rule_on_share(
                cell.statement, change, self._changes, place=cell.place, time=cell.time
            )
        return rule_on(cell.statement, change, place=cell.place, time=cell.time, extra=self._extra)

    def _of_sentence(self, sentence: Sentence) -> Iterator[Claim]:
        marked = self._reader.mark(sentence.text)
        for share in list(shares(marked)):
            code, ruling = self._of_share(share, marked)
            yield _claim(sentence, code, share.statement.words, ruling)
        stated = list(statements(marked))
        self._chance_said = any(s.kind == "chance" for s in stated)
        found = [_Found(s, self._bind(s, marked)) for s in stated]
        for item in _distributed(found, marked):
            for change, words, ruling in self._rulings(item, marked):
                yield _claim(sentence, change, words, ruling)
        self._follow(found, marked)

    def _of_share(self, share: Share, marked: Marked) -> tuple[str, Ruling]:
        if share.part is None or not share.part.codes:
            return "", _NO_MEASURE
        change = self._change(share.part)
        if change is None:
            return share.part.codes[0], _NOT_HELD
        if not share.of_crime:
            return change.measure.code, _OF_A_PART
        statement = share.statement
        place = place_of(replace(statement, end=share.end), marked)
        time = time_of(statement, marked)
        ruling = rule_on_share(statement, change, self._changes, place=place, time=time)
        return change.measure.code, ruling

    def _bind(self, statement: Statement, marked: Marked) -> Bound:
        whole = statement.kind in _OF_THE_AREA
        return bind(statement, marked, carried=self._subject, whole=whole)

    def _rulings(self, found: _Found, marked: Marked) -> Iterator[tuple[str, str, Ruling]]:
        statement, bound = found.statement, found.bound
        if bound.all_measures:
            for change in self._changes:
                if change.force is not None:
                    yield (
                        change.measure.code,
                        statement.words,
                        self._judge(statement, marked, change),
                    )
        elif bound.named:
            for named in bound.named:
                yield from self._of_named(named, statement, marked)
        elif statement.kind == "number":
            yield "", statement.words, self._of_number(statement, marked)
        elif statement.kind not in _DROPPED:
            yield "", statement.words, _NO_MEASURE

    def _of_named(
        self, named: Named, statement: Statement, marked: Marked
    ) -> Iterator[tuple[str, str, Ruling]]:
        if named.scope is not None:
            yield from self._of_scope(named, statement, marked)
            return
        change = self._change(named)
        if change is None:
            yield named.codes[0], statement.words, _NOT_HELD
        else:
            yield change.measure.code, statement.words, self._judge(statement, marked, change)

    def _of_scope(
        self, named: Named, statement: Statement, marked: Marked
    ) -> Iterator[tuple[str, str, Ruling]]:
        apart = [c for n in excepted(marked) if (c := self._change(n))]
        words = f"{marked.text[named.start : named.end]} {statement.words}"

        def judge(change: Change) -> Ruling:
            return self._judge(statement, marked, change)

        assert named.scope is not None  # noqa: S101 - asked before
        spoken = [*self._spoken, *self._named_in(marked, before=named.start)]
        yield (
            "",
            words,
            rule_on_scope(
                named.scope, statement, self._changes, judge, named=spoken, excepted=apart
            ),
        )
        for one in excepted(marked):
            if self._change(one) is None and one.codes:
                yield one.codes[0], words, _NOT_HELD
        if apart:
            for change, ruling in rule_on_exceptions(self._changes, judge, apart):
                yield change.measure.code, words, ruling

    def _judge(self, statement: Statement, marked: Marked, change: Change) -> Ruling:
        def alone(one: Change) -> Ruling:
            place, time = place_of(statement, marked), time_of(statement, marked)
            return rule_on(
                statement,
                one,
                place=place,
                time=time,
                extra=self._extra,
                chance_said=self._chance_said,
            )

        if is_of_a_part(statement, marked, marked.named):
            return _OF_A_PART
        if statement.kind == "superlative":
            return rule_on_superlative(statement, change, self._changes, alone)
        return alone(change)

    def _of_number(self, statement: Statement, marked: Marked) -> Ruling:
        """Look for a number that names no measure among the further values."""
        words = set(re.findall(r"[a-z]{4,}", marked.text.lower()))
        for value in self._extra.values():
            if value.key.startswith("harm.") and "harm" not in words:
                continue
            shared = words & set(re.findall(r"[a-z]{4,}", value.label.lower()))
            if shared and value.value is not None and statement.numbers[0].fits(value.value):
                held = HeldAgainst(value.key, value.text)
                return Ruling("supported", "value", f"{value.label} is {value.text}.", held)
        return _NO_MEASURE

    def _change(self, named: Named) -> Change | None:
        return next((self._by_code[c] for c in named.codes if c in self._by_code), None)

    def _named_in(self, marked: Marked, *, before: int) -> list[Change]:
        return [c for n in marked.named if n.end <= before and (c := self._change(n))]

    def _follow(self, found: Sequence[_Found], marked: Marked) -> None:
        """Remember what was spoken of, for "That is ..." and "three other measures"."""
        self._spoken += self._named_in(marked, before=len(marked.text))
        measures = [n for n in marked.named if n.codes]
        codes = {n.codes for n in measures}
        if len(codes) == 1:
            self._subject = (measures[0],)
        elif measures or not any(item.bound.named for item in found):
            self._subject = ()


def _distributed(found: Sequence[_Found], marked: Marked) -> Sequence[_Found]:
    """Give each statement its own measure where a sentence says "respectively"."""
    if "respectively" not in marked.text.lower():
        return found
    groups: dict[tuple[str, tuple[Named, ...]], list[_Found]] = {}
    for item in found:
        groups.setdefault((item.statement.kind, tuple(item.bound.named)), []).append(item)
    shared = []
    for (_, named), items in groups.items():
        if len(named) == len(items) > 1:
            for item, one in zip(items, named, strict=True):
                item.bound = replace(item.bound, named=(one,))
        shared += items
    return sorted(shared, key=lambda item: item.statement.start)


def _claim(sentence: Sentence, measure: str, words: str, ruling: Ruling) -> Claim:
    cited = sentence.cited and ruling.verdict == "not traceable"
    return Claim(
        text=sentence.text,
        line=sentence.line,
        words=words,
        measure=measure,
        verdict="cited" if cited else ruling.verdict,
        held_against=ruling.held_against,
        rule=ruling.rule,
        reason=f"{ruling.reason} The text gives a source." if cited else ruling.reason,
    )
