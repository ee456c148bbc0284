"""The licence that published figures come under, as every page and document names it."""

from __future__ import annotations

__all__ = ["ADDRESS", "BOUNDARIES", "NAME", "attribution", "draws_boundaries"]

NAME = "Open Government Licence v3.0"
ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
BOUNDARIES = "Contains OS data © Crown copyright and database right."
_MARK = BOUNDARIES.removeprefix("Contains ").removesuffix(".")


def attribution() -> dict[str, str]:
    """Give the words of the attribution for templates."""
    return {"name": NAME, "address": ADDRESS, "boundaries": BOUNDARIES}


def draws_boundaries(page: str) -> bool:
    """Tell whether a page holds a map, by what stands below each."""
    return _MARK in page
