"""Our own reader gives the tree that pandoc gives, or leaves the page to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from cspanalysis.publication.document import reduced, tree_by_pandoc, tree_of
from cspanalysis.publication.page_tree import VERSION, UnknownMarkupError, blocks_of

REPORTS = ("bedford/2023", "hostile/2023", "wycombe/2017-04-to-2017-06", "wokingham/2019")


def _main(markup: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<main>{markup}</main>")


def _both(markup: str) -> tuple[Any, Any]:
    return json.loads(json.dumps(blocks_of(_main(markup)))), tree_by_pandoc(_main(markup))[0]


@pytest.mark.parametrize("report", REPORTS)
def test_pages_are_read_as_pandoc_reads_them(seeds: Path, report: str) -> None:
    main, _ = reduced((seeds / report / "performance-report.html").read_text(encoding="utf-8"))
    blocks, version = tree_by_pandoc(main)
    assert json.loads(json.dumps(blocks_of(main))) == blocks
    assert list(VERSION) == version


CASES = {
    "spaces go out of emphasis": "<p>a<strong> b </strong>c <em class=c>d </em> e</p>",
    "a space beside a break is none": "<p>a <br> b<br>\n c</p>",
    "a line beside blocks": "<div>before <p>a</p> then <span class=s> x</span><p>b</p>after</div>",
    "figure spaces are letters": "<p>\u2007 1 \u00a02\u00a0 </p>",
    "lists": "<ul class=c><li>a</li><li><p>b</p><ol type=a><li>c</li></ol></li><li></li></ul>",
    "a table": (
        "<table class=t id=i><caption>What <sup>it</sup> holds</caption>"
        "<thead><tr><th scope=col>A</th><th scope=col colspan=2>B</th></tr></thead>"
        "<tbody><tr><th scope=rowgroup colspan=3>Group</th></tr>"
        "<tr class=r><th scope=row>a</th><td class='n m' data-x=1>1</td><td></td></tr></tbody>"
        "<tbody><tr><td>b</td><td>2<br>3</td><td>4</td></tr></tbody></table>"
    ),
    "pictures and links": (
        "<p><img src=a.svg alt='what it shows' width=3 height=4 class=c>"
        "<a href='https://example.org' rel=license>there</a><span data-key=k></span></p>"
    ),
    "another language": "<div lang=cy><p><span lang=cy class=s>Casnewydd</span></p></div>",
    "nothing": "<p> </p><div></div><ul></ul>",
}


@pytest.mark.parametrize("case", CASES)
def test_markup_is_read_as_pandoc_reads_it(case: str) -> None:
    ours, theirs = _both(CASES[case])
    assert ours == theirs


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a <code>b</code></p>",
        "<pre>a</pre>",
        "<h1>without id</h1>",
        "<p style='text-align: right'>a</p><div style='color: red'>b</div>",
        "<ol start=3><li>a</li></ol>",
        "<table><tbody><tr><td rowspan=2>a</td></tr></tbody></table>",
        "<table><tbody><tr><td colspan=x>a</td></tr></tbody></table>",
        "<table><tbody><tr><td colspan=0>a</td></tr></tbody></table>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
    ],
)
def test_what_is_not_ours_is_left_to_pandoc(markup: str) -> None:
    with pytest.raises(UnknownMarkupError):
        blocks_of(_main(markup))
    assert tree_of(_main(markup)) == tree_by_pandoc(_main(markup))


def test_markup_nested_without_end_is_left_to_pandoc() -> None:
    deep = html.Element("main")
    inner = deep
    for _ in range(285):
        inner = etree.SubElement(inner, "div")
    inner.text = "a"
    assert tree_of(deep) == tree_by_pandoc(deep)


WORDS = st.text("ab \u00a0\u2007\n<&", max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)


def _wrapped(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["strong", "em", "sup", "sub", "span class=s", "a href=x"])
    return st.builds(lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>", tags, inside)


LINES = st.recursive(
    st.one_of(WORDS, st.sampled_from(["<br>", "<img src=a.svg alt='a  b'>"])),
    lambda inside: st.one_of(_wrapped(inside), st.lists(inside, max_size=3).map("".join)),
    max_leaves=6,
)
CELLS = st.lists(LINES, min_size=2, max_size=2)
BLOCKS = st.recursive(
    st.one_of(
        LINES.map("<p>{}</p>".format),
        LINES.map("<h2 id=h>{}</h2>".format),
        st.lists(LINES, min_size=1, max_size=2).map(
            lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        ),
        st.lists(CELLS, min_size=1, max_size=2).map(
            lambda rows: (
                "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>"
                + "".join(f"<tr><th>{a}</th><td>{b}</td></tr>" for a, b in rows)
                + "</tbody></table>"
            )
        ),
    ),
    lambda inside: st.lists(inside, max_size=3).map(
        lambda blocks: f"<div class=d>{' '.join(blocks)}</div>"
    ),
    max_leaves=4,
)


@settings(max_examples=60)
@given(BLOCKS)
def test_whatever_markup_is_ours_is_read_as_pandoc_reads_it(markup: str) -> None:
    try:
        ours, theirs = _both(markup)
    except UnknownMarkupError:
        return
    assert ours == theirs
