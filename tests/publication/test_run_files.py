"""Stray and damaged files of JSON in an outputs folder stop neither index nor review pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.publication import write_index
from cspanalysis.publication.index import entries_of
from cspanalysis.publication.run_files import read_json, read_run
from tests.samples import run_record

GOOD = {
    "area": {"slug": "luton", "name": "Luton"},
    "period": {"slug": "2023", "label": "2023"},
    "notebook": {"name": "report"},
}
DEEP = "[" * 100_000
STRAY = [
    "",
    "{}",
    "[1, 2]",
    DEEP,
    '{"area": ' + '{"a":' * 50_000,
    json.dumps({**GOOD, "area": "luton"}),
    json.dumps({**GOOD, "area": {"slug": 3, "name": None}}),
    json.dumps({**GOOD, "finished": "yesterday"}),
    json.dumps({**GOOD, "finished": 12}),
    json.dumps({**GOOD, "inputs": "none"}),
    json.dumps({**GOOD, "inputs": [3]}),
    json.dumps({**GOOD, "files": [{"name": "report.html"}]}),
    json.dumps({**GOOD, "exception": "bad"}),
    json.dumps({**GOOD, "parameters": ["edition"]}),
]


@pytest.fixture
def folder(site: Path, tmp_path: Path) -> Path:
    """Folder with one good report."""
    shutil.copytree(site / "bedford", tmp_path / "bedford")
    run_record(tmp_path, "bedford", "2023")
    return tmp_path


@pytest.mark.parametrize("text", STRAY)
def test_stray_record_is_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "stray.run.json"
    path.write_text(text)
    assert read_run(path) == {}
    assert read_json(tmp_path / "absent.json") == {}


def test_good_record_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.run.json"
    path.write_text(json.dumps(GOOD))
    assert read_run(path) == GOOD


def test_index_stands_among_strays(folder: Path) -> None:
    for number, text in enumerate(STRAY):
        for place in ("stray/2023", "bedford/2023", ".failed/luton/2023", ".hidden/2023"):
            path = folder / place / f"stray-{number}.run.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    (folder / "bedford/2023/folder.run.json").mkdir()
    write_index(folder)
    assert [(e.area, e.failed) for e in entries_of(folder)] == [("bedford", False)]
    assert "Bedford" in (folder / "review.html").read_text()


def test_copied_report_does_not_pass_for_the_one_that_stands(folder: Path) -> None:
    shutil.copytree(folder / "bedford", folder / "zz-copy")
    (entry,) = entries_of(folder)
    assert {address.partition("/")[0] for _, address, _ in entry.formats} == {"bedford"}


@pytest.mark.parametrize("figures", ["[]", DEEP, '{"cover": 3, "figures": 4}', '{"cover": {}}'])
def test_damaged_figures_are_read_from_the_notebook(figures: str, folder: Path) -> None:
    (good,) = entries_of(folder)
    (folder / "bedford/2023/performance-report.figures.json").write_text(figures)
    (entry,) = entries_of(folder)
    assert (entry.lead, entry.edition) == (good.lead, good.edition)
    described: list[Any] = [figure["id"] for figure in entry.figures]
    assert described == [figure["id"] for figure in good.figures]
