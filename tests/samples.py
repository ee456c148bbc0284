"""Executed notebooks with real figures, for the tests of pages and for looking at them.

``python -m tests.samples FOLDER`` writes them, publishes them and prints the paths.
"""

# ruff: noqa: E501 - tables of figures read better in long lines

from __future__ import annotations

import csv
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd

from cspanalysis import display
from cspanalysis.display import Block, Headline
from cspanalysis.evidence.figures import Caveat, ForceChange, Provenance, Rate
from cspanalysis.findings.finding import Change, Level, Trend
from cspanalysis.production.figures import recorded
from cspanalysis.vocabulary import Area, Measure, Period

SEEDS = (
    Path(__file__).parents[1].parent / "shared" / "reference_values" / "seed_reports_expected.csv"
)
WYCOMBE = Area("E22000318", "Wycombe", "csp", "E23000029")
WOKINGHAM = Area("E22000184", "Wokingham", "csp", "E23000029")
BEDFORD = Area("E22000008", "Bedford", "csp", "E23000026")
HOSTILE = Area("E22000999", '<img src=x onerror="alert(1)">', "csp", "E23000026")
RECLASSIFIED = (
    "The Home Office changed the categories of burglary on 1 April 2017; only the total can be "
    "compared across that day."
)
_OLD_BURGLARY = (("burglary-dwelling", 73), ("burglary-non-dwelling", 123))
_NEW_BURGLARY = (
    ("residential-burglary-dwelling", 56),
    ("burglary-sheds-garages", 74),
    ("burglary-business-and-community", 69),
)


def notebook(
    blocks: list[Block | str], path: Path, *, parameters: dict[str, str] | None = None
) -> Path:
    """Write an executed notebook: a code cell a block, a Markdown cell a text."""
    cells: list[Any] = [
        nbformat.v4.new_markdown_cell(
            "For analysts: run all cells.", metadata={"tags": ["analyst"]}
        ),
        nbformat.v4.new_code_cell(
            f"{parameters or {}}", metadata={"tags": ["injected-parameters"]}
        ),
    ]
    for block in blocks:
        if isinstance(block, str):
            cells.append(nbformat.v4.new_markdown_cell(block))
            continue
        output = nbformat.v4.new_output(
            "execute_result", data=block._repr_mimebundle_(), execution_count=1
        )
        cells.append(nbformat.v4.new_code_cell("assessment.show()", outputs=[output]))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    book = nbformat.v4.new_notebook(cells=cells)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, path)
    return path


def run_record(folder: Path, area: str, period: str, *, failure: str = "") -> Path:
    """Write the run record of a report, as the index reads it."""
    run = {
        "notebook": {"name": "performance-report"},
        "area": {"slug": area, "name": area.capitalize()},
        "period": {"slug": period, "label": period},
        "status": "failed" if failure else "published",
        "started": f"2026-11-2{2 if failure else 1}T01:59:55.000+00:00",
        "inputs": [{"source": "police-uk", "vintage": "2023-12", "sha256": "0" * 64}],
        "finished": f"2026-11-2{2 if failure else 1}T02:00:00.000+00:00",
        "exception": {"name": "StoreError", "message": failure} if failure else None,
    }
    path = folder / area / period / "performance-report.run.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(run), encoding="utf-8")
    executed = path.with_name("performance-report.ipynb")
    if executed.is_file():
        found = recorded(nbformat.read(executed, as_version=4)).text(f"{area}/{period}")
        executed.with_suffix(".figures.json").write_text(found, encoding="utf-8")
    return path


def seed_changes(report: str, area: Area, period: Period) -> list[Change]:
    """Give the lines of a seed report in the order of the measure table."""
    with SEEDS.open(encoding="utf-8") as file:
        lines = [r for r in csv.DictReader(x for x in file if x[0] != "#") if r["report"] == report]
    changes = [_seed_change(line, area, period) for line in lines]
    if report == "Wycombe":
        changes += [_refused(code, before, None, area, period) for code, before in _OLD_BURGLARY]
        changes += [_refused(code, None, after, area, period) for code, after in _NEW_BURGLARY]
    else:
        changes.append(
            Change(
                measure=Measure.named("anti-social-behaviour"),
                area=area,
                period=period,
                baseline=period.baseline(),
                before=None,
                after=None,
                status="to be confirmed",
                refused="The police gave these figures at the meeting; they are yet to be confirmed.",
            )
        )
    order = {m.code: i for i, m in enumerate(_measures())}
    return sorted(changes, key=lambda change: order[change.measure.code])


def wycombe() -> list[Block | str]:
    """Give the blocks of the Wycombe report."""
    period = Period.parse("2017-04..2017-06")
    changes = seed_changes("Wycombe", WYCOMBE, period)
    source = "Thames Valley Police figures as published by Wycombe District Council, 2017"
    total = changes[0]
    return [
        display.cover(
            title="Performance report",
            area=WYCOMBE,
            period=period,
            lead="All crime is much the same as a year ago: 2,433 offences against 2,330. No "
            "kind of crime changed by more than chance would explain.",
            facts={
                "Compared with": period.baseline().label,
                "Edition": "Public",
                "Data": "as published, September 2017",
            },
            edition="public",
        ),
        display.headlines(
            [
                Headline(
                    id="all-crime",
                    label="All crime",
                    value=2433,
                    text="2,433",
                    unit="offences",
                    change_text="4.4 % more than a year before (1.4 % fewer to 11 % more)",
                    verdict="can't tell",
                    source=source,
                ),
                Headline(
                    id="burglary",
                    label="Burglary",
                    value=199,
                    text="199",
                    unit="offences",
                    change_text="196 a year before (17 % fewer to 24 % more)",
                    verdict="can't tell",
                ),
                Headline(
                    id="robbery",
                    label="Robbery",
                    value=17,
                    text="17",
                    unit="offences",
                    change_text="8 a year before; too few to tell",
                    verdict="can't tell",
                ),
                Headline(
                    id="criminal-damage",
                    label="Criminal damage",
                    value=331,
                    text="331",
                    unit="offences",
                    change_text="10 % more than a year before (6 % fewer to 29 % more)",
                    verdict="can't tell",
                ),
            ]
        ),
        "## What changed",
        display.paragraphs(
            "None of the comparable changes can be told from chance. Robbery went from 8 to 17; "
            "with so few, a doubling can happen by itself.",
            "Thames Valley as a whole recorded 15 % more crime than a year before.",
        ),
        display.change_table(
            changes,
            caption="Recorded offences in Wycombe, April to June 2016 and 2017",
            notes=[f"Source: {source}."],
        ),
        "## How far the figures reach",
        display.caveat_list([Caveat("break", RECLASSIFIED), *total.caveats]),
        "## Where the figures came from",
        display.table(
            pd.DataFrame(
                {"Input": ["Published figures"], "Vintage": ["September 2017"], "Rows": [16]}
            ),
            caption="Inputs",
            notes=["Rows are the lines of the published table."],
        ),
        display.record(inputs=[{"source": source, "vintage": "September 2017"}]),
    ]


def wokingham() -> list[Block | str]:
    """Give the blocks of the Wokingham report."""
    period = Period.parse("2019")
    changes = seed_changes("Wokingham", WOKINGHAM, period)
    return [
        display.cover(
            title="Performance report",
            area=WOKINGHAM,
            period=period,
            lead="All crime is higher than a year ago (7,504 against 6,858). Theft from vehicles "
            "is up by about a third and theft of vehicles by about half.",
            facts={"Compared with": "2018", "Edition": "Public", "Data": "as published, March 2020"},
            edition="public",
            marking="OFFICIAL-SENSITIVE",
        ),
        display.headlines(
            [
                Headline(id="all-crime", label="All crime", value=7504, text="7,504", unit="offences",
                         change_text="9.4 % more than in 2018 (5.9 to 13 %)", verdict="higher", tone="bad"),
                Headline(id="theft-from-vehicle", label="Theft from a vehicle", value=534, text="534",
                         unit="offences", change_text="up by a third, from 404 (16 to 51 %)",
                         verdict="higher", tone="bad"),
                Headline(id="drug-possession", label="Drug possession", value=191, text="191",
                         unit="offences", change_text="up by half, from 128 (19 to 88 %)",
                         verdict="higher"),
            ]
        ),
        "## What changed",
        display.change_table(changes, caption="Recorded offences in Wokingham, 2018 and 2019"),
    ]  # fmt: skip


@cache
def bedford(area: Area = BEDFORD) -> list[Block | str]:
    """Give the blocks of a report with months: made-up counts of a realistic size."""
    period = Period.parse("2023")
    source = "data.police.uk, archive of February 2024 (Open Government Licence v3.0)"
    chosen = [m for m in _measures() if m.code in _SIZES]
    trends = [_trend(m, area, i) for i, m in enumerate(chosen)]
    changes = [_monthly_change(t, area, period) for t in trends]
    stand_out = [c for c in changes if c.stands_out]
    return [
        display.cover(
            title="Performance report",
            area=area,
            period=period,
            lead="All crime is lower than a year ago; shoplifting is up by about a third.",
            facts={
                "Compared with": "2022",
                "Data to": "December 2023",
                "Taken": "February 2024",
                "Edition": "Public",
            },
            edition="public",
        ),
        display.headlines([_headline(c, t) for c, t in zip(changes, trends, strict=True)][:4]),
        "## What changed",
        display.paragraphs(f"{len(stand_out)} of {len(changes)} measures changed by more than chance would explain."),
        display.change_table(changes, caption="Recorded offences, 2022 and 2023"),
        "## Month by month",
        display.control_charts(
            trends,
            title="Most measures stay within their usual range; shoplifting does not",
            subtitle="Offences per 30 days, March 2021 to December 2023, with average and limits.",
            source=source,
        ),
        "## Set beside others",
        display.rate_comparison(
            _levels(area, period),
            title=f"{area.name} lies between Luton and Central Bedfordshire",
            subtitle="All crime per 1,000 residents, 2023, with 95 % intervals.",
            source=source,
        ),
        "## How far the figures reach",
        display.bullets("Between 2 and 6 % of rows carry no location.", "Months are as published."),
    ]  # fmt: skip


_SIZES = {
    "all-crime": 1420, "violence-and-sexual-offences": 520, "robbery": 14, "burglary": 62,
    "vehicle-crime": 88, "bicycle-theft": 22, "theft-from-the-person": 18, "shoplifting": 96,
    "other-theft": 110, "criminal-damage-and-arson": 140, "drug-offences": 44,
    "possession-of-weapons": 15, "public-order": 120, "other-crime": 38,
    "anti-social-behaviour": 210,
}  # fmt: skip


def _measures() -> list[Measure]:
    from cspanalysis.vocabulary.measure import MeasureTable

    return list(MeasureTable.shipped())


def _seed_change(line: dict[str, str], area: Area, period: Period) -> Change:
    name = line["offence"].split(" total")[0]
    total = line["verdict"].startswith(("total", "only"))
    stands_out = line["verdict"].startswith("difference")
    verdict = ("higher" if int(line["change"]) > 0 else "lower") if stands_out else "can't tell"
    if name == "All Crime" and area is WOKINGHAM:
        verdict = "higher"
    force = line["force_pct_printed"]
    measure = Measure.named(name)
    caveats = ()
    if measure.police_activity:
        caveats = (Caveat("police activity", "Recorded mostly because police search for it: a rise is activity, not harm."),)  # fmt: skip
    return Change(
        measure=measure,
        area=area,
        period=period,
        baseline=period.baseline(),
        before=int(line["before"]),
        after=int(line["after"]),
        percent_change=float(line["pct_change"]),
        ratio=float(line["rate_ratio"]),
        lower=float(line["rr_ci95_low"]),
        upper=float(line["rr_ci95_high"]),
        verdict=verdict,
        total=total,
        force=ForceChange(name="Thames Valley", percent_change=float(force.rstrip("%"))) if force else None,
        caveats=caveats,
    )  # fmt: skip


def _refused(
    code: str, before: int | None, after: int | None, area: Area, period: Period
) -> Change:
    return Change(
        measure=Measure.named(code), area=area, period=period, baseline=period.baseline(),
        before=before, after=after, refused=RECLASSIFIED,
    )  # fmt: skip


def _trend(measure: Measure, area: Area, seed: int) -> Trend:
    months = pd.date_range("2021-03-01", "2023-12-01", freq="MS")
    rng = np.random.default_rng(seed)
    level = np.where(months < "2022-12-01", 0.85, 1.12) if measure.code == "shoplifting" else 1.0
    values = rng.poisson(_SIZES[measure.code] * level * np.ones(len(months))).astype(float)
    if measure.code == "robbery":
        values[28] = 34.0
    if measure.code == "burglary":
        values[10:12] = np.nan
    if measure.code == "vehicle-crime":
        values[-1] = 140.0
    rebase = 21 if measure.code == "shoplifting" else len(months)
    chart = _chart(values, months, rebase)
    return Trend(
        measure=measure, area=area, chart=chart, unit="offences per 30 days",
        variation=str(chart["meaning"].iloc[-1]),
        provenance=Provenance("data.police.uk", "February 2024"),
    )  # fmt: skip


def _chart(values: np.ndarray, months: pd.DatetimeIndex, rebase: int) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"value": values, "segment": (np.arange(len(values)) >= rebase) * 1}, index=months
    )
    frame["moving_range"] = frame.groupby("segment")["value"].diff().abs()
    parts = frame.groupby("segment")
    frame["mean"] = parts["value"].transform("mean")
    spread = 2.66 * parts["moving_range"].transform("mean")
    frame["lower"], frame["upper"] = (frame["mean"] - spread).clip(lower=0), frame["mean"] + spread
    frame["near_lower"], frame["near_upper"] = (
        frame["mean"] - spread * 2 / 3,
        frame["mean"] + spread * 2 / 3,
    )
    beyond = (frame["value"] > frame["upper"]) | (frame["value"] < frame["lower"])
    frame["signal"] = np.where(beyond, "outside", "common")
    frame["meaning"] = np.where(
        ~beyond, "common", np.where(frame["value"] > frame["mean"], "concern", "improvement")
    )
    return frame


def _monthly_change(trend: Trend, area: Area, period: Period) -> Change:
    values = trend.chart["value"].fillna(trend.chart["value"].mean())
    before, after = int(values["2022"].sum()), int(values["2023"].sum())
    ratio, spread = after / before, np.exp(1.96 * np.sqrt(1 / before + 1 / after))
    clear = ratio / spread > 1 or ratio * spread < 1
    rate = 1000 * after / 185_000
    return Change(
        measure=trend.measure, area=area, period=period, baseline=period.baseline(),
        before=before, after=after, percent_change=100 * (ratio - 1), ratio=ratio,
        lower=ratio / spread, upper=ratio * spread,
        verdict=("higher" if ratio > 1 else "lower") if clear else "can't tell",
        total=trend.measure.code == "all-crime",
        force=ForceChange(name="Bedfordshire", percent_change=100 * (ratio - 1) * 0.6 + 1),
        rate=Rate(value=rate, lower=rate * (1 - 1.96 / after**0.5), upper=rate * (1 + 1.96 / after**0.5),
                  per=1000, denominator="residents, mid-2020"),
    )  # fmt: skip


def _headline(change: Change, trend: Trend) -> Headline:
    from cspanalysis.findings.wording.numbers import count_text, signed_percent_text

    return Headline(
        id=change.measure.code, label=change.measure.label, value=change.after,
        text=count_text(change.after), unit="offences",
        change_text=f"{signed_percent_text(change.percent_change)} on 2022",
        verdict=str(change.verdict), tone="bad" if change.verdict == "higher" else "good",
        spark=tuple(None if v != v else v for v in trend.chart["value"]),
    )  # fmt: skip


def _levels(area: Area, period: Period) -> list[Level]:
    places = [
        ("Luton", 24_300, 225_000),
        (area.name, 17_000, 185_000),
        ("Central Bedfordshire", 18_100, 297_000),
    ]
    force = Area("E23000026", "Bedfordshire", "force")
    rows = [(Area(f"E2200000{i}", n, "csp"), c, d) for i, (n, c, d) in enumerate(places)]
    rows.append((force, sum(c for _, c, _ in places), sum(d for _, _, d in places)))
    return [
        Level(
            measure=Measure.named("all-crime"), area=where, period=period, count=count,
            rate=Rate(value=1000 * count / people, lower=1000 * (count - 1.96 * count**0.5) / people,
                      upper=1000 * (count + 1.96 * count**0.5) / people, per=1000,
                      denominator="residents, mid-2020"),
            emphasis=where.name == area.name,
        )
        for where, count, people in rows
    ]  # fmt: skip


SAMPLES = {
    "wycombe/2017-04-to-2017-06": wycombe,
    "wokingham/2019": wokingham,
    "bedford/2023": bedford,
}


def write_all(folder: Path) -> list[Path]:
    """Write every sample below a folder, laid out as outputs are."""
    return [
        notebook(make(), folder / slug / "performance-report.ipynb")
        for slug, make in SAMPLES.items()
    ]


if __name__ == "__main__":
    from cspanalysis.publication import publish, write_index

    target = Path(sys.argv[1])
    for executed in write_all(target):
        for made in publish(executed, executed.parent):
            sys.stdout.write(f"{made} {made.stat().st_size}\n")
    sys.stdout.write(f"{write_index(target)}\n")
