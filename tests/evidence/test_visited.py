"""Where more is recorded than those who live there explain, the denominator says so."""

from __future__ import annotations

from pathlib import Path

from cspanalysis.evidence.rates import rate_of
from cspanalysis.evidence.visited import with_visitors
from cspanalysis.store import Store, ingest
from cspanalysis.store.people import Denominator
from cspanalysis.vocabulary import Area, Measure, Period

QUARTER = Period.parse("2018-10..2018-12")
FEW = Denominator(100, "residents, mid-2018", "ONS")


def test_a_place_of_many_crimes_to_few_residents_says_so_of_every_rate(
    tmp_path: Path, street_text, write_zip
) -> None:
    members = {
        f"{month}/{month}-bedfordshire-street.csv": street_text(
            [(month, "E01015695", "Burglary")] * 6
            + [(month, "E01015695", "Anti-social behaviour")] * 50
        )
        for month in ("2018-10", "2018-11", "2018-12")
    }
    ingest([write_zip(tmp_path / "a.zip", members)], into=tmp_path / "s")
    store, luton = Store.open(tmp_path / "s"), Area.named("luton")
    # 18 crimes in a quarter are 72 in a year: 720 per 1,000 of 100 residents, 180 of 400
    said = with_visitors(store, luton, FEW, QUARTER).label
    assert said == "residents (many more people come than live here), mid-2018"
    more = Denominator(400, FEW.label, FEW.source)
    assert with_visitors(store, luton, more, QUARTER) == more
    assert with_visitors(store, luton, FEW, Period.parse("2020")) == FEW  # nothing is held of it
    rate = rate_of(store, luton, Measure.named("robbery"), 5, period=QUARTER, noise=1.0)
    assert rate is not None
    assert (rate.many_come, rate.unit) == (False, "residents")
