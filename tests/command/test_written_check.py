"""Everything that people keep for reports, held against what a run would refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis import paths
from cspanalysis.command.written_check import written_amiss

HEAD = "---\nauthor: Analyst\ndate: 2024-02-01\nstatus: agreed\n---\n"
PLAN = "reports:\n  - notebook: performance-report\n    areas: [wokingham]\n    periods: [2019]\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of Wokingham, whose report of 2019 is planned, with figures and reference tables."""
    shipped = paths.data_folder()
    data = tmp_path / "data"
    commentary = data / "partnerships" / "wokingham" / "commentary"
    commentary.mkdir(parents=True)
    for name in ("reference", "published", "counts"):
        if (shipped / name).exists():
            (data / name).symlink_to(shipped / name)
    (data / "plan.yml").write_text(PLAN)
    monkeypatch.setenv("CSPANALYSIS_HOME", str(tmp_path))
    monkeypatch.setenv("CSPANALYSIS_DATA", str(data))
    return commentary.parent


def test_a_misspelt_placeholder_is_told_with_file_line_and_the_nearest(home: Path) -> None:
    path = home / "commentary" / "own.md"
    path.write_text(f"{HEAD}\nText: {{{{ change.all-crme.count }}}}.\n")
    (said,) = written_amiss()
    assert said == (
        f"{path}, line 7: there is no value 'change.all-crme.count'; did you mean "
        "'change.all-crime.count'?"
    )


def test_a_character_without_a_shape_is_told_with_file_and_line(home: Path) -> None:
    path = home / "commentary" / "own.md"
    path.write_text(f"{HEAD}Non\u2011breaking, ✔ and \uf0b7.\n\nAn 👮 here.\n", encoding="utf-8")
    (said,) = written_amiss()
    assert said == (
        f"{path}, line 8: '👮' (U+1F46E, police officer) has no shape in the typefaces of PDF and "
        "shows as a box there; write it in words"
    )


@pytest.mark.parametrize(
    ("setting", "said"),
    [("'#dddd00'", "contrast of 1.5 on white"), ("#B3282D", "write it with quotes")],
)
def test_a_look_that_a_run_refuses_is_told(home: Path, setting: str, said: str) -> None:
    (home / "brand").mkdir()
    (home / "brand" / "brand.yml").write_text(f"colour: {setting}\n")
    (found,) = written_amiss()
    assert found.startswith(f"{home / 'brand' / 'brand.yml'}: colour ")
    assert said in found


def test_what_git_left_of_a_conflict_is_told_with_file_and_line(home: Path) -> None:
    plan = paths.default_plan()
    plan.write_text(f"# ours\n<<<<<<< HEAD\n{PLAN}=======\n{PLAN}>>>>>>> main\n")
    own = home / "commentary" / "own.md"
    own.write_text(f"{HEAD}<<<<<<< HEAD\nMine.\n=======\nTheirs.\n>>>>>>> main\n")
    told = sorted(text.split(": Git left")[0] for text in written_amiss())
    assert told == sorted([f"{plan}, line 2", f"{own}, line 6"])
