"""The data pack: every table as a CSV file, and what its columns hold."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import zipfile
from pathlib import Path

import pytest

from cspanalysis.publication.data_pack import data_pack_of
from cspanalysis.publication.html import Page, page_of
from cspanalysis.publication.leaks import leaks
from cspanalysis.publication.licence import ADDRESS
from tests.samples import bedford, notebook

COVER = {
    "title": "Report",
    "lead": "Nothing changed.",
    "area": {"name": "Bedford"},
    "period": {"label": "2023"},
    "facts": {"Compared with": "2022"},
    "edition": "public",
    "marking": None,
}
TABLE = {
    "caption": "Burglary by ward",
    "columns": [{"name": n, "decimals": 0} for n in ("Ward", "Count", "Change", "Change (%)")],
    "rows": [
        {"cells": ["Castle", 1204, -3, 2.5], "notes": ["Counts run low."]},
        {"cells": ["=HYPERLINK(1)", "[c]", "[x]", 4.0]},
    ],
    "notes": ["Crimes without a place are left out."],
}


def opened(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_table_is_one_tidy_file_and_described_column_by_column() -> None:
    held = opened(data_pack_of(Page("<main></main>", COVER, [TABLE])))
    name = "tables/01-burglary-by-ward.csv"
    rows = list(csv.reader(io.StringIO(held[name])))
    assert rows == [
        ["ward", "count", "change", "change_percent", "notes"],
        ["Castle", "1204", "-3", "2.5", "Counts run low."],
        ["'=HYPERLINK(1)", "[c]", "[x]", "4", ""],
    ]
    described = json.loads(held["metadata.json"])
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    assert described["dc:license"] == {"@id": ADDRESS}
    (table,) = (t for t in described["tables"] if t["url"] == name)
    kinds = {c["name"]: (c["datatype"], c.get("null")) for c in table["tableSchema"]["columns"]}
    assert kinds["ward"] == ("string", None)
    assert kinds["count"] == ("integer", ["", "[c]"])
    assert kinds["change_percent"] == ("double", [""])
    assert table["rdfs:comment"] == TABLE["notes"]
    assert ADDRESS in held["README.txt"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    folder: Path = tmp_path_factory.mktemp("executed")
    return page_of(notebook(bedford(), folder / "performance-report.ipynb"))


def test_the_pack_of_a_report_holds_all_that_its_metadata_name(page: Page) -> None:
    content = data_pack_of(page)
    held = opened(content)
    described = json.loads(held["metadata.json"])["tables"]
    assert {t["url"] for t in described} == held.keys() - {"README.txt", "metadata.json"}
    for table in described:
        head, *rows = csv.reader(io.StringIO(held[table["url"]]))
        assert head == [c["name"] for c in table["tableSchema"]["columns"]]
        assert all(len(row) == len(head) for row in rows)
    figures = list(csv.DictReader(io.StringIO(held["figures.csv"])))
    assert [f["id"] for f in figures] == [str(f["id"]) for f in page.figures]
    assert not list(leaks("report.data.zip", content))


def test_every_cell_is_what_the_metadata_say(page: Page) -> None:
    held = opened(data_pack_of(page))
    keys = 0
    for table in json.loads(held["metadata.json"])["tables"]:
        rows = list(csv.DictReader(io.StringIO(held[table["url"]])))
        for column in table["tableSchema"]["columns"]:
            cells = [row[column["name"]] for row in rows]
            if column["datatype"] == "string":
                continue
            told = [cell for cell in cells if cell not in column["null"]]
            assert told
            assert all(math.isfinite(float(cell)) for cell in told)
            if column["datatype"] == "integer":
                assert all(re.fullmatch(r"-?\d+", cell) for cell in told)
        if key := table["tableSchema"].get("primaryKey"):
            keys += 1
            cells = [row[key] for row in rows]
            assert "" not in cells
            assert len({*cells}) == len(cells)
    assert keys


def test_rows_that_are_alike_have_no_key() -> None:
    twice = {**TABLE, "rows": [TABLE["rows"][0], TABLE["rows"][0]]}
    packed = opened(data_pack_of(Page("<main></main>", COVER, [TABLE, twice])))
    _, first, second = json.loads(packed["metadata.json"])["tables"]
    assert first["tableSchema"]["primaryKey"] == "ward"
    assert "primaryKey" not in second["tableSchema"]


def test_the_same_page_gives_the_same_bytes(page: Page) -> None:
    assert data_pack_of(page) == data_pack_of(page)
