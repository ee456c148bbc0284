"""Partnership files that are held, what is wrong with them, and what else to know of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cspanalysis.errors import CspanalysisError
from cspanalysis.partnership.answers import read_answers
from cspanalysis.partnership.harm_weights import read_weights
from cspanalysis.partnership.partnership import FILE, Partnership, read_file
from cspanalysis.paths import harm_weights, partnership_folder
from cspanalysis.sources.tables import read_supplied

__all__ = ["held_files", "problems", "remarks"]


def held_files() -> tuple[Path, ...]:
    """Give every partnership file: the standing ones and those of periods."""
    home = partnership_folder("")
    return (*sorted(home.glob(f"*/{FILE}")), *sorted(home.glob(f"*/*/{FILE}")))


def problems() -> Iterator[str]:
    """Say of every partnership file that can't be used why not; nothing of the good ones.

    A file is read as a report would read it, with its files of answers and of harm weights, and
    must lie in the folder of its area. The table of harm weights that stands beside them is read
    as well.
    """
    for path in held_files():
        try:
            found = read_file(path)
            yield from _misplaced(path, found)
            for consultation in found.consultation:
                if consultation.answers:
                    read_answers(_home(path), consultation)
        except CspanalysisError as error:
            yield str(error)
    for table in _weights():
        try:
            read_weights(table)
        except CspanalysisError as error:
            yield str(error)


def remarks() -> Iterator[str]:
    """Say what else to know of the tables that partnerships supplied: encodings, hidden rows."""
    for table in dict.fromkeys([*_answers(), *_weights()]):
        try:
            sheet = read_supplied(table)
        except CspanalysisError:  # told as a problem
            continue
        yield from (*sheet.read_as(), *sheet.unseen_parts())


def _answers() -> Iterator[Path]:
    for path, found in _good():
        yield from (_home(path) / c.answers for c in found.consultation if c.answers)


def _weights() -> Iterator[Path]:
    """Give the tables of harm weights that are there: partnerships' own, and the one for all."""
    named = {_home(path) / found.harm_weights for path, found in _good() if found.harm_weights}
    yield from (table for table in (*sorted(named), harm_weights()) if table.is_file())


def _good() -> Iterator[tuple[Path, Partnership]]:
    for path in held_files():
        try:
            yield path, read_file(path)
        except CspanalysisError:
            continue


def _misplaced(path: Path, found: Partnership) -> Iterator[str]:
    home = _home(path)
    if home.name != found.area.slug:
        yield (
            f"{path}: it is of {found.area.label}, so no report of '{home.name}' finds it; move it "
            f"to a folder named {found.area.slug}, or correct 'area'"
        )
    if found.harm_weights and not (home / found.harm_weights).is_file():
        yield f"{path}, harm_weights: there is no file '{found.harm_weights}' beside it"


def _home(path: Path) -> Path:
    """Give the partnership's folder, which holds its answers, of a file of it or of a period."""
    inside = path.parent.parent.name
    return path.parent if inside == "partnerships" else path.parent.parent
