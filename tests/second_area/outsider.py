"""An outsider: what the counts of wards and small areas can be, for whoever has every public file.

Only published files are read. The counts themselves tell which are hidden and small, what sums come
to that pages show in words, and which class of a map a small area is drawn in.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from lxml import html
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

ALL, APART = "all-crime", "anti-social-behaviour"
MANY = 1e6
THRESHOLD = 5
Cell = tuple[str, str, int]
"""Code of a ward or small area, code of a measure, number of the period."""


@dataclass
class Outsider:
    """Hold what the public files on a partnership tell of two periods, the earlier one first."""

    folder: Path
    area: Area
    periods: Sequence[Period]
    store: Store

    @cached_property
    def wards(self) -> pd.Series:
        """The ward of each small area."""
        return self.store.people.small_areas(self.area)["ward"]

    @cached_property
    def tables(self) -> list[pd.DataFrame]:
        """Counts by small area and measure of each period."""
        held = [self.store.by_area("lsoa", within=self.area, period=p) for p in self.periods]
        return [table.loc[self.wards.index].astype(int) for table in held]

    @cached_property
    def told(self) -> dict[Cell, int]:
        """Counts that figures tell."""
        found = {}
        for path in sorted(self.folder.glob("*.figures.json")):
            for figure in json.loads(path.read_text(encoding="utf-8"))["figures"]:
                named = re.fullmatch(r"where\.([^.]+)\.([^.]+)\.(baseline_)?count", figure["id"])
                if named:
                    cell = named[2].upper(), named[1], 0 if named[3] else 1
                    found[cell] = int(figure["value"])
        return found

    @cached_property
    def maps(self) -> dict[str, list[int]]:
        """Where the classes of each map of the later period begin."""
        by_phrase = {Measure.named(str(code)).phrase: str(code) for code in self.tables[1]}
        found = {}
        for page in sorted(self.folder.glob("*.html")):
            root = html.parse(page).getroot()
            for drawn in root.xpath("//figure[.//img[starts-with(@alt, 'Map of')]]"):
                said = drawn.xpath(".//img/@alt")[0]
                named = re.match(r"Map of (.+?) by small area", said)
                if named:
                    starts = re.findall(r"[:,] (?:and )?(\d[\d,]*) (?:to|or)| and (\d+) or", said)
                    edges = sorted({int((a or b).replace(",", "")) for a, b in starts})
                    found[by_phrase[named[1]]] = [edge for edge in edges if edge]
        return found

    def asked(self) -> Iterator[Cell]:
        """Give the small counts that no figure tells, of measures of which others are told."""
        open_to = {code for _, code, _ in self.told}
        for p, table in enumerate(self.tables):
            for counts in (table.groupby(self.wards).sum(), table):
                small = counts[(counts > 0) & (counts < THRESHOLD)].stack()
                cells = (
                    (str(place), str(code), p) for place, code in small.index if code in open_to
                )
                yield from (cell for cell in cells if cell not in self.told)

    def span(self, cell: Cell, *, alone: bool = False) -> float:
        """Solve for how far apart the least and the greatest value of a count lie.

        Parameters
        ----------
        cell
            Which count.
        alone
            Whether nothing is known but the counts of its own measure and period.
        """
        held = [row for row in self._known if not alone or row[0][1:] == cell[1:]]
        rules = LinearConstraint(
            csr_array(np.array([self._row(row) for row, _, _ in held])),
            np.array([low for _, low, _ in held]),
            np.array([high for _, _, high in held]),
        )
        ends = []
        for way in (1.0, -1.0):
            aim = way * self._row(cell)
            found = milp(aim, constraints=rules, bounds=Bounds(0.0, MANY))
            assert found.status == 0, found.message
            ends.append(way * found.fun)
        return float(ends[1] - ends[0])

    @cached_property
    def _known(self) -> list[tuple[Cell, float, float]]:
        """Cells with their limits: totals of the partnership, what figures tell, and classes."""
        rows: list[tuple[Cell, float, float]] = []
        codes = [str(code) for code in self.tables[1]]
        cells = [(self.area.code, code, p) for p in range(len(self.tables)) for code in codes]
        for cell in (*cells, *self.told):
            if cell[1] in codes:  # a composite is a sum of measures that are told themselves
                count = self.count(cell)
                assert self.told.get(cell, count) == count, cell
                rows.append((cell, count, count))
        for code, starts in self.maps.items():
            edges = (0, *starts, inf)
            for place in self.wards.index:
                at = bisect_right(starts, int(self.tables[1].loc[place, code]))
                rows.append(((str(place), code, 1), edges[at], edges[at + 1] - 1))
        return rows

    def count(self, cell: Cell) -> float:
        """Give what a cell comes to."""
        every = np.stack([table[self._parts].to_numpy() for table in self.tables])
        return float(self._row(cell) @ every.ravel())

    @cached_property
    def _parts(self) -> list[str]:
        return [str(code) for code in self.tables[1] if code != ALL]

    def _row(self, cell: Cell) -> Any:
        """Mark the unknowns that add up to a cell: period, small area and measure."""
        place, code, p = cell
        chosen = np.zeros((len(self.tables), len(self.wards), len(self._parts)))
        inside = (self.wards == place) | (self.wards.index == place) | (place == self.area.code)
        own = [(c == code) or (code == ALL and c != APART) for c in self._parts]
        chosen[p] = np.outer(inside.to_numpy(), own)
        return chosen.ravel()
