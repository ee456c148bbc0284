"""Leaks: what no public file may tell, such as paths of the machine it was made on."""

from __future__ import annotations

import getpass
import json
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

from cspanalysis.errors import PublicationError, UsageError
from cspanalysis.paths import is_sensitive, machine_folders
from cspanalysis.publication.file_texts import texts_in, texts_of

__all__ = ["check_leaks", "folder_leaks", "leaks", "notebook_leaks"]

_END = r"[^\s\"'<>|;,)\]}]"
_ROOTS = (
    "home|Users|root|tmp|var|mnt|media|opt|srv|private|workspace|usr|etc|builds|data|work|Volumes|"
    "Library|Applications|System|net|snap|run|proc|dbfs"
)
_OF_WINDOWS = "APPDATA|HOMEPATH|LOCALAPPDATA|PROGRAMDATA|TEMP|TMP|USERNAME|USERPROFILE"
# Kinds of paths. Each begins with characters that few texts hold, and looks back from there: what
# begins by looking back is tried at each character, which took a fifth of all publishing.
_PATHS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"/(?<![\w./\\-]/)(?:{_ROOTS})/{_END}+",
        rf":(?<=[A-Za-z]:)(?<![\w.:/\\-].:)(?:\\|/(?!/)){_END}+",
        rf"\\\\(?<![\w.:/\\-]\\\\)[\w.$?-]+\\{_END}+",
        rf"~/(?<![\w.:/\\-]~/)[A-Za-z]{_END}*",
        rf"file:/(?<!\wfile:/)/*{_END}+",
        rf"vscode(?<!\wvscode)(?:-\w+)?:/+{_END}+",
        rf"%(?:{_OF_WINDOWS})%{_END}*",
    )
)
# Names that many machines and people's accounts bear tell of nobody, and may be words of a page.
_COMMON = {"root", "user", "admin", "administrator", "localhost", "runner", "jovyan", "ubuntu"}
_SHORTEST = 4
_LEFT_OUT = "analyst"


def check_leaks(made: dict[str, bytes]) -> None:
    """Refuse to publish files that tell what no public file may.

    Parameters
    ----------
    made
        Contents by name of file; of a notebook what is for analysts is left out first.

    Raises
    ------
    PublicationError
        Naming what leaks, and where.
    """
    found = [
        f"{name} {leak}"
        for name, content in made.items()
        for leak in (notebook_leaks if name.endswith(".ipynb") else partial(leaks, name))(content)
    ]
    if found:
        raise PublicationError(f"it is not published: {'; '.join(dict.fromkeys(found))}")


def folder_leaks(outputs: Path) -> Iterator[tuple[Path, str]]:
    """List what leaks from a folder of outputs, file by file.

    Parameters
    ----------
    outputs
        The folder. Of what is hidden, the history is looked at: failed jobs are not public.

    Raises
    ------
    UsageError
        If the folder holds no file.
    """
    hidden = (outputs / ".editions").rglob("*")
    shown = (p for p in outputs.rglob("*") if not _is_hidden(p.relative_to(outputs)))
    files = sorted(path for path in (*shown, *hidden) if path.is_file())
    if not files:
        raise UsageError(f"{outputs}: no file is here to be looked at; name a folder of outputs")
    for file in files:
        content = file.read_bytes()
        found = [*leaks(file.name, content)]
        if not is_sensitive(outputs) and _is_of_sensitive(file, content):
            found.append("is of a sensitive edition, which has no place among public reports")
        yield from ((file, leak) for leak in dict.fromkeys(found))


def leaks(name: str, content: bytes) -> Iterator[str]:
    """Say what a file tells that no public file may: paths, names of machine and account.

    Parameters
    ----------
    name
        Name of the file; its ending says what it is.
    content
        Its bytes.
    """
    ending = Path(name).suffix
    if ending == ".ipynb":
        yield from _of_notebook(content)
    for text in texts_of(ending, content):
        yield from _of_text(text)


def notebook_leaks(content: bytes) -> Iterator[str]:
    """Say what the published part of an executed notebook tells; see `leaks`.

    Where papermill read and wrote it, as a notebook that an analyst ran by hand notes, is no part
    of what is published: a run writes names alone there.
    """
    book = json.loads(content)
    for path in ("input_path", "output_path"):
        book["metadata"].get("papermill", {}).pop(path, None)
    book["cells"] = [cell for cell in book["cells"] if not _is_for_analysts(cell)]
    for cell in book["cells"]:
        cell["outputs"] = [one for one in cell.get("outputs", ()) if not _is_printed(one)]
    for text in texts_in(book):
        yield from _of_text(text)


def _of_text(text: str) -> Iterator[str]:
    for path in _paths(text):
        yield f"tells the path {path}"
    for folder in machine_folders():
        if folder in text and re.search(rf"(?<![\w.]){re.escape(folder)}(?![\w-])", text):
            yield f"tells the path {folder}"
    for name in _names():
        if _as_name(name).search(text):
            yield f"tells the name '{name}' of the machine or of the account"


def _paths(text: str) -> Iterator[str]:
    """Give the paths in a text in their order; none within another."""
    spans = (
        (match.start() - match[0].startswith(":"), match.end())  # a drive's letter stands before
        for pattern in _PATHS
        for match in pattern.finditer(text)
    )
    last = 0
    for start, end in sorted(spans):
        if start >= last:
            yield text[start:end]
            last = end


def _of_notebook(content: bytes) -> Iterator[str]:
    try:
        cells = json.loads(content)["cells"]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield "is no notebook"
        return
    for number, cell in enumerate(cells, start=1):
        if _is_for_analysts(cell):
            yield f"holds a cell for analysts ({number})"
        if any(map(_is_printed, cell.get("outputs", ()))):
            yield f"holds what a cell printed ({number})"


def _is_for_analysts(cell: dict[str, Any]) -> bool:
    return _LEFT_OUT in cell.get("metadata", {}).get("tags", ())


def _is_printed(output: dict[str, Any]) -> bool:
    return bool(output.get("output_type") == "stream")


def _is_of_sensitive(file: Path, content: bytes) -> bool:
    if not file.name.endswith((".run.json", ".figures.json", ".ipynb")):
        return False
    return re.search(rb'"edition":\s*"sensitive"', content) is not None


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


@cache
def _as_name(name: str) -> re.Pattern[str]:
    """Find a name by itself; in any case where it is no word, such as 'csp-pc' and 'jsmith4'."""
    case = re.IGNORECASE if re.search(r"[\d-]", name) else re.NOFLAG
    return re.compile(rf"(?<![^\W_])(?<!-){re.escape(name)}(?!-|[^\W_])", case)


@cache
def _names() -> tuple[str, ...]:
    found = {socket.gethostname(), socket.gethostname().partition(".")[0]}
    with suppress(OSError, KeyError, ImportError):  # an account without a name
        found.add(getpass.getuser())
    return tuple(n for n in sorted(found) if len(n) >= _SHORTEST and n.lower() not in _COMMON)
