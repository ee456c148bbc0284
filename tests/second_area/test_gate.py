"""The gate: reports of areas that nothing here was made for are published, and read right.

Thames Valley with months missing, City of London, which is its own force, Westminster from an
archive that holds British Transport Police and Northern Ireland as well, and Newport in Wales, each
with a partnership's file, two with commentary.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lxml import html

from cspanalysis.paths import data_folder, project_folder, reference
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period
from tests.second_area.outsider import THRESHOLD, Outsider
from tests.second_area.words import found_in

pytestmark = [pytest.mark.shared_data, pytest.mark.slow]

AREAS = {
    "reading": "2021-11..2022-03",
    "city-of-london": "2018-10..2019-02",
    "westminster": "2018-10..2019-02",
    "newport": "2025-01..2025-04",
}
ASKED = 40
"""Small counts that an outsider looks for, drawn from all."""
WRITTEN = ("reading", "newport")
NOTEBOOKS = ("performance-report", "strategic-assessment", "data-quality")
MONTHS = ("2018-10", "2018-11", "2018-12", "2019-01", "2019-02")
CATEGORIES = ("Burglary", "Robbery", "Shoplifting", "Bicycle theft", "Vehicle crime")
HEAD = "---\nauthor: An analyst\ndate: 2022-04-20\nstatus: agreed\n---\n"
COMMENTARY = (
    "# What we saw\n\nPolice recorded {{ change.burglary.count }} burglaries in this time.\n"
)


@pytest.fixture(scope="module")
def gate(
    shared: Path,
    tmp_path_factory: pytest.TempPathFactory,
    street_text: Callable[[Sequence[tuple[str, str, str]]], str],
    write_zip: Callable[[Path, Mapping[str, str | bytes]], Path],
) -> Path:
    """A folder in which the reports of the areas were published."""
    home = tmp_path_factory.mktemp("gate")
    shutil.copytree(data_folder(), home / "data", ignore=shutil.ignore_patterns("store", "raw"))
    police = shared / "data/police_uk"
    members: dict[str, str | bytes] = dict(_cut(police / "all-forces-2018-10-to-2019-02.zip"))
    rows = _westminster()
    for month in MONTHS:
        of_month = [(month, lsoa, category) for _, lsoa, category in rows]
        members[f"{month}/{month}-metropolitan-street.csv"] = street_text(of_month).replace(
            "A Police", "Metropolitan Police Service"
        )
    archive = write_zip(home / "archive.zip", members)
    gwent = write_zip(home / "gwent.zip", dict(_gwent(police)))
    valley = police / "thames-valley-2018-06-to-2022-03-with-gaps.zip"
    _command(home, "ingest", valley, archive, gwent)
    for area in AREAS:
        _command(home, "new", area)
    for area in WRITTEN:
        folder = home / "data/partnerships" / area / "commentary"
        folder.mkdir(exist_ok=True)
        (folder / "note.md").write_text(HEAD + COMMENTARY)
    plan = [
        {"notebook": notebook, "areas": [area], "periods": [period]}
        for area, period in AREAS.items()
        for notebook in NOTEBOOKS
    ]
    asb = {"notebook": "priority-profile", "parameters": {"priority": "anti-social-behaviour"}}
    plan.append({**asb, "areas": ["newport"], "periods": [AREAS["newport"]]})
    (home / "plan.yml").write_text(json.dumps({"reports": plan}))
    _command(home, "run", "--plan", home / "plan.yml", "--outputs", home / "out")
    return home


def test_every_report_is_published_in_every_form(gate: Path) -> None:
    for area, period in AREAS.items():
        folder = gate / "out" / area / Period.parse(period).slug
        for notebook in NOTEBOOKS:
            made = {path.name.removeprefix(f"{notebook}.") for path in folder.glob(f"{notebook}.*")}
            assert {"html", "pdf", "docx", "xlsx"} <= made


def test_the_words_of_every_page_read_right(gate: Path) -> None:
    wrong = [
        f"{page.parent.parent.name}/{page.name}: {line}"
        for page in sorted((gate / "out").glob("*/*/*.html"))
        if not page.name.endswith(".review.html")
        for line in found_in(_words(page))
    ]
    assert wrong == []


def test_the_checker_contradicts_no_words_of_our_own(gate: Path, tmp_path: Path) -> None:
    for area, period in AREAS.items():
        for notebook in NOTEBOOKS[:2]:
            page = gate / "out" / area / Period.parse(period).slug / f"{notebook}.html"
            text = tmp_path / f"{area}-{notebook}.md"
            text.write_text(_narrative(page), encoding="utf-8")
            said = _command(gate, "check", "--text", text, "--area", area, "--period", period)
            assert "supported" in said


def test_a_welsh_area_has_its_welsh_name_its_index_and_its_law(gate: Path) -> None:
    page = gate / "out/newport/2025-01-to-2025-04/strategic-assessment.html"
    root = html.parse(page).getroot()
    assert [one.text_content() for one in root.xpath("//header//*[@lang='cy']")] == ["Casnewydd"]
    said = _words(page)
    assert "are among the most deprived fifth of Wales" in said
    assert "fifth of England" not in said
    assert "SI 2007/3076, regulation 3" in said
    assert "SI 2007/1830, reg" not in said
    assert "outlines of Newport's small areas are not held" not in said


def test_no_small_count_that_is_hidden_is_found_from_all_files_of_an_area(gate: Path) -> None:
    period = Period.parse(AREAS["newport"])
    outsider = Outsider(
        gate / "out/newport" / period.slug,
        Area.named("newport"),
        (period.baseline(), period),
        Store.open(gate / "data/store"),
    )
    assert outsider.told
    assert outsider.maps
    assert min(n for n in outsider.told.values() if n) >= THRESHOLD
    asked = [*outsider.asked()]
    assert len(asked) > 500
    drawn = np.random.default_rng(0).choice(len(asked), size=ASKED, replace=False)
    for cell in (asked[at] for at in drawn.tolist()):
        if (span := outsider.span(cell)) < THRESHOLD - 1:
            assert span >= outsider.span(cell, alone=True) - 0.01, cell


def test_check_names_forces_that_no_report_reads(gate: Path) -> None:
    said = _command(gate, "check", code=1)
    assert "btp: a force without an area of its own" in said
    assert "northern-ireland: a force without an area of its own" in said
    assert "metropolitan: a force without" not in said


def test_the_pages_keep_the_rules(gate: Path) -> None:
    assert _command(gate, "check", gate / "out")


def _cut(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Take the files of four forces out of an archive of all."""
    with zipfile.ZipFile(archive) as whole:
        for name in whole.namelist():
            if re.search(r"-(city-of-london|btp|northern-ireland)-street\.csv$", name):
                yield name, whole.read(name)


def _gwent(police: Path) -> Iterator[tuple[str, bytes]]:
    """Take the four months of Gwent, and those of the year before, out of its archive."""
    with zipfile.ZipFile(police / "gwent-2018-10-to-2025-12-with-gaps.zip") as whole:
        for name in whole.namelist():
            if re.search(r"202[45]-0[1-4]-gwent-street\.csv$", name):
                yield name, whole.read(name)


def _westminster() -> list[tuple[str, str, str]]:
    """Make a month of two hundred crimes in the small areas of Westminster."""
    places = pd.read_parquet(reference("places.parquet"))
    inside = places[places["in_2021"] & places["in_2011"] & (places["lad"] == "E09000033")]
    codes = sorted(inside["lsoa"])[:40]
    return [("", codes[i % len(codes)], CATEGORIES[i % len(CATEGORIES)]) for i in range(200)]


def _command(home: Path, *words: str | Path, code: int = 0) -> str:
    environment = {
        **os.environ,
        "CSPANALYSIS_HOME": str(project_folder()),
        "CSPANALYSIS_DATA": str(home / "data"),
        "CSPANALYSIS_CACHE": str(home / "cache"),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "cspanalysis", *map(str, words)],
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == code, f"{words}: {ended.stdout[-2000:]}{ended.stderr[-2000:]}"
    return ended.stdout


def _narrative(page: Path) -> str:
    """Give what a page says in sentences, as Markdown: a paragraph for each of its own."""
    root = html.parse(page).getroot()
    for drawn in root.xpath("//script | //style | //svg | //table"):
        drawn.drop_tree()
    blocks = root.xpath("//p[not(ancestor::li)] | //li | //figcaption")
    return "\n\n".join(" ".join(block.text_content().split()) for block in blocks)


def _words(page: Path) -> str:
    root = html.parse(page).getroot()
    for drawn in root.xpath("//script | //style | //svg"):
        drawn.drop_tree()
    blocks = root.xpath("//p | //li | //h1 | //h2 | //h3 | //td | //th | //caption | //figcaption")
    return " \n".join(" ".join(block.text_content().split()) for block in blocks)
