"""Roots: public reports lie in the outputs folder, sensitive editions in one of their own."""

from __future__ import annotations

import contextlib
from pathlib import Path

from cspanalysis.errors import UsageError
from cspanalysis.paths import SENSITIVE_MARK, is_sensitive, sensitive_folder
from cspanalysis.production.defaults import defaults_of
from cspanalysis.production.plan import Job

__all__ = ["OWN_FOLDER", "open_sensitive", "root_of", "roots", "seal"]

OWN_FOLDER, _FILE = 0o700, 0o600
"""Modes of what is its owner's alone."""


def root_of(job: Job, notebook: Path, outputs: Path) -> Path:
    """Give the folder that a job's report belongs to, by the edition that it will be.

    Parameters
    ----------
    job, notebook
        The job, and its notebook: where the job says nothing, the notebook's own value counts.
    outputs
        Folder of the public reports.

    Raises
    ------
    UsageError
        If the folders for both editions lie in each other.
    """
    edition = {**defaults_of(notebook), **job.arguments}.get("edition")
    if edition != "sensitive" or is_sensitive(outputs):
        return outputs
    folder = sensitive_folder(outputs)
    own, public = folder.resolve(), outputs.resolve()
    if own.is_relative_to(public) or public.is_relative_to(own):
        raise UsageError(
            f"sensitive editions would go to {folder}, and public ones to {outputs}: neither may "
            "lie in the other; set CSPANALYSIS_SENSITIVE to another folder"
        )
    return folder


def roots(outputs: Path) -> tuple[Path, ...]:
    """Give the outputs folder and, where there are sensitive editions, their own."""
    sensitive = sensitive_folder(outputs)
    apart = not is_sensitive(outputs) and is_sensitive(sensitive)
    return (outputs, sensitive) if apart else (outputs,)


def open_sensitive(folder: Path) -> None:
    """Make a folder for sensitive editions that nobody else can enter.

    Raises
    ------
    UsageError
        If it can't be made, or holds other things.
    """
    if folder.is_dir() and not is_sensitive(folder) and any(folder.iterdir()):
        raise UsageError(
            f"sensitive editions would go to {folder}, which holds other things; empty it, or set "
            "CSPANALYSIS_SENSITIVE to another folder"
        )
    try:
        folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        folder.chmod(OWN_FOLDER)
        (folder / SENSITIVE_MARK).touch(_FILE)
    except OSError as error:
        raise UsageError(
            f"folder '{folder}' for sensitive editions can't be made: {error.strerror or error}; "
            "set CSPANALYSIS_SENSITIVE to another folder"
        ) from None


def seal(folder: Path) -> None:
    """Let nobody but the owner read what lies in a folder of sensitive editions."""
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # the lock's marker comes and goes
            wanted = OWN_FOLDER if path.is_dir() else _FILE
            if path.stat().st_mode & 0o777 != wanted:
                path.chmod(wanted)
