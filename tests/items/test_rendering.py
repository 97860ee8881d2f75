from html.parser import HTMLParser

import pytest

from quizzes.items.rendering import markdown, plain


class Tags(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes.update(attrs)


def test_emphasis_lists_and_tables_are_rendered():
    assert markdown("The *Lamp* of **1911**") == "<p>The <em>Lamp</em> of <strong>1911</strong></p>"
    assert "<li>" in markdown("1. one\n2. two")
    assert "<td>" in markdown("| a | b |\n|---|---|\n| 1 | 2 |")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<p hx-post="/review/" hx-trigger="load">x</p>',
        '<b onclick="alert(1)" style="color:red" class="x" id="y" data-z="1">x</b>',
        '[x](javascript:alert(1) "t")',
        "[x](/accounts/logout/)",
        "![x](https://elsewhere.example/pixel.png)",
        "<img src=x onerror=alert(1)>",
        "# heading",
        "```html hx-get\n<b>\n```",
    ],
)
def test_no_attack_becomes_markup(attack):
    found = Tags()

    found.feed(markdown(attack))
    assert found.names <= {"p", "a", "pre", "code"}
    for name, value in found.attributes:
        assert name == "rel" or (name == "href" and value.startswith("https://"))


def test_a_link_elsewhere_gives_nothing_away():
    assert markdown("[x](https://example.org/)") == (
        '<p><a href="https://example.org/" rel="noopener noreferrer nofollow">x</a></p>'
    )


def test_plain_text_stays_what_it_says():
    assert plain("2 * 3 < 7 & *no* emphasis") == "<p>2 * 3 &lt; 7 &amp; *no* emphasis</p>"
    assert plain("") == ""
