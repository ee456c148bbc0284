"""The law as data: England's and Wales's sets, and what the tables must hold to be used."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.partnership.law import Jurisdiction, themes
from cspanalysis.partnership.requirements import requirement, requirements
from cspanalysis.paths import reference
from cspanalysis.reports.sections.law_evidence import _LOOKS

WHERE: tuple[Jurisdiction, ...] = ("england", "wales")


@pytest.mark.parametrize("where", WHERE)
def test_every_requirement_has_a_key_of_its_own_and_evidence_that_is_known(
    where: Jurisdiction,
) -> None:
    found = requirements(where)
    assert len({r.key for r in found}) == len(found)
    known = {*_LOOKS, "duty", *(f"theme:{t.key}" for t in themes())}
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


def test_an_unknown_requirement_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="requirement 'arson' is not known; known: theme-crime"):
        requirement("arson", "england")


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
    for name in ("requirements", "instruments", "names", "bodies", "themes"):
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
