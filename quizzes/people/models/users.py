"""Users: who studies and who teaches, and the keys that they have chosen."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Refuse a name that the time-zone database does not know."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class User(AbstractUser):
    """Whoever owns cards and attempts: a learner, an instructor, or a guest without credentials."""

    class Theme(models.TextChoices):
        AUTO = "auto", _("As the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    display_name = models.CharField(_("name shown to others"), max_length=80, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    day_rollover_hour = models.PositiveSmallIntegerField(_("study day starts at"), default=4)
    week = models.CharField(
        _("study week"),
        max_length=7,
        default="nnnnnnn",
        validators=[RegexValidator(r"^[nlo]{7}\Z")],
        help_text=_("Monday to Sunday: n a normal day, l a lighter one, o a day off."),
    )
    is_guest = models.BooleanField(default=False)
    has_single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    theme = models.CharField(_("colors"), max_length=5, choices=Theme, default=Theme.AUTO)
    reminds_of_cards = models.BooleanField(_("cards that are due, once a study day"), default=False)
    reminds_of_closings = models.BooleanField(_("quizzes that close within a day"), default=False)
    reminds_of_results = models.BooleanField(_("results that are released"), default=False)
    reminder_hour = models.PositiveSmallIntegerField(_("the hour of the letter"), default=17)
    calendar_key = models.UUIDField(
        null=True, blank=True, unique=True, help_text=_("Opens the calendar of deadlines.")
    )
    erasure_asked_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since then nothing here tells who it was.")
    )
    issued_by = models.ForeignKey(
        "Classroom",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The class whose roster made this account, until its student takes it over."),
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=Q(day_rollover_hour__lte=23), name="rollover_is_an_hour"
            ),
            models.CheckConstraint(
                condition=Q(reminder_hour__lte=23), name="reminder_is_at_an_hour"
            ),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="one_user_an_email"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How the pages address this person."""
        return self.display_name or self.username


class Shortcut(models.Model):
    """A key that a person has put in place of the usual one for an act of the study screen."""

    user = models.ForeignKey(User, models.CASCADE, related_name="shortcuts")
    act = models.CharField(max_length=12)
    key = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "act"], name="one_key_an_act"),
            models.UniqueConstraint(fields=["user", "key"], name="one_act_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.key}"
