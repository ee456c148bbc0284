"""How much lies in some small areas: what it tells beside wards, maps and the busiest."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from cspanalysis import PriorityProfile
from cspanalysis.disclosure.across import bounds_across, may_be_summed
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

YEAR, BEFORE = Period.parse("2023"), Period.parse("2022")


def deprived(area: Area) -> list[str]:
    index = Store.open().people.deprivation(area)
    return [str(place) for place in index.index[index["decile"] <= 2]]


@pytest.mark.parametrize("seed", range(20))
def test_limits_are_those_of_a_linear_programme(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    places = [f"p{n}" for n in range(12)]
    counts = dict(zip(places, drawn.integers(0, 12, 12).tolist(), strict=True))
    limits = {at: (0, 4) if n < 5 else (5, np.inf) for at, n in counts.items()}
    groups = {name: places[at::4] for at, name in enumerate("abcd")}
    sums = {name: (held, sum(counts[at] for at in held)) for name, held in groups.items()}
    chosen = [at for at in places if drawn.random() < 0.3] or places[:1]
    total = sum(counts[at] for at in chosen)
    found = bounds_across(limits, sums=sums, across=(chosen, total))
    held = [*sums.values(), (chosen, total)]
    lines = [[float(at in inside) for at in places] for inside, _ in held]
    for at, way in product(places, (1, -1)):
        aim = [float(way * (at == other)) for other in places]
        end = linprog(aim, A_eq=lines, b_eq=[n for _, n in held], bounds=[*limits.values()]).fun
        assert found[at][way < 0] == pytest.approx(way * end)


def test_of_one_small_area_nothing_is_said_of_many_it_may_be() -> None:
    store, luton, measure = Store.open(), Area.named("luton"), Measure.named("burglary")
    of = {"periods": (YEAR, BEFORE)}
    assert may_be_summed(store, luton, measure, places=deprived(luton), **of)
    assert not may_be_summed(store, luton, measure, places=deprived(luton)[:1], **of)


def test_what_may_not_be_said_of_a_quarter_is_not_of_its_year() -> None:
    store, bedford, robbery = Store.open(), Area.named("bedford"), Measure.named("robbery")
    asked = {"places": deprived(bedford), "periods": (YEAR, BEFORE)}
    assert may_be_summed(store, bedford, robbery, **asked)
    asked["periods"] = (YEAR, BEFORE, Period.parse("2022-Q4"), Period.parse("2023-Q4"))
    assert not may_be_summed(store, bedford, robbery, **asked)


def test_of_all_crime_it_is_not_said_where_it_is_not_of_a_part_that_the_others_would_tell() -> None:
    store, bedford, every = Store.open(), Area.named("bedford"), Measure.named("all-crime")
    asked = {"places": deprived(bedford), "periods": (YEAR, BEFORE)}
    assert may_be_summed(store, bedford, every, **asked)
    # of robbery it is not said beside quarters: see above
    asked["periods"] = (YEAR, BEFORE, Period.parse("2022-Q4"), Period.parse("2023-Q4"))
    assert not may_be_summed(store, bedford, every, **asked)


def test_a_profile_leaves_the_share_of_few_deprived_places_out() -> None:
    asked = {"area": "central-bedfordshire", "period": "2023", "priority": "shoplifting"}
    public = PriorityProfile.open(**asked)
    assert "most deprived fifth" not in public.who().html
    known = PriorityProfile.open(**asked, edition="sensitive")
    assert "most deprived fifth" in known.who().html
    assert not any(key.startswith("deprived.") for key in public.values)
