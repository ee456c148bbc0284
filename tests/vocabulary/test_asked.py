"""Areas as reports and plans are asked for them: wards by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.disclosure.periods import planned_periods
from cspanalysis.errors import UsageError
from cspanalysis.production import read_plan
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.asked import area_asked


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dallow", "E05014741"),
        ("dallow-ward", "E05014741"),
        ("Central, Luton", "E05014739"),
        ("central-luton", "E05014739"),
        ("E05014739", "E05014739"),
        ("Luton", "E22000010"),  # a bare name is the CSP
        ("bedfordshire-force", "E23000026"),
    ],
)
def test_wards_have_names_too(text: str, code: str) -> None:
    assert area_asked(text).code == code


def test_an_area_is_given_as_it_is() -> None:
    dallow = Area.named("E05014741")
    assert area_asked(dallow) is dallow


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Castle",
            r"'Castle' is the name of 19 wards; write the council with it, such as 'Castle, ",
        ),
        ("Dalow", "area 'Dalow' is not known"),
        ("Castle, Nowhere", "is not known"),
    ],
)
def test_what_is_no_one_ward_is_told(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        area_asked(text)


def test_what_became_of_a_council_is_told_before_a_ward_of_its_name() -> None:
    """Mendip was a council until 2023; a ward elsewhere bears its name."""
    with pytest.raises(UsageError) as told:
        Area.named("mendip")
    with pytest.raises(UsageError) as asked:
        area_asked("mendip")
    assert str(asked.value) == str(told.value)
    assert "was a council until 31 March 2023" in str(asked.value)


def test_tables_of_figures_name_no_wards() -> None:
    with pytest.raises(UsageError, match="is not known"):
        Area.named("Dallow")


def test_a_plan_and_what_is_kept_back_know_the_ward_alike(tmp_path: Path) -> None:
    (tmp_path / "plan.yml").write_text(
        "reports:\n  - {notebook: place-profile, areas: [Dallow], periods: [2021-10..2021-12]}\n"
    )
    plan = read_plan(tmp_path / "plan.yml")
    assert [job.area.slug for job in plan.jobs] == ["e05014741"]
    assert plan.narrowed(area="dallow").jobs == plan.jobs
    found = planned_periods(Area.named("luton"), plan=tmp_path / "plan.yml")
    assert [str(period) for period in found] == ["2020-10..2020-12", "2021-10..2021-12"]


def test_a_report_is_opened_by_the_name_of_a_ward() -> None:
    assert Assessment.open("Dallow", "2023").facts.area.code == "E05014741"
