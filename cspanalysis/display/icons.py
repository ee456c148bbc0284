"""Icons of control charts and targets: a small drawing and the word that says the same.

The drawings are ours. Variation is drawn as it stands in a chart: two limits, the months between
them, and where something other than chance is likely a mark above or below, of the same shape as
the signals of the charts. Assurance is drawn as a ring, the target, with months inside, outside,
or both. Shape and word carry the meaning; colour only repeats it, so that all of it reads in grey,
in the dark, on paper and aloud.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from cspanalysis.blocks.block import element
from cspanalysis.blocks.sparkline import shape, svg
from cspanalysis.blocks.style import COLOURS
from cspanalysis.display.marks import Tone
from cspanalysis.findings.priorities.targets import CANNOT_BE_SAID, ON_THE_WAY, WITHIN_CHANCE

__all__ = [
    "ASSURANCES",
    "STATUSES",
    "VARIATIONS",
    "assurance_mark",
    "status_mark",
    "variation_mark",
]

_WIDTH, _HEIGHT, _STATUS = 24, 20, 18
_TOP, _BOTTOM, _MIDDLE = 6.5, 13.5, 10.0
_Drawn = Callable[[], tuple[Markup, ...]]


@dataclass(frozen=True, slots=True)
class _Icon:
    word: str
    drawn: _Drawn


def variation_mark(code: str) -> Markup:
    """Show what the last month of a control chart means, as icon and word.

    Parameters
    ----------
    code
        One of `VARIATIONS`; anything else, such as ``none``, shows nothing.

    Examples
    --------
    >>> variation_mark("concern_high").striptags()
    'concern, high'
    """
    return _mark(VARIATIONS, code)


def assurance_mark(code: str) -> Markup:
    """Show whether the months as they run meet a target, as icon and word.

    Parameters
    ----------
    code
        One of `ASSURANCES`; anything else, such as ``none``, shows nothing.

    Examples
    --------
    >>> assurance_mark("hit_or_miss").striptags()
    'hit or miss'
    """
    return _mark(ASSURANCES, code)


def status_mark(status: str, *, tone: Tone = "neither") -> Markup:
    """Show the status of a target as shape and word; a status without a shape in quiet words.

    Examples
    --------
    >>> str(status_mark("watched"))
    '<span class="verdict quiet">watched</span>'
    """
    draw = STATUSES.get(status)
    if draw is None:
        return element("span", status, class_="verdict quiet")
    colour, kind = _TONES[tone]
    icon = svg("icon", _STATUS, _STATUS, *draw(colour, kind))
    if status in {"met", "not met"}:
        return element("strong", icon, "\N{NO-BREAK SPACE}", status, class_=f"verdict {tone}")
    return element("span", icon, "\N{NO-BREAK SPACE}", status, class_="verdict quiet")


def _mark(icons: Mapping[str, _Icon], code: str) -> Markup:
    icon = icons.get(code)
    if icon is None:
        return Markup()
    drawing = svg("icon", _WIDTH, _HEIGHT, *icon.drawn())
    return element("span", drawing, "\N{NO-BREAK SPACE}", icon.word, class_="sign")


def _signal(draw: Callable[[float, float, str, str], Markup], colour: str, *, high: bool) -> _Drawn:
    """Draw months between the limits and, at the end, one beyond them."""

    def drawn() -> tuple[Markup, ...]:
        y = 3.6 if high else _HEIGHT - 3.6
        months = f"M2 {_MIDDLE}L7 11.5L12 {_MIDDLE}L18.5 {y:.1f}"
        return (*_limits(), _line(months, "focus"), draw(18.5, y, COLOURS[colour], colour))

    return drawn


def _usual() -> tuple[Markup, ...]:
    return (*_limits(), _line("M2 11L6.5 8.6L11 11.6L15.5 8.8L21 10.8", "focus"))


def _limits() -> tuple[Markup, ...]:
    return tuple(_line(f"M1 {y}L23 {y}", "mark", width=1) for y in (_TOP, _BOTTOM))


def _triangle(x: float, y: float, colour: str, name: str, *, up: bool) -> Markup:
    tip, foot = (y - 3.4, y + 2.6) if up else (y + 3.4, y - 2.6)
    points = f"{x},{tip:.1f} {x - 3.8:.1f},{foot:.1f} {x + 3.8:.1f},{foot:.1f}"
    return shape("polygon", points=points, fill=colour, class_=f"fill-{name}")


def _rise(x: float, y: float, colour: str, name: str) -> Markup:
    return _triangle(x, y, colour, name, up=True)


def _fall(x: float, y: float, colour: str, name: str) -> Markup:
    return _triangle(x, y, colour, name, up=False)


def _diamond(x: float, y: float, colour: str, name: str) -> Markup:
    points = f"{x},{y - 3.6:.1f} {x + 3.6:.1f},{y:.1f} {x},{y + 3.6:.1f} {x - 3.6:.1f},{y:.1f}"
    return shape("polygon", points=points, fill=colour, class_=f"fill-{name}")


def _square(x: float, y: float, colour: str, name: str) -> Markup:
    points = " ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in ((-3, -3), (3, -3), (3, 3), (-3, 3)))
    return shape("polygon", points=points, fill=colour, class_=f"fill-{name}")


def _ring(dots: tuple[tuple[float, float], ...], colour: str) -> _Drawn:
    def drawn() -> tuple[Markup, ...]:
        ring = shape("circle", cx=9, cy=_MIDDLE, r=6.8, fill="none", stroke=COLOURS["muted"],
                     stroke_width=1.4, class_="line-muted")  # fmt: skip
        return (ring, *(_dot(x, y, colour) for x, y in dots))

    return drawn


def _dot(x: float, y: float, colour: str) -> Markup:
    return shape("circle", cx=x, cy=y, r=1.9, fill=COLOURS[colour], class_=f"fill-{colour}")


def _line(path: str, colour: str, *, width: float = 1.4) -> Markup:
    return shape(
        "path",
        d=path,
        fill="none",
        stroke=COLOURS[colour],
        stroke_width=width,
        class_=f"line-{colour}",
    )


def _tick(colour: str, kind: str) -> tuple[Markup, ...]:
    disc = shape("circle", cx=9, cy=9, r=7.5, fill=colour, class_=f"fill-{kind}")
    tick = shape("path", d="M5.4 9.2L8 11.8L12.8 6.4", fill="none", stroke="#ffffff",
                 stroke_width=2, class_="line-paper")  # fmt: skip
    return disc, tick


def _cross(colour: str, kind: str) -> tuple[Markup, ...]:
    ring = shape("circle", cx=9, cy=9, r=6.8, fill="none", stroke=colour, stroke_width=1.6,
                 class_=f"line-{kind}")  # fmt: skip
    cross = shape("path", d="M6.2 6.2L11.8 11.8M11.8 6.2L6.2 11.8", fill="none", stroke=colour,
                  stroke_width=2, class_=f"line-{kind}")  # fmt: skip
    return ring, cross


def _half(colour: str, kind: str) -> tuple[Markup, ...]:
    del colour, kind  # neither good nor bad
    ring = shape("circle", cx=9, cy=9, r=6.8, fill="none", stroke=COLOURS["muted"],
                 stroke_width=1.4, class_="line-muted")  # fmt: skip
    half = shape("path", d="M9 2.2A6.8 6.8 0 0 0 9 15.8Z", fill=COLOURS["muted"],
                 class_="fill-muted")  # fmt: skip
    return ring, half


def _early(path: str, *, filled: bool = False) -> Callable[[str, str], tuple[Markup, ...]]:
    """Draw what is not yet due: a broken ring round a quiet sign of how it stands."""

    def drawn(colour: str, kind: str) -> tuple[Markup, ...]:
        del colour, kind  # neither good nor bad before its day
        ring = shape("circle", cx=9, cy=9, r=6.8, fill="none", stroke=COLOURS["muted"],
                     stroke_width=1.4, stroke_dasharray="2.4 1.9", class_="line-muted")  # fmt: skip
        inner = {"fill": COLOURS["muted"], "class_": "fill-muted"} if filled else {
            "fill": "none", "stroke": COLOURS["muted"], "stroke_width": 1.8, "class_": "line-muted"
        }  # fmt: skip
        return (ring, shape("path", d=path, **inner)) if path else (ring,)

    return drawn


_INSIDE = ((6.6, 8.2), (11.4, 8.2), (9.0, 12.6))
_OUTSIDE = ((20.0, 5.0), (21.0, 10.0), (20.0, 15.0))
VARIATIONS: Mapping[str, _Icon] = {
    "common": _Icon("no signal", _usual),
    "concern_high": _Icon("concern, high", _signal(_rise, "orange", high=True)),
    "concern_low": _Icon("concern, low", _signal(_fall, "orange", high=False)),
    "improvement_high": _Icon("improvement, high", _signal(_diamond, "blue", high=True)),
    "improvement_low": _Icon("improvement, low", _signal(_diamond, "blue", high=False)),
    "neutral_high": _Icon("higher than usual", _signal(_square, "pink", high=True)),
    "neutral_low": _Icon("lower than usual", _signal(_square, "pink", high=False)),
}
"""What the last month of a chart can mean; see `findings.changes.trends.variation_code`."""
ASSURANCES: Mapping[str, _Icon] = {
    "consistently_meets": _Icon("consistently meets", _ring(_INSIDE, "blue")),
    "hit_or_miss": _Icon("hit or miss", _ring((_INSIDE[0], _OUTSIDE[1], _INSIDE[2]), "muted")),
    "consistently_fails": _Icon("consistently fails", _ring(_OUTSIDE, "orange")),
}
"""What `methods.assurance` can give, but for ``none``."""
STATUSES: Mapping[str, Callable[[str, str], tuple[Markup, ...]]] = {
    "met": _tick,
    "not met": _cross,
    WITHIN_CHANCE: _half,
    ON_THE_WAY["met"]: _early("M5.8 9.2L8.1 11.6L12.4 6.8"),
    ON_THE_WAY["not met"]: _early("M5.8 9L12.2 9"),
    ON_THE_WAY[WITHIN_CHANCE]: _early("M9 5A4 4 0 0 0 9 13Z", filled=True),
    ON_THE_WAY[CANNOT_BE_SAID]: _early(""),
}
"""Statuses of targets that have a shape."""
_TONES: Mapping[Tone, tuple[str, str]] = {
    "good": (COLOURS["blue"], "blue"),
    "bad": (COLOURS["orange"], "orange"),
    "neither": (COLOURS["pink"], "pink"),
}
