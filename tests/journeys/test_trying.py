"""Ten cards without an account, and an account that keeps them."""

from playwright.sync_api import expect

from quizzes.cards.models import Review
from quizzes.people.models import User
from tests.journeys.conftest import PASSWORD, Visitor


def test_ten_cards_are_tried_and_kept_by_signing_up(visitor: Visitor):
    page = visitor.page
    visitor.go("/")
    visitor.press("Try ten cards, no account")
    for _ in range(10):
        visitor.rate("Remembered")
    guest = User.objects.get()
    assert guest.is_guest

    expect(page.get_by_role("heading", name="Done until 04:00.")).to_be_visible()
    expect(page.get_by_text("Your 10 reviews are kept for 30 days.")).to_be_visible()
    page.locator("#card").get_by_role("link", name="Create an account").click()
    page.get_by_label("Name to sign in with").fill("olga")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()

    expect(page).to_have_url(f"{visitor.site}/today/")
    account = User.objects.get()
    assert (account.pk, account.username, account.is_guest) == (guest.pk, "olga", False)
    assert Review.objects.filter(learner=account).count() == 10


def test_the_first_card_is_rated_two_presses_after_the_landing_page(visitor: Visitor):
    visitor.go("/")
    visitor.page.get_by_text("Show the answer").click()
    visitor.page.get_by_role("button", name="Remembered").click()

    expect(visitor.page.get_by_text("A forged letter").first).to_be_visible()
    assert Review.objects.count() == 1


def test_a_guest_who_signs_in_may_bring_the_reviews_along(visitor: Visitor, student: User):
    visitor.go("/review/")
    for _ in range(3):
        visitor.rate("Remembered")

    visitor.sign_in("olga")
    expect(visitor.page.get_by_role("heading", name="Add your 3 reviews")).to_be_visible()
    visitor.press("Add them")

    expect(visitor.page).to_have_url(f"{visitor.site}/today/")
    assert Review.objects.filter(learner=student).count() == 3
    assert list(User.objects.all()) == [student]


def test_a_guests_day_ends_where_the_guest_is(visit):
    visitor = visit(timezone_id="Pacific/Auckland")
    visitor.go("/review/")
    visitor.rate("Forgot")

    assert User.objects.get().time_zone == "Pacific/Auckland"
