"""A pack goes out of the browser and comes in again, and every page of that is fit to be read."""

import re
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.exchange.sending import QUESTIONS, load_small_pack
from tests.journeys.conftest import Visits
from tests.journeys.test_every_page import look


@pytest.fixture
def lamp(book: Book) -> Book:
    return load_small_pack()


def test_what_went_out_is_changed_sent_looked_at_loaded_and_undone(
    visit: Visits, student: User, lamp: Book, tmp_path
):
    visitor = visit()
    visitor.come_as(student)
    page = visitor.page
    visitor.go("/bank/gull-point/packs/")
    look(page)
    visitor.follow("See what goes out")
    look(page)
    with page.expect_download() as download:
        visitor.press("Download the pack")
    archive = tmp_path / "pack.zip"
    download.value.save_as(archive)

    def send(text: str) -> None:
        with ZipFile(archive) as came, ZipFile(tmp_path / "changed.zip", "w") as out:
            for name in came.namelist():
                out.writestr(name, came.read(name))
            out.writestr("gull-point/own-questions.yaml", text)
        visitor.go("/bank/gull-point/packs/")
        page.get_by_label("The pack’s folder, as a zip").set_input_files(tmp_path / "changed.zip")
        visitor.press("See what it would do")

    send(QUESTIONS.replace("explanation", "explains"))
    expect(page.get_by_role("heading", name=re.compile("problems: nothing"))).to_be_visible()
    look(page)
    send(QUESTIONS)
    page.locator("summary").filter(has_text="q-new").click()
    expect(page.locator(".pack-text")).to_contain_text("stem: The great storm came in June.")
    look(page)
    visitor.press("Load it")
    expect(page.get_by_text("The pack is loaded")).to_be_visible()
    assert Item.objects.get(slug="q-new").state == "ready"
    look(page)
    visitor.press("Undo")
    expect(page.get_by_text("It is undone")).to_be_visible()
    assert Item.objects.get(slug="q-new").state == "retired"
