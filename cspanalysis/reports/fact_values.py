"""The values of a report by key: what its sentences, placeholders and claims stand on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from cspanalysis.findings.changes.reading import location_values
from cspanalysis.findings.changes.trends import positions_of, runs_of
from cspanalysis.findings.priorities.targets import target_values
from cspanalysis.findings.values import Value, ranks_of, rates_of, tally_of, values_of

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["further_values", "values_in", "values_of_keys"]


def values_in(facts: Facts) -> dict[str, Value]:
    """Give every computed value by key; those of a report's parts come last."""
    found = {
        **values_of((*facts.every_change, *facts.composite_changes)),
        **ranks_of(facts.levels),
        **facts.further,
    }
    found |= {value.key: value for part in facts.parts for value in part.file_values()}
    return found | {value.key: value for part in facts.parts for value in part.own_values()}


def values_of_keys(facts: Facts, keys: Collection[str]) -> dict[str, Value]:
    """Give the values of the keys that are asked for, and work out no more than that takes.

    Where the report has none of one of them, all values are given: the nearest can be named then.
    """
    found: dict[str, Value] = {}
    for value in _soonest_first(facts):
        if value.key in keys:
            found[value.key] = value
        if len(found) == len(set(keys)):
            return found
    return facts.values


def _soonest_first(facts: Facts) -> Iterator[Value]:
    yield from values_of(facts.every_change).values()
    for part in facts.parts:
        yield from part.file_values()
    for pattern in facts.patterns:
        yield from pattern.values()
    for part in facts.parts:
        yield from part.own_values()


def further_values(facts: Facts) -> dict[str, Value]:
    """Give what every report says in numbers beside its changes, by key."""
    found = [value for pattern in facts.patterns for value in pattern.values()]
    found += [*runs_of(facts.trends), *positions_of(facts.trends)]
    found += facts.harm.values() if facts.harm else ()
    tallies = tally_of(facts.changes) | tally_of(facts.partner_changes, prefix="partner_measures")
    targets = target_values(facts.target_findings)
    found += location_values(facts.evidence.comparison, facts.evidence.located)
    if facts.comparators.chosen != "force":
        found += [value for one in facts.standings.values() for value in one.values()]
    rates = rates_of(facts.levels)
    return {value.key: value for value in found} | tallies | targets | rates
