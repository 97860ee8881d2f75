"""The form of a marker: a level of each line of the rubric, or a share where there is none."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from quizzes.assessment.models import CriterionMark, Mark
from quizzes.items.fractions import FULL_FRACTION, percent
from quizzes.items.models import Criterion

WHOLE = 100
LONGEST_COMMENT = 4_000


class MarkForm(forms.Form):
    """What a marker found of one essay."""

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], mark: Mark | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.mark = criteria, mark
        whole = sum(one.weight for one in criteria)
        found = {one.criterion_id: one.level for one in mark.criteria.all()} if mark else {}
        for criterion in criteria:
            self.fields[_name(criterion)] = forms.TypedChoiceField(
                label=criterion.text,
                help_text=_counts(criterion.weight, whole),
                coerce=int,
                choices=_levels(criterion.weight, whole),
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

    @property
    def after(self) -> int:
        """The mark that stands, by its primary key, 0 where none does: a post names what it saw."""
        return self.mark.pk if self.mark else 0

    def clean(self) -> dict[str, Any] | None:
        if self.mark and self.data.get("after") != str(self.after):
            raise forms.ValidationError(_since(self.mark), code="meanwhile")
        return super().clean()

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


def _counts(weight: int, whole: int) -> str:
    """What a line of the rubric weighs, where there are several."""
    if weight == whole:
        return ""
    return _("Counts %(weight)s of %(whole)s.") % {"weight": weight, "whole": whole}


def _levels(weight: int, whole: int) -> list[tuple[int, str]]:
    """Each level with what it adds to the mark: “partly (16.7%)”."""
    most = whole * CriterionMark.Level.FULLY
    return [
        (value, f"{name} ({percent(FULL_FRACTION * weight * value // most)}%)")
        for value, name in CriterionMark.Level.choices
    ]


def _since(mark: Mark) -> str:
    said = _(
        "%(who)s has marked this since you opened it: their mark stands below the answer. "
        "What you typed is still here; save it again, and it takes the place of that mark."
    )
    return said % {"who": mark.marker.name if mark.marker else _("Somebody")}


def _name(criterion: Criterion) -> str:
    return f"criterion_{criterion.position}"
