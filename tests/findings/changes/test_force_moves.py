"""What moved in the whole force, told from what moved in one area."""

from __future__ import annotations

from dataclasses import replace

from cspanalysis.evidence.figures import ForceChange
from cspanalysis.findings.changes.force_moves import force_sentence
from cspanalysis.findings.changes.reading import read
from cspanalysis.findings.finding import Change
from cspanalysis.store import Store
from cspanalysis.vocabulary import Area, Measure, Period

LUTON = Area("E22000010", "Luton", "csp", "E23000026")
YEAR = Period.parse("2023")
FORCE = ForceChange(
    name="Bedfordshire", percent_change=-15.0, before=5000, after=4250, verdict="lower",
    alike=3, gap="no clear difference",
)  # fmt: skip


def change(code: str, force: ForceChange) -> Change:
    return Change(
        measure=Measure.named(code), area=LUTON, period=YEAR, baseline=YEAR.baseline(),
        before=100, after=90, force=force,
    )  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_the_whole_force_did_is_said_as_such_the_surest_first() -> None:
    possible = replace(FORCE, verdict="possibly higher", percent_change=12.0, alike=0)
    said = force_sentence([change("robbery", possible), change("public-order", FORCE)])
    assert plain(said) == (
        "In the whole force public order offences fell by 15 %, in all three areas "
        "alike; robbery possibly rose by 12 %."
    )


def test_what_moved_here_alone_or_nowhere_is_not_said_of_the_force() -> None:
    quiet = replace(FORCE, verdict="can't tell")
    apart = replace(FORCE, gap="above")
    assert force_sentence([change("robbery", quiet), change("public-order", apart)]) == ""
    assert force_sentence([change("all-crime", FORCE)]) == ""


def test_the_force_of_the_shipped_counts() -> None:
    store = Store.open()
    luton = Area.named("luton")
    found = read(store, area=luton, period=YEAR, baseline=YEAR.baseline()).force
    order, robbery = found["public-order"], found["robbery"]
    assert (order.verdict, order.alike) == ("possibly lower", 3)
    assert robbery.verdict == "can't tell"
