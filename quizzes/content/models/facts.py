"""Facts, what they are also called, where they stand, and how they hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quizzes.content.models.books import Book, Chapter, Section, Source

if TYPE_CHECKING:
    from quizzes.people.models import User


class Basis(models.TextChoices):
    """How a statement rests on its source."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred")
    EXTERNAL = "external", _("from elsewhere")


class FactQuerySet(models.QuerySet["Fact"]):
    """Facts as pages and recipes ask for them."""

    def current(self) -> Self:
        """What the book's latest pack still states."""
        return self.filter(retired_at=None)

    def visible_to(self, user: User | None) -> Self:
        return self.filter(book__in=Book.objects.visible_to(user))

    def in_order(self) -> Self:
        """As the book tells them."""
        return self.order_by("section__position", "position", "pk")

    def with_details(self) -> Self:
        """Each fact with the one detail row of its kind, in the same query."""
        return self.select_related(
            "section", "chapter", "figure", "event", "argument", "term", "quantity", "place"
        )


class Fact(models.Model):
    """One thing the book states: a figure, event, argument, term, quantity or place."""

    class Kind(models.TextChoices):
        FIGURE = "figure", _("Figure")
        EVENT = "event", _("Event")
        ARGUMENT = "argument", _("Argument")
        TERM = "term", _("Term")
        QUANTITY = "quantity", _("Quantity")
        PLACE = "place", _("Place")

    book = models.ForeignKey(Book, models.CASCADE, related_name="facts")
    slug = models.SlugField(max_length=80)
    section = models.ForeignKey(Section, models.PROTECT, related_name="facts")
    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="facts")
    chapter_basis = models.CharField(max_length=8, choices=Basis, default=Basis.STATED)
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    is_core = models.BooleanField(default=True)
    position = models.PositiveIntegerField(help_text="Order in the book.")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "slug"], name="one_fact_a_slug"),
        ]
        indexes = [
            models.Index(fields=["chapter", "kind"], name="fact_by_chapter"),
            models.Index(fields=["section", "position"], name="fact_in_order"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("fact", args=[self.book.slug, self.slug])


class Alias(models.Model):
    """Another way to name a fact."""

    class Scheme(models.TextChoices):
        SOURCE = "source", _("as the book has it")
        ENGLISH = "english", _("common English")
        RUSSIAN = "russian", _("Russian")
        ASCII = "ascii", _("plain letters")

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="aliases")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=160)
    scheme = models.CharField(max_length=8, choices=Scheme, default=Scheme.ENGLISH)
    is_accepted = models.BooleanField(default=True, help_text=_("Right when typed as an answer."))

    def __str__(self) -> str:
        return self.text


class Citation(models.Model):
    """The pages a statement stands on.

    `fact` is always the fact whose page shows the citation; where the citation supports one
    part of it (a role, a piece of evidence, an objection, a relation), that part is named too.
    """

    class Numbering(models.TextChoices):
        ARABIC = "arabic", _("pages 1, 2, 3")
        ROMAN = "roman", _("pages i, ii, iii")

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="citations")
    role = models.ForeignKey(
        "quizzes.Role", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    evidence = models.ForeignKey(
        "quizzes.Evidence", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    objection = models.ForeignKey(
        "quizzes.Objection", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    relation = models.ForeignKey(
        "quizzes.Relation", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    confusable = models.ForeignKey(
        "quizzes.Confusable", models.CASCADE, null=True, blank=True, related_name="citations"
    )
    aspect = models.CharField(
        max_length=8,
        blank=True,
        help_text=_("“stance” or “fate” where the pages support just that; else empty."),
    )
    position = models.PositiveSmallIntegerField()
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    numbering = models.CharField(max_length=6, choices=Numbering, default=Numbering.ARABIC)
    first_page = models.PositiveSmallIntegerField(null=True, blank=True)
    last_page = models.PositiveSmallIntegerField(null=True, blank=True)
    basis = models.CharField(max_length=8, choices=Basis, default=Basis.STATED)
    reference = models.CharField(max_length=300, blank=True, help_text=_("Only for other works."))
    notes = models.CharField(max_length=60, blank=True, help_text=_("The book's notes: “26, 31”."))
    anchors = models.TextField(blank=True, help_text=_("Words found on these pages, one a line."))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="citation_has_pages_or_reference",
                condition=Q(basis=Basis.EXTERNAL, first_page=None) & ~Q(reference="")
                | ~Q(basis=Basis.EXTERNAL) & Q(last_page__gte=F("first_page"), first_page__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"{self.first_page}–{self.last_page}"


class Relation(models.Model):
    """How one fact bears on another; a cause is always somebody's cause."""

    class Type(models.TextChoices):
        HOLDS = "holds", _("holds")
        REJECTS = "rejects", _("rejects")
        BUILDS_ON = "builds_on", _("builds on")
        SUPPORTS = "supports", _("supports")
        UNDERMINES = "undermines", _("undermines")
        CAUSES = "causes", _("causes")
        CATALYST_OF = "catalyst_of", _("is the catalyst of")
        PRECEDES = "precedes", _("comes before")
        PART_OF = "part_of", _("is part of")
        MEMBER_OF = "member_of", _("is a member of")
        VERSION_OF = "version_of", _("is a version of")
        RIVAL_OF = "rival_of", _("competes with")
        DIFFERS_FROM = "differs_from", _("is not the same as")

    from_fact = models.ForeignKey(Fact, models.CASCADE, related_name="relations")
    type = models.CharField(max_length=12, choices=Type)
    to_fact = models.ForeignKey(Fact, models.CASCADE, related_name="relations_to")
    asserted_by = models.ForeignKey(
        "quizzes.Figure", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asserted_by_label = models.CharField(
        max_length=120, blank=True, help_text=_("Whose claim, where the book names nobody.")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_fact", "type", "to_fact"], name="one_relation_of_a_type"
            ),
            models.CheckConstraint(
                condition=~Q(from_fact=F("to_fact")), name="relation_joins_two_facts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_fact} {self.get_type_display()} {self.to_fact}"


class Confusable(models.Model):
    """Two facts that learners mix up, and what tells them apart."""

    first = models.ForeignKey(Fact, models.CASCADE, related_name="confusables")
    second = models.ForeignKey(Fact, models.CASCADE, related_name="confusables_second")
    tell = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_tell_a_pair"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="confusable_is_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
