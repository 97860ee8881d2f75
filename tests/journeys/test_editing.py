"""Questions are written in a real browser: by keyboard alone, and without its script."""

import pytest
from playwright.sync_api import Page, expect

from quizzes.content.models import Book
from quizzes.items import contributing
from quizzes.items.compositions import Choice, Composition
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Manuscript, Option, OptionKey
from quizzes.people import joining
from quizzes.people.models import User
from tests.examining import ALL_KINDS
from tests.journeys.conftest import Visitor, Visits
from tests.journeys.test_every_page import tour
from tests.web.editing import newest


@pytest.fixture
def author(student: User, book: Book, noon) -> User:
    """Somebody who teaches the book."""
    joining.open_classroom(student, book, "History 214", noon)
    return student


def tab_to(page: Page, name: str) -> int:
    """Go on with the tabulator until the field of this name has the focus; tells how often."""
    for press in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.id")
        if at == name:
            return press + 1
    raise AssertionError(f"No tab leads to {name}")


def kept(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_contain_text("Kept among your unfinished questions")


def write_three_more(page: Page) -> None:
    """Behind the first option, by Enter; one more is begun, moved up and another removed."""
    expect(page.locator("#id_stem")).to_be_focused()
    assert tab_to(page, "Option 1") == 1
    for name in ("Reyes", "Quist", "Nobody", "Dunn"):
        page.keyboard.press("Enter")
        page.keyboard.type(name)
    expect(page.get_by_label("Option 5", exact=True)).to_have_value("Dunn")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_label("Option 4", exact=True)).to_be_focused()
    expect(page.get_by_label("Option 4", exact=True)).to_have_value("Dunn")
    assert tab_to(page, "Option 5") == 3
    page.keyboard.press("Alt+Delete")
    expect(page.get_by_label("Option 5", exact=True)).to_have_count(0)
    expect(page.get_by_label("Option 4", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("said of Quist")


def mark_the_second(page: Page) -> None:
    """It is right now, and the first is not, whatever kinds one has looked at since."""
    page.locator("#id_stem").focus()
    assert tab_to(page, "Option 2 is") == 5
    page.keyboard.type("correct")
    expect(page.get_by_label("Option 1 is", exact=True)).to_have_value("0")
    page.get_by_label("Kind").select_option("short_text")
    expect(page.get_by_label("Answer 1", exact=True)).to_be_visible()
    page.get_by_label("Kind").select_option("single")
    expect(page.get_by_label("Option 4", exact=True)).to_have_value("Dunn")
    page.locator("#id_stem").focus()


def test_by_keyboard_alone_across_a_page_that_was_killed(visit: Visits, author: User, book: Book):
    visitor = visit()
    visitor.come_as(author)
    visitor.go("/bank/lights/new/")
    page = visitor.page

    expect(page.locator("#id_stem")).to_be_focused()
    page.keyboard.type("Who led the strike?")
    assert tab_to(page, "Option 1") == 1
    page.keyboard.type("Malloy")
    kept(page)
    expect(page.locator(".proof")).to_contain_text("Who led the strike?")
    page.close()
    assert Manuscript.objects.get().typed["stem"] == ["Who led the strike?"]

    page = visitor.page.context.new_page()
    page.goto(f"{visitor.site}/bank/lights/new/")
    link = page.get_by_role("link", name="Go on with it")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Option 1", exact=True)).to_have_value("Malloy")
    write_three_more(page)
    mark_the_second(page)
    assert tab_to(page, "id_explanation") == 15
    page.keyboard.type("The book says so.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("The question is saved.")).to_be_visible()

    item = Item.objects.get(book__about=book)
    options = Option.objects.filter(revision=newest(item)).order_by("position")
    keys = OptionKey.objects.filter(option__in=options).order_by("option__position")
    assert list(options.values_list("text", flat=True)) == ["Malloy", "Reyes", "Quist", "Dunn"]
    assert [key.fraction > 0 for key in keys] == [False, True, False, False]
    assert [key.feedback for key in keys] == ["", "", "said of Quist", ""]
    assert not Manuscript.objects.exists()
    assert page.url.startswith(f"{visitor.site}/bank/lights/new/?")
    expect(page.locator("#id_stem")).to_be_focused()


def test_one_click_saves_what_has_long_arrived(visit: Visits, author: User, book: Book):
    visitor = visit()
    visitor.come_as(author)
    visitor.go("/bank/lights/new/")
    visitor.page.get_by_label("draft: not asked yet").check()
    visitor.page.get_by_label("Question", exact=True).fill("Who led the strike?")
    kept(visitor.page)

    visitor.page.get_by_role("button", name="Save", exact=True).click()

    expect(visitor.page.get_by_text("The question is saved.")).to_be_visible()
    assert Item.objects.filter(book__about=book).count() == 1


def test_what_was_typed_last_goes_out_with_the_page(visit: Visits, author: User, book: Book):
    visitor = visit()
    visitor.come_as(author)
    visitor.go("/bank/lights/new/")

    visitor.page.get_by_label("Question", exact=True).fill("Typed and left at once?")
    visitor.go("/books/")

    for _turn in range(100):  # what is sent by a page that is left arrives when it may
        if Manuscript.objects.filter(author=author).exists():
            break
        visitor.page.wait_for_timeout(100)
    visitor.go("/bank/lights/new/")
    expect(visitor.page.get_by_text("Typed and left at once?")).to_be_visible()


def test_a_question_is_written_with_and_without_script(visitor: Visitor, author: User, book: Book):
    page = visitor.page
    visitor.come_as(author)
    visitor.go("/bank/lights/new/?kind=short_text")
    page.get_by_label("Question", exact=True).fill("Who wrote the *letter*?")
    page.get_by_label("Answer 1", exact=True).fill("Quist")
    visitor.press("Add an answer")
    page.get_by_label("Answer 2", exact=True).fill("Ida Quist")
    page.get_by_label("Search the book’s facts").fill("Quist")
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator("[value='pick:fact:quist']").click()
    expect(page.locator("[name=fact][value=quist]")).to_be_attached()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".proof em")).to_have_text("letter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The question is saved.")).to_be_visible()

    item = Item.objects.get(book__about=book)
    assert item.facts.get().slug == "quist"
    assert newest(item).stem == "Who wrote the *letter*?"


def test_one_press_saves_when_nothing_is_on_its_way(visit: Visits, author: User, book: Book):
    visitor = visit()
    visitor.come_as(author)
    visitor.go("/bank/lights/new/?kind=short_text")
    visitor.page.get_by_label("Question", exact=True).fill("Who wrote the letter?")
    visitor.page.get_by_label("Answer 1", exact=True).fill("Quist")
    expect(visitor.page.get_by_text("Kept among your unfinished questions at")).to_be_visible()

    visitor.page.get_by_role("button", name="Save", exact=True).click()

    expect(visitor.page.get_by_text("The question is saved.")).to_be_visible()


def test_the_pages_of_a_question(visit: Visits, author: User, book: Book, noon):
    chapter = book.chapters.order_by("number")[0]
    choices = (Choice(text="Malloy", share=FULL_FRACTION), Choice(text="Reyes"))
    one = Composition(kind="single", stem="Who led it?", choices=choices)
    filed = Filing(chapter=chapter, section=book.sections.order_by("pk")[0])
    item = contributing.compose(book, one, filed, author, noon)
    visitor = visit()
    visitor.come_as(author)

    tour(visitor, [f"/bank/items/{item.uid}/{tail}" for tail in ("edit/", "versions/1/")])


def test_the_form_of_each_kind(visit: Visits, author: User):
    visitor = visit()
    visitor.come_as(author)

    tour(visitor, [f"/bank/lights/new/?kind={kind}" for kind in ALL_KINDS])
