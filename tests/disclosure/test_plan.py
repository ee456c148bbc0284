"""The plan: what is hidden over a family, held against what an outsider could work out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import scipy.optimize
from scipy.optimize import linprog
from scipy.sparse import csr_array

from cspanalysis.disclosure.family import Cell, Family, gathered
from cspanalysis.disclosure.plan import Plan, plan_of, solved
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

YEAR = Period.parse("2023")
WHOLE, FIRST, LAST = "2023-01..2023-12", "2023-01..2023-09", "2023-10..2023-12"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSPANALYSIS_CACHE", str(tmp_path))


def spans(family: Family, plan: Plan, cells: list[Cell]) -> dict[Cell, float]:
    """How far apart the least and the greatest count lie that an outsider finds possible.

    Who reads every page knows each sum, and each count that is shown.
    """
    place = {cell: at for at, cell in enumerate(family.counts)}
    held = [(i, place[c], sign) for i, line in enumerate(family.sums) for c, sign in line.items()]
    rows, columns, signs = map(list, zip(*held, strict=True))
    matrix = csr_array((np.array(signs, float), (rows, columns)))
    known = [
        (0, None) if cell in plan.hidden or cell in family.unseen else (count, count)
        for cell, count in family.counts.items()
    ]
    right = matrix @ np.array([*family.counts.values()], float)
    found = {}
    for cell in cells:
        aim = np.zeros(len(known))
        aim[place[cell]] = 1
        ends = [linprog(w * aim, A_eq=matrix, b_eq=right, bounds=known).fun for w in (1, -1)]
        found[cell] = -ends[1] - ends[0]
    return found


def of_two_wards(year: dict[str, tuple[int, int]]) -> Family:
    """Two measures in wards a, b and c, as (first nine months, last three)."""
    counts: dict[Cell, int] = {}
    for name, (first, last) in year.items():
        ward, measure = name.split()
        counts[ward, measure, FIRST] = first
        counts[ward, measure, LAST] = last
        counts[ward, measure, WHOLE] = first + last
    kinds = {(cell[0], cell[1]) for cell in counts}
    sums = [{(*k, FIRST): 1, (*k, LAST): 1, (*k, WHOLE): -1} for k in sorted(kinds)]
    sums += [
        {cell: 1 for cell in counts if cell[1:] == (measure, months)}
        for measure in sorted({k[1] for k in kinds})
        for months in (FIRST, LAST, WHOLE)
    ]
    return Family(counts, tuple(sums), tuple(cell for cell in counts if cell[2] == FIRST))


def test_a_year_and_its_quarter_do_not_tell_what_either_hides() -> None:
    family = of_two_wards({"a robbery": (3, 20), "b robbery": (9, 30), "c robbery": (40, 50)})
    plan = solved(family)
    # nine months of ward a are the year less the quarter: one of the two must go, in two wards
    assert ("a", "robbery", WHOLE) in plan.hidden or ("a", "robbery", LAST) in plan.hidden
    assert len({cell for cell in plan.hidden if cell[2] != FIRST}) == 2
    assert spans(family, plan, [("a", "robbery", FIRST)])["a", "robbery", FIRST] >= 5


def test_what_is_hidden_hangs_on_counts_alone() -> None:
    family = of_two_wards({"a robbery": (30, 2), "b robbery": (9, 30), "c robbery": (40, 50)})
    turned = Family(family.counts, family.sums, family.unseen)
    assert solved(family) == solved(turned)


def test_what_was_kept_and_is_damaged_is_worked_out_again(tmp_path: Path) -> None:
    family = of_two_wards({"a robbery": (30, 2), "b robbery": (9, 30), "c robbery": (40, 50)})
    first = solved(family)
    (file,) = (tmp_path / "disclosure").glob("*.json")
    before = file.read_bytes()
    file.write_text("{", encoding="utf-8")
    assert solved(family) == first
    assert file.read_bytes() == before


def test_the_pages_of_a_partnership_withstand_who_reads_them_all() -> None:
    family = gathered(Store.open(), Area.named("luton"), [YEAR])
    plan = solved(family)
    small = [cell for cell, count in family.counts.items() if 0 < count < plan.threshold]
    assert small
    assert set(small) <= plan.hidden
    assert min(spans(family, plan, small).values()) >= plan.threshold - 1e-6


def test_what_was_not_looked_at_is_kept_back_beside_what_was() -> None:
    plan = plan_of(Store.open(), Area.named("E05014747"), [YEAR])
    assert plan is not None
    assert not plan.hides("E05014747", "violence-and-sexual-offences", YEAR, count=200)
    assert plan.hides("E01015695", "violence-and-sexual-offences", YEAR, count=200)
    other = Period.parse("2021-Q4")
    assert [plan.hides("E05014747", "robbery", other, count=n) for n in (0, 4, 5)] == [
        False,
        True,
        False,
    ]
    assert plan_of(Store.open(), Area.named("bedfordshire-force"), [YEAR]) is None


def test_custom_areas_do_not_tell_what_is_left_of_a_ward() -> None:
    store, area = Store.open(), Area.named("luton")
    wards = store.people.small_areas(area)["ward"]
    dallow = tuple(wards.index[wards == "E05014741"])
    custom = [
        Area(f"E22000010-{key}", key, "custom", area.force, codes)
        for key, codes in (("A", dallow[:3]), ("B", dallow[2:]))
    ]
    family = gathered(store, area, [YEAR], custom=custom)
    left = [c for c in family.unseen if 0 < family.counts[c] < 5]
    assert left  # what a ward less a custom area would tell
    blind = solved(gathered(store, area, [YEAR], custom=[]))
    unaware = Plan(blind.known, blind.hidden | set(family.unseen))
    assert min(spans(family, unaware, left).values()) < 5 - 1e-6
    plan = solved(family)
    small = [cell for cell, count in family.counts.items() if 0 < count < plan.threshold]
    assert min(spans(family, plan, small).values()) >= 5 - 1e-6


def test_a_plan_does_not_hang_on_the_way_a_solver_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    periods = [YEAR, Period.parse("2023-Q4"), Period.parse("2022"), Period.parse("2022-Q4")]
    family = gathered(Store.open(), Area.named("luton"), periods)
    first, one_way = solved(family), scipy.optimize.milp

    def another_way(*given: object, options: object, **further: object) -> object:
        return one_way(*given, options={"presolve": True}, **further)  # type: ignore[arg-type]

    monkeypatch.setattr("scipy.optimize.milp", another_way)
    monkeypatch.setattr("cspanalysis.disclosure.kept._code", lambda: "of another day")
    assert solved(family) == first
