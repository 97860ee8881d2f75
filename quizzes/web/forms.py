"""The shape of what is typed into settings and plans; rules are the verbs' business."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from quizzes.cards.exam_days import USUAL_MINUTES
from quizzes.cards.foreseeing import MOST_MINUTES
from quizzes.cards.models import StudyPlan
from quizzes.items.reporting import LONGEST_REPORT
from quizzes.people.models import User

REGIONS = (
    *("Africa", "America", "Antarctica", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
)
HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]

type Choices = list[tuple[str, str | list[tuple[str, str]]]]


RETENTIONS = [
    (share / 100, _("%(share)s in 100 cards") % {"share": share}) for share in range(80, 96)
]
LONGEST_STEP = 24 * 60 - 1


def date_input() -> forms.DateInput:
    """A day as browsers choose and send it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def say(form: forms.BaseForm, name: str, label: Any, **attributes: str) -> None:
    """Label a field; what a label says, a placeholder must not say again."""
    field = form.fields[name]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def minutes_field(label: Any, longest: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=longest)


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
        fields = ("time_zone", "day_rollover_hour", "theme", "has_single_keys")
        labels = {
            "theme": _("Colors"),
            "has_single_keys": _("Single-key shortcuts, such as 1 and 3 to rate a card"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.instance.time_zone
        field = cast("forms.ChoiceField", self.fields["time_zone"])
        if not field.valid_value(current):  # a name that was in use once
            field.choices = [(current, current), *zones()]


class WeekForm(forms.Form):
    """Which days of the week are for study."""

    KINDS = [("n", _("A normal day")), ("l", _("A lighter day")), ("o", _("A day off"))]

    def __init__(self, *args: Any, week: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (name, kind) in enumerate(zip(WEEKDAYS.values(), week, strict=True)):
            self.fields[f"day_{number}"] = forms.ChoiceField(
                label=name, choices=self.KINDS, initial=kind
            )

    @property
    def week(self) -> str:
        """Monday to Sunday, a letter each."""
        return "".join(self.cleaned_data.values())


class DaysOffForm(forms.Form):
    """Days in a row that are taken off, or are taken back."""

    first = forms.DateField(label=_("From"), widget=date_input())
    last = forms.DateField(
        label=_("Until, this day included"),
        required=False,
        widget=date_input(),
        help_text=_("Left empty, it is the one day."),
    )

    def clean(self) -> dict[str, Any]:
        """A single day is its own last."""
        data = {**self.cleaned_data}
        data["last"] = data.get("last") or data.get("first")
        return data


class PlanForm(forms.ModelForm[StudyPlan]):
    """How much of a book is studied, and how well it is to be remembered."""

    desired_retention = forms.TypedChoiceField(
        label=_("How sure to remember"),
        coerce=float,
        choices=RETENTIONS,
        help_text=_("When a card falls to this chance, it comes back. Higher means more reviews."),
    )
    learning_minutes = minutes_field(
        _("Minutes until a new card that was missed comes again"), LONGEST_STEP
    )
    relearning_minutes = minutes_field(
        _("Minutes until a known card that was missed comes again"), LONGEST_STEP
    )
    maximum_interval = forms.IntegerField(
        label=_("The longest time until a card comes back, in days"),
        min_value=1,
        max_value=3_650,
    )

    class Meta:
        model = StudyPlan
        fields = (
            "new_a_day",
            "order",
            "desired_retention",
            "is_typing",
            "has_options",
            "has_four_ratings",
            "learning_minutes",
            "relearning_minutes",
            "maximum_interval",
            "chapters",
        )
        labels = {
            "new_a_day": _("New cards a day"),
            "order": _("New cards come"),
            "is_typing": _("Type the answer where it can be checked"),
            "has_options": _("Choose the answer where a card has options"),
            "has_four_ratings": _("Four ratings: Hard and Easy beside the two"),
            "chapters": _("Chapters to study"),
        }
        help_texts = {
            "is_typing": "",
            "has_options": "",
            "has_four_ratings": _("Hard means: I did recall it, with trouble."),
        }
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


class ExamForm(forms.ModelForm[StudyPlan]):
    """The day, the chapters and the minutes of an exam."""

    exam_on = forms.DateField(label=_("Day of the exam"), widget=date_input())
    minutes_a_day = forms.IntegerField(
        label=_("Minutes a day"), min_value=1, max_value=MOST_MINUTES, initial=USUAL_MINUTES
    )
    exam_target = forms.TypedChoiceField(
        label=_("How much of it to recall that day"),
        coerce=float,
        choices=[
            (share / 100, _("%(share)s in 100 cards") % {"share": share})
            for share in range(60, 100, 5)
        ],
        help_text=_("When so much is to be expected, the day's study is done."),
    )

    class Meta:
        model = StudyPlan
        fields = ("exam_on", "minutes_a_day", "exam_target", "exam_chapters")
        labels = {"exam_chapters": _("Chapters that it covers")}
        help_texts = {"exam_chapters": _("None chosen are all of the plan. Others wait till then.")}
        widgets = {"exam_chapters": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = cast("forms.ModelMultipleChoiceField[Any]", self.fields["exam_chapters"])
        field.queryset = self.instance.chapters.order_by("number")
        self.initial["exam_target"] = round(self.instance.exam_target, 2)
        self.initial["minutes_a_day"] = self.instance.minutes_a_day or USUAL_MINUTES

    def clean_exam_on(self) -> date:
        day = cast("date", self.cleaned_data["exam_on"])
        if day <= self.today:
            raise forms.ValidationError(_("Choose a day that lies ahead."))
        return day


class WhatIfForm(forms.Form):
    """Numbers to try out before a plan has them."""

    new_a_day = forms.IntegerField(label=_("New cards a day"), min_value=0, max_value=200)
    desired_retention = forms.TypedChoiceField(
        label=_("How sure to remember"), coerce=float, choices=RETENTIONS
    )


class AheadForm(forms.Form):
    """Numbers to try out for all plans at once; empty is what each plan says."""

    new_a_day = forms.IntegerField(
        label=_("New cards a day"),
        min_value=0,
        max_value=200,
        required=False,
        help_text=_("Left empty, it stays as your plans say."),
    )
    desired_retention = forms.TypedChoiceField(
        label=_("How sure to remember"),
        coerce=float,
        empty_value=None,
        required=False,
        choices=[("", _("as your plans say")), *RETENTIONS],
    )


class CatchUpForm(forms.Form):
    """How much of a backlog stays for today, and over how many days the rest is spread."""

    now = forms.IntegerField(label=_("Cards today"), min_value=0, max_value=1_000)
    days = forms.IntegerField(
        label=_("Days for the rest"),
        min_value=1,
        max_value=60,
        help_text=_("Days off are passed over."),
    )


class ExamDayForm(forms.Form):
    """The day that a class studies for; empty is no exam."""

    exam_on = forms.DateField(label=_("Day of the exam"), widget=date_input(), required=False)


class EraseForm(forms.Form):
    """That somebody has read what goes, and means it."""

    is_meant = forms.BooleanField(label=_("I have read this. Erase everything that goes."))
