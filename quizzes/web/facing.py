"""The face of a flashcard: how its answer is given, and what the page needs to check it.

*Recall* is rated by the learner. *Typed* and *choice* are checked, by the page where it can tell
at once and by the server in any case.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizzes.assessment.answering import CHOICE_KINDS, TYPED_KINDS
from quizzes.cards.models import StudyPlan
from quizzes.items.filling import GAP
from quizzes.items.fractions import FULL_FRACTION
from quizzes.items.models import AcceptedAnswer, Item, OptionKey, Revision
from quizzes.items.normalizing import answer_key

TYPABLE = TYPED_KINDS | {Revision.Kind.CLOZE}


class Face(StrEnum):
    """How the answer is given."""

    RECALL = "recall"
    TYPED = "typed"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a card, known by its own place."""

    place: int
    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How a card asks: its face, the options to choose from, the texts that are surely right."""

    face: Face = Face.RECALL
    choices: tuple[Choice, ...] = ()
    accepted: tuple[str, ...] = ()
    is_several: bool = False

    @property
    def rights(self) -> list[int]:
        return sorted(choice.place for choice in self.choices if choice.is_right)


RECALL = Asking()


def askings(items: Collection[Item], plans: Mapping[int, StudyPlan]) -> dict[int, Asking]:
    """How each of these items asks, as the plan of its book wishes; at most two queries.

    Cards of one's own whose answer is to be typed are typed whatever the plan says.
    """
    chosen = {i.revision_id: i for i in items if _has_choices(i, plans.get(i.book_id))}
    typed = {i.revision_id: i for i in items if _is_typed(i, plans.get(i.book_id))}
    choices = _choices([pk for pk in chosen if pk]) if chosen else {}
    accepted = _accepted([pk for pk in typed if pk]) if typed else {}
    return {
        item.pk: _asking(
            item, choices.get(item.revision_id or 0, ()), accepted.get(item.revision_id or 0)
        )
        for item in items
    }


def _asking(item: Item, choices: Sequence[Choice], accepted: Sequence[str] | None) -> Asking:
    if any(choice.is_right for choice in choices):
        is_several = _kind(item) == Revision.Kind.SEVERAL
        return Asking(Face.CHOICE, choices=tuple(choices), is_several=is_several)
    if accepted is not None:
        return Asking(Face.TYPED, accepted=tuple(accepted))
    return RECALL


def _kind(item: Item) -> str:
    return item.revision.kind if item.revision else ""


def _has_choices(item: Item, plan: StudyPlan | None) -> bool:
    return plan is not None and plan.has_options and _kind(item) in CHOICE_KINDS


def _is_typed(item: Item, plan: StudyPlan | None) -> bool:
    """What has several gaps is recalled: one line to type on does not hold them."""
    if plan is None or item.revision is None or _kind(item) not in TYPABLE:
        return False
    if item.revision.stem.count(GAP) > 1:
        return False
    is_meant_so = item.origin == Item.Origin.AUTHORED and _kind(item) != Revision.Kind.CLOZE
    return plan.is_typing or is_meant_so


def _choices(revisions: Collection[int]) -> dict[int, list[Choice]]:
    found: dict[int, list[Choice]] = defaultdict(list)
    rows = OptionKey.objects.filter(option__revision__in=revisions, option__part=0)
    for row in rows.select_related("option").order_by("option__position"):
        choices = found[row.option.revision_id]
        choices.append(Choice(len(choices), row.option.text, row.fraction > 0, row.feedback))
    return found


def _accepted(revisions: Collection[int]) -> dict[int, list[str]]:
    """The keys of the accepted texts that earn the whole mark; of a number its digits as well.

    A gap for a number or a date is left out, and so recalled: its words alone do not tell.
    """
    found: dict[int, list[str]] = defaultdict(list)
    rows = AcceptedAnswer.objects.filter(revision__in=revisions, fraction=FULL_FRACTION)
    for row in rows.select_related("revision").order_by("position"):
        if row.revision.kind == Revision.Kind.CLOZE and (row.number is not None or row.precision):
            continue
        texts = [row.text, "" if row.number is None else f"{row.number.normalize():f}"]
        found[row.revision_id] += [answer_key(text) for text in texts if text and not _exact(row)]
    return found


def _exact(row: AcceptedAnswer) -> bool:
    """Whether its capitals or accents matter, so that only the server compares it."""
    is_exact = row.case_rule == AcceptedAnswer.CaseRule.EXACT
    return is_exact or row.revision.is_case_exact or row.revision.is_accent_exact
