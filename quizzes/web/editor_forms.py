"""The editor's form: what is typed once of a question, beside its rows; rules are the verbs'."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from quizzes.content.models import Book, Chapter, Section
from quizzes.items import filing
from quizzes.items.models import Item, Revision

LONGEST_STEM = 20_000
STATES = [
    (Item.State.DRAFT.value, _("draft: not asked yet")),
    (Item.State.READY.value, _("ready: may be asked")),
]
CHANGES = [
    ("", _("as proposed")),
    (Revision.Change.COSMETIC.value, _("cosmetic: memory and marks stay")),
    (Revision.Change.SUBSTANTIVE.value, _("substantive: its cards come due")),
]
DIFFICULTIES = [("1", _("easy")), ("2", _("middling")), ("3", _("hard"))]
LOOKS = [
    ("light", _("light")),
    ("dark", _("dark")),
    ("phone", _("phone")),
    ("time", _("time × 1.5")),
]


def _area(label: Any, rows: int, longest: int = LONGEST_STEM, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=forms.Textarea({"rows": rows, "dir": "auto"}),
        **kwargs,
    )


class QuestionForm(forms.Form):
    """A question without its rows; of one that is not there yet no change is told."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Revision.Kind.choices)
    stem = _area(_("Question"), 4)
    answer = _area(_("Model answer, for those who mark"), 5)
    explanation = _area(_("Explanation, shown with the result"), 3)
    hint = _area(_("Hint (may be left empty)"), 2, 2_000)
    is_shuffled = forms.BooleanField(label=_("Shuffle the options"), required=False)
    is_case_exact = forms.BooleanField(label=_("Capitals matter"), required=False)
    is_accent_exact = forms.BooleanField(label=_("Accents matter"), required=False)
    chapter = forms.ModelChoiceField(
        label=pgettext_lazy("of a book", "Chapter"),
        queryset=Chapter.objects.none(),
        to_field_name="slug",
        empty_label=None,
    )
    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("of the first fact"),
    )
    skill = forms.ChoiceField(label=_("Skill"), choices=Item.Skill.choices)
    difficulty = forms.TypedChoiceField(label=_("Difficulty"), choices=DIFFICULTIES, coerce=int)
    tags = forms.CharField(label=_("Tags, separated by commas"), max_length=1_000, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, widget=forms.RadioSelect)
    change = forms.ChoiceField(
        label=_("This change is"), choices=CHANGES, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why it is changed (may be left empty)"), max_length=200, required=False
    )
    look = forms.MultipleChoiceField(label=_("Show it"), choices=LOOKS, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    manuscript = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, book: Book, item: Item | None = None, keeps_state: bool = False
    ) -> None:
        super().__init__(data)
        chapters = cast("forms.ModelChoiceField[Chapter]", self.fields["chapter"])
        chapters.queryset = book.chapters.order_by("number")
        sections = cast("forms.ModelChoiceField[Section]", self.fields["section"])
        sections.queryset = book.sections.order_by("position", "pk")
        self.item = item
        if item is None:
            for name in ("change", "reason", "seen"):
                del self.fields[name]
        if item and keeps_state:
            state = cast("forms.ChoiceField", self.fields["state"])
            state.disabled, state.initial = True, item.state
            state.choices = [(item.state, item.get_state_display())]
            state.help_text = _("Whoever wrote it decides whether it may be asked.")

    @property
    def is_outdated(self) -> bool:
        """Whether somebody revised the question since this was typed."""
        return self.item is not None and self.data.get("seen") != str(self.item.revision_id)

    def clean_tags(self) -> tuple[str, ...]:
        tags = filing.tags(self.cleaned_data["tags"])
        if len(tags) > filing.MOST_TAGS or any(len(tag) > filing.LONGEST_TAG for tag in tags):
            raise forms.ValidationError(
                _("At most %(most)s tags of at most %(longest)s characters."),
                params={"most": filing.MOST_TAGS, "longest": filing.LONGEST_TAG},
            )
        return tuple(sorted(tags))
