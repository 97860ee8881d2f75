"""Everything that is mine: asked for by one click, watched, saved, and read without the site."""

from zipfile import ZipFile

from django.utils.timezone import now
from playwright.sync_api import expect

from quizzes import jobs
from quizzes.exchange.models import Export
from quizzes.people.models import User
from tests.cards.acting import GOOD, rate
from tests.decks import add, basic, keep_picture, make_deck
from tests.examining import make_item, make_quiz, take
from tests.journeys.conftest import Visits
from tests.journeys.test_every_page import look

READ = ("index", "cards-0001", "attempts-0001", "books-0001", "told")


def test_a_download_is_made_while_its_page_looks_on(
    visit: Visits, student: User, book, noon, settings, tmp_path
):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    live(student, book, noon)
    visitor = visit()
    visitor.come_as(student)
    page = visitor.page

    visitor.go("/settings/account/")
    visitor.press("Download everything")
    visitor.press("Download everything")
    expect(page.get_by_role("status")).to_have_text("It waits for its turn.")
    look(page)
    Export.objects.update(rows_written=3, rows_expected=4)
    expect(page.get_by_role("status")).to_have_text("3 of 4 rows written.")
    export = Export.objects.get()
    jobs.write_export.func(export.pk, now().isoformat())
    expect(page.get_by_role("heading", level=1)).to_have_text("Your download is ready")
    look(page)
    with page.expect_download() as saving:
        visitor.press("Save the file")
    saving.value.save_as(tmp_path / "mine.zip")

    assert visitor.said == []
    with ZipFile(tmp_path / "mine.zip") as archive:
        archive.extractall(tmp_path / "mine")
    for name in READ:
        page.goto((tmp_path / "mine" / f"{name}.html").as_uri())
        look(page)
    visitor.said.clear()  # axe may not read styles by itself from a folder, and says so
    page.goto((tmp_path / "mine" / "index.html").as_uri())
    page.get_by_role("link", name="Cards 1", exact=False).click()
    expect(page.get_by_text("A note of my own.")).to_be_visible()


def live(student, book, noon):
    """Something of each kind that the pages show."""
    item = book.items.get(slug="item-0")
    rate(student, item, GOOD, noon)
    student.cards.update(note="A note of my own.")
    take(student, make_quiz(book, make_item(book, "asked"), make_item(book, "put", "cloze")), noon)
    deck = make_deck(student, noon)
    add(student, deck, noon, basic())
    keep_picture(deck)
    student.notices.create(text="A quiz opens.", created_at=noon)


def test_without_scripts_the_page_is_looked_at_again_by_hand(visit: Visits, student: User):
    visitor = visit(java_script_enabled=False)
    visitor.come_as(student)
    visitor.go("/settings/data/")
    visitor.press("Download everything")
    Export.objects.update(rows_written=1, rows_expected=2)

    visitor.press("Look again")

    expect(visitor.page.get_by_text("1 of 2 rows written.")).to_be_visible()
