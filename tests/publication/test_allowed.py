"""What a notebook may publish: everything else is refused, however it is spelt."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from lxml import html

from cspanalysis.publication.allowed import not_allowed


def drawn(inside: str) -> str:
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'>{inside}</svg>"
    return f'<img src="data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}" alt="x">'


def found(markup: str, *, search: bool = False) -> list[str]:
    page = f"<html><head><title>t</title></head><body>{markup}</body></html>"
    return list(not_allowed(html.document_fromstring(page), search=search))


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java\nscript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<form action="https://a.b"><p>x</p></form>',
        '<meta http-equiv="refresh" content="0;url=https://a.b">',
        '<base href="https://a.b/">',
        '<p onclick="x()">x</p>',
        "<svg onload=x()></svg>",
        '<p style="background: url(https://a.b/x.png)">x</p>',
        '<p style="background: u\\72l(https://a.b/x.png)">x</p>',
        '<p style="background: ur/**/l(//a.b/x.png)">x</p>',
        "<style>@import 'https://a.b/x.css';</style>",
        '<svg><rect fill="url(https://a.b#x)"/></svg>',
        "<video><source src=x></video>",
        '<img src="data:text/html,x" alt="x">',
        drawn("<g onclick='x()'/>"),
        drawn("<script>x()</script>"),
        drawn("<image href='//a.b/x.png'/>"),
        '<img src="data:image/svg+xml;base64,AAAA" alt="x">',
        '<img src="data:image/svg+xml;base64,A" alt="x">',
        '<img src="data:image/svg+xml,%3Csvg onload=x()%3E" alt="x">',
        '<p style="background: url(data:image/svg+xml,%3Csvg/%3E)">x</p>',
        '<p style="width: expression(x())">x</p>',
        "<svg><style><img src=x onerror=x()></style></svg>",
        '<a href="java%0Ascript:x()">x</a>',
        "<input>",
        "<button>x</button>",
        "<marquee>x</marquee>",
        '<svg><animate attributeName="href"/></svg>',
    ],
)
def test_what_would_do_more_than_be_read_is_refused(markup: str) -> None:
    assert found(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">f(x) <a href="https://a.b/?x=javascript:1">x</a></p>',
        '<a href="report.pdf">x</a> <a href="#a:b">x</a> <a href="mailto:a@b.c">x</a>',
        '<svg viewbox="0 0 1 1"><g clip-path="url(#a)"><path d="M0 0"/></g></svg>',
        '<img src="data:image/png;base64,AA==" alt="url(http://x)">',
        "<style>@font-face{src:url(data:font/woff2;base64,AA)}p::before{content:'\\2192'}</style>",
        drawn("<g><path d='M0 0'/></g>"),
        "<style>html { scroll-behavior: smooth }</style>",
        "<table border=1><tr><td>Curl(y) hair</td></tr></table>",
    ],
)
def test_what_is_only_read_is_published(markup: str) -> None:
    assert not found(markup)


def test_an_index_alone_has_a_field_to_search_in_and_lists_to_choose_from() -> None:
    assert not found("<input><select><option>Luton</option></select>", search=True)


def test_our_own_pages_hold_nothing_else(indexed: Path) -> None:
    for page in indexed.rglob("*.html"):
        root = html.document_fromstring(page.read_text(encoding="utf-8"))
        search = page in {indexed / "index.html", indexed / "review.html"}
        assert list(not_allowed(root, search=search)) == [], page
