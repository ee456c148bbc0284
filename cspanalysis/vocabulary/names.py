"""Other names of areas: what people call them, and councils that are not one partnership."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from cspanalysis.paths import reference
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["OtherName", "other_names", "without_area"]

_ELSEWHERE = (
    "; this project is of community safety partnerships in England and Wales: write one of them, "
    "such as luton, or a force of theirs, such as bedfordshire-force"
)
_KEPT = (
    "; its months are kept by `cspanalysis ingest` and named by `cspanalysis check`, but no report "
    "reads them"
)
_BTP = (
    "is British Transport Police, which polices the railways of Great Britain: it has no area, no "
    "residents and no community safety partnership of its own" + _KEPT + ". Crimes that it "
    "recorded are in no figure of the force around it; for an area beside the line write its "
    "partnership or force, such as luton or bedfordshire-force"
)
_PSNI = (
    "is the Police Service of Northern Ireland, whose partnerships (policing and community safety "
    "partnerships) stand under another law, and whose rows bear no small area" + _KEPT + _ELSEWHERE
)
_SCOTLAND = (
    "is in Scotland, which has other partnerships, laws and small areas, and no street files on "
    "data.police.uk" + _ELSEWHERE
)
# Forces and countries that people ask for and that have no area of ours.
_WITHOUT_AREA = {
    **dict.fromkeys(("btp", "british-transport-police", "transport-police"), _BTP),
    **dict.fromkeys(("psni", "northern-ireland", "police-service-of-northern-ireland"), _PSNI),
    **dict.fromkeys(("scotland", "police-scotland"), _SCOTLAND),
    **dict.fromkeys(
        ("ministry-of-defence-police", "civil-nuclear-constabulary"),
        "is a police force without an area, which publishes no street files" + _ELSEWHERE,
    ),
    **dict.fromkeys(
        ("gibraltar", "jersey", "guernsey", "isle-of-man"),
        "is outside England and Wales" + _ELSEWHERE,
    ),
}

Relation = Literal["same", "within", "several"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """Hold a name that is not the official one of a partnership.

    Parameters
    ----------
    name
        The name.
    relation
        ``same``, another name of one CSP; ``within``, a council that is part of a CSP;
        ``several``, a council or county that holds several. Councils that are no more are told of
        by `successions`.
    codes
        The CSPs.
    """

    name: str
    relation: Relation
    codes: tuple[str, ...]

    def told(self, slugs: tuple[str, ...]) -> str:
        """Say why the name is no area by itself, and what can be written instead.

        Parameters
        ----------
        slugs
            Slugs of the CSPs.
        """
        listed = f"{', '.join(slugs[:-1])} and {slugs[-1]}" if len(slugs) > 1 else slugs[0]
        if self.relation == "within":
            return f"is a council within the partnership {listed}; write that name"
        return f"holds {len(slugs)} partnerships: {listed}; write one of them"


def without_area(text: str) -> str:
    """Say what a force or a country is that has no area of ours; nothing of any other name.

    Examples
    --------
    >>> without_area("BTP-force")[:51]
    'is British Transport Police, which polices the rail'
    """
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return _WITHOUT_AREA.get(plain.removesuffix("-force"), "")


def other_names() -> dict[str, OtherName]:
    """Read ``data/reference/other-names.csv``, by slug of the name; none where it is not built."""
    return _read_once(reference("other-names.csv"))


@lru_cache(maxsize=4)
def _read_once(path: Path) -> dict[str, OtherName]:
    if not path.exists():
        return {}
    rows = reference_rows(path)
    return {
        row["slug"]: OtherName(
            name=row["name"],
            relation=cast("Relation", row["relation"]),
            codes=tuple(row["codes"].split()),
        )
        for row in rows
    }
