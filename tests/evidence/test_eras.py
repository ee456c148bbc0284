"""Categories of data.police.uk in three eras: constant crime that no report may call a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.evidence.gather import gather
from cspanalysis.findings.changes.changes import changes
from cspanalysis.paths import shipped_store
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Period

pytestmark = pytest.mark.shared_data
LUTON = Area.named("luton")


@pytest.fixture(scope="module")
def store(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    root = tmp_path_factory.mktemp("eras")
    ingest([shared / "cases" / "eras-bedfordshire-2010-12-to-2014-06.zip"], into=root)
    return Store.open(root)


@pytest.mark.parametrize(
    ("period", "refused"),
    [
        ("2011-12..2012-08", {"other-crime": (1800, 180), "other-theft": (None, 540)}),
        ("2013-05..2014-04", {"other-crime": (240, 120), "other-theft": (720, 480)}),
    ],
)
def test_constant_crime_is_no_change_in_any_era(
    store: Store, period: str, refused: dict[str, tuple[int | None, int]]
) -> None:
    span = Period.parse(period)
    evidence = gather(store, area=LUTON, period=span, baseline=span.baseline())
    found = {
        change.measure.code: change
        for change in changes(evidence.lines, comparison=evidence.comparison, force=evidence.force)
    }
    for code, counts in refused.items():
        change = found[code]
        assert (change.before, change.after) == counts
        assert "data.police.uk counted" in change.refused
        assert (change.verdict, change.percent_change) == (None, None)
        assert change.force is not None
        assert change.force.percent_change is None
    assert {c.verdict for c in found.values()} <= {None, "steady", "can't tell"}
    assert found["all-crime"].percent_change == 0


def test_categories_absent_in_an_era_are_missing(store: Store) -> None:
    months = store.monthly(LUTON)
    first = {"public-disorder-and-weapons": "2011-09", "shoplifting": "2011-09",
             "other-theft": "2011-09", "bicycle-theft": "2013-05", "public-order": "2013-05",
             "other-crime": "2010-12", "violent-crime": "2010-12"}  # fmt: skip
    for code, month in first.items():
        assert f"{months[code].first_valid_index():%Y-%m}" == month
    assert f"{months['violent-crime'].last_valid_index():%Y-%m}" == "2013-04"


def test_the_history_of_a_category_begins_where_it_was_divided(store: Store) -> None:
    span = Period.parse("2013-05..2014-04")
    months = gather(store, area=LUTON, period=span, baseline=span.baseline()).monthly
    assert months is not None
    for code in ("other-crime", "other-theft"):
        assert f"{months[code].first_valid_index():%Y-%m}" == "2013-05"
    assert months["burglary"].notna().all()
    earlier = Period.parse("2012-05..2013-04")
    before = gather(store, area=LUTON, period=earlier, baseline=earlier.baseline()).monthly
    assert before is not None
    assert f"{before['other-theft'].first_valid_index():%Y-%m}" == "2011-09"


def test_a_category_given_up_long_ago_is_no_line_of_a_later_period(
    shared: Path, tmp_path: Path
) -> None:
    """The shipped months from 2021 on stand years after those of the older eras."""
    ingest([shared / "cases" / "eras-bedfordshire-2010-12-to-2014-06.zip"], into=tmp_path)
    both, span = Store.open(shipped_store(), tmp_path), Period.parse("2023")
    evidence = gather(both, area=LUTON, period=span, baseline=span.baseline())
    codes = {line.measure.code for line in evidence.lines}
    assert "robbery" in codes
    assert not codes & {"violent-crime", "public-disorder-and-weapons"}
    assert {*evidence.force} == codes
