"""Where the project's files are: the one place that knows folders."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from cspanalysis.errors import UsageError

__all__ = [
    "MARKER",
    "NEEDED",
    "SENSITIVE_MARK",
    "cache_folder",
    "carried_folder",
    "checkout",
    "data_folder",
    "default_plan",
    "environment",
    "expanded",
    "harm_weights",
    "is_sensitive",
    "machine_folders",
    "mappings_folder",
    "nearest_workspace",
    "notebooks_folder",
    "outputs_folder",
    "partnership_folder",
    "project_folder",
    "reference",
    "refuse_moved",
    "sensitive_folder",
    "set_path",
    "shipped_store",
    "user_store",
    "way_back",
    "without_paths",
    "workspace_above",
]


MARKER = "cspanalysis-workspace.json"
"""File that makes a folder a workspace, and says what in it is ours."""

NEEDED = frozenset(
    {"areas.csv", "breaks.csv", "forces.csv", "measures.csv", "places.parquet", "splits.csv"}
    | {"composites.csv", "totals.csv"}
)
"""Reference tables that nothing goes without; others may be absent."""


_END = r"[^\s\"'<>|;,)\]}]"
_ANY_PATH = re.compile(rf"(?<![\w.:/\\<-])(?:[A-Za-z]:)?[\\/](?:{_END}+[\\/]){_END}+")
_SHORTEST = 4  # letters of a folder that is told apart from words

SENSITIVE_MARK = ".sensitive"
"""File that tells a folder of sensitive editions from one of public reports."""


def expanded(text: str) -> str:
    """Put the user's folder in the place of a ``~`` that no shell has seen, as in ``--plan=~/a``.

    Examples
    --------
    >>> expanded("data/plan.yml"), expanded("~nobody-of-this-name/plan.yml")
    ('data/plan.yml', '~nobody-of-this-name/plan.yml')
    """
    return os.path.expanduser(text)  # noqa: PTH111 - pathlib's raises where there is no such user


def set_path(part: str) -> Path | None:
    """Give the path that a variable names, such as ``HOME`` for ``$CSPANALYSIS_HOME``, if set."""
    named = os.environ.get(f"CSPANALYSIS_{part}")
    return Path(expanded(named)) if named else None


def project_folder() -> Path:
    """Folder that holds ``data``, ``notebooks`` and ``outputs``.

    ``$CSPANALYSIS_HOME`` where it is set, else the nearest workspace upwards of the current folder,
    else the checkout that the package runs from.

    Raises
    ------
    UsageError
        If there is none of them.
    """
    if home := set_path("HOME"):
        return home
    if found := workspace_above() or checkout():
        return found
    raise UsageError(
        "there is no workspace here; make one with `cspanalysis init FOLDER` and go into it, or "
        "set CSPANALYSIS_HOME to one"
    )


def workspace_above() -> Path | None:
    """Find the nearest workspace upwards of the current folder, where there is one."""
    try:
        return nearest_workspace(os.getcwd())  # noqa: PTH109 - asked some thousand times a report
    except FileNotFoundError:  # the folder was removed under us
        return None


@cache
def nearest_workspace(at: str) -> Path | None:
    """Find the nearest workspace upwards of a folder; whoever makes one here clears the cache."""
    while not os.path.isfile(os.path.join(at, MARKER)):  # noqa: PTH113, PTH118
        below, at = at, os.path.dirname(at)  # noqa: PTH120
        if at == below:
            return None
    return Path(at)


@cache
def checkout() -> Path | None:
    """Find the checkout that the package runs from; None where it was installed from a wheel."""
    root = Path(__file__).resolve().parent.parent
    return root if (root / "data" / "reference").is_dir() else None


def carried_folder() -> Path:
    """Folder of what a workspace is made from: in the wheel its own, in a checkout the checkout."""
    return checkout() or Path(__file__).resolve().parent / "carried"


def data_folder() -> Path:
    """Folder of what is shipped and what the user adds: ``data``, or ``$CSPANALYSIS_DATA``."""
    return set_path("DATA") or project_folder() / "data"


def environment() -> dict[str, str]:
    """Give the variables that say where things are, as far as they are set; paths are absolute."""
    parts = ("HOME", "DATA", "CACHE", "SENSITIVE", "PLAN")
    return {
        f"CSPANALYSIS_{part}": str(path.absolute()) for part in parts if (path := set_path(part))
    }


def partnership_folder(slug: str) -> Path:
    """Folder of what a partnership keeps for its reports, by the slug of its area."""
    return data_folder() / "partnerships" / slug


def harm_weights() -> Path:
    """Path of the user's own table of harm weights; it need not exist."""
    return data_folder() / "harm-weights.csv"


def mappings_folder() -> Path:
    """Folder of mappings, each of which describes a partner's own table; it need not exist."""
    return data_folder() / "mappings"


def reference(name: str) -> Path:
    """Path of one shipped reference table, such as ``reference("areas.csv")``.

    Raises
    ------
    UsageError
        If the table is absent and one of those that nothing goes without.
    """
    path = data_folder() / "reference" / name
    if name in NEEDED and not path.is_file():
        if (path.parent / "areas.csv").is_file():
            raise UsageError(f"there is no {path}; {_brought_again('data/reference')}")
        raise UsageError(
            f"there is no {path}: set CSPANALYSIS_DATA to the project's folder 'data' or a copy of "
            "it, and CSPANALYSIS_HOME to the project's folder, or leave both unset"
        )
    return path


def shipped_store() -> Path:
    """Folder of the counts that the project ships; only a rebuild writes there."""
    return data_folder() / "counts"


def user_store() -> Path:
    """Folder of the observations that the user has ingested; not under version control."""
    return data_folder() / "store"


def _brought_again(folder: str) -> str:
    """Say how a file of ours that is lost or damaged comes back to a workspace, or a checkout."""
    if (project_folder() / MARKER).is_file():
        return f"remove it, if it is there, and run: cspanalysis init '{project_folder()}'"
    return f"restore the project's folder {folder}, from version control for example"


def refuse_moved() -> None:
    """Refuse to go on where a folder that a variable names is not there, as after a move.

    Raises
    ------
    UsageError
        That names the variable, and what to do.
    """
    for part in ("HOME", "DATA"):
        named, name = set_path(part), f"CSPANALYSIS_{part}"
        if named and not named.is_dir():
            raise UsageError(
                f"{name} is '{named}', and there is no such folder; if it was moved, set {name} "
                "to where it is now, or leave it unset and go into the workspace"
            )


def way_back(damaged: Path, came_from: str = "") -> str:
    """Say how a file of the store that is missing or damaged is had again.

    Parameters
    ----------
    damaged
        The file.
    came_from
        Name of the input that it came from, where that is enough to write it anew.
    """
    again = f"ingest {came_from} again" if came_from else ""
    if damaged.is_relative_to(shipped_store()):
        told = _brought_again("data/counts")
        return f"{told}, or {again}" if again else told
    if again:
        return again
    if damaged.is_relative_to(user_store()):
        return f"restore it from a copy, or remove the folder {user_store()} and ingest its files"
    return "restore it from a copy, or remove its store and ingest the files of it"


def cache_folder() -> Path:
    """Folder for what can be fetched again: ``$CSPANALYSIS_CACHE``, or the user's cache."""
    if own := set_path("CACHE"):
        return own
    from platformdirs import user_cache_path

    return user_cache_path("cspanalysis", appauthor=False)


def default_plan() -> Path:
    """Path of the plan that a run takes unless told otherwise, or of the one that runs."""
    return set_path("PLAN") or data_folder() / "plan.yml"


def notebooks_folder() -> Path:
    """Folder of the parameterised notebooks."""
    return project_folder() / "notebooks"


def outputs_folder() -> Path:
    """Folder that a run publishes to unless told otherwise."""
    return project_folder() / "outputs"


def sensitive_folder(outputs: Path) -> Path:
    """Folder of sensitive editions: ``$CSPANALYSIS_SENSITIVE``, or one beside the public outputs.

    Examples
    --------
    >>> sensitive_folder(Path("outputs")).name
    'outputs-sensitive'
    """
    if own := set_path("SENSITIVE"):
        return own
    return (
        outputs
        if is_sensitive(outputs)
        else outputs.absolute().with_name(f"{outputs.absolute().name}-sensitive")
    )


def is_sensitive(folder: Path) -> bool:
    """Tell whether a folder is one of sensitive editions."""
    return (folder / SENSITIVE_MARK).is_file()


def without_paths(text: str) -> str:
    """Leave of every path of this machine the name of its file.

    Examples
    --------
    >>> without_paths("no such file: '/srv/csp/data/plan.yml' (2023/24 and https://a.org/b/c)")
    "no such file: 'plan.yml' (2023/24 and https://a.org/b/c)"
    """
    for folder in machine_folders():
        text = text.replace(f"{folder}/", "").replace(f"{folder}\\", "").replace(folder, "")
    return _ANY_PATH.sub(lambda found: re.split(r"[\\/]", found[0])[-1], text)


@cache
def machine_folders() -> tuple[str, ...]:
    """Give the folders of this machine that messages name, the longest first."""
    known = (project_folder(), data_folder(), Path.home(), Path(gettempdir()))
    named = {str(folder.absolute()) for folder in known} | {str(f.resolve()) for f in known}
    return tuple(sorted((n for n in named if len(n) > _SHORTEST), key=len, reverse=True))
