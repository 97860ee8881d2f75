"""What each kind of fact adds to it: one detail row a fact, and the rows beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quizzes.content.models.facts import Basis, Fact


class Dated(models.Model):
    """A date as exact as the book gives it: what is said, and the bounds for order and marks."""

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        SEASON = "season", _("season")
        YEAR = "year", _("year")
        DECADE = "decade", _("decade")
        RANGE = "range", _("range")
        RELATIVE = "relative", _("relative to another event")
        ERA = "era", _("era")

    class Part(models.TextChoices):
        EARLY = "early", _("early")
        MID = "mid", _("mid")
        LATE = "late", _("late")

    when_label = models.CharField(max_length=120, blank=True)
    precision = models.CharField(max_length=8, choices=Precision, blank=True)
    part = models.CharField(max_length=5, choices=Part, blank=True)
    not_before = models.DateField(null=True, blank=True)
    not_after = models.DateField(null=True, blank=True)
    anchor = models.ForeignKey(
        "quizzes.Event", models.PROTECT, null=True, blank=True, related_name="+"
    )
    offset = models.CharField(max_length=40, blank=True)
    edtf = models.CharField(max_length=40, blank=True)
    date_basis = models.CharField(max_length=8, choices=Basis, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(not_before=None)
                | Q(not_after=None)
                | Q(not_after__gte=F("not_before")),
                name="%(class)s_dates_in_order",
            ),
        ]


class Figure(models.Model):
    """Who: a person, group or organization."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        GROUP = "group", _("group")
        ORGANIZATION = "organization", _("organization")
        ANONYMOUS = "anonymous", _("unnamed")

    class Part(models.TextChoices):
        ACTOR = "actor", _("actor in the events")
        HISTORIAN = "historian", _("historian")
        CONTEMPORARY_WRITER = "contemporary_writer", _("writer of the time")
        AUTHOR = "author", _("the author")

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="figure")
    kind = models.CharField(max_length=12, choices=Kind)
    part = models.CharField(
        max_length=19, choices=Part, blank=True, help_text=_("What a pack calls the figure's role.")
    )
    sort_name = models.CharField(max_length=160)
    fate = models.TextField(blank=True)
    fate_when = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.fact.label


class Role(Dated):
    """An office or part that a figure had."""

    figure = models.ForeignKey(Figure, models.CASCADE, related_name="roles")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text


class Place(models.Model):
    """Where."""

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="place")
    kind = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.fact.label


class Event(Dated):
    """When: something that happened, or is only said to have."""

    class Status(models.TextChoices):
        OCCURRED = "occurred", _("occurred")
        ALLEGED = "alleged", _("alleged")
        CLAIMED = "claimed", _("claimed")
        PLANNED = "planned", _("planned")

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="event")
    status = models.CharField(max_length=8, choices=Status, default=Status.OCCURRED)
    places = models.ManyToManyField(Place, related_name="events")

    def __str__(self) -> str:
        return self.fact.label


class Participant(models.Model):
    """Who took part in an event, and as what; unnamed people have a label alone."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    position = models.PositiveSmallIntegerField()
    agent = models.ForeignKey(
        Figure, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    label = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(agent=None) | ~Q(label=""), name="participant_is_someone"
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.agent)


class Term(models.Model):
    """A word the book uses in a sense of its own."""

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="term")
    definition = models.TextField()

    def __str__(self) -> str:
        return self.fact.label


class Quantity(Dated):
    """A number with what it counts; its dates are the period that it covers."""

    class Bound(models.TextChoices):
        EXACT = "exact", _("exactly")
        ABOUT = "about", _("about")
        MORE_THAN = "more_than", _("more than")
        AT_LEAST = "at_least", _("at least")
        LESS_THAN = "less_than", _("less than")
        NEARLY = "nearly", _("nearly")
        SEVERAL = "several", _("several")
        RANGE = "range", _("between")

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="quantity")
    statement = models.TextField()
    value = models.BigIntegerField(null=True, blank=True)
    bound = models.CharField(max_length=9, choices=Bound)
    lower = models.BigIntegerField(null=True, blank=True)
    upper = models.BigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=80)
    population = models.CharField(max_length=200)
    estimated_by = models.ForeignKey(
        Figure, models.PROTECT, null=True, blank=True, related_name="estimates"
    )
    estimated_by_label = models.CharField(max_length=120, blank=True)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="quantities"
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(lower=None) | Q(upper=None) | Q(upper__gte=F("lower")),
                name="quantity_bounds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.fact.label


class Argument(models.Model):
    """Who claims what, on what ground, and what the author makes of it."""

    class Scope(models.TextChoices):
        PURGE = "purge", _("the military purge")
        TERROR = "terror", _("the Great Terror")
        MASS_OPERATIONS = "mass_operations", _("the mass operations")
        HISTORIOGRAPHY = "historiography", _("the writing of this history")

    class Kind(models.TextChoices):
        OFFICIAL_CHARGE = "official_charge", _("official charge")
        REPORTED_VIEW = "reported_view", _("reported view")
        AUTHOR_CLAIM = "author_claim", _("the author's claim")
        ESTABLISHED_FACT = "established_fact", _("established fact")
        HISTORIOGRAPHIC_JUDGMENT = "historiographic_judgment", _("judgment on other works")
        OPEN_QUESTION = "open_question", _("open question")

    class Hedge(models.TextChoices):
        PROBABLY = "probably", _("probably")
        PARTLY = "partly", _("partly")
        APPEARS = "appears", _("it appears")
        UNLIKELY = "unlikely", _("unlikely")

    class Stance(models.TextChoices):
        ASSERTS = "asserts", _("asserts it")
        ACCEPTS = "accepts", _("accepts it")
        QUALIFIES = "qualifies", _("accepts it in part")
        REPORTS = "reports", _("reports it without judging")
        DOUBTS = "doubts", _("doubts it")
        REJECTS = "rejects", _("rejects it")
        OPEN = "open", _("leaves it open")

    fact = models.OneToOneField(Fact, models.CASCADE, primary_key=True, related_name="argument")
    statement = models.TextField()
    scope = models.CharField(max_length=15, choices=Scope)
    kind = models.CharField(max_length=24, choices=Kind)
    hedge = models.CharField(max_length=8, choices=Hedge, blank=True)
    stance = models.CharField(max_length=9, choices=Stance)
    conceded = models.TextField(blank=True, help_text=_("What the author grants all the same."))
    variant_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="variants"
    )

    def __str__(self) -> str:
        return self.fact.label


class Holder(Dated):
    """Who holds an argument, how firmly, and when; unnamed holders have a label alone."""

    class Mode(models.TextChoices):
        ASSERTS = "asserts", _("asserts")
        SUGGESTS = "suggests", _("suggests")
        AGREES = "agrees", _("agrees")
        ESTIMATES = "estimates", _("estimates")
        ALLEGES = "alleges", _("alleges")

    argument = models.ForeignKey(Argument, models.CASCADE, related_name="holders")
    position = models.PositiveSmallIntegerField()
    figure = models.ForeignKey(
        Figure, models.PROTECT, null=True, blank=True, related_name="arguments_held"
    )
    label = models.CharField(max_length=120, blank=True)
    note = models.PositiveSmallIntegerField(null=True, blank=True)
    mode = models.CharField(max_length=9, choices=Mode, default=Mode.ASSERTS)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(figure=None) | ~Q(label=""), name="holder_is_someone"
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.figure)


class Evidence(models.Model):
    """A ground on which an argument rests."""

    argument = models.ForeignKey(Argument, models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    facts = models.ManyToManyField(Fact, related_name="+")

    def __str__(self) -> str:
        return self.text


class Objection(models.Model):
    """What stands against an argument, and who says so."""

    argument = models.ForeignKey(Argument, models.CASCADE, related_name="objections")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    raised_by = models.ForeignKey(
        Figure, models.PROTECT, null=True, blank=True, related_name="objections_raised"
    )
    raised_by_label = models.CharField(max_length=120, blank=True)
    facts = models.ManyToManyField(Fact, related_name="+")

    def __str__(self) -> str:
        return self.text
