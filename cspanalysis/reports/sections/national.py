"""The area among all others of England and Wales, by an official table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis import display
from cspanalysis.display.spine_chart import drawn_of
from cspanalysis.evidence.national import RANKED, national_table
from cspanalysis.findings.places.national import National, national_standing
from cspanalysis.findings.wording.numbers import in_period
from cspanalysis.findings.wording.sentences import cited

if TYPE_CHECKING:
    from cspanalysis.blocks.block import Block
    from cspanalysis.reports.facts import Facts

__all__ = ["national"]

_ABSENT = (
    "No table of ONS or the Home Office is held for these months, so no place among all areas of "
    "England and Wales can be given."
)
_DO = (
    "Bring in the table by Community Safety Partnership area of ONS (C2), or the open data tables "
    "of the Home Office, with 'cspanalysis ingest'."
)


def national(facts: Facts) -> Block:
    """Show levels, ranks among all areas, and the rates of similar areas, force, region, nation."""
    if facts.area.kind not in RANKED:
        return display.paragraphs(
            "Partnerships, police force areas, counties, combined authorities and regions alone "
            "are ranked."
        )
    found = _found(facts)
    if found is None:
        return display.lacking(_ABSENT, do=_DO, shown=False)
    source = cited(found.table.provenance)
    among = f"{found.area.name} among all {found.kind}"
    caption = f"{among if found.held else _title(found)}, {found.table.period.label}"
    own = found.values() if found.area == facts.area else ()
    return display.together(
        display.heading("Among all of England and Wales", level=3, listed=True),
        display.paragraphs(
            _of_the_force(facts, found),
            f"{found.sentence} Source: {source}.",
            _other_period(facts, found),
        ),
        _chart(found, source),
        display.national_table(found, caption=caption),
        display.record(list(display.value_figures(own, source=source))),
    )


def _found(facts: Facts) -> National | None:
    """Find where the area stands; its force where the table is of police force areas alone."""
    table = national_table(facts.store, facts.area, facts.period)
    if table is None:
        return None
    asked = (area for area in (facts.area, facts.area.wider) if area is not None)
    found = (national_standing(table, area, without=facts.without) for area in asked)
    return next((one for one in found if one is not None), None)


def _of_the_force(facts: Facts, found: National) -> str:
    """Say that the standing is that of the force, where it is."""
    if found.area == facts.area:
        return ""
    return (
        f"The table tells police force areas alone. {facts.area.name} lies in {found.area.name}, "
        "of which this is said."
    )


def _chart(found: National, source: str) -> Block | None:
    rows = [line for line in found.lines if drawn_of(line)]
    if not rows:
        return None
    few = "" if len(rows) == len(found.lines) else " What is rare stands in the table alone."
    return display.spine_chart(
        found,
        title=_title(found),
        subtitle=(
            f"Rates {in_period(found.table.period)}, divided by those of England and Wales. The "
            f"scale is a ratio's: half is as far from the line as twice.{few}"
        ),
        source=source,
    )


def _title(found: National) -> str:
    """Say how the area's total stands against the nation."""
    line, name = found.leading, found.area.name
    if line.own is None or line.nation is None:
        return f"Rates around {name}"
    rate, nation = line.own.rate, line.nation.rate
    way = "above" if rate.lower > nation else "below" if rate.upper < nation else "much the same as"
    end = " that of England and Wales" if way != "much the same as" else " in England and Wales"
    return f"{name}'s rate of {line.measure.phrase} is {way}{end}"


def _other_period(facts: Facts, found: National) -> str:
    """Say that the table is not of the report's own period."""
    span = found.table.period
    if (span.start, span.end) == (facts.period.start, facts.period.end):
        return ""
    return (
        f"This table is of the {span.label}, not of {facts.period.label}, and is counted by "
        "another publisher: its figures are not to be compared with those of the other tables here."
    )
