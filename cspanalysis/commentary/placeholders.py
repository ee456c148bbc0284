"""Placeholders: computed values inside what people write.

A placeholder is the key of a value between braces: ``{{ change.all-crime.percent_change }}``.
It reads as people read numbers; filters give more of it:

========== =================================================================
``signed``   with its sign: "+4.4 %"
``interval`` its 95 % interval: "−1.2 to 10 %"
``verdict``  the word of its change, such as "possibly higher"
``raw``      the number itself, for a condition
========== =================================================================

``{% if change.robbery.count | raw > 10 %} ... {% endif %}`` shows words under a condition.
Nothing else of Jinja's language is let in: no loops, no includes, no calls, no arithmetic. So a
text can neither reach outside nor grow without bound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cspanalysis.errors import UsageError
from cspanalysis.findings.values import MISSING, Value, hangs_on_months
from cspanalysis.findings.wording.numbers import (
    interval_text,
    percent_text,
    rate_text,
    ratio_text,
    signed_percent_text,
    signed_text,
)

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

__all__ = ["LONGEST", "fill", "keys_in"]

LONGEST = 200_000
"""Characters that one section may hold."""

_TAG = re.compile(r"\{([{%])(.*?)([}%])\}", re.DOTALL)
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_KEY = re.compile(r"(?<![\w.'\"|-])[A-Za-z_][\w-]*(?:\.[\w-]+)+")
_ALLOWED = frozenset(
    [
        "Template",
        "Output",
        "TemplateData",
        "If",
        "Compare",
        "Operand",
        "And",
        "Or",
        "Not",
        "Const",
        "Call",
        "Filter",
        "Name",
    ]
)


def fill(
    text: str,
    values: Mapping[str, Value],
    *,
    file: Path,
    first_line: int = 1,
    is_sensitive: Callable[[str], bool] | None = None,
) -> str:
    """Fill the placeholders of a text.

    Parameters
    ----------
    text
        Markdown with placeholders.
    values
        The values by key.
    file, first_line
        Where the text stands, for messages.
    is_sensitive
        Tells of a key without a value whether a sensitive edition has one; None where none does.

    Raises
    ------
    UsageError
        If a key is not known (the nearest is named) or sensitive, a placeholder is not well
        formed, the text asks for more than placeholders and conditions, or it is too long. A value
        that can't be told because months are missing is no such key: it reads "not available".
    """
    if len(text) > LONGEST:
        raise UsageError(
            f"{file}: {len(text):,} characters; a section may hold {LONGEST:,}: split it"
        )
    if is_sensitive is not None:
        _refuse_sensitive(text, values, file, first_line, is_sensitive)
    held = {**_unknown_now(text, values), **values}
    known = _with_calls(text, held, file, first_line)
    return _rendered(known, held, file, first_line)


def _unknown_now(text: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Give the values that a text asks for and a report has only where its months are held."""
    asked = keys_in(text) - values.keys()
    return {
        key: Value(key=key, value=None, text=MISSING, label=key)
        for key in asked
        if hangs_on_months(key)
    }


def _refuse_sensitive(
    text: str,
    values: Mapping[str, Value],
    file: Path,
    first_line: int,
    is_sensitive: Callable[[str], bool],
) -> None:
    for tag in _TAG.finditer(text):
        for key in sorted(keys_in(tag[0]) - values.keys()):
            if is_sensitive(key):
                line = first_line + text.count("\n", 0, tag.start())
                raise UsageError(
                    f"{file}, line {line}: '{key}' is of something marked as sensitive, which a "
                    "public edition can't show; take it out, or mark the section 'edition: "
                    "sensitive'"
                )


def keys_in(text: str) -> set[str]:
    """Give the keys that the placeholders of a text name.

    Examples
    --------
    >>> sorted(keys_in("{{ change.robbery.count }} {% if a.b | raw > 1 %}x.y{% endif %}"))
    ['a.b', 'change.robbery.count']
    """
    inside = (_STRING.sub(" ", tag[2]) for tag in _TAG.finditer(text))
    return {key for inner in inside for key in _KEY.findall(inner)}


def _with_calls(text: str, values: Mapping[str, Value], file: Path, first_line: int) -> str:
    """Write keys, which hold hyphens, as look-ups; refuse those that are not known."""

    def in_tag(tag: re.Match[str]) -> str:
        pieces = _STRING.split(tag[2])
        kept = [*_STRING.findall(tag[2]), ""]
        line = first_line + text.count("\n", 0, tag.start())
        asked = [_KEY.sub(lambda key: look_up(key[0], line), piece) for piece in pieces]
        inner = "".join(a + b for a, b in zip(asked, kept, strict=True))
        return f"{{{tag[1]}{inner}{tag[3]}}}"

    def look_up(key: str, line: int) -> str:
        if key not in values:
            raise UsageError(f"{file}, line {line}: {_unknown(key, values)}")
        return f"value({key!r})"

    return _TAG.sub(in_tag, text)


def _unknown(key: str, values: Mapping[str, Value]) -> str:
    near = get_close_matches(key, values, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else "keys are listed in the report's figures.json"
    return f"there is no value '{key}'; {hint}"


def _rendered(text: str, values: Mapping[str, Value], file: Path, first_line: int) -> str:
    from jinja2 import TemplateSyntaxError
    from jinja2.exceptions import SecurityError, UndefinedError

    environment = _environment(values)
    try:
        parsed = environment.parse(text)
        _refuse_more(parsed, file, first_line, values)
        return environment.from_string(text).render()
    except TemplateSyntaxError as error:
        line = first_line + error.lineno - 1
        raise UsageError(f"{file}, line {line}: placeholder: {error.message}") from error
    except (RecursionError, SyntaxError):  # of Python's, whose parser has limits of its own
        raise UsageError(
            f"{file}: placeholders and conditions lie in each other too deeply; take brackets and "
            "conditions out"
        ) from None
    except (AttributeError, KeyError, SecurityError, TypeError, UndefinedError) as error:
        raise UsageError(f"{file}: a placeholder can't be filled: {error}") from error


def _environment(values: Mapping[str, Value]) -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # Markdown: the page escapes
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        finalize=lambda value: value.text if isinstance(value, Value) else value,
    )
    environment.globals = {"value": values.__getitem__}
    environment.filters = dict(_FILTERS)
    environment.tests = {}
    return environment


def _refuse_more(
    template: nodes.Template, file: Path, first_line: int, values: Mapping[str, Value]
) -> None:
    from jinja2 import nodes

    for node in [template, *template.find_all(nodes.Node)]:
        line = first_line + (node.lineno or 1) - 1
        kind = type(node).__name__
        if isinstance(node, nodes.Name) and node.name != "value":
            raise UsageError(f"{file}, line {line}: {_unknown(node.name, values)}")
        if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
            kind = "Call of something else"
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            known = ", ".join(_FILTERS)
            raise UsageError(f"{file}, line {line}: no filter '{node.name}'; there are {known}")
        if kind not in _ALLOWED:
            raise UsageError(
                f"{file}, line {line}: '{kind.lower()}' is not let into commentary; "
                "write placeholders and conditions only"
            )


def _raw(value: Value) -> float | None:
    return value.value


def _signed(value: Value) -> str:
    if value.value is None:
        return value.text
    write = signed_percent_text if value.unit == "%" else signed_text
    return write(value.value)


def _interval(value: Value) -> str:
    if value.lower is None or value.upper is None:
        return MISSING
    write = {"%": percent_text, "ratio": ratio_text}.get(value.unit, rate_text)
    return interval_text(write(value.lower), write(value.upper))


def _verdict(value: Value) -> str:
    return value.verdict or "not compared"


_FILTERS: Mapping[str, Any] = {
    "interval": _interval,
    "raw": _raw,
    "signed": _signed,
    "verdict": _verdict,
}
