"""What the page of a question tells: how it is asked, what it stands on, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from quizzes.analytics import cataloging, item_analysis
from quizzes.analytics.item_analysis import Figures
from quizzes.assessment import discarding, drawing, sharing
from quizzes.assessment.models import Assignment, Quiz, Slot
from quizzes.assessment.using import Asked
from quizzes.items import revising
from quizzes.items.differing import Piece
from quizzes.items.models import ErrorReport, Item
from quizzes.items.revising import Version
from quizzes.people.models import User
from quizzes.web import bank_rows, banks, editor_words, mending, specimens
from quizzes.web.specimens import Specimen

MOST_REPORTS = 50

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Use:
    """A quiz that asks a question or may draw it, and where one's own classes sit it."""

    quiz: Quiz
    is_fixed: bool
    given: list[Assignment]


@dataclass(frozen=True, slots=True)
class Told:
    """A version, and what changed with it: each part in words, and its pieces."""

    version: Version
    changes: Sequence[tuple[Words, Sequence[Piece]]]


@dataclass(frozen=True, slots=True)
class Inspected:
    """The whole page."""

    item: Item
    is_own: bool
    is_editable: bool
    """Within a bank, all but what a pack brings."""
    can_be_discarded: bool
    section: int
    """The number of its section."""
    specimen: Specimen | None
    adapted_from: Item | None
    """None where one may not open it, or there is none."""
    uses: list[Use]
    figures: Figures
    percent: int | None
    discrimination: str
    versions: list[Told]
    asked_before: Sequence[Asked]
    """Where one's classes were marked by an earlier key of it."""
    reports: Sequence[ErrorReport]
    adaptations: Sequence[Item]
    tags: list[str]


def inspected(item: Item, user: User, at: datetime) -> Inspected:
    """All that is known of a question of the bank; a fixed number of queries."""
    figures = item_analysis.of_items([item.pk]).get(item.pk, Figures(0))
    versions = revising.versions(item)
    return Inspected(
        item=item,
        is_own=item.book.owner_id == user.pk,
        is_editable=item.book.owner_id is not None,
        can_be_discarded=item.book.owner_id == user.pk and discarding.can_be_discarded(item),
        section=banks.shelf(item).section_numbers().get(item.section_id, 0),
        specimen=specimens.specimens({1: item}, user, at).get(1),
        adapted_from=_adapted_from(item, user, at),
        uses=_uses(item, user),
        figures=figures,
        percent=None if figures.facility is None else round(100 * figures.facility),
        discrimination=bank_rows.decimal(figures.discrimination),
        versions=[Told(one, editor_words.changes(one)) for one in versions],
        asked_before=mending.asked_before(item, user, versions),
        reports=_reports(item, user),
        adaptations=list(_adaptations(item, user)),
        tags=sorted(tag.text for tag in item.tags.all()),
    )


def _adapted_from(item: Item, user: User, at: datetime) -> Item | None:
    origins = banks.told(sharing.workable(user), user, at)
    return origins.filter(pk=item.adapted_from_id or 0).select_related("revision").first()


def _adaptations(item: Item, user: User) -> QuerySet[Item]:
    """One's own; what others make of it is theirs."""
    mine = Item.objects.owned_by(user).filter(adapted_from=item).select_related("revision")
    return mine.order_by("pk")


def _reports(item: Item, user: User) -> list[ErrorReport]:
    """Those that one answers for, the open ones first."""
    mine = ErrorReport.objects.answerable_by(user).filter(item=item)
    rows = mine.select_related("learner", "classroom")
    return list(rows.order_by("resolved_at", "-created_at", "-pk")[:MOST_REPORTS])


def _uses(item: Item, user: User) -> list[Use]:
    """The quizzes of its bank and those of one's classes that ask it; two queries."""
    given = Assignment.objects.taught_by(user).filter(withdrawn_at=None)
    known = cataloging.quizzes(user, banks.shelf(item).pk).values("pk")
    asking = Q(quiz__in=known) | Q(quiz__in=given.values("quiz"))
    slots = Slot.objects.filter(asking).select_related("quiz__book")
    asked: dict[int, list[Slot]] = {}
    for slot in slots.order_by("quiz__position", "quiz", "position"):
        if _asks(slot, item):
            asked.setdefault(slot.quiz_id, []).append(slot)
    sat = list(given.filter(quiz__in=asked).select_related("classroom").in_order())
    return [
        Use(
            found[0].quiz,
            any(slot.item_id == item.pk for slot in found),
            [one for one in sat if one.quiz_id == quiz],
        )
        for quiz, found in asked.items()
    ]


def _asks(slot: Slot, item: Item) -> bool:
    """Whether a slot asks an item, or may draw it from the books that its quiz draws from."""
    if slot.item_id is not None or item.revision_id is None:
        return slot.item_id == item.pk
    return item.book_id in {slot.quiz.book_id, slot.quiz.book.about_id} and drawing.fits(slot, item)
