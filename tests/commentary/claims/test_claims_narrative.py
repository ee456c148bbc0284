"""The generated narrative states nothing that the checker does not support."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis import Assessment, PriorityProfile
from cspanalysis.commentary.claims import Claim, check_claims
from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.summary.narrative import lead, summary, table_title
from cspanalysis.findings.values import values_of
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

CODES = [m.code for m in MeasureTable.shipped() if m.code != "all-crime"]
COUNT = st.one_of(st.none(), st.integers(0, 5), st.integers(0, 60), st.integers(0, 5000))
FORCE = st.one_of(st.none(), st.integers(-60, 200))
PERIODS = ["2017-04..2017-06", "2019", "FY2022", "FY2023-Q1", "2023-02", "12m-to-2023-06"]
AREAS = ["luton", "central-bedfordshire", "wokingham", "bedfordshire-force"]


def off(found: tuple[Change, ...], area: Area) -> tuple[int, list[Claim]]:
    """Number of claims in the narrative of some changes, and those that are not supported.

    Counts that moved the way they are said to, and not beyond their noise, are as recorded.
    """
    text = "\n\n".join([lead(found), f"{table_title(found)}.", *summary(found)])
    claims = check_claims(text, found, area=area, extra_values=values_of(found))
    return len(claims), [c for c in claims if c.verdict not in {"supported", "as recorded"}]


@cache
def burglary_in_luton() -> PriorityProfile:
    return PriorityProfile.open("luton", "2023", priority="burglary")


@pytest.mark.parametrize(
    ("area", "period"),
    [
        ("wycombe", "2017-04..2017-06"),
        ("wokingham", "2019"),
        ("luton", "2023"),
        ("luton", "FY2022"),
        ("luton", "12m-to-2023-06"),
        ("bedford", "FY2022"),
        ("bedford", "2022-Q2"),
        ("bedford", "2023-05"),
        ("central-bedfordshire", "2023-Q2"),
        ("central-bedfordshire", "2023-12"),
        ("bedfordshire-force", "2023"),
    ],
)
def test_every_claim_of_a_real_narrative_is_supported(area: str, period: str) -> None:
    report = Assessment.open(area, period)
    number, wrong = off(report.changes, report.area)
    assert wrong == []
    assert number >= 8
    if report.partner_changes:
        assert off(report.partner_changes, report.area)[1] == []


def test_every_sentence_of_a_profile_is_supported() -> None:
    report = burglary_in_luton()
    told = (report.where_found, report.outcomes_found, report.searches_found)
    assert None not in told
    sentences = [" ".join(found.sentences) for found in told if found is not None]
    sentences += [p.concentration.sentence for p in report.patterns if p.concentration]
    sentences += [s.sentence for s in (report.finding.standing,) if s is not None]
    sentences += list(report.harm.sentences()) if report.harm else []
    changes = [*report.changes, *report.partner_changes]
    claims = check_claims(
        "\n\n".join(sentences), changes, area=report.area, extra_values=report.values
    )
    assert len(claims) >= 60
    assert [(c.words, c.text) for c in claims if c.verdict != "supported"] == []


def test_a_number_of_another_measure_is_never_supported() -> None:
    report = burglary_in_luton()
    held = [p.concentration for p in report.patterns if p.concentration]
    verdicts = []
    for own, other in itertools.permutations(held, 2):
        if own.holding_half != other.holding_half:
            swapped = replace(own, holding_half=other.holding_half).sentence
            (half, _) = check_claims(
                swapped, report.changes, area=report.area, extra_values=report.values
            )
            verdicts.append(half.verdict)
    assert len(verdicts) > 100
    assert set(verdicts) == {"contradicted"}


@settings(max_examples=60, deadline=None)
@given(
    rows=st.dictionaries(st.sampled_from(CODES), st.tuples(COUNT, COUNT, FORCE), max_size=9),
    total=st.tuples(COUNT, COUNT, FORCE),
    period=st.sampled_from(PERIODS),
    area=st.sampled_from(AREAS),
)
def test_every_claim_of_a_made_up_narrative_is_supported(rows, total, period, area) -> None:
    span, place = Period.parse(period), Area.named(area)
    comparison = Comparison(
        area=place, period=span, baseline=span.baseline(), provenance=Provenance("Made up", "2024")
    )
    table = {"all-crime": total, **rows}
    lines = [
        Line(measure=Measure.named(code), before=before, after=after)
        for code, (before, after, _) in table.items()
    ]
    force = {
        code: ForceChange(name=Area.named(place.force).name, percent_change=percent)
        for code, (_, _, percent) in table.items()
        if percent is not None and place.kind != "force"
    }
    found = changes(lines, comparison=comparison, force=force)
    assert off(found, place)[1] == []


@pytest.mark.parametrize("period", ["2023", "2022-Q2", "FY2022"])
def test_a_narrative_of_other_figures_is_contradicted(period: str) -> None:
    # The words of one area held against another: its counts must be found wrong.
    luton, bedford = Assessment.open("luton", period), Assessment.open("bedford", period)
    text = "\n\n".join(summary(luton.changes))
    claims = check_claims(text, bedford.changes, area=luton.area)
    counts = [c for c in claims if c.rule in {"count", "counts"}]
    assert counts
    assert {claim.verdict for claim in counts} == {"contradicted"}
