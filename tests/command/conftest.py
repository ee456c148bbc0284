"""What tests of the command share: a project's folder of small notebooks, and the command on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cspanalysis import paths
from cspanalysis.command.main import Pages, main
from tests.command.small_runs import SCRIPT, publish, write_index, write_notebook


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder with a good and a bad notebook, and the shipped reference tables."""
    monkeypatch.setenv("CSPANALYSIS_DATA", str(paths.data_folder()))
    monkeypatch.setenv("CSPANALYSIS_HOME", str(tmp_path))
    monkeypatch.setenv("CSPANALYSIS_COLD", "1")
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path, "good", "print(area)")
    write_notebook(tmp_path, "bad", "if area == 'luton':\n    raise ValueError('no counts')")
    write_notebook(
        tmp_path,
        "slow",
        "import os, pathlib, time\n"
        f"pathlib.Path({str(tmp_path)!r}, f'{{os.getpid()}}.pid').touch()\n"
        "time.sleep(0 if area == 'wycombe' else 60)",
    )
    return tmp_path


@pytest.fixture
def invoke(home: Path) -> Any:
    def call(*words: str) -> Result:
        return CliRunner().invoke(main, words, obj=Pages(publish, write_index))

    return call


@pytest.fixture
def command(home: Path) -> list[str]:
    """Start of a command line that runs our command with its own small pages."""
    (home / "command.py").write_text(SCRIPT)
    return [sys.executable, str(home / "command.py")]
