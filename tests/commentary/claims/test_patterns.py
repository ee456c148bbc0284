"""The table of patterns: each row reads its own example."""

from __future__ import annotations

from collections import Counter

import pytest

from cspanalysis.commentary.claims.marks import Reader
from cspanalysis.commentary.claims.patterns import PATTERNS
from cspanalysis.commentary.claims.shares import shares
from cspanalysis.commentary.claims.statements import readings
from cspanalysis.evidence.figures import ForceChange
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary import Area, Measure, Period


@pytest.fixture(scope="module")
def reader() -> Reader:
    span, area = Period.parse("2023"), Area.named("luton")
    burglary = Change(
        measure=Measure.named("burglary"),
        area=area,
        period=span,
        baseline=span.baseline(),
        before=100,
        after=110,
        force=ForceChange(name="Bedfordshire", percent_change=3.0),
    )
    return Reader([burglary], area)


@pytest.mark.parametrize(("kind", "example"), [row[:2] for row in PATTERNS])
def test_each_row_reads_its_own_example(reader: Reader, kind: str, example: str) -> None:
    marked = reader.mark(example)
    list(shares(marked))
    assert (kind, example) in [read[:2] for read in readings(marked)]


def test_each_example_stands_once() -> None:
    counted = Counter(example for _, example, _ in PATTERNS)
    assert [example for example, times in counted.items() if times > 1] == []
