"""What became of crimes, and what came of searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cspanalysis.blocks.block import Block
from cspanalysis.display.prose import table
from cspanalysis.findings.changes.outcomes import GROUPS, ORDER, Outcomes
from cspanalysis.findings.changes.searches import Searches
from cspanalysis.findings.wording.numbers import (
    NOT_APPLICABLE,
    SUPPRESSED,
    interval_text,
    percent_text,
)
from cspanalysis.vocabulary.listed import joined

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["outcome_table", "search_table"]

_INTERVAL = "The interval holds the shares that fit the figures, 19 times in 20."


def outcome_table(outcomes: Outcomes) -> Block:
    """Show the last outcomes of the crimes of a period by group, with 95 % intervals."""
    import pandas as pd

    found = outcomes.frame
    frame = pd.DataFrame(
        {
            "What became of them": list(found.index),
            "Crimes": _counts(found["count"]),
            "Share (95 % interval)": _shares(found),
        }
    )
    notes = [_INTERVAL, _what_is_in(), *_kept_back(outcomes, found[["count"]])]
    return table(frame, caption=outcomes.title, notes=notes)


def search_table(searches: Searches) -> Block:
    """Show searches by their object: how many, and how many were followed by action."""
    import pandas as pd

    found = searches.frame
    columns: dict[str, Sequence[object]] = {"Searched for": list(found.index)}
    if searches.compared:
        columns[searches.baseline.label] = _counts(found["before"])
    columns[searches.period.label] = _counts(found["after"])
    columns["With action"] = _counts(found["action"])
    columns["Share (95 % interval)"] = _shares(found)
    notes = [
        "Searches show where police look, not how much crime there is.",
        _INTERVAL,
        *_kept_back(searches, found[["before", "after", "action"]]),
    ]
    return table(pd.DataFrame(columns), caption=searches.title, notes=notes)


def _kept_back(found: Outcomes | Searches, counts: pd.DataFrame) -> list[str]:
    if not counts.isna().to_numpy().any():
        return []
    return [f"{SUPPRESSED}: kept back, for {found.rules.small} could point at people."]


def _counts(counts: pd.Series) -> list[object]:
    return [
        SUPPRESSED if missing else int(n) for n, missing in zip(counts, counts.isna(), strict=True)
    ]


def _shares(frame: pd.DataFrame) -> list[str]:
    whole = frame[["share", "lower", "upper"]].to_numpy(float, na_value=float("nan"))
    hidden = frame.drop(columns=["share", "lower", "upper"]).isna().any(axis=1)
    return [
        (SUPPRESSED if kept_back else NOT_APPLICABLE)
        if share != share
        else f"{percent_text(share)} ({interval_text(percent_text(lower), percent_text(upper))})"
        for (share, lower, upper), kept_back in zip(whole, hidden, strict=True)
    ]


def _what_is_in() -> str:
    """Name what the last two groups hold, which their names don't tell."""
    named = {
        group: joined([outcome.lower() for outcome, held in GROUPS.items() if held == group])
        for group in ORDER[-2:]
    }
    return " ".join(f"{group}: {outcomes}." for group, outcomes in named.items())
