"""Whether a style loads anything, however it is spelt."""

from __future__ import annotations

import re

__all__ = ["loads"]

_CODE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_BROKEN = re.compile(r"\\\r?\n")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
# A drawing within a style would lie in a pack for websites as a file of its own.
_HELD = r"#|data:(?:font|image)/(?!svg)"
_LOAD = re.compile(
    rf"@import|(?:url|src)\(\s*['\"]?(?!{_HELD})|image-set\(|-moz-binding|expression\(|['\"(]\s*(?:https?:)?//|(?<![-\w])behavior\s*:"
)


def loads(css: str) -> bool:
    r"""Tell whether a style loads anything but what the page holds.

    Examples
    --------
    >>> loads("background: u\\72l(//a.org/x.png)"), loads("fill: url(#a)")
    (True, False)
    """
    plain = _CODE.sub(
        lambda code: chr(min(int(code[1], 16), 0x10FFFF)), _REMARK.sub("", _BROKEN.sub("", css))
    )
    return _LOAD.search(plain.replace("\\", "").lower()) is not None
