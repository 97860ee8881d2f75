"""The queue of reports: each question once, as it was asked, answered, and what is said of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Max, Q, Sum

from quizzes.analytics import reported_answers
from quizzes.analytics.reported_answers import Said
from quizzes.assessment import sharing, withholding
from quizzes.assessment.models import Assignment, ItemTally, OptionTally
from quizzes.items.models import Item, Key, Option, Revision
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
class Wording:
    """A wording of a question with its key, and how the class answered it if that may be told."""

    revision: Revision
    key: Key | None
    answered: int
    given: list[Given]
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """A question with its reports: as it is worded now, and as those who report it were asked.

    Of one that is kept from the reader only how many there are: a report may tell the key, too.
    """

    item: Item
    count: int
    wordings: Sequence[Wording] = ()
    """The one in force first."""
    said: Sequence[Said] = ()
    sat: Sequence[Sat] = ()
    is_editable: bool = False
    is_pack: bool = False
    is_kept: bool = False


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

    They are a class's, or of no class. What is kept from the reader comes last. A fixed number of
    queries.
    """
    wanted = rows.filter(resolved_at__isnull=is_open)
    newest = wanted.order_by().values("item").annotate(newest=Max("pk")).order_by("-newest")
    page = Paginator(newest, A_PAGE).get_page(number)
    pks = [one["item"] for one in page]
    related = ("revision", "section", "book")
    known = withholding.marked(Item.objects.select_related(*related), user, at)
    items: Mapping[int, Any] = known.in_bulk(pks)
    said, samples = _said(wanted, pks, room), _samples(items, room)
    sat, wordings = _sat(samples, said, room), _wordings(items, said, samples)
    editable = _editable(user, pks, at)
    questions = [
        Reported(
            item=items[pk],
            count=len(said[pk]),
            wordings=wordings[pk],
            said=said[pk],
            sat=sat[pk],
            is_editable=pk in editable,
            is_pack=items[pk].book.owner_id is None,
        )
        for pk in pks
        if not items[pk].is_kept
    ]
    kept = [Reported(items[pk], len(said[pk]), is_kept=True) for pk in pks if items[pk].is_kept]
    return Queue(page, [*questions, *kept], rows.open().count())


def _editable(user: User, pks: Sequence[int], at: datetime) -> set[int]:
    """Which of these questions this person may edit."""
    found = sharing.questions(user, at).filter(pk__in=pks, is_question=True)
    return set(found.values_list("pk", flat=True))


def _said(
    wanted: ErrorReportQuerySet, pks: Sequence[int], room: Classroom | None
) -> Mapping[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    rows = wanted.filter(item__in=pks).select_related("learner", "answered_by")
    for one in reported_answers.of(rows.order_by("-created_at", "-pk"), room):
        found[one.report.item_id].append(one)
    return found


def _wordings(
    items: Mapping[int, Item], said: Mapping[int, list[Said]], samples: Collection[Sample]
) -> Mapping[int, list[Wording]]:
    """Of each question the wording in force, then those that were asked, the newest first."""
    in_force = {one.revision_id for one in items.values()}
    asked = {one.asked for those in said.values() for one in those}
    revisions = Revision.objects.in_bulk([pk for pk in in_force | asked if pk])
    keys, given = Key.objects.in_bulk(revisions), _given(samples, revisions)
    answered = Counter[int]()
    for sample in samples:
        answered[sample.revision] += sample.answered
    found: dict[int, list[Wording]] = defaultdict(list)
    for pk, revision in sorted(
        revisions.items(), key=lambda one: (one[0] not in in_force, -one[0])
    ):
        told = given[pk] if answered[pk] >= FEWEST else []
        wording = Wording(revision, keys.get(pk), answered[pk], told, pk in in_force)
        found[revision.item_id].append(wording)
    return found


def _samples(items: Mapping[int, Item], room: Classroom | None) -> list[Sample]:
    """What counted of these questions in a class: each wording in each of its assignments."""
    if room is None:
        return []
    uids = room.assignments.values("uid")
    rows = ItemTally.objects.filter(sample__in=uids, revision__item__in=items).order_by("sample")
    counted = rows.values_list("revision__item", "revision", "sample")
    return [Sample(*row) for row in counted.annotate(Sum("answered"))]


def _sat(
    samples: Collection[Sample], said: Mapping[int, list[Said]], room: Classroom | None
) -> Mapping[int, list[Sat]]:
    """Where each question was sat in a class: there its marks can be changed."""
    found: dict[int, list[Sat]] = defaultdict(list)
    places = {(one.item, one.sample, one.revision): None for one in samples}
    for pk, those in said.items():
        for one in those:
            if one.answer and one.answer.assignment:
                places[pk, one.answer.assignment.uid, one.asked] = None
    if room is None or not places:
        return found
    uids = {uid for _item, uid, _revision in places}
    known = {one.uid: one for one in room.assignments.filter(uid__in=uids).select_related("quiz")}
    for item, uid, revision in places:
        found[item].append(Sat(known[uid], revision))
    return found


def _given(samples: Collection[Sample], revisions: Collection[int]) -> Mapping[int, list[Given]]:
    """The options of these wordings, and how many of the class chose each."""
    sat = Q(sample__in={one.sample for one in samples})
    chosen = OptionTally.objects.of_options().filter(sat, revision__in=revisions, part=0).order_by()
    summed = chosen.values_list("revision", "position").annotate(Sum("chosen"))
    counts = {(revision, place): count for revision, place, count in summed}
    options = Option.objects.filter(revision__in={revision for revision, _ in counts}, part=0)
    given: dict[int, list[Given]] = defaultdict(list)
    for option in options.order_by("position"):
        count = counts.get((option.revision_id, option.position), 0)
        given[option.revision_id].append(Given(option.text, count))
    return given
