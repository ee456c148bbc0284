"""The priority matrix: given and suggested scores, ranks and their firmness, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from cspanalysis.findings.priorities.matrix import (
    priority_matrix,
    suggested_score,
)
from cspanalysis.findings.priorities.priorities import PriorityFinding
from cspanalysis.partnership.criteria import shipped_criteria
from cspanalysis.partnership.partnership import Matrix
from cspanalysis.partnership.work import Criterion, Priority
from tests.findings.places.test_comparators import standing
from tests.findings.priorities.test_priorities import change, trend_of

FLAT = [50, 52, 49, 51, 50, 48, 52, 50, 49, 51, 50, 52, 49]
SCALE = Criterion(key="volume", title="How much", lowest=0, highest=8)


def finding(key: str = "burglary", **more: Any) -> PriorityFinding:
    options: dict[str, Any] = {"changes": (change("burglary", 90, 80),), **more}
    scores = options.pop("scores", None)
    sure = options.pop("confidence", None)
    priority = Priority(
        key=key,
        title=key.capitalize(),
        theme="crime-and-disorder",
        owner="Lead",
        scores=scores or {},
        confidence=sure,
    )
    return PriorityFinding(key=key, title=key.capitalize(), priority=priority, **options)


@pytest.mark.parametrize(
    ("records", "score"), [(8000, 0), (4000, 2), (1600, 4), (800, 6), (400, 8), (0, None)]
)
def test_volume_is_scored_by_the_share_of_all_records(records: int, score: float | None) -> None:
    # 80 of 8,000 is 1 %, of 4,000 2 %, of 1,600 5 %, of 800 10 %, of 400 20 %.
    assert suggested_score("volume", finding(), criterion=SCALE, records=records) == score


@pytest.mark.parametrize(
    ("verdict", "last", "score"),
    [
        ("higher", 50, 8),
        ("can't tell", 99, 6),
        ("can't tell", 50, 4),
        ("can't tell", 1, 2),
        ("lower", 50, 0),
        (None, 50, None),
    ],
)
def test_trend_is_scored_by_change_and_months(verdict: Any, last: int, score: Any) -> None:
    found = finding(
        changes=(change("burglary", 90, 80, verdict=verdict),),
        trend=trend_of("burglary", [*FLAT, last]),
    )
    assert suggested_score("trend", found, criterion=SCALE, records=1) == score


def test_police_activity_has_no_worse_trend() -> None:
    found = finding(changes=(change("drug-offences", 90, 180, verdict="higher"),))
    assert suggested_score("trend", found, criterion=SCALE, records=1) == 4


OTHERS = {"bedford": (4.0, 3.5, 4.5), "slough": (2.0, 1.5, 2.5), "reading": (3.0, 2.5, 3.5)}


@pytest.mark.parametrize(
    ("rate", "score"),
    [
        ((9.0, 8.0, 9.9), 8),
        ((4.0, 3.6, 4.4), 6),
        ((3.0, 2.6, 3.4), 4),
        ((2.0, 1.6, 2.4), 2),
        ((1.0, 0.6, 1.4), 0),
    ],
)
def test_comparison_is_scored_by_the_standing(rate: tuple[float, float, float], score: int) -> None:
    found = finding(standing=standing(rate, OTHERS))
    assert suggested_score("comparison", found, criterion=SCALE, records=1) == score


def test_partner_figures_have_no_volume_among_records() -> None:
    found = finding(changes=(change("marac-cases", 90, 80),))
    assert suggested_score("volume", found, criterion=SCALE, records=100) is None


def test_given_scores_come_first_and_suggested_ones_are_named() -> None:
    given = finding("violence", scores={"volume": 5, "harm": 5}, confidence="low")
    other = finding("burglary", scores={"harm": 1})
    found = priority_matrix([given, other], matrix=None, records=800)
    assert found is not None
    assert [c.key for c in found.criteria] == ["volume", "trend", "harm"]
    assert {c.key for c in found.left_out} == {"comparison", "public-concern", "partners-can-act"}
    assert found.suggested == {"violence": {"trend"}, "burglary": {"volume", "trend"}}
    # volume 5, trend 3, harm 5 (twice) = 18; volume 4, trend 3, harm 1 (twice) = 9
    assert found.ranking["score"].to_dict() == {"violence": 18.0, "burglary": 9.0}
    assert found.ranking["confidence"].to_dict() == {"violence": "low", "burglary": "not given"}
    assert found.title == "Violence comes first; it stays there when scores move a little"


def test_a_missing_score_leaves_a_priority_without_rank() -> None:
    found = priority_matrix(
        [finding("violence", scores={"harm": 5}), finding("burglary")], matrix=None, records=800
    )
    assert found is not None
    assert found.unscored == {"burglary": ("Harm",)}
    assert {v.key for v in found.values()} == {
        "priority.violence.score",
        "priority.violence.rank",
        "priority.violence.stays",
    }


def test_a_partnership_brings_its_own_criteria_and_formula() -> None:
    matrix = Matrix(
        criteria=(
            Criterion(key="impact", title="Impact", highest=4),
            Criterion(key="likelihood", title="Likelihood", highest=4),
        ),
        formula="product",
    )
    findings = [
        finding("arson", scores={"impact": 4, "likelihood": 2}),
        finding("litter", scores={"impact": 3, "likelihood": 3}),
    ]
    found = priority_matrix(findings, matrix=matrix, records=800)
    assert found is not None
    assert found.ranking["score"].to_dict() == {"litter": 9.0, "arson": 8.0}
    assert found.suggested == {"arson": frozenset(), "litter": frozenset()}
    assert found.title == "Litter comes first; that hangs on small differences of scores"


def test_equal_scores_share_the_first_rank() -> None:
    findings = [finding("arson", scores={"harm": 3}), finding("litter", scores={"harm": 3})]
    found = priority_matrix(findings, matrix=None, records=800)
    assert found is not None
    assert found.title.startswith("Arson and Litter come first;")


def test_no_priority_has_no_matrix_and_none_scored_has_no_rank() -> None:
    assert priority_matrix([], matrix=None, records=1) is None
    matrix = Matrix(criteria=(Criterion(key="impact", title="Impact"),))
    found = priority_matrix([finding()], matrix=matrix, records=1)
    assert found is not None
    assert found.title == "No priority can be ranked yet"


def test_the_shipped_criteria_are_read_with_what_suggests_them() -> None:
    criteria, findings = shipped_criteria()
    assert [c.key for c in criteria if c.weight == 2] == ["harm"]
    assert set(findings) <= {c.key for c in criteria}


def test_scores_that_order_priorities_otherwise_than_the_partnership_are_told_of() -> None:
    scores = {"a": 2, "b": 5, "c": 2}
    criteria = (Criterion(key="harm", title="Harm", lowest=1, highest=5),)
    given = [finding(key, scores={"harm": score}) for key, score in scores.items()]
    own = Matrix(criteria=criteria, formula="sum")
    turned = priority_matrix(given, matrix=own, records=1000)
    assert turned is not None
    assert turned.order_text == (
        "The scores alone would order them otherwise than the partnership does."
    )
    kept = priority_matrix([given[1], given[0], given[2]], matrix=own, records=1000)
    assert kept is not None
    assert kept.order_text == ""
