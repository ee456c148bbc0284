"""Write docs/licences.md from what is installed: ``python docs/write_licences.py``.

Lists every library that `pip install cspanalysis` brings, direct or not, with the licence that its
own metadata state; and of each that the project names, what it weighs and why it stays.
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

## What each dependency weighs, and why it stays

In MB on Linux: its own files, and those of libraries that would go with it. What several need (numpy first) is counted with none of them.

| library | own | with it | why it stays |
|---|---:|---:|---|
"""
ALL = """
## Every library, with its licence

| library | licence |
|---|---|
"""
WHY = {
    "jupyterlab": "where analysts work; a schedule needs no part of it",
    "jsonschema": "checks notebooks; held below a version that is slow to import",
    "pandas": "tables of counts, from the store to the page",
    "matplotlib": "every chart and map of a page",
    "pillow": "pictures: logos, pictures in commentary, charts in Word",
    "seaborn": "analysts' own charts in notebooks; those of pages are drawn with matplotlib",
    "papermill": "runs a notebook with parameters",
    "nbconvert": "makes pages of executed notebooks",
    "ipykernel": "the kernel that cells run in",
    "numpy": "arithmetic below pandas, scipy and matplotlib",
    "scipy": "distributions, and the linear programmes of what is kept back",
    "statsmodels": "seasons (STL) and forecasts",
    "pyarrow": "the store's files (Parquet)",
    "pandera": "checks tables as they are read",
    "pydantic": "checks partnership files and plans, and words what is wrong",
    "pyyaml": "reads partnership files, plans and mappings",
    "click": "the command line",
    "tqdm": "progress of long reads",
    "filelock": "one writer at a time in a store and in an outputs folder",
    "pypandoc-binary": "carries pandoc, which reads a page's document for Word",
    "pikepdf": "sets the tags of a PDF, and reads its parts to check them",
    "pypdfium2": "reads the text of PDFs, to scan it for leaks",
    "typst": "sets PDFs (PDF/A, tagged)",
    "python-docx": "styles, contents and comments of Word documents",
    "python-pptx": "slides, with charts that can be edited",
    "fonttools": "cuts fonts to the signs that a page uses",
    "brotli": "packs those fonts for the web",
    "lxml": "reads and checks HTML and the parts of Word",
    "jinja2": "templates of pages",
    "mistune": "reads commentary",
    "markupsafe": "escapes what stands in pages",
    "platformdirs": "where a system keeps data and caches",
    "font-source-sans-pro": "the face of pages and charts",
    "openpyxl": "reads workbooks of publishers",
    "pooch": "fetches archives and checks their hashes",
    "requests": "fetches what has no known hash",
    "xlsxwriter": "writes spreadsheets",
}
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
    return INTRODUCTION + "".join(_weights()) + ALL + "".join(_rows())


def _weights() -> Iterator[str]:
    named = sorted(direct())
    all_sizes = {name: size_of(name) for name in all_of(direct())}
    for name in named:
        others = all_of([other for other in named if other != name])
        alone = [size for other, size in all_sizes.items() if other not in {*others, name}]
        own = all_sizes.get(name, 0.0)
        gone = f"{own + sum(alone):.1f}" if name not in others else "stays"
        yield f"| {name} | {own:.1f} | {gone} | {WHY[name]} |\n"
    yield f"\nAll of them: {sum(all_sizes.values()):.0f} MB.\n"


def size_of(name: str) -> float:
    """Give the megabytes of a library's files; what Python compiles from them is not counted."""
    files = [file for file in distribution(name).files or () if file.suffix != ".pyc"]
    places = [Path(str(file.locate())) for file in files]
    return sum(place.stat().st_size for place in places if place.is_file()) / 1e6


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
