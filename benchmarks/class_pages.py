"""What the pages of a class and of a bank cost when they are small and when they are large.

Two books: one has few questions and a class of ten, the other 5,000 and a class of a thousand, with
cards, days of study, assignments and attempts at them. Beside their pages stands the floor: a
signed-in page that lists twenty questions with their choices. What tells is the ratio of the
least processor time of each, taken in turns, and the number of queries.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from benchmarks.item_analysis import AT, CHOICES  # first: it makes an empty site

# isort: split

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.assessment.models import Assignment, Attempt, Quiz, Served
from quizzes.cards.models import Card, DayTally, StudyPlan
from quizzes.content.models import Book, Chapter, Section
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Option, OptionKey, Revision
from quizzes.people import joining
from quizzes.people.models import Classroom, Enrollment, User

ASSIGNMENTS, QUESTIONS, CARDS, DAYS = 6, 10, 20, 5


@dataclass(frozen=True)
class Size:
    students: int
    items: int


SIZES = {"few": Size(10, 20), "many": Size(1_000, 5_000)}


def main() -> None:
    """Lay down both classes, then measure their pages beside the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    instructor = User.objects.create_user("instructor")
    pages = {"floor": "/floor/"}
    for name, size in SIZES.items():
        pages |= lay_down(instructor, name, size)
    print(f"both classes laid down in {time.monotonic() - begun:.0f} s")
    tell(pages, instructor, arguments.rounds)


def tell(pages: Mapping[str, str], instructor: User, rounds: int) -> None:
    """One line for each page: its time, as a multiple of the floor's, and its queries."""
    client = Client()
    client.force_login(instructor)
    least = dict.fromkeys(pages, float("inf"))
    for _round in range(rounds):
        for name, address in pages.items():
            begun = time.process_time()
            client.get(address)
            least[name] = min(least[name], time.process_time() - begun)
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address)
        if page.status_code != 200:
            raise SystemExit(f"{address}: {page.status_code}")
        ratio = least[name] / least["floor"]
        print(f"{name:15} {1000 * least[name]:6.1f} ms, {ratio:.2f} × floor, ", end="")
        print(f"{len(captured)} queries")
    for page in ("progress", "gradebook", "bank"):
        print(f"{page}: many / few {least[f'{page}, many'] / least[f'{page}, few']:.2f}")


def lay_down(instructor: User, name: str, size: Size) -> dict[str, str]:
    """A book with its bank, and a class of it; the addresses of the pages."""
    section = make_section(name)
    items = make_items(section, size.items)
    room = joining.open_classroom(instructor, section.book, name, AT)
    students = enroll(room, size.students)
    study(students, items[:CARDS], section.chapter)
    for number in range(ASSIGNMENTS):
        sit(give(room, number), students, items[:QUESTIONS])
    return {
        f"progress, {name}": reverse("class-progress", args=[room.uid]),
        f"gradebook, {name}": reverse("gradebook", args=[room.uid]),
        f"bank, {name}": reverse("bank", args=[section.book.slug]),
    }


def make_section(name: str) -> Section:
    book = Book.objects.create(slug=name, title=f"A book with {name}")
    chapter = Chapter.objects.create(book=book, number=0, slug="chapter", title="A chapter")
    return Section.objects.create(
        book=book, chapter=chapter, slug="section", title="A section", position=0
    )


def make_items(section: Section, count: int) -> list[Item]:
    """Questions with four choices, each as long as they are."""
    items = Item.objects.bulk_create(
        Item(
            book=section.book,
            section=section,
            chapter=section.chapter,
            slug=f"q{place}",
            position=place,
            origin=Item.Origin.PACK,
        )
        for place in range(count)
    )
    word(items)
    return items


def word(items: Sequence[Item]) -> None:
    """A wording for each, whose first option is right."""
    stem = "Of these reasons, which does the author give for what happened in part {}?"
    revisions = Revision.objects.bulk_create(
        Revision(
            item=item,
            number=1,
            kind=Revision.Kind.SINGLE,
            stem=stem.format(item.slug),
            stem_html=f"<p>{stem.format(item.slug)}</p>",
            created_at=AT,
        )
        for item in items
    )
    options = Option.objects.bulk_create(
        Option(revision=revision, position=place, text=f"That it came before number {place}")
        for revision in revisions
        for place in range(CHOICES)
    )
    OptionKey.objects.bulk_create(
        OptionKey(option=option, fraction=0 if option.position else FULL_FRACTION)
        for option in options
    )
    for item, revision in zip(items, revisions, strict=True):
        item.revision = revision
    Item.objects.bulk_update(items, ["revision"], batch_size=500)


def enroll(room: Classroom, count: int) -> list[User]:
    users = User.objects.bulk_create(User(username=uuid4().hex) for _ in range(count))
    Enrollment.objects.bulk_create(
        Enrollment(classroom=room, user=user, role=Enrollment.Role.STUDENT, joined_at=AT)
        for user in users
    )
    return users


def study(students: Sequence[User], items: Sequence[Item], chapter: Chapter) -> None:
    """A plan, cards that wait, and some days of study, of each student."""
    StudyPlan.objects.bulk_create(
        StudyPlan(learner=user, book=chapter.book, started_at=AT) for user in students
    )
    Card.objects.bulk_create(Card(learner=user, item=item) for user in students for item in items)
    DayTally.objects.bulk_create(
        DayTally(
            learner=user,
            day=AT.date() - timedelta(days=ago),
            chapter=chapter,
            kind="term",
            reviews=20 + place % 30,
            known_change=place % 50,
        )
        for place, user in enumerate(students)
        for ago in range(DAYS)
    )


def give(room: Classroom, number: int) -> Assignment:
    quiz = Quiz.objects.create(
        book=room.book, slug=f"quiz-{number}", title=f"Quiz {number}", position=number
    )
    return Assignment.objects.create(
        classroom=room, quiz=quiz, created_at=AT, opens_at=AT + timedelta(days=number)
    )


def sit(given: Assignment, students: Sequence[User], items: Sequence[Item]) -> None:
    """An attempt of each student, handed in, with every second question right."""
    attempts = Attempt.objects.bulk_create(
        Attempt(
            start_uid=uuid4(),
            learner=user,
            quiz=given.quiz,
            assignment=given,
            number=1,
            started_at=AT,
            handed_in_at=AT + timedelta(hours=1),
            learner_day=AT.date(),
            score=FULL_FRACTION // 2,
        )
        for user in students
    )
    Served.objects.bulk_create(
        Served(
            attempt=attempt,
            position=place,
            revision=item.revision,
            order_shown="0,1,2,3",
            fraction=FULL_FRACTION * (place % 2),
        )
        for attempt in attempts
        for place, item in enumerate(items, start=1)
    )


if __name__ == "__main__":
    main()
