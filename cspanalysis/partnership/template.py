"""A partnership's folder to start from: a file valid as it stands, commentary to fill."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from string import Template

from cspanalysis.errors import UsageError
from cspanalysis.partnership.alike import most_like
from cspanalysis.partnership.law import Jurisdiction, bodies, jurisdiction, legal_name, themes
from cspanalysis.partnership.partnership import FILE
from cspanalysis.partnership.requirements import requirements
from cspanalysis.paths import partnership_folder, reference
from cspanalysis.store.places import Places
from cspanalysis.vocabulary import Area
from cspanalysis.vocabulary.rows import reference_rows

__all__ = ["new_partnership", "template_of"]

_KINDS = ("csp", "lad")


def new_partnership(area: Area, *, on: date | None = None) -> tuple[Path, ...]:
    """Write a partnership's file and its commentary to start from.

    Parameters
    ----------
    area
        A CSP or a council area.
    on
        Day to write into the heads of the commentary; today if not given.

    Returns
    -------
    tuple of Path
        The files written. Commentary that is there already is left alone.

    Raises
    ------
    UsageError
        If there is a partnership file already, or the area can have none; nothing is written.
    """
    folder = partnership_folder(area.slug)
    if (folder / FILE).exists():
        raise UsageError(f"{folder / FILE} is there already; nothing was written")
    texts = {folder / FILE: template_of(area)}
    day = (on or date.today()).isoformat()  # noqa: DTZ011 - a day of the writer's own calendar
    for path in sorted(_shipped("commentary").glob("*.md")):
        text = path.read_text(encoding="utf-8").replace("$date", day)
        texts[folder / "commentary" / path.name] = text
    written = {path: text for path, text in texts.items() if not path.exists()}
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(written)


def template_of(area: Area) -> str:
    """Write the file of a partnership that has said nothing yet.

    Lines that begin with ``##`` explain; the other commented lines are examples, which are valid
    once the ``#`` is taken away.

    Raises
    ------
    UsageError
        If the area is no CSP and no council area.
    """
    if area.kind not in _KINDS:
        raise UsageError(f"'{area.label}' can have no partnership file; name a CSP, such as luton")
    where = jurisdiction(area)
    alike, by = most_like(area)
    shipped = Template((_shipped(FILE)).read_text(encoding="utf-8"))
    return shipped.substitute(
        slug=area.slug,
        name=area.name,
        force=Area.named(area.force).name if area.force else "its force",
        country=where.capitalize(),
        alike=" and ".join([", ".join(by[:-1]), by[-1]]),
        comparators=", ".join(other.slug for other in alike),
        areas="".join(f"{line}\n" for line in _areas(area)),
        partners="\n".join(_partners(where)),
        themes=_explained([theme.key for theme in themes()]),
        criteria="\n".join(_criteria()),
        registers=_registers(),
        duties=_explained([r.key for r in requirements(where) if "duty" in r.evidence]),
    )


def _shipped(name: str) -> Path:
    return reference("partnership-template") / name


def _areas(area: Area) -> Iterator[str]:
    """Give a custom area of one ward and a small area of another, as an example."""
    small = Places.shipped().listed(area)
    if area.kind != "csp" or small.empty:
        return
    ward = Area.named(str(small["ward"].iloc[0]))
    yield "## Places of your own making, such as a town centre: whole wards, small areas"
    yield "## (LSOAs of 2021) or both, by code or name. Reports show them beside the wards."
    yield "# areas:"
    yield "#   town-centre:"
    yield "#     name: Our town centre"
    yield f"#     wards: [{ward.code}]  # {ward.name}"
    others = small[small["ward"] != ward.code]
    for code, name in others["name"].head(1).items():
        yield f"#     lsoas: [{code}]  # {name}"
    yield ""


def _partners(where: Jurisdiction) -> Iterator[str]:
    for body in bodies(where):
        name, _, more = body.name.partition(" (")
        yield f"#   - name: {name}" + (f"  # {more.rstrip(')')}" if more else "")
        yield f"#     body: {body.key}"
        if body.key == "council":
            yield "#     supplied: [{what: Complaints of nuisance, received: 2024-01-15}]"


def _criteria() -> Iterator[str]:
    for row in reference_rows(reference("priority-criteria.csv")):
        title = row["title"].replace('"', "'")
        yield f'#     - {{key: {row["key"]}, title: "{title}", weight: {row["weight"]}}}'


def _registers() -> str:
    names = (legal_name(key).plural for key in ("death-review", "asb-case-review"))
    text = " and ".join(names)
    return text[:1].upper() + text[1:]


def _explained(keys: Sequence[str]) -> str:
    """Write keys as lines that explain."""
    return textwrap.fill(
        f"{', '.join(keys)}.",
        98,
        initial_indent="## ",
        subsequent_indent="## ",
        break_on_hyphens=False,
    )
