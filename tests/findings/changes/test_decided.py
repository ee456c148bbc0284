"""Outcomes that were decided of crimes in a ward, and searches around it."""

from __future__ import annotations

import pandas as pd
import pytest

from cspanalysis.disclosure.rules import Rules
from cspanalysis.display import decided_table
from cspanalysis.findings.changes.all_searches import AllSearches, all_searches_of
from cspanalysis.findings.changes.decided import ALL, Decided, decided_of
from cspanalysis.findings.changes.outcomes import CHARGED, GROUPS, NO_SUSPECT, OPEN, ORDER
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

DALLOW, LUTON, YEAR = Area.named("E05014741"), Area.named("luton"), Period.parse("2023")


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.open()


def made(counts: dict[str, int], beside: dict[str, int], **more: object) -> Decided:
    whole = dict.fromkeys(ORDER, 0)
    told = {"counts": whole | counts, "beside": whole | beside, **more}
    return Decided(area=DALLOW, around=LUTON, period=YEAR, **told)  # type: ignore[arg-type]


def test_outcomes_of_a_ward_are_those_of_its_small_areas(store: Store) -> None:
    found = decided_of(store, area=DALLOW, around=LUTON, period=YEAR, edition="sensitive")
    assert found
    table = store.activity.outcomes(DALLOW, YEAR).sum()
    assert found.total == table.sum() == 863
    assert found.counts[NO_SUSPECT] == table["Investigation complete; no suspect identified"] == 391
    charged = sum(n for outcome, n in table.items() if GROUPS.get(str(outcome)) == CHARGED)
    assert found.counts[CHARGED] == charged == 74
    assert found.title == "No suspect found: 45\xa0%, against 40\xa0% in Luton"
    assert {value.key: value.value for value in found.values()}["decided.total"] == 863


def test_shares_stand_above_or_below_where_the_interval_leaves_the_other_out() -> None:
    found = made({CHARGED: 10, NO_SUSPECT: 90}, {CHARGED: 300, NO_SUSPECT: 700}).frame
    assert found["share"].tolist() == [10, 90]
    assert found["beside"].tolist() == [30, 70]
    assert found["word"].tolist() == ["below", "above"]
    alike = made({CHARGED: 30, NO_SUSPECT: 70}, {CHARGED: 300, NO_SUSPECT: 700})
    assert alike.frame["word"].tolist() == ["", ""]
    assert alike.title == "Outcomes in Dallow are much as in Luton"


def test_what_is_kept_back_is_in_no_table_and_no_value() -> None:
    counts = {CHARGED: 3, NO_SUSPECT: 90, OPEN: 30}
    found = made(counts, {CHARGED: 4, NO_SUSPECT: 700}, kept_back=frozenset({CHARGED, OPEN}))
    line = next(row for row in decided_table(found).text.splitlines() if row.startswith("Charged"))
    assert line.split()[-3:] == ["[c]", "[c]", "[c]"]  # the partnership's is small itself
    assert {value.key for value in found.values()} == {"decided.total", "decided.no-suspect-found"}
    few = made({CHARGED: 3}, {}, kept_back=frozenset({CHARGED, ALL}))
    assert few.sentence == (
        "The outcomes of crimes in Dallow in 2023 are kept back: they are few, or would give few "
        "away."
    )
    assert [*few.values()] == []


def test_counts_are_rounded_where_a_partnership_rounds() -> None:
    found = made({CHARGED: 12, NO_SUSPECT: 91}, {}, rules=Rules(rounding=5))
    assert (found.total, found.frame["count"].tolist()) == (105, [10, 90])
    whole = made({CHARGED: 12, NO_SUSPECT: 91}, {}, rules=Rules(rounding=5), public=False)
    assert (whole.total, whole.frame["count"].tolist()) == (103, [12, 91])


def test_small_groups_are_kept_back_in_a_public_edition(store: Store) -> None:
    month = Period.parse("2023-05")
    told = {"area": DALLOW, "around": LUTON, "period": month}
    whole = decided_of(store, **told, edition="sensitive")
    public = decided_of(store, **told, edition="public", periods=[YEAR])
    assert whole
    assert public
    small = {group for group, count in whole.counts.items() if 0 < count < 5}
    assert small
    assert small <= public.kept_back
    shown = public.frame["count"].dropna()
    assert not any(0 < count < 5 for count in shown)


def test_without_outcomes_there_is_nothing(store: Store) -> None:
    early = Period.parse("2010-01")
    told = {"area": DALLOW, "around": LUTON, "edition": "public"}
    assert decided_of(store, **told, period=early) is None


def test_months_without_outcomes_are_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index = pd.DatetimeIndex(["2023-01-01", "2023-02-01"], name="month")
    table = pd.DataFrame({"Suspect charged": pd.array([20, None], dtype="Int64")}, index=index)
    monkeypatch.setattr(type(store.activity), "outcomes", lambda *_, **__: table)
    period = Period.parse("2023-01..2023-02")
    found = decided_of(store, area=DALLOW, around=LUTON, period=period, edition="sensitive")
    assert found
    assert (found.total, found.missing) == (20, "February 2023")
    assert found.sentence.endswith("There are no outcomes for February 2023.")


def test_searches_are_told_of_the_partnership_with_their_limits(store: Store) -> None:
    found = all_searches_of(store, place=DALLOW, around=LUTON, period=YEAR)
    assert found
    assert found.count == store.activity.searches(LUTON, YEAR)["count"].sum() == 1635
    assert "How many of these searches were in Dallow can't be told" in found.sentence
    assert "22\xa0% of the force's have no place at all" in found.sentence
    assert [value.key for value in found.values()] == ["searches.all"]
    assert all_searches_of(store, place=DALLOW, around=LUTON, period=Period.parse("2010")) is None
    one = AllSearches(
        place=DALLOW, area=LUTON, period=YEAR, count=1, force_rows=0, unplaced=0, missing="May 2023"
    )
    assert one.sentence.startswith("Police searched once in Luton")
    assert one.sentence.endswith("There are no files of searches for May 2023.")
