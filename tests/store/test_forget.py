"""Inputs, and months of them, taken out of the store."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from cspanalysis.command.main import main
from cspanalysis.errors import UsageError
from cspanalysis.reports.quality_found import checked
from cspanalysis.store import Store, ingest
from cspanalysis.store.forget import forget
from cspanalysis.vocabulary import Area, Period

LUTON = Area.named("luton")
SPRING = Period.parse("2021-03..2021-05")
Archive = Callable[..., Path]


@pytest.fixture
def archive(
    tmp_path: Path, write_zip: Callable[..., Path], street_text: Callable[..., str]
) -> Archive:
    def write(name: str, *burglaries: int) -> Path:
        """Write burglaries of Luton, by month from March 2021."""
        members = {}
        for number, count in enumerate(burglaries):
            month = f"2021-{3 + number:02}"
            rows = [(month, "E01015693", "Burglary")] * count
            members[f"{month}/{month}-bedfordshire-street.csv"] = street_text(rows)
        return write_zip(tmp_path / name, members)

    return write


def burglaries() -> list[int]:
    table = Store.open().monthly(LUTON, measures=["burglary"], months=SPRING)
    return table["burglary"].fillna(-1).tolist()


def held() -> list[str]:
    return Store.open().held.inputs()["input"].tolist()


def test_what_was_forgotten_is_missing_and_its_receipt_stays(home: Path, archive: Archive) -> None:
    path = archive("a.zip", 2, 4, 6)
    ingest([path])
    told = forget("a.zip")
    assert (told.parts, told.rows, told.back) == (6, 24, 0)
    assert (told.first, told.last) == ("2021-03", "2021-05")
    assert (burglaries(), held()) == ([-1, -1, -1], [])
    assert list((home / "store").rglob("observations")) == []
    assert (Store.open().held.damage(), len(Store.open().held.replaced())) == ((), 0)
    said = checked(None, None)[0]
    digest = sha256(path.read_bytes()).hexdigest()[:12]
    assert f"forgotten: a.zip (sha256 {digest}), 2021-03 to 2021-05, 6 parts of it, on 20" in said
    with pytest.raises(UsageError, match=r"no input 'a\.zip' is held; held are none"):
        forget("a.zip")
    ingest([path])
    assert (burglaries(), held()) == ([2, 4, 6], ["a.zip"])


def test_a_month_is_withdrawn_and_the_others_stay(home: Path, archive: Archive) -> None:
    ingest([archive("a.zip", 2, 4, 6)])
    told = forget("a.zip", months=Period.parse("2021-04"))
    assert (told.parts, told.rows, told.first, told.last) == (2, 8, "2021-04", "2021-04")
    assert (burglaries(), Store.open().held.damage(), held()) == ([2, -1, 6], (), ["a.zip"])
    with pytest.raises(UsageError, match="holds nothing of 2021-04"):
        forget("a.zip", months=Period.parse("2021-04"))
    forget("a.zip")
    assert (burglaries(), held()) == ([-1, -1, -1], [])


def test_what_it_had_replaced_comes_back(home: Path, archive: Archive) -> None:
    a, b, c = archive("a.zip", 1, 1), archive("b.zip", 2, 2), archive("c.zip", 3)
    for path in (a, b, c):
        ingest([path], vintage="2021-09", replace=True)
    assert burglaries() == [3, 2, -1]
    assert forget("c.zip").back == 2
    assert (burglaries(), Store.open().held.damage()) == ([2, 2, -1], ())
    forget("b.zip")
    assert (burglaries(), held(), len(Store.open().held.replaced())) == ([1, 1, -1], ["a.zip"], 0)


def test_what_stood_between_two_that_replaced_each_other_can_go(
    home: Path, archive: Archive
) -> None:
    for path in (archive("a.zip", 1), archive("b.zip", 2), archive("c.zip", 3)):
        ingest([path], replace=True)
    forget("b.zip")
    assert burglaries() == [3, -1, -1]
    assert set(Store.open().held.replaced()["replaced_by"]) == {"c.zip"}
    forget("c.zip")
    assert burglaries() == [1, -1, -1]


def test_shipped_counts_count_no_more_and_again_once_they_are_ingested(
    home: Path, archive: Archive, tree_hash: Callable[[Path], str]
) -> None:
    shipped, mine = archive("shipped.zip", 2, 4), archive("mine.zip", 3)
    ingest([shipped], into=home / "counts")
    before = tree_hash(home / "counts")
    ingest([mine], vintage="2021-04", replace=True)
    forget("mine.zip")
    assert burglaries() == [2, 4, -1]
    forget("shipped.zip", months=Period.parse("2021-04"))
    assert (burglaries(), Store.open().held.damage()) == ([2, -1, -1], ())
    ingest([shipped])
    forget("shipped.zip", months=Period.parse("2021-03"))
    ingest([shipped])
    assert (burglaries(), Store.open().held.damage()) == ([2, 4, -1], ())
    assert tree_hash(home / "counts") == before


def test_tables_are_forgotten_area_by_area_and_period_by_period(home: Path, tmp_path: Path) -> None:
    figures = [("luton", 2021, 7), ("luton", 2022, 8), ("bedford", 2021, 9)]
    rows = "".join(f"{area},robbery,{year},{count},final,\n" for area, year, count in figures)
    (tmp_path / "t.csv").write_text(
        f"# vintage: 2023-01\narea,measure,period,count,status,note\n{rows}"
    )
    ingest([tmp_path / "t.csv"])
    assert forget("t.csv", months=Period.parse("2021")).parts == 2
    store = Store.open()
    assert [p.label for p in store.figures.published_periods(LUTON)] == ["2022"]
    assert store.published(LUTON, Period.parse("2022"))["count"].tolist() == [8]
    assert not store.figures.published_periods(Area.named("bedford"))
    assert store.held.damage() == ()


def test_an_input_is_named_by_its_path_or_hash_where_two_are_called_alike(
    home: Path, archive: Archive, tmp_path: Path
) -> None:
    hashes = []
    for number in (1, 2):
        path = archive("a.zip", number)
        hashes.append(sha256(path.read_bytes()).hexdigest())
        ingest([path], vintage=f"2021-0{number + 4}")
    path.rename(tmp_path / "other.zip")
    with pytest.raises(UsageError, match=f"several inputs are called 'a.zip'.*{hashes[0][:12]}"):
        forget("a.zip")
    assert forget(hashes[0][:12]).input_sha256 == hashes[0]
    assert forget(str(tmp_path / "other.zip")).input_sha256 == hashes[1]


KILLED = """
import os, signal, sys
from cspanalysis.store import forget, manifest
def killed(*_): os.kill(os.getpid(), signal.SIGKILL)
setattr(manifest, sys.argv[1], killed)
forget.forget("a.zip", months=forget.Period.parse("2021-04"))
"""


@pytest.mark.parametrize(("at", "left"), [("replace", [2, 4, 6]), ("sync_folder", [2, -1, 6])])
def test_a_kill_leaves_the_store_as_it_was_or_as_it_was_to_be(
    home: Path, archive: Archive, at: str, left: list[int]
) -> None:
    ingest([archive("a.zip", 2, 4, 6)])
    folder, environment = Path(__file__).parents[2], os.environ | {"CSPANALYSIS_DATA": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", KILLED, at], cwd=folder, env=environment, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert (burglaries(), Store.open().held.damage()) == (left, ())
    ingest([archive("b.zip", 2)], vintage="2021-09")
    names = {path.name for path in (home / "store").rglob("2021-03-to-2021-05-*.parquet")}
    assert len(names) == 1


def test_the_command_prints_the_receipt(home: Path, archive: Archive) -> None:
    ingest([archive("a.zip", 2, 4)])
    ran = CliRunner().invoke(main, ["forget", "a.zip", "--month", "2021-03", "--json"])
    told = json.loads(ran.stdout)
    assert (told["input"], told["parts"], told["rows"], told["last"]) == ("a.zip", 2, 4, "2021-03")
    ran = CliRunner().invoke(main, ["forget", "a.zip"])
    assert ran.exit_code == 0
    assert "2 months or periods forgotten, 8 rows" in ran.output
    ran = CliRunner().invoke(main, ["forget", "a.zip"])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("cspanalysis: no input 'a.zip' is held")


def test_check_names_every_input_held(home: Path, archive: Archive) -> None:
    path = archive("a.zip", 2, 4)
    ingest([path])
    digest = sha256(path.read_bytes()).hexdigest()[:12]
    assert (
        f"held: a.zip (sha256 {digest}), vintage 2021-04, police-uk, police-uk-last-outcomes, "
        "2021-03 to 2021-04, 12 rows"
    ) in checked(None, None)[0]
