"""A course from its beginning: set up by keyboard alone; and a wrong key found, mended, undone."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from quizzes.assessment import attempting, building, founding, responding, sheets
from quizzes.assessment.building import Edit, Settings
from quizzes.assessment.models import Assignment, Attempt, Quiz
from quizzes.assessment.responding import Given
from quizzes.content.models import Book
from quizzes.items import contributing
from quizzes.items.compositions import Choice, Composition
from quizzes.items.contributing import Filing
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item
from quizzes.people import joining
from quizzes.people.models import Classroom, User
from tests.examining import make_item, raw, sit
from tests.journeys.conftest import PASSWORD, Visitor, Visits
from tests.journeys.test_every_page import look
from tests.journeys.test_opening_a_class import press, write

DAY = timedelta(days=1)
OTHERS = 11
MOST_PAGES = 16
STEM = "What did the letter forge?"
RIGHT, SLIPPED = "A signature", "A seal"
COUNT_POINTERS = """
for (const kind of ["pointerdown", "touchstart"])
  addEventListener(kind, () => sessionStorage.setItem("pointed", "yes"), true);
"""


@pytest.fixture
def irina(book: Book) -> User:
    """Somebody with an account, and nothing in it."""
    return User.objects.create_user("irina", password=PASSWORD, time_zone="Europe/Berlin")


def open_a_class(page: Page) -> None:
    press(page, "Classes")
    press(page, "Open a class")
    write(page, "Name of the class", "Mondays")
    press(page, "Open the class")
    press(page, "Show the join code")
    expect(page.get_by_role("heading", name="Join at")).to_be_visible()
    press(page, "Back")


def build_a_quiz(page: Page) -> None:
    """From the class to its bank, and a blueprint in words."""
    press(page, "Question bank")
    press(page, "Your quizzes")
    write(page, "Title", "Week one")
    press(page, "Begin")
    write(page, "In words", "2 terms, 1 argument")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 questions are drawn")).to_be_visible()
    press(page, "Check and publish")
    press(page, "Publish it")


def give_it(page: Page) -> None:
    expect(page.get_by_label("Mondays")).to_be_checked()  # it is the only one
    press(page, "Give it")
    expect(page.get_by_text("It is given to 1 class.")).to_be_visible()


def test_from_an_empty_account_to_a_class_with_a_quiz_by_keyboard_alone(
    visit: Visits, irina: User, book: Book
):
    for n in range(2):
        make_item(book, f"ask-{n}")
    visitor = visit()
    page = visitor.page
    page.add_init_script(COUNT_POINTERS)
    visitor.go("/accounts/login/")
    write(page, "Name or e-mail address", "irina")
    write(page, "Password", PASSWORD)
    pages: list[str] = []
    page.on("framenavigated", lambda frame: pages.append(frame.url))
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")

    open_a_class(page)
    build_a_quiz(page)
    give_it(page)

    given = Assignment.objects.get()
    assert (given.classroom.name, given.quiz.title) == ("Mondays", "Week one")
    assert given.classroom.join_code
    assert page.evaluate("sessionStorage.getItem('pointed')") is None
    assert len(pages) <= MOST_PAGES, pages


@pytest.fixture
def planted(book: Book, irina: User) -> Item:
    """A question of irina's own, whose key is another option than it should be."""
    choices = [Choice(text=text) for text in (RIGHT, "A date", "A stamp")]
    wrong = Choice(text=SLIPPED, share=FULL_FRACTION)
    typed = Composition(
        kind="single", stem=STEM, choices=(*choices, wrong), explanation="The book tells."
    )
    [section, *_others] = book.sections.select_related("chapter").order_by("position")
    filed = Filing(chapter=section.chapter, section=section, state="ready")
    return contributing.compose(book, typed, filed, irina, now())


@pytest.fixture
def classroom(book: Book, irina: User, student: User) -> Classroom:
    room = joining.open_classroom(irina, book, "Mondays", now() - DAY)
    joining.enroll(room, student, now())
    for n in range(OTHERS):
        joining.enroll(room, User.objects.create_user(f"student-{n:02}"), now())
    return room


@pytest.fixture
def quiz(book: Book, irina: User, planted: Item) -> Quiz:
    """The planted question, and five that are as they should be; not published yet."""
    quiz = founding.begin(irina, book, Settings("Week one", is_shuffled=False))
    others = [make_item(book, f"ask-{n}", position=n) for n in range(5)]
    building.add(quiz, Edit(irina, now()), [planted, *others])
    return quiz


def publish_and_give(teacher: Visitor, quiz: Quiz) -> None:
    teacher.go(f"/bank/quizzes/{quiz.uid}/")
    teacher.press("Check and publish")
    teacher.press("Publish it")
    teacher.page.get_by_label("Mondays").check()
    teacher.press("Give it")
    expect(teacher.page.get_by_text("It is given to 1 class.")).to_be_visible()


def lay_back(given: Assignment, opened: timedelta, closed: timedelta) -> None:
    """Time has gone by: it opened and closed so long ago."""
    Assignment.objects.filter(pk=given.pk).update(opens_at=now() - opened, closes_at=now() - closed)


def sit_in_a_browser(learner: Visitor) -> None:
    """Everything as it should be; so the planted key calls one answer incorrect."""
    learner.go("/today/")
    learner.press("Week one")
    learner.press("Start")
    for right in [RIGHT, *(f"Option 1 of ask-{n}" for n in range(5))]:
        learner.page.get_by_label(right).check()
        if right != "Option 1 of ask-4":
            learner.press("Next")
    learner.press("Check and hand in")
    learner.page.locator("#hand-in").get_by_role("button", name="Hand in").click()
    expect(learner.page.get_by_role("heading", name="Handed in")).to_be_visible()


def sit_by_verbs(given: Assignment, planted: Item) -> None:
    """Those who know much choose what should be right, the others what the key says."""
    for n, learner in enumerate(User.objects.filter(username__startswith="student-")):
        knows = n <= OTHERS // 2
        sheet = sit(learner, given, now())
        answers = []
        for place, one in enumerate(sheet.questions):
            said = raw(one, is_right=place % 3 > 0 if knows else place % 3 == n % 3)
            if one.served.revision.item_id == planted.pk:
                said = {"chosen": [one.served.orders[0].index(0 if knows else 3)]}
            answers.append(Given(one.position, said, one.sequence))
        responding.save(sheet, answers, now())
        attempting.hand_in(sheets.of(sheet.attempt), now())


def find_and_mend(teacher: Visitor, given: Assignment) -> None:
    """Item analysis names the question first; its key is set right, and one is back at once."""
    page = teacher.page
    teacher.go(f"/classes/{given.classroom.uid}/assignments/{given.uid}/analysis/")
    first = page.locator(".digest tbody tr").first
    expect(first).to_contain_text(STEM)
    expect(first).to_contain_text(f"Check the key: the best students chose “{RIGHT}”.")
    page.get_by_role("link", name="Fix key and regrade").first.click()
    teacher.press("Edit the question")
    page.get_by_label("Option 1 is", exact=True).select_option("10000000")
    page.get_by_label("Option 4 is", exact=True).select_option("0")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    expect(page.get_by_role("heading", name="Regrade a question")).to_be_visible()


def regrade(teacher: Visitor, given: Assignment) -> None:
    """A dry run, which changes nothing, and then the change."""
    page = teacher.page
    page.get_by_role("radio", name="Use another key").check()
    page.get_by_label("Reason, told to the students").fill("The key was a slip.")
    before = scores(given)
    teacher.press("Show what would change")
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("7 of 12 scores change: 7 up")
    assert scores(given) == before
    look(page)
    teacher.press("Regrade it")
    expect(page.get_by_text("Done: 7 scores changed.")).to_be_visible()


def scores(given: Assignment) -> list[int | None]:
    return list(
        Attempt.objects.filter(assignment=given).order_by("pk").values_list("score", flat=True)
    )


def gradebook(teacher: Visitor) -> str:
    teacher.press("Gradebook")
    return teacher.page.get_by_role("row", name="olga").inner_text()


def marks(learner: Visitor) -> str:
    """What the student's own page of marks says."""
    learner.go(f"/classes/{Classroom.objects.get().uid}/marks/")
    return learner.page.get_by_role("main").inner_text()


def test_a_planted_wrong_key_is_found_mended_regraded_and_all_of_it_taken_back(
    visit: Visits, classroom: Classroom, quiz: Quiz, planted: Item, irina: User, student: User
):
    teacher, learner = visit(), visit()
    teacher.come_as(irina)
    learner.come_as(student)

    publish_and_give(teacher, quiz)
    given = Assignment.objects.select_related("classroom").get()
    lay_back(given, DAY, -DAY)
    given.refresh_from_db()
    sit_by_verbs(given, planted)
    sit_in_a_browser(learner)
    lay_back(given, 9 * DAY, DAY)
    teacher.go(f"/classes/{classroom.uid}/assignments/{given.uid}/")
    teacher.press("Release the results")
    expect(teacher.page.get_by_text("Graded; the results are released.")).to_be_visible()
    assert "83.3%" in marks(learner)
    before = scores(given)

    find_and_mend(teacher, given)
    regrade(teacher, given)
    assert "100" in gradebook(teacher)
    assert "100%" in marks(learner)
    assert "The key was a slip." in marks(learner)
    learner.go("/notices/")
    expect(learner.page.get_by_role("main")).to_contain_text("The key was a slip.")

    [done] = given.regrades.all()
    teacher.go(f"/classes/{classroom.uid}/assignments/{given.uid}/regrades/{done.uid}/")
    teacher.press("Undo it")
    expect(teacher.page.get_by_role("heading", name="Undone")).to_be_visible()
    assert scores(given) == before
    assert "83.3%" in marks(learner)
