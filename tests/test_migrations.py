"""A database of the version before is brought up to date, and every row of it is still there."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, NOW = "0004_sittings", "0005_teaching"
KEPT = (
    *("User", "Book", "Chapter", "Section", "Item", "Revision"),
    *("Card", "Review", "Action", "StudyPlan", "Weights", "DayTally"),
    *("Quiz", "Attempt"),
)


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("quizzes", name)])
    return MigrationExecutor(connection).loader.project_state([("quizzes", name)]).apps


@pytest.fixture
def old(transactional_db):
    """The models of the version before, in a database that knows no later one."""
    yield migrate(BEFORE)
    migrate(NOW)


def studied(apps, noon):
    """A learner who has reviewed a card."""
    get = lambda name: apps.get_model("quizzes", name).objects  # noqa: E731
    learner = get("User").create(username="olga", time_zone="Europe/Berlin")
    book = get("Book").create(slug="lights", title="Lights")
    chapter = get("Chapter").create(book=book, number=0, slug="one", title="One")
    section = get("Section").create(book=book, chapter=chapter, slug="a", title="A", position=0)
    item = get("Item").create(
        book=book, section=section, chapter=chapter, slug="who", position=0, origin="authored"
    )
    revision = get("Revision").create(
        item=item, number=1, kind="short_text", stem="Who?", stem_html="Who?", created_at=noon
    )
    card = get("Card").create(learner=learner, item=item)
    get("Review").create(
        uid=uuid4(), learner=learner, card=card, revision=revision, rating=3, answered_at=noon,
        received_at=noon, time_zone="Europe/Berlin", learner_day=noon.date(), interval_days=3,
        phase_before="new", phase_after="review",
    )  # fmt: skip
    get("DayTally").create(
        learner=learner, day=date(2026, 3, 2), chapter=chapter, kind="term", reviews=1
    )
    get("Action").create(
        learner=learner, card=card, kind="flag", before={"flag": 0}, after={"flag": 2}, done_at=noon
    )
    get("StudyPlan").create(learner=learner, book=book, started_at=noon).chapters.add(chapter)
    get("Weights").create(learner=learner, numbers=[1.0] * 21, review_count=9, fitted_at=noon)
    quiz = get("Quiz").create(book=book, slug="first", title="First", position=0)
    get("Attempt").create(learner=learner, quiz=quiz, number=1, start_uid=uuid4(), started_at=noon)


def rows(apps, columns=None):
    """Every row of the models that are kept, in all columns or in those that are named."""
    return {
        name: list(
            apps.get_model("quizzes", name)
            .objects.order_by("pk")
            .values(*(columns[name] if columns else ()))
        )
        for name in KEPT
    }


def test_what_sittings_need_comes_to_a_database_in_use_and_touches_nothing_in_it(old, noon):
    studied(old, noon)
    before = rows(old)
    assert all(before.values())

    now = migrate(NOW)

    assert rows(now, {name: list(found[0]) for name, found in before.items()}) == before
    attempt = now.get_model("quizzes", "Attempt").objects.get()
    assert (attempt.assignment, attempt.deadline_at, attempt.checks_each) == (None, None, False)
