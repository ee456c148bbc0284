"""One source of dependencies: pyproject.toml; conda's view and the pins follow it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

import cspanalysis

ROOT = Path(__file__).parents[1]
# Where conda-forge knows a package under another name than the registry of Python packages.
CONDA_NAMES = {"brotli-python": "brotli"}


def declared() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {"": project["dependencies"], **project["optional-dependencies"]}


def conda() -> tuple[list[str], list[str]]:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    from_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    return [entry for entry in listed if isinstance(entry, str)], from_pip


def split(requirement: str) -> tuple[str, str]:
    name, bound = re.fullmatch(r"([A-Za-z0-9_.-]+)(.*)", requirement).groups()  # type: ignore[union-attr]
    return CONDA_NAMES.get(name, name), bound


def test_conda_has_the_same_dependencies_with_the_same_bounds() -> None:
    channels, from_pip = conda()
    assert channels[:2] == ["python>=3.11", "pip"]
    assert from_pip[-1] == "-e ."
    held = dict(map(split, [*channels[2:], *from_pip[:-1]]))
    assert held == dict(map(split, declared()[""]))


def test_every_dependency_is_pinned_by_name_and_version_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.+!]+", pin) for pin in pins)
    pinned = {normal(pin.split("==")[0]) for pin in pins}
    wanted = {normal(split(r)[0]) for group in declared().values() for r in group}
    assert wanted <= pinned


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_version_is_the_same_wherever_it_is_said() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert project["version"] == cspanalysis.__version__ == str(cited["version"])


def test_every_dependency_has_its_licence_on_the_page() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    for requirement in declared()[""]:
        name = normal(split(requirement)[0])
        assert page.count(f"| {name} | ") == 2, "its weight and its licence: docs/write_licences.py"


def test_the_container_holds_what_is_there_and_installs_what_make_does() -> None:
    lines = (ROOT / "Containerfile").read_text().replace("\\\n", " ").splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {"pyproject.toml", project["readme"], *project["license-files"]} <= set(copied)
    installs = "--editable '.[explore,places]'"
    assert any(f"--constraint constraints.txt {installs}" in line for line in lines)
    assert f"$(INSTALL) {installs}" in (ROOT / "Makefile").read_text()
