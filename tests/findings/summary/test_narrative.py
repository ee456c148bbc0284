"""Sentences: each true against its findings, and readable."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspanalysis.evidence.comparability import Comparison, Line
from cspanalysis.evidence.figures import ForceChange, Provenance
from cspanalysis.findings.changes.changes import changes
from cspanalysis.findings.finding import Change
from cspanalysis.findings.summary.narrative import lead, summary, table_title
from cspanalysis.findings.wording.numbers import in_period, number_word, percent_text
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
        "All crime shows no clear change on a year earlier (2,330 to 2,433), nor does any "
        "other measure."
    )
    text = plain(" ".join(summary(found)))
    assert "2,433 crimes were recorded in Wycombe from April to June 2017" in text
    assert "against 2,330 from April to June 2016" in text
    assert "4.4 % more, within the usual ups and downs" in text
    assert "Taken together, burglary went from 196 to 199." in text
    assert "robbery (8 to 17)" in text
    assert not re.search(r"\brobbery (is|was) (up|down)", text)


def test_a_period_with_a_missing_month_is_led_by_what_is_not_known() -> None:
    gone = [
        Change(
            measure=Measure.named(code),
            area=Area("E22000010", "Luton", "csp", "E23000026"),
            period=Period.parse("2023"),
            baseline=Period.parse("2022"),
            before=None,
            after=None,
            refused="There are no figures for July 2023.",
        )
        for code in ("all-crime", "burglary")
    ]
    assert lead(gone) == (
        "How much was recorded in 2023 as a whole is not known. There are no figures for July 2023."
    )
    assert lead(()) == "There are no figures that can be compared."


def test_wokingham_names_what_stands_out_and_what_is_awaited(wokingham) -> None:
    lines, comparison = wokingham
    found = changes(lines, comparison=comparison)
    assert plain(lead(found)) == (
        "All crime is possibly up on a year earlier (6,858 to 7,504). "
        "No single measure shows a clear change. Possibly higher: theft of vehicles, "
        "theft from vehicles and drug possession."
    )
    text = plain(" ".join(summary(found)))
    assert "theft from vehicles (404 to 534)" in text
    assert "9.4 % more, possibly a change. The likely rise is between" in text
    assert "Still to be confirmed: anti-social behaviour." in text
    beside = plain(" ".join(summary(found, possible=False)))
    assert "Possibly higher" in text
    assert "ossibly higher" not in beside
    assert "theft from vehicles" not in beside
    quiet = [c for c in found if c.quiet and not c.total]
    assert f"{number_word(len(quiet)).capitalize()} of the " in beside
    assert "measures stay within their usual swings" in beside
    assert "The other six measures show no clear change" in text
    assert table_title(found) == "No measure shows a clear change; three possibly changed"


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
        r"\b(nan|None(?! of)|inf)\b|\[x\]|-0|−0 |\b1 (crimes|offences|measures)\b|  ", text
    )
    for sentence in sentences:
        assert sentence[0].isupper() or sentence[0].isdigit()
    if not any(c.stands_out for c in found):
        assert not re.search(r"\b(up|down|rose|fell)\b", text)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0, 30, r"Robbery (was up|rose|went up) from 0 to 30\."),
        (20, 60, r"Robbery (was up|rose|went up) from 20 to 60\."),
        (600, 300, r"Robbery (was down|fell|went down) by about half, from 600 to 300\."),
        (600, 1, r"Robbery (was down|fell by|went down by) more than 99 %, from 600 to 1\."),
    ],
)
def test_small_bases_are_told_in_counts(before: int, after: int, words: str) -> None:
    line = Line(measure=Measure.named("robbery"), before=before, after=after)
    text = plain(" ".join(summary(changes([line], comparison=of_luton("2023")))))
    assert re.search(words, text)


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


def test_periods_of_unequal_length_are_compared_day_for_day() -> None:
    span = Period.parse("2023-06")
    comparison = Comparison(
        area=Area.named("luton"),
        period=span,
        baseline=Period.parse("2022"),
        provenance=Provenance("Made up", "2024"),
    )
    counted = {"all-crime": (12000, 1310), "robbery": (365, 60), "arson": (40, 9)}
    found = changes(
        [Line(measure=Measure.named(c), before=b, after=a) for c, (b, a) in counted.items()],
        comparison=comparison,
    )
    robbery = next(c for c in found if c.measure.code == "robbery")
    assert robbery.percent_change == pytest.approx(100)  # 60 in 30 days against 365 in 365
    text = plain(f"{lead(found)} {' '.join(summary(found))}")
    assert "All crime is up about a third day for day on 2022 (1,310 against 12,000)." in text
    assert re.search(r"Robbery .* 100 % day for day, with 60 against 365\.", text)
    assert re.search(r"Arson .* day for day, with 9 against 40\.", text)
    assert "from 365 to 60" not in text


def test_what_is_said_of_several_measures_is_said_in_turn_and_always_alike() -> None:
    lines = [
        Line(measure=Measure.named(code), before=200, after=400 + 20 * i)
        for i, code in enumerate(
            ["robbery", "burglary", "arson", "shoplifting", "drug-possession", "drug-trafficking"]
        )
    ]
    found = changes(lines, comparison=of_luton("2023"))
    paragraphs = [plain(p) for p in summary(found)[:6]]
    moves = [re.search(r"(was up|rose|went up)", p)[0] for p in paragraphs]
    assert all(one != other for one, other in pairwise(moves))
    assert len(set(moves)) == 3
    sentences = [s for p in paragraphs for s in re.split(r"(?<=\.) ", p)]
    assert len(set(sentences)) == len(sentences)
    assert sum("shows police activity" in s for s in sentences) == 1
    assert sum(s.startswith("What was said of drug") for s in sentences) == 1
    assert list(summary(tuple(reversed(found)))[:6]) == list(summary(found)[:6])


def test_a_force_that_bears_the_name_of_its_area_is_called_the_force() -> None:
    area = Area.named("dorset")
    span = Period.parse("2023")
    comparison = Comparison(
        area=area, period=span, baseline=span.baseline(), provenance=Provenance("Made up", "2024")
    )
    line = Line(measure=Measure.named("all-crime"), before=1000, after=1010)
    force = {"all-crime": ForceChange(name=area.name, percent_change=30)}
    text = plain(" ".join(summary(changes([line], comparison=comparison, force=force))))
    assert "In the force as a whole the change is +30 %." in text
