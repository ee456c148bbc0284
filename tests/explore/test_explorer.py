"""`report.explore`: the still view and the live one."""

from __future__ import annotations

import pytest

from cspanalysis import Assessment

pytest.importorskip("anywidget")


@pytest.fixture(scope="module")
def luton() -> Assessment:
    return Assessment.open("luton", "2023")


def test_the_still_view_is_what_look_shows(luton: Assessment) -> None:
    still = luton.explore("burglary").still()
    assert luton.look("burglary").html in still.html
    assert still.html.startswith('<div class="csp-still">')
    assert "<script" not in still.html


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_choice_is_answered_and_a_view_is_kept(luton: Assessment) -> None:
    from cspanalysis.explore.widget import LiveView

    live = LiveView(luton, measure="burglary")
    live.chosen = {**live.chosen, "measure": "robbery"}
    assert "robbery" in live.view["sentence"]
    live._keep(live, {"keep": True}, [])
    (kept,) = live.kept
    assert kept["line"] == 'report.look("robbery")'
    assert kept["sentence"] == live.view["sentence"]
    assert kept["chosen"] == live.chosen


def test_every_element_that_takes_keys_keeps_them_from_jupyterlab(luton: Assessment) -> None:
    from cspanalysis.explore.widget import LiveView

    module, quiet = str(LiveView._esm), '[QUIET]: "true"'
    taking = ('select", {', 'button", {', 'input", {', 'div", { class: "rows"')
    for one in (f'made("{element}' for element in taking):
        assert module.count(one) == 1
        assert quiet in module[module.index(one) :].split("\n", 1)[0]
    assert "http" not in module.replace("http://www.w3.org/2000/svg", "")
