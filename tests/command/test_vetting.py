"""The last look before a report lands, over made reports of Luton."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from cspanalysis.command.vetting import Vetting
from cspanalysis.disclosure.family import Cell, gathered
from cspanalysis.disclosure.plan import solved
from cspanalysis.disclosure.told import record_of
from cspanalysis.errors import PublicationError
from cspanalysis.production.plan import Job
from cspanalysis.production.records import RunRecord
from cspanalysis.store import Store
from cspanalysis.store.ingest import ingest
from cspanalysis.vocabulary import Area, Period

MONTH = Period.parse("2023-02")
PLACE = Area.named("luton")
ROBBERIES = (3, 9, 12, 20, 30)
"""In as many wards in the month; a year before there were twenty in each."""
Land = Callable[..., tuple[Path, RunRecord]]
Own = tuple[dict[Cell, int], frozenset[Cell], Store]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, street_text: Any, write_zip: Any) -> Own:
    """Counts of robbery by ward in the month, those of them that the plan hides, and the store."""
    folder = tmp_path_factory.mktemp("made")
    inside = Store.open().people.small_areas(PLACE)["ward"]
    chosen = inside[~inside.duplicated()].index[: len(ROBBERIES)]
    members = {}
    for month, counts in (("2022-02", [20] * len(chosen)), ("2023-02", ROBBERIES)):
        rows = [
            (month, lsoa, kind)
            for lsoa, count in zip(chosen, counts, strict=True)
            for kind, many in (("Robbery", count), ("Burglary", 40))
            for _ in range(many)
        ]
        members[f"{month}/{month}-bedfordshire-street.csv"] = street_text(rows)
    ingest([write_zip(folder / "made.zip", members)], into=folder / "store")
    store = Store.open(folder / "store")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSPANALYSIS_CACHE", str(folder))
        family = gathered(store, PLACE, (MONTH.baseline(), MONTH))
        hidden = solved(family).hidden
    own = {
        cell: n for cell, n in family.counts.items()
        if cell[1:] == ("robbery", str(MONTH)) and n
    }  # fmt: skip
    return own, frozenset(own) & hidden, store


@pytest.fixture
def land(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Land:
    """Write a report's figures and record into the outputs folder, or where it is staged."""
    plan = tmp_path / "plan.yml"
    plan.write_text("reports: []\n", encoding="utf-8")
    monkeypatch.setenv("CSPANALYSIS_PLAN", str(plan))
    monkeypatch.setenv("CSPANALYSIS_CACHE", str(tmp_path / "cache"))

    def write(
        at: str, told: Iterable[tuple[Cell, int]], edition: str = "public"
    ) -> tuple[Path, RunRecord]:
        folder = tmp_path / at / "luton" / MONTH.slug
        folder.mkdir(parents=True, exist_ok=True)
        figures = [
            {"id": f"where.{measure}.{ward.lower()}.count", "value": count}
            for (ward, measure, _), count in told
        ]
        job = Job("priority-profile", PLACE, MONTH, {"edition": edition})
        record = RunRecord.begun(job, tmp_path / "absent.ipynb").published([], inputs=[])
        path = folder / "priority-profile.figures.json"
        path.write_text(json.dumps({"figures": figures}), encoding="utf-8")
        (folder / "priority-profile.run.json").write_text(record.text(), encoding="utf-8")
        return path, record

    return write


def test_what_the_plan_shows_lands(own: Own, land: Land, tmp_path: Path) -> None:
    counts, hidden, store = own
    assert hidden
    shown = [(cell, n) for cell, n in counts.items() if cell not in hidden]
    land("outputs", shown)
    Vetting(store)(*_of(land("staged", shown), tmp_path))


def test_two_reports_that_together_tell_a_small_count_do_not_both_lie_there(
    own: Own, land: Land, tmp_path: Path
) -> None:
    counts, hidden, store = own
    secret = min((cell for cell in hidden if 0 < counts[cell] < 5), key=lambda cell: counts[cell])
    others = [(cell, n) for cell, n in counts.items() if cell != secret]
    half = len(others) // 2
    Vetting(store)(*_of(land("staged", others[:half]), tmp_path))
    land("outputs", others[:half])
    with pytest.raises(PublicationError, match="could be narrowed to fewer than 5 possible") as no:
        Vetting(store)(*_of(land("staged", others[half:]), tmp_path))
    ward = Area.named(secret[0]).name
    assert f"robbery in {ward} in February 2023" in str(no.value)
    assert f" {counts[secret]} " not in str(no.value).replace("than 5 ", "")
    # a sensitive edition tells all, in its own folder; what is known already is no reason
    Vetting(store)(*_of(land("staged", others[half:], edition="sensitive"), tmp_path))
    land("outputs", others)
    Vetting(store)(*_of(land("staged", others[half:]), tmp_path))


def test_what_an_earlier_edition_told_counts_and_revised_counts_do_not(
    own: Own, land: Land, tmp_path: Path
) -> None:
    counts, hidden, store = own
    secret = next(cell for cell in hidden if 0 < counts[cell] < 5)
    others = [(cell, n) for cell, n in counts.items() if cell != secret]
    figures, _ = land("kept", others[1:])
    history = tmp_path / "outputs" / ".editions" / "luton" / MONTH.slug / "priority-profile"
    history.parent.mkdir(parents=True)
    figures.parent.rename(history)
    with pytest.raises(PublicationError):
        Vetting(store)(*_of(land("staged", others[:1]), tmp_path))
    (history / figures.name).write_text(
        (history / figures.name).read_text().replace('"value": ', '"value": 1000')
    )
    Vetting(store)(*_of(land("staged", others[:1]), tmp_path))


def test_a_count_that_was_told_and_is_small_now_is_not_found_from_a_sum_that_moved(
    own: Own, land: Land, tmp_path: Path
) -> None:
    counts, hidden, store = own
    secret = next(cell for cell in hidden if 0 < counts[cell] < 5)
    shown = [(cell, n) for cell, n in counts.items() if cell not in hidden]
    # one event of the small count was found to be none; all others stayed
    land("outputs", [(cell, n + (cell == secret) * 2) for cell, n in counts.items()])
    with pytest.raises(PublicationError, match="could be narrowed") as no:
        Vetting(store)(*_of(land("staged", shown), tmp_path))
    assert Area.named(secret[0]).name in str(no.value)
    assert "say nothing of these measures" in str(no.value)
    burglary = [((cell[0], "burglary", cell[2]), 40) for cell in counts]
    Vetting(store)(*_of(land("staged", burglary), tmp_path))  # as advised: without the measure


def test_a_small_count_itself_is_no_figure_of_a_public_report(
    own: Own, land: Land, tmp_path: Path
) -> None:
    counts, _, store = own
    small = [(cell, n) for cell, n in counts.items() if 0 < n < 5]
    with pytest.raises(PublicationError, match="with what this and earlier public reports tell"):
        Vetting(store)(*_of(land("staged", small[:1]), tmp_path))


def test_what_answers_tell_of_any_period_is_held_together(
    own: Own, land: Land, tmp_path: Path
) -> None:
    counts, hidden, store = own
    secret = next(cell for cell in hidden if 0 < counts[cell] < 5)
    figures, record = land("staged", [])
    others = [record_of(cell, n) for cell, n in counts.items() if cell != secret]
    figures.write_text(json.dumps({"figures": [], "told": others}), encoding="utf-8")
    with pytest.raises(PublicationError, match="in February 2023"):
        Vetting(store)(*_of((figures, record), tmp_path))


def test_classes_of_two_reports_outside_the_plan_are_held_against_each_other(
    own: Own, land: Land, tmp_path: Path
) -> None:
    _, _, store = own

    def tells(at: str, breaks: list[int]) -> tuple[Path, RunRecord]:
        """Tell of the small areas in which class of such a map they are; one has three."""
        figures, record = land(at, [])
        one = {"measure": "robbery", "months": str(MONTH), "counts": False, "named": False}
        told = [{**one, "classes": breaks}]
        figures.write_text(json.dumps({"figures": [], "told": told}), encoding="utf-8")
        return figures, record

    Vetting(store)(*_of(tells("staged", [3, 10]), tmp_path))
    tells("outputs", [7])
    Vetting(store)(*_of(tells("staged", [7]), tmp_path))  # the same again
    with pytest.raises(PublicationError, match="robbery in E01015693 in February 2023"):
        Vetting(store)(*_of(tells("staged", [3, 10]), tmp_path))  # from 3 to 6 in both


def _of(made: tuple[Path, RunRecord], folder: Path) -> tuple[Path, Path, RunRecord]:
    (folder / "outputs").mkdir(exist_ok=True)
    return made[0], folder / "outputs", made[1]
