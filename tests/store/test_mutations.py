# ruff: noqa: E501 - mutations read better in one line each

"""A hundred ways to break real files: each gives one clear error and an untouched store."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from cspanalysis.errors import SourceError
from cspanalysis.store import ingest
from tests.sources import workbooks

ARCHIVE = "data/police_uk/bedfordshire-2021-03-to-2023-12.zip"
Rows = list[list[str]]
# Of each kind: where a real file is, the name it needs, lines above its header, and the columns of
# a key, of a number and of a name (positions), as far as there are any.
KINDS = {
    "street": ("2022-02-bedfordshire-street.csv", 0, 1, 4, 9),
    "outcomes": ("2022-02-bedfordshire-outcomes.csv", 0, 1, None, 9),
    "stop-and-search": ("2022-02-bedfordshire-stop-and-search.csv", 0, 1, 4, 0),
    "ons": ("ons.csv", 7, 2, 8, None),
    "quarters": ("quarters.csv", 0, 0, 7, None),
    "rolling": ("rolling.csv", 0, 0, 4, 3),
    "published": ("wokingham-2020.csv", 3, 2, 3, 1),
    "partner": ("partner.csv", 0, 2, 3, 0),
}
PARTNER = [
    ["measure", "area", "period", "count", "value", "denominator", "status", "source", "note"],
    ["Deliberate fires", "luton", "2023-Q2", "41", "", "", "final", "Fire", ""],
    ["MARAC cases", "luton", "FY2023", "107", "", "", "final", "MARAC", "as reported"],
    ["First time entrants", "bedford", "2023", "12", "", "", "final", "YJS", ""],
]


def real_rows(shared: Path, kind: str) -> Rows:
    """Read the first rows of the real file, the lines above its header included."""
    folder = shared / "data/home_office"
    if kind == "partner":
        return PARTNER
    if kind == "published":
        raw = (Path(__file__).parents[2] / "data/published/wokingham-2020.csv").read_text()
    elif kind == "ons":
        raw = (folder / "ons_table_c2_csp_year_ending_june_2025.csv").read_text()
    elif kind in {"quarters", "rolling"}:
        names = {
            "quarters": "prc-pfa-2017-18_quarterly",
            "rolling": "rec-crime-pfa_2003_2018_rolling_year",
        }
        raw = gzip.decompress((folder / f"{names[kind]}.csv.gz").read_bytes()).decode("utf-8-sig")
    else:
        with zipfile.ZipFile(shared / ARCHIVE) as archive:
            raw = archive.read(f"2022-02/{KINDS[kind][0]}").decode()
    above = KINDS[kind][1]
    rows = list(islice(csv.reader(io.StringIO(raw)), above + 140))
    keep = above + 1
    # In the tables of the Home Office the first rows are of bodies without an area.
    return rows[:keep] + rows[keep + 2 : keep + 12] if kind != "quarters" else rows[:1] + rows[3:9]


def written(rows: Rows) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def put(rows: Rows, at: int, column: int, value: str) -> Rows:
    changed = [list(row) for row in rows]
    changed[at][column] = value
    return changed


def swap(rows: Rows, header: int, one: int, other: int) -> Rows:
    """Swap two headings and leave the columns where they are."""
    head = list(rows[header])
    head[one], head[other] = head[other], head[one]
    return [*rows[:header], head, *rows[header + 1 :]]


def drop(rows: Rows, header: int, column: int) -> Rows:
    return rows[:header] + [row[:column] + row[column + 1 :] for row in rows[header:]]


Mutation = Callable[[Rows, int, int, int | None, int | None], bytes | Rows]
MUTATIONS: dict[str, Mutation] = {
    "cut in the middle of a line": lambda r, h, k, n, m: written(r[: h + 3]).rstrip()[: -max(12, len(written(r[h + 2 : h + 3])) // 2)].encode(),
    "a value too few": lambda r, h, k, n, m: [*r[: h + 2], r[h + 2][:-2], *r[h + 3 :]],
    "utf-16 cut short": lambda r, h, k, n, m: written(r).encode("utf-16")[:-1],
    "latin-1": lambda r, h, k, n, m: written([*r[: h + 2], *put(r, h + 2, m or k, "Près")[h + 2 :]]).encode("latin-1"),
    "header twice": lambda r, h, k, n, m: [*r, r[h]],
    "column twice": lambda r, h, k, n, m: put(r, h, k, r[h][n or m or 0]),
    "key column missing": lambda r, h, k, n, m: drop(r, h, k),
    "headings swapped": lambda r, h, k, n, m: swap(r, h, k, n or m or 0),
    "text in a number": lambda r, h, k, n, m: put(r, h + 2, n or 0, "many"),
    "an exponent": lambda r, h, k, n, m: put(r, h + 2, n or 0, "12e400x"),
    "a formula": lambda r, h, k, n, m: put(r, h + 2, n or 0, "=SUM(A1:A9)"),
    "an unknown name": lambda r, h, k, n, m: put(r, h + 2, m or 0, "Witchcraft"),
    "no name": lambda r, h, k, n, m: put(r, h + 2, m or 0, ""),
    "a key that can't be": lambda r, h, k, n, m: put(r, h + 2, k, "2022-13"),
    "an open quotation": lambda r, h, k, n, m: (written(r) + '"').encode(),
    "header alone": lambda r, h, k, n, m: r[: h + 1],
    "empty": lambda r, h, k, n, m: b"",
    "no bytes but spaces": lambda r, h, k, n, m: b"  \n \n",
    "nul bytes": lambda r, h, k, n, m: b"\0" * 400,
}  # fmt: skip
# A table by CSP can do without codes: it has the names.
LEGITIMATE = {("ons", "key column missing")}
# What is done to a number or a name needs a column of them.
OF_NUMBERS = {"text in a number", "an exponent", "a formula"}
OF_NAMES = {"an unknown name", "no name"}


def applies(kind: str, name: str) -> bool:
    number, known = KINDS[kind][3:]
    lacking = (OF_NUMBERS if number is None else set()) | (OF_NAMES if known is None else set())
    return name not in lacking and (kind, name) not in LEGITIMATE


CASES = [(kind, name) for kind in KINDS for name in MUTATIONS if applies(kind, name)]


@pytest.fixture(scope="module")
def shared_rows(shared: Path) -> dict[str, Rows]:
    return {kind: real_rows(shared, kind) for kind in KINDS}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    (folder / "t.csv").write_text(
        "area,measure,period,count,status,note\nluton,robbery,2021,4,final,\n"
    )
    ingest([folder / "t.csv"], into=folder / "s")
    return folder / "s"


@pytest.mark.shared_data
@pytest.mark.parametrize("kind", KINDS)
def test_the_real_rows_are_taken_as_they_are(
    tmp_path: Path, shared_rows: dict[str, Rows], kind: str
) -> None:
    path = tmp_path / KINDS[kind][0]
    path.write_text(written(shared_rows[kind]))
    assert ingest([path], into=tmp_path / "s").inputs[0].rows > 0


@pytest.mark.shared_data
@pytest.mark.parametrize(("kind", "name"), CASES)
def test_a_real_file_that_was_broken_changes_nothing(
    tmp_path: Path, shared_rows: dict[str, Rows], root: Path, tree_hash, kind: str, name: str
) -> None:
    file, *where = KINDS[kind]
    broken = MUTATIONS[name](shared_rows[kind], *where)
    refused(
        tmp_path / file,
        broken if isinstance(broken, bytes) else written(broken).encode(),
        root,
        tree_hash,
    )


@pytest.mark.shared_data
@pytest.mark.parametrize("kind", ["ons", "quarters", "rolling", "partner"])
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize(
    "name", ["text in a number", "a formula", "header twice", "column twice", "header alone"]
)
def test_a_workbook_that_was_broken_changes_nothing(
    tmp_path: Path, shared_rows, root: Path, tree_hash, kind: str, suffix: str, name: str
) -> None:
    broken = MUTATIONS[name](shared_rows[kind], *KINDS[kind][1:])
    width = max(map(len, broken))
    even = [[*row, *[""] * (width - len(row))] for row in broken]
    made = getattr(workbooks, f"write_{suffix}")(tmp_path / f"made.{suffix}", even)
    refused(tmp_path / f"t.{suffix}", made.read_bytes(), root, tree_hash)


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return held.getvalue()


STREET = "2022-02/2022-02-bedfordshire-street.csv"
ARCHIVES = {
    "leaves the archive": lambda raw: zipped(**{f"../{STREET}": raw}),
    "leaves it the Windows way": lambda raw: zipped(**{f"..\\{STREET}": raw}),
    "starts at the root": lambda raw: zipped(**{f"/{STREET}": raw}),
    "bomb": lambda raw: zipped(**{STREET: b"0" * 60_000_000}),
    "cut": lambda raw: zipped(**{STREET: raw})[:-60],
    "damaged inside": lambda raw: zipped(**{STREET: raw}).replace(b"PK\x01\x02", b"PK\x01\x09", 1),
    "no street file": lambda raw: zipped(**{"README.txt": raw}),
    "empty archive": lambda raw: zipped(),
    "month that can't be": lambda raw: zipped(**{STREET.replace("02-bed", "13-bed"): raw}),
    "force that is not": lambda raw: zipped(**{STREET.replace("bedford", "bedfrod"): raw}),
    "nested archive": lambda raw: zipped(**{"a.zip": zipped(**{STREET: raw})}),
}


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_is_not_to_be_trusted_changes_nothing(
    tmp_path: Path, shared_rows, root: Path, tree_hash, name: str
) -> None:
    raw = ARCHIVES[name](written(shared_rows["street"]).encode())
    refused(tmp_path / "a.zip", raw, root, tree_hash)


def refused(path: Path, raw: bytes, root: Path, tree_hash) -> None:
    path.write_bytes(raw)
    before = tree_hash(root)
    with pytest.raises(SourceError) as caught:
        ingest([path], into=root)
    assert tree_hash(root) == before
    assert str(path) in str(caught.value)
    assert caught.value.reason
    placed = caught.value.line is not None
    assert (
        placed
        or path.suffix in {".zip", ".xlsx", ".ods"}
        or len(raw) < 500
        or raw.startswith(codecs.BOM_UTF16)
    )


def test_there_are_a_hundred_of_them() -> None:
    assert len(CASES) + 4 * 2 * 5 + len(ARCHIVES) > 150
