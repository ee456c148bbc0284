"""Claims written by hand, true, false and untraceable: how many are judged as they should be."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from cspanalysis.commentary.claims import Claim, check_claims

FOLDER = Path(__file__).parent
NAMES = (
    "written.csv",
    "second.csv",
    "third.csv",
    "last.csv",
    "fresh.csv",
    "aside.csv",
    "unseen.csv",
    "subjects.csv",
    "held.csv",
    "over_time.csv",
    "over_time_held.csv",
)


def rows(name: str) -> list[tuple[str, str, Counter]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    kept = [line.split("|") for line in lines if line and not line.startswith("#")][1:]
    return [
        (report, text.replace("¦", "|").replace("⏎", "\n"), expected(cell))
        for report, text, cell in kept
    ]


def expected(cell: str) -> Counter:
    found: Counter = Counter()
    for one in filter(None, cell.split(";")):
        measure, verdict, times = re.fullmatch(r"([\w-]+)=([a-z ]+?)(?:\+(\d))?", one).groups()
        found[measure, verdict] += int(times or 1)
    return found


def judged(claims: tuple[Claim, ...]) -> Counter:
    return Counter((claim.measure or "-", claim.verdict) for claim in claims)


def measured(name: str, reports, monthly) -> tuple[float, float, list[str]]:
    """Precision, recall and what went otherwise than it should."""
    right = given = wanted = 0
    off = []
    for report, text, cell in rows(name):
        changes, area, extra = reports[report]
        months = monthly.get(report)
        claims = check_claims(text, changes, area=area, extra_values=extra, monthly=months)
        found = judged(claims)
        right += (found & cell).total()
        given, wanted = given + found.total(), wanted + cell.total()
        if found != cell:
            off.append(f"{report}: {text}\n  expected {dict(cell)}\n  found {dict(found)}")
    return right / given, right / wanted, off


@pytest.mark.parametrize("name", NAMES)
def test_claims_written_by_hand_are_judged_right(name: str, reports, monthly) -> None:
    precision, recall, off = measured(name, reports, monthly)
    assert precision >= 0.95, "\n".join(off)
    assert recall >= 0.85, "\n".join(off)
