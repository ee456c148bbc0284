"""Outcomes: grouped by hand, and of the crimes that the project ships."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cspanalysis import Assessment
from cspanalysis.findings.changes.outcomes import (
    CHARGED,
    EVIDENCE,
    GROUPS,
    NO_SUSPECT,
    OPEN,
    ORDER,
    OTHER,
    SETTLED,
    Outcomes,
    outcomes_of,
)
from cspanalysis.findings.finding import Change
from cspanalysis.methods import wilson_interval
from cspanalysis.sources.police_uk_more import OUTCOMES
from cspanalysis.vocabulary import Area, Measure, Period


def made(*counts: int, edition: str = "public", lately: tuple[int, int] = (0, 0)) -> Outcomes:
    """Outcomes with counts in the order of the groups."""
    return Outcomes(
        measure=Measure.named("burglary"),
        area=Area.named("luton"),
        period=Period.parse("2023"),
        edition=edition,
        counted=dict(zip(ORDER, counts, strict=True)),
        open_lately=lately,
    )


def test_every_outcome_of_the_publisher_has_a_group() -> None:
    assert set(GROUPS) == set(OUTCOMES)
    assert set(GROUPS.values()) == set(ORDER)


def test_shares_and_sentences_by_hand() -> None:
    found = made(20, 10, 30, 100, 25, 15)
    assert found.total == 200
    assert found.frame["share"].tolist() == [10, 5, 15, 50, 12.5, 7.5]
    lower, upper = wilson_interval(100, 200)
    assert found.frame.loc[NO_SUSPECT, ["lower", "upper"]].tolist() == pytest.approx(
        [100 * lower, 100 * upper]
    )
    assert found.title == "No suspect was found in 50\xa0% of burglary"
    assert found.sentences[0].startswith(
        "There were 200 records of burglary in 2023. In 100 of them no suspect was found "
        "(50\xa0%; interval "
    )
    assert "20 were charged or sent to court" in found.sentences[0]
    short = replace(found, missing="May 2023").sentences
    assert short[0].startswith(
        "There were 200 records of burglary in those months of 2023 that are held."
    )
    assert short[-1] == "There are no outcomes for May 2023."
    assert {v.key for v in found.values()} >= {
        "outcomes.burglary.charged",
        "outcomes.burglary.open",
    }


def test_a_public_edition_keeps_small_groups_back() -> None:
    found = made(2, 10, 30, 100, 8, 15)
    assert found.frame["count"].isna()[[CHARGED, OTHER]].all()
    assert found.frame["share"].isna()[[CHARGED, OTHER]].all()
    assert "charged" not in found.sentences[0]
    assert not any(v.key.endswith("charged") for v in found.values())
    assert made(2, 10, 30, 100, 8, 15, edition="sensitive").frame["count"].notna().all()


def test_one_is_was_and_nothing_is_not_said() -> None:
    said = made(1, 0, 30, 100, 8, 15, edition="sensitive").sentences[0]
    assert "1 was charged or sent to court" in said
    assert "settled" not in said


@pytest.mark.parametrize(
    ("lately", "words"),
    [((60, 15), "Of the crimes of the last three months, 25\xa0% were"), ((20, 9), "less time")],
)
def test_recent_months_are_still_open(lately: tuple[int, int], words: str) -> None:
    assert words in made(20, 10, 30, 100, 25, 15, lately=lately).sentences[1]


@pytest.mark.parametrize(
    ("counts", "lately"),
    [
        # kept back with a small one: of 12 in the two of them 10 are open, so 2 at most are other
        ((20, 30, 30, 100, 2, 10), (60, 10)),
        ((20, 10, 30, 100, 25, 12), (60, 10)),  # two are open of the months before
        ((20, 10, 30, 10, 25, 60), (60, 57)),  # three of the last months are not
    ],
)
def test_the_share_of_the_last_months_gives_no_small_count_away(
    counts: tuple[int, ...], lately: tuple[int, int]
) -> None:
    found = made(*counts, lately=lately)
    assert "less time" in found.sentences[1]
    assert not any(value.key.endswith("lately") for value in found.values())
    known = made(*counts, lately=lately, edition="sensitive")
    assert "Of the crimes of the last three months" in known.sentences[1]


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


def change_of(report: Assessment, code: str) -> Change:
    return next(c for c in report.changes if c.measure.code == code)


def test_outcomes_of_burglary_in_luton(luton: Assessment) -> None:
    found = outcomes_of(luton.store, change=change_of(luton, "burglary"), edition="sensitive")
    assert found is not None
    assert found.total == 806
    assert found.counted == {
        CHARGED: 66,  # 32 without a court result, 30 awaiting it, 4 as part of another case
        SETTLED: 0,
        EVIDENCE: 121,
        NO_SUSPECT: 604,
        OTHER: 2,
        OPEN: 13,  # 12 without an update and 1 under investigation
    }


def test_all_crime_is_every_crime_and_asb_has_none(luton: Assessment) -> None:
    everything = outcomes_of(luton.store, change=change_of(luton, "all-crime"))
    assert everything is not None
    assert everything.total == change_of(luton, "all-crime").after
    assert outcomes_of(luton.store, change=change_of(luton, "anti-social-behaviour")) is None
