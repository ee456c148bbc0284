"""docs/architecture.md: its drawing is made from the contracts, and it is of today."""

from __future__ import annotations

import re
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.command.main import main

ROOT = Path(__file__).parents[1]
PAGES = (
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "data").rglob("README.md"),
    *(ROOT / "benchmarks").rglob("*.md"),
    ROOT / "outputs" / "README.md",
)


@pytest.fixture(scope="module")
def writer() -> Any:
    spec = spec_from_file_location("write_architecture", ROOT / "docs" / "write_architecture.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_drawing_is_up_to_date(writer: Any) -> None:
    written = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert written == writer.page(), "run: python docs/write_architecture.py"


def test_every_room_and_module_has_its_place(writer: Any) -> None:
    package = ROOT / "cspanalysis"
    there = {path.parent.name for path in package.glob("*/__init__.py")}
    there |= {path.stem for path in package.glob("[!_]*.py")}
    drawn = {room.split(".")[1] for rooms in writer.layers() for room in rooms}
    assert drawn == there
    reports = {path.stem for path in (package / "reports").glob("[!_]*.py")} | {"sections"}
    inside = {room.split(".")[2] for s in writer.layers() for room in s if room.count(".") == 2}
    assert inside == reports


def test_every_room_says_what_it_is_for(writer: Any) -> None:
    for rooms in writer.layers():
        for room in rooms:
            assert writer.purpose(room), room


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_pages_lead_somewhere(page: Path) -> None:
    shown = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))  # code leads nowhere
    # A workspace has the template's page at its top, and our folders beside it.
    beside = ROOT if page.parent.name == "workspace-template" else page.parent
    for link, heading in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", shown):
        if "://" in link:
            continue
        leads = beside / link if link else page
        assert leads.exists(), link
        assert not heading or heading in _headings(leads), f"{link}#{heading}"


def _headings(page: Path) -> set[str]:
    """Give the headings of a page, as links name them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_pages_say_to_run_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    made = re.findall(r"(?:`|^|&& )make ([a-z][a-z-]*)", text, re.MULTILINE)
    assert set(made) <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    verbs = re.findall(r"(?:`|^|bin/)cspanalysis ([a-z][a-z-]*)", text, re.MULTILINE)
    assert set(verbs) <= main.commands.keys()
    for module in re.findall(r"python3? -m ((?:benchmarks|tests|cspanalysis)[\w.]*)", text):
        assert find_spec(module), module


def test_the_readme_and_the_map_name_what_is_there() -> None:
    readme, package = (ROOT / "README.md").read_text(encoding="utf-8"), ROOT / "cspanalysis"
    (told,) = re.findall(r"from raw files to a published assessment: (.*?)\. Each may", readme)
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    assert set(re.findall(r"`([a-z]+)`", told)) == rooms
    for page in (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"):
        for name in re.findall(r"`([\w./]+\.py)`", page.read_text(encoding="utf-8")):
            assert (ROOT / name).exists() or (package / name).exists(), f"{page.name}: {name}"


def test_every_file_that_a_drill_names_is_there() -> None:
    drills = (ROOT / "docs" / "drills.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:cspanalysis|data|docs|notebooks|tests|benchmarks)/[^`]*)`", drills)
    assert len(named) > 30
    assert [name for name in named if not (ROOT / name).exists()] == []
