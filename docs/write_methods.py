"""Write docs/methods.md from the docstrings of the methods: ``python docs/write_methods.py``.

What a method does, its formula and its reference come from its docstring; the question it answers
and when not to use it stand here; each worked example is run on the counts that the project ships.
How often words are false comes from what the calibration measured.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from pathlib import Path
from typing import Any

import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

START = """
import pandas as pd
from cspanalysis.methods import *
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Period

store = Store.open()
luton = Area.named("luton")
months = store.monthly(luton)
year_2022, year_2023 = (months.loc[year].sum() for year in ("2022", "2023"))
rest = store.monthly(Area.named("bedfordshire-force")) - months
rest_2022, rest_2023 = (rest.loc[year].sum() for year in ("2022", "2023"))
lsoas = store.by_area("lsoa", within=luton, period=Period.parse("2023"))
residents, _ = store.people.residents_of_small_areas(luton, period=Period.parse("2023"))
deprived = store.people.deprivation(luton).loc[lsoas.index]
persons = store.people.denominator(luton, "persons", period=Period.parse("2023")).value
"""

CALIBRATED = "Comparing two periods"

METHODS: dict[str, list[tuple[str, str, str, str]]] = {
    "Intervals and rates": [
        ("poisson_interval", "Within which limits may the true level behind a count lie?",
         "several offences by one group in one night: such counts vary more than Poisson's",
         'poisson_interval(int(year_2023["robbery"]))'),
        ("dispersed_interval", "And where its months go up and down more than chance gives?",
         "a trend or a season still in the counts that the dispersion was learned from",
         'dispersed_interval(int(year_2023["robbery"]), '
         'dispersion=1.5)'),
        ("wilson_interval", "How sure is a percentage?", "weighted surveys: see `survey_share`",
         "wilson_interval(29, 107)"),
        ("newcombe_interval", "By how much do two percentages differ?",
         "shares of the same people asked twice", "newcombe_interval(29, 107, 12, 59)"),
        ("rate", "How much is that per thousand persons, households or vehicles?",
         "places where few live and many come: a town centre has no fair rate per resident",
         'rate(int(year_2023["burglary"]), persons).round(2)'),
        ("proportion", "What share is that, and how sure is it?", "counts that are not part of "
         "their denominator", "proportion(29, 107).round(3)"),
    ],
    "Comparing two periods": [
        ("compare", "Is the change more than chance gives?",
         "periods on both sides of a break in recording; months picked because they stood out",
         'compare(int(year_2022["robbery"]), int(year_2023["robbery"])).round(3)'),
        ("count_noise", "How much do counts vary by themselves, learned from months and lines?",
         "series of less than two years; for them `borrowed_noise` lends one",
         'count_noise(months, period=months.index[-12:], baseline=months.index[-24:-12]).round(2)'
         '[["mean", "dispersion", "noise", "period_noise", "freedom"]].head(3)'),
        ("borrowed_noise", "How much does a published total vary whose months nobody holds?",
         "counts whose months are held", "round(borrowed_noise(1200), 2)"),
        ("steps", "From which month on does a count stand at another level?",
         "slow changes; a rise that soon falls back; months that were recorded in part",
         'steps(months)[["line", "month", "ratio", "sure"]]'),
        ("smallest_change", "How large a change would have shown?",
         "saying that there was none: it tells what the comparison could see",
         'round(smallest_change(258, noise=3.9), 2)'),
        ("dispersion", "Do counts of one kind vary more than chance alone?",
         "series with a season or trend: see `count_noise`",
         'dispersion(months["robbery"])'),
        ("adjust", "Which of many p-values stand, when false alarms are kept rare?",
         "one question that was asked before the figures were seen",
         "adjust([0.001, 0.02, 0.04, 0.6])"),
        ("verdict", "Which word may be printed?", "lines with too few counted for a percentage",
         "verdict([0.003, 0.04], [0.01, 0.3], [1.4, 1.1])"),
        ("compare_changes", "Did the area change otherwise than the rest of its force?",
         "a force that is mostly this area",
         'compare_changes(year_2022, year_2023, rest_2022, rest_2023).round(3).head(3)'),
    ],
    "Control charts": [
        ("xmr", "Which months stand out from this series' usual variation?",
         "series with a season: see `seasonal_choice`; fewer than 13 points",
         'xmr(per_day(months["vehicle-crime"]))[["value", "lower", "upper", "signal"]]'
         ".tail(3).round(2)"),
        ("watch", "Do the newest months leave what all months before them led to expect?",
         "less than two years at one level; finding when a lasting change began: see `steps`",
         'watch(months)[["line", "month", "score", "alarm"]].tail(3).round({"score": 1})'),
        ("seasonal_choice", "Is the series to be charted as it is, or without its season?",
         "series of less than two years: they are charted as they are",
         'seasonal_choice(months["anti-social-behaviour"])[1:]'),
        ("per_day", "What is it a day, months being of unequal length?", "rates",
         'per_day(months["burglary"]).tail(2).round(2)'),
        ("beyond", "Which points lie beyond the limits?", "", ""),
        ("trend", "Which points rise, or fall, in one run?", "", ""),
        ("two_of_three", "Which points come near a limit, two in three?", "", ""),
        ("shift", "Which points stay on one side of the mean, in one run?", "", ""),
        ("variation", "What does the last point say?", "charts of fewer than 13 points",
         'variation(xmr(per_day(months["vehicle-crime"])))'),
        ("assurance", "Will the target be met if nothing changes?", "series without a target",
         'assurance(xmr(per_day(months["vehicle-crime"]), target=5.0))'),
    ],
    "Comparing areas": [
        ("funnel", "Which areas differ by more than their size explains?",
         "ranking: what lies within the limits has no order; few counts a place",
         'funnel(lsoas["burglary"], lsoas["all-crime"], kind="proportion")["position"]'
         ".value_counts()"),
        ("funnel_limits", "And where do its curves run, for places of any size?",
         "a funnel of proportions or ratios", "funnel_limits(lsoas['burglary'], "
         "[1500] * len(lsoas), sizes=[500, 5000]).round(4)"),
        ("shrunken_rates", "Whose rate exceeds that of all together, small areas allowed for?",
         "areas that have little to do with one another",
         'shrunken_rates(lsoas["burglary"], 1500, noise=1.2)[["rate", "shrunken", "exceeds"]]'
         ".head(3).round(2)"),
        ("nearest", "Which areas are most alike?", "replacing a published most similar group", ""),
        ("rank", "Where does the area stand among its peers?", "few peers, close together",
         'rank(lsoas["all-crime"]).nsmallest(3)'),
        ("peer_summary", "What is usual among peers?", "fewer than five peers",
         'peer_summary(lsoas["all-crime"])'),
        ("position", "Is the area within the middle half of its peers?", "tests of difference", ""),
        ("rank_chances", "How sure is a rank?",
         "areas that differ in more than chance and size: a rank says nothing of why",
         'rank_chances([400, 200, 205], 100_000, top=1).round(2)'),
        ("rank_interval", "Between which ranks does the area lie?",
         "areas that differ in more than chance and size; a handful of areas: see `rank_chances`",
         'rank_interval(lsoas["all-crime"], pd.Series(1, lsoas.index), lsoas.index[0])'),
    ],
    "Season and forecast": [
        ("seasonal_profile", "Which months are usually high?",
         "less than two years; years that were none, such as 2020 (try `robust=True`)",
         'seasonal_profile(months["all-crime"])[["index", "lower", "upper"]].round(2).head(3)'),
        ("usual_range", "Which counts would be usual for each month of the year?",
         "series that rise or fall for years: what is usual in them changes",
         'usual_range(months["burglary"])[["expected", "lower", "upper"]].round().head(3)'),
        ("seasonally_adjust", "What would the month be without its season?",
         "months with next to nothing counted",
         'seasonally_adjust(months["all-crime"]).tail(3).round()'),
        ("stl", "What are season, trend and remainder of a series?", "series with gaps",
         'stl(months["all-crime"]).tail(2).round(1)'),
        ("forecast", "What is to be expected if things go on as they did?",
         "after a break in recording, or when something has just been done about it",
         'forecast(months["vehicle-crime"], horizon=3).round()'),
        ("backtest", "How good would such forecasts have been?", "series below 27 months",
         'backtest(months["vehicle-crime"]).round(2)'),
        ("rolling_forecasts", "What was forecast when, and what came?", "short series",
         'rolling_forecasts(months["vehicle-crime"]).tail(2).T'),
        ("forecast_against_outturn", "Did last year's forecast hold?", "", ""),
        ("naive_forecast", "What does the simplest forecast say?", "decisions", ""),
        ("seasonal_naive_forecast", "What does last year say?", "decisions", ""),
        ("airline_forecast", "What does the textbook's seasonal model say?",
         "series of few crimes, or below five years", ""),
    ],
    "Places": [
        ("gini", "How unequally is crime spread over places?",
         "more places than crimes: see `generalised_gini`",
         'round(gini(lsoas["burglary"]), 3)'),
        ("generalised_gini", "How unequally, where there are more places than crimes?", "rates",
         'round(generalised_gini(lsoas["robbery"]), 3)'),
        ("concentration", "What share of places holds a quarter, or half, of crime?",
         "few crimes: some places must have none",
         'concentration(lsoas["robbery"]).shares'),
        ("hot_spots", "Where do high values gather?",
         "counts of areas of unequal size; points snapped to anchor points", ""),
        ("slope_index", "How does the rate climb from the least to the most deprived places?",
         "few places; small areas of a town centre, where few live and many come",
         'slope_index(lsoas["burglary"], residents, deprived["rank"]).round(3)'),
        ("prediction_accuracy_index", "How well did a map foretell where crime would be?",
         "the months from which the map was made",
         'prediction_accuracy_index(lsoas["burglary"], lsoas["all-crime"]).round(2).head(3)'),
    ],
    "Harm": [
        ("harm", "Which offences do most harm, not only which are most frequent?",
         "standing alone: a total of harm is led by few grave offences", ""),
        ("harm_total", "How much harm in all, and how sure?", "comparing versions of weights", ""),
        ("harm_ratio", "Did harm change more than chance gives?",
         "a percentage without its interval: few grave offences move it", ""),
    ],
    "Did it work?": [
        ("weighted_displacement_difference", "Did crime fall more where something was done?",
         "a handful of crimes; a control area that differs from the start",
         "weighted_displacement_difference([207, 110], [308, 318]).round(2)"),
        ("weighted_harm_difference", "The same, weighed by harm?", "few grave offences", ""),
        ("interrupted_series", "Did level or slope change when something was done?",
         "when other things changed in the same month",
         'interrupted_series(months["vehicle-crime"], start="2022-10").round(2)'),
    ],
    "What people say": [
        ("survey_share", "What share of people thinks so?",
         "speaking for residents where the sample chose itself", "survey_share([1, 1, 0, 1]).T"),
        ("design_effect", "What do unequal weights cost?", "clustered samples: it is more",
         "design_effect([1, 1, 0.5, 2])"),
    ],
    "What to put first": [
        ("priority_scores", "In which order do the issues come?",
         "deciding: a score orders the talk, people decide", ""),
        ("rank_sensitivity", "Does the order survive small changes of mind?", "fewer than three "
         "issues", ""),
    ],
    "Revisions and disclosure": [
        ("revision", "What moved because it was revised, and what because it is new?",
         "vintages on different areas or counting rules",
         'revision(months["robbery"].head(12), months["robbery"].head(15))'),
        ("revised_months", "Which months were revised?", "the same",
         'revised_months(months["robbery"].head(2), months["robbery"].head(3))'),
        ("suppress", "Which counts must be hidden, and which others with them?",
         "tables of rates beside their counts: hide both",
         'suppress(lsoas[["robbery", "burglary", "shoplifting"]].head(4))'),
        ("protect", "And where counts add up in more ways than rows and columns?",
         "one table alone: `suppress` is quicker",
         'protect(pd.Series({"a1": 3, "a2": 20, "a": 23, "b1": 9, "b2": 30, "b": 39}), sums=[\n'
         '    {"a1": 1, "a2": 1, "a": -1}, {"b1": 1, "b2": 1, "b": -1},\n'
         '    {"a1": 1, "b1": 1}, {"a2": 1, "b2": 1}, {"a": 1, "b": 1}])'),
        ("audit", "Can anybody work out what is hidden?",
         "editions between which counts were revised",
         'audit(suppress(lsoas[["robbery", "burglary", "shoplifting"]].head(4)))'),
    ],
}  # fmt: skip


def description(doc: str) -> str:
    """Give summary and formula: all that stands before the first heading."""
    body = re.split(r"\n\w[\w ]*\n-{3,}\n", doc)[0].strip()
    body = re.sub(r"``(.+?)``", r"`\1`", body, flags=re.DOTALL)
    return re.sub(r"::\n", ":\n", body)


def section(doc: str, name: str) -> str:
    """Give one section of a docstring as running text; empty where there is none."""
    found = re.search(rf"\n{name}\n-+\n(.*?)(?=\n\w[\w ]*\n-{{3,}}\n|\Z)", doc, flags=re.DOTALL)
    return " ".join(found.group(1).split()) if found else ""


# Digits beyond the tenth depend on the processor that linear algebra was written for.
_DIGITS = re.compile(r"\d+\.\d{9,}(?:e[-+]?\d+)?")


def worked(code: str, names: dict[str, Any]) -> str:
    """Run an example and show it with its answer."""
    expression = compile(ast.parse(code, mode="eval"), "example", "eval")
    with pd.option_context("display.width", 96, "display.max_columns", 20):
        found = _DIGITS.sub(lambda n: f"{float(n[0]):.10g}", str(eval(expression, names)))
        answer = "\n".join(line.rstrip() for line in found.split("\n"))
    return f"```text\n{code}\n\n{answer}\n```\n"


def entry(row: tuple[str, str, str, str], names: dict[str, Any]) -> str:
    """Write one method."""
    name, question, not_for, code = row
    doc = inspect.getdoc(names[name]) or ""
    lines = [f"### {name}\n", f"**{question}**\n", f"{description(doc)}\n"]
    lines += [f"*Not for:* {not_for}.\n"] if not_for else []
    lines += [f"*Reference:* {section(doc, 'References')}\n"] if section(doc, "References") else []
    lines += [worked(code, names)] if code else []
    return "\n".join(lines)


def calibration() -> str:
    """Quote how often reports in which nothing changed have a clear word, and real changes one."""
    results = (HERE.parent / "benchmarks" / "calibration" / "RESULTS.md").read_text("utf-8")
    words = results.split("<!-- words -->")[1].split("<!-- ")[0]
    alarms, power = (re.findall(r"^\|.*\|$", part, re.M) for part in words.split("### Power"))
    whole = [row for row in power if not re.search(r"\| (5|100) to |\| 1,000 ", row)]
    return "\n".join(
        [
            "How often the words that a reader meets are false where nothing changed in a report of"
            "\n14 lines, as `benchmarks/calibration` measured it:\n",
            *alarms,
            "\nAnd how often a change of three of the 14 lines, of 5 to 1,000 counts a year, gets"
            "\nits word:\n",
            *whole,
            "",
        ]
    )


def page() -> str:
    """Write the whole page."""
    names: dict[str, Any] = {}
    exec(START, names)
    lines = [
        "# The methods\n",
        "Made by `python docs/write_methods.py` from the docstrings; do not edit. Parameters,"
        "\nunits, edge cases and errors stand in the docstrings (`help(...)`).\n",
        f"The worked examples run on the counts that the project ships, after this:\n\n```python"
        f"{START}```\n",
    ]
    for heading, rows in METHODS.items():
        lines += [f"## {heading}\n", *([calibration()] if heading == CALIBRATED else [])]
        lines += [entry(row, names) for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    (HERE / "methods.md").write_text(page(), encoding="utf-8")
