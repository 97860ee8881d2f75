"""Cards of one's own in a real browser: made, pasted, found; and what is in them never runs."""

import pytest
from playwright.sync_api import Dialog, expect

from quizzes.cards import editing
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.decks import add, basic, drawn, make_deck, with_gaps
from tests.journeys.conftest import Visitor, Visits
from tests.journeys.test_every_page import look
from tests.unsafe import PAYLOADS


@pytest.fixture
def deck(student: User, noon, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_deck(student, noon)


def test_a_deck_from_nothing_to_the_first_review(visitor: Visitor, student: User, deck):
    page = visitor.page
    visitor.come_as(student)
    visitor.go("/own/")
    page.get_by_role("link", name="Greek", exact=True).click()
    page.get_by_role("link", name="Add a card").first.click()
    page.get_by_label("Gaps in a text").check()
    page.get_by_label("Front", exact=True).fill("{{Oslo}} is in {{Norway::a country}}.")
    visitor.press("Show how it will be asked")
    expect(page.get_by_text("Oslo is in [a country].")).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("2 cards are added.")).to_be_visible()

    visitor.go(f"/own/{deck.uid}/paste/")
    page.get_by_label("One card a line").fill("λόγος - word\nno separator\nἔργον - work")
    visitor.press("Preview")
    visitor.press("Add 2 cards")
    expect(page.get_by_text("2 cards are added.")).to_be_visible()
    expect(page.get_by_label("One card a line")).to_have_value("no separator")

    visitor.go("/cards/?q=is:own")
    expect(page.get_by_text("4 cards", exact=True)).to_be_visible()
    page.get_by_role("link", name="λόγος", exact=True).click()
    expect(page.get_by_role("heading", name="About this card")).to_be_visible()


def test_a_picture_of_ones_own_is_shown(visit: Visits, student: User, deck, tmp_path):
    visitor = visit()
    page = visitor.page
    visitor.come_as(student)
    (tmp_path / "field.png").write_bytes(drawn(size=(40, 30)))
    visitor.go(f"/own/{deck.uid}/cards/")
    page.get_by_label("Front", exact=True).fill("What is this?")
    page.get_by_label("Back (not needed for gaps)").fill("A field")
    page.get_by_text("Add a picture").click()
    page.get_by_label("Picture", exact=True).set_input_files(tmp_path / "field.png")
    page.get_by_label("What it shows").fill("something red")
    visitor.press("Put the picture in")
    visitor.press("Show how it will be asked")

    picture = page.get_by_role("img", name="something red")
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.naturalWidth") == 40


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["as-it-is", "sanitizer-alone"])
def test_nothing_that_is_written_on_a_card_runs(
    visit: Visits, student: User, deck, noon, bypass_csp
):
    """Every payload on every side of a card, looked at wherever cards are shown.

    Once without the policy that forbids foreign scripts, so that the sanitizer is judged alone.
    """
    texts = ["\n\n".join(PAYLOADS[n : n + 12]) for n in range(0, len(PAYLOADS), 12)]
    written = [basic(text, f"{text} back", remark=text) for text in texts]
    written += [with_gaps(f"{{{{gap::{one}}}}} {one}") for one in PAYLOADS[::9] if "}" not in one]
    items = editing.add(student, deck.chapters.get(), written, noon, tags=[PAYLOADS[0][:60]])
    visitor = visit(bypass_csp=bypass_csp)
    page = visitor.page
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("request", lambda request: asked.append(request.url))
    visitor.come_as(student)

    shown = [f"/cards/{item.uid}/" for item in items]
    edited = [f"/cards/{item.uid}/edit/" for item in items[::12]]
    for address in ["/cards/?q=is:own", *shown, *edited]:
        visitor.go(address)
        assert page.evaluate("window.ran || 0") == 0, address
        bad = "main :is(script, iframe, object, svg, style, [onerror], [onclick], [style])"
        assert page.locator(bad).count() == 0, address

    assert [url for url in asked if not url.startswith(visitor.site)] == []


def test_a_browser_would_run_what_is_not_cleaned(visit: Visits):
    """Else the test above would see nothing run anywhere."""
    page = visit(bypass_csp=True).page
    page.set_content(f"<main>{PAYLOADS[0]}{PAYLOADS[11]}<img src=x onerror=window.ran=1></main>")

    page.wait_for_function("window.ran >= 1")


def test_the_pages_of_ones_own_read_well(visit: Visits, student: User, deck, noon):
    [item] = add(student, deck, noon, basic(), tags=("nouns",))
    visitor = visit()
    visitor.come_as(student)
    own = f"/own/{deck.uid}/"
    for address in (
        "/own/",
        own,
        f"{own}delete/",
        f"{own}chapters/cards/",
        f"{own}cards/",
        f"{own}paste/",
        "/cards/",
        "/cards/?q=flag:brown",
        "/cards/?q=nothing",
        f"/cards/{item.uid}/edit/",
        f"/cards/{Item.objects.exclude(book=deck)[0].uid}/copy/",
        "/books/",
    ):
        visitor.page.set_viewport_size({"width": 1280, "height": 800})
        visitor.go(address)
        look(visitor.page)


def test_the_preview_of_a_list_reads_well(visit: Visits, student: User, deck):
    visitor = visit()
    visitor.come_as(student)
    visitor.go(f"/own/{deck.uid}/paste/")
    visitor.page.get_by_label("One card a line").fill("a - b\nno separator")
    visitor.press("Preview")
    look(visitor.page)
