"""Partners of a partnership, and the data that they supplied."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from cspanalysis.partnership.fields import Key, Part

__all__ = ["Partner", "Supply"]


class Supply(Part):
    """Hold a data set that a partner supplied.

    Parameters
    ----------
    what
        What it holds.
    received
        When it came.
    """

    what: str
    received: dt.date | None = None


class Partner(Part):
    """Hold a partner.

    Parameters
    ----------
    name
        Its name.
    body
        Key of the responsible authority that it is; absent for other partners.
    supplied
        What data it supplied.
    """

    named_by: ClassVar = ("name",)

    name: str
    body: Key | None = None
    supplied: tuple[Supply, ...] = ()
