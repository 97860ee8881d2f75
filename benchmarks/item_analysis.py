"""What item analysis costs after a hundred first attempts and after fifty thousand, in one run.

A quiz of 20 questions with 4 choices is given to two classes, and real rows are laid down for
each: attempts, what they served and what was answered. The tallies are counted from them; those of
many attempts are some hundreds, laid down again and again, and so are their sums. Each page is
looked at once more, and also right after a hand-in, when all its figures are new and nothing that
was kept of them serves. Beside them stands a floor: a signed-in page that lists the same questions
and choices. What tells is the ratio of the least processor time of each, taken in turns, and the
number of queries.
"""

import argparse
import atexit
import gzip
import os
import random
import shutil
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import django
from django.conf import settings

FOLDER = tempfile.mkdtemp()
atexit.register(shutil.rmtree, FOLDER)
os.environ |= {"DATA_DIR": FOLDER, "DJANGO_SETTINGS_MODULE": "studyapp.settings"}
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
settings.ROOT_URLCONF = "benchmarks.floor"
settings.ALLOWED_HOSTS = ["testserver"]
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import F, Model  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from quizzes.assessment import tallying  # noqa: E402
from quizzes.assessment.models import (  # noqa: E402
    Assignment,
    Attempt,
    ItemTally,
    OptionTally,
    Quiz,
    Response,
    Served,
    Slot,
)
from quizzes.content.models import Book, Chapter, Section  # noqa: E402
from quizzes.items.fractions import FULL_FRACTION  # noqa: E402
from quizzes.items.models import Item, Option, OptionKey, Revision  # noqa: E402
from quizzes.people import joining  # noqa: E402
from quizzes.people.models import User  # noqa: E402

QUESTIONS, CHOICES, FEW = 20, 4, 100
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
STRIDE = 1_000_000
HIGHER, OWN = {"id", "learner_id", "attempt_id", "served_id"}, {"uid", "start_uid", "username"}


def main() -> None:
    """Print the milliseconds, the ratios, the queries and the weight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=60)
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    instructor = User.objects.create_user("instructor")
    pages = lay_down(instructor, {"few": FEW, "many": arguments.attempts})
    took = time.monotonic() - begun
    print(f"{FEW:,} and {arguments.attempts:,} attempts laid down and tallied in {took:.0f} s")
    tell({"floor": "/floor/"} | pages, instructor, arguments.rounds)


def tell(pages: Mapping[str, str], instructor: User, rounds: int) -> None:
    """One line for each page, and how they compare."""
    client = Client()
    client.force_login(instructor)
    least = dict.fromkeys(pages, float("inf"))
    anew: dict[str, float] = dict(least)
    for _round in range(rounds):
        for name, address in pages.items():
            ItemTally.objects.update(seconds=F("seconds") + F("timed"))
            anew[name] = min(anew[name], seconds_of(client, address))
            least[name] = min(least[name], seconds_of(client, address))
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address)
        weight = len(gzip.compress(page.content, 6))
        told = f"{1000 * least[name]:.1f} ms, after a hand-in {1000 * anew[name]:.1f} ms"
        print(f"{name:5} {told}, {len(captured)} queries, {weight:,} bytes gzipped")
    floor = least["floor"]
    for said, times in (("seen again", least), ("after a hand-in", anew)):
        ratios = f"many / few {times['many'] / times['few']:.2f}"
        print(f"{said}: {ratios}, many / floor {times['many'] / floor:.2f}")


def seconds_of(client: Client, address: str) -> float:
    """The processor time of one view."""
    begun = time.process_time()
    client.get(address)
    return time.process_time() - begun


def lay_down(instructor: User, classes: Mapping[str, int]) -> dict[str, str]:
    """A class for each number of attempts at the same quiz, and the address of its analysis."""
    quiz = make_quiz()
    chance = random.Random(1)
    given = {}
    for name in classes:
        room = joining.open_classroom(instructor, quiz.book, name, AT)
        given[name] = Assignment.objects.create(
            classroom=room, quiz=quiz, created_at=AT, opens_at=AT
        )
        abilities = [n / FEW for n in range(FEW)]
        sit(given[name], [[chosen(chance, one) for _ in range(QUESTIONS)] for one in abilities])
    tallying.rebuild(quiz)
    for name, attempts in classes.items():
        repeat(given[name], attempts // FEW)
    addresses = ((name, [one.classroom.uid, one.uid]) for name, one in given.items())
    return {name: reverse("item-analysis", args=args) for name, args in addresses}


def repeat(given: Assignment, times: int) -> None:
    """The attempts as often as that, with others' names on them, and the sums of as many."""
    with connection.cursor() as cursor, transaction.atomic():
        sat = f"SELECT id FROM quizzes_attempt WHERE assignment_id = {given.pk}"  # noqa: S608
        served = f"SELECT id FROM quizzes_served WHERE attempt_id IN ({sat})"  # noqa: S608
        who = f"SELECT learner_id FROM quizzes_attempt WHERE assignment_id = {given.pk}"  # noqa: S608
        wheres = {User: f"id IN ({who})", Attempt: f"id IN ({sat})"}
        wheres |= {Served: f"attempt_id IN ({sat})", Response: f"served_id IN ({served})"}
        selections = {model: ids(cursor, model, where) for model, where in wheres.items()}
        for copy in range(1, times):
            for model, (first, last) in selections.items():
                repeat_rows(cursor, model, first, last, STRIDE * copy)
    for tallies in (ItemTally, OptionTally):
        grown = {name: F(name) * times for name in tallies.COLUMNS}
        tallies.objects.filter(sample=given.uid).update(**grown)


def ids(cursor: Any, model: type[Model], where: str) -> tuple[int, int]:
    """The first and the last of rows that were made one after the other."""
    table = model._meta.db_table
    return cursor.execute(f"SELECT min(id), max(id) FROM {table} WHERE {where}").fetchone()  # noqa: S608


def repeat_rows(cursor: Any, model: type[Model], first: int, last: int, stride: int) -> None:
    """Rows once more: keys are so much higher, and what must be one's own is by chance."""
    told = []
    for field in model._meta.local_fields:
        column = field.column
        if column in HIGHER:
            told.append(f"{column} + {stride}")
        elif column in OWN:
            told.append("lower(hex(randomblob(16)))")
        else:
            told.append(column)
    table, columns = model._meta.db_table, ", ".join(f.column for f in model._meta.local_fields)
    rows = f"SELECT {', '.join(told)} FROM {table} WHERE id BETWEEN {first} AND {last}"  # noqa: S608
    cursor.execute(f"INSERT INTO {table} ({columns}) {rows}")


def chosen(chance: random.Random, ability: float) -> int:
    """The right one, the more likely the abler; else any."""
    return 0 if chance.random() < ability else chance.randrange(CHOICES)


def make_quiz() -> Quiz:
    book = Book.objects.create(slug="book", title="A book")
    chapter = Chapter.objects.create(book=book, number=0, slug="chapter", title="A chapter")
    section = Section.objects.create(
        book=book, chapter=chapter, slug="section", title="A section", position=0
    )
    quiz = Quiz.objects.create(book=book, slug="quiz", title="A quiz", position=0)
    for place in range(QUESTIONS):
        item = Item.objects.create(
            book=book, section=section, chapter=chapter, slug=f"q{place}", position=place
        )
        Slot.objects.create(quiz=quiz, position=place, item=item)
        item.revision = word(item)
        item.save(update_fields=["revision"])
    return quiz


def word(item: Item) -> Revision:
    """A question as long as they are, whose first option is right."""
    stem = f"Of these reasons, which does the author give for what happened in part {item.slug}?"
    revision = Revision.objects.create(
        item=item, number=1, kind="single", stem=stem, stem_html=f"<p>{stem}</p>", created_at=AT
    )
    for place in range(CHOICES):
        text = f"That it was {item.slug} which came before number {place} and not after"
        option = Option.objects.create(revision=revision, position=place, text=text)
        OptionKey.objects.create(option=option, fraction=0 if place else FULL_FRACTION)
    return revision


def sit(given: Assignment, choices: list[list[int]]) -> None:
    """First attempts, handed in, with these places chosen."""
    users = User.objects.bulk_create(User(username=uuid4().hex) for _ in choices)
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
            score=FULL_FRACTION * chosen.count(0) // QUESTIONS,
            is_tallied=True,
        )
        for user, chosen in zip(users, choices, strict=True)
    )
    revisions = list(Revision.objects.order_by("pk").values_list("pk", flat=True))
    served = Served.objects.bulk_create(
        Served(
            attempt=attempt,
            position=place + 1,
            revision_id=revisions[place],
            order_shown="0,1,2,3",
            fraction=0 if option else FULL_FRACTION,
        )
        for attempt, chosen in zip(attempts, choices, strict=True)
        for place, option in enumerate(chosen)
    )
    Response.objects.bulk_create(
        Response(
            served=one,
            sequence=1,
            answer={"chosen": [option]},
            saved_at=AT + timedelta(seconds=30 * one.position),
        )
        for one, option in zip(served, (one for row in choices for one in row), strict=True)
    )


if __name__ == "__main__":
    main()
