"""The notebook that is published: what its page shows, without what is for analysts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["shown"]

_FOR_ANALYSTS = "analyst"


def shown(notebook: NotebookNode) -> NotebookNode:
    """Give a notebook without the cells that are tagged ``analyst``, and without what was printed.

    Parameters
    ----------
    notebook
        As it was executed; it is not changed.
    """
    from copy import deepcopy

    kept: Any = deepcopy(notebook)
    tags = [(cell, cell.metadata.get("tags", ())) for cell in kept.cells]
    kept.cells = [cell for cell, tagged in tags if _FOR_ANALYSTS not in tagged]
    for cell in kept.cells:
        if "outputs" in cell:
            cell.outputs = [one for one in cell.outputs if one.output_type != "stream"]
    return kept  # type: ignore[no-any-return]
