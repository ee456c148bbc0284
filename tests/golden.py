"""What the default plan publishes, kept in a compact form: ``python -m tests.golden`` renews it.

A row for each part of each report: a section of its page, its figures, a sheet of its spreadsheet.
Only digests are kept, so that a change of the code that should change nothing is seen to change
nothing, and one that changes pages names the sections it changed.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html
from openpyxl import load_workbook

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).with_suffix(".csv")
_MOMENTS = re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d\b|\b20\d\d-\d\d-\d\dT[\d:.]+Z?")


def outputs() -> Path:
    """Give the folder that the default plan was published to."""
    return Path(os.environ.get("CSPANALYSIS_OUTPUTS", ROOT / "outputs"))


def parts(folder: Path) -> dict[tuple[str, str], str]:
    """Give a digest of each part of each report, by report and part."""
    pages = sorted(p for p in folder.glob("*/*/*.html") if p.with_suffix(".run.json").exists())
    found: dict[tuple[str, str], str] = {}
    for page in pages:
        report = page.relative_to(folder).with_suffix("").as_posix()
        for part, text in _of_report(page):
            found[report, part] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return found


def kept() -> dict[tuple[str, str], str]:
    """Give the digests that are kept."""
    with KEPT.open(encoding="utf-8", newline="") as file:
        return {(row["report"], row["part"]): row["digest"] for row in csv.DictReader(file)}


def _of_report(page: Path) -> Iterator[tuple[str, str]]:
    yield from _sections(html.fromstring(page.read_bytes()))
    figures = json.loads(page.with_suffix(".figures.json").read_text(encoding="utf-8"))
    yield "figures", json.dumps(_rounded(figures), sort_keys=True)
    book = load_workbook(page.with_suffix(".xlsx"), read_only=True)
    for sheet in book:
        cells = sheet.iter_rows(values_only=True)
        rows = ["\t".join(str(_rounded(cell)) for cell in row) for row in cells]
        yield f"sheet {sheet.title}", _timeless("\n".join(rows))


def _rounded(held: Any) -> Any:
    """Round to ten digits: processors differ in the last ones."""
    if isinstance(held, dict):
        return {key: _rounded(value) for key, value in held.items()}
    if isinstance(held, list):
        return [_rounded(value) for value in held]
    return float(f"{held:.10g}") if isinstance(held, float) else held


def _sections(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Cut the words of a page at its headings."""
    for drawn in page.xpath("//style | //script"):
        drawn.drop_tree()
    name, number, words = "start", 0, list[str]()
    for one in page.iter():
        if one.tag in {"h1", "h2", "h3"}:
            yield f"{number:02} {name}", _timeless(" ".join(words))
            name, number, words = " ".join(one.text_content().split())[:60], number + 1, []
        if isinstance(one.tag, str):
            words += (one.text or "").split()
        words += (one.tail or "").split()
    yield f"{number:02} {name}", _timeless(" ".join(words))


def _timeless(text: str) -> str:
    """Leave out when a report was made."""
    return _MOMENTS.sub("", text)


def main() -> None:
    """Keep what stands in the outputs folder."""
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("report", "part", "digest"))
        rows.writerows((*key, digest) for key, digest in parts(outputs()).items())


if __name__ == "__main__":
    sys.exit(main())
