"""Books, their chapters and sections, the sources they cite, and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from quizzes.identifiers import uuid7

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quizzes.people.models import User


class BookQuerySet(models.QuerySet["Book"]):
    """Books by who may read them."""

    def visible_to(self, user: User | None) -> BookQuerySet:
        """Pack books for everyone, a personal book for its owner alone."""
        mine = Q(owner=user) if user is not None and user.pk else Q(pk__in=[])
        return self.filter(Q(owner=None) | mine).order_by("title", "pk")

    def owned_by(self, user: User) -> BookQuerySet:
        """The books that a person keeps, by title."""
        return self.filter(owner=user.pk).order_by("title", "pk")

    def mapped_for(self, user: User) -> BookQuerySet:
        """The books whose map a person may see: one's own, and those that one teaches."""
        taught = Q(
            classrooms__enrollments__user=user,
            classrooms__enrollments__role__in=("instructor", "assistant"),
        )
        everything = Q() if user.is_staff else Q(pk__in=[])
        return self.filter(Q(owner=user) | taught | everything & Q(owner=None)).distinct()

    def banked_for(self, user: User) -> BookQuerySet:
        """The books whose bank of questions a person may open: a student never a pack's.

        A companion is none of them: its questions are in the bank of the book that it is about.
        """
        return self.mapped_for(user).without_companions()

    def without_companions(self) -> BookQuerySet:
        """The books that are read: a companion holds somebody's questions on one of them."""
        return self.filter(about=None)


class Book(models.Model):
    """What is studied together: a pack of a scholarly book, or one learner's own deck."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    licence = models.CharField(max_length=80, blank=True)
    owner = models.ForeignKey(
        "quizzes.User", models.CASCADE, null=True, blank=True, related_name="books"
    )
    about = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="companions",
        help_text="The book that its owner's questions are on; they use its chapters and facts.",
    )
    pack_version = models.PositiveIntegerField(default=0)
    pack_hash = models.CharField(
        max_length=64, blank=True, help_text="BLAKE2b of the pack's content."
    )

    objects = BookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(about=None) | Q(owner__isnull=False), name="companions_have_owners"
            ),
            models.UniqueConstraint(
                fields=["owner", "about"],
                condition=Q(about__isnull=False),
                name="one_companion_a_book",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> Book:
        """The book that its questions are on: itself, unless it is a companion."""
        return self.about or self

    def section_numbers(self) -> dict[int, int]:
        """The numbers of its sections by their keys; one query."""
        return {one.pk: number for number, one in self.numbered_sections()}

    def numbered_sections(self) -> Iterable[tuple[int, Section]]:
        """Its sections with their numbers, from 1 as the book has them; one query."""
        return enumerate(self.sections.order_by("position", "pk"), start=1)


class Chapter(models.Model):
    """A chapter of the book, with the pages it fills."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="chapters")
    number = models.PositiveSmallIntegerField(help_text="Order in the book; 0 is the Introduction.")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    first_page = models.PositiveSmallIntegerField(null=True, blank=True)
    last_page = models.PositiveSmallIntegerField(null=True, blank=True)
    outline = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "slug"], name="one_chapter_a_slug"),
            models.UniqueConstraint(fields=["book", "number"], name="one_chapter_a_number"),
            models.CheckConstraint(
                condition=Q(first_page=None) | Q(last_page__gte=F("first_page")),
                name="chapter_pages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A passage of a chapter short enough for one sitting: a pack calls it a unit."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="sections")
    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="sections")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    first_page = models.PositiveSmallIntegerField(null=True, blank=True)
    last_page = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "slug"], name="one_section_a_slug"),
        ]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    """What a citation cites."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="sources")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    edition = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "slug"], name="one_source_a_slug"),
        ]

    def __str__(self) -> str:
        return self.title


class MediaQuerySet(models.QuerySet["Media"]):
    """Pictures by who may see them."""

    def visible_to(self, user: User | None) -> MediaQuerySet:
        """Those of the books that a person may read."""
        return self.filter(book__in=Book.objects.visible_to(user))


class Media(models.Model):
    """A picture, stored once for each book by the hash of its bytes."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    book = models.ForeignKey(Book, models.CASCADE, related_name="media")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes.")
    alt_text = models.CharField(max_length=300, blank=True)
    file = models.FileField(upload_to="media")

    objects = MediaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "sha256"], name="one_copy_of_a_picture"),
        ]

    def __str__(self) -> str:
        return self.alt_text or self.sha256[:12]
