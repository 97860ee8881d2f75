"""The shape of what is typed into settings and plans; rules are the verbs' business."""

from __future__ import annotations

from functools import cache
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.cards.models import StudyPlan
from quizzes.items.reporting import LONGEST_REPORT
from quizzes.people.models import User

REGIONS = (
    *("Africa", "America", "Antarctica", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
)
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]

type Choices = list[tuple[str, str | list[tuple[str, str]]]]


@cache
def zones() -> Choices:
    """The time zones that people live in, by region; read from the disk once."""
    regions: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for zone in sorted(available_timezones()):
        region, _slash, place = zone.partition("/")
        if region in regions:
            regions[region].append((zone, place.replace("_", " ")))
    return [("UTC", "UTC"), *regions.items()]


class SettingsForm(forms.ModelForm[User]):
    """What a person may change about how the site treats them."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    day_rollover_hour = forms.TypedChoiceField(
        label=_("A new study day starts at"),
        choices=HOURS,
        coerce=int,
        help_text=_("So that a late evening still counts for the day before."),
    )

    class Meta:
        model = User
        fields = ("display_name", "time_zone", "day_rollover_hour", "theme", "has_single_keys")
        labels = {
            "display_name": _("Name shown to others"),
            "theme": _("Colors"),
            "has_single_keys": _("Single-key shortcuts, such as 1 and 3 to rate a card"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.instance.time_zone
        field = cast("forms.ChoiceField", self.fields["time_zone"])
        if not field.valid_value(current):  # a name that was in use once
            field.choices = [(current, current), *zones()]


class PlanForm(forms.ModelForm[StudyPlan]):
    """How much of a book is studied, and how well it is to be remembered."""

    desired_retention = forms.TypedChoiceField(
        label=_("How sure to remember"),
        coerce=float,
        choices=[
            (share / 100, _("%(share)s in 100 cards") % {"share": share}) for share in range(80, 96)
        ],
        help_text=_("When a card falls to this chance, it comes back. Higher means more reviews."),
    )

    class Meta:
        model = StudyPlan
        fields = ("new_a_day", "desired_retention", "has_four_ratings", "chapters")
        labels = {
            "new_a_day": _("New cards a day"),
            "has_four_ratings": _("Four ratings: Hard and Easy beside the two"),
            "chapters": _("Chapters to study"),
        }
        help_texts = {"has_four_ratings": _("Hard means: I did recall it, with trouble.")}
        widgets = {"chapters": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Any]", self.fields["chapters"])
        field.queryset = self.instance.book.chapters.order_by("number")
        self.initial["desired_retention"] = round(self.instance.desired_retention, 2)


class ReportForm(forms.Form):
    """What a learner says of a question that is wrong."""

    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "The question, its answer or its page. Those who look after the questions read it."
        ),
    )
