"""Items and their revisions; apart from these, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quizzes.identifiers import uuid7
from quizzes.items.fractions import FULL_FRACTION

if TYPE_CHECKING:
    from quizzes.people.models import User


class ItemQuerySet(models.QuerySet["Item"]):
    """Items by where they may be used."""

    def visible_to(self, user: User | None) -> Self:
        """Pack items for everyone, an owner's items for the owner alone."""
        mine = Q(book__owner=user) if user is not None and user.pk else Q(pk__in=[])
        return self.filter(Q(book__owner=None) | mine)

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


class Revision(models.Model):
    """An item's frozen wording: it is never changed, only succeeded."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("single choice")
        SEVERAL = "several", _("several choices")
        TRUE_FALSE = "true_false", _("true or false")
        SHORT_TEXT = "short_text", _("short text")
        NUMBER = "number", _("number")
        DATE = "date", _("date")
        MATCHING = "matching", _("matching")
        ORDERING = "ordering", _("ordering")
        CLOZE = "cloze", _("gaps")
        CLASSIFY = "classify", _("classify the claim")
        ESSAY = "essay", _("short essay")

    class Change(models.TextChoices):
        COSMETIC = "cosmetic", _("cosmetic: memory stays")
        SUBSTANTIVE = "substantive", _("substantive: cards come due")

    item = models.ForeignKey(Item, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    stem = models.TextField()
    stem_html = models.TextField(help_text=_("The stem, rendered and sanitized once."))
    is_shuffled = models.BooleanField(default=True)
    change = models.CharField(max_length=11, choices=Change, default=Change.SUBSTANTIVE)
    author = models.ForeignKey(
        "quizzes.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_revision_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.number}"


class Option(models.Model):
    """Something to choose, match or put in order."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="options")
    part = models.PositiveSmallIntegerField(default=0, help_text=_("Which gap or column."))
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "part", "position"], name="one_option_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.text


# From here on: what decides the mark. `related_name="+"` leaves no way here from an item.


class Key(models.Model):
    """What is right, and why: the back of a flashcard and a question's explanation."""

    revision = models.OneToOneField(Revision, models.CASCADE, primary_key=True, related_name="+")
    answer = models.TextField(help_text=_("The answer in words."))
    answer_html = models.TextField()
    rationale = models.TextField(blank=True)
    rationale_html = models.TextField(blank=True)
    hint = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.answer


class OptionKey(models.Model):
    """What choosing an option earns, and what is said about it."""

    option = models.OneToOneField(Option, models.CASCADE, primary_key=True, related_name="+")
    fraction = models.IntegerField(default=0, help_text=_("Share of the mark, in units of 10⁻⁷."))
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    match = models.PositiveSmallIntegerField(null=True, blank=True)
    feedback = models.TextField(blank=True)
    fact = models.ForeignKey(
        "quizzes.Fact", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fraction__gte=-FULL_FRACTION, fraction__lte=FULL_FRACTION),
                name="option_fraction_within_one",
            ),
        ]


class AcceptedAnswer(models.Model):
    """A typed answer that earns something: a text, a number or a date."""

    class CaseRule(models.TextChoices):
        IGNORE = "ignore", _("capitals do not matter")
        EXACT = "exact", _("capitals matter")

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    tolerance = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    precision = models.CharField(
        max_length=8, blank=True, help_text=_("Of a date, as the book gives it.")
    )
    not_before = models.DateField(null=True, blank=True)
    not_after = models.DateField(null=True, blank=True)
    fraction = models.IntegerField(default=FULL_FRACTION)
    case_rule = models.CharField(max_length=6, choices=CaseRule, default=CaseRule.IGNORE)
    feedback = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "part", "position"], name="one_accepted_answer_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(number__isnull=False) | Q(not_before__isnull=False),
                name="accepted_answer_is_something",
            ),
        ]
