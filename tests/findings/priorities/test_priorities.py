"""What the figures say of priorities, on changes worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from cspanalysis.evidence.figures import Provenance, Rate
from cspanalysis.findings.changes.indicators import Indicator
from cspanalysis.findings.changes.trends import trends
from cspanalysis.findings.finding import Change, Mark, Trend
from cspanalysis.findings.priorities.priorities import Sources, priority_findings, proposed
from cspanalysis.partnership import Partnership
from cspanalysis.vocabulary import Area, Measure, Period

YEAR = Period.parse("2023")
LUTON = Area.named("luton")


def change(code: str, before: int | None, after: int | None, **more: Any) -> Change:
    found = Change(
        measure=Measure.named(code),
        area=LUTON,
        period=YEAR,
        baseline=YEAR.baseline(),
        before=before,
        after=after,
        verdict="can't tell",
        rate=Rate(value=1.31, lower=1.06, upper=1.62, per=1000, denominator="residents, mid-2020"),
    )
    return replace(found, **more)


def found_of(*changes: Change, trends_found: tuple[Trend, ...] = ()) -> Sources:
    return Sources(
        changes={c.measure.code: c for c in changes},
        trends={t.measure.code: t for t in trends_found},
        standings={},
        patterns={},
    )


def trend_of(code: str, values: list[int]) -> Trend:
    months = pd.date_range(end="2023-12-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({code: values}, index=months, dtype="Int64")
    return trends(frame, area=LUTON, provenance=Provenance("by hand", "2024"))[0]


def partnership(**priority: Any) -> Partnership:
    return Partnership.model_validate(
        {
            "area": "luton",
            "name": "Luton Community Safety Partnership",
            "priorities": [
                {
                    "key": "homes",
                    "title": "Safer homes",
                    "theme": "crime-and-disorder",
                    "owner": "Chief inspector",
                    "measures": [{"measure": "burglary"}, {"measure": "marac-cases"}],
                    **priority,
                }
            ],
        }
    )


def test_a_priority_leads_with_its_first_measure_that_has_figures() -> None:
    (found,) = priority_findings(partnership(), found_of(change("burglary", 90, 80)))
    assert found.title == "Safer homes"
    assert found.leading is not None
    assert found.leading.measure.code == "burglary"
    assert [measure.code for measure in found.missing] == ["marac-cases"]
    assert found.level == (
        "Burglary was recorded 80 times in 2023, or 1.3 per 1,000 residents (1.1 to 1.6)."
    )
    assert found.change == "The count in 2022 (90) can't be told from it."
    assert found.line == "80 records of burglary (1.3 per 1,000), after 90 in 2022."
    named = priority_findings(partnership(title="Burglary"), found_of(change("burglary", 90, 80)))
    assert named[0].line == "80 recorded (1.3 per 1,000), after 90 in 2022."


def test_counts_of_none_one_and_two_read_right() -> None:
    said = [
        priority_findings(partnership(), found_of(change("burglary", 9, count, rate=None)))[0].level
        for count in (0, 1, 2)
    ]
    assert said == [
        "Burglary was not recorded in 2023.",
        "Burglary was recorded once in 2023.",
        "Burglary was recorded twice in 2023.",
    ]


def test_what_partners_count_is_not_called_a_record() -> None:
    cases = change("marac-cases", 412, 498, rate=None)
    (found,) = priority_findings(partnership(), found_of(cases))
    assert found.level == "There were 498 cases heard at MARAC in 2023."
    assert found.line == "498 cases heard at MARAC, after 412 in 2022."
    none = priority_findings(partnership(), found_of(replace(cases, after=0)))[0]
    assert none.level == "There were no cases heard at MARAC in 2023."


def test_a_count_of_which_months_are_missing_is_not_said_not_to_be_counted() -> None:
    gone = change("burglary", None, None, rate=None, verdict=None, refused="No figures for May.")
    (found,) = priority_findings(partnership(), found_of(gone))
    assert found.level == "How much burglary was recorded in 2023 is not known."
    assert found.line == "Number not known."


def test_a_clear_change_is_told_with_its_interval() -> None:
    risen = change("burglary", 100, 160, verdict="higher", lower=1.24, upper=2.07)
    (found,) = priority_findings(partnership(), found_of(risen))
    assert found.change == (
        "That is clearly higher than in 2022 (100); allowing for chance, the change lies in "
        "+24 to +107\N{NO-BREAK SPACE}%."
    )
    assert "after 100 in 2022" in found.line


def test_what_can_not_be_told_says_what_would_have_shown() -> None:
    unsure = change("burglary", 90, 80, visible=(1.45, 0.68))
    (found,) = priority_findings(partnership(), found_of(unsure))
    assert found.change == (
        "The count in 2022 (90) can't be told from it. Only a rise of "
        "45\N{NO-BREAK SPACE}% or a fall of 32\N{NO-BREAK SPACE}% would have shown."
    )
    large = change("burglary", 4, 6, visible=(5.2, None))
    (found,) = priority_findings(partnership(), found_of(large))
    assert found.change.endswith("Only a rise to over 4 times would have shown.")


def test_whether_it_is_real_is_said_in_a_line() -> None:
    unsure = change("burglary", 90, 80, visible=(1.45, 0.68))
    risen = change("burglary", 100, 160, verdict="higher", lower=1.24, upper=2.07)
    refused = change("burglary", 100, 160, verdict=None, refused="Recording changed.")
    said = [
        priority_findings(partnership(), found_of(*held))[0].real.replace("\N{NO-BREAK SPACE}", " ")
        for held in ((unsure,), (risen,), (refused,), ())
    ]
    assert said == [
        "Burglary: 90 in 2022, then 80; only a fall of 32 % would have shown. So whether that "
        "is real can't be told.",
        "Burglary is clearly higher: 100 in 2022, then 160; allowing for chance, the change lies "
        "in +24 to +107 %.",
        "Burglary was recorded 160 times in 2023. That can't be compared with 2022. Recording "
        "changed.",
        "No figures of burglary or cases heard at MARAC are held for this period.",
    ]


def test_what_can_not_be_compared_says_why() -> None:
    refused = change("burglary", 100, 160, verdict=None, refused="Recording changed.")
    (found,) = priority_findings(partnership(), found_of(refused))
    assert found.change == "That can't be compared with 2022. Recording changed."
    assert found.line == "160 records of burglary (1.3 per 1,000)."


def test_a_priority_without_figures_says_so() -> None:
    (found,) = priority_findings(partnership(), found_of())
    assert found.leading is None
    assert found.line == "None are held yet."
    assert found.level == (
        "No figures of burglary or cases heard at MARAC are held for this period."
    )
    (bare,) = priority_findings(partnership(measures=[]), found_of())
    assert bare.level == "No measure is named for it, so no figure can be shown."


def test_what_partners_gave_is_never_said_not_to_be_there() -> None:
    given = [{"key": "calls", "what": "calls", "source": "A line", "number": 40}]
    (bare,) = priority_findings(partnership(measures=[], figures=given), found_of())
    assert bare.level == "One figure that partners gave stands below."
    assert bare.line == "Partners gave one figure on it."
    marac = Measure.named("cases heard at MARAC")
    heard = Indicator(
        measure=marac,
        period=YEAR,
        number=34,
        denominator=None,
        kept_back=False,
        status="final",
        source="MARAC",
        note="",
    )
    sources = replace(found_of(), indicators={marac.code: heard})
    (told,) = priority_findings(partnership(), sources)
    assert told.level == (
        "No figures of burglary are held for this period. "
        "Partners' figures: cases heard at MARAC (34)."
    )
    (hidden,) = priority_findings(
        partnership(),
        replace(sources, indicators={marac.code: replace(heard, number=None, kept_back=True)}),
    )
    assert "cases heard at MARAC (suppressed)" in hidden.level


def test_months_tell_an_earlier_signal_from_none() -> None:
    drawn = trend_of("burglary", [50, 60] * 7)
    quiet = replace(drawn, variation="common", chart=drawn.chart.assign(meaning="common"))
    once = ["common"] * 2 + ["concern"] + ["common"] * 11
    early = replace(quiet, chart=quiet.chart.assign(meaning=once))
    said = []
    for trend in (early, quiet):
        sources = found_of(change("burglary", 9, 8), trends_found=(trend,))
        (found,) = priority_findings(partnership(), sources)
        assert found.months_title == "Burglary was within the usual range in December 2023"
        said.append(found.months)
    assert said == [
        "December 2023 was as usual; one earlier month shows a signal.",
        "No month up to December 2023 was unusual.",
    ]


def test_a_chart_of_a_step_is_headed_by_it() -> None:
    drawn = replace(trend_of("burglary", [50, 60] * 7), variation="common")
    quiet = replace(drawn, chart=drawn.chart.assign(meaning="common"))
    step = Mark(month=date(2023, 5, 1), kind="step", text="a new system", ratio=1.3, sure=False)
    sources = [
        found_of(change("burglary", 9, 8), trends_found=(replace(quiet, marks=marks),))
        for marks in ((step,), (replace(step, kind="possible step"),))
    ]
    titles = [priority_findings(partnership(), found)[0].months_title for found in sources]
    assert titles == [
        "Burglary may have stepped up by about 30\N{NO-BREAK SPACE}% in May 2023",
        "Burglary was within the usual range in December 2023",
    ]


def test_without_a_file_the_most_notable_measures_are_put_forward() -> None:
    changes = (
        change("all-crime", 9000, 9100, total=True),
        change("violence-and-sexual-offences", 4000, 4100),
        change("shoplifting", 500, 700, verdict="higher"),
        change("robbery", 100, 90),
        change("burglary", 800, 790),
        change("drug-offences", 400, 900, verdict="higher"),
    )
    found = proposed(found_of(*changes))
    assert [f.key for f in found] == ["shoplifting", "violence-and-sexual-offences", "burglary"]
    assert all(f.priority is None for f in found)


def test_a_signal_of_concern_comes_before_a_greater_count() -> None:
    rising = trend_of("robbery", [50, 52, 49, 51, 50, 48, 52, 50, 49, 51, 50, 52, 49, 99])
    assert rising.variation == "concern"
    changes = (change("burglary", 800, 790), change("robbery", 600, 700))
    found = proposed(found_of(*changes, trends_found=(rising,)))
    assert [f.key for f in found] == ["robbery", "burglary"]


def test_targets_of_a_priority_are_its_own() -> None:
    from cspanalysis.findings.priorities.targets import TargetFinding

    held = partnership(
        measures=[{"measure": "burglary", "target": {"at_most": 70}, "by": date(2024, 12, 31)}]
    )
    priority = held.priorities[0]
    target = TargetFinding(
        priority=priority,
        aim=priority.measures[0],
        area=LUTON,
        period=YEAR,
        baseline=YEAR.baseline(),
        reason="There is no figure.",
    )
    sources = replace(found_of(change("burglary", 90, 80)), targets=(target,))
    (found,) = priority_findings(held, sources)
    assert found.targets == (target,)
    assert found.target_text == (
        "Burglary: at most 70 in twelve months by 31 December 2024. There is no figure."
    )


def test_a_line_for_a_board_says_where_the_rate_stands_in_a_sentence_of_its_own() -> None:
    from tests.findings.places.test_comparators import FEW, standing

    (found,) = priority_findings(partnership(), found_of(change("burglary", 90, 80)))
    beside = replace(found, standing=standing((4.4, 3.9, 4.9), FEW))
    assert beside.line == (
        "80 records of burglary (1.3 per 1,000), after 90 in 2022. The rate is above that of "
        "Slough."
    )
