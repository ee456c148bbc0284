"""Criteria of the priority matrix, the shipped ones or a partnership's own, and scores on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from cspanalysis.partnership.work import Criterion, Priority
from cspanalysis.paths import reference
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["refuse_scores", "shipped_criteria"]


def shipped_criteria() -> tuple[tuple[Criterion, ...], dict[str, str]]:
    """Read the shipped criteria, and the finding that suggests the score of some.

    Examples
    --------
    >>> criteria, findings = shipped_criteria()
    >>> criteria[0].key, findings
    ('volume', {'volume': 'volume', 'trend': 'trend', 'comparison': 'comparison'})
    """
    return _read(reference("priority-criteria.csv"))


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[tuple[Criterion, ...], dict[str, str]]:
    rows = reference_rows(path)
    criteria = tuple(
        Criterion(
            key=row["key"],
            title=row["title"],
            weight=float(row["weight"]),
            lowest=float(row["lowest"]),
            highest=float(row["highest"]),
            group=row["group"] or None,
        )
        for row in rows
    )
    return criteria, {row["key"]: row["finding"] for row in rows if row["finding"]}


def refuse_scores(priorities: Iterable[Priority], own: Sequence[Criterion] | None) -> None:
    """Refuse scores on criteria that there are not, and beyond the ends of their scales.

    Raises
    ------
    ValueError
        With the priority, the score and what it may be.
    """
    criteria = {c.key: c for c in (shipped_criteria()[0] if own is None else own)}
    for priority in priorities:
        for key, score in priority.scores.items():
            whose = f"priority '{priority.key}': score '{key}'"
            if key not in criteria:
                near = get_close_matches(key, criteria, n=1, cutoff=0.5)
                known = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(criteria)}"
                raise ValueError(f"{whose} is of no criterion; {known}")
            low, high = criteria[key].lowest, criteria[key].highest
            if not low <= score <= high:
                raise ValueError(f"{whose} is {score:g}; its scale runs from {low:g} to {high:g}")
