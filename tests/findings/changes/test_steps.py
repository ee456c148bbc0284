"""Steps on charts: their reasons, what else starts a segment, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from cspanalysis.display.chart_labels import mark_text
from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.changes.steps import (
    Step,
    _alike,
    _before_a_gap,
    _is_counted,
    _sentence,
    borne_out,
    marks_of,
    step_sentences,
    steps_of,
)
from cspanalysis.findings.changes.trends import signals, trends, trends_title
from cspanalysis.findings.finding import Change, Mark
from cspanalysis.partnership.event import Event
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp", "E23000026")
ORIGIN = Provenance("Street-level crime, data.police.uk", "2024-02")
MONTHS = [month.date() for month in pd.date_range("2021-03-01", "2023-12-01", freq="MS")]
ROBBERY, ORDER = Measure.named("robbery"), Measure.named("public-order")


def marks(measure: Measure, *steps: Step, events: tuple[Event, ...] = ()) -> tuple[Mark, ...]:
    return marks_of(
        measure, area=LUTON, months=MONTHS, steps=steps, events=events, source=ORIGIN.source
    )


def test_a_break_within_two_months_is_the_reason_of_a_step() -> None:
    (mark,) = marks(ORDER, Step(date(2023, 3, 1), 0.8, True))
    assert (mark.kind, mark.month, mark.starts) == ("step", date(2023, 3, 1), True)
    assert mark.text.startswith("Since May 2023 fewer crimes are recorded")
    step, crossed = marks(ORDER, Step(date(2022, 11, 1), 0.8, True))
    assert (step.text, crossed.kind, crossed.month) == ("", "break", date(2023, 5, 1))


def test_a_break_that_would_move_counts_the_other_way_is_no_reason_of_a_step() -> None:
    step, crossed = marks(ORDER, Step(date(2023, 4, 1), 1.3, True))
    assert (step.kind, step.text) == ("step", "")
    assert (crossed.kind, crossed.month) == ("break", date(2023, 5, 1))
    violence = Measure.named("violence-and-sexual-offences")
    (unsaid, _) = marks(violence, Step(date(2022, 6, 1), 1.3, True))
    assert unsaid.text.startswith("Non-fatal strangulation"), "its source does not say which way"


def test_what_is_told_of_a_step_holds_no_brackets_within_brackets() -> None:
    (mark,) = marks(ORDER, Step(date(2023, 5, 1), 0.8, True, elsewhere=0.85))
    assert _sentence(mark, ORDER) == (
        "Public order offences stepped down by about 20 % in May 2023 (the rest of the force went "
        "down too, by about 15 %). At that time: Since May 2023 fewer crimes are recorded where "
        "one incident holds several: violence without injury, stalking, harassment, public order, "
        "to be confirmed."
    ).replace(" %", "\N{NO-BREAK SPACE}%")


def test_an_event_is_a_reason_or_starts_a_segment_of_its_own_measures() -> None:
    patrol = Event(date=date(2022, 10, 14), what="A new patrol", measures=(ROBBERY,))
    (alone,) = marks(ROBBERY, events=(patrol,))
    assert (alone.kind, alone.month, alone.text, alone.starts) == (
        "event", date(2022, 10, 1), "A new patrol", True,
    )  # fmt: skip
    (step,) = marks(ROBBERY, Step(date(2022, 11, 1), 0.7, True), events=(patrol,))
    assert (step.kind, step.text) == ("step", "A new patrol")
    assert [mark.kind for mark in marks(ORDER, events=(patrol,))] == ["break"]


def test_a_segment_is_left_six_months() -> None:
    late = Event(date=date(2023, 8, 1), what="Late")
    (mark,) = marks(ROBBERY, events=(late,))
    assert not mark.starts
    near = Event(date=date(2022, 7, 1), what="Near")
    step, event = marks(ROBBERY, Step(date(2022, 1, 1), 1.5, True), events=(near,))
    assert (step.starts, event.starts) == (True, True)
    event, step = marks(ROBBERY, Step(date(2022, 11, 1), 1.5, True), events=(near,))
    assert (event.starts, step.starts) == (False, True)  # July to October are four months


def test_what_may_be_a_step_starts_nothing_and_takes_no_break_away() -> None:
    found = marks(ORDER, Step(date(2023, 5, 1), 0.8, False))
    assert [(mark.kind, mark.starts) for mark in found] == [
        ("possible step", False), ("break", True),
    ]  # fmt: skip


def monthly(levels: list[float], code: str = "robbery", start: str = "2021-09-01") -> pd.DataFrame:
    random = np.random.default_rng(3)
    index = pd.date_range(start, periods=len(levels), freq="MS")
    return pd.DataFrame({code: pd.array(random.poisson(levels), dtype="Int64")}, index=index)


def charted(levels: list[float], month: date, *, start: str = "2021-09-01"):
    step = Step(month, 2.0, True)
    return trends(
        monthly(levels, start=start), area=LUTON, provenance=ORIGIN, steps={"robbery": [step]}
    )


def test_a_chart_starts_anew_at_a_step_and_flags_nothing_of_it() -> None:
    levels = [30.0] * 14 + [60.0] * 14
    plain = trends(monthly(levels), area=LUTON, provenance=ORIGIN)[0]
    assert (plain.chart["signal"] != "common").sum() > 20
    (trend,) = charted(levels, date(2022, 11, 1))
    assert trend.chart["segment"].tolist() == [0] * 14 + [1] * 14
    assert (trend.chart["signal"] == "common").all()
    assert trend.newest == date(2022, 11, 1)


def test_a_short_newest_segment_bears_no_icon_and_says_so() -> None:
    found = charted([30.0] * 20 + [60.0] * 8, date(2023, 5, 1))
    assert found[0].variation == "none"
    assert signals(found) == ()
    assert trends_title(found) == "Too few months have passed since averages were set anew"
    assert found[0].caveats[0].text.startswith("Average and limits since May 2023 rest on few")


def test_months_under_restrictions_take_no_part_in_limits() -> None:
    levels = [5.0] * 5 + [30.0] * 20
    (trend,) = trends(monthly(levels, start="2021-03-01"), area=LUTON, provenance=ORIGIN)
    assert trend.chart["signal"].isna().tolist() == [True] * 5 + [False] * 20
    assert trend.chart["value"].notna().all()
    assert trend.chart["mean"].iloc[0] == pytest.approx(trend.chart["value"].iloc[5:].mean())


def test_restrictions_in_the_midst_of_a_series_take_no_part_either() -> None:
    index = pd.date_range("2019-03-01", "2022-12-01", freq="MS")
    within = (index >= "2020-03-01") & (index <= "2021-07-01")
    frame = pd.DataFrame({"robbery": np.where(within, 5, 30)}, index=index)
    (trend,) = trends(frame, area=LUTON, provenance=ORIGIN)
    assert trend.chart["signal"].isna().tolist() == within.tolist()


def change(verdict: str | None) -> Change:
    period = Period.parse("2023")
    return Change(
        measure=ROBBERY, area=LUTON, period=period, baseline=period.baseline(), before=300,
        after=400, verdict=verdict,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_step_says_no_more_than_the_word_of_its_line() -> None:
    found = charted([30.0] * 14 + [60.0] * 14, date(2022, 11, 1))
    sure = "Robbery stepped up by about 100\N{NO-BREAK SPACE}% in November 2022 "
    assert step_sentences(borne_out(found, [change("higher")])) == (f"{sure}(no reason recorded).",)
    (said,) = step_sentences(borne_out(found, [change("can't tell")]))
    assert said.startswith("Robbery may have stepped up by about 100")
    earlier = charted([30.0] * 14 + [60.0] * 14, date(2021, 12, 1), start="2020-10-01")
    assert step_sentences(borne_out(earlier, [change("can't tell")]))[0].startswith(
        "Robbery stepped up"
    )


def test_a_step_without_an_earlier_count_to_compare_is_as_sure_as_it_was_found() -> None:
    found = charted([30.0] * 14 + [60.0] * 14, date(2022, 11, 1))
    alone = replace(change(None), before=None)
    (said,) = step_sentences(borne_out(found, [alone]))
    assert said.startswith("Robbery stepped up by about 100")
    hidden = replace(alone, kept_back=frozenset({"before"}))
    barred = change(None)  # two counts that must not be compared
    for one in (hidden, barred):
        (said,) = step_sentences(borne_out(found, [one]))
        assert said.startswith("Robbery may have stepped up")


def test_a_step_after_missing_months_lies_between_them() -> None:
    before, first = date(2022, 3, 1), date(2024, 1, 1)
    step = Step(first, 5.85, True, after=before)
    known = [day.date() for day in pd.date_range("2021-03-01", before, freq="MS")]
    known += [day.date() for day in pd.date_range(first, "2024-12-01", freq="MS")]
    told = {"area": LUTON, "months": known, "steps": [step], "source": ORIGIN.source}
    fell = told | {"steps": [replace(step, ratio=0.5)]}
    (crossed,) = marks_of(ORDER, **fell)  # type: ignore[arg-type]
    assert crossed.text.startswith("Since May 2023 fewer crimes are recorded")
    (mark,) = marks_of(ROBBERY, **told)  # type: ignore[arg-type]
    assert (mark.month, mark.after, mark.text) == (first, before, "")
    assert mark_text(mark) == "level +485\N{NO-BREAK SPACE}%, by Jan 2024"
    assert _sentence(mark, ROBBERY) == (
        "Robbery stepped up by about 485\N{NO-BREAK SPACE}% between March 2022 and January 2024, "
        "the months between being missing or short (no reason recorded)."
    )


def test_a_step_says_where_the_rest_of_the_force_moved_alike() -> None:
    step = Step(date(2022, 11, 1), 1.5, True, elsewhere=1.4)
    (mark,) = marks(ROBBERY, step)
    assert _sentence(mark, ROBBERY) == (
        "Robbery stepped up by about 50\N{NO-BREAK SPACE}% in November 2022 (no reason recorded; "
        "the rest of the force went up too, by about 40\N{NO-BREAK SPACE}%)."
    )
    assert [_alike(*one) for one in ((1.5, 1.4), (0.7, 0.8), (1.5, 0.7), (1.5, 1.1))] == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_rest_of_a_few_counts_has_no_level_to_move() -> None:
    months = pd.date_range("2021-03-01", periods=24, freq="MS")
    few = pd.Series([0.0] * 12 + [9.0] * 12, index=months)
    assert not _is_counted(few, months[12])
    assert _is_counted(few + 3, months[12])
    assert not _is_counted(None, months[12])


def test_two_missing_months_leave_a_step_its_month() -> None:
    searched = [date(2021, 11, 1), date(2022, 2, 1), date(2022, 3, 1), date(2022, 7, 1)]
    assert _before_a_gap(searched, date(2022, 2, 1)) is None
    assert _before_a_gap(searched, date(2022, 7, 1)) == date(2022, 3, 1)


def test_the_steps_of_the_shipped_counts() -> None:
    found = steps_of(Store.open(), Area.named("luton"), date(2023, 12, 31))
    (order,) = found["anti-social-behaviour"]
    assert (order.month, order.sure) == (date(2022, 2, 1), True)
    assert order.ratio == pytest.approx(0.755, abs=0.01)
    assert order.after == date(2021, 10, 1)  # November to January are short in the later edition
    early = steps_of(Store.open(), Area.named("luton"), date(2022, 9, 30))
    assert early == {}  # nineteen months are too few
