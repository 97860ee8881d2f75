"""The forms of building a quiz: its settings, what it draws, and how its places look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.assessment import blueprints
from quizzes.assessment.blueprints import MOST_AT_ONCE, OutOfBoundsError, UnreadableError, Wish
from quizzes.assessment.building import Look, Rule, Settings
from quizzes.content.models import Book, Fact
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Item, Revision
from quizzes.people.models import Classroom

LONGEST_MINUTES, MOST_WEIGHT, WHOLE = 24 * 60, 100, 100
ANY = ("", _("any"))
FACT_KINDS = [
    (Fact.Kind.EVENT.value, _("dates (events)")),
    (Fact.Kind.ARGUMENT.value, _("arguments")),
    (Fact.Kind.FIGURE.value, _("figures")),
    (Fact.Kind.QUANTITY.value, _("quantities")),
    (Fact.Kind.TERM.value, _("terms")),
    (Fact.Kind.PLACE.value, _("places")),
]
DIFFICULTIES = [ANY, ("1", _("easy")), ("2", _("medium")), ("3", _("hard"))]


class SettingsForm(forms.Form):
    """What a quiz says of itself."""

    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("What to know before beginning"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Markdown."),
    )
    is_shuffled = forms.BooleanField(
        label=_("Each attempt has its own order of questions"), required=False
    )
    time_limit_minutes = forms.IntegerField(
        label=_("Minutes it is meant to take"),
        required=False,
        min_value=1,
        max_value=LONGEST_MINUTES,
        help_text=_("The time limit that is proposed when it is given to a class."),
    )
    pass_percent = forms.IntegerField(
        label=_("Pass mark in per cent"), required=False, min_value=0, max_value=WHOLE
    )
    reason = forms.CharField(
        label=_("Why you change it"),
        required=False,
        max_length=200,
        help_text=_("Asked for once a class has it, and kept."),
    )

    def settings(self) -> Settings:
        """What a valid form asks for."""
        data = {**self.cleaned_data}
        percent = data.pop("pass_percent")
        data.pop("reason")
        share = None if percent is None else percent * FULL_FRACTION // WHOLE
        return Settings(**data, pass_fraction=share)


class BeginForm(forms.Form):
    """The title of a new quiz; all else has sane defaults."""

    title = forms.CharField(label=_("Title"), max_length=200)


class LineForm(forms.Form):
    """A blueprint in words."""

    line = forms.CharField(
        label=_("In words"),
        max_length=300,
        help_text=_("Such as: 4 dates, 3 arguments from sections 2-6"),
    )
    reason = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_line(self) -> list[Wish]:
        """The wishes in it."""
        try:
            return blueprints.read(self.cleaned_data["line"])
        except OutOfBoundsError as beyond:
            raise forms.ValidationError(
                _("“%(wish)s”: one wish is for 1 to %(most)s questions. Write several for more."),
                params={"wish": beyond.rest[:40], "most": MOST_AT_ONCE},
            ) from beyond
        except UnreadableError as unread:
            raise forms.ValidationError(
                _("From “%(rest)s” on this could not be read. Try: 4 dates from sections 2-6"),
                params={"rest": unread.rest[:40]},
            ) from unread


class DrawForm(forms.Form):
    """What is drawn, chosen from lists."""

    count = forms.IntegerField(
        label=_("How many questions"), min_value=1, max_value=MOST_AT_ONCE, initial=1
    )
    fact_kind = forms.ChoiceField(label=_("About"), choices=[ANY, *FACT_KINDS], required=False)
    kind = forms.ChoiceField(
        label=_("Answered by"), choices=[ANY, *Revision.Kind.choices], required=False
    )
    skill = forms.ChoiceField(label=_("Skill"), choices=[ANY, *Item.Skill.choices], required=False)
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"), choices=DIFFICULTIES, coerce=int, empty_value=None, required=False
    )
    first = forms.TypedChoiceField(
        label=_("From section"), coerce=int, empty_value=None, required=False
    )
    last = forms.TypedChoiceField(
        label=_("To section"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    chapter = forms.TypedChoiceField(
        label=_("Or from chapter"), coerce=int, empty_value=None, required=False
    )
    tag = forms.CharField(label=_("Tag"), max_length=60, required=False)
    weight = forms.IntegerField(
        label=_("Weight of each"), min_value=1, max_value=MOST_WEIGHT, initial=1
    )
    reason = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, book: Book, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = list(book.sections.order_by("position", "pk"))
        places = [(one.pk, f"{n}. {one.title}") for n, one in enumerate(self.sections, start=1)]
        chapters = [(one.pk, one.title) for one in book.chapters.order_by("number")]
        for name, choices in (("first", places), ("last", places), ("chapter", chapters)):
            cast("forms.ChoiceField", self.fields[name]).choices = [("", _("any")), *choices]

    def clean(self) -> dict[str, Any]:
        """Sections in their order, or a chapter."""
        data = {**self.cleaned_data}
        if data.get("last") and not data.get("first"):
            self.add_error("first", _("Say from which section on."))
        if data.get("first") and data.get("last") and not self._range(data):
            self.add_error("last", _("This section comes before the first."))
        if data.get("chapter") and data.get("first"):
            self.add_error("chapter", _("Choose sections or a chapter."))
        return data

    def rule(self) -> Rule:
        """What a valid form asks for, of the whole book or of its chapter."""
        names = ("count", "fact_kind", "kind", "skill", "difficulty", "tag", "weight")
        chosen = {name: self.cleaned_data[name] for name in names}
        return Rule(**chosen, from_chapter_id=self.cleaned_data["chapter"])

    def chosen_sections(self) -> list[int]:
        """The sections that it draws from; none is the whole book, or the chapter."""
        return self._range(self.cleaned_data)

    def _range(self, data: dict[str, Any]) -> list[int]:
        if not data.get("first"):
            return []
        order = [one.pk for one in self.sections]
        first, last = order.index(data["first"]), order.index(data["last"] or data["first"])
        return order[first : last + 1]


class PlaceForm(forms.Form):
    """How one place looks."""

    heading = forms.CharField(label=_("Heading of a part"), max_length=200, required=False)
    count = forms.IntegerField(label=_("Questions"), min_value=1, max_value=MOST_AT_ONCE)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=MOST_WEIGHT)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["count"].disabled = not is_own

    def look(self) -> Look:
        """What a valid form asks for."""
        return Look(**self.cleaned_data)


class RoomsForm(forms.Form):
    """To which classes a quiz is given."""

    classes = forms.TypedMultipleChoiceField(
        label=_("Classes"), coerce=str, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any, *, rooms: list[Classroom], ticked: Sequence[Classroom] = ()
    ) -> None:
        super().__init__(data, initial={"classes": [str(one.uid) for one in ticked]})
        self.rooms = {str(room.uid): room for room in rooms}
        field = cast("forms.ChoiceField", self.fields["classes"])
        field.choices = [
            (uid, f"{room.name} ({room.time_zone})") for uid, room in self.rooms.items()
        ]

    def chosen(self) -> list[Classroom]:
        """The classes of a valid form."""
        return [self.rooms[uid] for uid in self.cleaned_data["classes"]]
