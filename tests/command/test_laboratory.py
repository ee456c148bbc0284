"""The environment of JupyterLab: silent on the network, at home only where home can be written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cspanalysis.command.laboratory import lab_environment


def test_news_are_not_asked_for(tmp_path: Path) -> None:
    given = {"JUPYTER_CONFIG_PATH": "/their/own"}
    path = lab_environment(given, home=tmp_path, scratch="")["JUPYTER_CONFIG_PATH"]
    theirs, ours = path.split(os.pathsep)
    page = json.loads((Path(ours) / "labconfig/page_config.json").read_text(encoding="utf-8"))
    assert theirs == "/their/own"
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"] is True


def test_the_launcher_finds_the_entry_that_shows_notebooks(tmp_path: Path) -> None:
    path = lab_environment({"JUPYTER_PATH": "/theirs"}, home=tmp_path, scratch="")["JUPYTER_PATH"]
    theirs, ours = path.split(os.pathsep)
    extension = Path(ours) / "labextensions/cspanalysis-launcher"
    package = json.loads((extension / "package.json").read_text(encoding="utf-8"))
    assert theirs == "/theirs"
    assert (extension / package["jupyterlab"]["_build"]["load"]).is_file()


@pytest.mark.parametrize("there", [True, False])
def test_what_jupyter_writes_goes_elsewhere_where_home_can_t_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    home = tmp_path / "home"
    if there:
        home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    given = {"JUPYTER_DATA_DIR": "/theirs"}
    found = lab_environment(given, home=tmp_path, scratch="/scratch")
    assert found["CSPANALYSIS_HOME"] == str(tmp_path)
    assert found["JUPYTER_DATA_DIR"] == "/theirs"
    assert found.get("JUPYTER_RUNTIME_DIR") == (None if there else "/scratch/runtime")
