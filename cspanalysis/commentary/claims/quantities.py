"""Claims about several measures at once: "most follow", "two of the nine", "the largest rise"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from cspanalysis.commentary.claims.claim import ClaimVerdict
from cspanalysis.commentary.claims.marked import Scope
from cspanalysis.commentary.claims.matter import NOT_HELD, Ruling
from cspanalysis.commentary.claims.statements import Statement
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.numbers import count_text, number_word
from cspanalysis.vocabulary.listed import joined

__all__ = [
    "rule_on_alone", "rule_on_exceptions", "rule_on_largest", "rule_on_more", "rule_on_scope",
    "rule_on_sum", "rule_on_superlative",
]  # fmt: skip

Judge = Callable[[Change], Ruling]
_NOTHING = frozenset({"apart", "chance", "nothing clear"})
"""Statements that "any" makes hold for all: "no clear change in any measure"."""


def rule_on_scope(
    scope: Scope,
    statement: Statement,
    changes: Sequence[Change],
    judge: Judge,
    *,
    named: Sequence[Change] = (),
    excepted: Sequence[Change] = (),
) -> Ruling:
    """Judge a statement of a quantity of measures.

    The measures that count are those of the table but all crime, with or without the totals
    that were made for comparison, and with or without what partners count: a quantity that is
    right in one of these ways is right.
    Measures that can't be judged (a refused comparison) do not count.

    Parameters
    ----------
    scope
        The quantity.
    statement
        What is said of them.
    changes
        The lines of the table.
    judge
        Judges the statement for one line.
    named
        The measures that the text has spoken of before; "three other measures" leaves them out.
    excepted
        The measures that the sentence excepts.
    """
    ways = []
    for lines in _ways(changes, excepted):
        rulings = {line.measure.code: judge(line) for line in lines}
        known = {c: r for c, r in rulings.items() if r.verdict != "not traceable"}
        ways.append(known)
        if statement.kind in _NOTHING:
            # "The other six show no clear change" may leave out those that possibly changed
            quiet = {line.measure.code for line in lines if line.quiet}
            ways.append({code: ruling for code, ruling in known.items() if code in quiet})
    if not any(ways):
        return Ruling("not traceable", "quantity", "The assessment compares none of them.")
    spoken = {line.measure.code for line in named}
    verdicts: tuple[ClaimVerdict, ...] = ("supported", "as recorded")
    for verdict in verdicts:
        true = [_true(judged, verdict) for judged in ways]
        parts = [(one, [c for c in one if c not in spoken]) for one in true]
        if any(_is_so(scope, statement, *p, judged) for p, judged in zip(parts, ways, strict=True)):
            return Ruling(verdict, "quantity", _counted(true[0], ways[0], changes))
    reason = _counted(_true(ways[0], "supported"), ways[0], changes)
    if scope.total is not None and not scope.other and scope.total not in map(len, ways):
        return Ruling("not traceable", "quantity", f"{reason} The text counts other lines.")
    return Ruling("contradicted", "quantity", reason)


def _true(judged: Mapping[str, Ruling], verdict: ClaimVerdict) -> list[str]:
    """Give the measures of which it is so: beyond chance, or by the counts as well."""
    verdicts = {"supported", verdict}
    return [code for code, ruling in judged.items() if ruling.verdict in verdicts]


def rule_on_exceptions(
    changes: Sequence[Change], judge: Judge, excepted: Sequence[Change]
) -> Iterator[tuple[Change, Ruling]]:
    """Judge each measure that is excepted, and each that should have been.

    An exception that does what the others do is contradicted; so is the silence about a measure
    that does not.
    """
    for change in excepted:
        ruling = judge(change)
        flipped = {"supported": "contradicted", "contradicted": "supported"}.get(ruling.verdict)
        if flipped == "contradicted":
            reason = f"{ruling.reason} So it is no exception."
        else:
            reason = ruling.reason
        verdict = flipped or ruling.verdict
        yield change, Ruling(verdict, "exception", reason, ruling.held_against)  # type: ignore[arg-type]
    for change in _lines(changes, excepted):
        ruling = judge(change)
        if ruling.verdict == "contradicted":
            reason = f"{ruling.reason} So it is an exception that the text leaves out."
            yield change, Ruling("contradicted", "exception", reason, ruling.held_against)


def rule_on_sum(statement: Statement, changes: Sequence[Change | None]) -> Ruling:
    """Judge a count that several measures have together."""
    counts = [one.after for one in changes if one is not None and one.after is not None]
    if len(counts) < len(changes):
        return NOT_HELD
    right = statement.numbers[0].fits(sum(counts), exact=True)
    reason = f"Together they were {sum(counts):,}."
    return Ruling.of(right, "sum", reason)


def rule_on_more(statement: Statement, changes: Sequence[Change | None]) -> Ruling:
    """Judge "more burglaries than robberies" by the counts of the period."""
    held = [(c.measure.label, c.after) for c in changes if c is not None and c.after is not None]
    if len(held) != 2:
        return NOT_HELD
    (first, more), (second, less) = held
    right = more < less if statement.sense == "down" else more > less
    right = right and all(n.fits(abs(more - less), exact=True) for n in statement.numbers)
    reason = f"{first} was {count_text(more)} and {second} {count_text(less)}."
    return Ruling.of(right, "outnumbers", reason)


def rule_on_alone(
    statement: Statement, named: Sequence[Change], changes: Sequence[Change], judge: Judge
) -> Ruling:
    """Judge "only robbery and bicycle theft fell": they did, and nothing else in the table."""
    own = [ruling for change in named if (ruling := judge(change)).verdict == "contradicted"]
    scope = Scope(quantity="count", count=len(named))
    return own[0] if own else rule_on_scope(scope, statement, changes, judge)


def rule_on_superlative(
    statement: Statement, named: Sequence[Change], changes: Sequence[Change], judge: Judge
) -> Ruling:
    """Judge "the largest increase": in percent or in number, as the words say; of two, the top."""
    falls = statement.sense == "down"
    lines = [c for c in _lines(changes, ()) if c.change is not None]
    if any(change.change is None for change in named) or not lines:
        return judge(named[0])
    sign = -1 if falls else 1
    by_percent = sorted(lines, key=lambda c: -sign * (c.percent_change or 0.0))[: len(named)]
    by_number = sorted(lines, key=lambda c: -sign * (c.change or 0))[: len(named)]
    tops = [by_percent] if "percent" in statement.words.lower() else [by_percent, by_number]
    right = any(all(change in top for change in named) for top in tops)
    right = right and all(sign * (change.change or 0) > 0 for change in named)
    names = joined(list(dict.fromkeys(one.measure.label for top in tops for one in top)))
    reason = f"The largest {'fall' if falls else 'rise'} was in {names}."
    return Ruling.of(right, "largest change", reason)


def rule_on_largest(change: Change, changes: Sequence[Change]) -> Ruling:
    """Judge "the largest category" by the counts of the period: no other crime has more."""
    lines = [c for c in _lines(changes, ()) if c.measure.crime and not c.total]
    counts = {line.measure.label: line.after for line in lines if line.after is not None}
    if change not in lines or change.after is None or len(counts) < 2:
        return Ruling("not traceable", "largest", "The assessment does not hold it beside others.")
    top = max(counts, key=lambda label: counts[label])
    reason = f"{top} had the most: {count_text(counts[top])}."
    right = counts[top] == change.after
    return Ruling.of(right, "largest", reason)


def _lines(changes: Sequence[Change], excepted: Sequence[Change]) -> list[Change]:
    return [c for c in changes if c.measure.code != "all-crime" and c not in excepted]


def _ways(changes: Sequence[Change], excepted: Sequence[Change]) -> Iterator[list[Change]]:
    lines = _lines(changes, excepted)
    police = [c for c in lines if not c.measure.by_partners]
    yield [c for c in police if not c.total]
    yield [c for c in police if not c.total and c.measure.crime]
    yield police
    yield lines


def _is_so(
    scope: Scope,
    statement: Statement,
    true: Sequence[str],
    others: Sequence[str],
    judged: dict[str, Ruling],
) -> bool:
    totals = {len(judged), len(judged) - len(true) + len(others)} if scope.other else {len(judged)}
    if scope.total is not None and scope.total not in totals:
        return False
    every = len(true) == len(judged)
    match scope.quantity:
        case "all" | "each" | "every":
            return every
        case "any":
            return every if statement.kind in _NOTHING else bool(true)
        case "no" | "none":
            return every if statement.negated else not true
        case "most":
            return 2 * len(true) > len(judged)
        case "half":
            return 2 * len(true) == len(judged)
        case "both":
            return len(true) == 2
        case "all but":
            return len(judged) - len(true) == scope.count
    return scope.count in ({len(true), len(others)} if scope.other else {len(true)})


def _counted(true: Sequence[str], judged: dict[str, Ruling], changes: Sequence[Change]) -> str:
    names = [c.measure.phrase for c in changes if c.measure.code in true]
    which = f": {joined(names)}" if 0 < len(names) <= 4 else ""
    verb = "does" if len(true) == 1 else "do"
    return f"{number_word(len(true)).capitalize()} of {number_word(len(judged))} {verb} so{which}."
