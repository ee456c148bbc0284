"""Settings that people write as YAML: read with line numbers and checked against a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.reader import ReaderError

from cspanalysis.characters import keyed_settings
from cspanalysis.errors import UsageError

__all__ = [
    "Location",
    "Reason",
    "RefusedAtError",
    "Settings",
    "load",
    "one_value",
    "refuse_conflict",
    "refuse_excess",
]

# No file of a partnership holds a tenth of this.
_DEEPEST, _MOST_VALUES = 50, 100_000
_LIBYAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_DIGITS = 15
_MOST_SAID = 400
"""Characters of what somebody wrote that a message repeats at most."""
_PLAIN_NUMBER = re.compile(rf"[-+]?(0|[1-9][0-9_]{{0,{_MOST_DIGITS - 1}}})")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_MISREAD = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
Location = tuple[str | int, ...]
Reason = Callable[[ErrorDetails], str | None]
Model = TypeVar("Model", bound=BaseModel)


class RefusedAtError(ValueError):
    """Refuse a value that is wrong beside others of its file, with its place in the model.

    Parameters
    ----------
    message
        What is wrong, and what to do.
    location
        Keys and numbers that lead from the model that refuses it to the value.
    also
        The same of the other value that it is wrong beside; none where it is one alone.
    """

    def __init__(self, message: str, *location: str | int, also: Location = ()) -> None:
        super().__init__(message)
        self.location, self.also = location, also


@dataclass(frozen=True, slots=True)
class Settings(Generic[Model]):
    """Hold what a file says, and where each of its values is written."""

    path: Path
    content: Model
    lines: Mapping[Location, int]

    def where(self, *location: str | int) -> str:
        """Name file, line and key of a value, such as ``plan.yml, line 4, reports[0].areas``."""
        return _where(self.path, self.lines, location)


def load(
    path: Path, model: type[Model], *, what: str, hint: str = "", reason: Reason | None = None
) -> Settings[Model]:
    """Read a file of settings.

    Parameters
    ----------
    path
        The file.
    model
        What it may hold.
    what
        What the file is, for messages, such as "plan".
    hint
        What to do where the file is absent or empty; may be empty.
    reason
        Words of its own for an error of pydantic's; None from it leaves the usual words.

    Raises
    ------
    UsageError
        If the file can't be read, is not YAML, or holds anything but such settings; the message
        names file, line and key.
    """
    content, lines = _read_yaml(path, what, hint)
    try:
        return Settings(path, model.model_validate(content), lines)
    except ValidationError as error:
        raise UsageError(_explain(path, lines, error.errors(), model, what, reason)) from None


def _read_yaml(path: Path, what: str, hint: str) -> tuple[Any, dict[Location, int]]:
    text = _text(path, what, hint)
    refuse_conflict(text, path)
    try:
        refuse_excess(text, path)
        loader = yaml.SafeLoader(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UsageError(
            f"{path}, line {line}: character {error.character:#04x} can't stand in YAML; remove it"
        ) from None
    except yaml.MarkedYAMLError as error:
        raise UsageError(_not_yaml(path, error)) from None
    try:
        node = _node(text, loader)
        if node is None:
            raise UsageError(f"{path}: the {what} is empty{f'; {hint}' if hint else ''}")
        lines = dict(_walk(path, node, ()))
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as error:
        raise UsageError(_not_yaml(path, error)) from None
    except _MISREAD as error:  # a date such as 2017-04-31, or a tag, which YAML itself reads
        wrong = next(_unread(node), "")
        raise UsageError(f"{path}{wrong or f': {error}; put quotes round dates'}") from None
    finally:
        loader.dispose()


def _unread(node: Any) -> Iterator[str]:
    """Give line and fault of values that are not what they are written as, or their tags say."""
    if isinstance(node, yaml.ScalarNode):
        try:
            yaml.SafeLoader("").construct_object(node)
        except (*_MISREAD, yaml.YAMLError):
            kind = node.tag.rpartition(":")[2].replace("timestamp", "day")
            written = node.value[:_MOST_SAID]
            yield f", line {node.start_mark.line + 1}: there is no {kind} {written}"
    elif isinstance(node, yaml.CollectionNode):
        for part in node.value:
            for one in part if isinstance(part, tuple) else (part,):
                yield from _unread(one)


def refuse_conflict(text: str, path: Path) -> None:
    """Refuse a text in which Git left two versions side by side, as a pull of edited files does.

    Raises
    ------
    UsageError
        The message names the line on which the two begin.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("<<<<<<< "):
            raise UsageError(
                f"{path}, line {number}: Git left two versions of these lines, from <<<<<<< to "
                ">>>>>>>; keep one of them and remove the marks"
            )


def refuse_excess(text: str, path: Path, first: int = 1) -> None:
    """Refuse YAML that is nested, or grows by its aliases, beyond what anybody writes.

    Parameters
    ----------
    text
        The text, which is not read as YAML yet.
    path
        Its file, for the message.
    first
        The line of the file on which it begins.

    Raises
    ------
    UsageError
        With the line of what is too much.
    """
    sizes: dict[str, int] = {}
    open_: list[tuple[str | None, int]] = []
    held = 0
    for event in yaml.parse(text, _parser(text)):
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            # An alias to what holds it never ends.
            held += sizes.get(str(anchor), _MOST_VALUES + 1)
        elif isinstance(event, yaml.ScalarEvent):
            held += 1
            sizes |= {anchor: 1} if anchor else {}
        elif isinstance(event, yaml.CollectionStartEvent):
            open_.append((anchor, held))
            sizes.pop(str(anchor), None)
        elif isinstance(event, yaml.CollectionEndEvent):
            name, before = open_.pop()
            sizes |= {name: held - before + 1} if name else {}
        if held > _MOST_VALUES or len(open_) > _DEEPEST:
            mark = event.start_mark
            line = mark.line + first if mark else first
            raise UsageError(
                f"{path}, line {line}: nested deeper than {_DEEPEST} levels, or more than "
                f"{_MOST_VALUES:,} values with its aliases; write it out plainly"
            )


def _parser(text: str) -> Any:
    """Give libyaml's parser where it takes a text, else the slow one, whose words messages use."""
    try:
        for _ in yaml.parse(text, _LIBYAML):
            pass
    except yaml.YAMLError:
        return yaml.SafeLoader
    return _LIBYAML


def _node(text: str, loader: yaml.SafeLoader) -> Any:
    """Compose a text with libyaml; what it refuses, with the loader that says why."""
    try:
        return _LIBYAML(text).get_single_node()
    except yaml.YAMLError:
        return loader.get_single_node()


def _not_yaml(path: Path, error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return f"{path}{where}: not valid YAML: {error.problem}"


def _text(path: Path, what: str, hint: str) -> str:
    try:
        return keyed_settings(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
        also = f"; {hint}" if hint else ""
        raise UsageError(f"{what} '{path}' can't be read: {reason}{also}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{what} '{path}' is not UTF-8 text; save it as UTF-8") from None


def _walk(path: Path, node: yaml.Node, at: Location) -> Iterator[tuple[Location, int]]:
    """Give the line of every value, and refuse a key written twice (YAML keeps the last)."""
    yield at, node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode) and (fault := _misleading(node)):
        raise UsageError(f"{path}, line {node.start_mark.line + 1}: {fault}")
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(path, item, (*at, index))
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise UsageError(f"{path}, line {line}: a key is not text; write 'key: value'")
            if not key.tag.endswith((":str", ":merge", ":value")):
                raise UsageError(
                    f"{path}, line {line}: key '{key.value}' is not text; put it in quotes, or "
                    "take the comma before it out of a number"
                )
            if key.value in seen:
                first = seen[key.value]
                raise UsageError(
                    f"{path}, line {line}: key '{key.value}' was given on line {first} already"
                )
            seen[key.value] = line
            yield from _walk(path, value, (*at, key.value))
            yield (*at, key.value), line


def _misleading(node: yaml.ScalarNode) -> str:
    """Say why a value would be read as something that its writer did not mean; else nothing.

    To YAML 010 is eight and 1:30 is ninety.
    """
    if found := _UNSEEN.search(node.value):
        return f"character {ord(found[0]):#04x} can't stand in a text; remove it"
    if not node.tag.endswith(":int") or _PLAIN_NUMBER.fullmatch(node.value):
        return ""
    if len(node.value) > _MOST_DIGITS:
        return f"a number of {len(node.value):,} characters is none that can be meant; correct it"
    return (
        f"'{node.value}' is a number to YAML, and another than it seems; write digits without 0 "
        "before them, or put it in quotes"
    )


def _where(path: Path, lines: Mapping[Location, int], location: Location) -> str:
    while location and location not in lines:
        location = location[:-1]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    key = key.lstrip(".")[:_MOST_SAID]
    return ", ".join([str(path), f"line {lines[location]}", *([key] if key else [])])


def _explain(
    path: Path,
    lines: Mapping[Location, int],
    errors: list[ErrorDetails],
    model: type[BaseModel],
    what: str,
    reason: Reason | None,
) -> str:
    # A misspelt key is missing as well: the misspelling says more.
    first = min(errors, key=lambda error: error["type"] != "extra_forbidden")
    others = len({_where(path, lines, _place(error)) for error in errors}) - 1
    more = f" (and {others} more)" if others else ""
    words = (reason and reason(first)) or _reason(first, model, what)
    if also := _other_place(first):
        words += f" (the first is on line {lines[also]})"
    if len(words) > _MOST_SAID:
        words = f"{words[: _MOST_SAID // 2]} ... {words[-_MOST_SAID // 2 :]}"
    return f"{_where(path, lines, _place(first))}: {words}{more}"


def _place(error: ErrorDetails) -> Location:
    refused = error.get("ctx", {}).get("error")
    return (*error["loc"], *(refused.location if isinstance(refused, RefusedAtError) else ()))


def _other_place(error: ErrorDetails) -> Location:
    refused = error.get("ctx", {}).get("error")
    also = refused.also if isinstance(refused, RefusedAtError) else ()
    return (*error["loc"], *also) if also else ()


def _reason(error: ErrorDetails, model: type[BaseModel], what: str) -> str:
    key = error["loc"][-1] if error["loc"] else what
    match error["type"]:
        case "extra_forbidden":
            return _unknown(str(key), _model_at(model, error["loc"][:-1]))
        case "missing":
            return f"key '{key}' is missing"
        case "too_short" | "string_too_short":
            return f"'{key}' is empty; write at least one"
        case "list_type" | "tuple_type":
            return f"'{key}' must be a list, such as [wycombe, luton] or lines that start with '-'"
        case "model_type":
            known = ", ".join(_model_at(model, error["loc"]).model_fields)
            return f"'{key}' must be lines of 'key: value'; known keys: {known}"
        case "dict_type":
            return f"'{key}' must be lines of 'key: value', such as {{priority: burglary}}"
        case "string_type":
            return one_value(error["input"]) or f"{error['input']} is not text; put it in quotes"
        case "literal_error":
            return f"'{error['input']}' is not known; write {error['ctx']['expected']}"
        case (
            "date_parsing"
            | "date_from_datetime_parsing"
            | "date_from_datetime_inexact"
            | "date_type"
        ):
            return f"'{error['input']}' is no date; write one such as 2025-09-30"
        case "float_parsing" | "float_type":
            return f"'{error['input']}' is no number; write digits alone, such as 12 or -10"
        case "bool_parsing" | "bool_type":
            return f"'{error['input']}' is neither true nor false; write one of them"
        case "int_parsing" | "int_type" | "int_from_float":
            return f"'{error['input']}' is no whole number; write digits alone, such as 12"
        case "string_pattern_mismatch" if error["ctx"]["pattern"] == _KEY:
            return f"'{error['input']}' is no key; write lower case letters, digits and hyphens"
        case "value_error":
            return str(error["ctx"]["error"])
    return error["msg"][:1].lower() + error["msg"][1:]


def one_value(value: object) -> str:
    """Say what is wrong where one value is meant and a list, keys or nothing is written."""
    if value is None:
        return "nothing is written here; write a value, or take the key out"
    if isinstance(value, list | tuple | set):
        return "a list stands where one value is meant; write it without brackets and without -"
    if isinstance(value, dict):
        return "lines of 'key: value' stand where one value is meant; write it alone, or in quotes"
    return ""


def _unknown(key: str, model: type[BaseModel]) -> str:
    near = get_close_matches(key, model.model_fields, n=1, cutoff=0.5)
    known = ", ".join(model.model_fields)
    hint = f"did you mean '{near[0]}'?" if near else f"known keys: {known}"
    return f"key '{key}' is not known; {hint}"


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """Find the model of a place inside the settings: lists and options of fields looked into."""
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models(model.model_fields[part].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
