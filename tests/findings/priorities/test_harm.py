"""Harm: what is weighed, what is left out, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cspanalysis import Assessment
from cspanalysis.display import harm_table
from cspanalysis.errors import SourceError
from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.priorities.harm_weighing import harm_of
from cspanalysis.findings.wording.numbers import percent_text
from cspanalysis.partnership.harm_weights import read_weights, weights_file
from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable

EXAMPLE = reference("harm-weights-example.csv")


def table(**weights: float) -> pd.DataFrame:
    measures = [name.replace("_", "-") for name in weights]
    return pd.DataFrame(
        {"measure": measures, "weight": list(weights.values()), "table": "own", "version": "1"}
    )


def counted(**counts: tuple[int | None, int | None]) -> tuple[Change, ...]:
    span = Period.parse("2023")
    comparison = Comparison(
        area=Area.named("luton"),
        period=span,
        baseline=span.baseline(),
        provenance=Provenance("Made up", "2024"),
    )
    lines = [
        Line(measure=Measure.named(name.replace("_", "-")), before=before, after=after)
        for name, (before, after) in counts.items()
    ]
    return changes(lines, comparison=comparison)


LINES = {
    "all_crime": (1000, 1000),
    "violence_and_sexual_offences": (400, 400),
    "robbery": (20, 30),
    "shoplifting": (300, 270),
    "possession_of_weapons": (10, 20),
}


def test_total_share_and_cover_by_hand() -> None:
    found = harm_of(counted(**LINES), table(robbery=100, shoplifting=2, possession_of_weapons=50))
    assert found is not None
    assert [(line.measure.code, line.harm) for line in found.lines] == [
        ("robbery", 3000),
        ("shoplifting", 540),
    ]
    assert found.total == 3540
    assert found.coverage == pytest.approx(30)
    assert found.lines[0].share == pytest.approx(100 * 3000 / 3540)
    assert [m.code for m in found.without_weight] == ["violence-and-sexual-offences"]
    assert [m.code for m in found.police_activity] == ["possession-of-weapons"]
    assert found.sentences()[0].replace("\N{NO-BREAK SPACE}", " ") == (
        "Harm is weighed for two of four measures, 30 % of recorded crime. "
        "There is no weight for violence and sexual offences."
    )


def test_the_change_is_a_ratio_with_its_interval_and_never_a_percentage() -> None:
    found = harm_of(counted(**LINES), table(robbery=100, shoplifting=2))
    assert found is not None
    assert found.change is not None
    error = np.sqrt((1e4 * 20 + 4 * 300) / 2600**2 + (1e4 * 30 + 4 * 270) / 3540**2)
    assert found.change.ratio == pytest.approx(3540 / 2600)
    assert found.change.upper == pytest.approx(3540 / 2600 * np.exp(1.959964 * error), rel=1e-6)
    assert found.change.verdict == "can't tell"
    said = found.sentences()[-1]
    assert said == (
        "The harm is 1.36 times that of 2022, or 0.86 to 2.15 allowing for chance: no clear change."
    )


def test_a_total_and_its_parts_are_weighed_once() -> None:
    weights = table(vehicle_crime=5, theft_of_vehicle=9, theft_from_vehicle=3)
    whole = {"vehicle_crime": (100, 100), "theft_of_vehicle": (40, 40)}
    found = harm_of(counted(**whole, theft_from_vehicle=(60, 60)), weights)
    assert found is not None
    assert found.total == 40 * 9 + 60 * 3  # the parts add up: they say more
    found = harm_of(counted(**whole), weights)
    assert found is not None
    assert found.total == 500  # a part alone would leave the rest out


def test_a_comparison_that_was_refused_is_left_out_of_the_change(wycombe) -> None:
    lines, comparison, _ = wycombe
    found = harm_of(changes(lines, comparison=comparison), read_weights(EXAMPLE))
    assert found is not None
    assert found.change is not None
    compared = {m.code for m in found.change.measures}
    assert {"robbery", "arson"} <= compared
    assert not {code for code in compared if "burglary" in code}
    assert "burglary-sheds-garages" in {line.measure.code for line in found.lines}
    assert found.sentences()[-1].startswith("For the seven of these measures that can be compared")


def test_more_records_with_a_location_alone_are_no_rise() -> None:
    grown = counted(robbery=(4000, 4400))
    weights = table(robbery=100)
    plain, allowed = harm_of(grown, weights), harm_of(grown, weights, located=(0.9, 0.99))
    assert plain is not None
    assert allowed is not None
    assert plain.change is not None
    assert allowed.change is not None
    assert plain.change.verdict == "higher"
    assert allowed.change.verdict == "can't tell"
    assert allowed.change.ratio == plain.change.ratio


def test_without_a_weight_or_a_count_there_is_no_finding() -> None:
    assert harm_of(counted(**LINES), table(arson=3)) is None
    assert harm_of(counted(robbery=(3, None)), table(robbery=3)) is None
    nothing = harm_of(counted(robbery=(3, 0)), table(robbery=3))
    assert nothing is not None
    assert nothing.change is None
    assert nothing.lines[0].share is None
    assert "nan" not in " ".join(nothing.sentences())


@pytest.mark.parametrize(
    ("area", "period", "cover"),
    [
        ("luton", "2023", "eight of 13 measures"),
        ("wokingham", "2019", "five of seven measures"),
        ("wycombe", "2017-04..2017-06", "10 of 13 measures"),
    ],
)
def test_real_reports_say_what_their_total_covers(area: str, period: str, cover: str) -> None:
    report = Assessment.open(area, period)
    found = report.harm
    assert found is not None
    assert cover in found.sentences()[0]
    assert found.example
    assert {"harm.total", "harm.ratio", f"harm.{found.lines[0].measure.code}.share"} <= set(
        report.values
    )
    shown = report.harm_table()
    assert "an example, not an index to publish from" in shown.text
    assert found.lines[0].measure.label in shown.text
    assert (percent_text(found.lines[0].share) in shown.text) is not bool(found.graver)
    assert sum(line.share or 0 for line in found.lines) == pytest.approx(100)


def test_a_table_of_the_users_own_is_taken_first(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("CSPANALYSIS_DATA", str(tmp_path))
    assert weights_file() == tmp_path / "reference" / "harm-weights-example.csv"
    own = tmp_path / "harm-weights.csv"
    own.write_text("measure,weight,table,version\nrobbery,9,Ours,3\n", encoding="utf-8")
    assert weights_file() == own
    frame = read_weights(own)
    assert frame.to_dict("records") == [
        {
            "measure": "robbery",
            "weight": 9.0,
            "table": "Ours",
            "version": "3",
            "example": False,
            "unit": "points",
        }
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("measure,weight,table\nrobbery,9,Ours\n", "column 'version': is not there"),
        ("measure,weight,table,version\nrobbery,nine,Ours,3\n", "line 2, column 'weight': 'nine'"),
        ("# note\nmeasure,weight,table,version\nrobbery,-1,O,3\n", "line 3, column 'weight'"),
        ("measure,weight,table,version\na,1,O,3\n\na,2,O,3\n", "line 4, column 'measure': 'a'"),
        ("measure,weight,table,version\na,1,O,3\nb,2,O,4\n", "column 'version': more than one"),
        ("measure,weight,table,version\n", "no weights"),
    ],
)
def test_a_table_that_is_off_names_file_line_and_column(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "harm-weights.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=message) as caught:
        read_weights(file)
    assert str(file) in str(caught.value)


def test_the_shipped_example_weighs_measures_by_their_key_and_no_mixed_category() -> None:
    weights = read_weights(EXAMPLE)
    keys = {measure.harm_weight for measure in MeasureTable.shipped()}
    assert set(weights["measure"]) <= keys
    assert weights["example"].all()
    mixed = {"violence-and-sexual-offences", "criminal-damage-and-arson", "burglary"}
    assert not mixed & set(weights["measure"])


def test_a_handful_of_grave_offences_is_too_few_to_tell_a_change() -> None:
    few = {"all_crime": (60, 47), "robbery": (3, 0), "shoplifting": (20, 18)}
    found = harm_of(counted(**few), table(robbery=365, shoplifting=1))
    assert found is not None
    assert found.change is None
    assert "too few grave offences" in found.sentences()[2]
    many = harm_of(counted(**few), table(shoplifting=1))
    assert many is not None
    assert many.change is not None


def test_nothing_leads_the_harm_while_the_gravest_carry_no_weight() -> None:
    """Street counts hold violence as one line: rape and homicide weigh more than robbery."""
    weights = read_weights(EXAMPLE)
    found = harm_of(counted(**LINES), weights)
    assert found is not None
    assert [m.code for m in found.graver] == ["violence-and-sexual-offences"]
    shown = harm_table(found).text
    assert "not ranked by harm" in shown
    assert "leads the harm" not in shown
    assert "of this harm" not in shown
    graver = {"homicide": (1, 1), "rape": (30, 30), "robbery": (20, 30)}
    whole = harm_of(counted(**graver), weights)
    assert whole is not None
    assert not whole.graver
    assert "leads the harm" in harm_table(whole).html
