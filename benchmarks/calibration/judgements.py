"""Other judgements: the period before, wards, ranks and targets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.calibration.reports import AREAS, MONTHS, NOISES, SIZES, Floats, table
from cspanalysis.methods import (
    adjust,
    compare,
    count_noise,
    dispersed_interval,
    rank_chances,
    verdict,
)

BEFORE_CHANGES = (1.0, 1.5, 2.0)
WARDS, WARD_MEAN, WARD_NOISE = 20, 60.0, 2.0
WARD_CHANGES = (1.0, 1.5, 2.0)
TARGETS = (1.0, 0.9, 0.8)
RANKED, RESIDENTS, BETWEEN = 15, 100_000.0, 0.25


def period_before(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Compare the last quarter with the one before it, the season allowed for."""
    sizes = np.tile(np.array(SIZES, dtype=float), AREAS)
    rows = []
    for noise, draw in NOISES.items():
        for change in BEFORE_CHANGES:
            words = []
            for _ in range(reports):
                mean = np.tile(sizes / 12, (len(MONTHS), 1))
                mean[-3:, -3:] *= change  # the largest lines of the last area
                counts = pd.DataFrame(draw(mean, random), index=MONTHS)
                words.append(_seasonal(counts.iloc[:, -len(SIZES) :]))
            rows.append({"noise": noise, "change": change, **_told(words, 3, change)})
    return pd.DataFrame(rows)


def _seasonal(own: pd.DataFrame) -> list[str]:
    from scipy.stats import t

    found = count_noise(own, period=MONTHS[-3:], baseline=MONTHS[-6:-3])
    score = found["log_ratio"] / np.sqrt(found["variance"])
    p = np.nan_to_num(2 * t.sf(np.abs(score), found["freedom"]), nan=1.0)
    return list(verdict(p, adjust(p), np.exp(found["log_ratio"].to_numpy())))


def wards(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Judge the wards of an area, all together, with the noise of the area's own comparison."""
    rows = []
    for change in WARD_CHANGES:
        words = []
        for _ in range(reports):
            mean = random.gamma(2, WARD_MEAN / 2, WARDS)
            after = mean * np.where(np.arange(WARDS) >= WARDS - 3, change, 1)
            before, after = (_spread(one, random) for one in (mean, after))
            found = compare(before, after, dispersion=WARD_NOISE)
            p = found["p_value"].fillna(1).to_numpy()
            words.append(list(verdict(p, adjust(p), found["ratio"].to_numpy())))
        rows.append({"change": change, **_told(words, 3, change)})
    return pd.DataFrame(rows)


def _spread(mean: Floats, random: np.random.Generator) -> Floats:
    """Draw counts whose variance is the noise times their mean."""
    level = random.gamma(mean / (WARD_NOISE - 1), WARD_NOISE - 1)
    return random.poisson(level).astype(float)


def _told(words: list[list[str]], changed: int, change: float) -> dict[str, float]:
    """Sum up the words of reports whose last lines changed."""
    still = [word for report in words for word in report[:-changed]]
    moved = [word for report in words for word in report[-changed:]]
    clear = [any(word in {"higher", "lower"} for word in report[:-changed]) for report in words]
    possible = [word.startswith("possibly") for word in still]
    told = {
        "reports with a clear word of what stayed": float(np.mean(clear)),
        "possible words of what stayed": float(np.mean(possible)),
    }
    none = float("nan")
    higher = [word == "higher" for word in moved]
    either = [word.endswith("higher") for word in moved]
    return told | {
        "clear": float(np.mean(higher)) if change != 1 else none,
        "possible or clear": float(np.mean(either)) if change != 1 else none,
    }


def targets(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Hold a year's count against a target that what stands behind it meets, or misses."""
    rows = []
    for share in TARGETS:
        for size in (100.0, 300.0, 1000.0):
            noise = 3.0
            level = random.gamma(size / (noise - 1), noise - 1, 100 * reports)
            counts = random.poisson(level).astype(float)
            limits = dispersed_interval(counts, dispersion=noise)
            upper, lower = np.asarray(limits[1]), np.asarray(limits[0])
            target = size / share
            rows.append(
                {
                    "true level to the target": f"{share:.0%}",
                    "counts a year": f"{size:,.0f}",
                    "met": float(np.mean(upper < target)),
                    "not met": float(np.mean(lower > target)),
                }
            )
    return pd.DataFrame(rows)


def ranks(reports: int, random: np.random.Generator) -> pd.DataFrame:
    """Hold the chance of standing first against how often the area truly does."""
    said, true = [], []
    for _ in range(reports):
        rates = random.gamma(1 / BETWEEN**2, 0.003 * BETWEEN**2, RANKED)
        mean = rates * RESIDENTS
        counts = random.poisson(random.gamma(mean / 2, 2))
        chances = rank_chances(counts, RESIDENTS, noise=3.0, draws=2000)["first"].to_numpy()
        said += list(chances)
        true += list(np.arange(RANKED) == rates.argmax())
    frame = pd.DataFrame({"said": said, "true": true})
    bounds = pd.cut(frame["said"], [-0.01, 0.05, 0.25, 0.5, 0.75, 1])
    grouped = frame.groupby(bounds, observed=True)
    names = ["up to 5 %", "5 to 25 %", "25 to 50 %", "50 to 75 %", "above 75 %"]
    means = {"said on average": grouped["said"].mean(), "first": grouped["true"].mean()}
    held = pd.DataFrame(means)
    places = [bounds.cat.categories.get_loc(one) for one in held.index]
    held.insert(0, "chance of standing first", [names[place] for place in places])
    return held


def judgements_report(
    before: pd.DataFrame,
    by_ward: pd.DataFrame,
    aimed: pd.DataFrame,
    ranked: pd.DataFrame,
    reports: int,
) -> list[str]:
    """Write the tables in Markdown."""
    return [
        "## The period before",
        "",
        "The last quarter against the one before it, 14 lines of one area, the season allowed for; "
        f"three lines of 1,000 a year changed; {reports} reports a row.",
        "",
        *table(before),
        "",
        "## Wards",
        "",
        f"{WARDS} wards of {WARD_MEAN:.0f} a year on average, tested together with a noise of "
        f"{WARD_NOISE:.0f}; three wards changed; {reports} areas a row.",
        "",
        *table(by_ward),
        "",
        "## Targets",
        "",
        "A year's count of noise 3 whose true level is at a share of the target: how often its "
        "95 % interval lies below it (met) or above it (not met).",
        "",
        *table(aimed),
        "",
        "## Ranks",
        "",
        f"{RANKED} areas of {RESIDENTS:,.0f} residents and 300 counts a year of noise 3: of areas "
        "said to stand first with such a chance, the share that truly has the highest rate.",
        "",
        *table(ranked),
        "",
    ]
