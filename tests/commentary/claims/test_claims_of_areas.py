"""Rates beside those of other areas: held against theirs, and never against a change."""

from __future__ import annotations

import pytest

from cspanalysis.commentary.claims import check_claims
from cspanalysis.evidence.figures import Rate
from cspanalysis.findings.finding import Change
from cspanalysis.findings.values import Value
from cspanalysis.vocabulary import Area, Measure, Period

RATES = {  # rate and its interval
    "luton": (3.5, 3.1, 4.0),
    "bedford": (3.5, 3.0, 4.0),
    "central-bedfordshire": (2.7, 2.4, 3.2),
    "bedfordshire-force": (3.3, 3.05, 3.6),
}
HELD = {
    f"rate.burglary.{slug}": Value(
        key=f"rate.burglary.{slug}",
        value=rate,
        text=str(rate),
        lower=lower,
        upper=upper,
        label=f"Burglary: rate in {Area.named(slug).label}, 2023",
    )
    for slug, (rate, lower, upper) in RATES.items()
}
HELD |= {
    f"rank.burglary.{end}": Value(
        key=f"rank.burglary.{end}", value=place, text=f"{word} of three counted from the {end} rate"
    )
    for end, place, word in (("highest", 1, "one"), ("lowest", 3, "three"))
}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Luton's rate of burglary is much the same as in the other two areas.", "supported"),
        ("Luton's rate of burglary is much the same as in the other three areas.", "not traceable"),
        ("Luton's rate of burglary is similar to that of Bedford.", "supported"),
        ("Luton's rate of burglary is much the same as in Bedfordshire as a whole.", "supported"),
        ("Luton's rate of burglary is higher than in Central Bedfordshire.", "as recorded"),
        ("Luton's rate of burglary is lower than in Central Bedfordshire.", "contradicted"),
        ("Luton's rate of burglary is much the same as in Leeds.", "not traceable"),
        ("Luton's rate of robbery is much the same as in Bedford.", "not traceable"),
        ("Burglary per 1,000 residents is lower than in Central Bedfordshire.", "contradicted"),
        ("Luton has the highest rate of burglary of 15 similar areas.", "not traceable"),
        ("Luton has the highest rate of burglary in its most similar group.", "not traceable"),
        ("Luton has the second highest rate of burglary of the three areas.", "contradicted"),
        ("Burglary in Luton is much the same as in Bedford.", "not traceable"),
        ("The rate of burglary was 2.7 per 1,000 in Central Bedfordshire.", "supported"),
        ("The rate of burglary was 4.7 per 1,000 in Central Bedfordshire.", "contradicted"),
        ("The rate of burglary was 4.7 per 1,000 in Leeds.", "not traceable"),
    ],
)
def test_a_rate_is_held_against_the_rates_of_those_areas(sentence: str, verdict: str) -> None:
    span, area = Period.parse("2023"), Area.named("luton")
    # Both rose clearly: "much the same" would be contradicted as a change.
    lines = [
        Change(
            measure=Measure.named(code),
            area=area,
            period=span,
            baseline=span.baseline(),
            before=400,
            after=806,
            percent_change=101.5,
            verdict="higher",
            rate=Rate(value=3.5, lower=3.1, upper=4.0, per=1000, denominator="residents, mid-2023"),
        )
        for code in ("burglary", "robbery")
    ]
    claim = check_claims(sentence, lines, area=area, extra_values=HELD)[0]
    assert claim.verdict == verdict
