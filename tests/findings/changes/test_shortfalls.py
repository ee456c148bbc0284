"""Shortfalls: their size is said, and a verdict that they could make is refused."""

from __future__ import annotations

import pytest

from cspanalysis.evidence.shortfalls import Shortfall
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.changes.reading import read
from cspanalysis.findings.changes.shortfalls import restored_word, shortfall_caveats
from cspanalysis.findings.changes.steps import steps_of
from cspanalysis.findings.finding import Change
from cspanalysis.findings.wording.caveats import gathered
from cspanalysis.paths import shipped_store
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.open(shipped_store())


def _changes(store: Store, area: str, period: str, baseline: str) -> dict[str, Change]:
    spans = {"period": Period.parse(period), "baseline": Period.parse(baseline)}
    held = read(store, area=Area.named(area), **spans)
    told = changes(held.lines, comparison=held.comparison, force=held.force)
    return {change.measure.code: change for change in told}


def test_the_size_of_the_effect_is_said(store: Store) -> None:
    found = _changes(store, "bedford", "2023", "2022")
    # 14,054 to 13,599 as recorded; the earlier edition of January 2022 held 287 more
    assert found["all-crime"].percent_change == pytest.approx(100 * (13_599 / 14_054 - 1))
    said = [caveat.text for caveat in gathered(tuple(found.values()))]
    assert said[0].startswith("January 2022 is short in the police files: ")
    assert "4,054 as published in March 2022 (24\u00a0% fewer)" in said[0]
    effect = next(text for text in said if text.startswith("With what is missing put back"))
    assert "all crime −5.2\u00a0% rather than −3.2\u00a0%" in effect


def test_a_verdict_that_the_shortfall_makes_is_refused(store: Store) -> None:
    found = _changes(store, "luton", "2022-12..2023-01", "2021-12..2022-01")
    all_crime = found["all-crime"]  # 2,341 to 2,811, but 3,144 in the earlier edition
    assert all_crime.verdict is None
    assert all_crime.ratio is None
    assert all_crime.refused.startswith("What is missing of the police files could make this")
    assert all_crime.caveats[0].text == (
        "With what is missing put back all crime would read −11\u00a0% rather than +20\u00a0%."
    )
    assert found["anti-social-behaviour"].refused == ""


def test_short_months_make_no_step(store: Store) -> None:
    found = steps_of(store, Area.named("bedford"), Period.parse("2023").end)
    assert "all-crime" not in found


def test_words_are_held_to_both_counts() -> None:
    assert restored_word("lower", "lower") == "lower"
    assert restored_word("higher", "possibly higher") == "possibly higher"
    assert restored_word("higher", "can't tell") is None
    assert restored_word("possibly higher", "lower") is None
    assert restored_word("steady", "possibly lower") == "can't tell"
    assert restored_word("can't tell", "lower") == "can't tell"


def test_shares_of_official_totals_put_both_periods_on_one_footing() -> None:
    years = ((Period.parse("12m-to-2022-09"), 0.9), (Period.parse("12m-to-2023-09"), 1.0))
    lacking = Shortfall(shares=(0.9, 1.0), years=years)
    assert lacking.restored("robbery", 90, 95) == (100, 95)
    assert [caveat.text for caveat in shortfall_caveats(lacking)] == [
        "The force's files hold 90\u00a0% in the 12 months to September 2022 and 100\u00a0% in the "
        "12 months to September 2023 of the crimes that official totals count. A change reads "
        "about 11\u00a0% too high for that."
    ]
    assert not Shortfall()
