"""The form of a regrade: which policy, with which key or answers, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.assessment import marking, telling_apart
from quizzes.assessment.answering import CLOZE, ESSAY
from quizzes.assessment.grading import Credit
from quizzes.assessment.models import Regrade
from quizzes.assessment.regrading import Proposal
from quizzes.assessment.rehearsing import Answered
from quizzes.items.models import AcceptedAnswer, Revision

Policy = Regrade.Policy
LONGEST_REASON = 300


class RegradeForm(forms.Form):
    """How a question is to be marked anew; what it offers was looked up before."""

    policy = forms.ChoiceField(label=gettext_lazy("How it is marked"), required=False, choices=())
    key = forms.ChoiceField(label=gettext_lazy("Key"), required=False, choices=())
    credit = forms.MultipleChoiceField(
        label=gettext_lazy("Answers to credit"), required=False, choices=()
    )
    never_lowers = forms.BooleanField(
        label=gettext_lazy("Nobody’s mark goes down"), required=False, initial=True
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, told to the students"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        asked: Revision,
        revisions: Sequence[Revision],
        answers: Sequence[Answered],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.revisions = {str(one.pk): one for one in revisions}
        self.credits = {name_of(one.credit): one.credit for one in answers}
        offered = policies(asked, revisions, answers)
        self._choose("policy", [(one, Policy(one).label) for one in offered])
        self._choose("key", [(pk, pk) for pk in self.revisions])
        self._choose("credit", [(name, name) for name in self.credits])

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A policy comes with what it needs; a key or answers that are chosen alone name theirs."""
        found = super().clean() or self.cleaned_data
        if "policy" not in self.errors:
            found["policy"] = found.get("policy") or self._implied()
            self._complete(found["policy"])
        return found

    @property
    def chosen(self) -> str:
        """The policy that was chosen, or that is meant by what was chosen for it."""
        found = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return found.get("policy") or self["policy"].value() or self._implied()

    def _implied(self) -> str:
        """What is meant where only a key, or only answers to credit, are chosen."""
        names_key, names_answers = (bool(self[name].value()) for name in ("key", "credit"))
        if names_key == names_answers:
            return ""
        return Policy.KEY if names_key else Policy.CREDIT

    def _complete(self, policy: str) -> None:
        found = self.cleaned_data
        if not policy:
            self.add_error("policy", _("Choose how it is marked."))
        elif policy == Policy.KEY and not found.get("key"):
            self._take_the_only_key()
        elif policy == Policy.CREDIT and not found.get("credit"):
            self.add_error("credit", _("Choose the answers to credit."))
        if policy not in {"", Policy.CREDIT} and found.get("credit"):
            said = _("Answers to credit are ticked too: untick them, or choose to credit them.")
            self.add_error("credit", said)

    def _take_the_only_key(self) -> None:
        if len(self.revisions) == 1:
            [self.cleaned_data["key"]] = self.revisions
        else:
            self.add_error("key", _("Choose a key."))

    def proposal(self) -> Proposal:
        """What was chosen; only what the policy needs of it."""
        found = self.cleaned_data
        is_credit = found["policy"] == Policy.CREDIT
        return Proposal(
            found["policy"],
            found["reason"],
            found["never_lowers"],
            self.revisions[found["key"]] if found["policy"] == Policy.KEY else None,
            [self.credits[name] for name in found["credit"]] if is_credit else (),
        )


def policies(
    asked: Revision, revisions: Sequence[Revision], answers: Sequence[Answered]
) -> list[Regrade.Policy]:
    """Which policies may mark a question: a key or answers must be there to choose from."""
    found = [Policy.EVERYONE, Policy.DROP]
    if answers and asked.kind != ESSAY:
        found.insert(0, Policy.CREDIT)
    if revisions:
        found.insert(0, Policy.KEY)
    return found


def wished(asked: Revision, names: Sequence[str], answers: Sequence[Answered]) -> dict[str, Any]:
    """What a link asks to be credited, in all spellings that are offered, to be looked at."""
    kinds = _gap_kinds(asked) if names and asked.kind == CLOZE else {}
    meant = {_meant(asked, kinds, name) for name in names}
    offered = (name_of(one.credit) for one in answers)
    found = [name for name in offered if _meant(asked, kinds, name) in meant]
    return {"policy": Policy.CREDIT, "credit": found} if found else {}


def _gap_kinds(asked: Revision) -> dict[str, str]:
    """What each gap for a text takes, by its number."""
    rows = AcceptedAnswer.objects.filter(revision=asked).order_by("-position")
    return {str(row.part): marking.kind_of(row) for row in rows}


def _meant(asked: Revision, kinds: Mapping[str, str], name: str) -> tuple[str, str]:
    """Texts that item analysis tells as one are one."""
    part, _colon, text = name.partition(":")
    return part, telling_apart.same(kinds.get(part, asked.kind), text, asked)


def name_of(credit: Credit) -> str:
    """An answer as a form names it: `0.2` an option, `0:…` a text."""
    if isinstance(credit.said, int):
        return f"{credit.part}.{credit.said}"
    return f"{credit.part}:{credit.said}"
