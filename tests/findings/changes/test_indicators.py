"""Figures of partners: where each came from, and what bears on a change between two hands."""

from __future__ import annotations

import pytest

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.display.change_figures import change_figures
from cspanalysis.display.finding_tables import source_table
from cspanalysis.display.indicator_table import indicator_table
from cspanalysis.evidence.comparability import Comparison
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.indicators import given_changes, indicators_of
from cspanalysis.findings.finding import Change
from cspanalysis.sources.indicators import COLUMNS
from cspanalysis.store import Store
from cspanalysis.store.ingest import ingest
from cspanalysis.vocabulary import Area, Period

LUTON = Area.named("luton")
QUARTER = Period.parse("2023-Q4")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Cases of one partner; duties that the council gave for 2022 and the ministry for 2023."""
    folder = tmp_path_factory.mktemp("partners")
    rows = [
        "marac-cases,luton,2022-Q4,98,,,final,MARAC coordinator,",
        "marac-cases,luton,2023-Q4,131,,,final,MARAC coordinator,",
        "homelessness-relief-duties,luton,2022-Q4,205,,,final,Luton Council,",
        "homelessness-relief-duties,luton,2023-Q4,298,,,final,The ministry,",
    ]
    file = folder / "given.csv"
    file.write_text("\n".join(["# vintage: 2024-02", ",".join(COLUMNS), *rows]) + "\n")
    ingest([file], into=folder / "store")
    return Store.open(folder / "store")


def given(store: Store) -> dict[str, Change]:
    sides = Comparison(
        area=LUTON, period=QUARTER, baseline=QUARTER.baseline(), provenance=Provenance("", "")
    )
    return {c.measure.code: c for c in given_changes(store, sides, "public", without=())}


def test_each_measure_names_the_partner_that_gave_it(store: Store) -> None:
    found = given(store)
    named = {code: c.provenance.source for code, c in found.items() if c.provenance}
    assert named == {
        "marac-cases": "MARAC coordinator",
        "homelessness-relief-duties": "The ministry",
    }
    figures = [one for change in found.values() for one in change_figures(change, source="Police")]
    cases = {one.source for one in figures if "marac" in one.id}
    assert cases == {"MARAC coordinator, February 2024"}
    shown = source_table(list(found.values())).text
    assert "Cases heard at MARAC" in shown
    assert "MARAC coordinator" in shown


def test_a_change_between_two_hands_says_so(store: Store) -> None:
    two = (
        "The figure for October to December 2022 is from Luton Council, that for October to "
        "December 2023 from The ministry; the two may not count alike."
    )
    found = given(store)
    assert two in [caveat.text for caveat in found["homelessness-relief-duties"].caveats]
    assert not any("may not count" in v.text for v in found["marac-cases"].caveats)
    whole = indicators_of(store, area=LUTON, period=Period.parse("2023"), edition="public")
    assert two in indicator_table(whole, rules=rules_of(LUTON)).text
