"""Inquiry: how rows of stores are chosen and read, and which slices were asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from cspanalysis.store.coverage import Coverage
from cspanalysis.store.kept import Kept, kept_files
from cspanalysis.store.observations import NO_COUNTS, read_counts
from cspanalysis.store.parts import force_slug
from cspanalysis.store.places import Places
from cspanalysis.store.reads import Read, Slices, months_read, tell
from cspanalysis.store.tallies import Tally, by_month, by_place, joined
from cspanalysis.vocabulary import Area

__all__ = ["Inquiry"]


class Inquiry:
    """Choose and read rows for the parts of a `cspanalysis.store.Store`, and keep note of it.

    Parameters
    ----------
    coverage
        What the stores hold.
    """

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self._used: set[int] = set()
        self._reads: dict[Read, None] = {}

    @cached_property
    def slices(self) -> Slices:
        """Hashes of slices of what is held, for whoever asks later whether it has changed."""
        return Slices(self.coverage.judged())

    def reads(self) -> tuple[Read, ...]:
        """List the slices that this object was asked for so far."""
        return tuple(self._reads)

    def inputs_read(self) -> list[dict[str, Any]]:
        """List the inputs that answers of this object have come from so far.

        Returns
        -------
        list of dict
            ``source``, ``vintage``, ``file`` (name of the input), ``rows`` (of it, in the months
            read), ``sha256`` (of the input), ``first`` and ``last`` (months, ISO).
        """
        rows = self.coverage.rows.loc[sorted(self._used)]
        keys = ["source", "vintage", "input", "input_sha256"]
        return [
            {
                "source": source,
                "vintage": vintage,
                "file": name,
                "rows": int(group["rows"].sum()),
                "sha256": sha256,
                "first": f"{min(group['period_start']):%Y-%m}",
                "last": f"{max(group['period_end']):%Y-%m}",
            }
            for (source, vintage, name, sha256), group in rows.groupby(keys)
        ]

    def asked(self, read: Read) -> None:
        """Note, and tell whoever listens, that an answer depends on a slice."""
        if read not in self._reads:
            self._reads[read] = None
            tell([read], lambda: self.slices)

    def asked_months(
        self,
        area: Area,
        months: Sequence[date],
        *,
        source: str = "police-uk",
        as_of: date | str | None = None,
    ) -> None:
        """Note that an answer depends on months of an area's force, or on all if none is named."""
        self.asked(months_read(source, self.force(area), months, as_of))

    def used(self, rows: Iterable[int]) -> None:
        """Note that an answer comes from rows of the coverage."""
        self._used.update(rows)

    @property
    def places(self) -> Places:
        """Which areas are made of which."""
        return Places.shipped()

    def force(self, area: Area) -> str:
        """Give the slug of the force that an area lies in."""
        return force_slug(self.places.force_code(area))

    def chosen(self, area: Area, source: str, as_of: date | str | None = None) -> pd.DataFrame:
        """Give the rows of the coverage that count for the force of an area, by month."""
        return self.coverage.chosen(source, self.force(area), as_of)

    def counts(self, chosen: pd.DataFrame, codes: frozenset[str] | None) -> pd.DataFrame:
        """Read the counts of rows chosen, of some LSOAs or of all."""
        self.used(chosen.index)
        parts = [
            read_counts(kept, months=months, codes=codes)
            for kept, months in _months_by_file(chosen)
        ]
        if not parts:
            return pd.DataFrame(columns=NO_COUNTS)
        return pd.concat(parts, ignore_index=True)

    def counts_in(self, area: Area, chosen: pd.DataFrame) -> pd.DataFrame:
        """Read the counts of rows chosen in an area; of a force all, located or not."""
        return self.counts(chosen, None if area.kind == "force" else self.places.codes(area))

    def by_month(self, area: Area, chosen: pd.DataFrame, months: Collection[date]) -> Tally:
        """Add up the counts of rows chosen in an area, by month; of a force all, located or not."""
        self.used(chosen.index)
        codes = None if area.kind == "force" else self.places.codes(area)
        told = chosen[chosen["period_start"].isin(months)]
        parts = [by_month(kept, codes).among(sorted(own)) for kept, own in _months_by_file(told)]
        return joined(parts)

    def by_place(self, chosen: pd.DataFrame) -> Tally:
        """Add up the counts of rows chosen, by LSOA."""
        self.used(chosen.index)
        return joined([by_place(kept, frozenset(own)) for kept, own in _months_by_file(chosen)])

    def whole(self, chosen: pd.DataFrame) -> list[date]:
        """Months of the rows chosen that are not in part."""
        columns = (chosen[name].tolist() for name in ("source", "force", "period_start"))
        keys = zip(*columns, strict=True)
        part = self.coverage.part
        return [m for source, force, m in keys if source != "police-uk" or (force, m) not in part]

    def countable(self, area: Area, chosen: pd.DataFrame) -> list[date]:
        """Months whose rows can be counted to the area as a whole."""
        if self.places.straddling(area):
            chosen = chosen[chosen["lsoa_vintage"] != "2011"]
        return list(chosen["period_start"])


def _months_by_file(rows: pd.DataFrame) -> Iterator[tuple[Kept, set[date]]]:
    months: dict[tuple[str, str], set[date]] = defaultdict(set)
    for root, file, month in zip(rows["root"], rows["file"], rows["period_start"], strict=True):
        months[root, file].add(month)
    held = {Path(*place): own for place, own in months.items()}
    return ((kept, held[kept.path]) for kept in kept_files(rows))
