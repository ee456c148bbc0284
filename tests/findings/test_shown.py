"""Findings as a person meets them in a cell."""

from __future__ import annotations

import pytest

from cspanalysis import Assessment
from cspanalysis.errors import UsageError
from cspanalysis.findings.finding import sentence_of
from cspanalysis.findings.shown import Findings


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


@pytest.mark.parametrize("name", ["changes", "trends", "patterns", "levels"])
def test_a_sequence_is_a_short_text_and_a_typed_frame(luton: Assessment, name: str) -> None:
    found = getattr(luton, name)
    assert len(repr(found).splitlines()) < 20
    assert found._repr_html_().count("<tr>") == len(found) + 1
    assert f"<caption>{name.capitalize()}</caption>" in found._repr_html_()
    frame = found.to_frame()
    assert len(frame) == len(found)
    assert "object" not in {str(kind) for kind in frame.dtypes}


def test_counts_are_whole_numbers_and_a_missing_one_is_missing() -> None:
    frame = Assessment.open("wycombe", "2017-04..2017-06").changes.to_frame()
    assert str(frame["after"].dtype) == "Int64"
    assert frame["after"].isna()["burglary-dwelling"]
    assert (frame["before"]["robbery"], frame["after"]["robbery"]) == (8, 17)


def test_a_finding_shows_as_its_sentence(luton: Assessment) -> None:
    change = luton.changes[0]
    shown = change._repr_mimebundle_()
    assert shown["text/plain"] == sentence_of(change)
    assert shown["text/html"].startswith("<p>There is no clear change in all crime: 18,651 in 2022")
    assert "17,917 in 2023" in shown["text/plain"]
    assert all(len(repr(p)) < 200 for p in luton.patterns)


def test_what_can_t_be_compared_says_why() -> None:
    changes = Assessment.open("wycombe", "2017-04..2017-06").changes
    refused = next(c for c in changes if c.refused)
    assert sentence_of(refused).endswith(refused.refused)


def test_nothing_found_is_said() -> None:
    assert repr(Findings()) == "Nothing was found."
    assert Findings().to_frame().empty
    assert Findings()._repr_html_() == "<p>Nothing was found.</p>"


def test_an_error_is_one_line_in_a_notebook() -> None:
    with pytest.raises(UsageError) as caught:
        Assessment.open("lutonn", "2023")
    lines = caught.value._render_traceback_()
    assert len(lines) == 1
    assert lines[0].startswith("UsageError: area 'lutonn' is not known; did you mean luton")
