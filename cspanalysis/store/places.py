"""Places: which LSOAs make up an area, in both vintages of LSOAs, and who lives there."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.wider import councils_of

__all__ = ["LsoaVintage", "Places"]

LsoaVintage = Literal["2011", "2021", ""]
_DENOMINATORS = ("residents", "households")
_PARTS = ("csp", "force")


class Places:
    """Answer where an LSOA lies, from ``data/reference/places.parquet``.

    Parameters
    ----------
    table
        One row for every LSOA of 2011 and of 2021; see `cspanalysis.sources.reference`.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = table.set_index("lsoa")
        self._of_force: dict[str, pa.Array] = {}
        self._totals: dict[tuple[Area, str], int] = {}
        self._shares: dict[Area, dict[str, float]] = {}
        self._codes: dict[Area, frozenset[str]] = {}

    @classmethod
    def shipped(cls) -> Places:
        """Read the shipped table, once per file."""
        return _read_once(reference("places.parquet"))

    @cached_property
    def old_only(self) -> frozenset[str]:
        """Codes that exist among the LSOAs of 2011 only."""
        return frozenset(self._table.index[~self._table["in_2021"]])

    def vintage_of(self, codes: pa.Array) -> LsoaVintage:
        """Tell which LSOAs a file speaks of: those of 2021 as soon as one code is new."""
        if pc.any(pc.is_in(codes, self._new_codes)).as_py():
            return "2021"
        return "2011" if pc.any(pc.is_in(codes, self._old_codes)).as_py() else ""

    def codes_of_force(self, force: str) -> pa.Array:
        """Give the codes of LSOAs, of either vintage, and of CSPs in a police force area."""
        if force not in self._of_force:
            csps = self._table["csp"][self._table["force"] == force]
            held = csps.index.append(pd.Index(csps.unique()))
            self._of_force[force] = pa.array(held, pa.string())
        return self._of_force[force]

    def area_of(self, codes: pd.Series, kind: Literal["lsoa", "ward", "lad", "csp"]) -> pd.Series:
        """Give the area of a kind that every LSOA code lies in, on the LSOAs of 2021.

        Missing where an LSOA of 2011 was split over several areas of that kind, or is not known.
        """
        return codes.map(self._whole if kind == "lsoa" else self._table[kind])

    def codes(self, area: Area) -> frozenset[str]:
        """Give the LSOA codes, of either vintage, whose counts belong to an area as a whole.

        Raises
        ------
        UsageError
            If the area has no LSOAs, or is an LSOA of 2011 that no longer exists.
        """
        if area not in self._codes:
            self._codes[area] = self._codes_of(area)
        return self._codes[area]

    def _codes_of(self, area: Area) -> frozenset[str]:
        if area.kind == "lsoa":
            self._refuse_old(area.code)
            held = self._table.index[self._whole == area.code]
        else:
            held = self._table.index[self._lies_in(area)]
        if held.empty:
            raise UsageError(f"area '{area.code}' has no LSOAs in data/reference/places.parquet")
        return frozenset(held)

    def straddling(self, area: Area) -> frozenset[str]:
        """Give the LSOAs of 2011 that lie in the area with a part only.

        Their counts can't be shared out, so the area has none for months on LSOAs of 2011. This
        happens to LSOAs, wards and custom areas; councils, CSPs and forces hold their LSOAs whole.
        """
        if area.kind not in {"lsoa", "ward", "custom"}:
            return frozenset()
        inside = self.codes(area)
        split = self._split
        touching = split[split.isin(inside)].index
        return frozenset(touching) - inside

    def divided(self, kind: Literal["lsoa", "ward", "csp"]) -> frozenset[str]:
        """Give the areas of a kind that hold a part only of some LSOA of 2011; see `straddling`."""
        if kind == "lsoa":
            return frozenset(self._split)
        parted = self._split[self._table[kind].reindex(self._split.index).isna().to_numpy()]
        return frozenset(parted.map(self._table[kind]))

    @cached_property
    def csps(self) -> dict[str, str]:
        """The CSP of every LSOA, of either vintage, by the LSOA's code."""
        held = self._table["csp"].dropna()
        return dict(zip(held.index.tolist(), held.tolist(), strict=True))

    @cached_property
    def csps_of_councils(self) -> dict[str, str]:
        """The CSP of every council that lies in one alone, by the council's code."""
        pairs = self._table.loc[self._table["in_2021"], ["lad", "csp"]].drop_duplicates()
        alone = pairs.drop_duplicates("lad", keep=False)
        return dict(zip(alone["lad"], alone["csp"], strict=True))

    @cached_property
    def csps_alike(self) -> dict[str, str]:
        """The CSP that is the same ground as a council, by the council's code."""
        counted = Counter(self.csps_of_councils.values())
        alone = {lad: csp for lad, csp in self.csps_of_councils.items() if counted[csp] == 1}
        return {lad: csp for lad, csp in alone.items() if self.is_of_councils(csp)}

    def is_of_councils(self, csp: str) -> bool:
        """Tell whether a CSP is made of whole councils, so that their shapes are its own."""
        councils = self._table.loc[self._table["in_2021"] & (self._table["csp"] == csp), "lad"]
        return set(councils) <= set(self.csps_of_councils)

    def within(self, area: Area, kind: Literal["lsoa", "ward", "lad", "csp"]) -> pd.Index:
        """Give the codes of a kind inside an area, sorted; LSOAs are those of 2021."""
        table = self._table[self._inside(area)]
        codes = set(table.index if kind == "lsoa" else table[kind].dropna())
        index: pd.Index = pd.Index(sorted(codes), name=kind)
        return index

    def force_code(self, area: Area) -> str:
        """Give the code of the police force area that an area lies in."""
        if area.kind == "force":
            return area.code
        if area.force:
            return area.force
        if area.is_wider:
            raise UsageError(
                f"{area.label} lies in several police force areas; ask for one of them"
            )
        column = "lsoa" if area.kind == "lsoa" else area.kind
        table = self._table.reset_index()
        found = table.loc[table[column] == area.code, "force"]
        if found.empty:
            raise UsageError(
                f"area '{area.code}' is no {area.kind.upper()} of the lookups "
                "(data/reference/places.parquet); LSOAs are those of 2011 and 2021, wards of 2024"
            )
        return str(found.iloc[0])

    def forces(self, area: Area) -> tuple[str, ...]:
        """Give the codes of the police force areas that an area lies in, sorted."""
        return tuple(sorted({*self._table.loc[self._inside(area), "force"]}))

    @cached_property
    def councils_by_part(self) -> dict[str, frozenset[str]]:
        """Codes of the councils that each CSP and each police force area has a part of."""
        now = self._table[self._table["in_2021"]]
        pairs = pd.concat([now[[kind, "lad"]].set_axis(["part", "lad"], axis=1) for kind in _PARTS])
        grouped = pairs.drop_duplicates().groupby("part")["lad"]
        return {str(part): frozenset(councils) for part, councils in grouped}

    def total(self, area: Area, what: Literal["residents", "households"]) -> int:
        """Add up residents or households of an area's LSOAs of 2021."""
        if area.code in self._of_parts.index:
            return int(self._of_parts[what][area.code])
        if (area, what) not in self._totals:
            self._totals[area, what] = int(self._table.loc[self._inside(area), what].sum())
        return self._totals[area, what]

    def shares(self, area: Area) -> dict[str, float]:
        """Give the part of each council's residents of mid-2020 that lives in an area."""
        if area.code in self._shares_of_parts:
            return self._shares_of_parts[area.code]
        if area not in self._shares:
            inside = self._table[self._inside(area)].groupby("lad")["residents"].sum()
            whole = self._of_councils
            self._shares[area] = {
                str(code): float(part / whole[str(code)]) for code, part in inside.items()
            }
        return self._shares[area]

    def parts_of_councils(self, area: Area) -> pd.DataFrame:
        """Give the council of each LSOA of an area, and its ``share`` of that council's residents.

        Both are those of the LSOAs of 2021, the share that of mid-2020.
        """
        inside = self._table.loc[self.within(area, "lsoa"), ["lad", "residents"]]
        share = inside["residents"].astype(float) / inside["lad"].map(self._of_councils)
        return inside[["lad"]].assign(share=share)

    @cached_property
    def _of_parts(self) -> pd.DataFrame:
        """Residents and households of every CSP and police force area."""
        now = self._table[self._table["in_2021"]]
        return pd.concat([now.groupby(kind)[list(_DENOMINATORS)].sum() for kind in _PARTS])

    @cached_property
    def _shares_of_parts(self) -> dict[str, dict[str, float]]:
        """Give the part of each council's residents that lives in every CSP and force area."""
        now, found = self._table[self._table["in_2021"]], dict[str, dict[str, float]]()
        for kind in _PARTS:
            sums = now.groupby([kind, "lad"])["residents"].sum().reset_index()
            for code, council, part in sums.itertuples(index=False):
                found.setdefault(code, {})[council] = float(part / self._of_councils[council])
        return found

    def listed(self, area: Area) -> pd.DataFrame:
        """List the LSOAs of 2021 of an area; see `Holdings.small_areas`."""
        held = self._table.loc[self.within(area, "lsoa"), ["name", "ward", *_DENOMINATORS]]
        return held.rename_axis("lsoa")

    def successors(self, code: str) -> str:
        """Say which LSOAs of 2021 one of 2011 became."""
        return " or ".join(str(self._table["successors"][code]).split())

    def names(self) -> pd.Series:
        """Give the names of LSOAs by code."""
        return self._table["name"]

    @cached_property
    def _of_councils(self) -> pd.Series:
        now = self._table[self._table["in_2021"]]
        return now.groupby("lad")["residents"].sum()

    @cached_property
    def _old_codes(self) -> pa.Array:
        return pa.array(sorted(self.old_only))

    @cached_property
    def _new_codes(self) -> pa.Array:
        return pa.array(self._table.index[~self._table["in_2011"]], pa.string())

    @cached_property
    def _whole(self) -> pd.Series:
        """The LSOA of 2021 that each code became as a whole; missing for split ones."""
        successors = self._table["successors"]
        return successors.where(~successors.str.contains(" "))

    @cached_property
    def _split(self) -> pd.Series:
        """Successors of split LSOAs: one row for each, by old code."""
        successors = self._table["successors"]
        return successors[successors.str.contains(" ")].str.split(" ").explode()

    def _inside(self, area: Area) -> pd.Series:
        """Tell of every LSOA whether it is one of 2021 and lies in the area."""
        return self._table["in_2021"] & self._lies_in(area)

    def _lies_in(self, area: Area) -> pd.Series:
        """Tell of every LSOA, of either vintage, whether it lies in the area, and in its force."""
        if area.is_wider:
            inside = self._table["lad"].isin(councils_of(area.code))
            return inside & (self._table["force"] == area.force) if area.force else inside
        if area.kind == "custom":
            parts = self._split.isin(area.lsoas).groupby(level=0).all()
            return self._whole.isin(area.lsoas) | self._table.index.isin(parts.index[parts])
        codes = self._table.index if area.kind == "lsoa" else self._table[area.kind]
        return pd.Series(codes == area.code, index=self._table.index)

    def _refuse_old(self, code: str) -> None:
        if code in self.old_only:
            now = self.successors(code)
            raise UsageError(f"LSOA {code} is of 2011 and no longer exists; ask for {now}")


@lru_cache(maxsize=4)
def _read_once(path: Path) -> Places:
    # Without Arrow's threads: a process that has read this can still be forked.
    table = pq.ParquetFile(pa.BufferReader(path.read_bytes())).read(use_threads=False)
    return Places(table.to_pandas(use_threads=False))
