"""The section on wider groups: its table, its sentences, its figures, and public editions."""

from __future__ import annotations

import json
from pathlib import Path

from cspanalysis import Assessment
from cspanalysis.blocks.block import FIGURES


def test_the_table_says_what_each_group_holds_and_lacks() -> None:
    shown = Assessment.open("luton", "2023").composites()
    assert "Wider groups: Luton, 2023 against 2022" in shown.text
    assert "- Neighbourhood crime: what is taken from people" in shown.text
    assert "Fraud is not in it: it is reported to a national centre. Defined for" in shown.text
    assert "It follows the theft offences in the tables of ONS and the Home Office." in shown.text
    assert "Not made from these figures: serious violence (" in shown.text
    figures = {figure["id"]: figure["value"] for figure in shown.records[FIGURES]["figures"]}
    assert figures["change.theft.count"] == 5906


def test_other_categories_are_told_in_one_sentence() -> None:
    shown = Assessment.open("wycombe", "2017-04..2017-06").composites().text
    assert shown.startswith("Not made from these figures: theft and acquisitive crime (there is no")
    assert "for burglary" not in shown  # its total is in the table
    assert "\n" not in shown
    assert "[x]" not in shown


def test_a_public_edition_leaves_out_groups_with_a_sensitive_part(data: Path) -> None:
    folder = data / "partnerships" / "luton"
    folder.mkdir(parents=True)
    (folder / "partnership.yml").write_text(
        "area: luton\nname: Luton Community Safety Partnership\n"
        "measures:\n  - {measure: robbery, edition: sensitive}\n"
    )
    public = Assessment.open("luton", "2023")
    assert not {m.code for m in public.without} & {"burglary", "vehicle-crime"}
    assert "acquisitive-crime" not in {c.measure.code for c in public.composite_changes}
    shown = public.composites()
    assert "cquisitive" not in shown.text + json.dumps(dict(shown.records))
    own = Assessment.open("luton", "2023", edition="sensitive")
    assert len(own.composite_changes) == 3
