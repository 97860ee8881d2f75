"""The form of what a class is given: its dates on the class's clock, and its terms."""

from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.assigning import Plan
from quizzes.assessment.models import Assignment
from quizzes.assessment.terms import Moment
from quizzes.content.models import Chapter
from quizzes.people.accommodating import LEAST_PERCENT, MOST_DAYS, MOST_PERCENT
from quizzes.people.models import Classroom, Enrollment

LONGEST_MINUTES = 24 * 60
MOST_ATTEMPTS, MOST_TRIES, MOST_LATE_DAYS = 20, 5, 60
LATE = [(percent, f"{percent}%") for percent in (0, 5, 10, 20, 25, 50, 100)]
PENALTIES = [(percent, f"{percent}%") for percent in (0, 10, 20, 25, 33, 50, 100)]

SHOWN = {
    "answer_from": _("What the student answered"),
    "correctness_from": _("Which answers are right"),
    "score_from": _("The score"),
    "key_from": _("The right answers"),
    "explanation_from": _("The explanations"),
}
"""What is shown of an attempt, by the column that says when."""
MOMENTS = [
    (Moment.DURING, _("As it is checked")),
    (Moment.HANDED_IN, _("After handing in")),
    (Moment.CLOSED, _("After release or closing")),
    (Moment.NEVER, _("Never")),
]


GROUPS = (
    (_("When"), ("opens_at", "closes_at", "late_days", "late_percent")),
    (_("Marks"), ("attempts_allowed", "counting", "is_graded")),
    (_("Sitting it"), ("time_limit_minutes", "password", "is_forward_only")),
    (_("Each question"), ("tries", "penalty_percent", "asks_confidence")),
)
"""What the terms are of, and in which order they are chosen."""


class MomentField(forms.DateTimeField):
    """A moment on the clock of its form's class, as browsers choose and send it."""

    zone: tzinfo = UTC

    def __init__(self, **kwargs: Any) -> None:
        shown = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=shown, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A moment as the hands of that clock; what was typed as it was typed."""
        if isinstance(value, datetime):
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        """The moment at which that clock shows this."""
        at = super().to_python(value)
        return at and at.replace(tzinfo=self.zone)


class OnAClock(forms.Form):
    """A form whose moments are on the clock of a class."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone = ZoneInfo(zone)


class TermsForm(OnAClock):
    """On which terms a class sits a quiz; moments are on the class's clock."""

    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(
        label=_("Due"),
        required=False,
        help_text=_(
            "Then it closes, but for late days. Leave it empty, and it stays open. A student’s "
            "extra time and days move it."
        ),
    )
    time_limit_minutes = forms.IntegerField(
        label=_("Time limit in minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST_MINUTES,
        help_text=_("Leave it empty, and no clock runs."),
    )
    late_days = forms.IntegerField(
        label=_("Days on which it may be handed in late"),
        required=False,
        min_value=0,
        max_value=MOST_LATE_DAYS,
        help_text=_("After it is due; 0 closes it then."),
    )
    late_percent = forms.TypedChoiceField(
        label=_("What each late day costs"), coerce=int, choices=LATE, required=False
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts"),
        required=False,
        min_value=1,
        max_value=MOST_ATTEMPTS,
        help_text=_("Leave it empty for as many as one likes."),
    )
    counting = forms.ChoiceField(
        label=_("Which attempt counts"), choices=Assignment.Counting.choices
    )
    is_graded = forms.BooleanField(
        label=_("Graded: results are released by you"),
        required=False,
        help_text=_("Until then its questions are no flashcards of the class."),
    )
    is_forward_only = forms.BooleanField(
        label=_("No way back to a question that was left"), required=False
    )
    tries = forms.IntegerField(
        label=_("Tries of each question"),
        min_value=1,
        max_value=MOST_TRIES,
        help_text=_("More than one needs right and wrong to be shown as it is checked."),
    )
    penalty_percent = forms.TypedChoiceField(
        label=_("What a further try or a hint costs"), coerce=int, choices=PENALTIES
    )
    asks_confidence = forms.BooleanField(
        label=_("Ask how sure the student is of each answer"), required=False
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=60,
        help_text=_("Say it aloud in the exam room. Leave it empty to ask for none."),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, zone=zone, **kwargs)
        for name, label in SHOWN.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=MOMENTS, widget=forms.RadioSelect
            )

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields by what they are of, but for what a student is shown."""
        return [(str(of), [self[name] for name in names]) for of, names in GROUPS]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SHOWN]

    def clean_late_days(self) -> int:
        return self.cleaned_data["late_days"] or 0

    def clean_late_percent(self) -> int:
        return self.cleaned_data["late_percent"] or 0

    def clean(self) -> dict[str, Any]:
        """It closes after it opens, and tries are of what is checked."""
        data = dict(self.cleaned_data)
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Close it after it opens."))
        if data.get("is_graded") and not closes and "closes_at" not in self.errors:
            self.add_error("closes_at", _("A graded quiz closes, so that results can be released."))
        if data.get("late_days") and not closes:
            self.add_error("late_days", _("Late is what comes after it is due: say when that is."))
        if data.get("tries", 1) > 1 and data.get("correctness_from") != Moment.DURING:
            self.add_error("tries", _("Show right and wrong as it is checked, or give one try."))
        return data

    def plan(self) -> Plan:
        """What a valid form asks for."""
        return Plan(**self.cleaned_data)


class ExtensionForm(OnAClock):
    """One student's own closing, on the class's clock, and attempts."""

    closes_at = MomentField(
        label=_("Due for this student"),
        required=False,
        help_text=_("Leave it empty to keep to the class."),
    )
    attempts_allowed = forms.IntegerField(
        label=_("Attempts of this student"),
        required=False,
        min_value=1,
        max_value=MOST_ATTEMPTS,
        help_text=_("Leave it empty for as many as the class has."),
    )


class CardsForm(OnAClock):
    """The chapter whose cards a class is given, and when; moments are on the class's clock."""

    chapter = forms.ModelChoiceField(label=_("Chapter"), queryset=Chapter.objects.none())
    opens_at = MomentField(label=_("From"))
    due_at = MomentField(label=_("Each card met once by"), required=False)

    def __init__(self, *args: Any, room: Classroom, **kwargs: Any) -> None:
        super().__init__(*args, zone=room.time_zone, **kwargs)
        given = room.card_assignments.filter(withdrawn_at=None).values("chapter")
        chapter: Any = self.fields["chapter"]
        chapter.queryset = room.book.chapters.exclude(pk__in=given).order_by("number")
        chapter.label_from_instance = str


class AccommodationForm(forms.ModelForm[Enrollment]):
    """The extra time and days of one student."""

    time_percent = forms.IntegerField(
        label=_("Time, in per cent of the limit"),
        min_value=LEAST_PERCENT,
        max_value=MOST_PERCENT,
        help_text=_("100 is the limit itself; 150 is half as much again."),
    )
    extra_days = forms.IntegerField(
        label=_("Extra days until it closes"), min_value=0, max_value=MOST_DAYS
    )

    class Meta:
        model = Enrollment
        fields = ("time_percent", "extra_days", "has_no_limit")
        labels = {"has_no_limit": _("No time limit at all")}
