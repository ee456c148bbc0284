"""Projects: outputs with their units, cost for each person, and the test against a control area."""

from __future__ import annotations

from typing import Any

import pytest

from cspanalysis.disclosure.rules import SHIPPED
from cspanalysis.errors import UsageError
from cspanalysis.findings.work.projects import Delivered, counter, effect_of
from cspanalysis.partnership.work import Evaluation, Project
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period
from tests.reports.pages import grade


def never(*_: Any) -> int:
    raise AssertionError


def evaluation(**options: Any) -> Evaluation:
    parts = {"measure": "burglary", "before": "2022", "after": "2023"}
    return Evaluation.model_validate({**parts, **options})


def counted(treated: tuple[int, int], control: tuple[int, int], **options: Any) -> Evaluation:
    return evaluation(treated=treated, control=control, source="Police", **options)


def test_a_difference_that_chance_may_explain_is_told_as_such() -> None:
    effect = effect_of(counted((58, 41), (60, 55)), count=never)
    # (41 - 58) - (55 - 60) = -12; error sqrt(58 + 41 + 60 + 55) = 14.63, times 1.96 = 28.67
    assert effect.total == -12
    assert (effect.lower, effect.upper) == pytest.approx((-40.67, 16.67), abs=0.01)
    assert effect.sentences[0] == (
        "12 fewer records of burglary than the control area leads to expect, but chance may "
        "explain it: −41 to +17."
    )
    assert not effect.is_clear


def test_a_clear_difference_and_its_displacement() -> None:
    effect = effect_of(counted((207, 110), (308, 318)), count=never)
    assert effect.total == -107
    assert effect.is_clear
    assert "Chance alone does not explain that." in effect.sentences[0]
    moved = counted(
        (207, 110), (308, 318), displacement_treated=(50, 90), displacement_control=(50, 50)
    )
    assert effect_of(moved, count=never).total == -67


@pytest.mark.parametrize(
    ("treated", "words"),
    [((30, 30), "changed as in the control area"), ((30, 31), "1 more record of burglary than")],
)
def test_zero_and_one_are_said_rightly(treated: tuple[int, int], words: str) -> None:
    assert words in effect_of(counted(treated, (30, 30)), count=never).sentences[0]


def test_few_crimes_say_so() -> None:
    effect = effect_of(counted((5, 3), (5, 5)), count=never)
    assert effect.sentences[-1] == "These counts are too small to tell much."


def test_periods_of_two_lengths_are_brought_to_one() -> None:
    effect = effect_of(counted((120, 20), (120, 30), after="2023-01..2023-03"), count=never)
    assert effect.total == pytest.approx((80 - 120) - (120 - 120))
    assert "set to the length of the earlier ones, 12 months" in effect.sentences[2]


def test_places_are_counted_from_the_store() -> None:
    luton, burglary = Area.named("luton"), Measure.named("burglary")
    count = counter(Store.open(), luton)
    counts = Store.open().by_area("lsoa", within=luton, period=Period.parse("2023"))["burglary"]
    treated, control = tuple(counts.index[:3]), tuple(counts.index[3:6])
    found = effect_of(
        evaluation(treated_places=list(treated), control_places=list(control)), count=count
    )
    assert found.treated[1] == int(counts[list(treated)].sum())
    assert count(control, burglary, Period.parse("2023")) == found.control[1]
    with pytest.raises(UsageError, match="E01000001, which is no LSOA of 2021 in Luton"):
        count(("E01000001",), burglary, Period.parse("2023"))


def test_months_that_the_store_lacks_are_a_reason() -> None:
    places = {"treated_places": ["E01015708"], "control_places": ["E01015709"]}
    found = effect_of(
        evaluation(**places, before="2019", after="2020"),
        count=counter(Store.open(), Area.named("luton")),
    )
    said = "Whether it worked can't be said: Luton, 2019: no whole street"
    assert found.sentences[0].startswith(said)
    one = Delivered(Project(name="Locks", evaluation=found.evaluation), found)
    assert list(one.values()) == []


def kicks(**options: Any) -> Delivered:
    outputs = [
        {"what": "participants", "number": 279},
        {"what": "young men", "number": 253, "of": "participants"},
        {"what": "sessions", "number": 81},
        {"what": "hours", "number": 139.5},
    ]
    parts = {"name": "Football in the evening", "outputs": outputs, **options}
    return Delivered(Project.model_validate(parts), None)


def test_outputs_have_their_units_and_their_share() -> None:
    assert kicks().outputs == (
        "279 participants",
        "253 young men (91\u00a0% of the 279 participants)",
        "81 sessions",
        "140 hours",
    )
    keys = {v.key: v.text for v in kicks(cost=27_900).values()}
    assert keys["project.football-in-the-evening.young-men"] == "253"
    assert keys["project.football-in-the-evening.cost-each"] == "£100"


def public(*outputs: tuple[str, int, str | None], cost: int = 900) -> Delivered:
    listed = [{"what": what, "number": number, "of": of} for what, number, of in outputs]
    project = Project.model_validate({"name": "Locks", "cost": cost, "outputs": listed})
    return Delivered(project, None, SHIPPED)


@pytest.mark.parametrize(
    ("outputs", "told"),
    [
        ([("young women", 3, None)], ("[c] young women",)),
        ([("hours with young people", 3, None)], ("3 hours with young people",)),
        # 58 less 55 are three people, and so are the rest of the 61 beside 27 and 31
        ([("pupils", 58, None), ("stayed", 55, "pupils")], ("58 pupils", "[c] stayed")),
        (
            [("people", 61, None), ("a", 27, "people"), ("b", 31, "people"), ("c", 3, "people")],
            ("61 people", "[c] a", "31 b (51\u00a0% of the 61 people)", "[c] c"),
        ),
        ([("victims", 0, None)], ("0 victims",)),
    ],
)
def test_a_public_edition_tells_no_small_number_of_people(
    outputs: list[tuple[str, int, str | None]], told: tuple[str, ...]
) -> None:
    found = public(*outputs)
    assert found.outputs == told
    assert bool(found.note) is ("[c]" in str(told))
    texts = [v.text for v in found.values() if not v.key.endswith(("cost", "cost-each"))]
    assert ["[c]" in text for text in told] == [text == "suppressed" for text in texts]


def test_cost_for_each_person_is_kept_back_with_their_number() -> None:
    assert public(("participants", 3, None)).cost_each is None
    assert public(("participants", 9, None)).cost_each == 100


def test_cost_for_each_person_needs_a_cost_and_people() -> None:
    assert kicks(cost=27_900).cost_each == 100
    assert kicks().cost_each is None
    assert kicks(cost=500, outputs=[{"what": "sessions", "number": 81}]).cost_each is None
    assert kicks(cost=500, outputs=[{"what": "people", "number": 0}]).cost_each is None
    taking_part = [{"what": "hours with young people", "number": 9}]
    assert kicks(cost=500, outputs=taking_part).cost_each is None
    taking_part += [{"what": "young people taking part", "number": 100}]
    assert kicks(cost=500, outputs=taking_part).cost_each == 5


def test_a_project_that_nobody_tested_says_so() -> None:
    assert kicks(about="Open to all.").sentences == (
        "Open to all.",
        "Nobody has tested whether it made a difference.",
    )


def test_sentences_read_easily() -> None:
    said = effect_of(counted((58, 41), (60, 55)), count=never).sentences
    assert grade(" ".join(said)) <= 9


@pytest.mark.parametrize(
    ("treated", "control", "near", "tells"),
    [
        ((58, 41), (60, 55), None, True),
        ((58, 0), (60, 55), None, True),  # none says nothing of anybody
        ((58, 4), (60, 55), None, False),
        ((58, 41), (60, 1), None, False),
        ((58, 41), (60, 55), (3, 9), False),
    ],
)
def test_a_public_edition_tells_no_effect_behind_which_few_stand(
    treated: tuple[int, int], control: tuple[int, int], near: tuple[int, int] | None, tells: bool
) -> None:
    given = counted(treated, control).model_copy(update={"displacement_treated": near})
    effect = effect_of(given, count=never, rules=SHIPPED)
    assert (not effect.refused) is tells
    assert tells or effect.sentences == (
        "Whether it worked can't be said: counts from 1 to 4 stand behind it and are kept back: "
        "they could point at people.",
    )
    assert not effect_of(given, count=never).refused
