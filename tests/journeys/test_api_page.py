from playwright.sync_api import expect

from tests.journeys.conftest import Visits


def test_the_page_of_the_api_shows_each_operation_and_tries_it(visit: Visits):
    visitor = visit()
    visitor.go("/api/docs/")

    row = visitor.page.locator(".opblock", has_text="The books that you may read, by title.")
    row.locator(".opblock-summary-control").click()
    row.get_by_role("button", name="Try it out").click()
    row.get_by_role("button", name="Execute").click()

    expect(row.locator(".live-responses-table .response .response-col_status")).to_have_text("200")
    expect(row.locator(".live-responses-table")).to_contain_text("lights")
