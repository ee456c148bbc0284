"""Since the previous edition: revision of old months between vintages, worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cspanalysis.findings.summary.previous import Previous, revisions
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

LUTON = "E01015693"
FORCE = Area.named("bedfordshire-force")


@pytest.fixture
def store(tmp_path: Path, write_zip: Any, street_text: Any) -> Any:
    """A store of archives by vintage: burglaries and robberies by month."""

    def hold(**vintages: dict[str, tuple[int, int]]) -> Store:
        for vintage, months in vintages.items():
            members = {
                f"{month}/{month}-bedfordshire-street.csv": street_text(
                    [(month, LUTON, "Burglary")] * burglaries
                    + [(month, LUTON, "Robbery")] * robberies
                )
                for month, (burglaries, robberies) in months.items()
            }
            label = vintage[1:].replace("_", "-")
            archive = write_zip(tmp_path / f"{label}.zip", members)
            ingest([archive], into=tmp_path / "store", vintage=label)
        return Store.open(tmp_path / "store")

    return hold


def test_months_held_twice_tell_their_revision(store: Any) -> None:
    held = store(
        v2022_03={"2022-01": (10, 4), "2022-02": (20, 4)},
        v2022_06={"2022-01": (13, 4), "2022-02": (20, 4), "2022-03": (9, 9)},
    )
    found = revisions(held, area=FORCE, period=Period.parse("2022-01..2022-02"))
    assert (found.first, found.last) == ("2022-03", "2022-06")
    assert (
        found.title
        == "All crime of January to February 2022 was revised from 38 to 41 (+7.9\u00a0%)"
    )
    assert [(line.measure.code, line.earlier, line.later) for line in found.changed] == [
        ("all-crime", 38, 41),
        ("burglary", 30, 33),
    ]
    assert {v.key: v.value for v in found.values()} == {
        "revision.all-crime": 3,
        "revision.burglary": 3,
    }


def test_only_months_that_were_known_then_count(store: Any) -> None:
    held = store(v2022_03={"2022-01": (10, 4)}, v2022_06={"2022-02": (20, 4)})
    # every month is held once, so the first vintage by which both were known is the newest
    assert revisions(held, area=FORCE, period=Period.parse("2022-01..2022-02")) is None


def test_one_vintage_or_none_tells_nothing(store: Any) -> None:
    held = store(v2022_03={"2022-01": (10, 4)})
    assert revisions(held, area=FORCE, period=Period.parse("2022-01")) is None
    assert revisions(held, area=FORCE, period=Period.parse("2019")) is None


def test_what_was_not_revised_is_said(store: Any) -> None:
    held = store(v2022_03={"2022-01": (10, 4)}, v2022_06={"2022-01": (10, 4), "2022-02": (1, 1)})
    found = revisions(held, area=FORCE, period=Period.parse("2022-01"))
    assert found.changed == ()
    assert found.title == "All crime of January 2022 stands as it was first published"


def test_the_baseline_is_not_compared_twice() -> None:
    year = Period.parse("2022")
    found = Previous(previous=year, baseline=year, changes=(), said="All crime is higher.")
    assert not found.is_compared
    assert found.sentences[0].startswith("The previous edition covered 2022, with which")
    assert found.sentences[1].endswith("would open: 'All crime is higher.'")
    assert "one version of them is held" in found.sentences[2]
    assert list(found.values()) == []
