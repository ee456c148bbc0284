"""Reads: slices of the store, told as they are read and found again by their hashes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cspanalysis.store import Store
from cspanalysis.store.coverage import Coverage
from cspanalysis.store.fresh import hash_of_read
from cspanalysis.store.official import held_of_official
from cspanalysis.store.reads import SETTING, Read, Slices, tell_file
from cspanalysis.vocabulary import Area, Period

COLUMNS = ["source", "force", "area_code", "period_start", "vintage", "sha256"]
HELD = [
    ("police-uk", "bedfordshire", "E23000026", date(2023, 1, 1), "2023-03", "a"),
    ("police-uk", "bedfordshire", "E23000026", date(2023, 2, 1), "2023-03", "b"),
    ("police-uk", "kent", "E23000032", date(2023, 1, 1), "2023-03", "c"),
    ("published", "thames-valley", "E22000318", date(2023, 1, 1), "2023-05", "d"),
]
LUTON = Read("police-uk", force="bedfordshire", first="2023-01-01", last="2023-02-01")


def slices(*rows: tuple[Any, ...], without: int | None = None) -> Slices:
    held = [row for number, row in enumerate(HELD) if number != without]
    frame = pd.DataFrame([*held, *rows], columns=COLUMNS)
    return Slices(frame.assign(period_end=frame["period_start"]))


BEFORE = slices()


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        (("police-uk", "bedfordshire", "E", date(2023, 2, 1), "2023-04", "revised"), True),
        (("police-uk", "bedfordshire", "E", date(2023, 2, 1), "2023-02", "superseded"), False),
        (("police-uk", "bedfordshire", "E", date(2023, 3, 1), "2023-04", "later"), False),
        (("police-uk", "kent", "E", date(2023, 2, 1), "2023-04", "elsewhere"), False),
        (("published", "bedfordshire", "E", date(2023, 1, 1), "2023-04", "a table"), False),
    ],
)
def test_only_what_a_slice_holds_changes_it(row: tuple[Any, ...], changes: bool) -> None:
    assert (slices(row).hash_of(LUTON) != BEFORE.hash_of(LUTON)) is changes


def test_month_that_arrives_changes_a_slice_that_lacked_it() -> None:
    assert slices(without=1).hash_of(LUTON) != BEFORE.hash_of(LUTON)


def test_presence_of_months_does_not_mind_a_revision() -> None:
    months = Read("police-uk", force="bedfordshire", what="months")
    revised = slices(("police-uk", "bedfordshire", "E23000026", date(2023, 2, 1), "2023-04", "r"))
    later = slices(("police-uk", "bedfordshire", "E23000026", date(2023, 3, 1), "2023-04", "n"))
    assert revised.hash_of(months) == BEFORE.hash_of(months) != later.hash_of(months)


def test_vintages_after_the_day_asked_for_change_nothing() -> None:
    known = Read("police-uk", force="kent", first="2023-01-01", last="2023-01-01", as_of="2023-03")
    later = slices(("police-uk", "kent", "E23000032", date(2023, 1, 1), "2023-04", "revised"))
    assert later.hash_of(known) == BEFORE.hash_of(known)


def test_every_vintage_of_a_published_table_counts() -> None:
    table = Read("published", area="E22000318", first="2023-01-01", last="2023-01-01")
    more = slices(("published", "thames-valley", "E22000318", date(2023, 1, 1), "2023-04", "e"))
    assert more.hash_of(table) != BEFORE.hash_of(table)


def test_of_equal_vintages_the_store_named_last_counts_as_in_answers() -> None:
    again = ("police-uk", "kent", "E23000032", date(2023, 1, 1), "2023-03", "z")
    kent = Read("police-uk", force="kent")
    frame = pd.DataFrame([HELD[2], again], columns=COLUMNS)
    chosen = Coverage(frame).chosen("police-uk", "kent")
    assert list(chosen["sha256"]) == ["z"]
    assert slices(again, without=2).hash_of(kent) == slices(again).hash_of(kent)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[dict[str, Any]]]:
    path = tmp_path / "reads.jsonl"
    monkeypatch.setenv(SETTING, str(path))
    return lambda: [json.loads(line) for line in path.read_text().splitlines()]


def test_answers_tell_their_slices_once_and_they_are_found_again(
    told: Callable[[], list[Mapping[str, Any]]],
) -> None:
    store, luton = Store.open(), Area.named("luton")
    for _ in range(2):
        store.monthly(luton, months=Period.parse("2023"))
        store.shortfall(luton, Period.parse("2022"))
        store.figures.has_published(luton, Period.parse("2023"))
    labels = [read["label"] for read in told()]
    assert labels == [
        "police-uk, bedfordshire, 2023-01 to 2023-12",
        "police-uk, bedfordshire, 2022-01 to 2022-12",
        "published, E22000010, 2023-01",
    ]
    current = hash_of_read()
    assert [current(read) for read in told()] == [read["sha256"] for read in told()]


def test_first_month_minds_what_comes_before_it_alone() -> None:
    store = Store.open()
    assert store.held.first(Area.named("luton")) == date(2021, 3, 1)
    (read,) = store.inquiry.reads()
    assert read.label == "police-uk, bedfordshire, to 2021-03"
    assert store.held.covers(Area.named("luton"), Period.parse("2023"))
    assert not store.held.covers(Area.named("luton"), Period.parse("2019"))


def test_file_of_the_users_own_is_known_by_its_content(
    tmp_path: Path, told: Callable[[], list[Mapping[str, Any]]]
) -> None:
    file = tmp_path / "commentary.md"
    file.write_text("one")
    tell_file(file)
    (read,) = told()
    current = hash_of_read()
    assert current(read) == read["sha256"]
    file.write_text("two")
    assert current(read) != read["sha256"]
    file.unlink()
    assert current(read) == ""


def monthly(*sizes: int) -> Store:
    """Store of a force's months from January 2022, by their rows."""
    days = pd.date_range("2022-01-01", periods=len(sizes), freq="MS").date
    frame = pd.DataFrame({"period_start": days, "period_end": days, "rows": sizes})
    frame = frame.assign(located=sizes, outside=0)
    same = {"source": "police-uk", "force": "bedfordshire", "area_code": "E23000026"}
    return Store(Coverage(frame.assign(**same, vintage="2023-12", sha256="s", root="", input="")))


def test_new_month_changes_nothing_that_is_said_of_closed_months_in_part() -> None:
    closed = [date(2022, month, 1) for month in range(1, 13)]
    held = [*[1000] * 7, 300, *[1000] * 4]
    store = monthly(*held)
    assert store.held.in_part(Area.named("luton"), closed) == (date(2022, 8, 1),)
    (read,) = store.inquiry.reads()
    assert (read.what, read.first, read.last) == ("content", "2022-01-01", "2022-12-01")
    then = store.inquiry.slices.hash_of(read)
    assert then.endswith(" 2022-08 in part")
    for more in ([1010], [400], [1000, 900, 1100]):
        assert monthly(*held, *more).inquiry.slices.hash_of(read) == then
    assert monthly(*[1000] * 12).inquiry.slices.hash_of(read) != then


def test_months_after_a_period_do_not_matter_to_what_is_asked_of_it() -> None:
    year, later = Period.parse("2022"), Period.parse("2023-01")
    luton, force = Area.named("luton"), Area.named("bedfordshire-force")
    store, more = monthly(*[1000] * 12), monthly(*[1000] * 13)
    store.held.months(luton, among=year.months)
    held_of_official(store, force, touching=Period.parse("2022-01").months)
    store.figures.published_periods(force, source="ons", begun_by=year.end)
    store.figures.spans(source="ons", begun_by=year.end)
    closed = store.inquiry.reads()
    assert closed
    assert all(read.last for read in closed)
    assert {more.inquiry.slices.hash_of(r) == store.inquiry.slices.hash_of(r) for r in closed} == {
        True
    }
    store.held.months(luton, among=later.months)
    (opened,) = {*store.inquiry.reads()} - {*closed}
    assert more.inquiry.slices.hash_of(opened) != store.inquiry.slices.hash_of(opened)


def test_official_years_that_touch_no_month_asked_for_are_left_out() -> None:
    store, force = Store.open(), Area.named("bedfordshire-force")
    every = held_of_official(store, force).index.unique("year")
    months = {*Period.parse("2022-Q1").months}
    near = [year for year in every if months & {*year.months}]
    found = held_of_official(store, force, touching=months).index.unique("year")
    assert list(found) == near
    assert 0 < len(near) < len(every)
