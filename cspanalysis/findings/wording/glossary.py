"""Glossary: the words that a report uses, in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cspanalysis.paths import reference
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["Term", "terms_in"]


@dataclass(frozen=True, slots=True)
class Term:
    """Hold a word and what it means.

    Parameters
    ----------
    name
        The word, as the glossary lists it.
    also
        Other forms under which a report may use it.
    meaning
        What it means, in a sentence or two.
    always
        Whether every report uses it.
    """

    name: str
    also: tuple[str, ...]
    meaning: str
    always: bool

    def is_in(self, text: str) -> bool:
        """Tell whether a text uses the word in any of its forms, plurals included."""
        forms = "|".join(re.escape(form) for form in (self.name, *self.also))
        return re.search(rf"(?i)\b(?:{forms})s?\b", text) is not None


def terms_in(text: str) -> tuple[Term, ...]:
    """Give the terms that a report needs: those that every report uses, and those in its text.

    Examples
    --------
    >>> [term.name for term in terms_in("Two PSPOs were made.") if not term.always]
    ['Public spaces protection order']
    """
    shipped = _read_once(reference("glossary.csv"))
    return tuple(term for term in shipped if term.always or term.is_in(text))


@lru_cache(maxsize=4)
def _read_once(path: Path) -> tuple[Term, ...]:
    rows = reference_rows(path)
    found = (
        Term(
            r["term"],
            tuple(filter(None, r["also"].split("|"))),
            r["meaning"],
            r["shown"] == "always",
        )
        for r in rows
    )
    return tuple(sorted(found, key=lambda term: term.name.casefold()))
