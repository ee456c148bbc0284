"""A run in plain text, short enough to be mailed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cspanalysis.production.results import RunResult, why

__all__ = ["summary"]


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


def _lines(result: RunResult, outputs: Path) -> Iterator[str]:
    published, failed, skipped = result.published, result.failed, result.skipped
    left = f", {len(skipped)} unchanged" if skipped else ""
    yield f"cspanalysis: {len(published)} published, {len(failed)} failed{left}"
    if result.trouble:
        yield f"trouble: {result.trouble}"
    if failed:
        yield from ("", "Failed; an earlier report stays published:")
        yield from (f"  {record.job}: {why(record)}" for record in failed)
        yield f"Half-run notebooks and reasons: {outputs / '.failed'}"
    if published:
        yield from ("", f"Published in {outputs}:")
        yield from (f"  {record.job}" for record in published)
