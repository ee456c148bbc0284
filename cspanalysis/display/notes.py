"""Notes to a table: numbered where they are first needed, said once, linked both ways."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cspanalysis.blocks.block import element, identifier, joined_markup
from cspanalysis.findings.wording.numbers import NOT_APPLICABLE, NOT_AVAILABLE

__all__ = ["Notes", "shorthand_note", "table_named", "words_of"]

_MEANT = {NOT_AVAILABLE: "not available", NOT_APPLICABLE: "not applicable"}


def shorthand_note(cells: str) -> str:
    """Say what the shorthand in the cells of a table means; empty where there is none.

    What is kept back ([c]) is not said here: each table says why.

    Examples
    --------
    >>> shorthand_note("5 [z] 7")
    '[z] not applicable.'
    """
    used = (f"{short} {meant}" for short, meant in _MEANT.items() if short in cells)
    said = "; ".join(used)
    return f"{said}." if said else ""


def table_named(words: str, *, caption: str) -> Markup:
    """Name the table of a caption in a note: a link to it, a reference to its number on paper."""
    return element("a", words, class_="reference", href=f"#{identifier(caption)}-caption")


def pointing(text: str, words: str, *, caption: str) -> Markup:
    """Let words of a text lead to the table of a caption; a text without them stays as it is.

    Examples
    --------
    >>> words_of(pointing("As told below.", "below", caption="All & sundry"))
    'As told below.'
    """
    before, found, after = text.partition(words)
    link = table_named(found, caption=caption) if found else ""
    return joined_markup([before, link, after])


def words_of(note: str) -> str:
    """Give the words of a note, which may hold a link.

    Examples
    --------
    >>> words_of(Markup("As in ") + table_named("the table", caption="All & sundry"))
    'As in the table'
    """
    return str(note.striptags()) if isinstance(note, Markup) else note


class Notes:
    """Collect the notes of one table in the order in which its cells need them.

    Parameters
    ----------
    prefix
        Identifier of the table, so that notes of several tables on a page stay apart.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._texts: list[str] = []

    def marker(self, *texts: str) -> Markup:
        """Write the markers of these notes; a note that is there already keeps its number."""
        numbers = sorted({self._number(text) for text in texts if text})
        comma = element("sup", ",\N{NO-BREAK SPACE}")
        return joined_markup((self._marker(number) for number in numbers), comma)

    def aside(self, general: Sequence[str] = (), *, caption: str) -> Markup:
        """Write the notes under the table of this caption: general ones first, then numbered."""
        if not self._texts and not general:
            return Markup()
        listed = element(
            "ol",
            *(
                element("li", text, id=self._identifier(number))
                for number, text in enumerate(self._texts, start=1)
            ),
        )
        return element(
            "aside",
            *(element("p", text) for text in general),
            listed if self._texts else None,
            class_="notes",
            aria_label=f"Notes to the table: {caption}",
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """The notes so far, in order."""
        return tuple(self._texts)

    def _number(self, text: str) -> int:
        if text not in self._texts:
            self._texts.append(text)
        return self._texts.index(text) + 1

    def _marker(self, number: int) -> Markup:
        link = element(
            "a",
            str(number),
            class_="noteref",
            role="doc-noteref",
            href=f"#{self._identifier(number)}",
            aria_label=f"Note {number}",
        )
        return element("sup", link)

    def _identifier(self, number: int) -> str:
        return f"note-{self._prefix}-{number}"
