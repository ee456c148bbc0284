"""What `report.explore` shows for what is chosen: plain values, for whatever draws them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cspanalysis.disclosure.family import months_of
from cspanalysis.disclosure.periods import planned_periods
from cspanalysis.display.map_shapes import Edge, borders, outline, rings, window
from cspanalysis.errors import CspanalysisError
from cspanalysis.explore.answering import (
    answering,
    custom_areas_known,
    elsewhere,
    in_custom_area,
    measured,
    where_asked,
)
from cspanalysis.explore.answers import in_own_place
from cspanalysis.explore.choropleth import classes_of
from cspanalysis.explore.spoken import COMPARISONS
from cspanalysis.findings.finding import Change, sentence_of
from cspanalysis.findings.places.where import Where
from cspanalysis.findings.wording.numbers import count_text, in_period
from cspanalysis.reports.changed import trends_in
from cspanalysis.store.outlines import outlines_of
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.area import AreaRegister
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["chosen_first", "fixed_of", "line_of", "view_of"]

_WIDE = 420  # units across of the map
_PICKED = (
    "Picked after looking, so no test is made: some of many places always stand out by chance."
)
_NO_PLACES = "These figures don't tell where: there is no map and no table of wards."
_NO_OUTLINES = (
    "There is no map: the outlines of these small areas are not held. The table tells all."
)
_NOT_PLANNED = (
    "Places inside are told here for {told}, which one plan protects together. For {asked} "
    "ask {line} in a cell (minutes, the first time), or open the report with edition='sensitive'."
)
_NO_MONTHS = (
    "Months of places inside are kept back in a public edition; these are the whole area's."
)
_OPEN_DATA = (
    "Open data tell the month, not the day or the hour, and no address; a few records in a hundred "
    "have no place at all."
)


def chosen_first(facts: Facts, measure: str = "") -> dict[str, Any]:
    """Give what is chosen when a report is first explored."""
    clear = [c for c in facts.changes if c.stands_out and not c.total]
    first = measured(facts, measure) if measure else (*clear, *facts.changes[1:], *facts.changes)[0]
    return {
        "measure": first.measure.code,
        "period": str(facts.period),
        "comparison": COMPARISONS[0] if _usual(facts) else str(facts.baseline),
        "comparator": "",
        "show": "count",
        "places": [],
    }


def fixed_of(facts: Facts) -> dict[str, Any]:
    """Give what does not change: what can be chosen, and the outlines of wards."""
    force = AreaRegister.shipped().within(facts.area.force) if facts.area.force else ()
    others = (*force, *filter(None, [facts.area.wider]))
    own = [] if _usual(facts) else [(str(facts.baseline), facts.baseline.label)]
    return {
        "title": f"{facts.area.label}, {facts.edition} edition",
        "measures": [(c.measure.code, c.measure.label) for c in facts.changes],
        "periods": [(str(p), p.label) for p in _periods(facts)],
        "comparisons": [*own, *((word, word) for word in COMPARISONS)],
        "comparators": [("", "none"), *((a.slug, a.label) for a in others if a != facts.area)],
        "shows": [("count", "Count"), ("rate", "Rate"), ("change", "Change")],
        "map": _outlines(facts),
    }


def view_of(facts: Facts, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Answer what is chosen: sentence, caveats, wards, classes of the map, months and the line.

    What can't be answered is said in the sentence; an edition's rules of disclosure hold for every
    value given.
    """
    try:
        asked, _ = answering(facts, "", chosen["period"], _comparison(facts, chosen))
        change = measured(asked, chosen["measure"])
        unplanned = _unplanned(facts, asked, change.measure.code)
        where = None if unplanned else _where(asked, change)
        picked = [code for code in chosen["places"] if where and code in where.wards.index]
        return {
            "sentence": ("" if unplanned else _at_own_place(asked, chosen))
            or _sentence(change, where, picked),
            "caveats": [*(c.text for c in change.caveats), _OPEN_DATA],
            "parts": where.part if where else "",
            "columns": [asked.baseline.label, asked.period.label, _per(where)],
            "rows": [*_rows(where)] if where else [],
            "classes": [*_classes(where, chosen["show"])] if where else [],
            "custom": [] if unplanned else [*_custom_rows(asked, change)],
            "without": unplanned or _without(where),
            "months": [*_panels(facts, asked, change, chosen, picked)],
            "line": line_of(facts, chosen),
        }
    except CspanalysisError as error:
        return {"error": str(error), "line": line_of(facts, chosen)}


def line_of(facts: Facts, chosen: Mapping[str, Any]) -> str:
    """Write the view as a line that a cell of a notebook can hold."""
    said = [f'"{chosen["measure"]}"']
    one = [place for place in chosen["places"] if len(chosen["places"]) == 1]
    names = {area.code: area.name for area in custom_areas_known(facts)}
    said += [f'at="{names.get(place, place)}"' for place in one]
    if chosen["period"] != str(facts.period):
        said.append(f'period="{chosen["period"]}"')
    if comparison := _comparison(facts, chosen):
        said.append(f'comparison="{comparison}"')
    several = len(chosen["places"]) > 1
    note = "  # the whole area: name the places picked, to ask for them together" if several else ""
    return f"report.look({', '.join(said)}){note}"


def _comparison(facts: Facts, chosen: Mapping[str, Any]) -> str:
    """Give the comparison that was chosen; nothing for the one that is meant where none is."""
    said = str(chosen["comparison"])
    usual = said == COMPARISONS[0] and _usual(facts)
    return "" if usual or said == str(facts.baseline) else said


def _usual(facts: Facts) -> bool:
    return facts.baseline == facts.period.baseline()


def _periods(facts: Facts) -> Iterator[Period]:
    """Give the periods to choose from: the facts's, planned ones, and years and months held."""
    held = [] if facts.monthly is None else [m.date() for m in facts.monthly.dropna().index]
    years = (Period.parse(str(year)) for year in sorted({m.year for m in held}, reverse=True))
    months = (Period.of_months(month, month) for month in reversed(held[12:]))
    longer = (*sorted(planned_periods(facts.area), reverse=True), *years)
    whole = (span for span in longer if {*span.months} <= {*held})
    yield from dict.fromkeys((facts.period, *whole, *months))


def _unplanned(facts: Facts, asked: Facts, measure: str) -> str:
    """Say why nothing is told of places inside in other periods than the plan of what is hidden.

    Each plan takes minutes to work out, and counts that two of them tell may give one away.
    """
    if facts.edition != "public":
        return ""
    told = {facts.period, facts.baseline, *planned_periods(facts.area)}
    if {months_of(span) for span in (asked.period, asked.baseline)} <= {*map(months_of, told)}:
        return ""
    line = f'report.by_ward("{measure}", period="{asked.period}", comparison="{asked.baseline}")'
    return _NOT_PLANNED.format(
        told=joined([span.label for span in sorted(told)]), asked=asked.period.label, line=line
    )


def _where(asked: Facts, change: Change) -> Where | None:
    if asked.monthly is None or asked.area.is_small:
        return None
    try:
        return where_asked(asked, change.measure)
    except CspanalysisError:
        return None


def _per(where: Where | None) -> str:
    return f"Per 1,000 {where.per}" if where and where.per else ""


def _without(where: Where | None) -> str:
    if where is None:
        return _NO_PLACES
    return "" if len(outlines_of(where.places.index)) == len(where.places) else _NO_OUTLINES


def _sentence(change: Change, where: Where | None, picked: Sequence[str]) -> str:
    if not picked or where is None:
        return sentence_of(change)
    wards = where.wards.loc[list(picked)]
    names = joined([str(name) for name in wards["name"]])
    held = where.sums.loc[list(picked)].notna().all()
    told = [_sum(wards[c].tolist(), known=bool(held[c])) for c in ("before", "after")]
    counts = f"{told[0]} {in_period(where.baseline)}, {told[1]} {in_period(where.period)}"
    what = f"{change.measure.label} in {names}: {counts}."
    if len(picked) > 1:
        return f"{what} {_PICKED}"
    verdict = str(wards["verdict"].iloc[0])
    if not verdict:
        return f"{what} Not tested, since a count is kept back or not known."
    word = f"clearly {verdict}" if verdict in {"higher", "lower"} else verdict
    return f"{what} The verdict, all {where.part}s tested together: {word}."


def _at_own_place(asked: Facts, chosen: Mapping[str, Any]) -> str:
    """Say what was recorded in a custom area, where one is chosen; nothing else."""
    own = [area for area in custom_areas_known(asked) if area.code in chosen["places"]]
    if not own:
        return ""
    return in_own_place(*in_custom_area(asked, chosen["measure"]), own[0]).text.replace("\n\n", " ")


def _custom_rows(asked: Facts, change: Change) -> Iterator[dict[str, Any]]:
    """Give the counts of a measure in each custom area, as rows like those of wards."""
    found = asked.recorded.custom_areas if custom_areas_known(asked) else None
    if found is None or change.measure.code not in found.measures:
        return
    for area in found.areas:
        row = found.of(area).loc[change.measure.code]
        yield {"code": area.code, "name": area.name, **_row(row.to_dict())}


def _sum(counts: Sequence[Any], *, known: bool) -> str:
    import pandas as pd

    if any(pd.isna(n) for n in counts):
        return "kept back" if known else "not available"
    return count_text(sum(counts))


def _rows(where: Where) -> Iterator[dict[str, Any]]:
    for code, ward in where.wards.to_dict("index").items():
        yield {"code": str(code), "name": str(ward["name"]), **_row(ward)}


def _row(held: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "before": _known(held["before"], 0),
        "after": _known(held["after"], 0),
        "rate": _known(held["rate"], 2),
        "verdict": str(held["verdict"]),
    }


def _known(value: Any, digits: int) -> float | int | None:
    import pandas as pd

    if pd.isna(value):
        return None
    return round(float(value), digits) if digits else int(value)


def _classes(where: Where, show: str) -> Iterator[dict[str, Any]]:
    for one in classes_of(where, show):  # type: ignore[arg-type]
        yield {
            "label": one.label,
            "colour": one.colour,
            "hatched": one.hatched,
            "places": [*one.wards],
        }


def _panels(
    facts: Facts,
    asked: Facts,
    change: Change,
    chosen: Mapping[str, Any],
    picked: Sequence[str],
) -> Iterator[dict[str, Any]]:
    """Give the months of the area and of the comparator, each against its own usual range."""
    own = [area for area in custom_areas_known(facts) if area.code in chosen["places"]]
    inside = [*map(Area.named, picked), *own]
    note = _NO_MONTHS if inside and facts.edition == "public" else ""
    shown = [(asked, note)]
    if inside and facts.edition != "public":
        shown = [(asked.beside(area=place), "") for place in inside]
    if chosen["comparator"]:
        shown.append((elsewhere(asked, chosen["comparator"]), ""))
    for one, remark in shown:
        if panel := _panel(one, change, remark):
            yield panel


def _panel(one: Facts, change: Change, remark: str) -> dict[str, Any] | None:
    found = trends_in(one, change.measure)
    if not found:
        return None
    chart = found[0].chart
    return {
        "name": one.area.label,
        "said": " ".join(filter(None, (sentence_of(found[0]), remark))),
        "unit": found[0].unit,
        "months": [f"{month:%Y-%m}" for month in chart.index],
        **{n: [_known(v, 2) for v in chart[n]] for n in ("value", "mean", "lower", "upper")},
        "signal": [str(signal) == "outside" for signal in chart["signal"]],
        "chosen": [f"{month:%Y-%m}" for month in one.period.months],
    }


def _outlines(facts: Facts) -> dict[str, Any]:
    """Give the outline of each ward as the path of a drawing; empty where they are not held."""
    if facts.area.is_small:
        return {}
    wards = facts.store.people.small_areas(facts.area)["ward"]
    shapes = outlines_of(wards.index)
    if not len(wards) or len(shapes) < len(wards):
        return {}
    whole = window(shapes.values()).widened(0.01)
    scale = _WIDE / (whole.east - whole.west)

    def at(point: tuple[float, float]) -> str:
        x, y = (point[0] - whole.west) * scale, (whole.north - point[1]) * scale / whole.squeeze
        return f"{x:.1f} {y:.1f}"

    def lines(edges: set[Edge]) -> str:
        return "".join(f"M{at(one)}L{at(two)}" for one, two in sorted(edges))

    inside = {str(code): [shapes[p] for p in part.index] for code, part in wards.groupby(wards)}
    return {
        "width": _WIDE,
        "height": round(_WIDE * whole.tall),
        "wards": {
            code: "".join(f"M{'L'.join(map(at, ring))}Z" for ring in rings(held))
            for code, held in inside.items()
        },
        "around": {code: lines(outline(held)) for code, held in inside.items()},
        "borders": lines(borders(inside.values())),
    }
