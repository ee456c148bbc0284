"""What moved from one edition to another, figure by figure, and what may have moved it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from cspanalysis.errors import UsageError
from cspanalysis.publication.editions import Edition

__all__ = ["Cause", "Comparison", "Move", "compare_editions"]

Reason = Literal[
    "new period", "revision of data", "change of method", "change of configuration", "new area"
]
_MISSING = "none"


@dataclass(frozen=True, slots=True)
class Cause:
    """Hold one thing in which two editions differ that moves figures.

    Parameters
    ----------
    reason
        Its kind.
    detail
        What differs.
    """

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Move:
    """Hold one figure that differs.

    Parameters
    ----------
    id, label
        Name for machines and for people.
    old, new
        Values as they are read; "none" where an edition has no such figure.
    old_value, new_value
        Values as they are.
    reasons
        What may have moved it.
    """

    id: str
    label: str
    old: str
    new: str
    old_value: float | None
    new_value: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold two editions side by side.

    Parameters
    ----------
    earlier, later
        Labels of the editions.
    causes
        In what they differ.
    moves
        The figures that read differently.
    same
        How many figures are the same.
    unseen
        How many moved by less than they show: their values differ, and they read the same.
    readers
        For whom both were made: ``public``, or ``sensitive``.
    """

    earlier: str
    later: str
    causes: tuple[Cause, ...]
    moves: tuple[Move, ...]
    same: int
    unseen: int = 0
    readers: str = "public"

    @property
    def summary(self) -> str:
        """Say how many figures moved, are the same, and moved unseen."""
        said = f"{_figures(len(self.moves))} moved, {self.same:,} {_are(self.same)} the same"
        if not self.unseen:
            return said
        shows = "it shows" if self.unseen == 1 else "they show"
        return f"{said}, and {_figures(self.unseen)} moved by less than {shows}"

    def text(self) -> str:
        """Write the comparison for a terminal."""
        lines = [f"{self.earlier} -> {self.later}"]
        lines += [f"{cause.reason}: {cause.detail}" for cause in self.causes]
        lines += [
            f"{move.label} [{move.id}]: {move.old} -> {move.new}"
            + (f" ({', '.join(move.reasons)})" if move.reasons else "")
            for move in self.moves
        ]
        return "\n".join([*lines, self.summary])

    def json(self) -> str:
        """Write the comparison for machines."""
        return json.dumps({"schema_version": 1, **asdict(self)}, ensure_ascii=False, indent=2)


def compare_editions(earlier: Edition, later: Edition) -> Comparison:
    """Compare the headline figures of two editions.

    A figure moved where it reads differently, or its verdict does. The causes are those that the
    run records show; each figure bears the kinds of all of them, since a record does not tell
    which figure was made from which part.

    Raises
    ------
    UsageError
        If they were made for different readers: side by side they would print what one hides.
    """
    if earlier.readers != later.readers:
        raise UsageError(
            f"one edition is {earlier.readers} and the other {later.readers}: their figures are "
            "not printed side by side; compare two of a kind"
        )
    causes = tuple(_causes(earlier, later))
    names = dict.fromkeys([*later.figures, *earlier.figures])
    pairs = [(earlier.figures.get(name), later.figures.get(name)) for name in names]
    moves = tuple(_move(old, new, causes) for old, new in pairs if _shown(old) != _shown(new))
    unseen = sum(_shown(old) == _shown(new) and _value(old) != _value(new) for old, new in pairs)
    same = len(pairs) - len(moves) - unseen
    return Comparison(earlier.label, later.label, causes, moves, same, unseen, later.readers)


def _causes(earlier: Edition, later: Edition) -> Iterator[Cause]:
    old, new = earlier.run, later.run
    if old["area"]["slug"] != new["area"]["slug"]:
        yield Cause("new area", f"{old['area']['name']}, then {new['area']['name']}")
    if old["period"]["slug"] != new["period"]["slug"]:
        yield Cause("new period", f"{old['period']['label']}, then {new['period']['label']}")
    if revised := sorted(_revised(old, new)):
        yield Cause("revision of data", "; ".join(revised))
    if changed := _changed(_made_with(old), _made_with(new)):
        yield Cause("change of method", "; ".join(changed))
    if changed := _changed(_settings(old), _settings(new)):
        yield Cause("change of configuration", "; ".join(changed))


def _revised(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Name the slices of data, or else the inputs, that both read and that differ."""
    first, second = _slices(old), _slices(new)
    yield from (name for name in first.keys() & second.keys() if first[name] != second[name])
    old_inputs, new_inputs = _inputs(old), _inputs(new)
    for source in old_inputs.keys() & new_inputs.keys():
        if old_inputs[source] != new_inputs[source]:
            before, after = (
                ", ".join(sorted({str(vintage) for vintage, _ in held}))
                for held in (old_inputs[source], new_inputs[source])
            )
            then = "other files of the same" if before == after else after
            yield f"{source}: vintage {before}, then {then}"


def _slices(run: Mapping[str, Any]) -> dict[str, str]:
    reads = run.get("reads") or ()
    return {read["label"]: read["sha256"] for read in reads if read.get("what") == "content"}


def _inputs(run: Mapping[str, Any]) -> dict[str, set[tuple[Any, Any]]]:
    held: dict[str, set[tuple[Any, Any]]] = {}
    for one in run.get("inputs") or ():
        pair = (one.get("vintage"), one.get("sha256"))
        held.setdefault(str(one.get("source")), set()).add(pair)
    return held


def _made_with(run: Mapping[str, Any]) -> dict[str, str]:
    """Give the parts of the fingerprint that shape figures; without one, notebook and versions."""
    parts = run.get("fingerprint") or {
        "notebook": run["notebook"].get("sha256"),
        **{f"version:{name}": v for name, v in run.get("versions", {}).items()},
    }
    return {k: v for k, v in parts.items() if not k.startswith("pages:") and k != "parameters"}


def _settings(run: Mapping[str, Any]) -> dict[str, str]:
    given = run.get("parameters", {})
    return {name: str(v) for name, v in given.items() if name not in {"area", "period"}}


def _changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Name what differs; of hashes the name alone says enough."""
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    return [
        name.removeprefix("code:")
        if name in {"notebook", "tables"} or name.startswith("code:")
        else f"{name.removeprefix('version:')} {old.get(name, _MISSING)}, then "
        f"{new.get(name, _MISSING)}"
        for name in names
    ]


def _shown(figure: Mapping[str, Any] | None) -> tuple[Any, ...]:
    return () if figure is None else (_read_as(figure), figure.get("verdict"))


def _read_as(figure: Mapping[str, Any]) -> str:
    return str(figure.get("text") or figure.get("value"))


def _value(figure: Mapping[str, Any] | None) -> Any:
    return figure.get("value") if figure else None


def _move(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, causes: tuple[Cause, ...]
) -> Move:
    either: Mapping[str, Any] = new or old or {}
    return Move(
        id=either["id"],
        label=str(either.get("label", "")),
        old=_text(old, new),
        new=_text(new, old),
        old_value=_value(old),
        new_value=_value(new),
        reasons=tuple(cause.reason for cause in causes),
    )


def _text(figure: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str:
    """Write a figure as it is read, with its verdict where the other has another one."""
    if figure is None:
        return _MISSING
    text, verdict = _read_as(figure), figure.get("verdict")
    news = verdict and verdict != (other or figure).get("verdict")
    return f"{text}, {verdict}" if news else text


def _figures(number: int) -> str:
    return f"{number:,} {'figure' if number == 1 else 'figures'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
