"""Where the measure of a change was recorded, as far as an edition may tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.disclosure.agreed import rules_of
from cspanalysis.disclosure.family import months_of, nests
from cspanalysis.disclosure.plan import Plan
from cspanalysis.disclosure.small_areas import SmallAreas
from cspanalysis.findings.finding import Change
from cspanalysis.findings.places.wards import hidden_wards, sums_by_ward
from cspanalysis.findings.places.where import Where
from cspanalysis.vocabulary import Area

if TYPE_CHECKING:
    import pandas as pd

    from cspanalysis.store import Store

__all__ = ["people_of", "where_of"]


def where_of(
    store: Store,
    *,
    change: Change,
    edition: str = "public",
    located: tuple[float, float] | None = None,
    plan: Plan | None = None,
    small_areas: SmallAreas | None = None,
) -> Where | None:
    """Find where the measure of a change was recorded, in its period and its baseline period.

    Parameters
    ----------
    store
        Where counts by small area come from.
    change
        What, where and when; its dispersion serves the test of wards.
    edition
        ``public`` or ``sensitive``.
    located
        Share of the force's records with a location, in the baseline period and the period.
    plan
        What is kept back over the area's whole family; None for a sensitive edition.
    small_areas
        What is told of its small areas, likewise.

    Returns
    -------
    Where or None
        None for a ward or an LSOA, and where the store does not count the measure by small area
        throughout the period.
    """
    area, code = change.area, change.measure.code
    if area.is_small or not store.held.whole(area, change.period):
        return None
    after = store.by_area("lsoa", within=area, period=change.period)
    if code not in after:
        return None
    places = store.people.small_areas(area)
    unknown = after[code].mask(after[code].notna())
    before = _before(store, change)
    people, per = people_of(store, change, places)
    names = {ward: Area.named(ward).name for ward in places["ward"].unique()}
    fits = [names[ward] for ward in places["ward"]]
    nested = nests(places["ward"])
    around = [f"{name} around {ward}" for name, ward in zip(places["name"], fits, strict=True)]
    frame = places[["name"]].assign(
        ward=places["ward"] if nested else places.index,
        ward_name=fits if nested else around,
        denominator=unknown if people is None else people,
        before=unknown if before is None else before,
        after=after[code],
    )
    by_ward = _by_ward(store, change, frame) if nested else None
    sums = sums_by_ward(frame, by_ward)
    return Where(
        measure=change.measure,
        area=area,
        period=change.period,
        baseline=change.baseline,
        edition=edition,
        places=frame,
        by_ward=by_ward,
        dispersion=change.dispersion,
        located=located or (1.0, 1.0),
        per=per,
        provenance=change.provenance,
        nested=nested,
        kept_back=None if plan is None else hidden_wards(plan, sums, change),
        rules=rules_of(area),
        told=(small_areas or {}).get((code, months_of(change.period))),
        divided=_divided(change, sums["after"]),
        told_before=(small_areas or {}).get((code, months_of(change.baseline))),
    )


def _by_ward(store: Store, change: Change, places: pd.DataFrame) -> pd.DataFrame | None:
    """Count wards by themselves where small areas are missing; None where none is."""
    import pandas as pd

    counted = {}
    for column, period in (("before", change.baseline), ("after", change.period)):
        lacking = places[column].isna()
        if lacking.all():
            counted[column] = pd.Series(pd.NA, places["ward"].unique(), "Int64")
        elif lacking.any():
            table = store.by_area("ward", within=change.area, period=period)
            counted[column] = table[change.measure.code]
        else:
            counted[column] = places.groupby("ward")[column].sum()
    return pd.DataFrame(counted) if places[["before", "after"]].isna().any(axis=None) else None


def _divided(change: Change, placed: pd.Series) -> int:
    """Give how many records lie in wards or small areas that are missing.

    A force's count holds those without a location too, so of it this is not known.
    """
    if change.area.kind == "force" or change.after is None:
        return 0
    return max(0, change.after - int(placed.sum()))


def people_of(store: Store, change: Change, places: pd.DataFrame) -> tuple[pd.Series | None, str]:
    """Give what rates of small areas are per, and its name; nothing where a measure has none."""
    if change.measure.denominator == "persons":
        return store.people.residents_of_small_areas(change.area, period=change.period)
    if change.measure.denominator == "households":
        return places["households"], store.people.denominator(change.area, "households").label
    return None, ""


def _before(store: Store, change: Change) -> pd.Series | None:
    """Count in the baseline period; None where a month of it is missing or it is not compared."""
    if change.refused or not store.held.whole(change.area, change.baseline):
        return None
    counts = store.by_area("lsoa", within=change.area, period=change.baseline)
    return counts.get(change.measure.code)
