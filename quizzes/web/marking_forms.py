"""The form of a marker: a level of each line of the rubric, or a share where there is none."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.assessment.models import CriterionMark, Mark
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import Criterion

WHOLE = 100
LONGEST_COMMENT = 4_000


class MarkForm(forms.Form):
    """What a marker found of one essay."""

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], mark: Mark | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        found = {one.criterion_id: one.level for one in mark.criteria.all()} if mark else {}
        for criterion in criteria:
            self.fields[_name(criterion)] = forms.TypedChoiceField(
                label=criterion.text,
                coerce=int,
                choices=CriterionMark.Level.choices,
                widget=forms.RadioSelect,
                initial=found.get(criterion.pk),
            )
        if not criteria:
            self.fields["percent"] = forms.IntegerField(
                label=_("Share of the mark, in per cent"),
                min_value=0,
                max_value=WHOLE,
                initial=WHOLE * mark.fraction // FULL_FRACTION if mark else None,
            )
        self.fields["comment"] = forms.CharField(
            label=_("Comment for the student"),
            required=False,
            max_length=LONGEST_COMMENT,
            initial=mark.comment if mark else "",
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    def levels(self) -> dict[int, int] | None:
        """The level of each line of the rubric by its key; none where there is no rubric."""
        if not self.criteria:
            return None
        return {one.pk: self.cleaned_data[_name(one)] for one in self.criteria}

    def fraction(self) -> int | None:
        """The share of the mark where there is no rubric, in units of 10⁻⁷."""
        if self.criteria:
            return None
        return int(self.cleaned_data["percent"]) * FULL_FRACTION // WHOLE


def _name(criterion: Criterion) -> str:
    return f"criterion_{criterion.position}"
