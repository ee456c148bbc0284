"""Write docs/partnership-file.md from the models: ``python docs/write_partnership_file.py``.

What a key holds comes from the docstrings of the models, its form from their types; what stands
here is what neither can say.
"""

# ruff: noqa: E501 - running text reads better in long lines

from __future__ import annotations

import inspect
import re
import sys
import types
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

INTRODUCTION = """\
# The partnership file

Made by `python docs/write_partnership_file.py` from the models; do not edit.

A partnership's folder is `data/partnerships/<slug>`, such as `data/partnerships/luton`:

| what | where |
|---|---|
| what the partnership says of itself and its work | `partnership.yml`, this page's matter |
| another one for a single period, such as an earlier assessment's | `2022/partnership.yml` |
| what people write, a section each | `commentary/*.md` |
| answers to a consultation, weights of harm | CSV files, named in `partnership.yml` |

`cspanalysis new luton` makes the folder. Its file is valid as it stands; what it leaves out is named as missing in the reports. `cspanalysis check` and `cspanalysis doctor` read every file and name file, line and key of a mistake; `cspanalysis check --statutory luton 2023` says what the law asks for and the report lacks.

Write roles, never names of people. Days are written 2024-01-31. Periods are written 2023, 2017-04..2017-06, 2022-Q3, FY2022, FY2022-Q1 or 12m-to-2023-12; years of registers and money 2023 or 2023/24. Nothing stands twice in a list: a partner, comparator, measure, action or event that does is refused, with both lines.
"""

EDITIONS = """\
## What must not be made public

Any entry of any list or part below may bear `edition: sensitive`; any single value bears it as `{value: ..., edition: sensitive}`. It then stands in sensitive editions alone: no sentence, table, figure, spreadsheet, review or placeholder of a public edition tells it.

```yaml
priorities:
  - key: burglary
    title: Burglary
    theme: crime-and-disorder
    owner: {value: Head of investigations, edition: sensitive}
    actions:
      - {action: Watch one address, edition: sensitive}
  - key: exploitation
    title: Exploitation of children
    theme: crime-and-disorder
    owner: Head of children's services
    edition: sensitive
measures:
  - {measure: possession-of-weapons, edition: sensitive}
disclosure:
  threshold: 10
  measures: [robbery]
```

* `disclosure` sets the rules of what public editions keep back, for every report on the partnership, its wards and its small areas: which counts are small, and of which measures nothing is said. [What public editions hide](disclosure.md) explains them.

* What belongs to a sensitive priority goes with it: its actions in the last plan, projects, recommendations, questions, and commentary whose name ends with its key.
* A measure that is sensitive under `measures`, or among the measures of a priority, is left out of all public editions of the partnership and of the wards in it. Where a total that still stands there would tell it by difference, the last other part of the total that no priority names is left out with it (all crime less the others is robbery, so other crime goes too); `all-crime` itself may be named in its place.
* An entry that loses something it needs is left out as a whole, but for its owner.
* Where a public edition has nothing left to show, it says that it shows nothing, not that nothing was supplied.
* A placeholder of something sensitive in public commentary is refused, with file and line; commentary bears `edition: sensitive` in its head.
"""

ANSWERS = """\
## The file of answers

A CSV file in UTF-8 beside `partnership.yml`: a head, then one row a respondent. Each question names its column and the answers that count as yes, in any case; every other answer counts as no, an empty one as none. A column of weights, where `weight` names one, holds numbers from 0.

```text
id,safe,concern,weight
1,Very safe,burglary,1.2
2,Unsafe,"drugs, alcohol",0.8
```
"""

FORMS: dict[object, str] = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    date: "day",
}
PLURALS = {"text": "texts", "area": "areas", "comparison": "comparisons"}
NAMED = {
    "AreaField": "area",
    "ComparisonField": "comparison",
    "MeasureField": "measure",
    "PeriodField": "period",
    "Key": "key",
    "Count": "whole number from 0",
    "Year": "year",
    "ThemeKey": "theme",
}


def explained(model: type[BaseModel]) -> dict[str, str]:
    """Give what each key holds, from the docstring of its model."""
    doc = inspect.getdoc(model) or ""
    _, _, parameters = doc.partition("Parameters\n----------\n")
    found: dict[str, str] = {}
    for names, text in re.findall(r"(?m)^([a-z_, ]+)\n((?:    .*\n?)+)", parameters):
        words = " ".join(text.split()).replace("``", "`")
        found |= {name.strip(): words for name in names.split(",")}
    return found


def summary(model: type[BaseModel]) -> str:
    """Give the first line of a model's docstring, as what it holds."""
    first = (inspect.getdoc(model) or "").split("\n\n")[0].removeprefix("Hold ")
    return f"{first[:1].upper()}{first[1:]}".replace("\n", " ").replace("``", "`")


def form(annotation: Any) -> str:
    """Say in words what may be written for a type."""
    if annotation in FORMS:
        return FORMS[annotation]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in inner)
    if origin in {Union, types.UnionType}:
        return form(next(one for one in inner if one is not type(None)))
    if origin is Annotated:
        return _named(annotation) or form(inner[0])
    if origin is tuple:
        return _list(inner)
    if origin is dict:
        return f"lines of {form(inner[0])}: {form(inner[1])}"
    return f"[{_title(annotation)}](#{_anchor(annotation)})"


def _list(inner: tuple[Any, ...]) -> str:
    if inner[-1] is Ellipsis:
        return f"list of {PLURALS.get(form(inner[0]), form(inner[0]))}"
    return f"[before, after]: two {form(inner[0]).replace('number', 'numbers')}"


def _named(annotation: Any) -> str:
    from cspanalysis.partnership import fields, work

    for name, words in NAMED.items():
        if annotation == getattr(fields, name, getattr(work, name, None)):
            return words
    return ""


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Give the models that a type holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def every_model(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Give a model and those inside it, in the order of the file, each once."""
    found = [model]
    for info in model.model_fields.values():
        for inner in models_in(annotation_of(info)):
            found += [one for one in every_model(inner) if one not in found]
    return found


def annotation_of(info: FieldInfo) -> Any:
    """Give a field's type with what pydantic took off it, so that it is known by its name."""
    if info.metadata and get_origin(info.annotation) is None:
        return Annotated[(info.annotation, *info.metadata)]
    return info.annotation


def rows(model: type[BaseModel]) -> Iterator[str]:
    """Write a line a key."""
    words = explained(model)
    hints = inspect.get_annotations(model, eval_str=True)
    for name, info in model.model_fields.items():
        shape = form(hints.get(name, info.annotation))
        needed = "yes" if info.is_required() else ""
        yield f"| `{name}` | {words[name]} | {shape} | {needed} |"


def section(model: type[BaseModel]) -> str:
    """Write what a model may hold."""
    lines = [f"## {_title(model)}\n", f"{summary(model)}\n"]
    lines += ["| key | what it holds | form | needed |", "|---|---|---|---|", *rows(model), ""]
    return "\n".join(lines)


def keys() -> str:
    """Write the keys of responsible authorities and of themes."""
    from cspanalysis.partnership.law import bodies, themes

    both = dict.fromkeys((*bodies("england"), *bodies("wales")))
    lines = ["## Keys of responsible authorities and themes\n", "| key | what it is |", "|---|---|"]
    lines += [f"| `{body.key}` | {body.name} |" for body in both]
    lines += [f"| `{theme.key}` | Theme: {theme.title} |" for theme in themes()]
    return "\n".join([*lines, ""])


def law() -> str:
    """Write what the law asks for, by key."""
    from cspanalysis.partnership.requirements import requirements

    lines = [
        "## What the law asks for\n",
        "In words of our own, for England; Wales has regulations of its own (SI 2007/3076). What "
        "may be said under `duties` counts as met by a sentence there; the rest is looked for in "
        "the parts of the file and in the figures.\n",
        "| key | what is asked for | where | under `duties` |",
        "|---|---|---|---|",
    ]
    for one in requirements("england"):
        confirmed = "" if one.confirmed else " (to be confirmed)"
        said = "yes" if "duty" in one.evidence or one.key == "county-agreement" else ""
        lines.append(f"| `{one.key}` | {one.text} | {one.law}{confirmed} | {said} |")
    return "\n".join([*lines, ""])


def page() -> str:
    """Write the whole page."""
    from cspanalysis.partnership import Partnership

    models = every_model(Partnership)
    return "\n".join(
        [INTRODUCTION, *(section(model) for model in models), keys(), EDITIONS, ANSWERS, law()]
    )


def _title(model: type[BaseModel]) -> str:
    words = re.sub(r"(?<!^)([A-Z])", r" \1", model.__name__).lower()
    return words[:1].upper() + words[1:]


def _anchor(model: type[BaseModel]) -> str:
    return _title(model).lower().replace(" ", "-")


if __name__ == "__main__":
    (HERE / "partnership-file.md").write_text(page(), encoding="utf-8")
