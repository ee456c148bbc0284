"""What the verbs of a report show: findings of the reports, put together for one question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cspanalysis import display
from cspanalysis.blocks.block import Block, element
from cspanalysis.explore.choropleth import Show, ward_map
from cspanalysis.findings.changes.patterns import concentration_of
from cspanalysis.findings.changes.trends import no_trends, trends_subtitle
from cspanalysis.findings.finding import Change, sentence_of
from cspanalysis.findings.places.comparators import standings
from cspanalysis.findings.places.custom import CustomAreas
from cspanalysis.findings.places.gradient import gradient_of
from cspanalysis.findings.places.peers import comparators_of
from cspanalysis.findings.places.spots import hot_spots_of, no_spots, stayed_sentence
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import (
    NOT_AVAILABLE,
    SUPPRESSED,
    count_text,
    in_period,
    rate_text,
)
from cspanalysis.findings.wording.sentences import sentence
from cspanalysis.reports.changed import trends_in
from cspanalysis.reports.facts import Facts
from cspanalysis.vocabulary import Area, Measure
from cspanalysis.vocabulary.listed import joined, many

if TYPE_CHECKING:
    from cspanalysis.findings.finding import Trend

__all__ = [
    "by_ward",
    "changed",
    "compared",
    "gathered",
    "in_own_place",
    "in_place",
    "mapped",
    "no_months",
    "opening",
    "trends_of",
]

_NO_SLOPE = (
    "How the rate goes with deprivation was not worked out: too little was recorded, or the index "
    "of deprivation or counts are not held for the small areas."
)
_FAMILY = "The verdict allows for all measures of the report having been tested together."


def opening(cover: Block, changes: Block, *, measure: str) -> Block:
    """Show a report as an analyst meets it: its cover, what changed, and what to ask next."""
    asks = (
        f'report.look("{measure}")',
        f'report.trend("{measure}")',
        f'report.compare("{measure}")',
        f'report.map("{measure}", show="rate")',
        f'report.by_ward("{measure}")',
        f'report.places("{measure}")',
        "report.changes.to_frame()",
        "report.explore()",
    )
    items = (element("li", element("code", ask)) for ask in asks)
    markup = element("div", element("p", "Ask next:"), element("ul", *items), class_="prose")
    following = Block(str(markup), "\n".join(["Ask next:", *asks]))
    return display.together(cover, changes, following)


def changed(change: Change) -> Block:
    """Say what a measure did, with its line of the table and its caveats."""
    tested = change.verdict is not None and not change.total
    caption = f"{change.measure.label}, {change.area.label}"
    return display.together(
        display.paragraphs(sentence_of(change), _FAMILY if tested else ""),
        display.change_table([change], caption=caption),
        display.caveat_list(change.caveats) if change.caveats else None,
    )


def trends_of(asked: Sequence[Facts], measure: Measure) -> Block:
    """Draw the months of one measure in some areas, each against its own usual range."""
    drawn = [(report, _trend(report, measure)) for report in asked]
    said = [_trend_sentence(report, trend) for report, trend in drawn]
    charts = [
        display.control_charts(
            [trend],
            title=text.rstrip("."),
            subtitle=trends_subtitle([trend]),
            source=report.source,
        )
        for (report, trend), text in zip(drawn, said, strict=True)
        if trend
    ]
    caveats = dict.fromkeys(c for _, trend in drawn if trend for c in trend.caveats)
    return display.together(
        display.paragraphs(*said),
        *charts,
        display.caveat_list([*caveats]) if caveats else None,
    )


def compared(asked: Facts, measure: Measure, others: Sequence[Area]) -> Block:
    """Set the rate of an area beside those of others and of its force."""
    found = standings(
        asked.store,
        area=asked.area,
        comparators=comparators_of(asked.area, others).areas if others else asked.comparators.areas,
        period=asked.period,
        source=asked.evidence.source,
    ).get(measure.code)
    if found is None:
        return display.paragraphs(
            f"No rates of {measure.phrase} can be compared with {asked.area.name}'s "
            f"{in_period(asked.period)}: the others have no figures of the same source, or there "
            "is no number of residents or households to divide by."
        )
    rate = found.own.rate
    chart = display.rate_comparison(
        found.levels,
        title=found.title,
        subtitle=f"Rates {in_period(asked.period)} per {rate.per:,} {rate.denominator}.",
        source=asked.source,
    )
    return display.together(display.paragraphs(found.sentence), chart)


def by_ward(where: Where) -> Block:
    """Show where a measure was, as far as that may be told."""
    return display.together(
        display.paragraphs(" ".join(where.sentences)),
        display.ward_table(where),
        display.busiest_table(where),
    )


def mapped(where: Where, *, show: Show, source: str) -> Block:
    """Draw where a measure was; its wards stand in a table beside the map of rates or changes."""
    said = display.paragraphs(" ".join(where.sentences))
    if show == "count":
        return display.together(said, display.place_map(where, source=source))
    drawn = ward_map(where, show=show, source=source)
    return display.together(said, drawn, display.ward_table(where))


def gathered(asked: Facts, where: Where) -> Block:
    """Say how a measure gathers: in how few small areas, in which clusters, with deprivation."""
    spots = hot_spots_of(where)
    stayed = stayed_sentence(where, spots) if spots else ""
    slope = gradient_of(asked.store, where)
    return display.together(
        display.paragraphs(
            _half(where),
            " ".join(filter(None, [spots.sentence, stayed])) if spots else no_spots(where),
            slope.sentence if slope else _NO_SLOPE,
        ),
        display.place_map(where, source=asked.source),
    )


def _half(where: Where) -> str:
    """Say in how few small areas half was recorded, then and before."""
    if where.concentration is None:
        return f"{where.title}."
    counts = where.places["before"]
    before = concentration_of(counts, measure=where.measure, area=where.area)
    if before is None:
        return where.concentration.sentence
    half = f"{count_text(before.holding_half)} of {count_text(before.places)}"
    return f"{where.concentration.sentence} {sentence(in_period(where.baseline))} it was {half}."


def in_place(where: Where, place: Area) -> Block:
    """Say what a measure did in one ward or small area, as it stands among the others."""
    said = _ward_sentences(where, place) if place.kind == "ward" else _small_sentences(where, place)
    return display.paragraphs(f"{where.measure.label} in {_named(where, place)}.", *said)


def in_own_place(found: CustomAreas, measure: Measure, place: Area) -> Block:
    """Say what a measure did in a custom area, as the table of all of them has it."""
    row = found.of(place).loc[measure.code]
    hidden = {column for *line, column in found.kept_back if line == [place.code, measure.code]}
    before, after = (_count(row[c], known=c in hidden) for c in ("before", "after"))
    counts = f"{before} {in_period(found.baseline)}, {after} {in_period(found.period)}"
    tested = "all measures of all custom areas tested together"
    verdict = f"{row['verdict']} ({tested})" if row["verdict"] else _verdict("", before, after)
    said = [f"{measure.label} in {place.name}.", f"{sentence(counts)}: {verdict}."]
    rate = found.of(place)["rate"]
    if rate.notna()[measure.code]:
        said.append(
            f"That is {rate_text(float(rate[measure.code]))} per 1,000 {found.per[measure.code]}."
        )
    return display.paragraphs(*said)


def no_months(place: str) -> Block:
    """Say why the months of a small place are not shown."""
    return display.paragraphs(
        f"The months of {place} are not drawn: counts of so small a place are kept back "
        "month by month in a public edition."
    )


def _trend(report: Facts, measure: Measure) -> Trend | None:
    return next(iter(trends_in(report, measure, since=report.period.start)), None)


def _trend_sentence(report: Facts, trend: Trend | None) -> str:
    if trend:
        return f"{report.area.label}: {sentence_of(trend)}"
    return f"{report.area.label}: {no_trends(report.monthly, since=report.period.start)}"


def _ward_sentences(where: Where, place: Area) -> list[str]:
    if place.code not in where.wards.index:
        return [f"Small areas of {where.area.name} do not lie within wards, so none is counted."]
    ward = where.wards.loc[place.code]
    held = where.sums.loc[place.code]
    before, after = (_count(ward[c], known=bool(held.notna()[c])) for c in ("before", "after"))
    counts = f"{before} {in_period(where.baseline)}, {after} {in_period(where.period)}"
    said = [f"{sentence(counts)}: {_verdict(str(ward['verdict']), before, after)}."]
    if where.per and where.wards["rate"].notna()[place.code]:
        said.append(
            f"That is {rate_text(float(where.wards['rate'][place.code]))} per 1,000 {where.per}."
        )
    if not {SUPPRESSED, NOT_AVAILABLE} & {before, after}:
        rank = 1 + int((where.wards["after"].fillna(0) > ward["after"]).sum())
        said.append(f"By count it stands at place {rank} of {many(len(where.wards), 'ward')}.")
    return said


def _small_sentences(where: Where, place: Area) -> list[str]:
    if where.places["after"].isna()[place.code]:
        return [
            f"Not available {in_period(where.period)}: the small area was divided, and what was "
            "recorded before can't be shared out between its parts."
        ]
    label = where.class_labels()[int(where.classes[place.code])]
    if where.edition == "public" and not where.breaks:
        return [f"Kept back {in_period(where.period)}, and so is its class on a map."]
    if where.edition == "public":
        return [f"{label} {in_period(where.period)}; exact counts of small areas are kept back."]
    row = where.places.loc[place.code]
    before, after = (_count(row[column], known=False) for column in ("before", "after"))
    return [
        f"{before} {in_period(where.baseline)}, {after} {in_period(where.period)}. A change of one "
        "small area is not tested: with so many of them some move by chance."
    ]


def _verdict(word: str, *counts: str) -> str:
    """Say what was found, or which of the counts hinder that."""
    if not word:
        meant = {SUPPRESSED: "kept back", NOT_AVAILABLE: "not available"}
        marks = [f"{meant[mark]} ({mark})" for mark in dict.fromkeys(counts) if mark in meant]
        return f"not tested, since a count is {joined(marks)}" if marks else "not tested"
    tested = "(its wards tested together)"
    return f"{f'clearly {word}' if word in {'higher', 'lower'} else word} {tested}"


def _count(value: Any, *, known: bool) -> str:
    """Write a count; where it is missing, whether it is known and kept back."""
    import pandas as pd

    if pd.isna(value):
        return SUPPRESSED if known else NOT_AVAILABLE
    return count_text(int(value))


def _named(where: Where, place: Area) -> str:
    if place.kind == "lsoa" and place.code in where.places.index:
        return f"{where.places['name'][place.code]} (small area)"
    return f"{place.name} ward"
