"""What people write, in Markdown, as a block of the page."""

from __future__ import annotations

from markupsafe import Markup

from cspanalysis.blocks.block import Block, element

__all__ = ["markdown"]


def markdown(text: str, *, byline: str = "") -> Block:
    r"""Show Markdown as people wrote it; raw HTML in it is shown as text, never as markup.

    Parameters
    ----------
    text
        Markdown. Its headings begin at the second level, below the page's title.
    byline
        Who wrote it and when; stands under it.

    Examples
    --------
    >>> str(markdown("Robbery is *rare*. <script>").html)
    '<div class="prose commentary"><p>Robbery is <em>rare</em>. &lt;script&gt;</p>\n</div>'
    """
    import mistune

    made = mistune.create_markdown(escape=True, plugins=["strikethrough"])(text)
    under = element("p", byline, class_="byline") if byline else None
    html = element("div", Markup(made), under, class_="prose commentary")  # noqa: S704 # nosec B704 - escaped
    return Block(html, f"{text}\n\n{byline}".strip())
