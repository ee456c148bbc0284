"""The law as data: England's and Wales's sets, and what the tables must hold to be used."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from cspanalysis.partnership.law import Jurisdiction, coming, coming_name, legal_name, themes
from cspanalysis.partnership.requirements import EXEMPT, Requirement, requirements
from cspanalysis.paths import reference
from cspanalysis.reports.sections.law_evidence import _LOOKS

WHERE: tuple[Jurisdiction, ...] = ("england", "city-of-london", "wales")


def requirement(key: str, where: Jurisdiction) -> Requirement:
    (found,) = (each for each in requirements(where) if each.key == key)
    return found


@pytest.mark.parametrize("where", WHERE)
def test_every_requirement_has_a_key_of_its_own_and_evidence_that_is_known(
    where: Jurisdiction,
) -> None:
    found = requirements(where)
    assert len({r.key for r in found}) == len(found)
    known = {*_LOOKS, "duty", EXEMPT, *(f"theme:{t.key}" for t in themes())}
    assert {name for r in found for name in r.evidence} <= known
    assert all(r.text and r.section and r.law for r in found)


@pytest.mark.parametrize("where", WHERE)
def test_every_theme_is_a_requirement(where: Jurisdiction) -> None:
    keys = {r.key: r.id for r in requirements(where)}
    assert all(keys[f"theme-{t.key}"] == t.requirement for t in themes())


def test_wales_has_regulations_of_its_own_and_they_are_to_be_confirmed() -> None:
    english, welsh = requirement("last-plan", "england"), requirement("last-plan", "wales")
    assert english.law == "SI 2007/1830, regulations 6 and 7"
    assert welsh.law == "SI 2007/3076"
    assert not welsh.confirmed
    assert {r.key for r in requirements("england")} - {r.key for r in requirements("wales")} == {
        "county-agreement",
        "domestic-abuse-strategy",
    }


@pytest.mark.shared_data
def test_the_whole_list_is_held_and_what_is_from_memory_is_marked(shared: Path) -> None:
    path = shared / "reference_values" / "law_requirements.csv"
    with path.open(encoding="utf-8") as file:
        listed = list(csv.DictReader(line for line in file if not line.startswith("#")))
    held = {r.id: r for r in requirements("england")}
    # L16 is the switch to Wales's regulations: an instrument, no requirement
    assert {row["id"] for row in listed} - set(held) == {"L16"}
    memory = {row["id"] for row in listed if "from memory" in row["status"]}
    assert memory == {one for one, r in held.items() if not r.confirmed}
    sentences = {row["requirement"] for row in listed}
    assert not sentences & {r.text for r in held.values()}, "in our own words"


def test_lines_of_comment_do_not_count_as_rows() -> None:
    for name in ("requirements", "instruments", "names", "bodies", "themes", "coming"):
        first = reference(f"law/{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# ")


def test_the_sections_named_are_headings_of_the_strategic_assessment() -> None:
    import json

    path = Path(__file__).parents[2] / "notebooks" / "strategic-assessment.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lines = [line for cell in cells if cell["cell_type"] == "markdown" for line in cell["source"]]
    headings = {line.lstrip("# ").strip() for line in lines if line.startswith("#")}
    headings.add("The priorities")  # written by the block itself, one section a priority
    assert {r.section for where in WHERE for r in requirements(where)} <= headings


def _keys(where: Jurisdiction, *day: int) -> set[str]:
    return {r.key for r in requirements(where, on=date(*day)) if not r.exempt}


@pytest.mark.parametrize(
    ("where", "key", "before", "first"),
    [
        # what each of these was confirmed by stands in its row
        ("england", "theme-serious-violence", (2023, 1, 30), (2023, 1, 31)),
        ("england", "domestic-abuse-strategy", (2021, 9, 30), (2021, 10, 1)),
        ("england", "police-objectives", (2012, 11, 21), (2012, 11, 22)),
        ("england", "case-reviews", (2014, 10, 19), (2014, 10, 20)),
        ("england", "scrutiny", (2009, 4, 29), (2009, 4, 30)),
        ("wales", "scrutiny", (2009, 9, 30), (2009, 10, 1)),
        ("wales", "strategy-group", (2011, 12, 4), (2011, 12, 5)),
        ("city-of-london", "death-reviews", (2011, 4, 12), (2011, 4, 13)),
    ],
)
def test_a_duty_is_asked_for_from_its_first_day(
    where: Jurisdiction, key: str, before: tuple[int, int, int], first: tuple[int, int, int]
) -> None:
    assert key not in _keys(where, *before)
    assert key in _keys(where, *first)
    (row,) = (r for r in requirements(where, on=date(*first)) if r.key == key)
    assert row.since == date(*first)
    assert row.confirmed_by


def test_the_city_of_london_is_left_out_of_the_police_and_crime_plan_alone() -> None:
    day = (2023, 12, 31)
    assert _keys("england", *day) - _keys("city-of-london", *day) == {
        "police-objectives",
        "distribution",
    }
    left_out = {r.key: r.note for r in requirements("city-of-london") if r.exempt}
    assert "Common Council" in left_out["police-objectives"]
    assert left_out["distribution"] == "Regulation 13A leaves the City of London out."


def test_wales_has_rows_of_its_own_where_the_provision_was_read() -> None:
    group = requirement("strategy-group", "wales")
    assert (group.law, group.confirmed) == ("SI 2007/3076, regulation 3", True)
    assert group.confirmed_by == "SI 2011/2702, regulation 2"
    assert requirement("strategy-group", "england").since == date(2011, 6, 1)


def test_what_is_not_known_to_be_in_force_is_no_requirement_and_no_name() -> None:
    assert coming("wales", on=date(2024, 5, 23)) == ()
    known = {one.key: one.known for one in coming("wales", on=date(2026, 12, 31))}
    assert known == {
        "death-reviews": date(2024, 5, 24),
        "police-and-crime-commissioners": date(2025, 11, 13),
        "crime-and-policing-act": date(2026, 4, 29),
    }
    asked = [r for where in WHERE for r in requirements(where)]
    assert not [r for r in asked if "2026" in r.law or "Victims and Prisoners" in r.law]
    assert legal_name("death-review", on=date(2026, 12, 31)).name == "domestic homicide review"
    new = coming_name("death-review")
    assert new is not None
    assert new.name == "domestic abuse related death review"
    assert coming_name("police-body") is None


def test_every_row_of_the_law_says_where_it_holds_and_runs_forwards() -> None:
    for name in ("requirements", "instruments", "bodies", "names", "coming"):
        with reference(f"law/{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        assert {one for row in rows for one in row["where"].split("|")} == set(WHERE), name
        for row in rows:
            days = [row[c] for c in ("from", "to", "known", "expected") if row.get(c)]
            assert days == sorted(date.fromisoformat(day).isoformat() for day in days)
