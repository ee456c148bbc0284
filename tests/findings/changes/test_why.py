"""Competing explanations, each against figures worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.changes.why import Explanation, explanations
from cspanalysis.findings.finding import Change
from cspanalysis.vocabulary import Area, Measure, Period


def change_of(
    code: str, before: int, after: int, *, period: str = "2022", force: ForceChange | None = None
) -> Change:
    span = Period.parse(period)
    comparison = Comparison(
        area=Area("E22000010", "Luton", "csp", "E23000026"),
        period=span,
        baseline=span.baseline(),
        provenance=Provenance("data.police.uk", "2024-02"),
    )
    line = Line(measure=Measure.named(code), before=before, after=after)
    return changes([line], comparison=comparison, force={code: force} if force else None)[0]


def named(found: tuple[Explanation, ...], start: str) -> Explanation:
    return next(e for e in found if e.name.startswith(start))


def test_a_break_in_recording_fits_and_its_absence_does_not() -> None:
    with_break = explanations(change_of("public-order", 900, 700, period="2023"))
    without = explanations(change_of("robbery", 90, 150, period="2023"))
    assert named(with_break, "It is recorded").weight == "fits"
    assert "May 2023" in named(with_break, "It is recorded").evidence
    assert named(without, "It is recorded").weight == "does not fit"


def test_a_change_in_recording_that_would_move_the_count_the_other_way_does_not_fit() -> None:
    rose = named(explanations(change_of("public-order", 700, 900, period="2023")), "It is recorded")
    assert rose.weight == "does not fit"
    assert rose.evidence.endswith("The count rose in spite of that.")


def test_a_change_in_recording_of_no_known_direction_is_no_evidence() -> None:
    both = explanations(change_of("violence-with-injury", 700, 900, period="2022"))
    assert named(both, "It is recorded").weight == "can't tell"


def test_restrictions_are_no_change_in_recording_and_few_records_no_whole() -> None:
    change = change_of("vehicle-crime", 1191, 1703, period="12m-to-2022-02")
    found = explanations(change, located=(0.9982, 0.9984))
    assert named(found, "It is recorded").weight == "does not fit"
    assert "Covid-19" in named(found, "Daily life").evidence
    assert named(found, "More or fewer records").evidence == (
        "0.2 % of the force's records carry no location, against 0.2 % before. That alone moves "
        "no count; this one moved by +43 %."
    ).replace(" %", "\N{NO-BREAK SPACE}%")


def test_police_activity_is_named_only_where_it_bears() -> None:
    drugs = explanations(change_of("drug-possession", 100, 160))
    assert named(drugs, "Police do more").weight == "fits"
    robbery = explanations(change_of("robbery", 100, 160))
    assert not [e for e in robbery if e.name.startswith("Police do more")]


@pytest.mark.parametrize(
    ("located", "weight"),
    [((0.80, 0.96), "fits"), ((0.96, 0.97), "does not fit"), ((0.96, 0.80), "does not fit")],
)
def test_locations_fit_where_they_would_move_a_count_that_far_that_way(
    located: tuple[float, float], weight: str
) -> None:
    # 1,000 to 1,250 is +25 %; a share of located rows from 80 to 96 % alone is +20 %
    found = explanations(change_of("shoplifting", 1000, 1250), located=located)
    assert named(found, "More or fewer records").weight == weight


def months(values: dict[str, int]) -> pd.Series:
    return pd.Series(values.values(), index=pd.to_datetime([f"{m}-01" for m in values]))


def test_one_month_that_makes_most_of_the_difference_is_found() -> None:
    change = change_of("arson", 30, 90, period="2022-04..2022-06")
    single = {"2021-04": 10, "2021-05": 10, "2021-06": 10}
    single |= {"2022-04": 12, "2022-05": 65, "2022-06": 13}
    even = single | {"2022-04": 30, "2022-05": 30, "2022-06": 30}
    one = named(explanations(change, monthly=months(single)), "A single month")
    assert one.weight == "fits"
    assert one.evidence == "May 2022 alone accounts for 55 of the 60 more."
    assert named(explanations(change, monthly=months(even)), "A single month").weight == (
        "does not fit"
    )


def test_a_change_in_few_places_vanishes_without_them() -> None:
    change = change_of("shoplifting", 500, 800)
    before = pd.Series(5, index=[f"E0101{i:04d}" for i in range(100)])
    few = before.copy()
    few.iloc[:5] += 60
    spread = before + 3
    gathered = named(explanations(change, places=(before, few)), "It happens in a few")
    assert gathered.weight == "fits"
    assert "Without the five small areas (of 100)" in gathered.evidence
    assert "from 475 to 475: no clear change" in gathered.evidence
    assert named(explanations(change, places=(before, spread)), "It happens in a few").weight == (
        "does not fit"
    )


def test_the_force_moving_alike_fits_and_moving_apart_does_not() -> None:
    alike = ForceChange(name="Bedfordshire", percent_change=48, before=5000, after=7400)
    apart = ForceChange(name="Bedfordshire", percent_change=5, before=5000, after=5250)
    weights = [
        named(explanations(change_of("robbery", 400, 600, force=force)), "It happens across").weight
        for force in (alike, apart)
    ]
    assert weights == ["fits", "does not fit"]


def test_what_people_must_judge_is_left_to_them_visibly() -> None:
    found = explanations(change_of("robbery", 100, 160))
    left = [e for e in found if e.weight == "for people to judge"]
    assert len(left) == 3
    assert all(e.confidence == "" for e in left)
    assert found[-3:] == tuple(left)
