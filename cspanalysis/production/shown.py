"""The notebook that is published: what its page shows, without what is for analysts alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["shown"]

_FOR_ANALYSTS = "analyst"
_OF_BOOK = ("cspanalysis_forms", "kernelspec", "language_info", "papermill")
_OF_CELL = ("execution", "papermill", "tags")
_TAGS = ("parameters", "injected-parameters")
_OF_PICTURE = ("width", "height")
_REMARK = re.compile(r"<!--.*?-->|^\[//\]:[^\n]*", re.DOTALL | re.MULTILINE)


def shown(notebook: NotebookNode) -> NotebookNode:
    """Give a notebook without what its page does not show, but for its code.

    Cells that are tagged ``analyst``, raw cells, what was printed, remarks in markup, and what
    editors note of a notebook (authors, folders, tags of one's own) are left out.

    Parameters
    ----------
    notebook
        As it was executed; it is not changed.
    """
    from copy import deepcopy

    kept: Any = deepcopy(notebook)
    tags = [(cell, cell.metadata.get("tags", ())) for cell in kept.cells]
    kept.cells = [
        cell for cell, tagged in tags if _FOR_ANALYSTS not in tagged and cell.cell_type != "raw"
    ]
    _keep(kept.metadata, _OF_BOOK)
    for cell in kept.cells:
        _keep(cell.metadata, _OF_CELL)
        if "tags" in cell.metadata:
            cell.metadata["tags"] = [tag for tag in cell.metadata["tags"] if tag in _TAGS]
        if cell.cell_type == "markdown":
            cell.source = _REMARK.sub("", cell.source)
        if "outputs" in cell:
            cell.outputs = [one for one in cell.outputs if one.output_type != "stream"]
            for one in cell.outputs:
                _settle(one)
    return kept  # type: ignore[no-any-return]


def _settle(output: Any) -> None:
    """Leave out of an output remarks in its markup, and all notes but the size of pictures."""
    for kind, content in output.get("data", {}).items():
        if kind == "text/html":
            output.data[kind] = _REMARK.sub("", "".join(content))
    if "metadata" in output:
        _keep(output.metadata, [kind for kind in output.metadata if kind.startswith("image/")])
        for note in output.metadata.values():
            if isinstance(note, Mapping):
                _keep(note, _OF_PICTURE)


def _keep(held: Any, names: Any) -> None:
    for name in [name for name in held if name not in names]:
        del held[name]
