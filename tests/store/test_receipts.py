"""A file of the same vintage as one held: refused, or let in with what it replaces."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cspanalysis.command.main import main
from cspanalysis.errors import SourceError
from cspanalysis.store import Store, ingest
from cspanalysis.store.reads import Read
from cspanalysis.vocabulary import Area, Period

LUTON, BEDFORD = "E01015693", "E01017453"
MARCH, APRIL = "2021-03", "2021-04"
PARTNERS = "# vintage: 2022-01\narea,measure,period,count,status,note\n"


@pytest.fixture
def archive(tmp_path: Path, write_zip, street_text) -> Callable[..., Path]:
    def write(name: str, *, last_first: bool = False, **months: tuple[int, int]) -> Path:
        """Write burglaries of Luton, and of Bedford, by month."""
        members = {}
        for month, (luton, bedford) in months.items():
            label = month[1:].replace("_", "-")
            rows = [(label, LUTON, "Burglary")] * luton + [(label, BEDFORD, "Burglary")] * bedford
            member = f"{label}/{label}-bedfordshire-street.csv"
            members[member] = street_text(rows[::-1] if last_first else rows)
        return write_zip(tmp_path / name, members)

    return write


def command(*words: object) -> Result:
    return CliRunner().invoke(main, ["ingest", *map(str, words)])


def taken(*words: object) -> str:
    result = command(*words)
    assert result.exit_code == 0, result.output
    return result.output


def burglaries(area: str = "luton") -> list[int]:
    table = Store.open().monthly(Area.named(area), measures=["burglary"])
    return table["burglary"].fillna(-1).tolist()


def short(path: Path) -> str:
    return f"{path.name} (sha256 {sha256(path.read_bytes()).hexdigest()[:12]})"


def test_another_file_of_the_same_vintage_is_refused_with_what_differs(
    home: Path, archive, tree_hash
) -> None:
    old = archive("old.zip", m2021_03=(2, 1), m2021_04=(4, 0))
    taken(old)
    before = tree_hash(home / "store")
    result = command(archive("new.zip", m2021_03=(3, 0), m2021_04=(4, 0)))
    assert result.exit_code == 2
    assert (
        f"same vintage 2021-04, from {short(old)}: 1 month or period differs (police-uk, 2021-03, "
        "bedfordshire), 3 rows held and 3 here; observations: 0 added, 1 changed, 1 removed"
    ) in result.stderr
    assert "--vintage YYYY-MM" in result.stderr
    assert "--replace" in result.stderr
    assert tree_hash(home / "store") == before


def test_a_file_that_replaces_says_what_and_the_receipt_stays(home: Path, archive) -> None:
    old = archive("old.zip", m2021_03=(2, 1), m2021_04=(4, 0))
    new = archive("new.zip", m2021_03=(3, 1))
    taken(old)
    said = taken("--replace", "--vintage", APRIL, new)
    assert (
        f"{short(new)} replaces {short(old)} in vintage 2021-04: 1 month or period differs "
        "(police-uk, 2021-03, bedfordshire), 3 rows held and 4 here; observations: 0 added, "
        "1 changed, 0 removed; 1 that it lacks stay as they are"
    ) in said
    assert burglaries() == [3, 4]
    store = Store.open()
    street = store.held.replaced().query("source == 'police-uk'").iloc[0]
    assert (street["input"], street["rows"], street["replaced_by"]) == ("old.zip", 3, "new.zip")
    assert street["input_sha256"] == sha256(old.read_bytes()).hexdigest()
    assert street["replaced_by_sha256"] == sha256(new.read_bytes()).hexdigest()
    assert street["replaced_on"] <= datetime.now(UTC).date().isoformat()
    assert store.held.damage() == ()


def test_check_tells_what_was_replaced(home: Path, archive) -> None:
    taken(archive("old.zip", m2021_03=(2, 1)))
    assert "replaced" not in CliRunner().invoke(main, ["check"]).output
    taken("--replace", archive("new.zip", m2021_03=(3, 1)))
    said = CliRunner().invoke(main, ["check"]).output
    assert (
        "bedfordshire: police-uk, vintage 2021-03, months or periods replaced: 1 of old.zip by "
        "new.zip on 20"
    ) in said


def test_reads_of_what_was_replaced_are_found_changed(home: Path, archive) -> None:
    march = Read("police-uk", force="bedfordshire", first="2021-03-01", last="2021-03-01")
    april = Read("police-uk", force="bedfordshire", first="2021-04-01", last="2021-04-01")
    ingest([archive("old.zip", m2021_03=(2, 1), m2021_04=(4, 0))], into=home / "counts")
    before = Store.open().inquiry.slices
    taken("--replace", "--vintage", APRIL, archive("new.zip", m2021_03=(3, 1)))
    after = Store.open().inquiry.slices
    assert before.hash_of(march) != after.hash_of(march)
    assert before.hash_of(april) == after.hash_of(april)


def test_a_schedule_leaves_alone_what_was_replaced(home: Path, archive, tree_hash) -> None:
    old, new = archive("old.zip", m2021_03=(2, 1)), archive("new.zip", m2021_03=(3, 1))
    taken(old)
    taken("--replace", new)
    before = tree_hash(home / "store")
    said = taken(new, old)
    assert said.count("was ingested before, nothing to do") == 2
    assert "1 of its months or periods was replaced by new.zip since" in said
    again = archive("again.zip", m2021_03=(2, 1), m2021_04=(5, 0))
    again_said = taken("--vintage", MARCH, again)
    assert "1 of its months or periods was replaced by new.zip since" in again_said
    assert burglaries() == [3, 5]
    assert before != tree_hash(home / "store")


def test_what_was_replaced_can_be_brought_back(home: Path, archive) -> None:
    old, new = archive("old.zip", m2021_03=(2, 1)), archive("new.zip", m2021_03=(3, 1))
    taken(old)
    for path, count in [(new, 3), (old, 2), (new, 3), (old, 2)]:
        assert f"{short(path)} replaces" in taken("--replace", path)
        assert burglaries() == [count]
    assert "nothing to do" in taken("--replace", old)
    assert set(Store.open().held.replaced()["input"]) == {"old.zip", "new.zip"}
    assert Store.open().held.damage() == ()


def test_a_download_anew_in_other_bytes_is_harmless(home: Path, archive, tree_hash) -> None:
    taken(archive("old.zip", m2021_03=(2, 1)))
    before = tree_hash(home / "store")
    said = taken(archive("anew.zip", last_first=True, m2021_03=(2, 1)))
    assert "nothing new" in said
    assert "1 was there already, left as it is" in said
    assert tree_hash(home / "store") == before


def test_the_shipped_counts_are_replaced_by_as_clear_a_word(home: Path, archive, tree_hash) -> None:
    shipped, mine = archive("shipped.zip", m2021_03=(2, 1)), archive("mine.zip", m2021_03=(3, 1))
    ingest([shipped], into=home / "counts")
    before = tree_hash(home / "counts")
    assert "is shipped with the project, nothing to do" in taken(shipped)
    assert f"same vintage 2021-03, from {short(shipped)}" in command(mine).stderr
    assert burglaries() == [2]
    assert f"replaces {short(shipped)}" in taken("--replace", mine)
    assert burglaries() == [3]
    assert tree_hash(home / "counts") == before
    store = Store.open()
    assert set(store.held.replaced()["input"]) == {"shipped.zip"}
    assert store.held.damage() == ()
    assert "replaced by mine.zip since" in taken(shipped)
    taken("--replace", shipped)
    assert burglaries() == [2]
    assert burglaries("bedford") == [1]
    assert Store.open().held.damage() == ()


def test_the_json_carries_the_same(home: Path, archive) -> None:
    old, new = archive("old.zip", m2021_03=(2, 1)), archive("new.zip", m2021_03=(3, 0))
    first: dict[str, Any] = json.loads(taken("--json", old))
    assert first["inputs"][0]["replaced"] == []
    told = json.loads(taken("--json", "--replace", new))["inputs"][0]
    street, *_ = told["replaced"]
    assert (street["old"], street["new"], street["vintage"]) == ("old.zip", "new.zip", MARCH)
    assert street["old_sha256"] == sha256(old.read_bytes()).hexdigest()
    assert street["new_sha256"] == sha256(new.read_bytes()).hexdigest()
    assert (street["periods"], street["areas"]) == ([MARCH], ["bedfordshire"])
    assert (street["added"], street["changed"], street["removed"]) == (0, 1, 1)
    again = json.loads(taken("--json", old))["inputs"][0]
    assert (again["already"], again["outdated"]["new.zip"] > 0) == (True, True)


def test_tables_of_other_measures_stand_side_by_side_and_of_the_same_do_not(
    home: Path, tmp_path: Path
) -> None:
    rows = {
        "one.csv": "luton,robbery,2021,7,final,\nluton,arson,2021,1,final,\n",
        "two.csv": "luton,burglary,2021,9,final,\n",
        "three.csv": "luton,robbery,2021,8,final,\nluton,drug-offences,2021,5,final,\n",
    }
    one, two, three = (tmp_path / name for name in rows)
    for path in (one, two, three):
        path.write_text(PARTNERS + rows[path.name])
    ingest([one], into=home / "counts")
    assert "replaces" not in taken(two)
    assert "observations: 1 added, 1 changed, 1 removed" in command(three).stderr
    assert f"{short(three)} replaces {short(one)}" in taken("--replace", three)
    told = Store.open().published(Area.named("luton"), Period.parse("2021"))
    assert told.set_index("measure")["count"].to_dict() == {
        "robbery": 8, "drug-offences": 5, "burglary": 9,
    }  # fmt: skip


def test_months_of_several_files_are_told_file_by_file(tmp_path: Path, archive) -> None:
    root = tmp_path / "s"
    a, b = archive("a.zip", m2021_03=(2, 0)), archive("b.zip", m2021_04=(2, 0), m2021_05=(1, 0))
    ingest([a, b], into=root, vintage="2021-09")
    c = archive("c.zip", m2021_03=(4, 1), m2021_04=(2, 1), m2021_05=(2, 0))
    with pytest.raises(SourceError, match=r"(?s)from a\.zip.*from b\.zip.*2021-04 to 2021-05"):
        ingest([c], into=root, vintage="2021-09")
    (told,) = ingest([c], into=root, vintage="2021-09", replace=True).inputs
    street = [(r.old, r.parts, r.added, r.left) for r in told.replaced if r.source == "police-uk"]
    assert street == [("a.zip", 1, 1, 0), ("b.zip", 2, 1, 0)]
