"""The public's view: shares with intervals, whom they speak of, and the order of concerns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cspanalysis.findings.work.public_view import PublicView, public_views
from cspanalysis.partnership.people import Consultation
from cspanalysis.partnership.work import Priority
from tests.reports.pages import grade

SAFE = {"statement": "feel safe after dark", "said_yes": 29, "answered": 107}


def priority(key: str) -> Priority:
    parts = {"key": key, "title": key.capitalize(), "theme": "crime-and-disorder", "owner": "Head"}
    return Priority.model_validate(parts)


def view(
    *shares: dict[str, Any], edition: str = "public", own: tuple[str, ...] = (), **options: Any
) -> PublicView:
    parts: dict[str, Any] = {"title": "Survey", "months": "2023", "mode": "sample"}
    parts |= {"shares": list(shares)}
    asked = Consultation.model_validate(parts | options)
    priorities = tuple(map(priority, own))
    return public_views([asked], folder=Path(), priorities=priorities, edition=edition)[0]


def concern(key: str, yes: int, of: int = 400) -> dict[str, Any]:
    return {"statement": f"name {key}", "said_yes": yes, "answered": of, "priority": key}


def test_a_share_has_wilsons_interval() -> None:
    (said,) = view(SAFE).opinions
    # 29 of 107 by hand: centre 27.90, half width 8.31
    assert (said.share, said.lower, said.upper) == pytest.approx((27.10, 19.58, 36.21), abs=0.01)
    assert said.text == "27\u00a0% (20 to 36\u00a0%)"


def test_a_self_selected_share_says_so_beside_the_number() -> None:
    found = view(SAFE, mode="self-selected")
    assert found.title == "27\u00a0% of those who chose to answer feel safe after dark"
    assert "not of everybody who lives or works here" in found.sentences[1]
    assert view(SAFE).title == "27\u00a0% of people in the sample feel safe after dark"


@pytest.mark.parametrize(
    ("yes", "answered", "hidden"),
    [(0, 100, False), (1, 100, True), (4, 100, True), (5, 100, False), (97, 100, True)],
)
def test_small_numbers_are_left_out_of_a_public_edition(
    yes: int, answered: int, hidden: bool
) -> None:
    share = {"statement": "were robbed", "said_yes": yes, "answered": answered}
    assert view(share).opinions[0].hidden is hidden
    assert view(share, edition="sensitive").opinions[0].hidden is False
    people, value = view(share).values()
    assert (people.key.rpartition(".")[2], people.value) == ("answered", answered)
    assert (value.value is None, value.text == "suppressed") == (hidden, hidden)


def test_what_is_left_out_is_told() -> None:
    groups = [{"group": "Young people", "reached": 63}, {"group": "Carers", "reached": 3}]
    found = view({**SAFE, "said_yes": 2}, groups=groups)
    assert found.groups == (("Young people", 63), ("Carers", None))
    assert found.sentences[-1].startswith("Two numbers are left out ([c])")
    assert found.title == "Survey: too few answered for a share to be shown"
    assert view(SAFE, groups=groups, edition="sensitive").groups[1] == ("Carers", 3)


def test_what_would_give_a_small_group_away_is_left_out_too() -> None:
    asked = {**SAFE, "answered": 61}
    groups = [
        {"group": name, "reached": n} for name, n in (("Men", 27), ("Women", 31), ("Other", 3))
    ]
    found = view(asked, groups=groups)
    assert found.groups == (("Men", None), ("Women", 31), ("Other", None))
    assert found.sentences[-1].startswith("Two numbers are left out ([c])")


def test_the_other_answers_to_a_question_do_not_give_a_small_one_away() -> None:
    found = view(concern("burglary", 27, 61), concern("drugs", 31, 61), concern("robbery", 3, 61))
    assert [o.hidden for o in found.opinions] == [True, False, True]
    apart = view(concern("burglary", 27, 80), concern("drugs", 31, 80), concern("robbery", 3, 80))
    assert [o.hidden for o in apart.opinions] == [False, False, True]
    unlisted = view(concern("burglary", 27, 61), concern("drugs", 31, 61))
    assert [o.hidden for o in unlisted.opinions] == [True, False]  # three said something else


def test_concerns_are_ranked_beside_the_partnerships_own_order() -> None:
    found = view(
        concern("burglary", 96), concern("violence", 201), own=("burglary", "drugs", "violence")
    )
    places = [(c.priority.key, c.public_place, c.own_place) for c in found.concerns]
    assert places == [("violence", 1, 3), ("burglary", 2, 1), ("drugs", None, 2)]
    assert found.concern_sentences == (
        "People in the sample put 'Violence' first; the partnership puts 'Burglary' first.",
        "There is no answer on 'Drugs'.",
    )


def test_a_concern_that_is_left_out_is_not_told_as_unasked() -> None:
    found = view(concern("burglary", 2), concern("violence", 201), own=("burglary", "violence"))
    assert [(c.public_place, c.withheld) for c in found.concerns] == [(1, False), (None, True)]
    assert not any("no answer" in said for said in found.concern_sentences)
    asked = view(concern("violence", 201), own=("burglary", "violence"))
    assert "There is no answer on 'Burglary'." in asked.concern_sentences


def test_concerns_that_chance_may_have_ordered_are_not_told_apart() -> None:
    found = view(concern("burglary", 200), concern("violence", 201), own=("violence", "burglary"))
    assert found.concern_sentences == (
        "People in the sample put 'Violence' first, and so does the partnership.",
        "The two concerns named most can't be told apart: their intervals overlap.",
    )
    assert view(SAFE, own=("violence",)).concerns == ()


def test_weights_count_and_cost(tmp_path: Path) -> None:
    rows = ["safe,w", *["yes,1"] * 50, *["no,4"] * 50]
    (tmp_path / "answers.csv").write_text("\n".join(rows), encoding="utf-8")
    parts = {"title": "Survey", "months": "2023", "mode": "sample", "answers": "answers.csv"}
    question = {"statement": "feel safe", "column": "safe", "counts_as_yes": ["yes"]}
    asked = Consultation.model_validate({**parts, "weight": "w", "questions": [question]})
    (found,) = public_views([asked], folder=tmp_path, priorities=(), edition="public")
    (said,) = found.opinions
    assert said.share == pytest.approx(20)  # 50 of 250 by weight
    assert said.design_effect == pytest.approx(100 * (50 * 1 + 50 * 16) / 250**2)
    assert "the design effect is 1.4" in found.sentences[2]


def test_sentences_read_easily() -> None:
    found = view(concern("burglary", 200), SAFE, own=("burglary",), mode="self-selected")
    assert grade(" ".join((*found.sentences, *found.concern_sentences))) <= 9
