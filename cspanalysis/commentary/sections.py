"""Commentary: what people write for a report, section by section, with who wrote it and when.

A partnership keeps its commentary in ``data/partnerships/<slug>/commentary``: one Markdown file
a section, headed by a few lines of YAML::

    ---
    author: Community safety analyst
    date: 2017-09-04
    status: agreed
    edition: public
    sources:
      - Report to the commission, September 2017
    ---
    Robbery went from {{ change.robbery.baseline_count }} to {{ change.robbery.count }}.

Characters that were pasted from elsewhere are read as their equals: see `cspanalysis.characters`.

Files in a folder named after the period (``commentary/2017-04-to-2017-06``) belong to that
period alone and take the place of standing files of the same name. Placeholders are filled by
`cspanalysis.commentary.placeholders`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast, get_args

from cspanalysis.characters import keyed_settings, plain
from cspanalysis.commentary.links import refuse_links
from cspanalysis.commentary.pictures import picture_files, refuse_pictures
from cspanalysis.commentary.placeholders import fill
from cspanalysis.errors import UsageError
from cspanalysis.findings.values import Value
from cspanalysis.settings import refuse_conflict, refuse_excess
from cspanalysis.vocabulary import Area, Period
from cspanalysis.vocabulary.listed import joined

__all__ = ["Commentary", "Edition", "Section", "read_commentary", "render", "unusable"]

Edition = Literal["public", "sensitive"]
_STATUSES = ("draft", "agreed")
_KEYS = ("author", "date", "status", "sources", "edition", "reports")
_BULLET = re.compile(r"^(\s*)[•·▪◦][ \t]+", re.MULTILINE)
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]+)\]:.*$", re.MULTILINE)
"""What a reference of a text leads to; one that nothing refers to is a remark."""
_ROLE = re.compile(
    r"(?i)\b(advis[eo]r|analyst|board|chair|commander|committee|commission|coordinator|council|"
    r"director|group|head|inspector|lead|manager|officer|partnership|police|sergeant|service|"
    r"superintendent|team)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Hold one file of commentary.

    Parameters
    ----------
    name
        Name of the section: the file's, without a leading number and the ending.
    path
        The file.
    author
        The role of who wrote it.
    date
        When it was written.
    status
        ``draft`` or ``agreed``.
    edition
        ``public``, or ``sensitive`` for what never goes into a public edition.
    sources
        What it draws on beside the assessment.
    reports
        Names of the reports that it is for, such as ``committee-report``; empty for all.
    body
        The Markdown, with its placeholders.
    first_line
        Line of the file on which the body begins.
    """

    name: str
    path: Path
    author: str
    date: date
    status: Literal["draft", "agreed"]
    edition: Edition
    sources: tuple[str, ...]
    reports: tuple[str, ...]
    body: str
    first_line: int


@dataclass(frozen=True, slots=True)
class Commentary:
    """Hold the commentary of one partnership, period and edition.

    Parameters
    ----------
    sections
        The sections by name, in the order of their files.
    digest
        SHA-256 of the files that were taken, pictures too, names and contents, for provenance.
    """

    sections: Mapping[str, Section]
    digest: str


def read_commentary(
    folder: Path, *, period: Period, edition: str, report: str = "", without: Collection[str] = ()
) -> Commentary:
    """Read the commentary that belongs to a period, an edition and a report.

    Parameters
    ----------
    folder
        ``data/partnerships/<slug>/commentary``; need not exist.
    period
        Whose commentary; its folder is the period's slug.
    edition
        ``public`` leaves out every section marked ``sensitive``; ``sensitive`` takes all.
    report
        Name of the report; sections that are for others alone are left out. Empty takes all.
    without
        Keys of priorities of which this edition says nothing: sections on them are left out.

    Notes
    -----
    A file with a head and no words under it is left out: nobody has written that section yet.

    Raises
    ------
    UsageError
        If a file is not UTF-8, its head is not as it must be, two files bear one name, a picture
        can't be shown, or a link would run or load something; file and line are named.
    """
    if edition not in get_args(Edition):
        raise UsageError(f"edition '{edition}' is not known; write public or sensitive")
    standing, own = _named(folder), _named(folder / period.slug)
    paths = sorted({**standing, **own}.values(), key=lambda path: path.name)
    sections = [_section(path) for path in paths]
    shown = [
        s
        for s in sections
        if s.body.strip()
        and (edition == "sensitive" or s.edition == "public")
        and (not s.reports or not report or report in s.reports)
        and not any(s.name == key or s.name.endswith(f"-{key}") for key in without)
    ]
    for section in shown:
        refuse_pictures(section)
        refuse_links(section)
    taken = [path for s in shown for path in (s.path, *picture_files(s))]
    return Commentary({s.name: s for s in shown}, _digest(taken, folder))


def render(
    section: Section,
    values: Mapping[str, Value],
    *,
    is_sensitive: Callable[[str], bool] | None = None,
) -> str:
    """Fill the placeholders of a section and give its Markdown.

    Raw HTML that a writer put in is still there: whoever turns the Markdown into HTML escapes
    it. `is_sensitive` tells of a key without a value whether a sensitive edition has one.

    Raises
    ------
    UsageError
        If a placeholder is not known or not well formed; file and line are named, and the
        nearest key.
    """
    return fill(
        section.body,
        values,
        file=section.path,
        first_line=section.first_line,
        is_sensitive=is_sensitive,
    )


def unusable(home: Path) -> Iterator[str]:
    """Say of all commentary that no report can use why not; nothing of the good.

    Parameters
    ----------
    home
        The folder of the partnerships, ``data/partnerships``.
    """
    for folder in sorted({path.parent for path in home.glob("*/commentary/**/*.md")}):
        yield from _misplaced(folder, home)
        try:
            for path in _named(folder).values():
                section = _section(path)
                refuse_pictures(section)
                refuse_links(section)
        except UsageError as error:
            yield str(error)


def _misplaced(folder: Path, home: Path) -> Iterator[str]:
    area, _, *period = folder.relative_to(home).parts
    try:
        sought = (Area.named(area).slug, *(Period.parse(part).slug for part in period[:1]))
    except UsageError as error:
        yield f"{folder}: no report looks here: {error}"
        return
    if sought != (area, *period):
        right = Path(home, sought[0], "commentary", *sought[1:])
        yield f"{folder}: no report looks here; move its files to {right}"


def _named(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.md")):
        name = _name_of(path)
        if name in found:
            raise UsageError(
                f"{path}: {found[name].name} is a section '{name}' as well; rename one of them"
            )
        found[name] = path
    return found


def _name_of(path: Path) -> str:
    return re.sub(r"^\d+[-_ ]+", "", path.stem)


def _digest(paths: list[Path], folder: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        name = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.name)
        digest.update(name.as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _section(path: Path) -> Section:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    refuse_conflict(text, path)
    lines = plain(text).splitlines()
    if not lines or lines[0].rstrip() != "---":
        raise UsageError(f"{path}, line 1: no head; start with '---', {', '.join(_KEYS)}, '---'")
    ends = [i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"]
    if not ends:
        raise UsageError(f"{path}, line 1: the head does not end; close it with a line '---'")
    head = _head(path, keyed_settings("\n".join(lines[1 : ends[0]])).split("\n"))
    return Section(
        name=_name_of(path),
        path=path,
        # Word's bullets are characters; Markdown's are marks, without which lines run together.
        body=_BULLET.sub(r"\1- ", _without_remarks("\n".join(lines[ends[0] + 1 :]))) + "\n",
        first_line=ends[0] + 2,
        **head,
    )


def _without_remarks(text: str) -> str:
    r"""Leave out what a writer noted for writers; each line keeps its number.

    Examples
    --------
    >>> _without_remarks("Rare <!-- ask\nJo --> now.\n[//]: # (ask Jo)\nAs [told][a].\n[a]: b.html")
    'Rare \n now.\n\nAs [told][a].\n[a]: b.html'
    """
    text = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), text)
    called = text.casefold()
    return _DEFINED.sub(lambda d: d[0] if called.count(f"[{d[1].casefold()}]") > 1 else "", text)


def _head(path: Path, lines: list[str]) -> dict[str, Any]:
    read = _yaml(path, lines)
    if unknown := [key for key in read if key not in _KEYS]:
        raise _off(path, lines, unknown[0], f"is not known; known are {', '.join(_KEYS)}")
    if missing := [key for key in _KEYS[:3] if read.get(key) in (None, "")]:
        lacks, add = (joined([f"'{key}{end}'" for key in missing]) for end in ("", ": ..."))
        raise UsageError(f"{path}, line 1: the head lacks {lacks}; add {add}")
    for key, problem in _problems(read):
        raise _off(path, lines, key, problem)
    return {
        "author": read["author"],
        "date": read["date"],
        "status": read["status"],
        "edition": read.get("edition", "public"),
        "sources": tuple(read.get("sources") or ()),
        "reports": tuple(read.get("reports") or ()),
    }


def _yaml(path: Path, lines: list[str]) -> dict[str, Any]:
    import yaml

    text = "\n".join(lines)
    try:
        refuse_excess(text, path, first=2)
        read = yaml.safe_load(text)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise UsageError(f"{path}, line 2: the head can't be read: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        reason = getattr(error, "problem", None) or "not YAML"
        raise UsageError(f"{path}, line {line}: the head can't be read: {reason}") from error
    if read is not None and not isinstance(read, dict):
        raise UsageError(f"{path}, line 2: the head must be lines of 'key: value'")
    return cast("dict[str, Any]", read or {})


def _problems(read: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the values of a head, in the order of its keys."""
    if not _is_role(read["author"]):
        yield "author", "must be a role, such as 'Community safety analyst', and not a name"
    if type(read["date"]) is not date:
        yield "date", "must be a day, such as 2017-09-04"
    if read["status"] not in _STATUSES:
        yield "status", f"must be {' or '.join(_STATUSES)}"
    if read.get("edition", "public") not in get_args(Edition):
        yield "edition", f"must be {' or '.join(get_args(Edition))}"
    for key in ("sources", "reports"):
        listed = read.get(key) or []
        if not isinstance(listed, list) or not all(isinstance(s, str) for s in listed):
            yield key, "must be a list of texts, each on a line '- ...'"


def _is_role(author: object) -> bool:
    """Tell a role from a name: a known word of roles, or a word that bears no capital."""
    if not isinstance(author, str) or "@" in author:
        return False
    lower = any(word[0].islower() for word in author.split()[1:])
    return lower or _ROLE.search(author) is not None


def _off(path: Path, lines: list[str], key: object, problem: str) -> UsageError:
    numbers = [i for i, line in enumerate(lines, start=2) if line.startswith(str(key))]
    return UsageError(f"{path}, line {numbers[0] if numbers else 1}: '{key}' {problem}")
