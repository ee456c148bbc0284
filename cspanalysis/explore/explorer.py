"""`report.explore`: a still view that every page can hold, and a live one beside it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cspanalysis.blocks.block import Block, element
from cspanalysis.blocks.lab import PLAIN
from cspanalysis.display import paragraphs, together
from cspanalysis.explore.asked import look
from cspanalysis.explore.drafting import write_draft
from cspanalysis.explore.keeping import write_area
from cspanalysis.explore.spoken import measure_named
from cspanalysis.explore.view import chosen_first
from cspanalysis.vocabulary import Measure
from cspanalysis.vocabulary.grounds import outlived

if TYPE_CHECKING:
    from cspanalysis.explore.widget import LiveView
    from cspanalysis.reports.facts import Facts

__all__ = ["Explorer", "explore"]

_VIEW = "application/vnd.jupyter.widget-view+json"
_INSTALL = "To choose in it by hand, install the extra: pip install 'cspanalysis[explore]'."


class Explorer:
    """Hold a report that one explores by hand; a cell shows it.

    The still view stands beside the live one, which hides it: it is what remains where no kernel
    runs, and in what papermill and nbconvert make of the notebook.

    Parameters
    ----------
    facts
        The facts that answer.
    measure
        What is shown first.
    """

    def __init__(self, facts: Facts, *, measure: str = "") -> None:
        self.facts = facts
        self._first = chosen_first(facts, measure)
        self._live: LiveView | None = None

    def __repr__(self) -> str:
        return f"<Explorer of {self.facts!r}>"

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The views that were kept: each its line, its sentence and what was chosen."""
        return [*self._live.kept] if self._live else []

    def keep(self) -> None:
        """Write the views that were kept into a new cell below: each line under its sentence."""
        from IPython.core.getipython import get_ipython

        shell = get_ipython()
        lines = [f"# {one['sentence']}\n{one['line']}" for one in self.kept]
        if shell is not None and lines:
            shell.set_next_input("\n\n".join(lines))

    def draft(self, name: str = "explored") -> Path:
        """Write the views that were kept as a draft of commentary of this period; give its file.

        Placeholders stand for the report's own figures, so that the next report fills and checks
        them. See `write_draft` for what is refused.
        """
        return write_draft(self.facts, self.kept, name)

    def keep_area(self, name: str) -> Path:
        """Write the wards that are picked in the view into the partnership's file; give the file.

        They are a custom area from then on: open the report again to ask for it by its name.
        """
        chosen = self._live.chosen["places"] if self._live else []
        return write_area(self.facts, chosen, name)

    def still(self) -> Block:
        """Show the first view as every page can hold it."""
        shown = look(self.facts, self._first["measure"])
        gone = outlived(self.facts.area)
        notes = [f"{gone}." if gone else "", "" if find_spec("anywidget") else _INSTALL]
        whole = together(shown, *(paragraphs(note) for note in notes if note))
        html = str(element("div", _markup(whole), class_="csp-still"))
        return Block(html, whole.text, whole.records)

    def _ipython_display_(self) -> None:
        from IPython.display import display, publish_display_data

        display(self.still())  # type: ignore[no-untyped-call]
        if os.environ.get(PLAIN) or not find_spec("anywidget"):
            return
        from cspanalysis.explore.widget import LiveView

        self._live = self._live or LiveView(self.facts, measure=self._first["measure"])
        record = {_VIEW: self._view_record(self._live)}
        publish_display_data(record)  # type: ignore[no-untyped-call]

    @staticmethod
    def _view_record(live: LiveView) -> dict[str, Any]:
        return {"version_major": 2, "version_minor": 0, "model_id": live.model_id}


def explore(facts: Facts, measure: str | Measure = "") -> Explorer:
    """Open the report as a view to choose in: map, months and table that follow each other.

    Examples
    --------
    ``view = report.explore("burglary"); view``
    """
    return Explorer(facts, measure=measure_named(measure).code if measure else "")


def _markup(block: Block) -> Any:
    from markupsafe import Markup

    return Markup(block.html)  # noqa: S704 # nosec B704 - blocks hold escaped markup
