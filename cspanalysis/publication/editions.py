"""Editions: what one run of a report gave, and those that came before it.

What a run published is replaced by the next one. So that reviewers can see what moved, the run
record and the headline figures of every run are kept under ``.editions`` of the outputs folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cspanalysis.errors import CspanalysisError, UsageError
from cspanalysis.vocabulary import Period
from cspanalysis.writing import write_atomically

__all__ = ["Edition", "editions", "keep", "named_edition", "previous", "read_edition"]

_RUN, _FIGURES = ".run.json", ".figures.json"
_KEPT = ".editions"
_ENDINGS = (_RUN, _FIGURES, ".html", ".pdf", ".docx", ".xlsx", ".ipynb")


@dataclass(frozen=True, slots=True)
class Edition:
    """Hold what one run of a report gave.

    Parameters
    ----------
    stem
        Path of the report's files without their ending.
    run
        The run record.
    figures
        Headline figures by id, in order.
    """

    stem: Path
    run: Mapping[str, Any]
    figures: Mapping[str, Mapping[str, Any]]

    @property
    def job(self) -> tuple[str, str, str]:
        """Area, period and notebook."""
        run = self.run
        return run["area"]["slug"], run["period"]["slug"], run["notebook"]["name"]

    @property
    def label(self) -> str:
        """Name of the edition as people read it."""
        run = self.run
        return f"{run['area']['name']}, {run['period']['label']}, run of {self.finished}"

    @property
    def finished(self) -> str:
        """When its run ended, to the minute, in UTC."""
        return str(self.run.get("finished", ""))[:16].replace("T", " ")


def read_edition(stem: Path) -> Edition:
    """Read an edition from the run record and the figures beside each other.

    Raises
    ------
    UsageError
        If either is missing or can't be read.
    """
    try:
        run = json.loads(Path(f"{stem}{_RUN}").read_text(encoding="utf-8"))
        found = json.loads(Path(f"{stem}{_FIGURES}").read_text(encoding="utf-8"))
        figures = {figure["id"]: figure for figure in found["figures"]}
        edition = Edition(stem, run, figures)
        edition.job  # noqa: B018 - a record without these is none
    except FileNotFoundError:
        raise UsageError(
            f"{stem}: no edition is here; name a report as area/period/notebook, or by its path "
            "without ending"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{stem}: no edition is here ({error}); name a report by its path without ending"
        ) from None
    return edition


def named_edition(name: str, outputs: Path) -> Edition:
    """Find the edition that a user named.

    Parameters
    ----------
    name
        Path of a report's files, with or without ending, or ``area/period/notebook``.
    outputs
        Folder in which the latter is looked up.
    """
    bare = next((name.removesuffix(e) for e in _ENDINGS if name.endswith(e)), name)
    here = Path(bare)
    return read_edition(here if Path(f"{here}{_RUN}").is_file() else outputs / bare)


def editions(outputs: Path) -> Iterator[Edition]:
    """Give the editions that stand published, in the order of their paths."""
    for path in sorted(outputs.glob(f"[!.]*/*/*{_RUN}")):
        stem = path.with_name(path.name.removesuffix(_RUN))
        if edition := _edition_if_any(stem):
            yield edition


def _edition_if_any(stem: Path) -> Edition | None:
    """Read an edition; one that a failing disk has damaged is none, and its job is run again."""
    try:
        return read_edition(stem)
    except UsageError:
        return None


def keep(outputs: Path, edition: Edition) -> None:
    """Keep the record and the figures of a published edition; what is kept already stays."""
    stamp = str(edition.run.get("started", ""))[:19].replace(":", "-")
    folder = outputs.joinpath(_KEPT, *edition.job)
    if not stamp or (folder / f"{stamp}{_RUN}").is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for ending in (_FIGURES, _RUN):
        kept = Path(f"{edition.stem}{ending}").read_text(encoding="utf-8")
        write_atomically(folder / f"{stamp}{ending}", kept)


def previous(outputs: Path, edition: Edition, published: Sequence[Edition]) -> Edition | None:
    """Find the edition that came before: the last run of the same job, else the period before.

    Parameters
    ----------
    outputs
        Folder of outputs.
    edition
        The edition at hand.
    published
        All that stand published.
    """
    kept = sorted(outputs.joinpath(_KEPT, *edition.job).glob(f"*{_RUN}"))
    stems = [path.with_name(path.name.removesuffix(_RUN)) for path in kept]
    for stem in reversed(stems):
        earlier = _edition_if_any(stem)
        if earlier and str(earlier.run.get("started")) < str(edition.run.get("started")):
            return earlier
    area, _, notebook = edition.job
    rows = [e for e in published if (e.job[0], e.job[2]) == (area, notebook)]
    before = [e for e in rows if _length(e) == _length(edition) and _start(e) < _start(edition)]
    return max(before, key=_start, default=None)


def _period(edition: Edition) -> Period | None:
    try:
        return Period.parse(str(edition.run["period"]["text"]))
    except (CspanalysisError, ValueError, KeyError):
        return None


def _start(edition: Edition) -> str:
    period = _period(edition)
    return period.start.isoformat() if period else ""


def _length(edition: Edition) -> int:
    period = _period(edition)
    return len(period.months) if period else 0
