"""Reports of a partnership: each section of commentary stands where it belongs, and once."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import ClassVar

import pytest

from cspanalysis import Assessment
from cspanalysis.paths import data_folder, partnership_folder
from cspanalysis.reports.kind import Kind
from cspanalysis.reports.report import Report, shows
from cspanalysis.reports.sections.commentary import section

HEAD = (
    "---\nauthor: Community safety analyst\ndate: 2024-02-01\nstatus: agreed\n{more}---\n{body}\n"
)


class Plain(Report):
    kind: ClassVar[Kind] = Kind("plain-report", "Plain report", slots=("background", "outlook"))
    section = shows(section)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plain:
    data = tmp_path / "data"
    for name in ("reference", "counts"):
        copytree(data_folder() / name, data / name)
    folder = data / "partnerships" / "luton" / "commentary"
    folder.mkdir(parents=True)
    for name, more in (("background", ""), ("visit", ""), ("secret", "reports: [other]\n")):
        text = HEAD.format(more=more, body=f"Words on the {name}.")
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(data))
    return Plain.open("luton", "2023")


def test_a_section_stands_in_its_place_and_the_rest_together(written: Plain) -> None:
    assert "Words on the background." in written.section("background").text
    rest = written.commentary().text
    assert "Words on the visit." in rest
    assert "background" not in rest


def test_a_section_for_another_report_is_left_out(written: Plain) -> None:
    assert "secret" not in {w.section.name for w in written.written}


def test_a_section_that_nobody_wrote_says_so(written: Plain) -> None:
    shown = written.section("outlook", otherwise="Nobody has written an outlook yet.")
    assert shown.text == "Nobody has written an outlook yet."


def test_an_unknown_section_is_refused(written: Plain) -> None:
    with pytest.raises(ValueError, match="section 'visit': the report has background, outlook"):
        written.section("visit")


def test_a_partnership_weighs_harm_with_its_own_table(written: Plain) -> None:
    folder = partnership_folder("luton")
    (folder / "weights.csv").write_text(
        "measure,weight,table,version,unit\nrobbery,10,Own table,1,points\n", encoding="utf-8"
    )
    own = "area: luton\nname: Luton CSP\nharm_weights: weights.csv\n"
    (folder / "partnership.yml").write_text(own, encoding="utf-8")
    found = Plain.open("luton", "2023").harm
    assert found is not None
    assert [line.measure.code for line in found.lines] == ["robbery"]
    assert found.total == 10 * found.lines[0].count
    assert not found.example


def test_the_cover_tells_what_an_example_made_up(written: Plain) -> None:
    folder = partnership_folder("luton")
    text = "area: luton\nname: Luton CSP\nexample: true\n"
    (folder / "partnership.yml").write_text(text, encoding="utf-8")
    assert "Content: an example, made up" in Plain.open("luton", "2023").cover().text
    assert "Targets: an example, made up" in Assessment.open("luton", "2023").cover().text
    (folder / "partnership.yml").write_text(text.replace("true", "false"), encoding="utf-8")
    assert "an example" not in Plain.open("luton", "2023").cover().text
