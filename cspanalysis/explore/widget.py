"""The live view of `report.explore`: one widget, with one small module of our own in the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from cspanalysis.errors import UsageError
from cspanalysis.explore.keeping import area_lines
from cspanalysis.explore.view import chosen_first, fixed_of, view_of

if TYPE_CHECKING:
    from cspanalysis.reports.facts import Facts

__all__ = ["LiveView"]

_HERE = Path(__file__).parent


class LiveView(anywidget.AnyWidget):
    """Show a view of a report and answer each choice that is made in it.

    Parameters
    ----------
    facts
        The facts that answer; their edition says what may be shown.
    measure
        What is shown first; empty for the measure that stands out most.
    """

    _esm = (_HERE / "explore.js").read_text(encoding="utf-8")
    _css = (_HERE / "explore.css").read_text(encoding="utf-8")
    fixed = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, facts: Facts, *, measure: str = "") -> None:
        first = chosen_first(facts, measure)
        super().__init__(fixed=fixed_of(facts), chosen=first, view=view_of(facts, first))
        self.facts = facts
        self.kept: list[dict[str, Any]] = []
        self.observe(self._answer, names="chosen")
        self.on_msg(self._keep)

    def _answer(self, change: dict[str, Any]) -> None:
        """Answer what was chosen, and name it: each answer is then a new one, which pages show."""
        self.view = {**view_of(self.facts, change["new"]), "chosen": change["new"]}

    def _keep(self, _: object, message: dict[str, Any], __: object) -> None:
        if "area" in message:
            self.send(self._offered(str(message["area"])))
        if not message.get("keep"):
            return
        said = self.view.get("sentence") or self.view["error"]
        kept = {"line": self.view["line"], "sentence": said, "chosen": dict(self.chosen)}
        self.kept.append(kept)
        number = len(self.kept)
        told = "To write them into a new cell: view.keep(); as a draft of commentary: view.draft()"
        self.send({"kept": f"Kept ({number} in all). {told}"})

    def _offered(self, name: str) -> dict[str, str]:
        """Offer the wards that are picked as lines of the partnership's file."""
        try:
            lines = area_lines(self.facts, self.chosen["places"], name)
        except UsageError as error:
            return {"kept": str(error), "lines": ""}
        told = f"To write this into the partnership's file, under areas: view.keep_area({name!r})"
        return {"kept": told, "lines": lines}
