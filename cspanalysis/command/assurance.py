"""The assurance log: how many counts each public report keeps back, and by which rule.

It is read from what was published, and says no count and no place.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.custom import public_custom_areas
from cspanalysis.disclosure.family import nests
from cspanalysis.errors import UsageError
from cspanalysis.findings.values import LEFT_OUT
from cspanalysis.findings.wording.sentences import plural
from cspanalysis.production.records import published_records
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    from cspanalysis.store import Store

__all__ = ["assurance"]

_SIDES = ("count", "baseline_count")


def assurance(outputs: Path, store: Store) -> Iterator[str]:
    """Say of each public report what was done, one line a report.

    Parameters
    ----------
    outputs
        Folder that a run published to.
    store
        Where it is known how many wards an area has.
    """
    for record in published_records(outputs):
        figures = outputs / record.folder / f"{record.notebook.name}.figures.json"
        if record.edition != "public" or not figures.is_file():
            continue
        try:
            area = Area.named(record.area.code)
            held = json.loads(figures.read_text(encoding="utf-8"))["figures"]
        except (KeyError, UsageError, ValueError):  # damaged, or of an area that is no more
            continue
        yield f"{record.job}: {_said(area, held, store)}"


def _said(area: Area, figures: list[dict[str, object]], store: Store) -> str:
    rules = rules_of(area)
    places, others = _kept_back(area, figures, store)
    if not places and not others:
        done = "nothing is kept back"
    else:
        done = (
            f"{places} {plural('count', places)} of places and {others} other "
            f"{plural('figure', others)} kept back; {rules.small} are small, others would tell them"
        )
    return f"{done}. {rules.said_of_rounding}".strip() if rules.rounding > 1 else done


def _kept_back(area: Area, figures: list[dict[str, object]], store: Store) -> tuple[int, int]:
    """Count what tables of places leave out, and the figures that read as suppressed."""
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    own: dict[tuple[str, str], set[str]] = defaultdict(set)
    others = 0
    for figure in figures:
        others += figure.get("text") == LEFT_OUT
        match str(figure.get("id")).split("."):
            case ["where", measure, code, side] if side in _SIDES:
                shown[measure, side].add(code)
            case ["where", measure, "recorded"]:
                shown[measure, "count"] |= set()
            case ["custom", measure, code, side] if side in _SIDES:
                own[measure, side].add(code)
    if not shown and not own:
        return 0, others
    wards = store.people.small_areas(area)["ward"]
    there = wards.nunique() if nests(wards) else len(wards)
    lacking = sum(there - len(codes) for codes in shown.values())
    custom = len(public_custom_areas(area)) if own else 0
    return lacking + sum(max(0, custom - len(codes)) for codes in own.values()), others
