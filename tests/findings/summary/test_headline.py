"""Headline figures: which ones, and how their change reads."""

from __future__ import annotations

from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.summary.headline import change_words, chosen


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_all_crime_comes_first_then_what_is_surest_then_the_usual(wycombe, wokingham) -> None:
    quiet = chosen(changes(wycombe[0], comparison=wycombe[1]))
    loud = chosen(changes(wokingham[0], comparison=wokingham[1]))
    assert [c.measure.code for c in quiet] == [
        "all-crime",
        "violence-against-the-person",
        "burglary",
        "robbery",
    ]
    assert [c.measure.code for c in loud] == [
        "all-crime",
        "theft-of-vehicle",
        "theft-from-vehicle",
        "drug-possession",
    ]


def test_the_change_reads_with_its_interval_and_the_earlier_count(wycombe) -> None:
    found = {c.measure.code: c for c in changes(wycombe[0], comparison=wycombe[1])}
    assert plain(change_words(found["all-crime"])) == (
        "+4.4 % (−9.6 to +21 %), from 2,330 a year earlier"
    )
    assert change_words(found["robbery"]) == "from 8 a year earlier"
    assert change_words(found["burglary-dwelling"]) == "not comparable"
