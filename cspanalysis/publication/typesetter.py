"""The typesetter that PDF pages and pictures are made with."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from cspanalysis.errors import PublicationError
from cspanalysis.publication.fonts import fallback_folder, font_folder

__all__ = ["typeset"]

_of_thread = threading.local()


def typeset(source: str, *, root: Path | None = None, **how: Any) -> tuple[Any, list[Any]]:
    """Set a source, and give with what was made the typesetter's warnings.

    Parameters
    ----------
    source
        In the words of Typst.
    root
        Folder of what it reads, if any.
    how
        As `typst.Compiler.compile_with_warnings` takes it.

    Raises
    ------
    PublicationError
        If it can't be set, such as for a drawing that is none; the reason is named.
    """
    import typst

    try:
        made, warnings = _compiler(root).compile_with_warnings(source.encode(), **how)
        return made, list(warnings)
    except typst.TypstError as error:
        raise PublicationError(str(error)) from error
    except BaseException as error:
        # What the typesetter's own language calls a panic is no Exception to Python.
        if type(error).__name__ != "PanicException":
            raise
        _of_thread.__dict__.clear()
        raise PublicationError("the typesetter gave up") from None


def _compiler(root: Path | None) -> Any:
    """Give this thread's compiler for a root folder: it keeps fonts and what it has set before.

    Reports are published by several threads, and a compiler serves one at a time.
    """
    import typst

    held: dict[Path | None, Any] = _of_thread.__dict__.setdefault("compilers", {})
    if root not in held:
        fonts = typst.Fonts(False, False, [font_folder(), fallback_folder()])
        held[root] = typst.Compiler(font_paths=fonts, root=str(root) if root else None)
    return held[root]
