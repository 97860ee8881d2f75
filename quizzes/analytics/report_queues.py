"""The queue of reports: each question once, with what was answered and what is said of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, Sum

from quizzes.assessment import sharing
from quizzes.assessment.models import Assignment, ItemTally, OptionTally
from quizzes.items.models import ErrorReport, Item, Key, Option
from quizzes.items.models.reports import ErrorReportQuerySet
from quizzes.people.models import Classroom, User

A_PAGE = 20
FEWEST = 3
"""How many must have answered for their answers to be told: one alone would be somebody's."""


@dataclass(frozen=True, slots=True)
class Given:
    """An option, and how many chose it in the class."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Sample:
    """How many of a class answered one wording of a question in one assignment."""

    item: int
    revision: int
    sample: UUID
    answered: int


@dataclass(frozen=True, slots=True)
class Sat:
    """An assignment in which a question was sat, and the wording that it was sat in."""

    assignment: Assignment
    revision: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A question with its reports, and how it was answered where that may be told."""

    item: Item
    key: Key | None
    reports: list[ErrorReport]
    answered: int
    given: list[Given]
    sat: list[Sat]
    is_editable: bool
    is_pack: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the questions that were reported, and how many reports are open."""

    page: Page[Any]
    questions: list[Reported]
    open_count: int


def queue(
    rows: ErrorReportQuerySet,
    user: User,
    room: Classroom | None,
    number: str | None,
    at: datetime,
    *,
    is_open: bool,
) -> Queue:
    """The open reports of these rows by question, or those that are answered, the newest first.

    They are a class's, or of no class. A fixed number of queries.
    """
    wanted = rows.filter(resolved_at__isnull=is_open)
    newest = wanted.order_by().values("item").annotate(newest=Max("pk")).order_by("-newest")
    page = Paginator(newest, A_PAGE).get_page(number)
    pks = [one["item"] for one in page]
    related = ("revision", "section", "book")
    items = Item.objects.select_related(*related).in_bulk(pks)
    keys = Key.objects.in_bulk([one.revision_id for one in items.values() if one.revision_id])
    said, editable = _said(wanted, pks), _editable(user, pks, at)
    samples = _samples(items, room)
    sat, given = _sat(samples, room), _given(samples, items)
    answered = Counter[int]()
    for one in samples:
        answered[one.item] += one.answered * (one.revision == items[one.item].revision_id)
    questions = [
        Reported(
            item=items[pk],
            key=keys.get(items[pk].revision_id or 0),
            reports=said[pk],
            answered=answered[pk],
            given=given[pk] if answered[pk] >= FEWEST else [],
            sat=sat[pk],
            is_editable=pk in editable,
            is_pack=items[pk].book.owner_id is None,
        )
        for pk in pks
    ]
    return Queue(page, questions, rows.open().count())


def _editable(user: User, pks: Sequence[int], at: datetime) -> set[int]:
    """Which of these questions this person may edit."""
    found = sharing.questions(user, at).filter(pk__in=pks, is_question=True)
    return set(found.values_list("pk", flat=True))


def _said(wanted: ErrorReportQuerySet, pks: Sequence[int]) -> Mapping[int, list[ErrorReport]]:
    found: dict[int, list[ErrorReport]] = defaultdict(list)
    rows = wanted.filter(item__in=pks).select_related("learner", "answered_by")
    for report in rows.order_by("-created_at", "-pk"):
        found[report.item_id].append(report)
    return found


def _samples(items: Mapping[int, Item], room: Classroom | None) -> list[Sample]:
    """What counted of these questions in a class: each wording in each of its assignments."""
    if room is None:
        return []
    uids = room.assignments.values("uid")
    rows = ItemTally.objects.filter(sample__in=uids, revision__item__in=items).order_by("sample")
    counted = rows.values_list("revision__item", "revision", "sample")
    return [Sample(*row) for row in counted.annotate(Sum("answered"))]


def _sat(samples: Collection[Sample], room: Classroom | None) -> Mapping[int, list[Sat]]:
    """Where each question was sat in a class: there its marks can be changed."""
    found: dict[int, list[Sat]] = defaultdict(list)
    if room is None or not samples:
        return found
    uids = {one.sample for one in samples}
    known = {one.uid: one for one in room.assignments.filter(uid__in=uids).select_related("quiz")}
    for one in samples:
        found[one.item].append(Sat(known[one.sample], one.revision))
    return found


def _given(samples: Collection[Sample], items: Mapping[int, Item]) -> Mapping[int, list[Given]]:
    """The options of the wordings in force, and how many of the class chose each."""
    sat = Q(sample__in={one.sample for one in samples})
    in_force = {item.revision_id for item in items.values()}
    chosen = OptionTally.objects.filter(sat, revision__in=in_force, part=0).order_by()
    summed = chosen.values_list("revision", "position").annotate(Sum("chosen"))
    counts = {(revision, place): count for revision, place, count in summed}
    options = Option.objects.filter(revision__in={revision for revision, _ in counts}, part=0)
    given: dict[int, list[Given]] = defaultdict(list)
    for option in options.select_related("revision").order_by("position"):
        count = counts.get((option.revision_id, option.position), 0)
        given[option.revision.item_id].append(Given(option.text, count))
    return given
