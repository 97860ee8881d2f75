"""What a device hands in: whose it is, in which order, and past what cannot be taken."""

from uuid import uuid4

from django.utils.timezone import now
from playwright.sync_api import Route, expect

from quizzes.cards import planning, reviewing
from quizzes.cards.models import Card, Review, StudyPlan
from quizzes.cards.scheduling import Rating
from quizzes.content.models import Book
from quizzes.items.models import Item
from quizzes.people.models import User
from tests.journeys.conftest import Visitor


def test_what_one_learner_answered_is_never_handed_in_as_anothers(
    at_desk: Visitor, student: User, book: Book, noon
):
    bob = User.objects.create_user("bob")
    planning.start(bob, book, noon)
    page = at_desk.page
    at_desk.come_as(bob)  # in another window of this browser, while this one stays open
    at_desk.answer()
    expect(page.get_by_role("status").first).to_contain_text("You are signed out.")
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("It is back.")
    assert not Review.objects.exists()

    at_desk.answer()
    at_desk.come_as(student)
    page.reload()
    expect(page.locator("#kept-state")).to_contain_text("Cards kept")
    at_desk.saved()
    assert set(Review.objects.values_list("learner", flat=True)) == {student.pk}
    at_desk.said.clear()


def test_what_the_server_cannot_take_holds_up_nothing_else(at_desk: Visitor):
    page = at_desk.page
    failing = page.input_value("#rating [name=item]")

    def fail(route: Route) -> None:
        is_hit = failing in (route.request.post_data or "")
        route.fulfill(status=500, body="{}") if is_hit else route.continue_()

    page.route("**/api/v1/reviews/", fail)
    for _ in range(3):
        at_desk.answer()
    expect(page.locator("#kept-state")).to_contain_text("Waiting to be sent: 1.")
    assert Review.objects.count() == 2

    page.unroute("**/api/v1/reviews/")
    page.reload()
    expect(page.locator("#kept-state")).to_contain_text("Cards kept")
    at_desk.saved()
    assert Review.objects.count() == 3
    at_desk.said.clear()


def test_answers_of_a_clock_that_runs_fast_keep_their_order(at_desk: Visitor, student: User):
    page = at_desk.page
    page.clock.install()
    page.clock.fast_forward("01:00:00")
    page.context.set_offline(True)
    for _ in range(12):
        at_desk.answer("1")
    page.clock.fast_forward("00:11:00")
    for _ in range(12):
        at_desk.answer("3")
    page.context.set_offline(False)
    expect(page.get_by_role("status").first).to_contain_text("Reconnected.")

    assert Review.objects.count() == 24
    assert set(Card.objects.values_list("phase", flat=True)) == {"review"}
    at_desk.said.clear()


def test_one_that_is_refused_takes_nothing_with_it(at_desk: Visitor):
    page = at_desk.page
    at_fault = page.input_value("#rating [name=item]")

    def refuse(route: Route) -> None:
        is_hit = at_fault in (route.request.post_data or "")
        detail = '{"detail": "This card has no question any more."}'
        route.fulfill(status=409, body=detail) if is_hit else route.continue_()

    page.route("**/api/v1/reviews/", refuse)
    page.context.set_offline(True)
    for _ in range(3):
        at_desk.answer()
    page.context.set_offline(False)
    at_desk.saved()

    assert Review.objects.count() == 2
    at_desk.said.clear()


def test_a_page_that_comes_before_all_is_handed_in_makes_up_for_it(at_desk: Visitor):
    page = at_desk.page
    first = page.input_value("#rating [name=item]")
    page.route("**/api/v1/**", lambda route: route.abort())
    at_desk.answer()
    second = page.input_value("#rating [name=item]")
    page.keyboard.press("f")
    page.keyboard.press("2")
    expect(page.locator("#kept-state")).to_contain_text("Waiting to be sent: 2.")

    page.reload()  # while nothing can be sent: the page before must not do it on its way out
    page.unroute("**/api/v1/**")
    expect(page.locator(f"#rating [name=item][value='{second}']")).to_have_count(1)
    expect(page.locator("#flag-mark")).to_have_text("Orange")
    assert str(Review.objects.get().card.item.uid) == first
    at_desk.said.clear()


def test_a_card_that_was_answered_while_its_page_was_on_the_way_is_not_asked_again(
    at_desk: Visitor, student: User
):
    page = at_desk.page
    shown = page.input_value("#rating [name=item]")
    before = page.request.get(f"{at_desk.site}/review/").text()
    item = Item.objects.get(uid=shown)
    reviewing.review(student, item, Rating.GOOD, at=now(), uid=uuid4(), version=0)

    page.route("**/review/", lambda route: route.fulfill(body=before, content_type="text/html"))
    page.reload()
    expect(page.locator("#kept-state")).to_contain_text("Cards kept")
    expect(page.locator("#rating [name=item]")).to_have_count(1)
    expect(page.locator(f"#rating [name=item][value='{shown}']")).to_have_count(0)


def test_a_long_step_is_waited_for_until_it_is_over(at_desk: Visitor):
    StudyPlan.objects.update(new_a_day=1, learning_minutes=45)
    page = at_desk.page
    page.reload()
    expect(page.locator("#kept-state")).to_contain_text(": 1.")
    item = page.input_value("#rating [name=item]")
    page.keyboard.press("Space")
    page.keyboard.press("1")

    expect(page.get_by_role("heading", name="Done until")).to_be_visible()
    expect(page.locator(f"#rating [name=item][value='{item}']")).to_have_count(0)
    at_desk.saved()
    assert Review.objects.get().step_minutes == 45
