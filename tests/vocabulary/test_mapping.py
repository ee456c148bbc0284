"""Mappings of partners' own tables: what may be written, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from cspanalysis.errors import UsageError
from cspanalysis.vocabulary.mapping import declared_in, mapping_files, read_mapping
from cspanalysis.vocabulary.measure import Measure, MeasureTable

HEAD = "source: A council\nfile: x.csv\n"
TABLE = "tables:\n  - area: luton\n    period: 2023\n    measures:\n"


def test_shipped_mappings_are_sound() -> None:
    names = [read_mapping(path).path.stem for path in mapping_files()]
    assert {"homelessness", "rough-sleeping", "children-offending", "fingertips"} <= {*names}


def test_a_measure_that_a_mapping_declares_is_known_everywhere() -> None:
    assert Measure.named("alcohol-related-admissions").good == "lower"
    table = MeasureTable.shipped()
    assert table.with_declared(Measure.named("burglary")) is table


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TABLE + "      - {measure: marac-cases}", "one of count, value, sum"),
        (TABLE + "      - {measure: wishes, count: A}", "or be declared here"),
        (TABLE + "      - {measure: marac-cases, cuont: A}", "did you mean 'count'"),
        (
            TABLE.replace("2023", "soon") + "      - {measure: marac-cases, count: A}",
            "period 'soon'",
        ),
        (TABLE.replace("luton", "lutno") + "      - {measure: marac-cases, count: A}", "luton"),
        (
            TABLE.replace("    period: 2023\n", "") + "      - {measure: marac-cases, count: A}",
            "period is missing",
        ),
    ],
)
def test_a_mapping_that_is_off_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "m.yml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as told:
        read_mapping(path)
    assert "m.yml, line" in str(told.value)
    assert declared_in(tmp_path) == ()


@pytest.mark.parametrize(
    "text",
    [
        TABLE + f"      - {{measure: '{'wish ' * 40_000}', count: A}}",
        TABLE + f"      - {{measure: marac-cases, {'k' * 999}: A}}",
        HEAD + "'" + "a b " * 200 + "': 1\n" + TABLE + "      - {measure: marac-cases, count: A}",
        TABLE.replace("luton", "l" * 200_000) + "      - {measure: marac-cases, count: A}",
    ],
)
def test_a_message_repeats_no_more_than_a_line_of_what_was_written(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "m.yml"
    path.write_text(text if text.startswith(HEAD) else HEAD + text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        read_mapping(path)
    assert 100 < len(str(refused.value)) - len(str(path)) < 900
