"""Lines compared, adjusted and judged: the two seed reports and cases worked by hand."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.vocabulary import Area, Measure, Period

Wycombe = tuple[list[Line], Comparison, dict[str, ForceChange]]
Wokingham = tuple[list[Line], Comparison]


def by_code(found: tuple) -> dict:
    return {change.measure.code: change for change in found}


def test_nothing_in_wycombe_stands_out(wycombe: Wycombe) -> None:
    lines, comparison, force = wycombe
    found = changes(lines, comparison=comparison, force=force)
    tested = [c for c in found if c.verdict is not None]
    assert len(tested) == 12
    assert {c.verdict for c in tested} <= {"can't tell", "steady"}


def test_three_lines_of_wokingham_possibly_changed(wokingham: Wokingham) -> None:
    lines, comparison = wokingham
    found = by_code(changes(lines, comparison=comparison))
    notable = {code for code, c in found.items() if c.possible and not c.total}
    assert notable == {"drug-possession", "theft-of-vehicle", "theft-from-vehicle"}
    assert not any(c.stands_out for c in found.values())
    assert found["all-crime"].verdict == "possibly higher"
    sheds = found["burglary-sheds-garages"]
    assert sheds.exact_p == pytest.approx(0.043010390)
    assert sheds.p_value > 0.05
    assert found["burglary-sheds-garages"].verdict == "can't tell"


def test_a_line_to_be_confirmed_is_a_state_of_its_own(wokingham: Wokingham) -> None:
    lines, comparison = wokingham
    line = by_code(changes(lines, comparison=comparison))["anti-social-behaviour"]
    assert (line.before, line.after, line.verdict) == (None, None, None)
    assert line.refused == "The figure is to be confirmed."


def test_burglary_is_compared_as_a_total_alone(wycombe: Wycombe) -> None:
    lines, comparison, force = wycombe
    found = by_code(changes(lines, comparison=comparison, force=force))
    total = found["burglary"]
    assert (total.before, total.after, total.change, total.total) == (196, 199, 3, True)
    assert total.ratio == pytest.approx(1.0153061)
    assert total.exact_p == pytest.approx(0.91986019)
    parts = [c for c in found.values() if c.measure.parent == "burglary"]
    assert len(parts) == 5
    assert all("1 April 2017" in c.refused and c.ratio is None for c in parts)
    assert all(c.change is None for c in parts)


def test_a_total_is_not_made_where_a_part_is_missing(wycombe: Wycombe) -> None:
    lines, comparison, _ = wycombe
    fewer = [line for line in lines if line.measure.code != "burglary-sheds-garages"]
    assert "burglary" not in by_code(changes(fewer, comparison=comparison))


def test_the_force_is_held_against_the_area_by_a_test(wycombe: Wycombe) -> None:
    lines, comparison, force = wycombe
    found = by_code(changes(lines, comparison=comparison, force=force))
    assert found["all-crime"].force.gap == "no clear difference"
    assert found["robbery"].force.gap == "no clear difference"
    assert found["burglary"].force is None


@pytest.mark.shared_data
def test_every_line_agrees_with_the_reference(
    shared: Path, wycombe: Wycombe, wokingham: Wokingham
) -> None:
    found = {
        "Wycombe": by_code(changes(wycombe[0], comparison=wycombe[1])),
        "Wokingham": by_code(changes(wokingham[0], comparison=wokingham[1])),
    }
    path = shared / "reference_values" / "seed_reports_expected.csv"
    rows = list(csv.DictReader(path.read_text().splitlines()[1:]))
    checked = 0
    for row in rows:
        if row["report"] not in found or row["offence"].startswith("Burglary total"):
            continue
        change = found[row["report"]][Measure.named(row["offence"]).code]
        assert (change.before, change.after) == (int(row["before"]), int(row["after"]))
        assert change.change == int(row["change"])
        assert change.percent_change == pytest.approx(float(row["pct_change"]), abs=1e-4)
        assert change.ratio == pytest.approx(float(row["rate_ratio"]), rel=1e-6)
        assert change.lower <= float(row["rr_ci95_low"]) * (1 + 1e-6)
        assert change.upper >= float(row["rr_ci95_high"]) * (1 - 1e-6)
        assert change.exact_p == pytest.approx(float(row["p_exact"]), rel=1e-6)
        assert not change.stands_out
        if row["p_bh"]:
            assert change.possible == row["verdict"].startswith("difference")
        checked += 1
    assert checked == 21


def one(code: str, before: int, after: int, **options: object) -> Line:
    return Line(measure=Measure.named(code), before=before, after=after, **options)  # type: ignore[arg-type]


def comparison_of(period: str) -> Comparison:
    span = Period.parse(period)
    return Comparison(
        area=Area("E22000010", "Luton", "csp", "E23000026"),
        period=span,
        baseline=span.baseline(),
        provenance=Provenance("data.police.uk", "2024-02"),
    )


def test_dispersion_is_used_and_named() -> None:
    exact, wide = (
        changes([one("robbery", 100, 140, dispersion=phi)], comparison=comparison_of("2022"))[0]
        for phi in (1.0, 4.0)
    )
    assert exact.verdict == "higher"
    assert wide.verdict == "can't tell"
    assert "Exact" in exact.provenance.method
    assert "vary by themselves, learned" in wide.provenance.method
    assert wide.dispersion == 4.0


def test_a_leap_year_has_a_day_more_to_count_in() -> None:
    change = changes([one("robbery", 365, 366)], comparison=comparison_of("2020"))[0]
    assert change.ratio == pytest.approx(1.0)


def test_caveats_stand_beside_the_number() -> None:
    found = by_code(
        changes(
            [one("drug-offences", 40, 60), one("violence-and-sexual-offences", 900, 800)],
            comparison=comparison_of("2023"),
        )
    )
    drugs = [caveat.kind for caveat in found["drug-offences"].caveats]
    assert drugs == ["police activity", "small numbers"]
    violence = [caveat.text for caveat in found["violence-and-sexual-offences"].caveats]
    assert any("May 2023" in text and "(To be confirmed.)" in text for text in violence)


def test_a_missing_month_refuses_the_comparison_with_its_reason() -> None:
    line = Line(
        measure=Measure.named("robbery"),
        before=None,
        after=10,
        missing="There are no figures for March 2022.",
    )
    change = changes([line], comparison=comparison_of("2023"))[0]
    assert change.refused == "There are no figures for March 2022."
    assert change.verdict is None


def test_the_rest_of_the_force_is_what_an_area_is_held_against() -> None:
    # The area doubled; without it the force stood still.
    force = {"robbery": ForceChange(name="Bedfordshire", percent_change=20, before=500, after=600)}
    change = changes([one("robbery", 100, 200)], comparison=comparison_of("2022"), force=force)[0]
    assert change.force.gap == "above"
    assert change.force.p_value < 1e-6


def test_more_records_with_a_location_alone_make_no_clear_change() -> None:
    # 1,000 to 1,100 is clear as recorded; locations rose from 80 to 88 %, which is all of it
    located = (0.80, 0.88)
    line = one("shoplifting", 1000, 1100)
    plain = changes([line], comparison=comparison_of("2022"))[0]
    allowed = changes([line], comparison=replace(comparison_of("2022"), located=located))[0]
    assert plain.verdict == "higher"
    assert allowed.verdict == "can't tell"
    assert allowed.ratio == pytest.approx(plain.ratio * 0.80 / 0.88)
    assert allowed.percent_change == plain.percent_change
    assert "records without a location" in allowed.provenance.method


def test_the_word_is_of_the_located_ratio_and_its_doubt_is_counted() -> None:
    comparison = replace(comparison_of("2022"), located=(0.70, 0.98))
    change = changes([one("shoplifting", 10_000, 10_500)], comparison=comparison)[0]
    assert change.ratio == pytest.approx(1.05 * 0.70 / 0.98)
    assert change.percent_change == pytest.approx(5)
    assert change.verdict == "can't tell"
