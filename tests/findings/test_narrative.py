"""Sentences: each true against its findings, and readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.findings import Comparison, Line, Provenance, changes
from cspanalysis.findings.narrative import lead, summary, table_title
from cspanalysis.findings.words import in_period, percent_text
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.measure import MeasureTable


def of_luton(period: str) -> Comparison:
    span = Period.parse(period)
    return Comparison(
        area=Area("E22000010", "Luton", "csp", "E23000026"),
        period=span,
        baseline=span.baseline(),
        provenance=Provenance("data.police.uk", "2024-02"),
    )


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_wycombe_reads_as_it_is(wycombe) -> None:
    lines, comparison, force = wycombe
    found = changes(lines, comparison=comparison, force=force)
    assert lead(found) == (
        "All crime is much the same as a year earlier (2,433 against 2,330). "
        "No measure shows a clear change."
    )
    text = plain(" ".join(summary(found)))
    assert "2,433 crimes were recorded in Wycombe from April to June 2017" in text
    assert "against 2,330 from April to June 2016" in text
    assert "4.4 % more, within what chance alone gives" in text
    assert "Taken together, burglary went from 196 to 199." in text
    assert "robbery (8 to 17)" in text
    assert not re.search(r"\brobbery (is|was) (up|down)", text)


def test_wokingham_names_what_stands_out_and_what_is_awaited(wokingham) -> None:
    lines, comparison = wokingham
    found = changes(lines, comparison=comparison)
    assert plain(lead(found)) == (
        "All crime is up 9.4 % on a year earlier (7,504 against 6,858). "
        "Theft from vehicles is up by about a third, "
        "theft of vehicles is up 48 % and recorded drug possession is up by about half."
    )
    text = plain(" ".join(summary(found)))
    assert "Theft from vehicles was up by about a third, from 404 to 534." in text
    assert "shows police activity, not how much drug use there is" in text
    assert "Still to be confirmed: anti-social behaviour." in text
    assert "There is no clear change in the other six measures" in text
    assert table_title(found) == "Three of nine measures show a clear change"


def test_the_three_ways_to_say_when() -> None:
    assert in_period(Period.parse("2023-12")) == "in December 2023"
    assert in_period(Period.parse("FY2022")) == "from April 2022 to March 2023"


CODES = [m.code for m in MeasureTable.shipped() if m.code != "all-crime"]
COUNT = st.one_of(st.none(), st.integers(0, 5), st.integers(0, 5000))


@settings(max_examples=200, deadline=None)
@given(
    rows=st.dictionaries(st.sampled_from(CODES), st.tuples(COUNT, COUNT), max_size=8),
    total=st.tuples(COUNT, COUNT),
    period=st.sampled_from(["2017-04..2017-06", "2019", "2020", "FY2023-Q1", "2023-02"]),
)
def test_no_figures_make_a_sentence_that_misspeaks(rows, total, period) -> None:
    lines = [
        Line(measure=Measure.named(code), before=before, after=after)
        for code, (before, after) in {"all-crime": total, **rows}.items()
    ]
    found = changes(lines, comparison=of_luton(period))
    sentences = [lead(found), table_title(found), *summary(found)]
    text = plain(" ".join(sentences))
    assert not re.search(
        r"\b(nan|None|inf)\b|\[x\]|-0|−0 |\b1 (crimes|offences|measures)\b|  ", text
    )
    for sentence in sentences:
        assert sentence[0].isupper() or sentence[0].isdigit()
    if not any(c.stands_out for c in found):
        assert not re.search(r"\b(up|down|rose|fell)\b", text)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0, 30, "Robbery was up from 0 to 30."),
        (20, 60, "Robbery was up from 20 to 60."),
        (600, 300, "Robbery was down by about half, from 600 to 300."),
    ],
)
def test_small_bases_are_told_in_counts(before: int, after: int, words: str) -> None:
    line = Line(measure=Measure.named("robbery"), before=before, after=after)
    assert words in plain(" ".join(summary(changes([line], comparison=of_luton("2023")))))


YEARS_AND_DAYS = re.compile(r"(?:\b1 )?\b[A-Z][a-z]+ \d{4}\b|\b(?:in|on) \d{4}\b|\bto \d{4}\b")


def grade(text: str) -> float:
    """Flesch-Kincaid grade, syllables counted as groups of vowels."""
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", text) if s]
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9,.'%-]*", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", word.lower()))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(
    ("area", "period"),
    [
        ("wycombe", "2017-04..2017-06"),
        ("wokingham", "2019"),
        ("luton", "2023"),
        ("luton", "FY2022"),
        ("bedford", "2023-10..2023-12"),
        ("central-bedfordshire", "2023-Q2"),
    ],
)
def test_generated_text_reads_easily_and_every_number_is_recorded(area: str, period: str) -> None:
    from cspanalysis import Assessment

    report = Assessment.open(area, period)
    text = plain(f"{report.lead} {report.summary().text}")
    assert grade(text) <= 9
    record = report.headlines().records["application/vnd.cspanalysis.figures+json"]
    known = " ".join(plain(figure["text"]) for figure in record["figures"])
    limits = [limit for figure in record["figures"] for limit in figure["interval"] or ()]
    known += " ".join(plain(percent_text(limit)) for limit in limits)
    known += " ".join(plain(percent_text(-limit)) for limit in limits)
    numbers = re.findall(r"\d[\d,.]*\d|\d", YEARS_AND_DAYS.sub("", text))
    assert len(numbers) > 5
    for number in numbers:
        assert re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d,])", known), number
