"""Areas: partnerships, councils, forces, wards and LSOAs, by code or by slug."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary.names import other_names

__all__ = ["Area", "AreaKind", "AreaRegister", "slug_of"]

AreaKind = Literal["csp", "lad", "force", "ward", "lsoa"]

# LSOAs and wards are too many to list by name: their codes say what they are.
_CODE_KINDS: tuple[tuple[re.Pattern[str], AreaKind], ...] = (
    (re.compile(r"[EW]01\d{6}"), "lsoa"),
    (re.compile(r"[EW]05\d{6}"), "ward"),
)


@dataclass(frozen=True, slots=True)
class Area:
    """Hold a place that has figures.

    Parameters
    ----------
    code
        Official nine-character code, such as ``E22000318``.
    name
        Official name, without trailing notes.
    kind
        ``csp``, ``lad``, ``force``, ``ward`` or ``lsoa``.
    force
        Code of the police force area it lies in; empty where none is known.
    """

    code: str
    name: str
    kind: AreaKind
    force: str = ""

    @property
    def slug(self) -> str:
        """Name for folders: bare for a CSP, with its kind for the others.

        Examples
        --------
        >>> Area("E22000010", "Luton", "csp").slug, Area("E06000032", "Luton", "lad").slug
        ('luton', 'luton-lad')
        """
        if self.kind in {"lsoa", "ward"}:
            return self.code.lower()
        base = slug_of(self.name)
        return base if self.kind == "csp" else f"{base}-{self.kind}"

    @property
    def label(self) -> str:
        """Name for people: the name, and the kind where it is not a CSP."""
        return _LABELS[self.kind].format(name=self.name)

    @property
    def wider(self) -> Area | None:
        """The police force area to compare it with; None where it has none or is the whole of one.

        Examples
        --------
        >>> Area.named("luton").wider.name, Area.named("city-of-london").wider
        ('Bedfordshire', None)
        """
        if not self.force or self.kind == "force":
            return None
        register = AreaRegister.shipped()
        alike = register.within(self.force, kind=self.kind)
        return None if alike == (self,) else register.named(self.force)

    @classmethod
    def named(cls, text: str | Area) -> Area:
        """Find an area by code, slug or name.

        Parameters
        ----------
        text
            ``E22000318``, ``wycombe``, ``bedfordshire-force``, ``luton-lad``, ``e01017540``; a
            bare name means the CSP.

        Raises
        ------
        UsageError
            If there is no such area; the nearest names are given.
        """
        return text if isinstance(text, Area) else AreaRegister.shipped().named(str(text))


_LABELS = {
    "csp": "{name}",
    "lad": "{name} (council area)",
    "force": "{name} (police force area)",
    "ward": "{name} (ward)",
    "lsoa": "{name} (LSOA)",
}


def slug_of(name: str) -> str:
    """Turn a name into lower case letters, digits and hyphens.

    Examples
    --------
    >>> slug_of("King's Lynn & West Norfolk"), slug_of("London, City of")
    ('kings-lynn-and-west-norfolk', 'london-city-of')
    """
    plain = name.strip().lower().replace("&", " and ").replace("'", "").replace("’", "")
    plain = plain.translate(str.maketrans("âêîôûŵŷàèéìòùáíóúäëïöü", "aeiouwyaeeiouaiouaeiou"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class AreaRegister:
    """Hold the areas that have names: CSPs, council areas and police force areas.

    Parameters
    ----------
    areas
        The areas. Codes must differ, and so must slugs.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_code = {area.code: area for area in areas}
        self._by_slug = {area.slug: area for area in self._by_code.values()}

    @classmethod
    def read(cls, path: Path) -> AreaRegister:
        """Read the register from a CSV file with columns code, name, kind and force."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(line for line in file if not line.startswith("#"))
            return cls(Area(r["code"], r["name"], _kind(r["kind"]), r["force"]) for r in rows)

    @classmethod
    def shipped(cls) -> AreaRegister:
        """Read ``data/reference/areas.csv``, once per file."""
        return _read_once(reference("areas.csv"))

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Area]:
        return iter(self._by_code.values())

    def named(self, text: str) -> Area:
        """Find an area by code, slug or name; see `Area.named`."""
        wanted = text.strip()
        if area := self._by_code.get(wanted.upper()):
            return area
        for name in _turned(wanted):
            if area := self._by_slug.get(slug_of(name)):
                return area
        for name in _turned(wanted):
            other = other_names().get(slug_of(name))
            if other and other.relation == "same" and other.codes[0] in self._by_code:
                return self._by_code[other.codes[0]]
        for pattern, kind in _CODE_KINDS:
            if pattern.fullmatch(wanted.upper()):
                return self._small(wanted.upper(), kind)
        raise UsageError(self._unknown(wanted))

    def _small(self, code: str, kind: AreaKind) -> Area:
        """Make a ward or an LSOA: a ward with its name, where ``wards.csv`` knows it."""
        name, council = _wards_once(reference("wards.csv")).get(code, (code, ""))
        lies_in = self._by_code.get(council)
        return Area(code, name, kind, lies_in.force if lies_in else "")

    def within(self, force: Area | str, *, kind: AreaKind = "csp") -> tuple[Area, ...]:
        """Give the areas of a kind in a police force area, sorted by name."""
        code = force.code if isinstance(force, Area) else force
        inside = (a for a in self._by_code.values() if a.force == code and a.kind == kind)
        return tuple(sorted(inside, key=lambda area: area.name))

    def _unknown(self, wanted: str) -> str:
        other = other_names().get(slug_of(wanted))
        if other and (slugs := tuple(self._by_code[c].slug for c in other.codes if c in self)):
            council = f"{slug_of(other.name)}-lad"
            also = f", or {council} for the council" if council in self._by_slug else ""
            return f"area '{wanted}' {other.told(slugs)}{also}"
        near = get_close_matches(slug_of(wanted), self._by_slug, n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else "write a code such as E22000318"
        return f"area '{wanted}' is not known; {hint} (a bare name is a CSP)"


def _turned(name: str) -> tuple[str, ...]:
    """Give the ways in which an inverted official name is written otherwise.

    Examples
    --------
    >>> _turned("London, City of"), _turned("Luton")
    (('London, City of', 'City of London', 'London'), ('Luton',))
    """
    place, comma, title = (part.strip() for part in name.partition(","))
    return (name, f"{title} {place}", place) if comma else (name,)


def _kind(text: str) -> AreaKind:
    for kind in get_args(AreaKind):
        if text == kind:
            return kind  # type: ignore[no-any-return]
    raise UsageError(f"kind '{text}' in areas.csv; write one of {', '.join(get_args(AreaKind))}")


@lru_cache(maxsize=4)
def _read_once(path: Path) -> AreaRegister:
    return AreaRegister.read(path)


@lru_cache(maxsize=4)
def _wards_once(path: Path) -> dict[str, tuple[str, str]]:
    """Names and councils of wards by code; none where the table has not been built."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["code"]: (row["name"], row["lad"]) for row in rows}
