"""A database of the version before is brought up to date, and every row of it is still there."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

BEFORE, NOW = "0005_teaching", "0009_student_numbers_and_edits"
KEPT = (
    *("User", "Book", "Chapter", "Section", "Item", "Revision"),
    *("Card", "Review", "Action", "StudyPlan", "Weights", "DayTally"),
    *("Option", "OptionKey", "ErrorReport", "Classroom", "Enrollment"),
    *("Quiz", "Slot", "Assignment", "Attempt", "Served", "Response"),
)
WHOLE = 10_000_000


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
    reviewed(get, card, revision, noon)
    get("DayTally").create(
        learner=learner, day=date(2026, 3, 2), chapter=chapter, kind="term", reviews=1
    )
    get("Action").create(
        learner=learner, card=card, kind="flag", before={"flag": 0}, after={"flag": 2}, done_at=noon
    )
    get("StudyPlan").create(learner=learner, book=book, started_at=noon).chapters.add(chapter)
    get("Weights").create(learner=learner, numbers=[1.0] * 21, review_count=9, fitted_at=noon)
    get("ErrorReport").create(
        learner=learner, item=item, revision=revision, text="Who is this?", created_at=noon
    )
    quiz = get("Quiz").create(book=book, slug="first", title="First", position=0)
    get("Attempt").create(learner=learner, quiz=quiz, number=1, start_uid=uuid4(), started_at=noon)
    sat(get, item, learner, noon)


def reviewed(get, card, revision, noon):
    """A log of three days: what was foretold is told on the second, and on the third by a quiz."""

    def review(days=0, rating=3, chance=None, stability=None, **columns):
        at = noon + timedelta(days=days)
        return get("Review").create(
            uid=uuid4(), learner=card.learner, card=card, revision=revision, rating=rating,
            answered_at=at, received_at=at, time_zone="Europe/Berlin", learner_day=at.date(),
            interval_days=3, phase_before="review", phase_after="review", elapsed_days=days,
            retrievability=chance, stability_before=stability, **columns,
        )  # fmt: skip

    review()
    review(9, 3, 0.87654321, 20.99)
    review(30, 1, 0.5, 21.0, source="quiz")
    review(9, 3, 0.5, 21.0, affects_schedule=False)
    back = review(9, 3, 0.5, 21.0)
    get("Action").create(
        learner=card.learner, card=card, kind="rate", review=back, done_at=noon, taken_back_at=noon
    )
    get("DayTally").create(
        learner=card.learner, day=(noon + timedelta(days=9)).date(), chapter=card.item.chapter,
        reviews=2, recalled=2,
    )  # fmt: skip


def sat(get, like, learner, noon):
    """A class whose students sat an assignment: one of two questions was right, and is tallied."""
    room = get("Classroom").create(book=like.book, name="Ours", created_at=noon)
    get("Enrollment").create(classroom=room, user=learner, role="student", joined_at=noon)
    asked = [choice(get, like, f"choice-{n}", noon) for n in range(2)]
    quiz = get("Quiz").create(book=like.book, slug="second", title="Second", position=1)
    for n, revision in enumerate(asked):
        get("Slot").create(quiz=quiz, position=n, item=revision.item)
    given = get("Assignment").create(classroom=room, quiz=quiz, created_at=noon, opens_at=noon)
    attempt = get("Attempt").create(
        learner=learner, quiz=quiz, assignment=given, number=1, start_uid=uuid4(), started_at=noon,
        handed_in_at=noon + timedelta(hours=1), learner_day=noon.date(), score=WHOLE // 2,
        is_tallied=True,
    )  # fmt: skip
    for n, revision in enumerate(asked):
        served = get("Served").create(
            attempt=attempt, position=n + 1, revision=revision, order_shown="0,1",
            fraction=0 if n else WHOLE,
        )  # fmt: skip
        get("Response").create(
            served=served, sequence=1, answer={"chosen": [n]}, saved_at=noon + timedelta(minutes=n)
        )
        sample = {"quiz": quiz, "sample": given.uid, "band": 10, "revision": revision}
        get("ItemTally").create(**sample, weight=1, attempts=1, answered=1)
        get("OptionTally").create(**sample, position=n, chosen=1)


def choice(get, like, slug, noon):
    """A question whose first option is right."""
    item = get("Item").create(
        book=like.book, section=like.section, chapter=like.chapter, slug=slug, position=1,
        origin="pack",
    )  # fmt: skip
    revision = get("Revision").create(
        item=item, number=1, kind="single", stem="Which?", stem_html="Which?", created_at=noon
    )
    for place in range(2):
        option = get("Option").create(revision=revision, position=place, text=f"Option {place}")
        get("OptionKey").create(option=option, fraction=0 if place else WHOLE)
    return revision


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


def what_was_foretold(apps):
    tallies = apps.get_model("quizzes", "DayTally").objects.order_by("day")
    return list(
        tallies.values_list(
            *("young", "young_recalled", "young_foretold"),
            *("mature", "mature_recalled", "mature_foretold"),
        )
    )


def test_what_keeping_needs_comes_to_a_database_in_use_and_touches_nothing_in_it(old, noon):
    studied(old, noon)
    before = rows(old)
    options = list(old.get_model("quizzes", "OptionTally").objects.order_by("pk").values())
    assert all(before.values())
    assert options

    now = migrate(NOW)

    after = rows(now, {name: list(found[0]) for name, found in before.items()})
    foretold = what_was_foretold(now)
    del after["DayTally"][len(before["DayTally"]) :]  # a quiz had left no row
    assert after == before
    assert foretold == [
        (0, 0, 0, 0, 0, 0), (1, 1, 8_765_432, 0, 0, 0), (0, 0, 0, 1, 0, 5_000_000)
    ]  # fmt: skip
    learner = now.get_model("quizzes", "User").objects.get()
    asked = (learner.reminds_of_cards, learner.reminds_of_closings, learner.reminds_of_results)
    assert (any(asked), learner.erased_at) == (False, None)
    assert not now.get_model("quizzes", "Attempt").objects.filter(seen_at__isnull=False).exists()
    assert [one.student_number for one in now.get_model("quizzes", "Enrollment").objects.all()] == [
        ""
    ]

    tell_options_apart_by_answers(now, options)


def tell_options_apart_by_answers(apps, before):
    """What was tallied of options is there, and what was put in a place finds room beside it."""
    tallies = apps.get_model("quizzes", "OptionTally").objects.order_by("pk")
    assert list(tallies.values()) == [one | {"answer": "", "said": ""} for one in before]
    one = tallies[0]
    for answer in ("kork", "iakir"):
        one.pk, one.answer = None, answer
        one.save()
    one.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()
