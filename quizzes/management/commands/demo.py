"""A class to look around in: an instructor, a month of reviews and quizzes, and a course of it.

Everything goes through the verbs that the pages use, at moments of the past month. Chance is
drawn from a hash, so that the same people study on the same days on every machine; which questions
a quiz draws is another matter. A card is forgotten as often as the memory model expects it, by
students who differ in diligence and in memory.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import now

from quizzes.analytics import class_progress
from quizzes.assessment import assigning, attempting, releasing, responding, sheets
from quizzes.assessment.assigning import Plan
from quizzes.assessment.models import Assignment, Attempt, Quiz
from quizzes.cards import planning, queueing, reviewing
from quizzes.cards.queueing import Entry
from quizzes.cards.reviewing import Given
from quizzes.cards.scheduling import Rating, retrievability
from quizzes.content.models import Book
from quizzes.items.models import Revision
from quizzes.management import demo_course
from quizzes.management.demo_answers import chance, respond, uid_of
from quizzes.people import accommodating, joining
from quizzes.people.models import Classroom, Enrollment, User

DAYS = 30
CARDS_A_SITTING = 16
SECONDS_A_CARD = 11
CHANCE_BEFORE_STUDY = 0.55
"""How often a student who has read the chapter knows a card at first sight."""
CHANCE_IN_A_QUIZ = 0.7
"""How often a student of average memory answers a question of a quiz rightly."""
ONE_DAY = timedelta(days=1)
QUIZ_EVENINGS = 0.4
"""The share of study days that end with a quiz."""


@dataclass(frozen=True, slots=True)
class Habits:
    """One student: how many days in ten are study days, and how good the memory is, near 1."""

    username: str
    display_name: str
    days_in_ten: int
    memory: float
    new_a_day: int


STUDENTS = (
    Habits("student", "Student One", 8, 1.0, 8),
    Habits("student-two", "Student Two", 5, 1.1, 6),
    Habits("student-three", "Student Three", 4, 0.9, 6),
    Habits("student-four", "Student Four", 3, 0.7, 4),
    Habits("student-five", "Student Five", 2, 1.2, 4),
)


class Command(BaseCommand):
    """Make the demo once; a second run finds it there."""

    help = "Make the demo class with its month of study; only where STUDYAPP_DEMO is on."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is off: set STUDYAPP_DEMO=on outside production.")
        book = Book.objects.filter(owner=None).order_by("pk").first()
        if book is None:
            raise CommandError("Load a pack first: the demo class studies its book.")
        if User.objects.filter(username="instructor").exists():
            self.stdout.write("The demo is there already.")
            return
        reviews = make_demo(book, now())
        attempts = Attempt.objects.handed_in().filter(quiz__book=book).count()
        students = Enrollment.objects.filter(classroom__book=book).students().count()
        told = f"{students} students, {reviews} reviews and {attempts} quizzes taken"
        self.stdout.write(f"Made the demo: {told}.")


@transaction.atomic
def make_demo(book: Book, at: datetime) -> int:
    """The class, and its month until `at`; tells how many reviews were given."""
    began = at - timedelta(days=DAYS)
    instructor = make_instructor(began)
    classroom = joining.open_classroom(instructor, book, "History 214 (demo)", began)
    reviews = 0
    for habits in STUDENTS:
        student = make_person(habits.username, habits.display_name, began)
        joining.enroll(classroom, student, began)
        plan = planning.start(student, book, began)
        planning.change(plan, new_a_day=habits.new_a_day)
        reviews += study_a_month(student, habits, at)
    give_quizzes(classroom, at)
    demo_course.teach(classroom, instructor, at)
    return reviews


def give_quizzes(classroom: Classroom, at: datetime) -> None:
    """One whose results are out, one that is open, and one not graded, with essays to mark.

    The first two are on different sections: what an open one asks is told nowhere.
    """
    students = {one.user.username: one for one in class_progress.enrolled(classroom)}
    accommodating.accommodate(
        students["student-three"], time_percent=150, extra_days=1, has_no_limit=False
    )
    shelf = Quiz.objects.published().filter(book=classroom.book).in_order()
    [first, second] = shelf[:2]
    past = give(classroom, first, at - 12 * ONE_DAY, at - 9 * ONE_DAY)
    for habits in STUDENTS:
        sit(students[habits.username].user, habits, past, at - 10 * ONE_DAY)
    releasing.release(past, at - 7 * ONE_DAY)
    open_ones = [give(classroom, second, at - ONE_DAY, at + 6 * ONE_DAY)]
    essays = shelf.filter(slots__item__revision__kind=Revision.Kind.ESSAY).distinct()[:1]
    open_ones += [
        give(classroom, one, at - ONE_DAY, at + 4 * ONE_DAY, is_graded=False) for one in essays
    ]
    for given in open_ones:
        for habits in STUDENTS[1:3]:
            sit(students[habits.username].user, habits, given, at - timedelta(hours=4))


def give(
    classroom: Classroom, quiz: Quiz, opens: datetime, closes: datetime, *, is_graded: bool = True
) -> Assignment:
    """A quiz with half an hour's time, which asks how sure one is."""
    plan = Plan(opens, closes, time_limit_minutes=30, asks_confidence=True, is_graded=is_graded)
    return assigning.assign(classroom, quiz, plan, opens)


def sit(student: User, habits: Habits, assignment: Assignment, at: datetime) -> None:
    """A whole sitting of an assignment, as this student remembers."""
    uid = uid_of(student.username, assignment.quiz.slug, "sat")
    finish(attempting.sit(student, assignment, at, uid), habits, at, minutes=17)


def make_instructor(at: datetime) -> User:
    """Somebody who may look at everything in the back office, and change nothing."""
    instructor = make_person("instructor", "Instructor", at)
    instructor.is_staff = True
    instructor.save(update_fields=["is_staff"])
    instructor.user_permissions.set(
        Permission.objects.filter(content_type__app_label="quizzes", codename__startswith="view_")
    )
    return instructor


def make_person(username: str, display_name: str, at: datetime) -> User:
    """An account; the two that are named on the sign-in page have the demo's password."""
    password = settings.DEMO_PASSWORD if username in settings.DEMO_ACCOUNTS else None
    return User.objects.create_user(
        username, password=password, display_name=display_name, date_joined=at
    )


def study_a_month(student: User, habits: Habits, at: datetime) -> int:
    """Sit down on the study days of the month, and again for what was missed."""
    reviews = 0
    for ago in range(DAYS, 0, -1):
        evening = at - timedelta(days=ago)
        if chance(habits.username, ago) * 10 < habits.days_in_ten:
            reviews += sit_down(student, habits, evening)
            reviews += sit_down(student, habits, evening + timedelta(minutes=25))
            if chance("quiz", habits.username, ago) < QUIZ_EVENINGS:
                take_quiz(student, habits, evening + timedelta(hours=1))
    begin_quiz(student, at - timedelta(hours=2))
    return reviews


def take_quiz(student: User, habits: Habits, at: datetime) -> None:
    """The next quiz of the book, answered as well as this student remembers, and handed in."""
    if attempt := begin_quiz(student, at):
        finish(attempt, habits, at, minutes=5)


def finish(attempt: Attempt, habits: Habits, at: datetime, minutes: int) -> None:
    """Answer everything as well as this student remembers, and hand it in."""
    known = CHANCE_IN_A_QUIZ ** (1 / habits.memory)
    sheet = sheets.of(attempt)
    given = [
        respond(question, is_known=chance(habits.username, attempt.quiz.slug, n) < known)
        for n, question in enumerate(sheet.questions)
    ]
    responding.save(sheet, given, at + timedelta(minutes=minutes - 1))
    attempting.hand_in(sheets.of(attempt), at + timedelta(minutes=minutes))


def begin_quiz(student: User, at: datetime) -> Attempt | None:
    """The next quiz that this student never took; none when all were."""
    fresh = Quiz.objects.visible_to(student).exclude(attempts__learner=student).in_order()
    quiz = fresh.select_related("book").first()
    if quiz is None:
        return None
    return attempting.start(student, quiz, at, uid_of(student.username, quiz.slug))


def sit_down(student: User, habits: Habits, at: datetime) -> int:
    """One sitting over what the queue offers, sent in one go when it is over."""
    entries = queueing.queue(student, at, limit=CARDS_A_SITTING)
    ended = at + timedelta(seconds=SECONDS_A_CARD * len(entries))
    given = [
        answer(entry, habits, at + timedelta(seconds=SECONDS_A_CARD * n))
        for n, entry in enumerate(entries)
    ]
    return len(reviewing.review_batch(student, given, ended)) if given else 0


def answer(entry: Entry, habits: Habits, at: datetime) -> Given:
    """What this student says of a card: remembered as often as the memory model expects."""
    seed = (habits.username, entry.item.slug, at.date().toordinal(), entry.version)
    is_known = chance(*seed) < chance_of_recall(entry, at) ** (1 / habits.memory)
    return Given(
        item=entry.item,
        rating=Rating.GOOD if is_known else Rating.AGAIN,
        uid=uid_of(*seed, at),
        answered_at=at,
        duration_ms=4_000 + int(chance("pace", *seed) * 10_000),
    )


def chance_of_recall(entry: Entry, at: datetime) -> float:
    """From the card's memory; a card never seen may be known from reading."""
    memory = entry.card.memory if entry.card else None
    if memory is None:
        return CHANCE_BEFORE_STUDY
    return retrievability(max(0, at.date().toordinal() - memory.last_day), memory.stability)
