"""How a run ends at the command line: where failures lie, its summary, its exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cspanalysis.production import RunResult

__all__ = ["conclude"]


def conclude(result: RunResult, outputs: Path, summary_file: Path | None = None) -> None:
    """Say where failures lie, write the summary, and exit with 1 unless all went well.

    Parameters
    ----------
    result
        The run.
    outputs
        Folder of the public reports.
    summary_file
        File to write the summary to; ``-`` is standard output.
    """
    from cspanalysis.production import failed_folders, summary

    written = summary_file is None or _written(summary(result, outputs), summary_file)
    there = [str(folder) for folder in failed_folders(result, outputs) if folder.is_dir()]
    if there:  # a full disk keeps no reasons
        click.echo(f"half-run notebooks and reasons: {' and '.join(there)}", err=True)
    if result.exit_code or not written:
        sys.exit(1)


def _written(text: str, file: Path) -> bool:
    """Write the summary; where that can't be, say so and what is done all the same."""
    if str(file) == "-":
        click.echo(text, nl=False)
        return True
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        click.echo(
            f"cspanalysis: the summary could not be written to '{file}': "
            f"{error.strerror or error}; what was published stands, and the same run again "
            "writes it, to another file if need be",
            err=True,
        )
        return False
    return True
