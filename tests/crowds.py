"""Classes of any size that have studied: rows drawn by a seed, made in a few statements."""

import random
from datetime import datetime, timedelta

from quizzes.cards.models import DayTally
from quizzes.people.models import Classroom, Enrollment, User

KINDS = ("term", "argument", "")


def crowd(classroom: Classroom, count: int, at: datetime, first: int = 0) -> list[User]:
    """So many students of a class, in no order of their names."""
    people = User.objects.bulk_create(
        User(username=f"s{n}", display_name=f"Student {7919 * n % 10_007:05}")
        for n in range(first, first + count)
    )
    Enrollment.objects.bulk_create(
        Enrollment(classroom=classroom, user=one, joined_at=at) for one in people
    )
    return people


def study(classroom: Classroom, people: list[User], at: datetime, days: int, seed: int = 1) -> None:
    """Each studies some chapters of the class's book on some of the last days, or never."""
    draw = random.Random(seed)
    chapters = list(classroom.book.chapters.all())
    rows = [
        DayTally(
            learner=person,
            day=at.date() - timedelta(days=back),
            chapter=chapter,
            kind=kind,
            **_figures(draw),
        )
        for n, person in enumerate(people)
        for back in range(days)
        for chapter in chapters
        for kind in KINDS
        if n % 5 and draw.random() < 0.2
    ]
    DayTally.objects.bulk_create(rows, batch_size=2_000)


def _figures(draw: random.Random) -> dict[str, int]:
    reviews = draw.randrange(0, 9)
    return {
        "reviews": reviews,
        "recalled": draw.randint(0, reviews),
        "known_change": draw.choice((-1, 0, 0, 1, 1)),
        "learning_change": draw.choice((-1, 0, 1)),
    }
