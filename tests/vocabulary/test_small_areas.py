"""What texts say of the size of a small area: one number, which the reference tables give."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from cspanalysis.paths import reference

HOUSE = Path(__file__).parents[2]
TEXTS = ("data/reference/glossary.csv", "notebooks/*.ipynb", "docs/*.md", "README.md", "*/*.py")
SAID = re.compile(
    r"(?:LSOA|small area)[^.\n]{0,120}?(?:about|around) ([\d,]+) (?:residents|people)"
)


def test_every_text_gives_small_areas_the_size_that_they_have() -> None:
    places = pd.read_parquet(reference("places.parquet"))
    mean = places.loc[places["in_2021"], "residents"].mean()
    texts = [path.read_text("utf-8") for pattern in TEXTS for path in HOUSE.glob(pattern)]
    said = {size for text in texts for size in SAID.findall(text)}
    assert said == {f"{round(mean, -2):,.0f}"}
