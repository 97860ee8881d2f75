"""The rows of the editor's form: options, answers, pairs, lines and criteria, as they are typed.

Every row posts the same names in the order of the page, so that a row is moved by moving it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.items.compositions import Choice, Line, Pair, Spare, Typed
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.slips import LONGEST_ANSWER
from quizzes.items.wordings import CriterionWording

LONGEST_TEXT, LONGEST_CRITERION, MOST_GAPS = 2_000, 300, 20
_RIGHT, _WRONG = str(FULL_FRACTION), "0"

SHARES = [
    (_RIGHT, _("correct")),
    (str(FULL_FRACTION * 3 // 4), _("75% of the mark")),
    (str(FULL_FRACTION // 2), _("half the mark")),
    (str(FULL_FRACTION // 4), _("25% of the mark")),
    (_WRONG, _("incorrect")),
]
BOUNDS = [
    ("", _("exactly")),
    ("about", _("about")),
    ("more_than", _("more than")),
    ("at_least", _("at least")),
    ("less_than", _("fewer than")),
    ("nearly", _("nearly")),
]
GAP_TYPES = [
    ("text", _("words are typed")),
    ("number", _("a number is typed")),
    ("date", _("a date is typed")),
    ("choice", _("chosen from options")),
]
LEVELS = [("", _("after the line above")), ("level", _("beside the line above"))]


def _text(label: Any, longest: int = LONGEST_TEXT) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False)


def _feedback() -> forms.CharField:
    return _text(_("what is said of it"))


class ShareField(forms.ChoiceField):
    """A share of the mark: any within the whole is kept, those that are usual are offered."""

    def valid_value(self, value: Any) -> bool:
        digits = str(value).removeprefix("-")
        is_number = digits.isascii() and digits.isdecimal() and len(digits) < 9
        return is_number and int(digits) <= FULL_FRACTION


class Row(forms.Form):
    """One row; where its first field is empty it counts for nothing."""

    name: ClassVar[str]
    begun: ClassVar[Mapping[str, str]] = {}
    """What stands in a row that was just added."""
    facts: Mapping[str, int] = {}
    """The keys of facts by their slugs."""

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each field, as it was typed."""
        return {name: str(self.data.get(name, "")) for name in self.fields}

    @property
    def given(self) -> Mapping[str, Any]:
        """What could be read of it; none of what could not."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    @property
    def shares(self) -> list[tuple[str, Any]]:
        """The shares to choose from, with the one that is chosen."""
        chosen = self.typed.get("share", "")
        known = any(value == chosen for value, _label in SHARES)
        percent = f"{int(chosen) * 100 / FULL_FRACTION:.4g}%" if self._is_share(chosen) else ""
        return SHARES if known or not percent else [*SHARES, (chosen, percent)]

    def _is_share(self, chosen: str) -> bool:
        field = self.fields.get("share")
        return isinstance(field, ShareField) and field.valid_value(chosen)


class OptionRow(Row):
    """Something to choose."""

    name, begun = "option", {"share": _WRONG}
    text = _text(_("text"))
    share = ShareField(label=_("share of the mark"), choices=SHARES, required=False)
    feedback = _feedback()
    fact = forms.SlugField(required=False)
    gap = forms.IntegerField(min_value=0, max_value=MOST_GAPS, required=False)

    def read(self) -> Choice:
        given = self.given
        return Choice(
            text=given["text"],
            share=int(given["share"] or 0),
            feedback=given["feedback"],
            fact=self.facts.get(given["fact"]),
            gap=given["gap"] or 0,
        )


class AnswerRow(Row):
    """An answer that counts when it is typed."""

    name, begun = "answer", {"share": _RIGHT}
    said = _text(_("text"), LONGEST_ANSWER)
    share = ShareField(label=_("share of the mark"), choices=SHARES, required=False)
    tolerance = forms.DecimalField(
        label=_("may be missed by"),
        min_value=0,
        max_digits=18,
        decimal_places=6,
        required=False,
        localize=False,
    )
    bound = forms.ChoiceField(choices=BOUNDS, required=False)
    shown = _text(_("how it is told"), LONGEST_ANSWER)
    feedback = _feedback()
    gap = forms.IntegerField(min_value=0, max_value=MOST_GAPS, required=False)

    def read(self) -> Typed:
        given = self.given
        share = self.typed["share"]
        return Typed(
            said=given["said"],
            share=int(given["share"] or (0 if share == _WRONG else FULL_FRACTION)),
            tolerance=Decimal(given["tolerance"] or 0),
            bound=given["bound"],
            shown=given["shown"],
            feedback=given["feedback"],
            gap=given["gap"] or 0,
        )


class PairRow(Row):
    """Two that belong together."""

    name = "pair"
    left = _text(_("left side"))
    right = _text(_("right side"))
    feedback = _feedback()
    fact = forms.SlugField(required=False)

    def read(self) -> Pair:
        given = self.given
        return Pair(
            left=given["left"],
            right=given["right"],
            feedback=given["feedback"],
            fact=self.facts.get(given["fact"]),
        )


class SpareRow(Row):
    """A right side that belongs to nothing."""

    name = "spare"
    text = _text(_("text"))
    feedback = _feedback()

    def read(self) -> Spare:
        return Spare(text=self.given["text"], feedback=self.given["feedback"])


class LineRow(Row):
    """A line of an order."""

    name = "line"
    text = _text(_("text"))
    level = forms.ChoiceField(choices=LEVELS, required=False)
    feedback = _feedback()
    fact = forms.SlugField(required=False)

    def read(self) -> Line:
        given = self.given
        return Line(
            text=given["text"],
            is_level=given["level"] == "level",
            feedback=given["feedback"],
            fact=self.facts.get(given["fact"]),
        )


class CriterionRow(Row):
    """What a marker looks for in an essay, and its share of the mark."""

    name, begun = "criterion", {"weight": "1"}
    text = _text(_("text"), LONGEST_CRITERION)
    weight = forms.IntegerField(label=_("weight"), min_value=1, max_value=100, required=False)

    def read(self) -> CriterionWording:
        return CriterionWording(text=self.given["text"], weight=self.given["weight"] or 1)


ROWS: dict[str, type[Row]] = {
    row.name: row for row in (OptionRow, AnswerRow, PairRow, SpareRow, LineRow, CriterionRow)
}


def posted(row: type[Row]) -> dict[str, str]:
    """The name under which each field of a row is posted."""
    return {field: f"{row.name}-{field}" for field in row.base_fields}
