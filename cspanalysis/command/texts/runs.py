"""Runs of a Word document: which of them are said, what they hold, and how one is divided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

__all__ = ["AUTHOR", "W", "divided", "is_left_out", "kept_runs", "without_own", "written_in"]

AUTHOR = "Check against the counts"
"""Who comments that are ours are by."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = {f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"}
_UNSEEN = ("vanish", "strike", "dstrike")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def is_left_out(element: Any) -> bool:
    """Tell whether something was deleted, or moved away, by a change that is tracked."""
    return element.tag in {f"{W}del", f"{W}moveFrom"}


def kept_runs(block: Any) -> Iterator[tuple[Any, str]]:
    """Yield the runs of a paragraph in turn; what is not said with why: "deleted", "struck out"."""
    for child in block.iterchildren():
        if child.tag == f"{W}r":
            yield child, _why_unsaid(child)
        elif is_left_out(child):
            yield child, "deleted"
        elif isinstance(child.tag, str) and child.tag.startswith(W) and child.tag != f"{W}pPr":
            yield from kept_runs(child)  # an insertion, a link, a field, a content control


def _why_unsaid(run: Any) -> str:
    for name in _UNSEEN:
        mark = run.find(f"{W}rPr/{W}{name}")
        if mark is not None and mark.get(f"{W}val", "true") not in {"false", "0", "off"}:
            return "hidden" if name == "vanish" else "struck out"
    return ""


def written_in(child: Any) -> str:
    """Give the characters that a part of a run stands for: a tab and a break are a space."""
    if child.tag == f"{W}t":
        return child.text or ""
    if child.tag in _SPACES:
        return " "
    return "-" if child.tag == f"{W}noBreakHyphen" else ""


def divided(run: Any, cuts: Sequence[int]) -> list[tuple[int, Any]]:
    """Divide a run before some of its characters; give its pieces with where each begins."""
    found = [(0, run)]
    for cut in sorted(set(cuts)):
        begin, last = found[-1]
        if cut > begin and (rest := _cut(last, cut - begin)) is not None:
            found.append((cut, rest))
    return found


def _cut(run: Any, place: int) -> Any:
    """Move what stands behind a place to a new run after this one; None where nothing does."""
    rest = run.makeelement(run.tag, dict(run.attrib))
    look = run.find(f"{W}rPr")
    if look is not None:
        rest.append(deepcopy(look))
    held = 0
    for child in [one for one in run.iterchildren() if one is not look]:
        text = written_in(child)
        if held >= place:
            rest.append(child)
        elif held + len(text) > place:
            second = deepcopy(child)
            child.text, second.text = text[: place - held], text[place - held :]
            for half in (child, second):
                half.set(_SPACE, "preserve")
            rest.append(second)
        held += len(text)
    if len(rest) == (look is not None):
        return None
    run.addnext(rest)
    return rest


def without_own(document: Any) -> None:
    """Take the comments out that an earlier check has put in, so that none stands twice."""
    own = {comment.comment_id: comment for comment in document.comments if comment.author == AUTHOR}
    for comment in own.values():
        comment._comment_elm.getparent().remove(comment._comment_elm)
    kinds = ("commentRangeStart", "commentRangeEnd", "commentReference")
    for element in list(document.element.body.iter(*(f"{W}{kind}" for kind in kinds))):
        if int(element.get(f"{W}id", "-1")) in own:
            run = element.getparent()
            run.remove(element)
            if element.tag == f"{W}commentReference" and not run.findall(f"{W}t"):
                run.getparent().remove(run)
