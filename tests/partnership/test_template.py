"""A partnership made from nothing: valid as it stands, honest, and never written over."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.commentary.sections import read_commentary
from cspanalysis.errors import UsageError
from cspanalysis.partnership import read_partnership
from cspanalysis.partnership.alike import most_like
from cspanalysis.partnership.law import bodies, jurisdiction
from cspanalysis.partnership.template import new_partnership, template_of
from cspanalysis.paths import data_folder
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister

CSPS: list[Area] = [a for a in AreaRegister.shipped() if a.kind == "csp"]  # type: ignore[attr-defined]
WELSH = [a for a in CSPS if a.code.startswith("W")]
SAMPLE = [*WELSH, *[a for a in CSPS if a not in WELSH][::9]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "reference").symlink_to(data_folder().resolve() / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    return tmp_path


def uncommented(text: str) -> str:
    """Take the # from every example; what explains keeps one."""
    return re.sub(r"(?m)^# ?", "", re.sub(r"(?m)^## .*\n", "", text))


@pytest.mark.parametrize("whole", [False, True], ids=["as it stands", "every example taken in"])
def test_the_template_of_every_partnership_is_valid(tmp_path: Path, *, whole: bool) -> None:
    for area in SAMPLE:
        text = template_of(area)
        (tmp_path / "partnership.yml").write_text(uncommented(text) if whole else text)
        found = read_partnership(tmp_path)
        assert found is not None
        assert found.area == area
        assert bool(found.priorities) is whole
        if whole:
            named = {partner.body for partner in found.partners if partner.body}
            assert named == {body.key for body in bodies(jurisdiction(area))}
            assert len(found.comparators) == 5
            assert found.matrix is not None
            assert found.sign_off is not None
            assert all(
                getattr(found, part) for part in type(found).model_fields if part not in LEFT
            )


LEFT = {"example", "marking", "harm_weights", "committee", "forms", "comparisons", "measures"}
LEFT |= {"events"}
"""What no template proposes."""


def test_files_are_written_once_and_never_over(data: Path) -> None:
    luton = Area.named("luton")
    written = new_partnership(luton, on=date(2024, 2, 1))
    names = [path.relative_to(data).as_posix() for path in written]
    assert names[0] == "partnerships/luton/partnership.yml"
    assert "partnerships/luton/commentary/foreword.md" in names
    with pytest.raises(UsageError, match=r"partnership\.yml is there already; nothing was written"):
        new_partnership(luton)
    written[0].unlink()
    words = written[1].read_text() + "Words."
    written[1].write_text(words)
    assert new_partnership(luton) == written[:1]
    assert written[1].read_text() == words


def test_commentary_that_nobody_has_written_is_not_shown(data: Path) -> None:
    folder = new_partnership(Area.named("luton"), on=date(2024, 2, 1))[1].parent
    year = Period.parse("2023")
    assert read_commentary(folder, period=year, edition="public").sections == {}
    path = folder / "foreword.md"
    path.write_text(path.read_text() + "A quiet year.\n")
    (section,) = read_commentary(folder, period=year, edition="public").sections.values()
    assert (section.name, section.date, section.status) == ("foreword", date(2024, 2, 1), "draft")


@pytest.mark.parametrize("area", ["bedfordshire-force", "e01015693"])
def test_a_force_or_an_lsoa_has_no_partnership(area: str) -> None:
    with pytest.raises(UsageError, match="can have no partnership file; name a CSP"):
        template_of(Area.named(area))


def test_the_most_alike_are_of_the_same_country_and_size() -> None:
    conwy, by = most_like(Area.named("conwy"))
    assert by == ("residents", "households")
    assert all(area.code.startswith("W") for area in conwy)
    luton, by = most_like(Area.named("luton"), n=10)
    assert by == ("residents", "households", "deprivation")
    assert Area.named("luton") not in luton
    assert "birmingham" not in {area.slug for area in luton}


def test_a_report_of_a_fresh_partnership_is_whole_and_says_what_it_lacks(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cspanalysis import StrategicAssessment

    shipped = Path(__file__).parents[2] / "data" / "counts"
    (data / "counts").symlink_to(shipped)
    new_partnership(Area.named("luton"))
    report: Any = StrategicAssessment.open("luton", "2023")
    assert "recorded" in report.partners().text
    for block in ("plan_progress", "public_view", "registers", "projects", "funding"):
        assert "supplied" in getattr(report, block)().text
    assert report.section("foreword", otherwise="Nobody wrote one.").text == "Nobody wrote one."
    assert report.missing()
