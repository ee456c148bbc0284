"""Observations that are not as they were written: told, never counted, and mended."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cspanalysis import paths
from cspanalysis.errors import StoreError
from cspanalysis.reports.quality_found import checked
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

LUTON, MARCH = Area.named("luton"), Period.parse("2021-03")
TABLE = "# vintage: 2022-01\narea,measure,period,count,status,note\nluton,robbery,2021,7,final,\n"


@pytest.fixture
def inputs(
    tmp_path: Path, write_zip: Callable[..., Path], street_text: Callable[..., str]
) -> list[Path]:
    rows = [("2021-03", "E01015693", "Burglary")] * 3 + [("2021-03", "E01017453", "Robbery")]
    table = tmp_path / "table.csv"
    table.write_text(TABLE)
    street = {"2021-03/2021-03-bedfordshire-street.csv": street_text(rows)}
    return [write_zip(tmp_path / "a.zip", street), table]


def answers() -> tuple[int, int]:
    store = Store.open()
    monthly = store.monthly(LUTON, measures=["burglary"], months=MARCH)
    return int(monthly["burglary"].iloc[0]), int(
        store.published(LUTON, Period.parse("2021"))["count"].iloc[0]
    )


def turn(path: Path, bit: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[bit // 8] ^= 1 << bit % 8
    path.write_bytes(raw)


def files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.parquet"))


def test_a_turned_bit_is_told_and_never_counted(home: Path, inputs: list[Path]) -> None:
    ingest(inputs)
    chance, right = random.Random(5), answers()
    read = {path for path in files(home / "store") if "last-outcomes" not in str(path)}
    for path in sorted(read):
        raw = path.read_bytes()
        for bit in chance.sample(range(8 * len(raw)), 8):
            turn(path, bit)
            with pytest.raises(StoreError, match=path.name):
                answers()
            path.write_bytes(raw)
    assert answers() == right == (3, 7)


@pytest.mark.parametrize("name", ["source=police-uk/", "source=police-uk-last", "source=published"])
@pytest.mark.parametrize("lost", [True, False], ids=["lost", "damaged"])
def test_the_check_names_the_input_which_ingested_again_mends_it(
    home: Path, inputs: list[Path], tree_hash: Callable[[Path], str], name: str, lost: bool
) -> None:
    ingest(inputs)
    before, right = tree_hash(home / "store" / "observations"), answers()
    (held,) = (path for path in files(home / "store") if name in str(path))
    held.unlink() if lost else turn(held, 900)
    _, (told,) = checked(None, None)
    of = inputs["published" in name]
    assert told.startswith(f"{held}: observations are missing or damaged")
    assert told.endswith(f"; ingest {of.name} again")
    told_again = str(ingest([of]))
    assert "1 month or period held that was damaged, lost or without a hash" in told_again
    assert tree_hash(home / "store" / "observations") == before
    assert (Store.open().held.damage(), answers()) == ((), right)
    assert "nothing to do" in str(ingest([of]))


def test_shipped_counts_that_are_damaged_are_mended_in_the_users_store(
    home: Path, inputs: list[Path], tree_hash: Callable[[Path], str]
) -> None:
    ingest(inputs, into=home / "counts")
    right, slices = answers(), Store.open().coverage().drop(columns="input")
    for path in files(home / "counts" / "observations"):
        turn(path, 900)
    shipped = tree_hash(home / "counts")
    assert "restore the project's folder data/counts" in Store.open().held.damage()[0]
    ingest(inputs)
    assert answers() == right
    assert Store.open().held.damage() == ()
    assert Store.open().coverage().drop(columns="input").equals(slices)
    assert tree_hash(home / "counts") == shipped


def test_a_store_of_an_earlier_version_is_read_and_learns_its_hashes(
    home: Path, inputs: list[Path]
) -> None:
    ingest(inputs)
    table = home / "store" / "coverage.parquet"
    rows = pq.read_table(table).drop_columns(["file_sha256"])
    pq.write_table(rows, table)
    assert answers() == (3, 7)
    ingest(inputs)
    assert all(pq.read_table(table)["file_sha256"].to_pylist())
    assert answers() == (3, 7)


def test_a_coverage_table_that_is_lost_is_not_taken_for_an_empty_store(
    home: Path, inputs: list[Path]
) -> None:
    ingest(inputs)
    held = files(home / "store")
    (home / "store" / "coverage.parquet").unlink()
    for act in (Store.open, lambda: ingest(inputs)):
        with pytest.raises(StoreError, match="it is lost"):
            act()
    assert files(home / "store") == [path for path in held if path.name != "coverage.parquet"]


def test_no_bit_of_the_coverage_tables_turns_unseen(home: Path, inputs: list[Path]) -> None:
    ingest(inputs[:1])
    ingest(inputs[1:])
    chance = random.Random(7)
    for name in ("coverage.parquet", "coverage.before"):
        path = home / "store" / name
        raw = path.read_bytes()
        for bit in chance.sample(range(8 * len(raw)), 15):
            turn(path, bit)
            with pytest.raises(StoreError, match="coverage table can't be read"):
                Store.open().held.last_ingest()
            path.write_bytes(raw)


def test_a_file_is_hashed_once_and_again_where_it_was_written_since(
    home: Path, inputs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(inputs)
    hashed: list[Path] = []
    monkeypatch.setattr("cspanalysis.store.kept._hash", _counted(hashed))
    for _ in range(3):
        answers()
    assert len(hashed) == len(set(hashed)) == 2
    os.utime(hashed[0])
    answers()
    assert hashed[2:] == hashed[:1]


def _counted(hashed: list[Path]) -> Callable[[Path], str]:
    from cspanalysis.store.kept import _hash

    def count(path: Path) -> str:
        hashed.append(path)
        return _hash(path)

    return count


def test_the_shipped_files_bear_hashes() -> None:
    rows = pq.read_table(paths.shipped_store() / "coverage.parquet")
    assert all(rows["file_sha256"].to_pylist())
    assert Store.open(paths.shipped_store()).held.damage() == ()
