"""Workspaces: made from what the package carries, found from below, renewed without a conflict."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cspanalysis import __version__, paths
from cspanalysis.command import workspace, workspaces
from cspanalysis.command.main import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, with nothing set."""
    for name in ("CSPANALYSIS_HOME", "CSPANALYSIS_DATA"):
        monkeypatch.setenv(name, "")  # so that what a test sets is undone
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a package carries, small enough to be changed."""
    home = tmp_path / "package"
    template = home / "data" / "reference" / "workspace-template"
    template.mkdir(parents=True)
    (template / "README.md").write_text("a workspace")
    (template / "gitignore").write_text("/outputs/")
    (home / "data" / "reference" / "measures.csv").write_text("measure\n")
    (home / "data" / "plan.yml").write_text("reports: []\n")
    (home / "notebooks").mkdir()
    (home / "notebooks" / "report.ipynb").write_text("{}")
    monkeypatch.setattr(paths, "carried_folder", lambda: home)
    return home


def invoke(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_workspace_holds_what_the_checkout_ships_and_nothing_of_its_users(tmp_path: Path) -> None:
    ended = invoke("init", "mine")
    assert ended.exit_code == 0
    assert ended.output == "mine: go into it (cd 'mine'), then: cspanalysis run\n"
    made = {path.name for path in (tmp_path / "mine").iterdir()}
    assert {"data", "notebooks", "outputs", "docs", "README.md", ".gitignore"} < made
    for name in ("data/plan.yml", "data/reference/areas.csv", "docs/sources.md"):
        assert (tmp_path / "mine" / name).read_bytes() == (ROOT / name).read_bytes()
    assert not (tmp_path / "mine" / "data" / "store").exists()


@pytest.mark.parametrize("name", ["CSPANALYSIS_HOME", "CSPANALYSIS_DATA"])
@pytest.mark.parametrize("verb", [("check",), ("run",), ("list",), ("ingest", "a.zip")])
def test_a_folder_that_was_moved_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, verb: tuple[str, ...]
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "gone"))
    ended = invoke(*verb)
    assert ended.exit_code == 2
    assert ended.output == (
        f"cspanalysis: {name} is '{tmp_path / 'gone'}', and there is no such folder; if it was "
        f"moved, set {name} to where it is now, or leave it unset and go into the workspace\n"
    )
    assert not (tmp_path / "gone").exists()


def test_files_of_ours_that_are_lost_come_back_by_init(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "mine"
    assert invoke("init", home).exit_code == 0
    table = home / "data" / "reference" / "places.parquet"
    held = next((home / "data" / "counts").rglob("source=police-uk/**/*.parquet"))
    table.unlink()
    monkeypatch.setenv("CSPANALYSIS_HOME", str(home))
    said = invoke("check").output
    assert said == (
        f"cspanalysis: there is no {table}; remove it, if it is there, and run: cspanalysis init "
        f"'{home}'\n"
    )
    assert f"cspanalysis init '{home}'" in paths.way_back(held)
    assert invoke("init", home).exit_code == 0
    assert table.is_file()


def test_what_the_wheel_carries_is_what_a_workspace_is_made_of() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    for name in workspace._OURS:
        assert any(name == one or name.startswith(f"{one}/") for one in wheel["only-include"])
        assert name.split("/")[0] in wheel["sources"]
        assert (ROOT / name).exists()


def test_the_command_finds_the_workspace_from_below(
    tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.make(tmp_path / "Pays d'été")
    below = tmp_path / "Pays d'été" / "data" / "raw"
    below.mkdir()
    monkeypatch.chdir(below)
    assert paths.project_folder() == tmp_path / "Pays d'été"
    workspaces.enter()
    assert paths.environment()["CSPANALYSIS_HOME"] == str(tmp_path / "Pays d'été")


def test_what_is_set_goes_before_where_we_are(
    tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.make(tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("CSPANALYSIS_HOME", str(tmp_path / "there"))
    workspaces.enter()
    assert paths.project_folder() == tmp_path / "there"


def test_without_a_workspace_and_a_checkout_it_is_said_how_to_make_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paths, "checkout", lambda: None)
    ended = invoke("list")
    assert ended.exit_code == 2
    (line,) = ended.stderr.splitlines()
    assert "there is no workspace here; make one with `cspanalysis init FOLDER`" in line


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, carried: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "letter.txt").write_text("mine")
    ended = invoke("init", "taken")
    assert ended.exit_code == 2
    assert ended.stderr == "cspanalysis: 'taken' holds other files; name a new folder\n"
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["letter.txt"]
    ended = invoke("init", "taken/letter.txt")
    assert ended.exit_code == 2
    assert ended.stderr == "cspanalysis: 'taken/letter.txt' is a file; name a new folder\n"
    ended = invoke("init", "taken/letter.txt/below")
    assert ended.exit_code == 2
    assert "can't be made a workspace: Not a directory; name another folder" in ended.stderr


def test_a_workspace_that_is_up_to_date_says_so(tmp_path: Path, carried: Path) -> None:
    assert invoke("init", "mine").stdout == "mine: go into it (cd 'mine'), then: cspanalysis run\n"
    again = invoke("init", "mine")
    assert again.output == f"mine: this workspace is up to date with {__version__}\n"


def test_a_tilde_that_no_shell_has_seen_is_the_users_folder(
    tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = tmp_path / "user"
    user.mkdir()
    monkeypatch.setenv("HOME", str(user))
    monkeypatch.setenv("USERPROFILE", str(user))
    assert invoke("init", "~/mine").exit_code == 0
    assert (user / "mine" / paths.MARKER).is_file()
    monkeypatch.setenv("CSPANALYSIS_HOME", "~/mine")
    assert f"plan '{user / 'none.yml'}' can't be read" in invoke("list", "--plan=~/none.yml").stderr
    assert paths.project_folder() == user / "mine"
    assert paths.environment()["CSPANALYSIS_HOME"] == str(user / "mine")
    assert not (tmp_path / "~").exists()


def test_an_upgrade_brings_ours_and_leaves_theirs(
    tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (carried / "notebooks" / "old.ipynb").write_text("{}")
    (carried / "notebooks" / "cut.ipynb").write_text("{}")
    home = tmp_path / "mine"
    workspace.make(home)
    (home / "data" / "plan.yml").write_text("reports: [mine]\n")
    (home / "data" / "reference" / "measures.csv").write_text("measure\nmine\n")
    (home / "notebooks" / "cut.ipynb").write_text("[mine]")
    (home / "notebooks" / "own.ipynb").write_text("[own]")

    (carried / "data" / "reference" / "measures.csv").write_text("measure\nnew\n")
    (carried / "data" / "plan.yml").write_text("reports: [new]\n")
    (carried / "notebooks" / "report.ipynb").write_text('{"new": 1}')
    for gone in ("old", "cut"):
        (carried / "notebooks" / f"{gone}.ipynb").unlink()
    monkeypatch.setattr(workspace, "__version__", "9.0")
    monkeypatch.setattr(workspaces, "__version__", "9.0")
    monkeypatch.chdir(home)
    ended = invoke("list")
    assert ended.stderr.splitlines()[:2] == [
        f"this workspace goes from {__version__} to 9.0: 1 file written, 1 removed",
        "left as they were changed here: data/reference/measures.csv; to have ours instead, "
        "remove them and run `cspanalysis init .`",
    ]
    assert (home / "notebooks" / "report.ipynb").read_text() == '{"new": 1}'
    assert (home / "data" / "reference" / "measures.csv").read_text() == "measure\nmine\n"
    assert (home / "data" / "plan.yml").read_text() == "reports: [mine]\n"
    assert sorted(path.name for path in (home / "notebooks").iterdir()) == [
        *("cut.ipynb", "own.ipynb", "report.ipynb"),
    ]
    assert workspace.version_of(home) == "9.0"

    (home / "data" / "reference" / "measures.csv").unlink()
    assert invoke("init", ".").exit_code == 0
    assert (home / "data" / "reference" / "measures.csv").read_text() == "measure\nnew\n"


def test_examples_that_were_removed_do_not_come_back(tmp_path: Path, carried: Path) -> None:
    workspace.make(tmp_path / "mine")
    (tmp_path / "mine" / "data" / "plan.yml").unlink()
    workspace.make(tmp_path / "mine")
    assert not (tmp_path / "mine" / "data" / "plan.yml").exists()


def test_a_workspace_that_was_begun_is_made_whole(tmp_path: Path, carried: Path) -> None:
    """A kill after the marker leaves one that says what is still to come."""
    home = tmp_path / "mine"
    workspace.make(home)
    marker = json.loads((home / paths.MARKER).read_text())
    (home / paths.MARKER).write_text(
        json.dumps({**marker, "version": "", "files": {}, "examples": False})
    )
    shutil.rmtree(home / "notebooks")
    (home / "data" / "plan.yml").unlink()
    assert str(workspace.make(home)) == ""
    assert (home / "notebooks" / "report.ipynb").is_file()
    assert (home / "data" / "plan.yml").is_file()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"version": 1, "files": {}}', "\xff"])
def test_a_damaged_marker_is_told_in_one_line(
    tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / paths.MARKER).write_text(content, encoding="latin-1")
    ended = invoke("list")
    assert ended.exit_code == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"cspanalysis: {tmp_path / paths.MARKER} can't be read; restore it")


def test_a_notebook_that_is_not_there_is_told_before_jupyterlab_starts(
    tmp_path: Path, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.make(tmp_path / "mine")
    monkeypatch.chdir(tmp_path / "mine")
    ended = invoke("lab", "nothing")
    assert ended.exit_code == 2
    assert "there is no notebook 'nothing' in" in ended.stderr
    assert ended.stderr.endswith("there are: report\n")
