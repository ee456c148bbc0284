from __future__ import annotations

import random
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from cspanalysis import paths
from cspanalysis.errors import SourceError, StoreError, UsageError
from cspanalysis.store import Store, ingest, manifest
from cspanalysis.vocabulary import Area, Period

LUTON, BEDFORD = "E01015693", "E01017453"
PUBLISHED = "area,measure,period,count,status,note\nluton,robbery,2021,{},final,\n"


def month(street_text, month: str, burglaries: int) -> str:
    return street_text(
        [(month, LUTON, "Burglary")] * burglaries + [(month, "", "Anti-social behaviour")]
    )


@pytest.fixture
def archive(tmp_path: Path, write_zip, street_text):
    def write(name: str, **counts: int) -> Path:
        members = {}
        for text, number in counts.items():
            label = text[1:].replace("_", "-")
            member = f"{label}/{label}-bedfordshire-street.csv"
            members[member] = month(street_text, label, number)
        return write_zip(tmp_path / name, members)

    return write


def burglaries(root: Path, **options) -> list[int]:
    table = Store.open(root).monthly(Area.named("luton"), measures=["burglary"], **options)
    return table["burglary"].fillna(-1).tolist()


def test_an_ingest_tells_what_it_kept(tmp_path: Path, archive) -> None:
    report = ingest([archive("a.zip", m2021_03=2, m2021_04=3)], into=tmp_path / "s")
    told = report.inputs[0]
    assert (told.rows, told.located, told.without_location, told.outside) == (7, 5, 2, 0)
    assert (told.vintage, told.periods) == ("2021-04", {"2021-03", "2021-04"})
    assert "7 rows kept: 5 with a location" in str(report)


def test_the_same_input_twice_does_nothing_and_says_so(tmp_path: Path, archive, tree_hash) -> None:
    path, root = archive("a.zip", m2021_03=2), tmp_path / "s"
    ingest([path], into=root)
    before = tree_hash(root)
    report = ingest([path], into=root)
    assert report.inputs[0].already
    assert "nothing to do" in str(report)
    assert tree_hash(root) == before


def test_a_longer_archive_adds_only_its_new_months(tmp_path: Path, archive) -> None:
    root = tmp_path / "s"
    ingest([archive("a.zip", m2021_03=2)], into=root, vintage="2021-09")
    report = ingest([archive("b.zip", m2021_03=2, m2021_04=5)], into=root, vintage="2021-09")
    assert (report.inputs[0].known, report.inputs[0].periods) == (1, {"2021-04"})
    assert burglaries(root) == [2, 5]


def test_the_later_vintage_counts_and_as_of_asks_for_the_earlier(tmp_path: Path, archive) -> None:
    root = tmp_path / "s"
    ingest([archive("new.zip", m2021_03=9, m2021_12=1)], into=root)
    ingest([archive("old.zip", m2021_03=2, m2021_04=4)], into=root)
    march = Period.parse("2021-03..2021-04")
    assert burglaries(root, months=march) == [9, 4]
    assert burglaries(root, months=march, as_of="2021-06") == [2, 4]
    assert burglaries(root, months=march, as_of="2020-01") == [-1, -1]


def test_the_order_of_ingest_does_not_matter(tmp_path: Path, archive) -> None:
    paths = [
        archive("a.zip", m2021_03=2, m2021_04=4),
        archive("b.zip", m2021_04=6, m2021_05=1),
        archive("c.zip", m2021_03=8, m2021_06=3),
    ]
    answers = []
    for number, order in enumerate(permutations(paths)):
        for path in order:
            ingest([path], into=tmp_path / str(number))
        answers.append(burglaries(tmp_path / str(number)))
    assert answers == [[8, 6, 1, 3]] * 6


def test_a_contradiction_within_a_vintage_is_refused(tmp_path: Path, archive, tree_hash) -> None:
    root = tmp_path / "s"
    ingest([archive("a.zip", m2021_03=2)], into=root)
    before = tree_hash(root)
    with pytest.raises(SourceError, match=r"same vintage 2021-03, from a\.zip"):
        ingest([archive("b.zip", m2021_03=3)], into=root)
    assert tree_hash(root) == before


def test_all_inputs_of_a_call_succeed_or_nothing_changes(
    tmp_path: Path, archive, tree_hash
) -> None:
    root = tmp_path / "s"
    good, bad = archive("a.zip", m2021_03=2), tmp_path / "bad.zip"
    bad.write_bytes(good.read_bytes()[:-30])
    with pytest.raises(SourceError):
        ingest([good, bad], into=root)
    assert not root.exists()
    ingest([good], into=root)
    before = tree_hash(root)
    with pytest.raises(SourceError):
        ingest([archive("b.zip", m2021_04=2), bad], into=root)
    assert tree_hash(root) == before


def test_categories_of_2012_are_counted_under_their_own_names(
    tmp_path: Path, write_zip, street_text
) -> None:
    rows = [("2012-07", LUTON, "Violent crime")] * 3 + [("2012-07", LUTON, "Burglary")]
    old = {"2012-07/2012-07-bedfordshire-street.csv": street_text(rows)}
    new = {"2013-06/2013-06-bedfordshire-street.csv": month(street_text, "2013-06", 2)}
    ingest([write_zip(tmp_path / "a.zip", old | new)], into=tmp_path / "s")
    table = Store.open(tmp_path / "s").monthly(Area.named("luton")).loc[["2012-07", "2013-06"]]
    assert table["violent-crime"].fillna(-1).tolist() == [3, -1]
    assert table["all-crime"].tolist() == [4, 2]
    assert table["violence-and-sexual-offences"].fillna(-1).tolist() == [-1, 0]
    assert table["shoplifting"].tolist() == [0, 0]


def test_published_figures_are_kept_by_vintage(tmp_path: Path) -> None:
    root, path = tmp_path / "s", tmp_path / "t.csv"
    for vintage, count in [("2022-03", 7), ("2022-01", 5)]:
        path.write_text(PUBLISHED.format(count))
        ingest([path], into=root, vintage=vintage)
    store, luton, year = Store.open(root), Area.named("luton"), Period.parse("2021")
    assert store.published(luton, year)["count"].tolist() == [7]
    assert store.published(luton, year, as_of="2022-02")["count"].tolist() == [5]
    assert store.figures.has_published(luton, year)
    assert not store.figures.has_published(luton, Period.parse("2020"))


def test_a_second_ingest_at_the_same_time_is_refused(tmp_path: Path, archive) -> None:
    root = tmp_path / "s"
    with manifest.writing(root), pytest.raises(StoreError, match="another ingest"):
        ingest([archive("a.zip", m2021_03=2)], into=root)


def test_a_store_that_can_not_be_written_is_told_in_a_line(tmp_path: Path, archive) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(StoreError, match=r"nothing can be written there .*CSPANALYSIS_DATA"):
        ingest([archive("a.zip", m2021_03=2)], into=tmp_path / "data" / "s")


@pytest.mark.parametrize("vintage", ["2021", "2021-13", "yesterday", "2021-02-32"])
def test_a_vintage_is_a_month_or_a_day(tmp_path: Path, vintage: str) -> None:
    with pytest.raises(UsageError, match="2024-02"):
        ingest([tmp_path / "none.zip"], into=tmp_path / "s", vintage=vintage)


KILLED = """
import os, signal, sys
from pathlib import Path
from cspanalysis.store import ingest
ingest([Path(sys.argv[1])], into=Path(sys.argv[2]),
       on_progress=lambda done, total, name: done == total and os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_killed_ingest_leaves_the_store_as_it_was(tmp_path: Path, archive) -> None:
    root = tmp_path / "s"
    ingest([archive("a.zip", m2021_03=2)], into=root)
    before = (root / "coverage.parquet").read_bytes()
    second = archive("b.zip", m2021_03=5, m2021_04=4)
    home = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", KILLED, second, root], cwd=home, check=False)
    assert done.returncode == -9
    orphans = len(list(root.rglob("*.parquet"))) - 3
    assert orphans == 2
    assert (root / "coverage.parquet").read_bytes() == before
    assert burglaries(root) == [2]
    ingest([second], into=root)
    assert burglaries(root) == [5, 4]
    assert len(list(root.rglob("*.parquet"))) == 5


def test_a_damaged_store_says_so(tmp_path: Path, archive) -> None:
    root = tmp_path / "s"
    ingest([archive("a.zip", m2021_03=2)], into=root)
    (held,) = root.glob("observations/source=police-uk/*/*.parquet")
    held.write_bytes(held.read_bytes()[:50])
    with pytest.raises(StoreError, match="damaged"):
        burglaries(root)
    (root / "coverage.parquet").write_bytes(b"rubbish")
    with pytest.raises(StoreError, match="coverage table"):
        Store.open(root)


def test_what_is_told_of_damage_mends_it(
    tmp_path: Path, archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, given = tmp_path / "data", archive("a.zip", m2021_03=2)
    data.mkdir()
    (data / "reference").symlink_to(paths.data_folder() / "reference")
    monkeypatch.setenv("CSPANALYSIS_DATA", str(data))
    root = data / "store"
    ingest([given])
    (held,) = root.glob("observations/source=police-uk/*/*.parquet")
    held.unlink()
    (told,) = Store.open(root).held.damage()
    assert told.startswith(f"{held}: observations are missing or damaged")
    assert told.endswith("ingest a.zip again")
    assert ingest([given]).inputs[0].mended == 1
    assert Store.open(root).held.damage() == ()
    assert burglaries(root) == [2]


def test_the_shipped_counts_are_restored_not_ingested() -> None:
    told = paths.way_back(paths.shipped_store() / "coverage.parquet")
    assert "data/counts" in told
    assert "ingest" not in told


@pytest.mark.shared_data
@pytest.mark.parametrize("seed", range(12))
def test_a_real_file_broken_at_random_changes_nothing(
    shared: Path, tmp_path: Path, archive, tree_hash, seed: int
) -> None:
    """Cut, garble and shuffle a real file; each time one clear error and an untouched store."""
    import zipfile

    root = tmp_path / "s"
    ingest([archive("a.zip", m2021_03=2)], into=root)
    before = tree_hash(root)
    with zipfile.ZipFile(shared / "data/police_uk/bedfordshire-2021-03-to-2023-12.zip") as real:
        raw = real.read("2022-02/2022-02-bedfordshire-street.csv")
    path = tmp_path / "2022-02-bedfordshire-street.csv"
    path.write_bytes(_broken(raw, random.Random(seed), seed))
    with pytest.raises(SourceError) as caught:
        ingest([path], into=root)
    assert str(caught.value.file) == str(path)
    assert caught.value.line is not None
    assert caught.value.reason
    assert tree_hash(root) == before


def _broken(raw: bytes, chance: random.Random, kind: int) -> bytes:
    lines = raw.decode().splitlines(keepends=True)
    at = chance.randrange(1, len(lines))
    header, cells = lines[0].strip().split(","), lines[at].strip().split(",")
    if kind == 0:
        return raw[: len(raw) // 2 + 40]
    if kind == 1:
        return raw[: raw.rfind(b",")]
    if kind == 2:
        return raw.decode().encode("utf-16")[: len(raw) + 41]
    if kind == 3:
        lines[at] = lines[at].replace("On or near", "Près de")
        return "".join(lines[: at + 1]).encode("latin-1") + b"Pr\xe8s\n"
    if kind == 4:
        keep = [i for i, name in enumerate(header) if name != "Crime type"]
        return "\n".join(",".join(x.split(",")[i] for i in keep) for x in lines).encode()
    if kind == 5:
        lines[0] = lines[0].replace("Month,Reported by", "Reported by,Month")
    if kind == 6:
        lines[0] = lines[0].replace("LSOA code,LSOA name", "LSOA name,LSOA code")
    if kind == 7:
        lines[at] = ",".join([*cells[:4], "west", *cells[5:]]) + "\n"
    if kind == 8:
        lines.insert(at, lines[0])
    if kind == 9:
        lines[at] = ",".join([cells[0], "2022-14", *cells[2:]]) + "\n"
    if kind == 10:
        lines[at] = ",".join([*cells[:9], "Lorry crime", *cells[10:]]) + "\n"
    if kind == 11:
        lines[at] = '"' + lines[at]
    return "".join(lines).encode()
