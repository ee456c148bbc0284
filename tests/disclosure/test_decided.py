"""Which counts of outcomes in a ward are kept back, over all periods that pages tell of."""

from __future__ import annotations

from itertools import product

from cspanalysis.disclosure.decided import ALL, hidden_outcomes, spans_of
from cspanalysis.vocabulary import Period

YEAR, *QUARTERS = map(Period.parse, ("2023", "2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"))


def test_spans_are_the_periods_and_what_lies_between_them() -> None:
    found = spans_of((YEAR, QUARTERS[3], QUARTERS[1]))
    assert [str(span) for span in found] == [
        *("2023-01..2023-03", "2023-01..2023-12", "2023-04..2023-06"),
        *("2023-07..2023-09", "2023-10..2023-12"),
    ]


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    counts = {YEAR: {"a": 40, "b": 60, "c": 0}}
    assert hidden_outcomes(counts, shown=(YEAR,), threshold=5) == frozenset()


def test_one_small_group_takes_another_with_it() -> None:
    counts = {YEAR: {"a": 3, "b": 20, "c": 60}}
    hidden = {group for group, _ in hidden_outcomes(counts, shown=(YEAR,), threshold=5)}
    assert "a" in hidden
    assert len(hidden) > 1  # the total, or another group


def test_a_year_and_its_quarters_tell_no_small_quarter() -> None:
    """Every count that fits what is shown is tried: no small one is narrowed below five values."""
    quarters = [{"a": 3, "b": 9}, {"a": 12, "b": 8}, {"a": 11, "b": 7}, {"a": 10, "b": 9}]
    counts = dict(zip(QUARTERS, quarters, strict=True))
    counts[YEAR] = {name: sum(one[name] for one in quarters) for name in "ab"}
    hidden = hidden_outcomes(counts, shown=(YEAR, *QUARTERS), threshold=5)
    months = {span: str(Period.of_months(span.start, span.end)) for span in counts}
    shown = {
        (group, span): count
        for span, groups in counts.items()
        for group, count in {**groups, ALL: sum(groups.values())}.items()
        if (group, months[span]) not in hidden
    }
    assert ("a", QUARTERS[0]) not in shown
    possible = set()
    spread = range(26)
    first, others = QUARTERS[0], QUARTERS[1:]
    options = [
        [
            (a, b)
            for a, b in product(spread, spread)
            if shown.get(("a", q), a) == a
            and shown.get(("b", q), b) == b
            and shown.get((ALL, q), a + b) == a + b
        ]
        for q in (first, *others)
    ]
    for chosen in product(*options):
        a, b = (sum(pair[at] for pair in chosen) for at in (0, 1))
        if (
            shown.get(("a", YEAR), a) == a
            and shown.get(("b", YEAR), b) == b
            and shown.get((ALL, YEAR), a + b) == a + b
        ):
            possible.add(chosen[0][0])
    assert len(possible) >= 5
