"""Words become HTML once, when they are written, and safely so.

`markdown` is for what people write, `plain` for what recipes write: a name with an asterisk in
it must stay that name. Both promise markup without `style`, `class`, `id`, `data-*` or `hx-*`,
without pictures from elsewhere, headings, scripts or forms, and links to other sites only.
"""

import html

import nh3
from markdown_it import MarkdownIt

_TAGS = frozenset(
    "p br em strong s code pre blockquote ul ol li a sub sup hr table thead tbody tr th td".split()
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = frozenset({"http", "https", "mailto"})

_READER = (
    MarkdownIt("commonmark", {"html": False})
    .enable(["table", "strikethrough"])
    .disable(["image", "heading", "lheading", "reference"])
)


def markdown(text: str) -> str:
    """Markdown (CommonMark with tables) as sanitized HTML; raw HTML in it is shown, not obeyed."""
    return _sanitized(_READER.render(text))


def plain(text: str) -> str:
    """Text without any markup as one paragraph of HTML; empty text gives none."""
    return _sanitized(f"<p>{html.escape(text)}</p>") if text else ""


def _sanitized(markup: str) -> str:
    return nh3.clean(
        markup,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    ).strip()
