"""Partnership files that are held, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cspanalysis import settings
from cspanalysis.errors import CspanalysisError
from cspanalysis.partnership.answers import read_answers
from cspanalysis.partnership.partnership import FILE, Partnership
from cspanalysis.paths import partnership_folder

__all__ = ["held_files", "problems"]


def held_files() -> tuple[Path, ...]:
    """Give every partnership file: the standing ones and those of periods."""
    home = partnership_folder("")
    return (*sorted(home.glob(f"*/{FILE}")), *sorted(home.glob(f"*/*/{FILE}")))


def problems() -> Iterator[str]:
    """Say of every partnership file that can't be used why not; nothing of the good ones.

    A file is read as a report would read it, with its files of answers and of harm weights, and
    must lie in the folder of its area.
    """
    for path in held_files():
        try:
            found = settings.load(path, Partnership, what="partnership file").content
            yield from _misplaced(path, found)
            for consultation in found.consultation:
                if consultation.answers:
                    read_answers(_home(path), consultation)
        except CspanalysisError as error:
            yield str(error)


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
