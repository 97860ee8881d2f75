"""Whatever is written on a card, in whatever place, comes out as words."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizzes.items import rendering, slips
from quizzes.items.slips import Kind, Slip
from tests.unsafe import PAYLOADS

UID = "019cb000-0000-7000-8000-000000000003"
ALLOWED = {
    "a": {"href", "rel"},
    "img": {"src", "alt"},
    "ol": {"start"},
}


class Markup(HTMLParser):
    """Every tag with its attributes, as a browser would see them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def faults(markup):
    """What is in a card's markup that must not be."""
    reader = Markup()
    reader.feed(markup)
    for tag, attributes in reader.found:
        if tag not in rendering.TAGS:
            yield tag
        for name, value in attributes.items():
            is_link = name == "href" and (value or "").lower().startswith(
                ("https://", "http://", "mailto:")
            )
            is_picture = name == "src" and value == f"/media/{UID}/"
            if name not in ALLOWED.get(tag, ()) or (
                name in {"href", "src"} and not (is_link or is_picture)
            ):
                yield f"{tag} {name}={value}"


def places(payload):
    """The payload in every place that a card has."""
    yield Slip(kind=Kind.BASIC, front=payload, back=payload, remark=payload)
    yield Slip(kind=Kind.REVERSED, front=f"**{payload}**", back=f"> {payload}")
    yield Slip(kind=Kind.TYPED, front="x", back=payload, accepted=(payload[:300],))
    yield Slip(
        kind=Kind.BASIC, front=f"![{payload}](media:{UID})", back=f"[{payload}](https://a.b)"
    )
    if "{" not in payload and "}" not in payload and "::" not in payload:
        yield Slip(kind=Kind.CLOZE, front=f"{{{{{payload}}}}} {payload}")
        yield Slip(kind=Kind.CLOZE, front=f"{payload} {{{{gap::{payload}}}}}")
        yield Slip(kind=Kind.CLOZE, front=f"![{{{{gap::{payload}}}}}](media:{UID})")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_card_holds_anything_but_its_words(payload):
    for slip in places(payload):
        for face in slips.faces(slips.numbered(slip), {UID: payload}):
            wording = face.wording
            for markup in (wording.stem_html, wording.answer_html, wording.rationale_html):
                assert list(faults(markup)) == []
                assert rendering.cleaned(markup) == markup


def test_the_corpus_is_large_and_some_of_it_is_dangerous():
    """Else the test above would find nothing anywhere."""
    live = [payload for payload in PAYLOADS if list(faults(payload))]

    assert len(PAYLOADS) >= 200
    assert len(live) >= 150


def test_marks_of_ones_own_are_taken_out():
    slip = slips.numbered(Slip(kind=Kind.CLOZE, front="\ufdd0\ufdd1{{a\ufdd2}} b"))

    assert slip.front == "{{1:a}} b"


@given(st.integers(0, 0x110000))
@example(0xE000)
@example(0xE001)
@example(0xFDD0)
@example(0xFDD1)
def test_no_character_that_is_written_by_its_number_is_a_mark(number):
    slip = slips.numbered(Slip(kind=Kind.CLOZE, front=f"a&#{number};&#x{number:x}; b {{{{Oslo}}}}"))

    [face] = slips.faces(slip)

    for markup, shown in ((face.wording.stem_html, "[…]"), (face.wording.answer_html, "Oslo")):
        assert markup.endswith(f"b <strong>{shown}</strong></p>")
        assert markup.count("<strong>") == 1
