"""docs/architecture.md: its drawing is made from the contracts, and it is of today."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


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


def test_links_of_the_pages_for_those_who_carry_on_lead_somewhere() -> None:
    pages = [ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", ROOT / "README.md"]
    for page in [*pages, *(ROOT / "docs").rglob("*.md")]:
        shown = re.sub(r"`[^`]*`", "", page.read_text(encoding="utf-8"))  # code leads nowhere
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", shown):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_file_that_a_drill_names_is_there() -> None:
    drills = (ROOT / "docs" / "drills.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:cspanalysis|data|docs|notebooks|tests|benchmarks)/[^`]*)`", drills)
    assert len(named) > 30
    assert [name for name in named if not (ROOT / name).exists()] == []
