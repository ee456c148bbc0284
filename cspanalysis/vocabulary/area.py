"""Areas: partnerships, councils, forces, wards, LSOAs and what they add up to, by code or slug."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from cspanalysis.characters import keyed
from cspanalysis.errors import UsageError
from cspanalysis.paths import reference
from cspanalysis.vocabulary.names import other_names, without_area
from cspanalysis.vocabulary.rows import reference_rows
from cspanalysis.vocabulary.successions import Succession, successions
from cspanalysis.vocabulary.wider import WIDER_KINDS, councils_of, wider_areas

__all__ = ["CODE_KINDS", "Area", "AreaKind", "AreaRegister", "slug_of"]

AreaKind = Literal[
    "csp", "lad", "force", "ward", "lsoa", "county", "combined", "region", "country", "custom"
]

CODE_KINDS: tuple[tuple[re.Pattern[str], AreaKind], ...] = (
    (re.compile(r"[EW]01\d{6}"), "lsoa"),
    (re.compile(r"[EW]05\d{6}"), "ward"),
)
"""What codes of LSOAs and wards look like, which are too many to list by name."""


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
        ``csp``, ``lad``, ``force``, ``ward`` or ``lsoa``; ``county``, ``combined`` (a combined
        authority), ``region`` or ``country``, which are made of whole councils; ``custom`` for an
        area that a partnership made of LSOAs.
    force
        Code of the police force area it lies in; empty where none is known, or several are.
    lsoas
        Codes of the LSOAs of 2021 that a custom area is made of; none of any other.
    """

    code: str
    name: str
    kind: AreaKind
    force: str = ""
    lsoas: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Name for folders: bare for a CSP and a country, with its kind for the others.

        Examples
        --------
        >>> Area("E22000010", "Luton", "csp").slug, Area("E06000032", "Luton", "lad").slug
        ('luton', 'luton-lad')
        """
        if self.kind in {"lsoa", "ward", "custom"}:
            return self.code.lower()
        base = slug_of(self.name)
        return base if self.kind in {"csp", "country"} else f"{base}-{self.kind}"

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
        if self.is_wider:
            councils = {area.code for area in register.within(self.force, kind="lad")}
            return None if councils <= councils_of(self.code) else register.named(self.force)
        alike = register.within(self.force, kind=self.kind)
        return None if alike == (self,) else register.named(self.force)

    @property
    def is_small(self) -> bool:
        """Whether it lies inside a council: a ward, an LSOA or a custom area."""
        return self.kind in {"ward", "lsoa", "custom"}

    @property
    def is_wider(self) -> bool:
        """Whether it is a county, a combined authority, a region or a country."""
        return self.kind in WIDER_KINDS

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
            If there is no such area: the nearest names are given; of a council that is no more,
            what became of it, when, and the names to use.
        """
        return text if isinstance(text, Area) else AreaRegister.shipped().named(str(text))


_LABELS = {
    "csp": "{name}",
    "lad": "{name} (council area)",
    "force": "{name} (police force area)",
    "ward": "{name} (ward)",
    "lsoa": "{name} (LSOA)",
    "county": "{name} (county)",
    "combined": "{name} (combined authority)",
    "region": "{name} (region)",
    "country": "{name}",
    "custom": "{name} (custom area)",
}


@lru_cache(maxsize=4096)
def slug_of(name: str) -> str:
    """Turn a name into lower case letters, digits and hyphens.

    Examples
    --------
    >>> slug_of("King's Lynn & West Norfolk"), slug_of("London, City of")
    ('kings-lynn-and-west-norfolk', 'london-city-of')
    """
    plain = keyed(name).lower().replace("&", " and ").replace("'", "").replace("’", "")
    plain = plain.translate(str.maketrans("âêîôûŵŷàèéìòùáíóúäëïöü", "aeiouwyaeeiouaiouaeiou"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class AreaRegister:
    """Hold the areas that have names: CSPs, councils, police force areas and wider areas.

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
        rows = reference_rows(path)
        return cls(Area(r["code"], r["name"], _kind(r["kind"]), r["force"]) for r in rows)

    @classmethod
    def shipped(cls) -> AreaRegister:
        """Read ``areas.csv`` and ``wider-areas.csv`` of ``data/reference``, once per file."""
        return _read_once(reference("areas.csv"), reference("wider-areas.csv"))

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Area]:
        return iter(self._by_code.values())

    def named(self, text: str) -> Area:
        """Find an area by code, slug or name; see `Area.named`."""
        wanted = keyed(text)
        if area := self._by_code.get(wanted.upper()):
            return area
        for name in _turned(wanted):
            if area := self._by_slug.get(slug_of(name)):
                return area
        for name in _turned(wanted):
            other = other_names().get(slug_of(name))
            if other and other.relation == "same" and other.codes[0] in self._by_code:
                return self._by_code[other.codes[0]]
        for pattern, kind in CODE_KINDS:
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

    def explained(self, text: str) -> str:
        """Say what became of a name that no area bears now, or whose it is; empty where unknown."""
        wanted = keyed(text)
        if gone := _gone(wanted):
            named = "" if slug_of(wanted) == slug_of(gone.name) else f" ({gone.name})"
            slugs = tuple(self._by_code[c].slug for c in gone.partnerships if c in self)
            later = tuple(a.slug for a in self._successors(gone))
            told = gone.told(partnerships=slugs, councils=later)
            then = [one for one in _later(gone) if not set(gone.successors) & set(self._by_code)]
            more = "".join(f" ({one.name} {one.happened})" for one in then)
            return f"area '{wanted}'{named} {told}{more}"
        if force := without_area(wanted):
            return f"area '{wanted}' {force}"
        other = other_names().get(slug_of(wanted))
        if other and (slugs := tuple(self._by_code[c].slug for c in other.codes if c in self)):
            also = "".join(
                f", or {slug} for {what}"
                for kind, what in (("lad", "the council"), ("county", "the county"))
                if (slug := f"{slug_of(other.name)}-{kind}") in self._by_slug
            )
            return f"area '{wanted}' {other.told(slugs)}{also}"
        return ""

    def _unknown(self, wanted: str) -> str:
        if told := self.explained(wanted):
            return told
        near = get_close_matches(slug_of(wanted), self._by_slug, n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else "write a code such as E22000318"
        return f"area '{wanted}' is not known; {hint} (a bare name is a CSP)"

    def _successors(self, gone: Succession) -> list[Area]:
        """Follow what took a council's place to the areas that the register holds."""
        here = [self._by_code[code] for code in gone.successors if code in self._by_code]
        return here or [area for one in _later(gone) for area in self._successors(one)]


def _gone(wanted: str) -> Succession | None:
    """Find a council that is no more by its code, its name or the slug it had; the last change."""
    code, slug = wanted.upper(), slug_of(wanted)
    held = [
        one
        for one in successions()
        if code == one.code
        or slug
        in {name := slug_of(one.name), f"{name}-lad", f"{name.removesuffix('-county')}-county"}
    ]
    return max(held, key=lambda one: one.day, default=None)


def _later(gone: Succession) -> list[Succession]:
    """Give what became of the councils that took a council's place."""
    return [one for one in successions() if one.code in gone.successors and one.day > gone.day]


def _turned(name: str) -> tuple[str, ...]:
    """Give the ways in which an inverted official name is written otherwise.

    Examples
    --------
    >>> _turned("London, City of"), _turned("Luton")
    (('London, City of', 'City of London', 'London'), ('Luton',))
    >>> _turned("Bournemouth, Christchurch and Poole")
    ('Bournemouth, Christchurch and Poole',)
    """
    place, comma, title = (part.strip() for part in name.partition(","))
    turned = comma and title.casefold().endswith("of")
    return (name, f"{title} {place}", place) if turned else (name,)


def _kind(text: str) -> AreaKind:
    for kind in get_args(AreaKind):
        if text == kind:
            return kind  # type: ignore[no-any-return]
    raise UsageError(f"kind '{text}' in areas.csv; write one of {', '.join(get_args(AreaKind))}")


@lru_cache(maxsize=4)
def _read_once(path: Path, _wider: Path) -> AreaRegister:
    held = [Area(w.code, w.name, w.kind, w.force) for w in wider_areas().values()]
    return AreaRegister([*AreaRegister.read(path), *held])


@lru_cache(maxsize=4)
def _wards_once(path: Path) -> dict[str, tuple[str, str]]:
    """Names and councils of wards by code; none where the table has not been built."""
    if not path.exists():
        return {}
    rows = reference_rows(path)
    return {row["code"]: (row["name"], row["lad"]) for row in rows}
