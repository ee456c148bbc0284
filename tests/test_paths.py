"""Folders: what the variables say, and what is told where they lead nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cspanalysis import Assessment, paths
from cspanalysis.command.main import main
from cspanalysis.errors import UsageError


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with nothing in it."""
    monkeypatch.setenv("CSPANALYSIS_HOME", str(tmp_path))
    monkeypatch.delenv("CSPANALYSIS_DATA", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        "new luton",
        "check --area luton",
        "check --statutory luton 2023",
        "run --area luton --period 2023 --plan PLAN",
        "ingest PLAN",
    ],
)
def test_a_folder_without_data_is_told_in_one_line(empty: Path, words: str) -> None:
    plan = empty / "plan.yml"
    plan.write_text("reports:\n  - {notebook: report, areas: [luton], periods: [2023]}\n")
    ended = CliRunner().invoke(main, [str(plan) if w == "PLAN" else w for w in words.split()])
    assert ended.exit_code == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("cspanalysis: ")
    if not words.startswith("ingest"):
        assert f"there is no {empty / 'data/reference/areas.csv'}: set CSPANALYSIS_DATA" in line


def test_an_empty_store_is_empty_and_nothing_is_wrong_with_it(empty: Path) -> None:
    shipped = Path(__file__).parents[1] / "data/reference"
    shutil.copytree(shipped, empty / "data/reference")
    ended = CliRunner().invoke(main, ["check"])
    assert ended.output.splitlines() == ["the store is empty", "nothing wrong was found"]
    assert ended.exit_code == 0


def test_a_notebook_without_data_is_told_what_to_set(empty: Path) -> None:
    with pytest.raises(UsageError, match="set CSPANALYSIS_DATA to the project's folder 'data'"):
        Assessment.open("luton", "2023")


def test_a_folder_that_lacks_a_table_names_it(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = empty / "data" / "reference"
    reference.mkdir(parents=True)
    with pytest.raises(UsageError, match=r"measures\.csv"):
        paths.reference("measures.csv")
    assert paths.reference("wards.csv") == reference / "wards.csv"


def test_only_what_is_set_is_handed_on_and_as_a_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CSPANALYSIS_HOME", "CSPANALYSIS_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CSPANALYSIS_DATA", "figures")
    assert paths.environment() == {"CSPANALYSIS_DATA": str(tmp_path / "figures")}
