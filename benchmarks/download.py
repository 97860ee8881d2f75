"""How long *Download everything* takes for a long log, and how much memory.

A learner of 4,000 cards, 100,000 reviews and 500 attempts is laid down by SQL, and the job of the
site writes what is theirs; the same is done first for a tenth of it. The bar is a minute. The
process's memory is told before and after; what it grows by is the file that SQLite maps: of its
own, Python holds some 11 MB at a time, however long the log is.
"""

import argparse
import resource
import time
from datetime import timedelta
from uuid import uuid4
from zipfile import ZipFile

from benchmarks.item_analysis import AT, make_quiz  # first: it makes an empty site

# isort: split

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F, Model

from quizzes import jobs
from quizzes.assessment import attempting, publishing, sheets
from quizzes.assessment.models import Quiz, Response
from quizzes.cards.models import Card, Review
from quizzes.exchange import handing_over
from quizzes.exchange.models import Export
from quizzes.items.models import Item, Revision
from quizzes.people.models import User

SECONDS, MEGABYTES = 60, 1_000_000
REVIEWS_A_CARD, REVIEWS_AN_ATTEMPT = 25, 200
UID = "lower(hex(randomblob(16)))"


def main() -> None:
    """Print seconds, bytes and memory for a tenth of the log and for all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=100_000)
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    quiz = publishing.publish(make_quiz(), AT)
    for count in (arguments.reviews // 10, arguments.reviews):
        lay_down(learner := User.objects.create_user(f"reads-{count}"), quiz, count)
        tell(learner, count)


def tell(learner: User, count: int) -> None:
    """One line; ends with an error where it takes longer than it may."""
    export = handing_over.ask(learner, Export.Kind.PERSON, AT + timedelta(days=1)).export
    before, begun, worked = most_memory(), time.monotonic(), time.process_time()
    jobs.write_export.func(export.pk, AT.isoformat())
    took, worked = time.monotonic() - begun, time.process_time() - worked
    export.refresh_from_db()
    with ZipFile(handing_over.path(export)) as archive:
        files, whole = len(archive.namelist()), sum(one.file_size for one in archive.infolist())
    print(
        f"{count:,} reviews: {took:.1f} s ({worked:.1f} s of processor), "
        f"{export.rows_written:,} rows, {files} files, {whole / MEGABYTES:.0f} MB, "
        f"zipped {export.size / MEGABYTES:.1f} MB; memory {before:.0f} → {most_memory():.0f} MB"
    )
    if count >= 100_000 and took > SECONDS:
        raise SystemExit(f"it may take {SECONDS} s")


def most_memory() -> float:
    """The most that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTES


def lay_down(learner: User, quiz: Quiz, count: int) -> None:
    """So many reviews, a card for every 25 of them, and attempts of 20 questions."""
    cards, attempts = count // REVIEWS_A_CARD, count // REVIEWS_AN_ATTEMPT
    with transaction.atomic():
        study(learner, Revision.objects.earliest("pk"), cards, count)
        sit_often(learner, quiz, attempts)


def study(learner: User, asked: Revision, cards: int, reviews: int) -> None:
    """Cards of as many questions, and reviews of them in turn."""
    item = asked.item
    card = Card.objects.create(learner=learner, item=item, reps=REVIEWS_A_CARD)
    review = Review.objects.create(
        learner=learner,
        card=card,
        revision=asked,
        uid=uuid4(),
        rating=3,
        answered_at=AT,
        received_at=AT,
        time_zone="UTC",
        learner_day=AT.date(),
        evidence=Review.Evidence.TYPED,
        answer={"text": "That it came before and not after"},
        is_right=True,
        interval_days=9,
        stability_before=4.5,
        stability_after=9.5,
        phase_before="review",
        phase_after="review",
    )
    mine = f"{learner.pk}"
    items = multiply(item, cards, uid=UID, slug=f"'{mine}-' || n", position="n", revision_id="NULL")
    worded = multiply(asked, cards, item_id=f"{items} + n")
    Item.objects.filter(pk__gt=items, pk__lte=items + cards).update(
        revision_id=F("pk") + (worded - items)
    )
    first = multiply(card, cards, uid=UID, item_id=f"{items} + n")
    multiply(
        review,
        reviews,
        uid=UID,
        card_id=f"{first} + 1 + n % {cards}",
        revision_id=f"{worded} + 1 + n % {cards}",
        answered_at="datetime('2024-01-01', n || ' minutes')",
        learner_day="date('2024-01-01', n || ' minutes')",
    )


def sit_often(learner: User, quiz: Quiz, attempts: int) -> None:
    """The quiz taken so often, every question answered."""
    attempt = attempting.start(learner, quiz, AT, uuid4())
    for one in attempt.served.order_by("position"):
        Response.objects.create(served=one, sequence=1, answer={"chosen": [0]}, saved_at=AT)
    attempting.hand_in(sheets.of(attempt), AT)
    attempt.refresh_from_db()
    sat = multiply(attempt, attempts, uid=UID, start_uid=UID, seed=UID, number="n + 1")
    for one in attempt.served.order_by("position"):
        served = multiply(one, attempts, attempt_id=f"{sat} + n")
        multiply(one.responses.get(), attempts, served_id=f"{served} + n")


def multiply(row: Model, count: int, **made: str) -> int:
    """Copies of a row, numbered `n` from 1, some columns made by SQL; their keys begin after it."""
    table, columns = row._meta.db_table, [one.column for one in row._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608
        [last] = cursor.fetchone()
        values = [made.get(name, f"t.{name}") for name in columns if name != "id"]
        names = ", ".join(name for name in columns if name != "id")
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers"  # noqa: S608
            f" WHERE n < {count}) INSERT INTO {table} (id, {names})"
            f" SELECT {last} + n, {', '.join(values)} FROM numbers, {table} AS t"
            f" WHERE t.id = {row.pk}"
        )
    return int(last)


if __name__ == "__main__":
    main()
