"""The typesetter that PDF pages and pictures are made with."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from cspanalysis.publication.fonts import fallback_folder, font_folder

__all__ = ["typesetter"]

_of_thread = threading.local()


def typesetter(root: Path | None = None) -> Any:
    """Give this thread's compiler for a root folder: it keeps fonts and what it has set before.

    Reports are published by several threads, and a compiler serves one at a time.
    """
    import typst

    held: dict[Path | None, Any] = _of_thread.__dict__.setdefault("compilers", {})
    if root not in held:
        fonts = typst.Fonts(False, False, [font_folder(), fallback_folder()])
        held[root] = typst.Compiler(font_paths=fonts, root=str(root) if root else None)
    return held[root]
