"""Hide more of a new table, so that it gives nothing away beside tables that were published."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cspanalysis.methods._inputs import amounts
from cspanalysis.methods.disclosure_audit import Cell, audit, named_cells
from cspanalysis.methods.protection import protect

__all__ = ["hidden_beside"]

Mask = NDArray[np.bool_]
TRIES = 5
"""How often what was hidden for others is protected in its turn."""


def hidden_beside(
    whole: pd.DataFrame,
    published: Sequence[pd.DataFrame],
    *,
    hidden: Mask,
    threshold: int,
    round_to: int | None,
    total: str,
) -> Mask:
    """Hide cells of a table, beyond those that are hidden, until all editions together are safe.

    Parameters
    ----------
    whole
        Counts with their totals, nothing hidden.
    published
        Earlier editions; what they show stays known, what they hide must stay unknown.
    hidden
        What is hidden of the table already.
    threshold, round_to, total
        See `suppress`.

    Raises
    ------
    PublicationError
        If what was published leaves no safe edition.
    ValueError
        If an earlier edition holds a label that the table has not, or another count.
    """
    counts: dict[Cell, int] = {}
    sums: list[dict[Cell, int]] = []
    for number, edition in enumerate([whole, *published]):
        cells = named_cells(edition, total, number)
        counts |= {cell: _count(cell, whole, total, number) for cell in cells.ravel()}
        lines = [*cells, *cells.T]
        sums += [dict.fromkeys(line[:-1], 1) | {line[-1]: -1} for line in lines]
    place = {cell: at for at, cell in enumerate(counts)}
    own = [place[cell] for cell in named_cells(whole, total, 0).ravel()]
    known = {place[c] for c in _shown(published, counts, round_to=round_to, total=total)}
    found: Mask = hidden
    for _ in range(TRIES):
        secret = {at for at, gone in zip(own, found.ravel(), strict=True) if gone}
        elsewhere = {*range(len(counts))} - {*own} - known
        marked = protect(
            pd.Series([*counts.values()]),
            sums=[{place[cell]: sign for cell, sign in line.items()} for line in sums],
            threshold=threshold,
            published=sorted(known),
            unseen=sorted(elsewhere),
            also=sorted((secret | elsewhere) - known),
        )
        found = np.logical_or(hidden, marked.to_numpy(dtype=bool)[own].reshape(hidden.shape))
        edition = whole.astype("Int64").mask(pd.DataFrame(found, whole.index, whole.columns))
        if round_to is not None:
            edition = (edition + round_to // 2) // round_to * round_to
        judged = audit(
            edition, *published, threshold=threshold, round_to=round_to, total=total, strict=False
        )
        if judged["safe"].all():
            return found
    audit(edition, *published, threshold=threshold, round_to=round_to, total=total)
    return found


def _count(cell: Cell, whole: pd.DataFrame, total: str, number: int) -> int:
    """Give the true count of a cell of any edition, from the new table."""
    chosen = []
    for label, axis in zip(cell, (whole.index, whole.columns), strict=True):
        labels = [*label] if isinstance(label, frozenset) else [label]
        if strange := [one for one in labels if one not in axis or one == total]:
            raise ValueError(f"published: edition {number} holds '{strange[0]}', the table not")
        chosen.append(labels)
    return int(whole.loc[chosen[0], chosen[1]].to_numpy().sum())


def _shown(
    published: Sequence[pd.DataFrame],
    counts: Mapping[tuple[Hashable, Hashable], int],
    *,
    round_to: int | None,
    total: str,
) -> set[Cell]:
    """Give the cells that some earlier edition shows."""
    found: set[Cell] = set()
    for number, edition in enumerate(published, 1):
        values = amounts(edition, f"published: edition {number}", whole=True, missing=True)
        cells = named_cells(edition, total, number).ravel()
        for cell, value in zip(cells, values.ravel(), strict=True):
            if np.isnan(value):
                continue
            if round_to is None and value != counts[cell]:
                raise ValueError(
                    f"published: edition {number} has {value:g} where the table has "
                    f"{counts[cell]}: counts that were revised are audited one by one"
                )
            found.add(cell)
    return found
