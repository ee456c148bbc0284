"""Small areas by tenth of deprivation, as bars."""

from __future__ import annotations

from cspanalysis.blocks.block import Block
from cspanalysis.blocks.style import COLOURS, PHONE, drawing, quiet_axes, svg_of
from cspanalysis.display.figure import Panel, Plain, figure
from cspanalysis.display.prose import table
from cspanalysis.findings.places.area_profile import AreaProfile
from cspanalysis.findings.wording.numbers import count_text
from cspanalysis.vocabulary.listed import joined

__all__ = ["decile_chart"]

_HEIGHT = 104
_FOOT = 34
_DEPRIVED = 2


def decile_chart(profile: AreaProfile) -> Block:
    """Draw how many small areas fall into each tenth of the country, the most deprived first.

    Raises
    ------
    ValueError
        If the profile has no deciles.
    """
    if not profile.places:
        raise ValueError(f"no index of deprivation is held for {profile.area.name}: leave it out")
    deciles = profile.deciles
    with drawing(PHONE, _HEIGHT) as canvas:
        axes = canvas.add_axes((0.07, _FOOT / _HEIGHT, 0.86, 1 - (_FOOT + 8) / _HEIGHT))
        quiet_axes(axes)
        colours = [COLOURS["focus"] if d <= _DEPRIVED else COLOURS["grey"] for d in deciles.index]
        axes.bar(deciles.index, deciles, width=0.72, color=colours)
        for tenth, places in deciles.items():
            axes.text(float(str(tenth)), places, count_text(places), ha="center", va="bottom")
        axes.set_ylim(0, max(1, deciles.max()) * 1.18)
        axes.set_yticks([])
        axes.set_xticks(list(deciles.index), [_tick_text(int(d)) for d in deciles.index])
        svg = svg_of(canvas)
    return figure(
        [Panel(svg, _alt(profile))],
        title=profile.title,
        subtitle=(
            f"Number of small areas ({profile.small_area}) of {profile.area.name} in each tenth of "
            f"{profile.country}, by deprivation."
        ),
        source=profile.index_name,
        data=[_data(profile)],
        plain=Plain("column", tuple(str(tenth) for tenth in range(1, _DEPRIVED + 1))),
    )


def _tick_text(tenth: int) -> str:
    return {1: "1\nmost deprived", 10: "10\nleast deprived"}.get(tenth, str(tenth))


def _alt(profile: AreaProfile) -> str:
    listed = [f"{count_text(places)} in tenth {tenth}" for tenth, places in profile.deciles.items()]
    return (
        f"Bar chart of {profile.area.name}'s small areas by tenth of deprivation, tenth 1 the most "
        f"deprived: {joined(listed)}."
    )


def _data(profile: AreaProfile) -> Block:
    import pandas as pd

    deciles, tenth = profile.deciles, f"Tenth of {profile.country}"
    frame = pd.DataFrame({tenth: deciles.index, "Small areas": deciles.to_numpy()})
    return table(frame, caption="Small areas by tenth of deprivation (1 is the most deprived)")
