"""What the reports of a partnership share: sections that people write, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from cspanalysis import display
from cspanalysis.assessment import Assessment

if TYPE_CHECKING:
    from cspanalysis.display import Block

__all__ = ["Document"]


class Document(Assessment):
    """Hold a report that joins computed figures with what a partnership says of itself.

    `SECTIONS` names the sections of commentary that have a place of their own in the report;
    every other one is shown by `commentary`, so that nothing that was written gets lost.
    """

    SECTIONS: ClassVar[tuple[str, ...]] = ()

    def section(self, name: str, *, otherwise: str = "") -> Block:
        """Show the section of commentary of this name.

        Parameters
        ----------
        name
            One of `SECTIONS`.
        otherwise
            What to say where nobody has written it.

        Raises
        ------
        ValueError
            If the report has no such section.
        """
        if name not in self.SECTIONS:
            raise ValueError(f"section '{name}': the report has {', '.join(self.SECTIONS)}")
        for written in self.written:
            if written.section.name == name:
                return display.commentary(written)
        return display.paragraphs(otherwise)

    def commentary(self) -> Block:
        """Show the sections of commentary that have no place of their own."""
        rest = (w for w in self.written if w.section.name not in self.SECTIONS)
        return display.together(*(display.commentary(section) for section in rest))
