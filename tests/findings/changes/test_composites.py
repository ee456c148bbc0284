"""Composites worked by hand: sums, missing parts, breaks of parts, what is left out, words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cspanalysis import Assessment
from cspanalysis.commentary.claims import check_claims
from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import Provenance
from cspanalysis.evidence.noise import NoiseOfCounts
from cspanalysis.findings.changes.composites import composite_changes, not_made
from cspanalysis.findings.finding import Change
from cspanalysis.store import Store, ingest
from cspanalysis.vocabulary import Area, Measure, Period

SIDES = Comparison(
    area=Area.named("luton"),
    period=Period.parse("2023"),
    baseline=Period.parse("2022"),
    provenance=Provenance("Street-level crime, data.police.uk", "2024-02"),
)
COUNTS = {
    "burglary": (100, 90),
    "robbery": (20, 10),
    "vehicle-crime": (200, 180),
    "bicycle-theft": (7, 9),
    "theft-from-the-person": (30, 31),
    "shoplifting": (300, 360),
    "other-theft": (50, 40),
}
LINES = [Line(measure=Measure.named(c), before=b, after=a) for c, (b, a) in COUNTS.items()]


def found(lines: list[Line], **options: object) -> dict[str, Change]:
    made = composite_changes(
        lines,
        comparison=options.pop("comparison", SIDES),  # type: ignore[arg-type]
        source=options.pop("source", "police-uk"),  # type: ignore[arg-type]
        noise=lambda code, before, after: NoiseOfCounts(4.0, 2.0, 30.0, False),
        **options,  # type: ignore[arg-type]
    )
    return {change.measure.code: change for change in made}


def changed(code: str, **new: object) -> list[Line]:
    return [replace(x, **new) if x.measure.code == code else x for x in LINES]  # type: ignore[arg-type]


def test_composites_are_sums_of_their_parts_each_judged_by_itself() -> None:
    told = found(LINES)
    assert {code: (c.before, c.after) for code, c in told.items()} == {
        "theft": (687, 710),
        "acquisitive-crime": (707, 720),
        "neighbourhood-crime": (350, 311),
    }
    for change in told.values():
        assert change.total
        assert change.p_adjusted == change.p_value
        assert (change.dispersion, change.freedom, change.period_noise) == (4.0, 30.0, 2.0)


def test_a_missing_part_makes_the_sum_missing_and_is_named() -> None:
    gone = "There are no figures for March 2022."
    told = found(changed("shoplifting", before=None, missing=gone))
    theft = told["theft"]
    assert (theft.before, theft.after, theft.verdict) == (None, 710, None)
    assert theft.refused == f"Shoplifting: {gone}"
    assert told["neighbourhood-crime"].verdict is not None  # needs no shoplifting


def test_a_reason_that_all_parts_share_is_said_once() -> None:
    gone = "There are no figures for March 2022."
    told = found([replace(line, before=None, missing=gone) for line in LINES])
    assert {change.refused for change in told.values()} == {gone}


def test_splits_and_breaks_of_parts_are_those_of_the_sum() -> None:
    across = replace(SIDES, period=Period.parse("2013"), baseline=Period.parse("2012"))
    told = found(LINES, comparison=across)
    assert told["theft"].refused.startswith("Bicycle theft, theft from the person and other theft:")
    assert "Until April 2013" in told["theft"].refused
    tables = {"homicide": (1, 2), "violence-with-injury": (400, 410), "robbery": (30, 33)}
    lines = [Line(measure=Measure.named(c), before=b, after=a) for c, (b, a) in tables.items()]
    violence = found(lines, source="ons")["serious-violence"]
    assert (violence.before, violence.after) == (431, 445)
    assert any("strangulation" in caveat.text for caveat in violence.caveats)


def test_a_sum_with_a_part_that_is_left_out_or_kept_back_is_left_out() -> None:
    robbery = Measure.named("robbery")
    assert set(found(LINES, without={robbery})) == {"theft"}
    kept = changed("bicycle-theft", after=None, kept_back=frozenset({"after"}))
    assert set(found(kept)) == {"neighbourhood-crime"}


def test_what_cannot_be_made_is_said_in_one_sentence_and_nothing_of_what_is_left_out() -> None:
    told = not_made(LINES, comparison=SIDES, source="police-uk")
    assert told.startswith("Not made from these figures: serious violence (the source counts")
    assert told.count(".") == 1
    few = [line for line in LINES if line.measure.code not in {"shoplifting", "robbery"}]
    told = not_made(few, comparison=SIDES, source="ons", without={Measure.named("burglary")})
    assert "theft" not in told.replace("theft from the person", "")
    assert "neighbourhood crime (there is no line for residential burglary or robbery)" in told


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


def test_luton_adds_up(luton: Assessment) -> None:
    counts = {change.measure.code: (change.before, change.after) for change in luton.changes}
    for change in luton.composite_changes:
        held = [counts[c] for c in COUNTS if _holds(change, c)]
        assert change.before == sum(before or 0 for before, _ in held)
        assert change.after == sum(after or 0 for _, after in held)
        assert not change.borrowed
        assert change.dispersion > 1
    assert luton["neighbourhood crime"].after == 3176


def _holds(change: Change, code: str) -> bool:
    if change.measure.code == "neighbourhood-crime":
        return code in {"burglary", "robbery", "vehicle-crime", "theft-from-the-person"}
    return code != "robbery" or change.measure.code == "acquisitive-crime"


def test_claims_of_a_composite_are_held_against_it(luton: Assessment) -> None:
    said = "There were 3,176 neighbourhood crimes. Neighbourhood crime went from 3,255 to 3,176."
    claims = check_claims(
        f"{said} Acquisitive crime went from 5,999 to 6,000. ",
        (*luton.changes, *luton.composite_changes),
        area=luton.area,
    )
    held = [(claim.measure, claim.verdict) for claim in claims if claim.rule == "counts"]
    assert ("neighbourhood-crime", "supported") in held
    assert ("acquisitive-crime", "contradicted") in held


def test_theft_of_a_table_is_its_theft_offences(tmp_path: Path) -> None:
    named = (
        "Theft offences,Burglary,Residential burglary,Non-residential burglary,Vehicle offences,"
        "Theft from the person,Bicycle theft,Shoplifting,All other theft offences,Homicide,"
        "Violence with injury,Robbery,Sexual offences,Stalking and harassment"
    )
    for year, more in ((2022, 0), (2023, 10)):
        row = f"{1050 + more},100,60,40,200,50,100,{400 + more},200,1,300,40,150,250"
        path = tmp_path / f"ons-{year}.csv"
        path.write_text(
            f"Year ending June {year},\nCSP code,CSP name,PFA code,PFA,{named}\n"
            f"E22000010,Luton,E23000026,Bedfordshire,{row}\n"
        )
        ingest([path], into=tmp_path / "store")
    report = Assessment.open("luton", "12m-to-2023-06", store=Store.open(tmp_path / "store"))
    told = {change.measure.code: change for change in report.composite_changes}
    assert {code: (c.before, c.after) for code, c in told.items()} == {
        "theft": (1050, 1060),
        "acquisitive-crime": (1090, 1100),
        "neighbourhood-crime": (350, 350),
        "serious-violence": (341, 341),
        "violence-against-women-and-girls": (400, 400),
    }
    assert report["theft offences"].after == told["theft"].after
    assert all(change.borrowed for change in told.values())
    assert "Not made" not in report.composites().text
