"""Items: one question of the bank each, by where it may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from quizzes.content.models import Book
from quizzes.identifiers import uuid7
from quizzes.items import rendering

if TYPE_CHECKING:
    from quizzes.people.models import User


class ItemQuerySet(models.QuerySet["Item"]):
    """Items by where they may be used."""

    def visible_to(self, user: User | None) -> Self:
        """Pack items for everyone, an owner's items for the owner alone."""
        mine = Q(book__owner=user) if user is not None and user.pk else Q(pk__in=[])
        return self.filter(Q(book__owner=None) | mine)

    def owned_by(self, user: User) -> Self:
        """The items of the books that a person keeps."""
        return self.filter(book__owner=user.pk)

    def banked(self, user: User, book: int) -> Self:
        """The bank that a person works with on a book: its questions, and their own on it."""
        own = Q(book__about=book, book__owner=user.pk)
        return self.filter(Q(book=book) & (Q(book__owner=None) | Q(book__owner=user.pk)) | own)

    def workable_by(self, user: User) -> Self:
        """The questions of all banks that a person may open; see `BookQuerySet.banked_for`."""
        books = Book.objects.banked_for(user).order_by().values("pk")
        return self.filter(Q(book__owner=user.pk) | Q(book__owner=None, book__in=books))

    def ready(self) -> Self:
        return self.filter(state=Item.State.READY)

    def cards(self) -> Self:
        """Items that may be studied as flashcards."""
        return self.ready().filter(is_card=True)

    def questions(self) -> Self:
        """Items that a quiz may ask."""
        return self.ready().filter(is_question=True)

    def in_order(self) -> Self:
        """As the book tells them."""
        return self.order_by("position", "pk")


class Item(models.Model):
    """One question of the bank."""

    class Origin(models.TextChoices):
        GENERATED = "generated", _("made from a fact")
        PACK = "pack", _("from the pack")
        AUTHORED = "authored", _("written here")
        IMPORTED = "imported", _("imported")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        READY = "ready", _("ready")
        RETIRED = "retired", _("retired")

    class Direction(models.TextChoices):
        FORWARD = "forward", _("forward")
        REVERSE = "reverse", _("reverse")
        CLOZE = "cloze", _("cloze")

    class Skill(models.TextChoices):
        RECALL = "recall", _("recall")
        DISTINGUISH = "distinguish", _("distinguish")
        ATTRIBUTE = "attribute", _("attribute")
        ORDER = "order", _("order")
        EXPLAIN = "explain", _("explain")
        EVALUATE = "evaluate", _("evaluate")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    book = models.ForeignKey("quizzes.Book", models.CASCADE, related_name="items")
    section = models.ForeignKey("quizzes.Section", models.PROTECT, related_name="items")
    chapter = models.ForeignKey("quizzes.Chapter", models.PROTECT, related_name="items")
    slug = models.SlugField(max_length=160)
    position = models.PositiveIntegerField(help_text=_("Order in the book."))
    origin = models.CharField(max_length=9, choices=Origin)
    recipe = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=7, choices=Direction, default=Direction.FORWARD)
    subject = models.ForeignKey(
        "quizzes.Fact", models.PROTECT, null=True, blank=True, related_name="items"
    )
    facts = models.ManyToManyField("quizzes.Fact", through="ItemFact", related_name="tested_by")
    state = models.CharField(max_length=7, choices=State, default=State.READY)
    is_card = models.BooleanField(default=True)
    is_question = models.BooleanField(default=True)
    skill = models.CharField(max_length=11, choices=Skill, default=Skill.RECALL)
    difficulty = models.PositiveSmallIntegerField(
        default=1, help_text=_("1 to 3, as its author judges.")
    )
    siblings = models.SlugField(
        max_length=80, blank=True, help_text=_("Cards that share it are kept apart by a day.")
    )
    owner = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="items"
    )
    adapted_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="adaptations"
    )
    external_id = models.CharField(max_length=120, blank=True)
    revision = models.OneToOneField(
        "Revision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The wording in force."),
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "slug"], name="one_item_a_slug"),
            models.UniqueConstraint(
                fields=["recipe", "direction", "subject"],
                condition=~Q(recipe=""),
                name="one_item_a_recipe",
            ),
            models.CheckConstraint(
                condition=~Q(origin="generated") | ~Q(recipe="") & Q(subject__isnull=False),
                name="generated_items_have_recipe_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(difficulty__gte=1, difficulty__lte=3), name="difficulty_is_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(is_card=True) | Q(is_question=True), name="item_is_of_some_use"
            ),
        ]
        indexes = [
            models.Index(
                fields=["book", "position"],
                condition=Q(state="ready", is_card=True),
                name="item_cards_in_order",
            ),
            models.Index(fields=["chapter", "position"], name="item_by_chapter"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def short(self) -> str:
        """Its first words, to name it by in a sentence; its slug where it has none."""
        words = rendering.bare(self.revision.stem_html) if self.revision else ""
        return Truncator(words or self.slug).chars(80)


class ItemFact(models.Model):
    """A fact that an item tests; the first one is what it is about."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="item_facts")
    fact = models.ForeignKey("quizzes.Fact", models.PROTECT, related_name="item_facts")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "fact"], name="item_tests_a_fact_once"),
        ]


class Tag(models.Model):
    """A word that its author files an item under."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="tags")
    text = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "text"], name="tagged_once"),
        ]

    def __str__(self) -> str:
        return self.text
