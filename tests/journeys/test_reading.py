"""Reading: from the shelf to a chapter, and from there to a fact and its pages."""

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor


def test_a_visitor_reads_a_chapter_and_a_fact(visitor: Visitor):
    page = visitor.page
    visitor.go("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Chapters").click()
    page.get_by_role("link", name="Introduction").first.click()
    expect(page.get_by_role("heading", name="Introduction", exact=True)).to_be_visible()
    expect(page.get_by_text("pp. 5–6").first).to_be_visible()

    page.get_by_role("link", name="A forged letter").first.click()
    expect(page.get_by_role("heading", name="A forged letter")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ida Quist")
    expect(page.locator("main")).to_contain_text("rejects it")
    expect(page.locator("main")).to_contain_text("pp. 5–6")
