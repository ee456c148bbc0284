"""Links in commentary: to pages, mail and telephones; what would run or load is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cspanalysis.addresses import harmful_links
from cspanalysis.errors import UsageError

if TYPE_CHECKING:
    from cspanalysis.commentary.sections import Section

__all__ = ["refuse_links"]


def refuse_links(section: Section) -> None:
    """Raise a `UsageError` for the first link of a section that no page may hold."""
    for line, address in harmful_links(section.body):
        raise UsageError(
            f"{section.path}, line {section.first_line + line}: a link leads to "
            f"'{address[:60]}'; links may lead to pages and mail only"
        )
