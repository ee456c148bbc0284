"""Tables that were edited beside the store are noticed until they are taken in."""

from __future__ import annotations

import shutil
from pathlib import Path

from cspanalysis.paths import data_folder
from cspanalysis.store import ingest
from cspanalysis.store.unread import unread_tables


def test_shipped_tables_are_those_that_were_taken_in() -> None:
    assert list(unread_tables()) == []


def test_edited_table_is_named_until_it_is_taken_in(tmp_path: Path) -> None:
    folder, store = tmp_path / "published", tmp_path / "store"
    shutil.copytree(data_folder() / "published", folder)
    ingest(sorted(folder.glob("*.csv")), into=store)
    assert list(unread_tables(folder, stores=(store,))) == []
    table = folder / "wycombe-2017.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    edited = [line.replace("2433", "2434") for line in lines]
    assert edited != lines
    table.write_text("\n".join(edited) + "\n", encoding="utf-8")
    (line,) = unread_tables(folder, stores=(store,))
    assert line.endswith(f"take it in with: cspanalysis ingest --replace {table}")
    ingest([table], into=store, replace=True)
    assert list(unread_tables(folder, stores=(store,))) == []
