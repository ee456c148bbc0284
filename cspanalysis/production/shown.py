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
_OF_KERNEL = ("display_name", "language", "name")
_SHOWN = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain")
_BESIDE_HTML = ("text/html", "image/png", "image/jpeg", "text/plain")
_OURS = "application/vnd.cspanalysis."
_OF_PICTURE = ("width", "height")
_REMARK = re.compile(r"<!--.*?-->|^\[//\]:[^\n]*", re.DOTALL | re.MULTILINE)


def shown(notebook: NotebookNode) -> NotebookNode:
    """Give a notebook without what its page does not show, but for its code.

    Cells that are tagged ``analyst``, raw cells, what was printed, remarks in markup, what editors
    note of a notebook (authors, folders, tags of one's own), forms of an output that no page shows
    (scripts, widgets, what HTML stands for) and pictures that nothing refers to are left out.

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
    _keep(kept.metadata.get("kernelspec", {}), _OF_KERNEL)
    for cell in kept.cells:
        _keep(cell.metadata, _OF_CELL)
        if "tags" in cell.metadata:
            cell.metadata["tags"] = [tag for tag in cell.metadata["tags"] if tag in _TAGS]
        if cell.cell_type == "markdown":
            cell.source = _REMARK.sub("", cell.source)
        if "attachments" in cell:
            _keep(
                cell.attachments, [n for n in cell.attachments if f"attachment:{n}" in cell.source]
            )
        if "outputs" in cell:
            cell.outputs = [one for one in cell.outputs if one.output_type != "stream"]
            for one in cell.outputs:
                _settle(one)
            cell.outputs = [one for one in cell.outputs if one.get("data", one)]
    return kept  # type: ignore[no-any-return]


def _settle(output: Any) -> None:
    """Leave out of an output what no page shows, remarks, and notes but the size of pictures."""
    if "data" in output:
        seen = _BESIDE_HTML if "text/html" in output.data else _SHOWN
        _keep(output.data, [n for n in output.data if n in seen or n.startswith(_OURS)])
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
