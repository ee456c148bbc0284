"""Write docs/licences.md from what is installed: ``python docs/write_licences.py``.

Lists every library that `pip install cspanalysis` brings, direct or not, with the licence that its
own metadata state.
"""

# ruff: noqa: E501 - running text reads better in long lines

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
INTRODUCTION = """\
# Licences of what is used

Made by `python docs/write_licences.py` from the metadata of what is installed; do not edit. `make sbom` writes the same as a software bill of materials (CycloneDX), with versions and hashes, to `dist/sbom.cdx.json`.

No library under the GPL is imported. One **program** under it is run:

* **pandoc** (GPL-2.0-or-later) comes with `pypandoc_binary` (itself MIT) and is started as a process of its own, with a page on its standard input. Its code is not linked, copied or changed; its source is at <https://github.com/jgm/pandoc>. Whoever hands on an environment that holds it hands on a copy of pandoc, under its licence.

What is carried along and is not Python: Source Sans Pro (SIL Open Font License 1.1, in `font-source-sans-pro`), Typst (Apache-2.0, in `typst`), qpdf (Apache-2.0, in `pikepdf`, itself MPL-2.0), PDFium (BSD-3-Clause and Apache-2.0, in `pypdfium2`).

| library | licence |
|---|---|
"""
LONG = 60


def direct() -> list[str]:
    """Name the dependencies that the project declares."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [_name(line) for line in project["dependencies"]]


def all_of(names: list[str]) -> list[str]:
    """Name these and all that they bring."""
    known: set[str] = set()
    while names:
        name = names.pop()
        if name in known:
            continue
        try:
            brings = distribution(name).requires or []
        except PackageNotFoundError:  # for another system
            continue
        known.add(name)
        names += [_name(line) for line in brings if "extra ==" not in line]
    return sorted(known)


def page() -> str:
    """Make the page."""
    return INTRODUCTION + "".join(_rows())


def _rows() -> Iterator[str]:
    for name in all_of(direct()):
        yield f"| {name} | {licence(name)} |\n"


def licence(name: str) -> str:
    """Give a library's licence in a few words."""
    said = distribution(name).metadata
    stated = said.get("License-Expression") or ""
    classed = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or []
        if line.startswith("License ::") and line != "License :: OSI Approved"
    ]
    written = (said.get("License") or "").strip()
    short = written if len(written) <= LONG and "\n" not in written else ""
    return stated or ", ".join(classed) or short or "see its own files"


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
