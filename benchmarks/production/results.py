"""RESULTS.md: what is measured is written as it comes, before what was written by hand."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.production.measuring import Spent
from benchmarks.production.nation import Report, nation, report_of
from benchmarks.production.ways import WAYS

BY_HAND = "<!-- What follows is written by hand. -->"
_RATIOS = {
    "performance-report": (("a", "d", 6), ("b2", "d", 3.5), ("f", "d", 1.3)),
    "strategic-assessment": (("a", "d", 5), ("b2", "d", 3), ("f", "d", 1.3)),
}
_MOST_OVER_PLAIN = {"performance-report": 0.25, "strategic-assessment": 0.6}
STATES = ("first", "again")
"""What a way has kept for later when a round begins: nothing yet; all that its first round kept."""


class Results:
    """Keep what was measured in a file that holds all of it at any time.

    Parameters
    ----------
    file
        The file; of one that is there, what was written by hand stays.
    about
        Lines that say when and on what was measured.
    """

    def __init__(self, file: Path, about: Sequence[str]) -> None:
        self.file, self.about = file, about
        held = file.read_text(encoding="utf-8") if file.is_file() else ""
        _, mark, rest = held.partition(BY_HAND)
        self.by_hand = mark + rest
        self.taken: dict[str, dict[str, list[Spent]]] = {}
        self.told: list[str] = []
        self.reports: dict[str, int] = {}

    def add(self, notebook: str, way: str, spent: Spent, reports: int) -> None:
        """Keep the time that a way took for so many reports."""
        self.reports[notebook] = reports
        each = Spent(spent.clock / reports, spent.processor / reports)
        self.taken.setdefault(notebook, {}).setdefault(way, []).append(each)
        print(f"({way}) {notebook}: {each.clock:.2f} s, {each.processor:.2f} s", flush=True)
        self._write()

    def tell(self, *lines: str) -> None:
        """Keep lines as they are."""
        print(*lines, sep="\n", flush=True)
        self.told += lines
        self._write()

    def _write(self) -> None:
        lines = ["# Production: one plan, run in several ways", "", *self.about, ""]
        for notebook, taken in self.taken.items():
            lines += [
                f"## {notebook}",
                "",
                *self._table(notebook, taken),
                "",
                *bars(notebook, taken),
            ]
            lines.append("")
        lines += [*nation(self._reports()), "", *self.told, "", self.by_hand or f"{BY_HAND}\n"]
        self.file.write_text("\n".join(lines), encoding="utf-8")

    def _reports(self) -> dict[str, Report]:
        """Take the reports apart that were made in plain Python and in all forms."""
        found = {}
        for notebook, taken in self.taken.items():
            if {"e", "f"} <= taken.keys():
                plain, forms = (_latest(taken[way]) for way in "ef")
                cores = os.cpu_count() or 1
                found[notebook] = report_of(plain, forms, cores, first=taken["f"][0])
        return found

    def _table(self, notebook: str, taken: dict[str, list[Spent]]) -> Iterator[str]:
        rounds = max(map(len, taken.values()))
        yield f"{self.reports[notebook]} reports, {rounds} round(s) in turns, seconds a report:"
        yield ""
        heads = (f"{state}: {kind}" for state in STATES for kind in ("clock", "processor"))
        yield f"| Way | {' | '.join(heads)} |"
        yield "|---|---|---|---|---|"
        for way, spent in taken.items():
            found = (in_state(spent, state) for state in STATES)
            cells = (f"{one.clock:.2f} | {one.processor:.2f}" if one else "| " for one in found)
            yield f"| ({way}) {WAYS[way]} | {' | '.join(cells)} |"


def bars(notebook: str, taken: dict[str, list[Spent]]) -> Iterator[str]:
    """Compare processor seconds with what is asked, as far as they were measured."""
    for state in STATES:
        found = {way: in_state(spent, state) for way, spent in taken.items()}
        known = {way: one.processor for way, one in found.items() if one}
        yield from (f"* {state}: {line}" for line in _bars_of(notebook, known))


def _bars_of(notebook: str, taken: dict[str, float]) -> Iterator[str]:
    for one, other, asked in _RATIOS.get(notebook, ()):
        if one in taken and other in taken:
            found = taken[one] / taken[other]
            most = one == "f"
            met = "met" if (found <= asked if most else found >= asked) else "not met"
            word = "at most" if most else "at least"
            yield f"({one}) / ({other}): {found:.2f} ({word} {asked}: {met})"
    if notebook in _MOST_OVER_PLAIN and {"d", "e"} <= taken.keys():
        over = taken["d"] - taken["e"]
        most_over = _MOST_OVER_PLAIN[notebook]
        met = "met" if over <= most_over else "not met"
        yield f"(d) - (e): {over:.2f} s (at most {most_over}: {met})"


def in_state(spent: Sequence[Spent], state: str) -> Spent | None:
    """Give what a way took in its first round, or the median of the later ones; None for none."""
    taken = spent[:1] if state == STATES[0] else spent[1:]
    return _median(taken) if taken else None


def _latest(spent: Sequence[Spent]) -> Spent:
    return in_state(spent, STATES[1]) or spent[0]


def _median(spent: Sequence[Spent]) -> Spent:
    return Spent(
        statistics.median(one.clock for one in spent),
        statistics.median(one.processor for one in spent),
    )
