"""A learner's cards and log, made many by the database itself."""

from datetime import date

from django.db import connection, models

from quizzes.cards.models import Card, DayTally, Review

IS_SQLITE = connection.vendor == "sqlite"
UID = "printf('%032x', n)" if IS_SQLITE else "lpad(to_hex(n), 32, '0')::uuid"
"""One for each `n`."""


def day_from(day: date, days: str) -> str:
    """The SQL of a day that lies so many days, an expression of `n`, after another."""
    if IS_SQLITE:
        return f"date('{day}', ({days}) || ' days')"
    return f"date '{day}' + ({days})::integer"


def multiply(row: models.Model, first: int, last: int, **expressions: str) -> None:
    """Copies of a row, numbered `n` from first to last, with some columns made by SQL."""
    columns = [str(f.column) for f in row._meta.concrete_fields if not f.primary_key]
    values = [expressions.get(column, f"t.{column}") for column in columns]
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS"
            f" (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
            f" INSERT INTO {table} (id, {', '.join(columns)})"
            f" SELECT 1000000 + n, {', '.join(values)} FROM numbers, {table} AS t"
            f" WHERE t.id = {row.pk}"
        )


def grow(card: Card, today: date, first: int, last: int) -> None:
    """Items like a card's, from one number to another, with cards of which half are due."""
    multiply(
        card.item, first, last,
        uid=UID, slug="'more-' || n", position="n", revision_id="NULL", subject_id="NULL",
    )  # fmt: skip
    due_day = day_from(today, "n % 100 - 50")
    multiply(card, first, last, uid=UID, item_id="1000000 + n", due_day=due_day)


def grow_log(review: Review, tally: DayTally, count: int) -> None:
    """So many more reviews, a hundred a day, and the tallies of their days, the latest first."""
    multiply(review, 1, count, uid=UID)
    days = day_from(tally.day, "-n")
    multiply(tally, 1, max(count // 100, 1), day=days)
