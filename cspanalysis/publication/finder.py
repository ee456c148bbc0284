"""What the two indexes show: reports folded by force and area, and what search filters by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cspanalysis.publication.folds import folds_of, stamp
from cspanalysis.publication.html import style
from cspanalysis.publication.index import QUIET, Entry

__all__ = ["index_values", "review_values"]

_NEWEST = 8
"""Reports, and failures, that the index tells of at length."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """Hold what a row of an index can be found by.

    Parameters
    ----------
    kind
        Kind of report.
    period, label
        Slug and name of its period.
    finished
        When it was published, as ISO 8601; empty where it was not.
    flags
        Letters of the choices under "Show" that it belongs to.
    """

    kind: str
    period: str
    label: str
    finished: str
    flags: str = ""


def index_values(entries: Sequence[Entry], *, sensitive: bool = False) -> dict[str, Any]:
    """Give what the index shows of reports, the latest period of each area first."""
    failed = [entry for entry in entries if entry.failed]
    return {
        "folds": folds_of(
            sorted(entries, key=lambda entry: entry.period, reverse=True),
            area=lambda entry: (entry.area, entry.area_name),
            finished=lambda entry: entry.finished,
        ),
        "newest": _newest(entries),
        "failed": failed[:_NEWEST],
        "areas": len({entry.area for entry in entries}),
        "count": len(entries),
        "failures": len(failed),
        "stamp": stamp,
        "sensitive": sensitive,
        "quiet": QUIET,
        "found_by": _entered,
        **_finder(map(_entered, entries), {"n": "with news", "u": "new", "f": "not renewed"}),
    }


def _newest(entries: Sequence[Entry]) -> list[Entry]:
    """Choose the reports of the newest days, those with news first within a day."""
    shown = [entry for entry in entries if entry.page and not entry.failed]
    shown.sort(key=lambda entry: not entry.news)
    return sorted(shown, key=lambda entry: entry.finished[:10], reverse=True)[:_NEWEST]


def _entered(entry: Entry) -> _Listed:
    flags = ("n" if entry.news else "") + ("f" if entry.failed else "")
    return _Listed(entry.title, entry.period, entry.period_label, entry.finished, flags)


def review_values(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give what the reviewers' index shows: what is in the pack of each report."""
    named = [{**row, "kind": _reviewed(row).kind} for row in rows]
    return {
        "folds": folds_of(
            named,
            area=lambda row: (row["report"].run["area"]["slug"], row["report"].run["area"]["name"]),
            finished=lambda row: row["report"].run.get("finished", ""),
        ),
        "found_by": _reviewed,
        **_finder(map(_reviewed, named), {"m": "with figures that moved"}),
    }


def _reviewed(row: Mapping[str, Any]) -> _Listed:
    run = row["report"].run
    kind, period = run["notebook"]["name"].replace("-", " ").capitalize(), run["period"]
    # When it was published stands in its row.
    return _Listed(kind, period["slug"], period["label"], "", "m" if row["moved"] else "")


def _finder(rows: Iterable[_Listed], shown: Mapping[str, str]) -> dict[str, Any]:
    """Give what the template of an index needs for its search.

    Parameters
    ----------
    rows
        All rows of the index.
    shown
        Names of the choices under "Show", by their letter.
    """
    listed = list(rows)
    kinds = {kind: str(n) for n, kind in enumerate(sorted({one.kind for one in listed}))}
    labels = dict(sorted({one.period: one.label for one in listed}.items(), reverse=True))
    periods = {slug: str(n) for n, slug in enumerate(labels)}

    def facts(one: _Listed) -> str:
        parts = (kinds[one.kind], periods[one.period], stamp(one.finished), one.flags)
        return " ".join(parts).rstrip()

    return {
        "kinds": [("", "all kinds"), *((n, kind) for kind, n in kinds.items())],
        "periods": [("", "all periods"), *((n, labels[slug]) for slug, n in periods.items())],
        "shown": [("", "all reports"), *shown.items()],
        "listed": facts,
        "script": style("index.js"),
    }
