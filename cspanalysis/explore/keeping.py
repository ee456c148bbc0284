"""Wards that were picked in a view, kept as a custom area of the partnership's file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from cspanalysis.errors import UsageError
from cspanalysis.partnership import FILE
from cspanalysis.partnership.custom_areas import CustomArea, custom_areas_of
from cspanalysis.paths import partnership_folder
from cspanalysis.vocabulary.area import slug_of
from cspanalysis.writing import write_atomically

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["area_lines", "write_area"]

_HEAD = re.compile(r"(?m)^areas:[ \t]*(?:#.*)?\n(?=([ \t]*))")


def area_lines(facts: Facts, places: Sequence[str], name: str) -> str:
    """Write wards or small areas as an entry of `areas` in the partnership's file.

    Parameters
    ----------
    facts
        Of the partnership.
    places
        Their codes.
    name
        What the custom area is called.

    Raises
    ------
    UsageError
        If none is picked, or the name is taken or has no letter.
    """
    if not places:
        raise UsageError("no ward is picked: click one, with Ctrl several, and name them")
    lsoas = [code for code in places if code[1:3] == "01"]
    wards = [code for code in places if code not in lsoas]
    one = CustomArea(name=name or "-", lsoas=tuple(lsoas), wards=tuple(wards))
    held = facts.partnership.areas if facts.partnership else {}
    try:
        custom_areas_of(facts.area, {**held, _key(one): one})
    except ValueError as error:
        raise UsageError(str(error)) from None
    if _key(one) in held:
        raise UsageError(f"there is a custom area '{_key(one)}' already; choose another name")
    entry = {"name": name, "wards": wards, "lsoas": lsoas}
    filled = {_key(one): {key: value for key, value in entry.items() if value}}
    return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True)


def write_area(facts: Facts, places: Sequence[str], name: str) -> Path:
    """Write picked wards into the partnership's file; every other line of it stays as it is.

    Raises
    ------
    UsageError
        As of `area_lines`; or if there is no file, or its `areas` are written on one line.
    """
    path = partnership_folder(facts.area.slug) / FILE
    lines = area_lines(facts, places, name)
    if not path.is_file():
        raise UsageError(f"there is no {path}; make it with 'cspanalysis new {facts.area.slug}'")
    text = path.read_text(encoding="utf-8")
    head = _HEAD.search(text)
    if head is None and "areas" in (yaml.safe_load(text) or {}):
        raise UsageError(f"{path}: 'areas' is not written a line a key; paste there:\n{lines}")
    if head is None:
        whole = f"{text.rstrip()}\n\nareas:\n{textwrap.indent(lines, '  ')}"
    else:
        entry = textwrap.indent(lines, head[1] or "  ")
        whole = f"{text[: head.end()]}{entry}{text[head.end() :]}"
    return write_atomically(path, whole)


def _key(one: CustomArea) -> str:
    return slug_of(one.name)
