"""A run in plain text, short enough to be mailed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cspanalysis.paths import sensitive_folder
from cspanalysis.production.records import RunRecord, failed_folder
from cspanalysis.production.results import RunResult, why

__all__ = ["failed_folders", "summary"]


def summary(result: RunResult, outputs: Path) -> str:
    """Say how a run ended: counts first, then failures with their reasons, then reports.

    Parameters
    ----------
    result
        The run.
    outputs
        Folder of the reports.

    Returns
    -------
    str
        Lines of plain text; the first serves as the subject of a mail.
    """
    return "\n".join(_lines(result, outputs)) + "\n"


def failed_folders(result: RunResult, outputs: Path) -> tuple[Path, ...]:
    """Give where half-run notebooks and reasons lie, of public reports and sensitive editions."""
    return tuple(failed_folder(folder) for folder, _ in _by_folder(result.failed, outputs))


def _lines(result: RunResult, outputs: Path) -> Iterator[str]:
    published, failed, skipped = result.published, result.failed, result.skipped
    left = f", {len(skipped)} unchanged" if skipped else ""
    yield f"cspanalysis: {len(published)} published, {len(failed)} failed{left}"
    if result.trouble:
        yield f"trouble: {result.trouble}"
    if failed:
        yield from ("", "Failed; an earlier report stays published:")
        yield from (f"  {record.job}: {why(record)}" for record in failed)
        lie = map(str, failed_folders(result, outputs))
        yield f"Half-run notebooks and reasons: {', '.join(lie)}"
    for folder, records in _by_folder(published, outputs):
        yield from ("", f"Published in {folder}:")
        yield from (f"  {record.job}" for record in records)


def _by_folder(
    records: Sequence[RunRecord], outputs: Path
) -> Iterator[tuple[Path, list[RunRecord]]]:
    """Give each folder of reports with those that are of its edition."""
    for edition, folder in (("public", outputs), ("sensitive", sensitive_folder(outputs))):
        if own := [record for record in records if record.edition == edition]:
            yield folder, own
