"""The forms by which a mark is set by hand, and taken back."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.assessment.overriding import LONGEST_REASON
from quizzes.items.fractions import FULL_FRACTION, nearest

WHOLE = 100


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("The student reads it, and it is kept."),
    )


class OverrideForm(forms.Form):
    """A mark in per cent or in points, and why."""

    amount = forms.DecimalField(
        label=gettext_lazy("Mark"), min_value=Decimal(0), max_digits=7, decimal_places=2
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Counted in"),
        choices=[("percent", gettext_lazy("per cent"))],
        initial="percent",
        widget=forms.RadioSelect,
    )
    reason = _reason()

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        unit = self.fields["unit"]
        if most and isinstance(unit, forms.ChoiceField):
            in_points = ("points", _("points, of %(most)s") % {"most": most})
            unit.choices = [("percent", _("per cent")), in_points]

    def clean(self) -> dict[str, Any]:
        """Nobody gets more than everything."""
        data = {**self.cleaned_data}
        amount, unit = data.get("amount"), data.get("unit")
        if amount is not None and unit and amount > self._whole(unit):
            said = _("At most %(most)s.") % {"most": self._whole(unit)}
            self.add_error("amount", said)
        return data

    @property
    def score(self) -> int:
        """The mark in units of 10⁻⁷, to the nearest."""
        data = self.cleaned_data
        return nearest(Fraction(data["amount"]) * FULL_FRACTION / self._whole(data["unit"]))

    def _whole(self, unit: str) -> int:
        return self.most if unit == "points" else WHOLE


class TakeBackForm(forms.Form):
    """Why a mark that was set by hand no longer stands."""

    reason = _reason()
