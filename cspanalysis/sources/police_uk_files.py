"""data.police.uk: what the files of an archive are called, whose they are and of which month.

An archive holds folders of months with files such as ``2021-03/2021-03-kent-street.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from cspanalysis.characters import keyed
from cspanalysis.errors import SourceError
from cspanalysis.paths import reference
from cspanalysis.sources.files import Input, Member
from cspanalysis.vocabulary import Period
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["KINDS", "Force", "ForceFile", "absent_months", "force_files", "forces"]

KINDS = ("street", "outcomes", "stop-and-search")

_FIRST_MONTH = date(2010, 12, 1)
_NAME = re.compile(r"(\d{4})-(\d{1,2})-(.+?)-(street|outcomes|stop-and-search)\.csv")
_COPY = re.compile(
    r"\d{4}-\d{2}-.+( ?\(\d+\)| - copy.*|_copy)\.csv|copy[ _]of[ _]\d{4}-\d{2}-.+", re.IGNORECASE
)
_LIKE_ONE = re.compile(r"(street|outcomes|stop.and.search)[^/]*\.\w+$", re.IGNORECASE)
# What people call forces for short; their full names are known as well.
_SHORT = {
    "met": "metropolitan", "mps": "metropolitan", "metropolitan-police-service": "metropolitan",
    "gmp": "greater-manchester", "psni": "northern-ireland", "devon-cornwall": "devon-and-cornwall",
}  # fmt: skip
_OF_FORCES = re.compile(r"-(police|constabulary|police-force|force|police-service)$")
_UNNAMED = (
    "by its name this is no street file: it does not say which month and force it is of, or is no "
    "CSV; give it the name that data.police.uk does, such as 2021-03-bedfordshire-street.csv (a "
    "copy, '(1)', loses its ending)"
)
_OTHER = "not a data.police.uk file"


@dataclass(frozen=True, slots=True)
class Force:
    """Hold a force as data.police.uk names it.

    Parameters
    ----------
    slug
        Name in file names, such as ``thames-valley``.
    code
        Code of its police force area; empty for a force without territory.
    name
        Name for people.
    """

    slug: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ForceFile:
    """Hold one file before it is read: of which kind, whose it is and of which month."""

    kind: str
    force: Force
    month: date
    member: Member


def forces() -> dict[str, Force]:
    """Give the forces that publish such files, by slug, from ``data/reference/forces.csv``."""
    return _read_forces(reference("forces.csv"))


def force_files(source: Input) -> tuple[list[ForceFile], dict[str, str]]:
    """Find the files of an input, by kind, force and month.

    Returns
    -------
    list of ForceFile
        Sorted by kind (as in `KINDS`), force and month.
    dict
        Names of the files that are left alone, with the reason.

    Raises
    ------
    SourceError
        If a name holds an impossible month or an unknown force, or if there is no such file.
    """
    found: list[ForceFile] = []
    skipped: dict[str, str] = {}
    for member in source.members:
        match = _NAME.fullmatch(_plain(member.base))
        if match is None:
            skipped[member.name] = _why_not(member)
            continue
        month, force = _month_of(match, member), _force_of(match[3], member)
        found.append(ForceFile(match[4].lower(), force, month, member))
    if not found and [member.source for member in source.members] == [source.path]:
        packed = source.path.suffix.lower() == ".gz"
        reason = "the file is compressed; unpack it, and take in the CSV that comes out"
        raise SourceError(reason if packed else _UNNAMED, file=source.path)
    if not found:
        others = (f"{name}: {why}" for name, why in skipped.items() if why != _OTHER)
        alone = (name for name, why in skipped.items() if why == _OTHER and _is_table(name))
        tables = (f"{name} goes in by itself, unpacked" for name in alone)
        left = next((f"; {other}" for other in (*others, *tables)), "")
        raise SourceError(
            "there is no street file in it, nor one of outcomes or of stop and search; it should "
            f"hold files named like 2021-03/2021-03-bedfordshire-street.csv{left}",
            file=source.path,
        )
    _refuse_doubles(found)
    return sorted(found, key=lambda f: (KINDS.index(f.kind), f.force.slug, f.month)), skipped


def absent_months(files: Sequence[ForceFile]) -> dict[str, list[str]]:
    """Name the months between a force's first and last of which there is no file, by kind."""
    held: dict[str, set[date]] = {}
    for file in files:
        held.setdefault(f"{file.force.name}, {file.kind}", set()).add(file.month)
    spans = {name: Period.of_months(min(days), max(days)).months for name, days in held.items()}
    absent = {
        name: [f"{month:%Y-%m}" for month in span if month not in held[name]]
        for name, span in spans.items()
    }
    return {name: months for name, months in absent.items() if months}


def _is_table(name: str) -> bool:
    return name.lower().endswith((".csv", ".xlsx", ".ods"))


def _why_not(member: Member) -> str:
    if member.base.lower().endswith((".zip", ".7z", ".gz")):
        return "an archive inside another; unpack it, or take it in by itself"
    if _COPY.fullmatch(member.base):
        return "by its name a copy of another file; rename it if it is not"
    return _UNNAMED if _LIKE_ONE.search(member.base) else _OTHER


def _plain(name: str) -> str:
    """Write a name of a file as data.police.uk does: in small letters, with hyphens.

    A copy, whose name says so, stays one.
    """
    return name if _COPY.fullmatch(name) else re.sub(r"[\s_]+", "-", keyed(name).lower())


def _month_of(match: re.Match[str], member: Member) -> date:
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12 or len(match[2]) != 2:
        reason = f"the name holds the month '{match[1]}-{match[2]}', which does not exist"
        raise SourceError(f"{reason}; rename it to YYYY-MM-force-street.csv", file=member.shown)
    day = date(year, month, 1)
    if not _FIRST_MONTH <= day <= date.today():  # noqa: DTZ011
        reason = f"the month {day:%Y-%m} can not have been published (2010-12 to this month can)"
        raise SourceError(f"{reason}; is the file named rightly?", file=member.shown)
    return day


def _force_of(slug: str, member: Member) -> Force:
    known = forces()
    named = {slug_of(force.name): force for force in known.values()} | known
    for name in (slug, _SHORT.get(slug, slug), _OF_FORCES.sub("", slug)):
        if force := named.get(name):
            return force
    near = get_close_matches(slug, known, n=2, cutoff=0.6)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    raise SourceError(
        f"force '{slug}' in the name is not known; {hint}"
        "Forces are listed in data/reference/forces.csv",
        file=member.shown,
    )


def _refuse_doubles(files: Sequence[ForceFile]) -> None:
    seen: dict[tuple[str, str, date], ForceFile] = {}
    for file in files:
        other = seen.setdefault((file.kind, file.force.slug, file.month), file)
        if other is not file:
            reason = f"the same force and month is in {other.member.shown} too; keep one of them"
            raise SourceError(reason, file=file.member.shown)


@lru_cache(maxsize=4)
def _read_forces(path: Path) -> dict[str, Force]:
    rows = reference_rows(path)
    return {row["slug"]: Force(row["slug"], row["code"], row["name"]) for row in rows}
