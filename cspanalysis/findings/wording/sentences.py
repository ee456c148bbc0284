"""Phrases that sentences about a partnership's work share: so many of so many, amounts of money."""

from __future__ import annotations

from datetime import date

from cspanalysis.evidence.figures import Provenance
from cspanalysis.findings.wording.numbers import MINUS, day_text, number_word
from cspanalysis.vocabulary.listed import plural

__all__ = ["cited", "counted", "date_text", "plural", "pounds_text", "sentence", "some_of"]


def cited(origin: Provenance | None) -> str:
    """Name who published a number and when; nothing where that is not known.

    Examples
    --------
    >>> cited(Provenance("MARAC coordinator", "2024-02")), cited(None)
    ('MARAC coordinator, February 2024', '')
    """
    return ", ".join(filter(None, (origin.source, day_text(origin.vintage)))) if origin else ""


def counted(number: int, noun: str) -> str:
    """Write a number of things.

    Examples
    --------
    >>> counted(1, "meeting"), counted(0, "meeting"), counted(12, "meeting")
    ('one meeting', 'no meetings', '12 meetings')
    """
    return f"{number_word(number) if number else 'no'} {plural(noun, number)}"


def some_of(number: int, of: int, noun: str, what: str) -> str:
    """Write how many of some things something is true of.

    Examples
    --------
    >>> some_of(2, 5, "action", "done"), some_of(1, 5, "action", "done")
    ('two of the five actions are done', 'one of the five actions is done')
    >>> some_of(0, 5, "action", "done"), some_of(0, 1, "action", "done")
    ('none of the five actions is done', 'the one action is not done')
    >>> some_of(5, 5, "action", "done"), some_of(2, 2, "action", "done")
    ('all five actions are done', 'both actions are done')
    """
    things = plural(noun, of)
    if of == 1:
        return f"the one {things} is {what if number else f'not {what}'}"
    if number == of:
        return f"{'both' if of == 2 else f'all {number_word(of)}'} {things} are {what}"
    few = number_word(number) if number else "none"
    return f"{few} of the {number_word(of)} {things} {'is' if number < 2 else 'are'} {what}"


def sentence(text: str) -> str:
    """Begin a text with a capital and leave the rest.

    Examples
    --------
    >>> sentence("two of the five actions are done."), sentence("")
    ('Two of the five actions are done.', '')
    """
    return text[:1].upper() + text[1:]


def pounds_text(amount: float) -> str:
    """Write an amount of money: whole pounds, with pence only where there are some.

    Examples
    --------
    >>> pounds_text(186000.0), pounds_text(32.5), pounds_text(-250)
    ('£186,000', '£32.50', '−£250')
    """
    digits = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{MINUS if amount < 0 else ''}£{digits}"


def date_text(day: date | None, *, otherwise: str) -> str:
    """Write a date as people do, or what is to be said where there is none."""
    return day_text(day.isoformat()) if day else otherwise
