"""Areas that have reports of their own, and custom areas, which are told of elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cspanalysis import Area, Assessment, paths
from cspanalysis.errors import UsageError
from cspanalysis.partnership.reported import reported_area

FILE = """\
area: luton
name: Luton Community Safety Partnership
areas:
  centre:
    name: Town centre
    wards: [Central]
"""


@pytest.fixture
def luton(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    shutil.copytree(paths.data_folder() / "reference", data / "reference")
    for slug, text in (("bedford", "area: [\n"), ("luton", FILE)):
        folder = data / "partnerships" / slug
        folder.mkdir(parents=True)
        (folder / "partnership.yml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(data))
    return data


def test_an_area_of_the_register_is_found_as_ever(luton: Path) -> None:
    assert luton.is_dir()
    assert reported_area("luton") == Area.named("luton")
    assert reported_area(Area.named("bedford")).slug == "bedford"
    with pytest.raises(UsageError, match="area 'lutn' is not known; did you mean luton"):
        reported_area("lutn")


@pytest.mark.parametrize("said", ["Town centre", "centre", "luton-centre", "E22000010-CENTRE"])
def test_of_a_custom_area_is_said_where_it_is_told_of(luton: Path, said: str) -> None:
    assert luton.is_dir()
    told = "is a custom area of luton, .* report of luton and ask .*at='Town centre'"
    with pytest.raises(UsageError, match=told):
        reported_area(said)
    with pytest.raises(UsageError, match=told):
        Assessment.open(said, "2023")
