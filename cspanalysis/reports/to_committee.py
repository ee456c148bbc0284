"""What a committee is told of the partnership's plans."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from cspanalysis.findings.values import Value
from cspanalysis.findings.work.costs import Costs
from cspanalysis.findings.work.planned import Planned
from cspanalysis.findings.work.supplied import Supplied, supplied
from cspanalysis.reports.kind import Part

if TYPE_CHECKING:
    from cspanalysis.partnership.people import Committee
    from cspanalysis.reports.facts import Facts

__all__ = ["ToCommittee"]


class ToCommittee(Part):
    """Hold what a report to committee tells beside the findings of each measure."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @property
    def committee(self) -> Committee | None:
        """What the report says of itself; None where nothing is recorded."""
        return self.facts.partnership.committee if self.facts.partnership else None

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """The priorities, with the changes of their measures."""
        changes = {change.measure.code: change for change in self.facts.every_change}
        held = self.facts.partnership.priorities if self.facts.partnership else ()
        return tuple(Planned(priority, changes) for priority in held)

    @cached_property
    def supplied(self) -> dict[str, tuple[Supplied, ...]]:
        """Figures that partners gave, by key of the priority."""
        return {one.priority.key: supplied(one.priority.figures) for one in self.planned}

    @property
    def costs(self) -> Costs | None:
        """What the report would cost; None where no cost is recorded."""
        held = self.committee
        return Costs(held.costs) if held and held.costs else None

    def file_values(self) -> Iterator[Value]:
        """Give the figures that partners gave on priorities, and what the report would cost."""
        for found in self.supplied.values():
            for one in found:
                yield from one.values()
        if self.costs:
            yield from self.costs.values()
