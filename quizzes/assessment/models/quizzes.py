"""Quizzes: ordered places for questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Book, Fact
from quizzes.identifiers import uuid7
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Revision
from quizzes.people.models import Enrollment

if TYPE_CHECKING:
    from quizzes.people.models import Classroom, User


class QuizQuerySet(models.QuerySet["Quiz"]):
    """Quizzes by who may take them."""

    def published(self) -> Self:
        """Those that may be started; a retired one is only finished and looked back on."""
        return self.filter(published_at__isnull=False, retired_at=None)

    def visible_to(self, user: User | None) -> Self:
        """Published quizzes of the books that a person may read."""
        return self.published().filter(book__in=Book.objects.visible_to(user))

    def owned_by(self, user: User) -> Self:
        """Those that a person builds, in the books that they keep."""
        return self.filter(book__owner=user.pk)

    def copied_by(self, user: User) -> Self:
        """Those of which a person may have a copy: a pack's, and one's own."""
        return self.filter(Q(book__owner=None, published_at__isnull=False) | Q(book__owner=user.pk))

    def for_class(self, classroom: Classroom, by: User | None = None) -> Self:
        """What a class may be given: its book's own, and what those who teach it built on that.

        Where it is said by whom: of what others built, what the class has already. The first time,
        and after it was withdrawn, who built a quiz gives it.
        """
        staff = classroom.enrollments.filter(role__in=Enrollment.TEACHING).values("user")
        built = Q(book__about=classroom.book_id, book__owner__in=staff)
        if by is not None:
            has = classroom.assignments.filter(withdrawn_at=None).values("quiz")
            built &= Q(book__owner=by.pk) | Q(pk__in=has)
        return self.published().filter(Q(book=classroom.book_id) | built)

    def held(self) -> Self:
        """For a verb that decides by what they ask: no other such verb comes between."""
        return self.select_for_update(of=("self",), no_key=True)

    def in_order(self) -> Self:
        """As the book goes."""
        return self.order_by("book", "position", "pk")


class Quiz(models.Model):
    """Questions on a section, on a chapter, or on a whole book."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    book = models.ForeignKey("quizzes.Book", models.CASCADE, related_name="quizzes")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, help_text=_("Markdown, read before beginning."))
    section = models.ForeignKey(
        "quizzes.Section", models.PROTECT, null=True, blank=True, related_name="quizzes"
    )
    chapter = models.ForeignKey(
        "quizzes.Chapter", models.PROTECT, null=True, blank=True, related_name="quizzes"
    )
    position = models.PositiveIntegerField(help_text=_("Order in the book."))
    is_shuffled = models.BooleanField(default=True, help_text=_("Each attempt has its own order."))
    time_limit_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("What it is meant to take; practice has no clock.")
    )
    pass_fraction = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The score to reach, in units of 10⁻⁷.")
    )
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuizQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quizzes"
        constraints = [
            models.UniqueConstraint(fields=["book", "slug"], name="one_quiz_a_slug"),
            models.CheckConstraint(
                condition=Q(pass_fraction=None) | Q(pass_fraction__lte=FULL_FRACTION),
                name="pass_fraction_within_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SlotQuerySet(models.QuerySet["Slot"]):
    def practiced(self) -> Self:
        """Those that ask something in practice: nobody is there to mark an essay."""
        essay = Revision.Kind.ESSAY
        return self.exclude(kind=essay).exclude(item__revision__kind=essay)


class Slot(models.Model):
    """A place in a quiz: one item, or a number of questions drawn by a rule."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(
        "quizzes.Item", models.PROTECT, null=True, blank=True, related_name="slots"
    )
    count = models.PositiveSmallIntegerField(default=1, help_text=_("Questions drawn here."))
    weight = models.PositiveSmallIntegerField(default=1, help_text=_("Of each question here."))
    from_section = models.ForeignKey(
        "quizzes.Section", models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_chapter = models.ForeignKey(
        "quizzes.Chapter", models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Revision.Kind, blank=True)
    fact_kind = models.CharField(
        max_length=8,
        choices=Fact.Kind,
        blank=True,
        help_text=_("Of the fact that a question is about."),
    )
    skill = models.CharField(max_length=11, choices=Item.Skill, blank=True)
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True)
    tag = models.CharField(max_length=60, blank=True)
    heading = models.CharField(
        max_length=200, blank=True, help_text=_("A part of the quiz begins here, under this title.")
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quiz", "position"], name="one_slot_a_place"),
            models.CheckConstraint(
                condition=Q(item=None) | Q(count=1), name="fixed_slot_asks_one_question"
            ),
            models.CheckConstraint(
                condition=Q(count__gte=1, weight__gte=1), name="slot_asks_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} · {self.position}"
