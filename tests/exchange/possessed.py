"""Somebody who has a row of everything that a person can have."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from rest_framework.authtoken.models import Token

from quizzes.assessment import attempting
from quizzes.assessment.models import (
    Assignment,
    Attempt,
    CriterionMark,
    Extension,
    Mark,
    Override,
    Regrade,
    RegradeChange,
)
from quizzes.cards import planning, setting_aside
from quizzes.cards.models import DayOff, Weights
from quizzes.content.models import Book, Confusable
from quizzes.items.models import Criterion, ErrorReport, Manuscript, Precedence, Revision, Tag
from quizzes.people import announcing, auditing, joining
from quizzes.people.models import Classroom, Invitation, Notice, Reminder, Shortcut, User
from tests.bookshelf import make_book
from tests.cards.acting import GOOD, rate
from tests.decks import keep_picture
from tests.examining import answer, make_assignment, make_item, make_quiz, sit

TOLD = dict.fromkeys(("correctness_from", "score_from", "key_from", "explanation_from"), 1)
"""Everything is told after handing in."""


def possess(person: User, room: Classroom, own: Book, at: datetime) -> None:
    """Rows in every table for a person: a place in a class, and a pack's book made their own."""
    Book.objects.filter(pk=own.pk).update(owner=person)
    joining.enroll(room, person, at)
    _account(person, at)
    _class(person, room, at)
    _study(person, room.book, at)
    _write(person, own, at)


def small_book(slug: str) -> Book:
    """A book with two questions of choice, each on a fact of its own."""
    book = make_book(slug, f"The book {slug}")
    for n in range(2):
        make_item(book, f"{slug}-{n}")
    return book


def given(room: Classroom, at: datetime, name: str = "told", **terms: Any) -> Assignment:
    """A quiz of a class that asks for a text and an essay, and is told after handing in."""
    text, essay = (make_item(room.book, f"{name}-{k}", k) for k in ("short_text", "essay"))
    quiz = make_quiz(room.book, text, essay, slug=name, position=9)
    return make_assignment(room, quiz, at, **({"is_graded": False} | TOLD | terms))


def sit_and_mark(person: User, assignment: Assignment, marker: User, at: datetime) -> Attempt:
    """A sitting whose essay somebody has marked."""
    attempt = attempting.hand_in(answer(sit(person, assignment, at), at), at)
    essay = attempt.served.get(revision__kind=Revision.Kind.ESSAY)
    mark = Mark.objects.create(
        served=essay, marker=marker, fraction=5_000_000, comment="Half of it.", marked_at=at
    )
    for criterion in Criterion.objects.filter(revision=essay.revision):
        CriterionMark.objects.create(mark=mark, criterion=criterion, level=1)
    return attempt


def mark_otherwise(attempt: Attempt, author: User, at: datetime) -> None:
    """A score by hand, more time, and a regrade that changed something."""
    assert attempt.assignment
    by = {"assignment": attempt.assignment, "learner": attempt.learner}
    Override.objects.create(**by, score=9_000_000, reason="So agreed.", author=author, made_at=at)
    Extension.objects.create(**by, attempts_allowed=2, given_by=author, given_at=at)
    regrade = Regrade.objects.create(
        assignment=attempt.assignment,
        revision=attempt.served.earliest("position").revision,
        policy=Regrade.Policy.EVERYONE,
        reason="Unclear.",
        author=author,
        created_at=at,
    )
    RegradeChange.objects.create(regrade=regrade, attempt=attempt, score_before=1, score_after=2)


def _account(person: User, at: datetime) -> None:
    address = EmailAddress.objects.create(user=person, email=f"{person.username}@example.org")
    EmailConfirmation.objects.create(
        email_address=address, created=at, sent=at, key=person.username
    )
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "s"})
    UserSession.objects.create(user=person, ip="::1", session_key=person.username, user_agent="A")
    Token.objects.create(user=person, key=f"token-{person.username}")
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=person, content_type=kind, object_id="1", object_repr="Nobody", action_flag=CHANGE
    )
    person.groups.add(Group.objects.get_or_create(name="Editors")[0])
    person.user_permissions.add(Permission.objects.earliest("pk"))
    Shortcut.objects.create(user=person, act="show-answer", key="x")


def _class(person: User, room: Classroom, at: datetime) -> None:
    instructor = User.objects.get(username="instructor")
    Invitation.objects.create(
        classroom=room, secret=f"secret-{person.username}", email="x@example.org",
        made_by=instructor, created_at=at, expires_at=at, accepted_at=at, accepted_by=person,
    )  # fmt: skip
    Notice.objects.create(user=person, text="A quiz opens.", link="/today/", created_at=at)
    announcing.announce(room, person, "Hello", "Come on Monday.", at)
    auditing.note(person, "open", room.uid, "Opened it.", at, room)
    Reminder.objects.create(user=person, kind=Reminder.Kind.CARDS, about="2026-03-02", sent_at=at)


def _study(person: User, book: Book, at: datetime) -> None:
    plan = planning.start(person, book, at)
    plan.exam_chapters.add(book.chapters.earliest("number"))
    DayOff.objects.create(learner=person, day=at.date())
    Weights.objects.create(learner=person, numbers=[0.1], review_count=1, fitted_at=at)
    first, second = book.items.filter(is_card=True).order_by("position")[:2]
    rate(person, first, GOOD, at, answer={"text": "said"}, evidence="typed")
    rate(person, second, GOOD, at)
    setting_aside.flag(person, first, 2, at + timedelta(minutes=1))
    setting_aside.note(person, first, "My note.", at + timedelta(minutes=2))
    asked = first.revision
    assert asked
    ErrorReport.objects.create(
        item=first, revision=asked, learner=person, text="It is wrong.", created_at=at
    )


def _write(person: User, own: Book, at: datetime) -> None:
    chapter = own.chapters.earliest("number")
    item = own.items.filter(chapter=chapter).earliest("pk")
    assert item.revision
    keep_picture(own)
    Tag.objects.get_or_create(item=item, text="filed under")
    Criterion.objects.create(revision=item.revision, position=9, text="Names it.")
    Precedence.objects.create(revision=item.revision, earlier=0, later=1)
    Manuscript.objects.create(author=person, book=own, typed={"stem": "Half"}, saved_at=at)
    if not Confusable.objects.filter(first__book=own).exists():
        first, second = own.facts.order_by("pk")[:2]
        Confusable.objects.create(first=first, second=second, tell="By the date.")
