"""Words become HTML once, when they are written, and safely so.

`markdown` is for what people write, `plain` for what recipes write: a name with an asterisk in
it must stay that name. Both promise markup without `style`, `class`, `id`, `data-*` or `hx-*`,
headings, scripts or forms, with links to other sites only, and no pictures but those that this
site keeps. `cleaned` is the same promise for markup that was stored: pages that show it ask again.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import nh3
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

PICTURE = "media:"
"""What the address of a picture of one's own begins with in Markdown; its identifier follows."""

type Pictures = Mapping[str, str]
"""The pictures that a text may show: by identifier, the words that stand in for each."""

TAGS = frozenset(
    "p br em strong s code pre blockquote ul ol li a img sub sup hr".split()
    + "table thead tbody tr th td".split()
)
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}
_SCHEMES = ("http:", "https:", "mailto:")
_INLINE = re.compile(r"</?(?:a|code|em|s|strong|sub|sup)\b[^>]*>")
_PICTURED = re.compile(r"<img[^>]*\balt=\"([^\"]*)\"[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_KEPT = re.compile(r"/media/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/")


def markdown(text: str, pictures: Pictures | None = None) -> str:
    """Markdown (CommonMark with tables) as sanitized HTML; raw HTML in it is shown, not obeyed.

    `![words](media:…)` shows one of these pictures; any other is named as a blocked picture.
    """
    return cleaned(_READER.render(text, {"pictures": pictures or {}}))


def plain(text: str) -> str:
    """Text without any markup as one paragraph of HTML; empty text gives none."""
    return cleaned(f"<p>{html.escape(text)}</p>") if text else ""


def numbered(steps: Sequence[str]) -> str:
    """Texts without any markup as a numbered list of HTML."""
    return cleaned(f"<ol>{''.join(f'<li>{html.escape(step)}</li>' for step in steps)}</ol>")


def paired(pairs: Sequence[tuple[str, str]]) -> str:
    """Pairs of texts without any markup as a list of HTML, the first of each in bold."""
    rows = (
        f"<li><strong>{html.escape(one)}</strong> – {html.escape(other)}</li>"
        for one, other in pairs
    )
    return cleaned(f"<ul>{''.join(rows)}</ul>")


def cleaned(markup: str) -> str:
    """HTML with nothing in it but what this module promises; cleaning it again changes nothing."""
    return nh3.clean(
        markup,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={scheme.rstrip(":") for scheme in _SCHEMES},
        link_rel="noopener noreferrer nofollow",
    ).strip()


def address(uid: str) -> str:
    """Where this site shows a picture that it keeps."""
    return f"/media/{uid}/"


def bare(markup: str) -> str:
    """The words of sanitized HTML on one line, for lists."""
    told = _PICTURED.sub(r" \1 ", _INLINE.sub("", markup))
    return " ".join(html.unescape(_TAG.sub(" ", told)).split())


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if value.lower().startswith(_SCHEMES) else None
    if attribute == "src":
        return value if _KEPT.fullmatch(value) else None
    return value


def _picture(
    self: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Mapping[str, Any]
) -> str:
    token, pictures = tokens[place], env["pictures"]
    words = self.renderInlineAsText(token.children or [], options, dict(env))
    uid = str(token.attrs.get("src", "")).removeprefix(PICTURE).lower()
    if not str(token.attrs.get("src", "")).startswith(PICTURE) or uid not in pictures:
        return html.escape(_("[blocked picture: %(words)s]") % {"words": words or "?"})
    return f'<img src="{address(uid)}" alt="{html.escape(words or pictures[uid])}">'


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.enable(["table", "strikethrough"]).disable(["heading", "lheading", "reference"])
    is_plain_link: Callable[[str], bool] = reader.validateLink
    # Without this a picture of one's own would be no picture to the reader, but plain text.
    reader.validateLink = lambda url: url.startswith(PICTURE) or is_plain_link(url)  # type: ignore[method-assign]
    reader.add_render_rule("image", _picture)
    return reader


_READER = _reader()
