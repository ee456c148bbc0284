"""What moved in the whole force, told from what moved in one area."""

from __future__ import annotations

from dataclasses import replace

from cspanalysis.evidence.figures import ForceChange
from cspanalysis.findings.changes.force_moves import _with_areas, force_sentence
from cspanalysis.findings.changes.reading import read
from cspanalysis.findings.finding import Change
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp", "E23000026")
YEAR = Period.parse("2023")
FORCE = ForceChange(
    name="Bedfordshire", percent_change=-15.0, before=5000, after=4250, verdict="lower",
    same_way=3, alike=True, gap="no clear difference",
)  # fmt: skip


def change(code: str, force: ForceChange) -> Change:
    return Change(
        measure=Measure.named(code), area=LUTON, period=YEAR, baseline=YEAR.baseline(),
        before=100, after=90, force=force,
    )  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_the_whole_force_did_is_said_as_such_the_surest_first() -> None:
    possible = replace(FORCE, verdict="possibly higher", percent_change=12.0)
    possible = replace(possible, same_way=0, alike=False)
    said = force_sentence([change("robbery", possible), change("public-order", FORCE)])
    assert plain(said) == (
        "In the whole force public order offences fell by 15 %, in all three areas "
        "alike; robbery possibly rose by 12 %."
    )


# The six areas of Northumbria, December 2022 to February 2023 and a year before.
VEHICLES = [(319, 383), (464, 746), (251, 531), (166, 393), (150, 259), (350, 381)]


def in_areas(sides: list[tuple[int, int]], *, noise: float = 9.0) -> ForceChange:
    before, after = (sum(side[n] for side in sides) for n in (0, 1))
    whole = ForceChange(
        name="Northumbria", percent_change=100 * (after / before - 1), before=before, after=after,
        verdict="higher", gap="no clear difference",
    )  # fmt: skip
    return _with_areas(whole, [(float(b), float(a)) for b, a in sides], noise=noise)


def test_areas_far_apart_did_not_move_alike_though_they_cannot_be_told_apart() -> None:
    found = in_areas(VEHICLES)  # from 9 to 137 % more, where the force had 58 %
    assert (found.same_way, found.alike) == (6, False)
    assert plain(force_sentence([change("vehicle-crime", found)])) == (
        "In the whole force vehicle crime rose by 58 %, with more recorded in all six areas."
    )


def test_areas_that_moved_by_as_much_moved_alike_unless_one_is_apart() -> None:
    close = [(1000, 1200), (500, 620), (800, 940)]
    assert in_areas(close).alike
    # 30 % and 15 % of thousands, each a half of the force's 22 % away, are apart without noise.
    firm = [(10000, 13000), (10000, 11500)]
    assert (in_areas(firm, noise=1.0).same_way, in_areas(firm, noise=1.0).alike) == (2, False)
    assert in_areas(firm, noise=60.0).alike


def test_an_area_that_went_the_other_way_or_stayed_is_not_passed_over() -> None:
    assert in_areas([*VEHICLES, (783, 768)]).same_way == 0
    assert in_areas([*VEHICLES, (300, 300)]).same_way == 0


def test_what_moved_here_alone_or_nowhere_is_not_said_of_the_force() -> None:
    quiet = replace(FORCE, verdict="can't tell")
    apart = replace(FORCE, gap="above")
    assert force_sentence([change("robbery", quiet), change("public-order", apart)]) == ""
    assert force_sentence([change("all-crime", FORCE)]) == ""


def test_the_force_of_the_shipped_counts() -> None:
    store = Store.open()
    luton = Area.named("luton")
    found = read(store, area=luton, period=YEAR, baseline=YEAR.baseline()).force
    order, robbery = found["public-order"], found["robbery"]
    assert (order.verdict, order.same_way, order.alike) == ("possibly lower", 3, True)
    assert robbery.verdict == "can't tell"
