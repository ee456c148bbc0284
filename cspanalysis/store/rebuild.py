"""Rebuild what the project ships: reference tables and counts, from published files.

Run ``python -m cspanalysis.store.rebuild ../shared/data``. The same inputs give the same bytes.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from cspanalysis.errors import UsageError
from cspanalysis.paths import data_folder, shipped_store
from cspanalysis.sources.reference import build_outlines, build_reference, build_shapes
from cspanalysis.store import manifest
from cspanalysis.store.ingest import ingest
from cspanalysis.store.reports import IngestReport

__all__ = ["rebuild"]

_FOLDERS = ("lookups", "population", "deprivation", "wales", "similar_areas", "ons_crime")
_ARCHIVES = ("police_uk/bedfordshire-2021-03-to-2023-12.zip",)
# What the same months held as they were published before: some of them held more then.
_EARLIER = ("police_uk/bedfordshire-2021-09-to-2022-03-earlier-vintage.zip",)
_EARLIER_VINTAGE = "2022-03"


def rebuild(shared: Path, *, data: Path | None = None) -> IngestReport:
    """Write the reference tables and the shipped store anew.

    Parameters
    ----------
    shared
        Folder of the published files: ``lookups``, ``population``, ``deprivation``, ``wales``,
        ``similar_areas``, ``ons_crime``, ``police_uk``, and ``boundaries``: the shapes of councils
        are left as they are without geopandas.
    data
        Folder to write to, which holds ``published`` already; the project's where none is given.

    Raises
    ------
    UsageError
        If `shared` is not such a folder.
    SourceError
        If one of the files is not what it claims to be; the shipped store stays as it was.
    """
    for name in (*_FOLDERS, *_ARCHIVES, *_EARLIER):
        if not (shared / name).exists():
            raise UsageError(f"{shared} has no {name}; give the folder of the published files")
    home = data_folder() if data is None else data
    into = shipped_store() if data is None else data / "counts"
    build_reference(shared, into=home / "reference")
    if (shared / "boundaries").exists():
        build_outlines(shared, into=home / "reference")
        if find_spec("geopandas"):
            build_shapes(shared, into=home / "reference")
    staged = into.with_name(f"{into.name}.new")
    shutil.rmtree(staged, ignore_errors=True)
    inputs = [*(shared / name for name in _ARCHIVES), *sorted((home / "published").glob("*.csv"))]
    ingest([shared / name for name in _EARLIER], into=staged, vintage=_EARLIER_VINTAGE)
    report = ingest(inputs, into=staged)
    for beside in (".lock", manifest.BEFORE):  # of no use to a store that nobody ingests into
        (staged / beside).unlink(missing_ok=True)
    shutil.rmtree(into, ignore_errors=True)
    staged.replace(into)
    return IngestReport(report.inputs, into)


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild from the folder named on the command line."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) != 1:
        sys.stderr.write("usage: python -m cspanalysis.store.rebuild SHARED_DATA\n")
        return 2
    sys.stdout.write(f"{rebuild(Path(given[0]))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
