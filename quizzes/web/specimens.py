"""Specimens: questions of the bank as a student sees them, and apart from these what is right.

The second half is for those who may open the bank, and nobody else.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from quizzes.assessment import sampling
from quizzes.items.models import AcceptedAnswer, Criterion, Item, Key, Option, OptionKey
from quizzes.people.models import User
from quizzes.web import asking, sourcing, wording
from quizzes.web.asking import Asked
from quizzes.web.sourcing import Source

_SEED = UUID("019cb000-0000-7000-8000-00000000ba4c")
"""Any one will do: a question is shown alike whenever it is looked at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option or an accepted answer, and what it earns, in words."""

    text: str
    earns: str
    feedback: str

    @property
    def is_right(self) -> bool:
        return self.earns == "100%"


@dataclass(frozen=True, slots=True)
class Back:
    """What is right of a question, and why."""

    key: Key | None = None
    choices: list[Choice] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A question as it is asked, its back, and the facts that it is written from."""

    item: Item
    asked: Asked
    back: Back
    sources: list[Source]


def specimens(items: Mapping[int, Item], reader: User, at: datetime) -> dict[int, Specimen]:
    """These questions by the place at which each is shown, those that are worded; ten queries."""
    worded = {place: item for place, item in items.items() if item.revision_id}
    if not worded:
        return {}
    sheet = sampling.alone(worded, reader, _SEED)
    page = asking.page(sheet, list(sheet.by_position), at)
    backs = _backs([item.revision_id or 0 for item in worded.values()])
    grounds = sourcing.grounds([item.pk for item in worded.values()])
    return {
        one.position: Specimen(
            worded[one.position],
            one,
            backs[one.revision.pk],
            grounds[worded[one.position].pk].sources,
        )
        for one in page.questions
    }


def _backs(revisions: Collection[int]) -> Mapping[int, Back]:
    choices = _choices(revisions)
    criteria: dict[int, list[Criterion]] = defaultdict(list)
    for row in Criterion.objects.filter(revision__in=revisions).order_by("position"):
        criteria[row.revision_id].append(row)
    keys = Key.objects.in_bulk(revisions)
    return {pk: Back(keys.get(pk), choices[pk], criteria[pk]) for pk in revisions}


def _choices(revisions: Collection[int]) -> Mapping[int, list[Choice]]:
    """What may be chosen or typed; sides to match and lines to order are told by the answer."""
    found: dict[int, list[Choice]] = defaultdict(list)
    rows = OptionKey.objects.filter(option__revision__in=revisions, rank=None, match=None)
    scored = rows.exclude(option__revision__kind__in=("matching", "ordering"))
    for row in scored.select_related("option").order_by("option__part", "option__position"):
        option: Option = row.option
        found[option.revision_id].append(Choice(option.text, _earns(row.fraction), row.feedback))
    typed = AcceptedAnswer.objects.filter(revision__in=revisions).order_by("part", "position")
    for answer in typed:
        found[answer.revision_id].append(
            Choice(answer.text, _earns(answer.fraction), answer.feedback)
        )
    return found


def _earns(fraction: int) -> str:
    return f"{wording.marks(100 * fraction)}%"
