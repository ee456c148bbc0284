"""What every report is: facts, the sections that show them, and the questions one can ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, Self, TypeVar

from cspanalysis.commentary.claims import Claim, check_claims
from cspanalysis.errors import UsageError
from cspanalysis.explore import answers, asked
from cspanalysis.explore.answering import measured, newest_month, where_asked
from cspanalysis.explore.explorer import explore
from cspanalysis.explore.spoken import period_named
from cspanalysis.findings.finding import Change
from cspanalysis.partnership.reported import reported_area
from cspanalysis.reports.facts import EDITIONS, Facts
from cspanalysis.reports.kind import Kind
from cspanalysis.reports.sections.caveats import caveats
from cspanalysis.reports.sections.change_tables import change_tables
from cspanalysis.reports.sections.commentary import commentary
from cspanalysis.reports.sections.comparisons import comparisons
from cspanalysis.reports.sections.control_charts import control_charts
from cspanalysis.reports.sections.cover import cover, kicker
from cspanalysis.reports.sections.custom_areas import custom_areas
from cspanalysis.reports.sections.harm import harm_table
from cspanalysis.reports.sections.headlines import headlines
from cspanalysis.reports.sections.long_view import long_view
from cspanalysis.reports.sections.national import national
from cspanalysis.reports.sections.one_page import one_page
from cspanalysis.reports.sections.other_comparisons import other_comparisons
from cspanalysis.reports.sections.patterns import patterns_table
from cspanalysis.reports.sections.sources import sources
from cspanalysis.reports.sections.summary import summary
from cspanalysis.reports.sections.targets import targets
from cspanalysis.reports.sections.why import why
from cspanalysis.store import Store
from cspanalysis.store.reads import tell_edition
from cspanalysis.vocabulary import Area, Measure, Period
from cspanalysis.vocabulary.comparison import sides_of

__all__ = ["Report", "shows"]

_OF_RATES = re.compile(r"\brates?\b|\bper (?:1,?000|thousand|head)\b|\bper capita\b", re.IGNORECASE)
Given = ParamSpec("Given")
Shown = TypeVar("Shown")


def shows(
    section: Callable[Concatenate[Facts, Given], Shown],
) -> Callable[Concatenate[Report, Given], Shown]:
    """Bind a section to a report: the report's facts are what it is asked of."""

    @wraps(section)
    def method(report: Report, /, *args: Given.args, **named: Given.kwargs) -> Shown:
        return section(report.facts, *args, **named)

    return method


class Report:
    """Hold the facts of one area in one period and show them, a section at a time.

    What the facts hold can be asked of the report as well: ``report.changes`` are its facts'.

    Attributes
    ----------
    facts
        What is known, worked out when it is first asked for.
    """

    kind: ClassVar[Kind]

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        tell_edition(facts.edition)

    @classmethod
    def open(
        cls,
        area: str | Area,
        period: str | int | Period,
        *,
        baseline: str | Period | None = None,
        edition: str = "public",
        store: Store | None = None,
    ) -> Self:
        """Open the report of an area and a period.

        Parameters
        ----------
        area
            Slug, code or name; a bare name is the CSP.
        period
            As `Period.parse` reads it, or as people say it: "October to December 2023", "summer
            2023", and from the newest month that is held "last quarter" or "this financial year".
        baseline
            Period to compare with; empty or None for the same months a year before (of a period
            longer than a year, as many years before as keep the two apart).
        edition
            ``public`` or ``sensitive``.
        store
            Where observations come from; the shipped and the user's if not given.

        Raises
        ------
        UsageError
            If the area, a period or the edition is not known, or the baseline does not end
            before the period starts.
        """
        if isinstance(period, str) and _is_said(period):
            store = store or Store.open()
            period = period_named(period, newest=newest_month(store, reported_area(area)))
        span, against = sides_of(period, baseline)
        if edition not in EDITIONS:
            raise UsageError(f"edition '{edition}' is not known; write {' or '.join(EDITIONS)}")
        where = reported_area(area)
        return cls(Facts(where, span, against, edition, store or Store.open(), cls.kind))

    # What every report can show

    cover = shows(cover)
    one_page = shows(one_page)
    headlines = shows(headlines)
    summary = shows(summary)
    commentary = shows(commentary)
    change_tables = shows(change_tables)
    other_comparisons = shows(other_comparisons)
    why = shows(why)
    control_charts = shows(control_charts)
    patterns_table = shows(patterns_table)
    comparisons = shows(comparisons)
    national = shows(national)
    long_view = shows(long_view)
    custom_areas = shows(custom_areas)
    targets = shows(targets)
    harm_table = shows(harm_table)
    caveats = shows(caveats)
    sources = shows(sources)

    # What an analyst asks

    change = shows(asked.change)
    trend = shows(asked.trend)
    compare = shows(asked.compare)
    map = shows(asked.map_of)
    by_ward = shows(asked.by_ward)
    places = shows(asked.places)
    look = shows(asked.look)
    where_of = shows(where_asked)
    explore = shows(explore)

    def check(self, text: str) -> tuple[Claim, ...]:
        """Hold what a Markdown text says of the figures against them, claim by claim.

        The rates and ranks of other areas of the force are worked out where the text speaks of any.
        """
        standings = self.facts.standings.values() if _OF_RATES.search(text) else ()
        beside = {value.key: value for one in standings for value in one.values()}
        return check_claims(
            text,
            (*self.facts.every_change, *self.facts.composite_changes),
            area=self.facts.area,
            extra_values=beside | self.facts.values,
            monthly=self.facts.whole_months,
        )

    @property
    def kicker(self) -> str:
        """What stands small over the title of the report: its kind."""
        return kicker(self.facts)

    # How it shows itself

    def __repr__(self) -> str:
        held = self.facts
        spanned = f"{held.area.label}, {held.period} against {held.baseline}"
        return f"<{type(self).__name__}: {spanned}, {held.edition} edition>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Show the report in a cell: cover, changes, and what to ask next; nothing is recorded."""
        first = next((c.measure.phrase for c in self.facts.changes if not c.total), "all crime")
        shown = answers.opening(self.cover(), self.change_tables(), measure=first)
        return {"text/html": str(shown._repr_mimebundle_()["text/html"]), "text/plain": repr(self)}

    def __getitem__(self, measure: str | Measure) -> Change:
        """Give the change of a measure, by any name that people use."""
        return measured(self.facts, measure)

    def _ipython_key_completions_(self) -> list[str]:
        held = (*self.facts.every_change, *self.facts.composite_changes)
        return [change.measure.phrase for change in held]

    def __getattr__(self, name: str) -> Any:
        held = vars(self).get("facts")
        for one in (held, *held.parts) if held and not name.startswith("_") else ():
            if hasattr(type(one), name) or name in vars(one):
                return getattr(one, name)
        raise AttributeError(f"{type(self).__name__} has no '{name}'")

    def __dir__(self) -> list[str]:
        held = [name for one in (self.facts, *self.facts.parts) for name in _names(one)]
        return sorted({*super().__dir__(), *held} - {"kicker", "kind"})


def _is_said(period: str) -> bool:
    """Tell whether a period is written otherwise than plans write it."""
    try:
        Period.parse(period)
    except UsageError:
        return True
    return False


def _names(held: object) -> list[str]:
    return [name for name in dir(held) if not name.startswith("_")]
