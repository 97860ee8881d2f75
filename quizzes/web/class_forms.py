"""The shape of what is typed about a class, its people and its code; rules are the verbs'."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quizzes.assessment import repeating
from quizzes.content.models import Book
from quizzes.people import admitting, decoding, numbering, recognizing, transcribing
from quizzes.people.decoding import Decoded
from quizzes.people.models import Classroom, Enrollment, User
from quizzes.people.models.classrooms import BY_NAME
from quizzes.people.rolls import LONGEST_NUMBER, Line, Somebody
from quizzes.refusal import Refusal
from quizzes.web.forms import date_input, zones

MOST_BYTES = 200_000
LONGEST_TEXT = 10_000


def _with_zone(form: forms.Form) -> None:
    """Let a zone stand that the list does not have: a name that was in use once."""
    field = cast("forms.ChoiceField", form.fields["time_zone"])
    current = form.initial.get("time_zone", "UTC")
    if not field.valid_value(current):
        field.choices = [(current, current), *zones()]


class ClassForm(forms.Form):
    """What a class is called, and on whose clock it is."""

    name = forms.CharField(label=_("Name of the class"), max_length=120)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        help_text=_("Dates of the class are on this clock; students see their own beside it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_zone(self)


class NewClassForm(ClassForm):
    """A class that is to be opened."""

    book = forms.ModelChoiceField(
        label=_("Book that it studies"), queryset=Book.objects.none(), empty_label=None
    )
    field_order = ("name", "book", "time_zone")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Book]", self.fields["book"])
        field.queryset = Book.objects.visible_to(person).without_companions()


class CopyForm(forms.Form):
    """A class that begins anew."""

    name = forms.CharField(label=_("Name of the new class"), max_length=120)
    days = forms.IntegerField(
        label=_("Days later"),
        min_value=repeating.LEAST_DAYS,
        max_value=repeating.MOST_DAYS,
        initial=repeating.YEAR,
        help_text=_("364 days are 52 weeks: what opened on a Monday opens on a Monday."),
    )


class DoorForm(forms.Form):
    """Until when a class may be joined by its code."""

    until = forms.DateField(
        label=_("Last day on which it can be joined"),
        required=False,
        widget=date_input(),
        help_text=_("Leave it empty, and the code works until you close it."),
    )

    def __init__(self, *args: Any, zone: str, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.at = ZoneInfo(zone), at

    @classmethod
    def of(cls, room: Classroom, at: datetime, data: QueryDict | None = None) -> DoorForm:
        """The form of a class, with the last day that was chosen."""
        closes = room.join_closes_at
        day = None
        if closes is not None and closes > at:
            day = (closes - timedelta.resolution).astimezone(ZoneInfo(room.time_zone)).date()
        return cls(data, initial={"until": day}, zone=room.time_zone, at=at)

    def clean_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        if day is not None and day < self.at.astimezone(self.zone).date():
            raise forms.ValidationError(_("This day is over. Choose today or a day ahead."))
        return day

    @property
    def end(self) -> datetime | None:
        """The end of that day on the class's clock."""
        day: date | None = self.cleaned_data["until"]
        return datetime.combine(day + timedelta(days=1), time(), self.zone) if day else None


class CodeForm(forms.Form):
    """A join code, however it is typed."""

    code = forms.CharField(
        label=_("Join code"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("Ten letters and digits. Small letters, spaces and dashes do not matter."),
    )

    def clean_code(self) -> str:
        code = admitting.normalized(self.cleaned_data["code"])
        if len(code) != admitting.LENGTH or not set(code) <= set(admitting.ALPHABET):
            raise forms.ValidationError(
                _("A code has ten letters and digits, and none of I, L, O, 0 and 1.")
            )
        return code


class InviteForm(forms.Form):
    """Somebody who is invited."""

    name = forms.CharField(label=_("Name (may be left empty)"), max_length=80, required=False)
    email = forms.EmailField(
        label=_("E-mail address (may be left empty)"),
        required=False,
        help_text=_("With one, a letter is sent. Without one, hand the link on yourself."),
    )
    role = forms.ChoiceField(label=_("Comes as"))

    def __init__(self, *args: Any, roles: list[Enrollment.Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["role"]).choices = [
            (role.value, role.label) for role in roles
        ]


class RollForm(forms.Form):
    """The list of a class, pasted or as a file."""

    text = forms.CharField(
        label=_("One student a line: the name, and an e-mail address where there is one"),
        help_text=_(
            "As “Eva Gold, eva@example.org”, as “Eva Gold &lt;eva@example.org&gt;”, or in columns"
            " with a line above that names them: Last name, First name, E-mail, Student number."
        ),
        max_length=2 * MOST_BYTES,  # browsers send each line end as two letters
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("Or a file (CSV)"),
        required=False,
        help_text=_("Separated by commas, semicolons or tabs; 500 students at most."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self) -> Decoded | None:
        sent = self.cleaned_data["file"]
        if not isinstance(sent, UploadedFile):
            return None
        if (sent.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than a list of 500 students is."))
        try:
            return decoding.decode(sent.read())
        except decoding.IsWorkbook as error:
            raise forms.ValidationError(
                _("This is a workbook. Save its sheet as CSV, and choose that file.")
            ) from error
        except decoding.NoText as error:
            raise forms.ValidationError(
                _("This file is no text. Save the list as CSV (UTF-8), and choose that file.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """A file wins over what is in the box, and its text comes into the box."""
        data = dict(self.cleaned_data)
        sent = data.get("file")
        data["text"] = transcribing.plain(sent.text if sent else data.get("text", ""))
        if not self.errors and not data["text"].strip():
            self.add_error("text", _("Write or paste at least one line, or choose a file."))
        return data

    @property
    def is_guess(self) -> bool:
        """Whether the letters of the file may be others."""
        sent: Decoded | None = self.cleaned_data["file"]
        return sent is not None and sent.is_guess

    def refused(self, refusal: Refusal) -> RollForm:
        """The list in its box, with the reason why it cannot come in just now."""
        again = RollForm({"text": self.cleaned_data["text"]})
        again.add_error(None, str(refusal.message))
        return again

    def lines(self, known: Sequence[Somebody]) -> list[Line]:
        return recognizing.recognized(transcribing.lines(self.cleaned_data["text"]), known)


class AnnounceForm(forms.Form):
    """What is announced."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Markdown."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6, "dir": "auto"}),
    )


class EditForm(AnnounceForm):
    """Other words for what is announced."""

    tells = forms.BooleanField(
        label=_("Every student gets a notice that it is changed"), required=False, initial=True
    )


class RoleForm(forms.Form):
    """What somebody is in the class."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in Enrollment.PRESENT]
    )


class NumberForm(forms.Form):
    """A student's number in the class, or none."""

    student_number = forms.CharField(
        label=_("Student number"),
        max_length=LONGEST_NUMBER,
        required=False,
        help_text=_("By which the school knows the student. Those who teach the class see it."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: QueryDict | None = None, *, place: Enrollment) -> None:
        super().__init__(data, initial={"student_number": place.student_number})
        self.member = place

    def clean_student_number(self) -> str:
        number = " ".join(self.cleaned_data["student_number"].split())
        other = numbering.holder(self.member.classroom, number)
        if other and other.pk != self.member.pk:
            raise forms.ValidationError(numbering.taken(other))
        return number


class HeirField(forms.ModelChoiceField[Enrollment]):
    """Somebody of a class, by name."""

    def label_from_instance(self, place: Any) -> str:
        return f"{place.user.name} ({place.get_role_display()})"


class HandOverForm(forms.Form):
    """Who runs the class from now on."""

    to = HeirField(label=_("Hand it over to"), queryset=Enrollment.objects.none())
    stays = forms.TypedChoiceField(
        label=_("And I"),
        choices=[("yes", _("stay as an assistant")), ("no", _("leave the class"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, heirs: QuerySet[Enrollment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Enrollment]", self.fields["to"]).queryset = heirs


def heirs(room: Classroom, person: User) -> QuerySet[Enrollment]:
    """Who may run the class in somebody's place: who teaches it, and any student of it."""
    others = room.enrollments.filter(~Q(user=person), role__in=Enrollment.PRESENT)
    return others.select_related("user").order_by("role", *BY_NAME)
