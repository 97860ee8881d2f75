"""What the knowledge map is asked for, as the address says it; what makes no sense is left out."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.analytics.fading import Order
from quizzes.analytics.surveying import Part
from quizzes.content.models import Fact
from quizzes.web import wording

LONGEST = 80


class MapForm(forms.Form):
    """A part of the books, a day from today on, and an order of facts."""

    on = forms.DateField(required=False)
    book = forms.SlugField(required=False, max_length=LONGEST)
    chapter = forms.SlugField(required=False, max_length=LONGEST)
    section = forms.SlugField(required=False, max_length=LONGEST)
    kind = forms.ChoiceField(required=False, choices=Fact.Kind.choices)
    order = forms.ChoiceField(required=False, choices=[(one.value, one.name) for one in Order])

    def __init__(self, asked: Mapping[str, Any], today: date) -> None:
        super().__init__(asked)
        self.today = today
        self.full_clean()

    def clean_on(self) -> date | None:
        day = cast("date | None", self.cleaned_data["on"])
        if day and day < self.today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds to choose from, as the heads of columns say them."""
        return [(kind, str(wording.KINDS[kind])) for kind in Fact.Kind.values]

    @property
    def day(self) -> date | None:
        return cast("date | None", self.cleaned_data.get("on"))

    @property
    def part(self) -> Part:
        names = ("book", "chapter", "section", "kind")
        return Part(*(self.cleaned_data.get(name, "") for name in names))

    @property
    def listed(self) -> Order:
        return Order(self.cleaned_data.get("order") or Order.BOOK)
